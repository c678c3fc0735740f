"""On which dates something is taken at which time: one bit a day, from some day on.

So the dates of two things are compared all at once, also where both come every so many days, where
an exception moves their meals together, or where one is over before the other begins. And how
often a rule for days runs: its share of all days, and the days between two of them.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from dosebell_host.schedule.days import LAST_OF_MONTH, Days
from dosebell_host.schedule.model import DoseEntry, Meal, PersonsMedicine, Schedule

DAY_MIN = 1_440
# Ten years: longer than it takes any two usual rules for days to meet.
AHEAD_DAYS = 3_653
EVERY_DATE = (1 << AHEAD_DAYS) - 1

AVERAGED_OVER_DAYS = 28
# In 400 years: how many months have 28, 29, 30 and 31 days, and the days altogether.
_MONTHS = {28: 303, 29: 97, 30: 1_600, 31: 2_800}
_DAYS_400_YEARS = 146_097

# Dates, bit 0 being `since`, and the minutes of the day at which it is taken on them.
Times = dict[int, tuple[int, ...]]


def dose_times(dose: DoseEntry, schedule: Schedule, since: date) -> Times:
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


def medicine_times(medicine: PersonsMedicine, since: date) -> Times:
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


def share_of_days(days: Days) -> Fraction:
    """On what part of all days the rule runs; days on and off are averaged over 28 days."""
    if days.kind == "week":
        return Fraction(len(days.numbers), 7)
    if days.kind == "every":
        return Fraction(1, days.numbers[0])
    if days.kind == "cycle":
        return _share_of_cycle(*days.numbers)
    if days.kind == "month":
        runs = sum(count * len(_in_month(days, length)) for length, count in _MONTHS.items())
        return Fraction(runs, _DAYS_400_YEARS)
    return Fraction(1)


def _share_of_cycle(on: int, off: int) -> Fraction:
    """The fullest 28 days; one day on is a spaced dose, which has an average of its own."""
    if on == 1 or on + off <= AVERAGED_OVER_DAYS:
        return Fraction(on, on + off)
    return Fraction(min(on, AVERAGED_OVER_DAYS), AVERAGED_OVER_DAYS)


def _in_month(days: Days, length: int) -> set[int]:
    return {length if day == LAST_OF_MONTH else day for day in days.numbers if day <= length}


def least_gap_days(days: Days) -> int:
    """The fewest days from one day of the rule to the next."""
    if days.kind == "week":
        return min(_gaps(days.numbers, 7))
    if days.kind == "every":
        return days.numbers[0]
    if days.kind == "cycle":
        on, off = days.numbers
        return off + 1 if on == 1 else 1
    if days.kind == "month":
        return min(min(_gaps(tuple(sorted(_in_month(days, n))), n), default=28) for n in _MONTHS)
    return 1


def _gaps(numbers: tuple[int, ...], period: int) -> list[int]:
    """The days from each to the next, and from the last to the first of the next period."""
    following = [*numbers[1:], numbers[0] + period] if numbers else []
    return [after - before for before, after in zip(numbers, following, strict=True)]


@lru_cache(maxsize=256)
def count_between(days: Days, origin: date | None, first: date, last: date) -> int:
    """How many days of the rule lie in a span of dates, both ends included.

    `origin` is what days on and off, and every so many days, are counted from.
    """
    span = (last - first).days + 1
    runs = (_runs(days, origin or first, first + timedelta(offset)) for offset in range(span))
    return sum(runs)


def _runs(days: Days, origin: date, day: date) -> bool:
    place = (day - origin).days
    if days.kind == "week":
        return day.weekday() in days.numbers
    if days.kind == "every":
        return place % days.numbers[0] == 0
    if days.kind == "cycle":
        return place % sum(days.numbers) < days.numbers[0]
    if days.kind == "month":
        is_last = (day + timedelta(1)).month != day.month
        return day.day in days.numbers or (is_last and LAST_OF_MONTH in days.numbers)
    return True
