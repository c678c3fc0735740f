"""The memory written down: a head, then one row a dose, as records of the journal.

A row of a dose in the schedule also says what it means to release 0.1.0, which knows an
occurrence by its date and slot, so that after going back nothing taken rings and nothing else is
passed over.
"""

import binascii
from array import array

from dosebell import civil, record
from dosebell.memory import Memory, Past
from dosebell.plan import Plan
from dosebell.record import MISSED, RINGING, SKIPPED, SNAPSHOT, TAKEN, UNKNOWN, Record
from dosebell.reminder import Reminder, Row

# Of what is finished ahead of the time, so much is told to release 0.1.0.
_MAX_AHEAD = 8

# What a row holds of a `Past`, under the names of its fields.
_INSTANTS = ("done", "intake", "earlier", "hold", "until")
_NUMBERS = ("stock", "meal")


def snapshot(memory: Memory, reminder: Reminder) -> list[Record]:
    """The fold as records: a head that counts the rows, then one row a dose."""
    head = Record(SNAPSHOT)
    head.detail = "rows=%d,boot=%d,revision=%s,seen=%s,gap=%s,journal=%s" % (
        len(memory.pasts),
        memory.boot,
        memory.revision or "-",
        record.unix(memory.seen_s),
        record.unix(memory.gap_s),
        memory.journal or "-",
    )
    if memory.line_s is not None:
        head.detail += ",line=" + record.unix(memory.line_s)
    return [head] + [_written(dose, memory.pasts[dose], reminder) for dose in sorted(memory.pasts)]


def _written(dose: str, past: Past, reminder: Reminder) -> Record:
    entry = Record(SNAPSHOT, dose)
    packed = str(binascii.b2a_base64(array("I", past.words)), "utf-8").rstrip("\n")
    pairs = ["ended=" + packed]
    for key in _INSTANTS:
        value = getattr(past, key + "_s")
        if value is not None:
            pairs.append(key + "=" + record.unix(value))
    for key in _NUMBERS:
        value = getattr(past, key)
        if value is not None and (value or key == "stock"):
            pairs.append("%s=%d" % (key, value))
    row = reminder.row(dose)
    if row is not None:
        pairs += _as_before(entry, reminder, row)
    entry.detail = ",".join(pairs)
    return entry


def _as_before(entry: Record, reminder: Reminder, row: Row) -> list[str]:
    """What the row means to release 0.1.0: its first occurrence that is not finished, ..."""
    plan, past, since_s = reminder.plan, row.past, row.past.done_s
    if since_s is None:
        return []
    window = row.window
    if window is None:
        place, due_s = reminder.find(row)
    else:
        place, due_s = (window.day, window.slot), window.dues[0]
    if place is not None:
        entry.day, entry.slot = place
        since_s = min(since_s, due_s - 1)
    found = past.remembered()
    pairs = ["since=" + record.unix(since_s + 1)]
    answered = [at_s for at_s, how in found if how in (TAKEN, SKIPPED)]
    ahead = sorted([at_s for at_s, _ in found if at_s > due_s and past.is_ended(at_s)])
    taken = [at_s for at_s, how in found if how == TAKEN]
    missed = [at_s for at_s, how in found if how in (MISSED, UNKNOWN)]
    if answered:
        pairs.append("answered=" + _place(plan, row, answered[0]))
    if place is not None and past.how(due_s) == RINGING:
        pairs.append("rang=%d/%d/%d" % (place[0], place[1], past.meal))
    if ahead:
        places = [_place(plan, row, at_s) for at_s in ahead[:_MAX_AHEAD]]
        pairs.append("ahead=" + "+".join(places))
    if taken:
        pairs.append("taken=%d" % plan.zone.day(max(taken)))
    if missed:
        day = plan.zone.day(max(missed))
        near = [at_s for at_s in missed if max(missed) - at_s < 2 * civil.DAY_S]
        same = [at_s for at_s in near if plan.zone.day(at_s) == day]
        pairs.append("missed=%d/%d" % (day, len(same)))
    return pairs


def _place(plan: Plan, row: Row, due_s: int) -> str:
    """Date and slot; of what the schedule does not have, a place that means nothing."""
    return "%d/%d" % (plan.at(row.dose, due_s) or (0, 0))


def restore(rows: list[Record], memory: Memory) -> Memory:
    """Fill `memory` with what `snapshot` wrote. Raises ValueError or KeyError where it is not
    whole.
    """
    found = rows[0].details()
    if len(rows) != int(found[b"rows"]) + 1:
        raise ValueError("snapshot")
    memory.boot = int(found[b"boot"])
    memory.revision = record.text(found[b"revision"])
    memory.seen_s = record.from_unix(found[b"seen"])
    memory.gap_s = record.from_unix(found[b"gap"])
    memory.journal = record.text(found.get(b"journal", b""))
    if b"line" in found:
        memory.line_s = record.from_unix(found[b"line"])
    for row in rows[1:]:
        _load(memory, row, row.details())
    return memory


def _load(memory: Memory, row: Record, found: dict[bytes, bytes]) -> None:
    past = memory.past(row.dose)
    # What is not there costs no memory either.
    for key in _INSTANTS:
        if key.encode() in found:
            setattr(past, key + "_s", record.from_unix(found[key.encode()]))
    for key in _NUMBERS:
        if key.encode() in found:
            setattr(past, key, int(found[key.encode()]))
    if b"ended" in found:
        past.words = tuple(array("I", binascii.a2b_base64(found[b"ended"])))
    else:
        from dosebell import former

        former.load(memory, past, row, found)
