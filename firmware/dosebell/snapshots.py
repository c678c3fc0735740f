"""The memory written down: a head, then one row a dose, as records of the journal.

A row of a dose in the schedule also says what it means to release 0.1.0, which knows an
occurrence by its date and slot, so that after going back nothing taken rings and nothing else is
passed over.
"""

import binascii
from array import array

from dosebell import TYPE_CHECKING, civil, record
from dosebell.memory import WAITING
from dosebell.plan import NEVER
from dosebell.record import MISSED, RINGING, SKIPPED, SNAPSHOT, TAKEN, UNKNOWN, Record, unix

if TYPE_CHECKING:
    from dosebell.memory import Memory, Past
    from dosebell.plan import Plan
    from dosebell.reminder import Reminder, Row

# Of what is finished ahead of the time, so much is told to release 0.1.0: more of it, of 64 doses,
# takes longer than a pass may.
_MAX_AHEAD = 4

# What a row holds of a `Past`, under the names of its fields.
_INSTANTS = ("done", "intake", "earlier", "hold", "until")
# What the head holds of the memory.
_HEAD_INSTANTS = ("seen", "gap", "gap_from", "line", "back", "owed")


def snapshot(memory: "Memory", reminder: "Reminder") -> list[Record]:
    """The fold as records: a head that counts the rows, then one row a dose."""
    names = memory.revision or "-", memory.journal or "-"
    pairs = ["rows=%d" % len(memory.pasts), "boot=%d" % memory.boot]
    pairs.append("revision=%s,journal=%s" % names)
    pairs += _instants_of(memory, _HEAD_INSTANTS)
    head = Record(SNAPSHOT, detail=",".join(pairs))
    return [head] + [_written(dose, memory.pasts[dose], reminder) for dose in sorted(memory.pasts)]


def _written(dose: str, past: "Past", reminder: "Reminder") -> Record:
    entry = Record(SNAPSHOT, dose)
    packed = str(binascii.b2a_base64(bytes(array("I", past.words))), "utf-8").rstrip("\n")
    pairs = ["ended=" + packed]
    pairs += _instants_of(past, _INSTANTS)
    if past.stock is not None:
        pairs.append("stock=%d" % past.stock)
    if past.meal:
        pairs.append("meal=%d" % past.meal)
    row = reminder.row(dose)
    # While a line is owed no dose has begun, for release 0.1.0.
    if row is not None and reminder.memory.owed_s is None:
        pairs += _as_before(entry, reminder, row)
    entry.detail = ",".join(pairs)
    return entry


def _instants_of(of: "Memory | Past", keys: tuple[str, ...]) -> list[str]:
    return [key + "=" + unix(utc) for key in keys if (utc := getattr(of, key + "_s")) is not None]


def _read_instants(
    holder: "Memory | Past", keys: tuple[str, ...], found: dict[bytes, bytes]
) -> None:
    # What is not there costs no memory either.
    for key in keys:
        if key.encode() in found:
            setattr(holder, key + "_s", record.from_unix(found[key.encode()]))


def _as_before(entry: Record, reminder: "Reminder", row: "Row") -> list[str]:
    """What the row means to release 0.1.0: its first occurrence that is not finished, ..."""
    plan, past, since_s, window = reminder.plan, row.past, row.past.done_s, row.window
    if since_s is None:
        return []
    place = reminder.find(row) if window is None else (window.day, window.slot, window.dues[0])
    pairs, due_s = [], NEVER
    if place is not None:
        entry.day, entry.slot, due_s = place
        since_s = min(since_s, due_s - 1)
        if past.how(due_s) == RINGING:
            pairs.append("rang=%d/%d/%d" % (place[0], place[1], past.meal))
    pairs.append("since=" + unix(since_s + 1))
    found = sorted(past.remembered())
    # The latest of what stands so.
    latest = {how: at_s for at_s, how in found}
    taken_s = latest.get(TAKEN, 0)
    answered_s = max(taken_s, latest.get(SKIPPED, 0))
    missed_s = max(latest.get(MISSED, 0), latest.get(UNKNOWN, 0))
    if answered_s:
        pairs.append("answered=" + _place(plan, row, answered_s))
    if taken_s:
        pairs.append("taken=%d" % plan.zone.day(taken_s))
    if missed_s:
        day = plan.zone.day(missed_s)
        day_s = plan.zone.instant(day * civil.DAY_S)
        missed = [at_s for at_s, how in found if at_s >= day_s and how in (MISSED, UNKNOWN)]
        pairs.append("missed=%d/%d" % (day, len(missed)))
    if found and found[-1][0] > due_s:
        ahead = [at_s for at_s, how in found if at_s > due_s and how not in (WAITING, RINGING)]
        if ahead:
            places = [_place(plan, row, at_s) for at_s in ahead[:_MAX_AHEAD]]
            pairs.append("ahead=" + "+".join(places))
    return pairs


def _place(plan: "Plan", row: "Row", due_s: int) -> str:
    """Date and slot; of what the schedule does not have, a place that means nothing."""
    return "%d/%d" % (plan.at(row.dose, due_s) or (0, 0))


def restore(rows: list[Record], memory: "Memory") -> "Memory":
    """Fill `memory` with all that `snapshot` wrote. Raises ValueError or KeyError where a field is
    none.
    """
    found = rows[0].details()
    memory.boot = int(found[b"boot"])
    memory.revision = record.text(found[b"revision"])
    memory.journal = record.text(found.get(b"journal", b""))
    _read_instants(memory, _HEAD_INSTANTS, found)
    for row in rows[1:]:
        _load(memory, row, row.details())
    return memory


def _load(memory: "Memory", row: Record, found: dict[bytes, bytes]) -> None:
    past = memory.past(row.dose)
    _read_instants(past, _INSTANTS, found)
    if b"stock" in found:
        past.stock = int(found[b"stock"])
    if b"meal" in found:
        past.meal = int(found[b"meal"])
    if b"ended" in found:
        past.words = tuple(array("I", binascii.a2b_base64(found[b"ended"])))
    else:
        from dosebell import former

        former.load(memory, past, row, found)
