"""When a packet is empty: the first date that what is left no longer covers."""

from collections.abc import Iterator
from itertools import islice

from dosebell import civil
from dosebell.dose import Dose
from dosebell.plan import Plan
from dosebell_host.schedule.days import occurrences


def run_out_day(plan: Plan, dose: Dose, left: int, from_s: int, days: int) -> int | None:
    """The day number on which `left` pieces do not suffice any more, where all is taken that is
    due from the instant `from_s` on (seconds since 2000); None within so many days.
    """
    due_days = _due_days(plan, dose, from_s, days)
    return next(islice(due_days, max(0, left) // _per_intake(dose), None), None)


def needed_pieces(plan: Plan, dose: Dose, from_s: int, days: int) -> int | None:
    """How many pieces are taken from the instant `from_s` on (seconds since 2000) to the last day
    of the dose; None where it has none within so many days.
    """
    if dose.end is None or dose.end >= plan.zone.day(from_s) + days:
        return None
    return _per_intake(dose) * sum(1 for _ in _due_days(plan, dose, from_s, days))


def _per_intake(dose: Dose) -> int:
    return dose.stock[1] if dose.stock else 1


def _due_days(plan: Plan, dose: Dose, from_s: int, days: int) -> Iterator[int]:
    """The day of each intake within so many days."""
    first = plan.zone.day(from_s)
    for _due, day, _slot in occurrences(plan, dose, from_s, midnight_s(plan, first + days)):
        if day >= first and not plan.is_off(day):
            yield day


def midnight_s(plan: Plan, day: int) -> int:
    """The instant at which a local date begins."""
    return plan.zone.instant(day * civil.DAY_S)
