"""A new schedule on a running box: a line in time, for every dose alike.

Before the line the old schedule has judged, after it the new one asks. What is open and due at
the same instant in both goes on as it is, whatever else was edited; what is open in the old one
alone is cancelled. The new one asks for what is due from the line on, but for what has ended: an
occurrence is remembered by its due, which no edit changes. And what would come sooner than half
the gap after the last intake is cancelled when it would open (`Reminder.too_soon`).
"""

from dosebell import TYPE_CHECKING, civil, const
from dosebell.memory import WAITING, Past
from dosebell.plan import Plan
from dosebell.record import CANCELLED, SCHEDULE, STOCK, Record
from dosebell.reminder import Reminder, Row, bare_window, gap_of, named

if TYPE_CHECKING:
    from dosebell.typed import Iterator

# A dose that left the schedule is forgotten after two of its gaps, within these bounds; one that
# had but one occurrence after so many days.
_LEAST_KEPT_S = const(14 * 86400)
_MOST_KEPT_S = const(62 * 86400)
_ONCE_KEPT_S = const(30 * 86400)


def adopt(old: Reminder, plan: Plan, revision: str) -> tuple[Reminder, list[Record]]:
    """The reminder of the new plan, and the records of its coming; the line is yet to be drawn."""
    entries = [Record(SCHEDULE, detail="revision=" + revision)]
    old.memory.revision, old.memory.owed_s = revision, 0
    reminder = Reminder(plan, old.memory)
    for row in reminder.rows:
        before, stock = old.plan.dose(row.dose.id), row.dose.stock
        known = None if before is None else before.stock
        if stock is not None and (known is None or known[0] != stock[0]):
            # A count that is new or another number.
            row.past.stock = stock[0]
            entries.append(Record(STOCK, row.dose.id, detail="left=%d" % stock[0]))
    return reminder, entries


def draw_line(old: Reminder, new: Reminder, now_s: int) -> "Iterator[list[Record]]":
    """Let `new` ask from `now_s` on; the records of what it takes away, a dose a piece. Until all
    is done the line is owed, so that a power cut in between draws it anew.
    """
    memory = new.memory
    memory.line_s = now_s
    for row in old.rows:
        window, dose = row.window, new.plan.dose(row.dose.id)
        if window is not None and row.is_open(now_s) and not row.past.how(window.dues[0]):
            due_s = window.dues[0]
            if due_s < now_s or dose is None or new.plan.at(dose, due_s) is None:
                row.past.note(due_s, WAITING)
        if row.past.intake_s is not None:
            # A dose that is gone has no neighbour, and put back it has a day's gap at most.
            gap_s = gap_of(window) if dose is not None else min(gap_of(window), civil.DAY_S)
            row.past.hold_s = row.past.intake_s + gap_s // 2
        if dose is None:
            _leave(row, now_s)
        yield []
    # In an order of its own, because a dict of the board's keeps none.
    for ident, past in sorted(memory.pasts.items()):
        for gone in cancel_gone(old, new, ident, past):
            yield [gone]
        past.done_s = now_s - 1
        placed = new.row(ident)
        if placed is not None:
            past.until_s = None
            new.place(placed, now_s, old.row(ident))
        yield []
    memory.owed_s = None


def cancel_gone(old: Reminder, new: Reminder, ident: str, past: Past) -> "Iterator[Record]":
    """End what is open of a dose and is not due at that instant in the schedule in force."""
    for due_s in past.open_dues():
        row, before = new.row(ident), old.row(ident)
        if row is None or new.plan.at(row.dose, due_s) is None:
            why = "why=removed" if row is None else "why=changed"
            window = old.window_at(before, due_s) if before else bare_window(new.plan, due_s)
            gone = named(CANCELLED, ident, window, why)
            new.memory.apply(gone)
            yield gone


def _leave(row: Row, now_s: int) -> None:
    """A dose that leaves is remembered for a while, so that one put back is not taken twice."""
    window = row.window
    gap_s = None if window is None else window.gap_s
    kept_s = _ONCE_KEPT_S if gap_s is None else min(max(2 * gap_s, _LEAST_KEPT_S), _MOST_KEPT_S)
    row.past.until_s = now_s + kept_s
