"""What happens to a simulated box from outside: presses, power cuts, and a person who forgets."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dosebell import civil, clock
from dosebell_host.errors import UsageError
from dosebell_host.schedule.limits import DAY_S
from dosebell_host.schedule.local_time import is_of_program
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.schedule.values import show

DAYS = (1, 3660)
SHORT_PRESS_MS = 200
# A long press is held this much longer than it must be.
LONG_PRESS_EXTRA_MS = 500
SEEDS = 1_000_000

# Tells the time in seconds since 2000; and the first day that can be meant, if that is not today.
_Days = tuple[Callable[[], int], date | None]


@dataclass(frozen=True)
class Press:
    """Someone presses the button, at an instant in seconds since 2000."""

    at_s: int
    held_ms: int = SHORT_PRESS_MS


@dataclass(frozen=True)
class Off:
    """The box has no power in [from_s, to_s)."""

    from_s: int
    to_s: int


@dataclass(frozen=True)
class Story:
    """What happens to the box from outside. `forget` is a person's share of forgotten rings."""

    start_s: int
    end_s: int
    presses: Sequence[Press] = ()
    offs: Sequence[Off] = ()
    forget: float | None = None
    seed: int = 0


@dataclass(frozen=True)
class Told:
    """A story in the words of the command line: local dates and times as text. `now_s` tells the
    time in seconds since 2000, which only words as "tomorrow" need.
    """

    start: str
    days: int
    presses: Sequence[str] = ()
    longs: Sequence[str] = ()
    offs: Sequence[str] = ()
    forget: float | None = None
    seed: int | None = None
    now_s: Callable[[], int] = lambda: 0


def read_story(file: PlanFile, told: Told) -> Story:
    """The story in the schedule's zone. Raises `UsageError` where it makes no sense."""
    long_ms = file.plan.long_press_ms + LONG_PRESS_EXTRA_MS
    start_s = _read(file, told.start, "--from", (told.now_s, None))
    within = told.now_s, file.local.date(start_s)
    presses = [Press(_read(file, text, "--press", within)) for text in told.presses]
    presses += [Press(_read(file, text, "--long", within), long_ms) for text in told.longs]
    offs = [_read_off(file, text, within) for text in told.offs]
    seed = secrets.randbelow(SEEDS) if told.seed is None else told.seed
    story = Story(start_s, _end_s(file, start_s, told.days), presses, offs, told.forget, seed)
    _check(story)
    return story


def _end_s(file: PlanFile, start_s: int, days: int) -> int:
    """The same time of day, so many dates later: a day may have 23 or 25 hours."""
    if not DAYS[0] <= days <= DAYS[1]:
        fix = f"write {DAYS[0]} to {DAYS[1]}"
        raise UsageError(f"{days} days cannot be simulated", where="--days", fix=fix)
    zone = file.plan.zone
    return zone.instant(zone.local(start_s) + days * DAY_S)


def _read(file: PlanFile, text: str, option: str, days: _Days) -> int:
    if not is_of_program(text):
        # Words are rare, and what reads them takes its time.
        from dosebell_host.wizard.moment_words import WhichMoment, as_programs_write

        now_s, first = days
        text = as_programs_write(text, option, WhichMoment(file.local.date(now_s()), first))
    return file.local.read(text, option)


def _read_off(file: PlanFile, text: str, within: _Days) -> Off:
    start, slash, end = text.partition("/")
    if not slash:
        fix = "write it as 2026-11-23T07:00/2026-11-23T09:30"
        raise UsageError(f"{show(text)} is no span of time", where="--off", fix=fix)
    return Off(_read(file, start, "--off", within), _read(file, end, "--off", within))


def _check(story: Story) -> None:
    if not (clock.plausible(story.start_s) and clock.plausible(story.end_s)):
        first, last = (civil.iso(at_s // DAY_S) for at_s in (clock.EARLIEST_S, clock.LATEST_S))
        fix = f"stay after {first} and before {last}"
        raise UsageError("no box believes a clock of that time", where="--from", fix=fix)
    if story.forget is not None and not 0 <= story.forget <= 1:
        raise UsageError(f"{story.forget} is no share", where="--forget", fix="write 0 to 1")
    for press in story.presses:
        _check_within(
            story, press.at_s, "--press" if press.held_ms == SHORT_PRESS_MS else "--long"
        )
    _check_offs(story)


def _check_offs(story: Story) -> None:
    before_s = story.start_s
    for off in sorted(story.offs, key=lambda off: off.from_s):
        _check_within(story, off.from_s, "--off")
        if off.to_s <= off.from_s:
            fix = "write the earlier time first"
            raise UsageError("the power comes back before it goes", where="--off", fix=fix)
        if off.from_s < before_s:
            raise UsageError("two of them overlap", where="--off", fix="write them as one")
        before_s = off.to_s


def _check_within(story: Story, at_s: int, option: str) -> None:
    if not story.start_s <= at_s < story.end_s:
        fix = "write a time in the days that --from and --days span"
        raise UsageError("that time is not simulated", where=option, fix=fix)
