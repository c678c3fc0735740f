"""What people put right afterwards: the device judges once, but its word is not the last.

An occurrence that is no longer current is corrected by a record alone; only an undo inside the
window makes it current again.
"""

from dosebell import record
from dosebell.plan import Window
from dosebell.record import CANCELLED, SNOOZED, TAKEN, UNDONE, UNKNOWN, Record
from dosebell.reminder import Reminder, Row, intake_details
from dosebell.transitions import TAKE, UNDO, UNDO_LATE, move

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def settle(
    reminder: Reminder,
    row: Row,
    window: Window,
    was: str,
    event: str,
    now_s: int,
    at_s: int | None,
) -> list[Record]:
    """`TAKE` or `SKIP` an occurrence whose last record is of kind `was`.

    `at_s` is when it was taken, default when it was first due. Raises ValueError where the table
    of transitions knows no such correction.
    """
    kind = move(was, event)
    pairs = ["was=" + was]
    if event == TAKE:
        taken_s = window.dues[0] if at_s is None else at_s
        pairs = intake_details(row.dose, row.past, window, taken_s, 0) + pairs
        pairs.append("at=" + record.unix(taken_s))
    entry = Record(kind, row.dose.id, window.day, window.slot, ",".join(pairs))
    return _folded(reminder, row, now_s, [entry])


def undo(reminder: Reminder, row: Row, window: Window, last: Record, now_s: int) -> list[Record]:
    """Take back `last`, a `taken` or `skipped`: inside its window it is open again, after it
    missed.
    """
    back = ["was=" + last.kind]
    if last.kind == TAKEN:
        back.append("at=" + record.unix(last.intake_s()))
        if row.dose.stock is not None and row.past.stock is not None:
            back.append("left=%d" % (row.past.stock + row.dose.stock[1]))
    is_open = window.closes[-1] > now_s and window.dues[0] >= (row.past.since_s or 0)
    kind = move(last.kind, UNDO if is_open else UNDO_LATE)
    if is_open:
        back.append("open=1")
    entries = [Record(UNDONE, row.dose.id, window.day, window.slot, ",".join(back))]
    if not is_open:
        # What the device could not know before is unknown again, not missed.
        before = record.text(last.details().get(b"was", b""))
        kind = before if before in (UNKNOWN, CANCELLED) else kind
        entries.append(Record(kind, row.dose.id, window.day, window.slot, "undone=1"))
    return _folded(reminder, row, now_s, entries)


def undo_pressed(
    reminder: Reminder,
    pressed: tuple[str, str, int, int],
    last_of: "Callable[[str, Window], Record | None]",
    now_s: int,
) -> list[Record]:
    """Take back what a press did to one occurrence, (kind, dose, day, slot), while it stands."""
    kind, dose, day, slot = pressed
    row = reminder.row(dose)
    # A push in between may have taken the occurrence away.
    if row is None or not reminder.plan.has(row.dose, day, slot):
        return []
    if kind == TAKEN:
        window = reminder.plan.window(row.dose, day, slot)
        last = last_of(dose, window)
        # The laptop may have undone it already.
        if last is None or last.kind != TAKEN:
            return []
        return undo(reminder, row, window, last, now_s)
    if row.state != SNOOZED:
        return []
    reminder.wake(row, UNDO, now_s)
    return [Record(UNDONE, dose, day, slot, "was=snoozed")]


def _folded(reminder: Reminder, row: Row, now_s: int, entries: list[Record]) -> list[Record]:
    for entry in entries:
        entry.utc = now_s
        reminder.memory.apply(entry)
    reminder.refresh(row, now_s)
    return entries
