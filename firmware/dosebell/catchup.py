"""What time did without us: off, unset, or stepped forward.

Nothing is read for it: a dose remembers by due what ended lately (memory.py), and up to where all
is done. What a clock set back lets wait again stands in reminder.py.
"""

from dosebell import TYPE_CHECKING, civil, record
from dosebell.record import GAP, Record
from dosebell.reminder import MAX_JUDGED, Reminder

if TYPE_CHECKING:
    from dosebell.typed import Iterator

GAP_S = civil.DAY_S
# Rows that one pass places behind a gap.
MAX_PLACED = 32


def forward(reminder: Reminder, since_s: int, now_s: int) -> "Iterator[list[Record]]":
    """Place the rows at `now_s` after nothing was judged since `since_s`; the records of it, a
    piece of work at a time. The first piece is little: it is done with what set the clock.

    Where that is a day or crosses more windows than one pass judges, it becomes one `gap` record:
    what closed inside it without a record of its own is unknown. Being off is not forgetting.
    """
    is_gap = since_s > 0 and now_s - since_s >= GAP_S
    if not is_gap:
        yield []
        for row in reminder.rows:
            reminder.arrive(row, now_s)
        is_gap = since_s > 0 and _closed(reminder, now_s) > MAX_JUDGED
    if is_gap:
        bounds = (record.unix(since_s), record.unix(now_s))
        gap = Record(GAP, detail="from=%s,to=%s" % bounds)
        reminder.memory.apply(gap)
        yield [gap]
        for n, row in enumerate(reminder.rows):
            if n and n % MAX_PLACED == 0:
                yield []
            reminder.place(row, now_s)
    # Behind a gap that is only what had a record of its own.
    is_done = False
    while not is_done:
        entries = _judged(reminder, now_s)
        is_done = len(entries) < MAX_JUDGED
        yield entries


def _judged(reminder: Reminder, now_s: int) -> list[Record]:
    """At most `MAX_JUDGED` of what has closed."""
    entries: list[Record] = []
    for row in reminder.rows:
        while row.window is not None and row.window.closes[-1] <= now_s:
            if len(entries) == MAX_JUDGED:
                return entries
            entries.append(reminder.judge(row, now_s))
    return entries


def _closed(reminder: Reminder, now_s: int) -> int:
    """How many windows closed up to `now_s`, counted no further than matters."""
    count = 0
    for row in reminder.rows:
        window = row.window
        while window is not None and window.closes[-1] <= now_s and count <= MAX_JUDGED:
            count += 1
            after = reminder.plan.first_due(row.dose, window.dues[0] + 1, window.day)
            window = reminder.plan.window(row.dose, after[0], after[1]) if after else None
    return count
