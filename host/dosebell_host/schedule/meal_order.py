"""Do the meals of every dose come in the order of the day, on every day there will ever be?

An exception may last seventy years, so dates are not walked. Between two dates on which some
exception begins or ends, a day differs from another only by its weekday: seven dates of each such
stretch are enough.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from dosebell_host.schedule.days import WEEKDAYS
from dosebell_host.schedule.model import DoseEntry, ExceptDays, Meal

_DAY = timedelta(days=1)


class Disorder(NamedTuple):
    """Two meals of a dose that come in the wrong order or at once; times in minutes of the day."""

    day: str
    earlier: str
    earlier_minute: int
    later: str
    later_minute: int


def weekly_disorder(dose: DoseEntry, meals: dict[str, Meal]) -> Disorder | None:
    """The first weekday on which the meals of the dose are not in order, without exceptions."""
    for weekday, name in enumerate(WEEKDAYS):
        minutes = {meal: meals[meal].minutes[weekday] for meal in dose.with_meals}
        if pair := _first_disorder(dose, minutes):
            return _disorder(name, pair, minutes)
    return None


def excepted_disorders(
    dose: DoseEntry, meals: dict[str, Meal], exceptions: dict[int, ExceptDays]
) -> dict[int, Disorder]:
    """The exceptions that put the meals of the dose out of order, with the first such date."""
    disorders: dict[int, Disorder] = {}
    for day, active in _days_that_differ(exceptions):
        moved_by = {meal: number for number in active for meal in exceptions[number].meals}
        minutes = {meal: meals[meal].minutes[day.weekday()] for meal in dose.with_meals}
        for meal in minutes.keys() & moved_by.keys():
            minutes[meal] = exceptions[moved_by[meal]].meals[meal]
        pair = _first_disorder(dose, minutes)
        to_blame = [moved_by[meal] for meal in pair or () if meal in moved_by]
        if pair and to_blame:
            named = f"{day.isoformat()} ({WEEKDAYS[day.weekday()]})"
            disorders.setdefault(to_blame[0], _disorder(named, pair, minutes))
    return disorders


def first_shared_day(one: ExceptDays, other: ExceptDays) -> date | None:
    """The first date that lies in both exceptions."""
    day = max(one.first, other.first)
    return day if day <= min(one.last, other.last) else None


def _first_disorder(dose: DoseEntry, minutes: dict[str, int]) -> tuple[str, str] | None:
    pairs = pairwise(dose.with_meals)
    return next((pair for pair in pairs if minutes[pair[0]] >= minutes[pair[1]]), None)


def _disorder(day: str, pair: tuple[str, str], minutes: dict[str, int]) -> Disorder:
    return Disorder(day, pair[0], minutes[pair[0]], pair[1], minutes[pair[1]])


def _days_that_differ(exceptions: dict[int, ExceptDays]) -> Iterator[tuple[date, list[int]]]:
    """At most seven dates of each stretch with the same exceptions, and which those are."""
    spans = exceptions.items()
    edges = sorted({e.first for _, e in spans} | {e.last + _DAY for _, e in spans})
    for begin, end in pairwise(edges):
        active = [number for number, e in spans if e.first <= begin <= e.last]
        for offset in range(min(7, (end - begin).days) if active else 0):
            yield begin + offset * _DAY, active
