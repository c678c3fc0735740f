"""What release 0.1.0 wrote, read with the schedule that was in force when it was written.

It named an occurrence by date and slot, and remembered up to which of them all was finished. This
is imported only where such a row is met.
"""

from dosebell import TYPE_CHECKING, civil, record, schedule
from dosebell.memory import Memory, Past, due_of_place
from dosebell.plan import Plan
from dosebell.record import SKIPPED, SNAPSHOT, TAKEN, Record
from dosebell.store import Files, Store

if TYPE_CHECKING:
    from dosebell.typed import Iterable


def plan_of(files: Files, revision: str) -> Plan | None:
    """The schedule of that revision, of the two that are on flash."""
    store = Store(files)
    for lines in (store.read("schedule"), store.read_old("schedule")):
        if lines is not None and schedule.digest(lines)[0] == revision:
            return schedule.parse(lines)
    return None


def load(memory: Memory, past: Past, row: Record, found: dict[bytes, bytes]) -> None:
    """Take over a row of a snapshot."""
    if not memory.is_former:
        memory.is_former = True
        memory.line_s = 0
    if b"since" not in found:
        # A schedule that came while the clock was unset begins when that is set.
        plan = memory.plan_of(memory.revision)
        if plan is not None and plan.dose(row.dose) is not None:
            memory.owed_s = 0
        return
    past.done_s = record.from_unix(found[b"since"]) - 1
    memory.line_s = max(memory.line_s or 0, past.done_s + 1)
    if row.day is not None:
        past.done_s = max(past.done_s, _finished_s(memory, row))
    taken_day = int(found.get(b"taken", b"0"))
    for place in found.get(b"ahead", b"").split(b"+"):
        _note(memory, past, row.dose, place, TAKEN)
    answered = found.get(b"answered", b"")
    day = int(answered.partition(b"/")[0] or b"0")
    _note(memory, past, row.dose, answered, TAKEN if taken_day >= day else SKIPPED)
    rang = found.get(b"rang", b"").split(b"/")
    if len(rang) == 3:
        due = due_of_place(memory, row.dose, int(rang[0]), int(rang[1]))
        if due is not None and due > past.done_s and not past.is_ended(due):
            past.note(due, record.RINGING)
            past.meal = int(rang[2])


def remember(memory: Memory, lines: "Iterable[bytes]") -> None:
    """Fill the lists of `memory` with what the records of the last segments tell."""
    scratch = Memory(memory.plan_of)
    for line in lines:
        try:
            entry = record.parse(line)
            if entry.kind != SNAPSHOT:
                scratch.apply(entry)
            elif not entry.dose:
                scratch.revision = record.text(entry.details()[b"revision"])
        except (ValueError, KeyError):
            # Whoever reads them for the fold counts them.
            continue
    for dose, past in scratch.pasts.items():
        if dose in memory.pasts and past.words:
            kept = memory.pasts[dose]
            words = [word for word in kept.words if not past.how((word >> 3) * 60)]
            kept.words = tuple(sorted(list(past.words) + words, reverse=True))


def _finished_s(memory: Memory, row: Record) -> int:
    """Up to where all was finished: just before the first due that was not, else for good."""
    plan = memory.plan_of(memory.revision)
    dose = plan.dose(row.dose) if plan is not None else None
    if plan is None or dose is None:
        return 0
    day = row.day or 0
    slots = [slot for slot in range(row.slot, schedule.MAX_TIMES) if plan.has(dose, day, slot)]
    if slots:
        return plan.dues(dose, day, slots[0])[0] - 1
    place = plan.first_due(dose, 0, day + 1)
    if place is not None:
        return place[2] - 1
    return plan.zone.instant(day * civil.DAY_S) + 2 * civil.DAY_S


def _note(memory: Memory, past: Past, dose: str, place: bytes, how: str) -> None:
    day, _, slot = place.partition(b"/")
    due = due_of_place(memory, dose, int(day), int(slot)) if slot else None
    if due is not None:
        past.note(due, how)
