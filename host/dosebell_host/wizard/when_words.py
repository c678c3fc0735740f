"""When something is taken, as people say it: `08:00 and 20:00`, `breakfast and dinner`, or
`breakfast or lunch` for the second where the first is missed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dosebell_host.schedule import limits
from dosebell_host.schedule.limits import DAY_S, LATE_DEFAULT_S, LATE_S, MINUTE_S
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.wizard.clock_words import read_clock, without_clocks
from dosebell_host.wording import and_list

_BETWEEN = re.compile(r"[,;&+/|]|\s(?:and|or|else|und|oder)\s", re.IGNORECASE)
_APART = re.compile(r"(\d)\s+([ap]\.?m\b)", re.IGNORECASE)
_EITHER = re.compile(r"\s(?:or|else|oder)\s", re.IGNORECASE)
_BEFORE_IT = re.compile(r"^(?:(?:with|at|for|my|the)\s+)+", re.IGNORECASE)


@dataclass(frozen=True)
class When:
    """Times as minutes of the day, or meals: with each of them, or as `fallback` only with the
    next one where the one before was missed.
    """

    at: tuple[int, ...] = ()
    meals: tuple[str, ...] = ()
    fallback: bool = False


def read_when(text: str, meals: Iterable[str]) -> When:
    """The times or meals that a text means. Raises `Wrong` for others, and for both at once."""
    eaten = list(meals)
    parts = [_BEFORE_IT.sub("", part.strip()) for part in _BETWEEN.split(text) if part.strip()]
    named = tuple(dict.fromkeys(part.lower() for part in parts if part.lower() in eaten))
    times = sorted(
        {minute for part in parts if part.lower() not in eaten for minute in _at(part, eaten)}
    )
    if not parts:
        raise Wrong("there is no time in it", _fix(eaten))
    if named and times:
        raise Wrong(f"{show(text)} has both meals and times", f"{_fix(eaten)}, and not both")
    if len(times) > limits.MAX_TIMES:
        raise Wrong(f"these are {len(times)} times", f"write {limits.MAX_TIMES} at most")
    # Meals of one dose come in the order of the day.
    in_order = tuple(meal for meal in eaten if meal in named)
    return When(tuple(times), in_order, bool(_EITHER.search(text)) and len(named) > 1)


def when_words(when: When) -> str:
    """The times or meals as a person says them."""
    if when.fallback:
        return ", else ".join(when.meals)
    return and_list(when.meals or [time_text(minute) for minute in when.at])


def late_within(minutes: Sequence[int], late_s: int = LATE_DEFAULT_S) -> int | None:
    """How late an intake at these minutes of the day may come without coming too near to the next:
    half the shortest time between two, in seconds; None where `late_s` is no more than that.
    """
    if len(minutes) < 2:
        return None
    following = [*minutes[1:], minutes[0] + DAY_S // MINUTE_S]
    shortest = min(after - before for before, after in zip(minutes, following, strict=True))
    half_s = max(shortest * MINUTE_S // 2, LATE_S[0])
    return half_s if half_s < late_s else None


def _at(part: str, meals: list[str]) -> tuple[int, ...]:
    # "8 12 4 pm": the pm is of the time before it.
    part = _APART.sub(r"\1\2", part)
    left, several = without_clocks(part)
    if several and not left.strip("| "):
        return several
    try:
        return (read_clock(part),)
    except Wrong:
        if part.isalpha() and meals:
            raise Wrong(f"{show(part)} is none of your meals", _fix(meals)) from None
        # "8.00 20.00": each of them is one.
        if len(words := part.split()) > 1 and all(each[0].isdigit() for each in words):
            return tuple(map(read_clock, words))
        raise


def _fix(meals: list[str]) -> str:
    either = f", or {' or '.join(meals)}" if meals else ""
    return f'write times, as "08:00 and 20:00"{either}'
