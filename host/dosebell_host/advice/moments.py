"""When something is taken, as minutes of a week, and how far two such moments can be apart.

A week is a circle of 10,080 minutes from Monday 00:00. A rule for days that is no weekday rule may
meet any weekday, so it is counted on all seven: better a caution too many than one too few.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from dosebell_host.schedule.days import Days
from dosebell_host.schedule.model import Schedule

DAY_MIN = 1_440
WEEK_MIN = 7 * DAY_MIN
EVERY_WEEKDAY = (0, 1, 2, 3, 4, 5, 6)

Moments = tuple[int, ...]
Span = tuple[date | None, date | None]
# First ring, last ring, and the first of the next day, each in minutes of its own day.
Rings = tuple[int, int, int]

_DAY = timedelta(days=1)


def weekdays_of(days: Days, start: date | None) -> tuple[int, ...]:
    """The weekdays (0 is Monday) on which a rule can fall."""
    if days.kind == "week":
        return days.numbers
    if days.kind == "every" and days.numbers[0] % 7 == 0 and start:
        return (start.weekday(),)
    return EVERY_WEEKDAY


def weekdays_between(first: date, last: date) -> tuple[int, ...]:
    """The weekdays that lie in a span of dates, both ends included."""
    count = min(7, (last - first).days + 1)
    return tuple(sorted((first + timedelta(offset)).weekday() for offset in range(count)))


def at_times(weekdays: Iterable[int], minutes: Iterable[int]) -> Moments:
    """The same times of day on each of these weekdays."""
    times = tuple(minutes)
    return tuple(sorted({weekday * DAY_MIN + minute for weekday in weekdays for minute in times}))


@lru_cache(maxsize=4096)
def closest_after(moments: Moments, others: Moments) -> tuple[int, int, int] | None:
    """The least wait from one of `others` to one of `moments` that follows it.

    Returns (minutes between, the moment, the other), or None where either is empty.
    """
    if not moments or not others:
        return None
    # Either way finds every closest pair; the shorter list makes it faster.
    if len(moments) < len(others):
        pairs = [(m, others[bisect_left(others, m + 1) - 1]) for m in moments]
    else:
        pairs = [(moments[bisect_left(moments, o) % len(moments)], o) for o in others]
    return min(((moment - other) % WEEK_MIN, moment, other) for moment, other in pairs)


def clock(moment: int) -> str:
    """The time of day of a moment, as 07:30."""
    hours, minutes = divmod(moment % DAY_MIN, 60)
    return f"{hours:02d}:{minutes:02d}"


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans of dates share a day; None is an end that is open."""
    starts = [span[0] for span in (one, other) if span[0]]
    ends = [span[1] for span in (one, other) if span[1]]
    return not (starts and ends) or max(starts) <= min(ends)


class Stretch(NamedTuple):
    """Dates on which the same meals are moved."""

    first: date
    last: date
    weekdays: frozenset[int]
    moved: dict[str, int]


def steps_of(days: Days, gap_days: int) -> list[tuple[int, int]]:
    """(weekday, days until the next one of the dose): all that a rule for days can make."""
    if days.kind != "week":
        return [(weekday, gap_days) for weekday in EVERY_WEEKDAY]
    following = pairwise([*days.numbers, days.numbers[0] + 7])
    return [(weekday, then - weekday) for weekday, then in following]


class MealCalendar:
    """The times of meals in one schedule: as usual, and around every exception.

    Exceptions are cut into stretches in which the same ones hold; a stretch has at most seven
    kinds of days, one a weekday, so no calendar is walked.
    """

    def __init__(self, schedule: Schedule) -> None:
        self._usual = {meal.name: meal.minutes for meal in schedule.meals}
        self._stretches = list(_stretches(schedule))
        self._known: dict[tuple[str, str, int, int], set[Rings]] = {}

    def following(self, first: str, last: str, weekday: int, gap_days: int) -> set[Rings]:
        """What a dose from one meal to another does on a weekday and `gap_days` later."""
        key = (first, last, weekday, gap_days)
        if key not in self._known:
            self._known[key] = set(self._following(*key))
        return self._known[key]

    def _following(self, first: str, last: str, weekday: int, gap_days: int) -> Iterator[Rings]:
        then = (weekday + gap_days) % 7
        here, there = self._usual[first], self._usual[last]
        usual, usual_then = (here[weekday], there[weekday]), here[then]
        yield (*usual, usual_then)
        for place, stretch in enumerate(self._stretches):
            if first not in stretch.moved and last not in stretch.moved:
                continue
            inside = (
                stretch.moved.get(first, here[weekday]),
                stretch.moved.get(last, there[weekday]),
            )
            inside_then = stretch.moved.get(first, here[then])
            if then in stretch.weekdays:
                yield (*usual, inside_then)
            if weekday in stretch.weekdays:
                yield (*inside, usual_then)
                yield (*inside, inside_then)
                yield from self._into_next(place, first, inside, usual_then, gap_days)

    def _into_next(
        self, place: int, first: str, inside: tuple[int, int], usual_then: int, gap_days: int
    ) -> Iterator[Rings]:
        """From one stretch into those that begin before the next day of the dose."""
        ends = self._stretches[place].last
        for following in self._stretches[place + 1 :]:
            if (following.first - ends).days > gap_days:
                return
            yield (*inside, following.moved.get(first, usual_then))


def _stretches(schedule: Schedule) -> Iterator[Stretch]:
    moving = [entry for entry in schedule.exceptions if entry.meals]
    edges = sorted({e.first for e in moving} | {e.last + _DAY for e in moving})
    for begin, end in pairwise(edges):
        moved: dict[str, int] = {}
        for entry in moving:
            if entry.first <= begin <= entry.last:
                moved |= entry.meals
        if moved:
            weekdays = frozenset(weekdays_between(begin, end - _DAY))
            yield Stretch(begin, end - _DAY, weekdays, moved)
