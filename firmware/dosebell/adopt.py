"""A new schedule on a running box: what stays, what starts anew, what is cancelled."""

from dosebell.memory import Memory
from dosebell.plan import Plan
from dosebell.record import CANCELLED, SCHEDULE, STOCK, Record
from dosebell.reminder import Reminder, Row
from dosebell.transitions import WAITING


def adopt(
    old: Reminder, plan: Plan, memory: Memory, revision: str, now_s: int | None
) -> tuple[Reminder, list[Record]]:
    """The reminder of the new plan, and the records of the change. `now_s` is None while unset.

    A dose that is unchanged keeps its state. One that is new or whose times or days changed
    starts with its first occurrence due from now on, and an open one of its old form is
    cancelled; what a person answered stays answered, so no edit asks for a second pill.
    """
    entries = [Record(SCHEDULE, detail="revision=" + revision)]
    memory.revision = revision
    for row in old.rows:
        dose = plan.dose(row.dose.id)
        if dose is None or _changed(old, plan, row):
            entries.extend(_cancelled(row, now_s, "removed" if dose is None else "changed"))
            row.past.restart(now_s)
    reminder = Reminder(plan, memory)
    for row in reminder.rows:
        entries.extend(_begin(old.row(row.dose.id), row, now_s))
    memory.forget_long_gone([dose.id for dose in plan.doses])
    if now_s is not None:
        reminder.place_all(now_s)
        for row in reminder.rows:
            before = old.row(row.dose.id)
            if before is not None:
                row.resume(before)
    return reminder, entries


def _changed(old: Reminder, plan: Plan, row: Row) -> bool:
    """Whether times or days differ, or the current occurrence does, as by a new exception."""
    dose = plan.dose(row.dose.id)
    if dose is None or plan.signature(dose) != old.plan.signature(row.dose):
        return True
    window = row.window
    if window is None:
        return False
    if not plan.has(dose, window.day, window.slot):
        return True
    return plan.dues(dose, window.day, window.slot) != window.dues


def _cancelled(row: Row, now_s: int | None, why: str) -> list[Record]:
    window = row.window
    # A dose of which the journal tells nothing was never begun, so nothing of it is open.
    if window is None or now_s is None or row.past.since_s is None:
        return []
    if row.state == WAITING and not row.is_open(now_s):
        return []
    return [Record(CANCELLED, row.dose.id, window.day, window.slot, "why=" + why)]


def _begin(before: Row | None, row: Row, now_s: int | None) -> list[Record]:
    """Start a dose that is new, and take over a stock count that is new or another number."""
    past, stock = row.past, row.dose.stock
    if before is None:
        past.restart(now_s)
    known = before.dose.stock if before is not None else None
    if stock is None:
        past.stock = None
    elif known is None or known[0] != stock[0]:
        past.stock = stock[0]
        return [Record(STOCK, row.dose.id, detail="left=%d" % stock[0])]
    return []
