"""What is left of each dose, as the box last noted it, and until when that lasts."""

from collections.abc import Container, Iterable, Mapping
from typing import NamedTuple

from dosebell.dose import Dose
from dosebell.plan import NEVER, Plan
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.outcomes import OPEN
from dosebell_host.history.records import Entry
from dosebell_host.history.run_out import needed_pieces, run_out_day
from dosebell_host.history.store import History
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.lines import plan_of
from dosebell_host.wording import left_text

# Nobody plans a packet for longer.
HORIZON_DAYS = 730


class StockOutlook(NamedTuple):
    """What is left of one dose on the day number `today`. `low` is where the box warns;
    `runs_out_day` is the first day that is not covered, None within the horizon; `needed` are the
    pieces that its course still asks for, None where that has no end within the horizon.
    """

    left: int
    low: int
    today: int
    runs_out_day: int | None
    needed: int | None = None

    @property
    def is_low(self) -> bool:
        """Whether it is time to buy more: never where what is left is all that is needed."""
        return self.left <= self.low and not self.is_all_needed

    @property
    def is_all_needed(self) -> bool:
        """Whether what is left is enough for the course to its end."""
        return self.needed is not None and self.left >= self.needed

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left by the count."""
        return self.left <= 0

    @property
    def days_left(self) -> int | None:
        """So many days from `today` on are covered; None where that is all that anybody plans."""
        return None if self.runs_out_day is None else self.runs_out_day - self.today


def stock_outlook(
    plan: Plan, dose: Dose, left: int, now_s: int, next_due_s: int | None = None
) -> StockOutlook:
    """How long `left` pieces last where all is taken that is due from `next_due_s` on, the first
    due of what is to be taken next: what rings now was due before `now_s`, and what was taken
    early is due after it. None: nobody knows that. Both are in seconds since 2000.
    """
    low = dose.stock[2] if dose.stock else 0
    from_s = now_s if next_due_s is None else next_due_s
    runs_out_day = run_out_day(plan, dose, left, from_s, HORIZON_DAYS)
    needed = needed_pieces(plan, dose, from_s, HORIZON_DAYS)
    return StockOutlook(left, low, plan.zone.day(now_s), runs_out_day, needed)


def lasts_text(outlook: StockOutlook, runs_out: str) -> str:
    """How many are left, and how long they last: the one sentence of terminal and page.

    `runs_out` tells the day on which they do not suffice any more, "" where there is none.
    """
    for_how_long = [course_text(outlook), runs_out]
    if outlook.needed is None and not runs_out:
        for_how_long = ["enough for two years or more"] if outlook.left > 0 else []
    return ", ".join(filter(None, [left_or_empty(outlook.left), *for_how_long]))


def left_or_empty(left: int) -> str:
    """How many are left, or that nothing is."""
    return left_text(left) if left else "empty"


def course_text(outlook: StockOutlook) -> str:
    """What is left against what its course still asks for; "" where that has no end."""
    if outlook.needed is None:
        return ""
    if outlook.needed == 0:
        return "its last day is over"
    more = max(0, outlook.left) - outlook.needed
    if more == 0:
        return "enough to its last day"
    return f"{more} more than it needs" if more > 0 else f"{-more} short of its last day"


def counts_noted(entries: Iterable[Entry]) -> dict[str, int]:
    """What was left of each dose by the last of these records that says it."""
    return {
        entry.dose: int(entry.detail["left"])
        for entry in entries
        if entry.dose and "left" in entry.detail
    }


def last_counts(history: History, log: BoxLog) -> dict[str, int]:
    """The same of all that is kept, however long ago it was noted, for what is counted now."""
    counted = [dose.id for dose in plan_of(log.lines).doses if dose.stock is not None]
    last = (_last_count(history, log.device_id, dose) for dose in counted)
    return counts_noted(entry for entry in last if entry is not None)


def _last_count(history: History, device_id: str, dose: str) -> Entry | None:
    found = history.newest(device_id, f"% {dose} %left=%")
    return next((each for each in found if each.dose == dose and "left" in each.detail), None)


def stock_outlooks(log: BoxLog, noted: Mapping[str, int]) -> dict[str, StockOutlook]:
    """By dose, for those that are counted, and of which so many were `noted` last; none where what
    was read of the log ends before today.
    """
    if log.until_day is not None:
        return {}
    plan = plan_of(log.lines)
    over = {(each.dose, each.due_s) for each in log.outcomes if each.state != OPEN}
    return {
        dose.id: stock_outlook(
            plan, dose, noted[dose.id], log.now_s, _next_due_s(plan, dose, log.now_s, over)
        )
        for dose in plan.doses
        if dose.stock is not None and dose.id in noted
    }


def _next_due_s(
    plan: Plan, dose: Dose, now_s: int, over: Container[tuple[str, int | None]]
) -> int | None:
    """The first due of what is to be taken next: not closed, and not `over`."""
    place = plan.first_open(dose, now_s)
    if place is None:
        return None
    found = (due_s for due_s, _day, _slot in occurrences(plan, dose, place[2], NEVER))
    return next((due_s for due_s in found if (dose.id, due_s) not in over), None)
