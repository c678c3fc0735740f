"""When a packet is empty: the first date that what is left no longer covers."""

from itertools import islice

from dosebell import civil
from dosebell.dose import Dose
from dosebell.plan import Plan
from dosebell_host.schedule.days import occurrences


def run_out_day(plan: Plan, dose: Dose, left: int, from_s: int, days: int) -> int | None:
    """The day number on which `left` pieces do not suffice any more, where all is taken that is
    due from the instant `from_s` on (seconds since 2000); None within so many days.
    """
    per_intake = dose.stock[1] if dose.stock else 1
    first = plan.zone.day(from_s)
    due_days = (
        day
        for _due, day, _slot in occurrences(plan, dose, from_s, midnight_s(plan, first + days))
        if day >= first and not plan.is_off(day)
    )
    return next(islice(due_days, max(0, left) // per_intake, None), None)


def midnight_s(plan: Plan, day: int) -> int:
    """The instant at which a local date begins."""
    return plan.zone.instant(day * civil.DAY_S)
