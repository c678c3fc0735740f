"""When meals are on a day and on the next day of a dose: as usual, and around every exception.

Exceptions are cut into stretches in which the same ones hold; a stretch has at most seven kinds of
days, one a weekday, so no calendar is walked.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from dosebell_host.advice.moments import EVERY_WEEKDAY, weekdays_between
from dosebell_host.schedule.days import Days
from dosebell_host.schedule.model import Schedule

_DAY = timedelta(days=1)

# First ring, last ring, and the first of the next day, each in minutes of its own day.
Rings = tuple[int, int, int]


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


class MealTimes:
    """The times of meals in one schedule."""

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
