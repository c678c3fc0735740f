"""Several times of day, each as it was typed: `8, 2 and 10` are 08:00, 14:00 and 22:00.

People write the hours of a day as a clock with twelve hours shows them, in their order. An hour
that leaves its half of the day open stands for the morning as long as all of them rise so, and
none is a bare hour of the night; else they are read as rising through the day, and that reading is
a guess to be asked about. Where they cannot rise, what is written with the minutes or in 24 hours
stands as it is, and all else is refused: a time that vanished would be a dose that never rings.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.wizard.clock_words import HALF_DAY_MIN, OpenHour, open_hour, read_clock
from dosebell_host.wording import and_list

_DAY_MIN = 2 * HALF_DAY_MIN
# Before six nobody takes a medicine unless it is said.
_MORNING_MIN = 360
_EACH = 'write each with am or pm, as "8am, 2pm and 10pm"'


class Hours(NamedTuple):
    """Minutes of the day, sorted; not `sure` where they are a guess."""

    minutes: tuple[int, ...]
    sure: bool = True


class _Clock(NamedTuple):
    """One time as it stands there; `open` where it may be of the other half of the day."""

    minute: int
    open: OpenHour | None

    @property
    def is_of_night(self) -> bool:
        return bool(self.open and self.open.bare and self.minute < _MORNING_MIN)


def read_hours(parts: Sequence[str]) -> Hours:
    """The times that these words mean. Raises `Wrong` for one that is none, and for bare hours
    that do not rise in any way.
    """
    clocks = [_Clock(read_clock(part), open_hour(part)) for part in parts]
    as_typed = [clock.minute for clock in clocks]
    of_night = any(clock.is_of_night for clock in clocks)
    if _rises(as_typed) and not of_night:
        return Hours(tuple(as_typed))
    if rising := _rising(clocks):
        wrapped = tuple(sorted(minute % _DAY_MIN for minute in rising))
        return Hours(wrapped, sure=not of_night and list(wrapped) == sorted(as_typed))
    typed = tuple(sorted(set(as_typed)))
    bare = any(clock.open and clock.open.bare for clock in clocks)
    if bare and (of_night or len(typed) < len(clocks)):
        raise _two_readings(clocks, typed, " ".join(parts))
    return Hours(typed)


def _rises(minutes: Sequence[int]) -> bool:
    return all(before < after for before, after in pairwise(minutes))


def _rising(clocks: Sequence[_Clock]) -> list[int] | None:
    """Each as early as it can be behind the one before, within one day; None where it can't."""
    found: list[int] = []
    for clock in clocks:
        after = found[-1] if found else -1
        # Three and more may go on into the night; of two it is as likely the afternoon.
        within = found[0] + _DAY_MIN if found and len(clocks) > 2 else _DAY_MIN
        near = [minute for minute in _may_be(clock) if after < minute < within]
        if not near:
            return None
        found.append(near[0])
    return found


def _may_be(clock: _Clock) -> Iterator[int]:
    """The minutes that it may mean, the earliest first; from midnight on it is the next day."""
    if clock.open is None:
        yield clock.minute
        return
    first = clock.minute % HALF_DAY_MIN
    for minute in (first, first + HALF_DAY_MIN, first + _DAY_MIN):
        if minute >= _MORNING_MIN:
            yield minute


def _two_readings(clocks: Sequence[_Clock], typed: tuple[int, ...], words: str) -> Wrong:
    later = {
        clock.minute + HALF_DAY_MIN if clock.is_of_night else clock.minute for clock in clocks
    }
    message = f"{show(words)} can be read in two ways"
    if len(typed) < len(clocks) or len(later) < len(clocks):
        return Wrong(message, _EACH)
    either = " or ".join(f'"{_words(sorted(each))}"' for each in (typed, later))
    return Wrong(message, f"write {either}")


def _words(minutes: Sequence[int]) -> str:
    return and_list([time_text(minute) for minute in minutes])
