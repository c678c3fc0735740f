"""What is left of each dose, as the box last noted it, and until when that lasts."""

from typing import NamedTuple

from dosebell.dose import Dose
from dosebell.plan import Plan
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.run_out import run_out_day
from dosebell_host.schedule.lines import plan_of

# Nobody plans a packet for longer.
HORIZON_DAYS = 730


class StockOutlook(NamedTuple):
    """What is left of one dose on the day number `today`. `low` is where the box warns;
    `runs_out_day` is the first day that is not covered, None within the horizon.
    """

    left: int
    low: int
    today: int
    runs_out_day: int | None

    @property
    def is_low(self) -> bool:
        """Whether it is time to buy more."""
        return self.left <= self.low

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left by the count."""
        return self.left <= 0

    @property
    def days_left(self) -> int | None:
        """So many days from `today` on are covered; None where that is all that anybody plans."""
        return None if self.runs_out_day is None else self.runs_out_day - self.today


def stock_outlook(plan: Plan, dose: Dose, left: int, now_s: int) -> StockOutlook:
    """How long `left` pieces last from the instant `now_s` on, in seconds since 2000, where all is
    taken that is due.
    """
    low = dose.stock[2] if dose.stock else 0
    runs_out_day = run_out_day(plan, dose, left, now_s, HORIZON_DAYS)
    return StockOutlook(left, low, plan.zone.day(now_s), runs_out_day)


def stock_outlooks(log: BoxLog) -> dict[str, StockOutlook]:
    """By dose, for those whose stock is counted and was noted in what was read; none where that
    ends before today.
    """
    if log.until_day is not None:
        return {}
    plan = plan_of(log.lines)
    noted = {
        entry.dose: int(entry.detail["left"])
        for entry in log.entries
        if entry.dose and "left" in entry.detail
    }
    return {
        dose.id: stock_outlook(plan, dose, noted[dose.id], log.now_s)
        for dose in plan.doses
        if dose.stock is not None and dose.id in noted
    }
