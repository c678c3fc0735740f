"""What time did without us: off, unset, stepped forward, or set back."""

from dosebell import civil, record
from dosebell.journal import Journal
from dosebell.memory import MAX_AHEAD
from dosebell.plan import Window
from dosebell.record import GAP, MISSED, SKIPPED, TAKEN, UNDONE, UNKNOWN, Record
from dosebell.reminder import MAX_JUDGED, Reminder, Row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

GAP_S = civil.DAY_S

# How much of what was judged a step back withdraws, the newest of it; what lies further ahead
# keeps its judgement, and rings again when its day comes. To read more takes longer than the
# watchdog waits, and to withdraw more takes more memory than there is.
MAX_SEGMENTS_BACK = 6
MAX_WITHDRAWN = 100
_SLOT_BITS = 8


def forward(reminder: Reminder, since_s: int, now_s: int) -> list[Record]:
    """Place the rows at `now_s` after nothing was judged since `since_s`.

    Where that is a day or crosses more windows than one pass judges, it becomes one `gap` record:
    what closed inside it without a record of its own is unknown. Being off is not forgetting.
    """
    for row in reminder.rows:
        reminder.refresh(row, now_s)
    if not since_s:
        return []
    is_gap = now_s - since_s >= GAP_S or _closed(reminder, now_s) > MAX_JUDGED
    entries = []
    for row in reminder.rows:
        while row.is_closed(now_s) and (row.rang() or not is_gap):
            entries.append(reminder.judge(row, now_s))
    if not is_gap:
        return entries
    bounds = (record.unix(since_s), record.unix(now_s))
    gap = Record(GAP, detail="from=%s,to=%s" % bounds)
    reminder.memory.apply(gap)
    reminder.place_all(now_s)
    return entries + [gap]


def backward(reminder: Reminder, journal: Journal, now_s: int) -> list[Record]:
    """Withdraw what was judged of windows that close after `now_s`: they wait again.

    `taken` and `skipped` stand, also those ahead of the clock.
    """
    reminder.memory.gap_s = min(reminder.memory.gap_s, now_s)
    for each in reminder.rows:
        _forget_ahead(each, now_s)
    entries: list[Record] = []
    for row, window, last in _judged_ahead(reminder, journal, now_s):
        if last.kind in (TAKEN, SKIPPED):
            row.past.ahead = (((window.day, window.slot),) + row.past.ahead)[:MAX_AHEAD]
        elif last.kind in (MISSED, UNKNOWN) and window.dues[0] >= (row.past.since_s or 0):
            # What came before the dose's present form stays judged: it would not ring again.
            detail = "clock=1,was=" + last.kind
            entries.append(Record(UNDONE, row.dose.id, window.day, window.slot, detail))
            if len(entries) == MAX_WITHDRAWN:
                break
    for row in reminder.rows:
        _rewind(reminder, row, now_s)
    return entries


def _judged_ahead(
    reminder: Reminder, journal: Journal, now_s: int
) -> "Iterator[tuple[Row, Window, Record]]":
    """The last record of each occurrence that closes after `now_s`, newest first.

    A judgement of such a window was written after the clock had passed its end, and an answer to
    it after it had opened, so the search ends at the first record that is older than any window
    still open.
    """
    reach_s = max([_length_s(row) for row in reminder.rows]) if reminder.rows else 0
    seen: dict[str, list[int]] = {row.dose.id: [] for row in reminder.rows}
    for entry in journal.backwards(MAX_SEGMENTS_BACK):
        if entry.utc is not None and entry.utc <= now_s - reach_s:
            return
        row = reminder.row(entry.dose)
        if row is None or entry.day is None or entry.kind == record.SNAPSHOT:
            continue
        # A small integer, which takes no memory of its own.
        place = entry.day << _SLOT_BITS | entry.slot
        if place in seen[entry.dose]:
            continue
        seen[entry.dose].append(place)
        if reminder.plan.has(row.dose, entry.day, entry.slot):
            window = reminder.plan.window(row.dose, entry.day, entry.slot)
            if window.closes[-1] > now_s:
                yield row, window, entry


def _forget_ahead(row: Row, now_s: int) -> None:
    """What the past says of instants that have not come yet, as the clock has it now."""
    past = row.past
    if past.since_s is not None:
        # A schedule that came while the clock was ahead is in force by now, not only then; and
        # it came before what was swallowed since, so a second before.
        past.since_s = min(past.since_s, now_s - 1)
    if past.intake_s is not None:
        # Whatever the clock said of it, it has been swallowed by now.
        past.intake_s = min(past.intake_s, now_s)


def _rewind(reminder: Reminder, row: Row, now_s: int) -> None:
    """Let the row begin again at the first occurrence that closes after `now_s`."""
    past = row.past
    found = reminder.plan.first_open(row.dose, now_s)
    if past.from_day is not None and found is not None:
        past.from_day, past.from_slot = min(found, (past.from_day, past.from_slot))
    reminder.refresh(row, now_s)


def _length_s(row: Row) -> int:
    """The longest that a window of the dose can be open, fallback meals and all."""
    return row.dose.early_s + row.dose.late_s + 2 * civil.DAY_S


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
