"""What is left of each dose, as the box last noted it, and until when that lasts."""

from typing import NamedTuple

from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.run_out import run_out_day
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import day_number

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


def stock_outlooks(log: BoxLog) -> dict[str, StockOutlook]:
    """By dose, for those whose stock is counted and was noted in what was read."""
    plan = plan_of(log.lines)
    noted = {
        entry.dose: int(entry.detail["left"])
        for entry in log.entries
        if entry.dose and "left" in entry.detail
    }
    today = day_number(log.local.date(log.now_s))
    return {
        dose.id: StockOutlook(
            noted[dose.id],
            dose.stock[2],
            today,
            run_out_day(plan, dose, noted[dose.id], log.now_s, HORIZON_DAYS),
        )
        for dose in plan.doses
        if dose.stock is not None and dose.id in noted
    }
