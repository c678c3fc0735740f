"""What people put right afterwards: the device judges once, but its word is not the last.

An occurrence that is no longer current is corrected by a record alone; only an undo inside the
window makes it current again.
"""

from dosebell import record
from dosebell.memory import due_of
from dosebell.plan import Window
from dosebell.record import CANCELLED, MISSED, SNOOZED, TAKEN, UNDONE, UNKNOWN, Record
from dosebell.reminder import Reminder, Row, intake_details, named


def settle(
    reminder: Reminder, row: Row, window: Window, was: str, kind: str, now_s: int, taken_s: int
) -> list[Record]:
    """An occurrence whose last record is of kind `was` becomes `kind`: skipped, or taken then."""
    pairs = ["was=" + was]
    if kind == TAKEN:
        pairs = intake_details(row.dose, row.past, window, taken_s, 0) + pairs
        pairs.append("at=" + record.unix(taken_s))
    entry = named(kind, row.dose.id, window, ",".join(pairs))
    return [reminder.fold(row, now_s, entry)]


def undo(reminder: Reminder, row: Row, window: Window, last: Record, now_s: int) -> list[Record]:
    """Take back `last`, a `taken` or `skipped`: inside its window it is open again, after it
    missed.
    """
    back = ["was=" + last.kind]
    if last.kind == TAKEN:
        back.append("at=" + record.unix(last.intake_s(last.details())))
        if row.dose.stock is not None and row.past.stock is not None:
            back.append("left=%d" % (row.past.stock + row.dose.stock[1]))
    is_open = window.closes[-1] > now_s
    if is_open:
        back.append("open=1")
    undone = named(UNDONE, row.dose.id, window, ",".join(back))
    if is_open:
        return [reminder.fold(row, now_s, undone)]
    # What the device could not know before is unknown again, not missed.
    before = record.text(last.details().get(b"was", b""))
    kind = before if before in (UNKNOWN, CANCELLED) else MISSED
    if window.dues[0] > now_s:
        # A new schedule has taken it away before its time.
        kind = CANCELLED
    reminder.memory.apply(undone)
    return [undone, reminder.fold(row, now_s, named(kind, row.dose.id, window, "undone=1"))]


def undo_pressed(reminder: Reminder, pressed: Record, now_s: int) -> list[Record]:
    """Take back what a press did to one occurrence, as its record tells, while that stands."""
    row, due_s = reminder.row(pressed.dose), due_of(reminder.memory, pressed, pressed.details())
    # A push in between may have taken it away.
    if row is None or due_s is None or reminder.plan.at(row.dose, due_s) is None:
        return []
    # The laptop may have undone it already.
    if pressed.kind == TAKEN and row.past.how(due_s) == TAKEN:
        return undo(reminder, row, reminder.window_at(row, due_s), pressed, now_s)
    if pressed.kind == TAKEN or row.state != SNOOZED:
        return []
    reminder.wake(row, now_s)
    return [reminder.entry(row, UNDONE, "was=snoozed")]
