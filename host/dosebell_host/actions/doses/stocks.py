"""What is left of every dose that is counted, and until when that lasts."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from dosebell import civil
from dosebell.plan import Plan
from dosebell_host.actions.next_due import window_of
from dosebell_host.actions.occurrences import read_rows
from dosebell_host.box.contact import Contact
from dosebell_host.box.replies import DoseRow
from dosebell_host.history.stock import StockOutlook, lasts_text, stock_outlook
from dosebell_host.schedule.local_time import date_of, day_text
from dosebell_host.wording import beyond_text

NONE_COUNTED = (
    "The schedule counts no stock; to begin, in your file: dosebell stock DOSE 90 --file my.toml"
)


class CountedDose(NamedTuple):
    """What is left of one dose, and for how long."""

    dose: str
    per_intake: int
    outlook: StockOutlook

    @classmethod
    def of(cls, plan: Plan, ident: str, outlook: StockOutlook) -> "CountedDose":
        """One of the schedule that is in force."""
        dose = plan.dose(ident)
        return cls(ident, dose.stock[1] if dose and dose.stock else 1, outlook)

    def to_json(self) -> dict[str, Any]:
        end = self.outlook.runs_out_day
        return {
            "dose": self.dose,
            "count": self.outlook.left,
            "per_intake": self.per_intake,
            "low": self.outlook.low,
            "is_low": self.outlook.is_low,
            "is_empty": self.outlook.is_empty,
            "days_left": self.outlook.days_left,
            "runs_out": None if end is None else civil.iso(end),
        }


class Stocks(NamedTuple):
    """What is left of all that is counted, by the box's own count."""

    counted: list[CountedDose]

    def to_json(self) -> dict[str, Any]:
        return {"items": [each.to_json() for each in self.counted]}

    def lines(self) -> Iterator[str]:
        """The same for a person."""
        yield from counted_lines(self.counted)
        if not self.counted:
            yield NONE_COUNTED


def stocks(contact: Contact) -> Stocks:
    """What the box counts, in the order of its schedule."""
    contact.check_plan_known()
    return Stocks(counted_of(contact.plan, read_rows(contact), contact.now_s))


def counted_of(plan: Plan, rows: Iterable[DoseRow], now_s: int) -> list[CountedDose]:
    """Those of what a box says of its doses that are counted; `now_s` is in seconds since 2000."""
    found = []
    for row in rows:
        if outlook := outlook_of(plan, row, now_s):
            found.append(CountedDose.of(plan, row.dose, outlook))
    return found


def outlook_of(
    plan: Plan, row: DoseRow, now_s: int, left: int | None = None
) -> StockOutlook | None:
    """How long that lasts which is `left`, or what the box counts; None where nobody counts."""
    dose, left = plan.dose(row.dose), row.stock if left is None else left
    if dose is None or dose.stock is None or left is None:
        return None
    window = window_of(plan, row)
    # A box without a time may speak of one that is long over.
    is_to_be_taken = window is not None and window.closes[-1] > now_s
    next_due_s = window.dues[0] if window and is_to_be_taken else None
    return stock_outlook(plan, dose, left, now_s, next_due_s)


def counted_lines(counted: Iterable[CountedDose]) -> Iterator[str]:
    """One line a dose: what is left, until when, and what to do."""
    for each in counted:
        yield f"{each.dose}: {counted_words(each)}"


def counted_words(each: CountedDose) -> str:
    """The same without its dose."""
    outlook = each.outlook
    if outlook.left < 0:
        return beyond_text(each.dose, outlook.left)
    end, verb = outlook.runs_out_day, "runs out" if outlook.left > 0 else "is next due"
    runs_out = "" if end is None else f"{verb} on {day_text(date_of(end), year=True)}"
    return f"{lasts_text(outlook, runs_out)}{'; time to buy more' if outlook.is_low else ''}"
