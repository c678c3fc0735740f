"""What time did without us: off, unset, stepped forward, or set back.

Nothing is read for it: a dose remembers by due what ended lately (memory.py), and up to where all
is done. A step back lowers that mark, and what is remembered as taken or skipped stands. A step
that no window notices changes nothing, and the same step twice changes no more than once.
"""

from dosebell import civil, record
from dosebell.memory import KEPT
from dosebell.record import GAP, Record
from dosebell.reminder import MAX_JUDGED, Reminder, Row, gap_of

GAP_S = civil.DAY_S


def forward(reminder: Reminder, since_s: int, now_s: int) -> list[Record]:
    """Place the rows at `now_s` after nothing was judged since `since_s`.

    Where that is a day or crosses more windows than one pass judges, it becomes one `gap` record:
    what closed inside it without a record of its own is unknown. Being off is not forgetting.
    """
    for row in reminder.rows:
        reminder.refresh(row, now_s)
    if not since_s:
        return []
    entries, gaps = [], []
    if now_s - since_s >= GAP_S or _closed(reminder, now_s) > MAX_JUDGED:
        bounds = (record.unix(since_s), record.unix(now_s))
        gaps = [Record(GAP, detail="from=%s,to=%s" % bounds)]
        reminder.memory.apply(gaps[0])
        reminder.place_all(now_s)
    # Behind a gap that is only what had a record of its own.
    for row in reminder.rows:
        while row.is_closed(now_s):
            entries.append(reminder.judge(row, now_s))
    return entries + gaps


def backward(reminder: Reminder, now_s: int) -> bool:
    """Let the rows wait again for what closes after `now_s`; whether anything changed by that.

    What is remembered as taken or skipped stands, also ahead of the clock. What is remembered as
    missed or unknown is withdrawn, by the next steps of the reminder.
    """
    memory = reminder.memory
    changed = memory.gap_s > now_s
    memory.gap_s = min(memory.gap_s, now_s)
    if memory.line_s is not None and memory.line_s >= now_s:
        # A schedule that came while the clock was ahead is in force by now, not only then; and
        # it came before what was swallowed since, so a second before.
        memory.line_s = now_s - 1
        changed = True
    for past in memory.pasts.values():
        if past.intake_s is not None and past.intake_s > now_s:
            # Whatever the clock said of it, it has been swallowed by now.
            past.intake_s = now_s
            changed = True
    for row in reminder.rows:
        if _rewind(reminder, row, now_s):
            changed = reminder.is_stale = True
    return changed


def _rewind(reminder: Reminder, row: Row, now_s: int) -> bool:
    """Whether the row begins again before what it had finished."""
    past, window, line_s = row.past, row.window, reminder.memory.line_s
    if past.done_s is None or line_s is None or not _may_be_open(row, now_s):
        return False
    place = reminder.plan.first_open(row.dose, now_s)
    if place is None:
        return False
    due_s = reminder.plan.dues(row.dose, place[0], place[1])[0]
    from_s = max(due_s - 1, min(line_s - 1, past.done_s))
    if len(past.words) >= KEPT:
        # What came before the oldest may have been taken too, and was forgotten.
        oldest_s = past.remembered()[-1][0]
        if from_s < oldest_s <= now_s + 2 * max(civil.DAY_S, gap_of(window)):
            from_s = oldest_s - 1
    if from_s >= past.done_s:
        return False
    past.done_s = from_s
    return True


def _may_be_open(row: Row, now_s: int) -> bool:
    """Whether something that was finished may close after `now_s`."""
    done_s = row.past.done_s or 0
    if row.window is not None and row.window.opens <= now_s:
        return False
    return done_s + row.dose.late_s + (2 * civil.DAY_S if row.dose.meals else 0) > now_s


def _closed(reminder: Reminder, now_s: int) -> int:
    """How many windows closed up to `now_s`, counted no further than matters."""
    count = 0
    for row in reminder.rows:
        window = row.window
        while window is not None and window.closes[-1] <= now_s and count <= MAX_JUDGED:
            count += 1
            after = reminder.plan.at_or_after(row.dose, window.day, window.slot + 1)
            window = reminder.plan.window(row.dose, after[0], after[1]) if after else None
    return count
