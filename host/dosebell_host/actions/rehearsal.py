"""What a box will do when it takes up a new schedule: its own code, run on a copy of its memory.

The copy comes from the records: the newest snapshot and what follows it are what the box itself
would start from after a power cut.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from dosebell import catchup, frames, record
from dosebell.adopt import adopt, draw_line
from dosebell.dose import Dose
from dosebell.journal import Journal
from dosebell.memory import Memory
from dosebell.plan import Plan
from dosebell.reminder import Reminder, Row
from dosebell.store import LOG, Store
from dosebell_host.sim.flash import MemoryFiles

# A dose whose next occurrences all fall into an exception is looked at no further than this.
_MOST_LEFT_OUT = 400


@dataclass(frozen=True)
class Cancelled:
    """An open occurrence that the change ends, and the box's word why."""

    dose: str
    day: int
    slot: int
    why: str


@dataclass(frozen=True)
class Rehearsal:
    """What is cancelled, and when each dose that is new or changed first rings (seconds since
    2000).
    """

    cancelled: list[Cancelled]
    first_s: dict[str, int]


def rehearse(
    lines: Iterable[str],
    in_force: Iterable[str],
    old: Plan,
    new: Plan,
    revision: str,
    now_s: int | None,
) -> Rehearsal:
    """Take up `new` on the memory that the journal's `lines` leave; `in_force` are the lines of
    the schedule `old`. `now_s` is None while the box has no clock, and nothing can be said of
    rings then.
    """
    memory = recall(lines, in_force)
    before = Reminder(old, memory)
    if now_s is not None:
        for row in before.rows:
            before.place(row, now_s)
        for _ in catchup.back(before, now_s):
            pass
    rules = {dose.id: _rule(old, dose) for dose in old.doses}
    dues = {row.dose.id: _due_s(row) for row in before.rows}
    after, entries = adopt(before, new, revision)
    if now_s is not None:
        entries += [entry for piece in draw_line(before, after, now_s) for entry in piece]
    cancelled = [_cancelled(entry) for entry in entries if entry.kind == record.CANCELLED]
    first_s: dict[str, int] = {}
    for row in after.rows if now_s is not None else ():
        cancelled += _to_first_ring(after, row, now_s or 0)
        due_s, same_rule = _due_s(row), rules.get(row.dose.id) == _rule(new, row.dose)
        # What goes on from before rings already.
        if (
            due_s is not None
            and due_s >= (now_s or 0)
            and not (same_rule and due_s == dues.get(row.dose.id))
        ):
            first_s[row.dose.id] = due_s
    return Rehearsal(cancelled, first_s)


def recall(lines: Iterable[str], in_force: Iterable[str]) -> Memory:
    """The memory of a box that wrote these records under the schedule of the lines `in_force`."""
    files = MemoryFiles()
    Store(files).write("schedule", in_force)
    sealed = b"".join(map(frames.seal, lines))
    if sealed:
        files.contents[f"{LOG}/00000001.seg"] = sealed
    return Journal(files).recall()


def _rule(plan: Plan, dose: Dose) -> tuple[object, ...]:
    """The times and days of a dose: what must stay for its rings to be what they were."""
    times = [plan.meals[meal][1] for meal in dose.meals] if dose.meals else dose.times
    origin = dose.start if dose.rule in ("every", "cycle") else None
    return plan.zone_name, times, dose.rule, dose.numbers, origin


def _to_first_ring(after: Reminder, row: Row, now_s: int) -> list[Cancelled]:
    """Go on to the first occurrence that rings, and tell which ones are left out before it: those
    too soon after an intake, and one that is open now on a day that has become off.
    """
    found: list[Cancelled] = []
    for _ in range(_MOST_LEFT_OUT):
        window = row.window
        if window is None or not (window.off or after.too_soon(row)):
            break
        was_open = row.is_open(now_s)
        entry = after.judge(row, max(now_s, window.opens))
        if entry.kind == record.CANCELLED or was_open:
            found.append(_cancelled(entry))
    return found


def _cancelled(entry: record.Record) -> Cancelled:
    why = "off" if entry.kind == record.SKIPPED else entry.details().get(b"why", b"").decode()
    return Cancelled(entry.dose, entry.day or 0, entry.slot, why)


def _due_s(row: Row) -> int | None:
    """When the row's occurrence is due: at its next meal, or at the one that rings."""
    return None if row.window is None else row.window.dues[max(row.meal, 0)]
