"""The records that one whom a watcher tells has not taken yet.

Each sink has a cursor in every journal of every box: the number of the last record that it has
taken for good. A cursor moves only afterwards, so whatever ends a watcher, nothing is lost; what
was taken in that moment is told again, and has the same key.

A sink that is there for the first time is told what happens from then on, and not ten years; the
moment of its first start tells where in a journal that is, also of a box that comes much later. A
journal that begins while it is there is told from its beginning.
"""

from typing import NamedTuple

from dosebell.plan import Plan
from dosebell_host.history import records
from dosebell_host.history.dues import PlanOf, dated
from dosebell_host.history.records import Entry, JournalId
from dosebell_host.history.store import History
from dosebell_host.history.tables.cursors import BEGUN
from dosebell_host.schedule.lines import known, plan_of

# So many lines of a journal are looked at in one go.
_LINES = 200


class Untaken(NamedTuple):
    """Records of one journal, in the order of the box, and the last number that was looked at."""

    journal: JournalId
    entries: list[Entry]
    last_seq: int


def begin(history: History, sink: str, device_id: str, started_s: int | None) -> None:
    """Let a sink know of a box from now on: of what was written since `started_s`, in Unix
    seconds, or, with None, of all there is. Nothing where it knows of it already.
    """
    if BEGUN in history.cursors.of(sink, device_id):
        return
    if started_s is not None:
        for journal in history.journals.of(device_id):
            first = history.first_since(device_id, journal, started_s)
            last = history.last_seq(device_id, journal) or 0
            history.cursors.move(sink, device_id, journal, last if first is None else first - 1)
    history.cursors.note_begun(sink, device_id, 0)


def untaken(history: History, sink: str, device_id: str) -> Untaken | None:
    """What comes next for a sink that knows of the box; None where it has taken all there is."""
    cursors = history.cursors.of(sink, device_id)
    for journal in history.journals.of(device_id):
        if found := entries_behind(history, device_id, journal, cursors.get(journal, -1)):
            return found
    return None


def entries_behind(
    history: History, device_id: str, journal: JournalId, seq: int
) -> Untaken | None:
    """What comes after that number in a journal, as much as is looked at in one go; None where
    nothing does.
    """
    lines = lines_behind(history, device_id, journal, seq)
    if not lines:
        return None
    return Untaken(journal, _entries(history, device_id, journal, lines), lines[-1][0])


def lines_behind(
    history: History, device_id: str, journal: JournalId, seq: int
) -> list[tuple[int, str]]:
    """The lines after that number in a journal, as many as are looked at in one go, each with its
    own number: of those that have one number all or none, unless they are too many.
    """
    lines = history.lines_behind(device_id, journal, seq, _LINES)
    if len(lines) < _LINES:
        return lines
    # There may be more that have the number of the last.
    return [each for each in lines if each[0] != lines[-1][0]] or lines


def _entries(
    history: History, device_id: str, journal: JournalId, lines: list[tuple[int, str]]
) -> list[Entry]:
    """The records in these lines but those of snapshots, each with the due of what it names."""
    found = _parsed(lines, journal)
    if any(entry.day is not None and entry.due_s is None for entry in found):
        before = _parsed(history.lines_in_force(device_id, journal, lines[0][0] - 1), journal)
        found = list(dated([*before, *found], _plans(history)))
    return [each for each in found if each.seq >= lines[0][0] and each.kind != "snapshot"]


def _parsed(lines: list[tuple[int, str]], journal: JournalId) -> list[Entry]:
    """What is a record in them, and of a snapshot its head only."""
    return [
        records.parse(line, journal)
        for _, line in lines
        if (" snapshot " not in line or " snapshot - " in line) and records.is_record(line)
    ]


def _plans(history: History) -> PlanOf:
    def plan(revision: str) -> Plan | None:
        lines = known(revision, history.schedule(revision) or [])
        return plan_of(lines) if lines else None

    return plan
