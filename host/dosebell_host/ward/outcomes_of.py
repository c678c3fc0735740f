"""What became of each dose, kept in rows, so that a question over a whole ward reads no journal.

They are the log's own outcomes and no second judgement: the same function over the same records.
What is new is mostly at the end of a journal, so only the days that it touches are judged anew,
and of those only rows that differ are written. Anything else may change how all that follows is
read, as a schedule that came late, so then the whole journal is judged.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

from dosebell import civil, record
from dosebell_host.history.box_log import Noted, noted_of, outcomes_from
from dosebell_host.history.label import labels
from dosebell_host.history.outcomes import LATE, Outcome
from dosebell_host.history.records import Entry
from dosebell_host.history.store import History
from dosebell_host.history.unrecorded import LONGEST_WINDOW_S, bounds
from dosebell_host.ward.tables import WardTables

_LONGEST_WINDOW_DAYS = LONGEST_WINDOW_S // civil.DAY_S + 1
_COLUMNS = (
    "device_id, dose, day, slot, due_s, state, status, taken_s, late_s, off, back_dated, soon,"
    " in_window, withdrawn, name, noted_s"
)
_MARKS = ", ".join("?" * len(_COLUMNS.split(",")))
Row = tuple[Any, ...]


class Touched(NamedTuple):
    """Which days new records say something of: all, or those from a day number on."""

    since_day: int | None


ALL = Touched(None)


def touched_by(entries: Iterable[Entry]) -> Touched:
    """The days of records that stand at the end of all; there is one at least."""
    days = [day for entry in entries for day in _days_of(entry)]
    # What has no time, and names nothing, says nothing of any day but that it is after the rest.
    return Touched(min(days) - _LONGEST_WINDOW_DAYS) if days else Touched(_LAST_DAY)


_LAST_DAY = 1 << 30


def _days_of(entry: Entry) -> Iterator[int]:
    if entry.day is not None:
        yield entry.day
    for moment_s in (entry.utc_s, entry.due_s):
        if moment_s is not None:
            yield moment_s // civil.DAY_S
    if entry.kind == record.GAP:
        yield bounds(entry)[0] // civil.DAY_S


def write_outcomes(tables: WardTables, history: History, device_id: str, of: Touched) -> None:
    """Judge the days meant anew, and put what came of them in place of what stands there."""
    wanted = set(rows_of(history, device_id, of))
    kept = set(
        tables.rows(
            f"SELECT {_COLUMNS} FROM outcomes WHERE device_id = ? AND day >= ?",
            device_id,
            of.since_day or 0,
        )
    )
    tables.write(
        "DELETE FROM outcomes WHERE device_id = ? AND day = ? AND dose = ? AND slot = ?"
        " AND COALESCE(due_s, -1) = ?",
        [(device_id, row[2], row[1], row[3], _or_none_s(row[4])) for row in kept - wanted],
    )
    tables.write(f"INSERT INTO outcomes VALUES ({_MARKS})", sorted(wanted - kept, key=repr))


def rows_of(history: History, device_id: str, of: Touched = ALL) -> Iterator[Row]:
    """What became of each dose of those days, as the table has it."""
    noted = noted_of(history, device_id, of.since_day)
    called = _Names(noted)
    for each in outcomes_from(noted.entries, noted.plans, of.since_day):
        if each.day >= (of.since_day or 0):
            yield row_of(device_id, each, called.name_of(each))


def row_of(device_id: str, each: Outcome, name: str) -> Row:
    """An outcome as a row of the table."""
    return (
        device_id,
        each.dose,
        each.day,
        each.slot,
        _unix(each.due_s),
        each.state,
        each.status,
        _unix(each.taken_s),
        each.late_s,
        int(each.off),
        int(each.back_dated),
        int(each.soon),
        None if each.in_window is None else int(each.in_window),
        int(each.withdrawn),
        name,
        _unix(each.noted_s),
    )


def outcome_of(row: Row) -> Outcome:
    """The outcome in a row of the table."""
    _, dose, day, slot, due_s, state, status, taken_s, late_s, *said = row
    off, back_dated, soon, in_window, withdrawn, _, noted_s = said
    return Outcome(
        dose,
        day,
        slot,
        _since_2000(due_s),
        state,
        _since_2000(taken_s),
        late_s,
        status == LATE,
        bool(off),
        bool(back_dated),
        bool(soon),
        None if in_window is None else bool(in_window),
        bool(withdrawn),
        _since_2000(noted_s),
    )


class _Names:
    """What each dose was called in the schedule that was in force when it was due."""

    def __init__(self, noted: Noted) -> None:
        lines = noted.lines
        self._in_force = [
            (entry.utc_s, entry.detail.get("revision", ""))
            for entry in noted.in_force
            if entry.utc_s is not None
        ]
        self._labels = cache(lambda revision: labels(lines.get(revision, ())))

    def name_of(self, each: Outcome) -> str:
        at_s = each.day * civil.DAY_S if each.due_s is None else each.due_s
        before = [revision for since_s, revision in self._in_force if since_s <= at_s][-1:]
        # A dose that came with a schedule may have been due shortly before that.
        soon = [
            revision
            for since_s, revision in self._in_force
            if at_s < since_s <= at_s + LONGEST_WINDOW_S
        ]
        for revision in (*before, *soon):
            if each.dose in self._labels(revision):
                return self._labels(revision)[each.dose][0]
        return each.dose


def _unix(at_s: int | None) -> int | None:
    return None if at_s is None else at_s + civil.UNIX_2000


def _since_2000(unix_s: int | None) -> int | None:
    return None if unix_s is None else unix_s - civil.UNIX_2000


def _or_none_s(due_s: int | None) -> int:
    return -1 if due_s is None else due_s
