"""How often a rule for days runs: its share of all days, and the days between two of them."""

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from dosebell_host.schedule.days import LAST_OF_MONTH, Days

AVERAGED_OVER_DAYS = 28

# In 400 years: how many months have 28, 29, 30 and 31 days, and the days altogether.
_MONTHS = {28: 303, 29: 97, 30: 1_600, 31: 2_800}
_DAYS_400_YEARS = 146_097


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
