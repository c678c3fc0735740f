"""On which dates something is taken at which time: one bit a day, from some day on.

So the dates of two things are compared all at once, also where both come every so many days, where
an exception moves their meals together, or where one is over before the other begins.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from dosebell_host.schedule.days import LAST_OF_MONTH, Days
from dosebell_host.schedule.model import Dose, Meal, Medicine, Schedule

DAY_MIN = 1_440
# Ten years: longer than it takes any two usual rules for days to meet.
AHEAD_DAYS = 3_653
EVERY_DATE = (1 << AHEAD_DAYS) - 1

# Dates, bit 0 being `since`, and the minutes of the day at which it is taken on them.
Times = dict[int, tuple[int, ...]]


def dose_times(dose: Dose, schedule: Schedule, since: date) -> Times:
    """When a dose is taken; one with meals at any of them, also where an exception moves them."""
    dates = running(dose.days, dose.start, dose.end, since)
    for entry in schedule.exceptions:
        if entry.off:
            dates &= ~_span(entry.first, entry.last, since)
    if dose.at:
        return {dates: dose.at}
    meals = (meal for meal in schedule.meals if meal.name in dose.with_meals)
    return meal_times(meals, dates, schedule, since)


def meal_times(meals: Iterable[Meal], dates: int, schedule: Schedule, since: date) -> Times:
    """When meals are, on these dates; only one exception moves a meal on a day."""
    found: dict[int, int] = {}
    for meal in meals:
        left = dates
        for entry in schedule.exceptions:
            if meal.name in entry.meals:
                moved = left & _span(entry.first, entry.last, since)
                left ^= moved
                _add(found, entry.meals[meal.name], moved)
        for weekday, minute in enumerate(meal.minutes):
            _add(found, minute, left & _on_weekday((weekday - since.weekday()) % 7))
    return _by_dates(found)


def _by_dates(found: dict[int, int]) -> Times:
    """Minutes and their dates the other way round: those of the same dates together."""
    times: Times = {}
    for minute, dates in sorted(found.items()):
        times[dates] = (*times.get(dates, ()), minute)
    return times


def every_meal(meal: Meal, schedule: Schedule, since: date) -> Times:
    """When a meal is, every day."""
    return meal_times([meal], EVERY_DATE, schedule, since)


def medicine_times(medicine: Medicine, since: date) -> Times:
    """When a listed medicine is taken; exceptions are about doses and leave it as it is."""
    dates = running(medicine.days, medicine.start, medicine.end, since)
    return {dates: medicine.at}


def closest(times: Times, others: Times, below_min: int) -> tuple[int, int, int] | None:
    """The least wait from one of `others` to one of `times` that follows it.

    Returns (minutes between, the minute, the other), or None where none is under `below_min`,
    which is a day at most.
    """
    waits = (
        (wait, minute, other)
        for dates, minutes in times.items()
        for other_dates, other_minutes in others.items()
        for later in (0, 1)
        if dates & (other_dates << later)
        for minute in minutes
        for other in other_minutes
        if 0 <= (wait := minute - other + later * DAY_MIN) < below_min
    )
    return min(waits, default=None)


def _add(found: dict[int, int], minute: int, dates: int) -> None:
    if dates:
        found[minute] = found.get(minute, 0) | dates


@lru_cache(maxsize=1024)
def running(days: Days, start: date | None, end: date | None, since: date) -> int:
    """The dates on which a rule for days runs, from `start` to `end`, both included."""
    if start is None and days.kind in ("every", "cycle"):
        # Nobody said on which days it begins, so it may be any.
        return _span(start, end, since)
    return _rule(days, start or since, since) & _span(start, end, since)


def _rule(days: Days, origin: date, since: date) -> int:
    place = (origin - since).days
    if days.kind == "week":
        return sum(_on_weekday((each - since.weekday()) % 7) for each in days.numbers)
    if days.kind == "every":
        return _block_every(1, days.numbers[0], place)
    if days.kind == "cycle":
        on, off = days.numbers
        return _block_every(on, on + off, place)
    if days.kind == "month":
        return _in_months(days.numbers, since)
    return EVERY_DATE


@lru_cache(maxsize=7)
def _on_weekday(first: int) -> int:
    return _block_every(1, 7, first)


def _block_every(on: int, period: int, place: int) -> int:
    """`on` days in every `period` days, one such block beginning `place` days from `since`."""
    first = place % period - period
    block = (1 << on) - 1
    dates = 0
    for begin in range(first, AHEAD_DAYS, period):
        dates |= block << begin if begin >= 0 else block >> -begin
    return dates & EVERY_DATE


@lru_cache(maxsize=64)
def _in_months(numbers: tuple[int, ...], since: date) -> int:
    dates = 0
    for offset in range(AHEAD_DAYS):
        day = since + timedelta(offset)
        is_last = (day + timedelta(1)).day == 1
        if day.day in numbers or (is_last and LAST_OF_MONTH in numbers):
            dates |= 1 << offset
    return dates


@lru_cache(maxsize=1024)
def _span(first: date | None, last: date | None, since: date) -> int:
    """All dates from one to another, both included; None is an open end."""
    begin = max((first - since).days, 0) if first else 0
    end = min((last - since).days + 1, AHEAD_DAYS) if last else AHEAD_DAYS
    return ((1 << end) - 1) >> begin << begin if end > begin else 0
