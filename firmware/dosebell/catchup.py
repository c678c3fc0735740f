"""What time did without us: off, unset, or set to another time.

Nothing is read for it: a dose remembers by due what ended lately (memory.py), and up to where all
is done. It is done a piece of work at a time: each function yields the records of a piece, as
often none, and the box does some pieces a pass.
"""

from dosebell import TYPE_CHECKING, civil, record
from dosebell.memory import KEPT
from dosebell.record import GAP, MISSED, UNKNOWN, Record
from dosebell.reminder import MAX_JUDGED, Reminder, Row, gap_of, named

if TYPE_CHECKING:
    from dosebell.typed import Iterator


def back(reminder: Reminder, now_s: int) -> "Iterator[list[Record]]":
    """Where the clock was set back, let wait again what closes after that. Until all rows do so
    it stands in the memory, so that a power cut in between changes nothing.
    """
    back_s = reminder.memory.back_s
    if back_s is not None:
        for row in reminder.rows:
            _rewind(reminder, row, back_s)
            for entry in _withdrawn(reminder, row):
                yield [entry]
            reminder.place(row, now_s)
            yield []
        reminder.memory.back_s = None


def forward(reminder: Reminder, since_s: int, now_s: int) -> "Iterator[list[Record]]":
    """Place the rows at `now_s` after nothing was judged since `since_s`.

    Where that is a day or crosses more windows than one pass judges, it becomes one `gap` record:
    what closed inside it without a record of its own is unknown. Being off is not forgetting.
    """
    is_gap, closed = since_s > 0 and now_s - since_s >= civil.DAY_S, 0
    for row in reminder.rows:
        if is_gap:
            break
        reminder.arrive(row, now_s)
        closed += _closed(reminder, row, now_s)
        is_gap = closed > MAX_JUDGED
        yield []
    if is_gap:
        gap = Record(GAP, detail="from=%s,to=%s" % (record.unix(since_s), record.unix(now_s)))
        reminder.memory.apply(gap)
        yield [gap]
        for row in reminder.rows:
            reminder.place(row, now_s)
            yield []
    # Behind a gap that is only what had a record of its own.
    for row in reminder.rows:
        while row.window is not None and row.window.closes[-1] <= now_s:
            yield [reminder.judge(row, now_s)]


def _rewind(reminder: Reminder, row: Row, back_s: int) -> None:
    """Let what is done begin again before what closes after `back_s`."""
    past, line_s = row.past, reminder.memory.line_s
    place = reminder.plan.first_open(row.dose, back_s)
    if place is None or past.done_s is None or line_s is None:
        return
    from_s = max(place[2] - 1, min(line_s - 1, past.done_s))
    if len(past.words) >= KEPT:
        # What came before the oldest may have been taken too, and was forgotten.
        oldest_s = min(past.remembered())[0]
        if from_s < oldest_s <= back_s + 2 * max(civil.DAY_S, gap_of(row.window)):
            from_s = oldest_s - 1
    past.done_s = min(past.done_s, from_s)


def _withdrawn(reminder: Reminder, row: Row) -> "Iterator[Record]":
    """Take back what was judged of occurrences that wait again.

    What another schedule had stays judged: it would not ring again.
    """
    for due_s, how in row.past.remembered():
        if how in (MISSED, UNKNOWN) and due_s > (row.past.done_s or due_s):
            if reminder.plan.at(row.dose, due_s) is not None:
                window = reminder.window_at(row, due_s)
                undone = named(record.UNDONE, row.dose.id, window, "clock=1,was=" + how)
                reminder.memory.apply(undone)
                yield undone


def _closed(reminder: Reminder, row: Row, now_s: int) -> int:
    """How many windows of the row closed up to `now_s`, counted no further than matters."""
    count, window = 0, row.window
    while window is not None and window.closes[-1] <= now_s and count <= MAX_JUDGED:
        count += 1
        after = reminder.plan.first_due(row.dose, window.dues[0] + 1, window.day)
        window = reminder.plan.window(row.dose, after[0], after[1]) if after else None
    return count
