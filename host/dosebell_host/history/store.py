"""What this laptop knows of each box: its records, its schedules, and the files pushed to it.

The questions stand here, in an SQL that SQLite and PostgreSQL both speak; where the tables are,
and what becomes of a failure there, is a `Tables`'s own affair.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeGuard

from dosebell import civil, record
from dosebell_host.history import records
from dosebell_host.history.records import FIRST_JOURNAL, Entry, JournalId, is_counted
from dosebell_host.history.tables import Tables
from dosebell_host.resources import history_file
from dosebell_host.talk import Note

# What a box calls its board where it is a virtual one; also how a person names its port.
VIRTUAL = "virtual"
# The newest snapshot may be torn; one of so many is whole.
_SNAPSHOTS = 3
# So many records are looked through at a time for one that has a time.
_A_FEW = 64
_PAST_ALL = 1 << 40
# So often a journal is begun; many commands may begin others at the same moment.
_TRIES = 100
# The year 2106. Of a box with a later moment than that, or none, a bad page says when it was seen.
_LAST_S = float(1 << 32)
# What no journal is called: where it stands since when one is told of a box at all.
BEGUN = "-1"
_NEW_RECORD = (
    "INSERT INTO records (device_id, era, seq, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_NEW_JOURNAL = "INSERT INTO journals VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"


class KnownBox(NamedTuple):
    """A box met before. `seen_at` is Unix seconds by this laptop's clock."""

    device_id: str
    board: str
    usb_serial: str
    revision: str
    seen_at: float


class Pushed(NamedTuple):
    """A file as it was pushed, byte for byte."""

    file_name: str
    file: bytes


class _Span(NamedTuple):
    """Which records are read, by when they were written, in seconds since 2000; None for all."""

    since_s: int | None = None
    until_s: int | None = None

    def parts(self) -> Iterator[tuple[str, tuple[object, ...]]]:
        """Conditions for what was written in it, and for what was written later of its dates."""
        since = (self.since_s or 0) + civil.UNIX_2000
        if self.until_s is None:
            yield " AND written_s >= ?", (since,)
            return
        until = self.until_s + civil.UNIX_2000
        yield " AND written_s >= ? AND written_s < ?", (since, until)
        months = tuple(f"% {month}-__ %" for month in self._months())
        is_of_them = " OR ".join("line LIKE ?" for _ in months)
        yield f" AND written_s >= ? AND ({is_of_them})", (until, *months)

    def _months(self) -> list[str]:
        """Such as `2026-11`."""
        days = range((self.since_s or 0) // civil.DAY_S, (self.until_s or 0) // civil.DAY_S + 1)
        return list(dict.fromkeys(civil.iso(day)[:7] for day in days))


_ALL = _Span()


class History:
    """The tables, as questions and answers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        # How many lines the last reading of `entries` found that are none: on a disk that goes bad
        # a bit may turn, and no database sees it.
        self.unreadable = 0

    def close(self) -> None:
        self._tables.close()

    # Boxes.

    def note_box(self, met: KnownBox) -> None:
        """Remember that a box was met; without a USB serial number the one known stays."""
        self._tables.write(
            "INSERT INTO boxes VALUES (?, ?, ?, ?, ?) ON CONFLICT (device_id) DO UPDATE SET"
            " board = excluded.board, revision = excluded.revision,"
            " seen_at = excluded.seen_at, usb_serial = CASE excluded.usb_serial"
            " WHEN '' THEN boxes.usb_serial ELSE excluded.usb_serial END",
            [met],
        )

    def boxes(self) -> list[KnownBox]:
        """Every box ever met: real ones before virtual ones, the one seen last first."""
        rows = self._tables.rows(
            "SELECT device_id, board, usb_serial, revision, seen_at FROM boxes"
            " ORDER BY board = ?, seen_at DESC",
            VIRTUAL,
        )
        boxes = [KnownBox(*row) for row in rows]
        return [box._replace(seen_at=_instant(box.seen_at)) for box in boxes]

    def names(self) -> dict[str, str]:
        """What a person calls the boxes, by device_id."""
        rows = self._tables.rows("SELECT device_id, name FROM names ORDER BY name")
        return {str(device_id): str(name) for device_id, name in rows}

    def device_named(self, name: str) -> str | None:
        """The device_id of the box that a person calls so, or None."""
        device_id = self._value("SELECT device_id FROM names WHERE name = ?", name)
        return None if device_id is None else str(device_id)

    def name_box(self, device_id: str, name: str) -> None:
        """Call a box so, unless another one is, also since whoever calls it so has looked."""
        self._tables.write(
            "INSERT INTO names SELECT ?, ? WHERE NOT EXISTS"
            " (SELECT 1 FROM names WHERE name = ? AND device_id <> ?)"
            " ON CONFLICT (device_id) DO UPDATE SET name = excluded.name",
            [(device_id, name, name, device_id)],
        )

    # Journals.

    def journals(self, device_id: str) -> list[JournalId]:
        """The journals of a box of which anything is known, the one it writes now last."""
        return [name for _, name in self._eras(device_id)]

    def journal_names(self, device_id: str) -> dict[JournalId, JournalId]:
        """Those journals by what they are called, and by the number that they had before."""
        eras = self._eras(device_id)
        return {str(era): name for era, name in eras} | {name: name for _, name in eras}

    def journal(self, device_id: str) -> JournalId:
        """The journal that a box writes now; the first where none is known."""
        return next(reversed(self.journals(device_id)), FIRST_JOURNAL)

    def next_counted(self, device_id: str) -> JournalId:
        """What this laptop calls one more journal of a box that says no id."""
        return str(self._next_number(device_id))

    def name_journal(self, device_id: str, counted: JournalId, journal: JournalId) -> None:
        """What was kept under a number of this laptop's takes the id that the box says."""
        era = int(counted)
        self._tables.write(_NEW_JOURNAL, [(device_id, era, journal, era)])

    def make_newest(self, device_id: str, journal: JournalId) -> None:
        """The box writes that one now, as with an older flash put back: it stands last."""
        self._tables.write(
            "UPDATE journals SET place = ? WHERE device_id = ? AND journal = ?",
            [(self._next_number(device_id), device_id, journal)],
        )

    def begin_journal(self, device_id: str, journal: JournalId) -> int:
        """The number of a journal in the tables, which it is given where it has none."""
        era = self._era(device_id, journal)
        for _ in range(_TRIES):
            if era is not None:
                return era
            # Another command may begin this journal, or another one, at the same moment.
            new = self._next_number(device_id)
            self._tables.write(_NEW_JOURNAL, [(device_id, new, journal, new)])
            era = self._era(device_id, journal)
        # What stands of it in the tables is damaged; the records are kept all the same.
        return self._next_number(device_id) if era is None else era

    # Records.

    def last_seq(self, device_id: str, journal: JournalId) -> int | None:
        """The number of the newest record kept of a journal, or None."""
        era = self._era(device_id, journal)
        query = "SELECT MAX(seq) FROM records WHERE device_id = ? AND era = ?"
        seq = None if era is None else self._value(query, device_id, era)
        return seq if isinstance(seq, int) else None

    def lines_between(
        self, device_id: str, journal: JournalId, first: int, last: int
    ) -> list[tuple[int, str]]:
        """The records of these numbers, each with its own: several where a flash was copied."""
        query = (
            "SELECT seq, line FROM records WHERE device_id = ? AND era = ?"
            " AND seq BETWEEN ? AND ? ORDER BY seq, line"
        )
        era = self._era(device_id, journal)
        rows = () if era is None else self._tables.rows(query, device_id, era, first, last)
        return _lines_in(rows)

    def add_records(self, device_id: str, journal: JournalId, lines: Iterable[str]) -> None:
        """Keep records of one journal, equal ones once. What is no record is left out, and so
        counts as missing.
        """
        whole = [line for line in lines if records.is_record(line)]
        if not whole:
            return
        era = self.begin_journal(device_id, journal)
        rows = [(device_id, era, int(line.partition(" ")[0]), line) for line in whole]
        self._tables.write(_NEW_RECORD, rows)

    def others(self, device_id: str, journal: JournalId) -> int:
        """How many records are kept of a journal under numbers that another one has, too."""
        query = (
            "SELECT COUNT(*) - COUNT(DISTINCT seq) FROM records WHERE device_id = ? AND era = ?"
        )
        return int(self._value(query, device_id, self._era(device_id, journal)))

    def lines(self, device_id: str) -> list[str]:
        """Every record kept of a box as the box wrote it, oldest first, snapshots among them."""
        return [line for line, _ in self._lines_and_journals(device_id)]

    def recent_lines(self, device_id: str) -> list[str]:
        """The newest records from a whole snapshot on: what the box itself starts from."""
        journal = self.journal(device_id)
        heads = self._tables.rows(
            "SELECT seq FROM records WHERE device_id = ? AND era = ? AND line LIKE ?"
            " ORDER BY seq DESC LIMIT ?",
            device_id,
            self._era(device_id, journal),
            "% snapshot - %",
            _SNAPSHOTS,
        )
        start = heads[-1][0] if len(heads) == _SNAPSHOTS else 0
        last = self.last_seq(device_id, journal) or 0
        return [line for _, line in self.lines_between(device_id, journal, start, last)]

    def entries(
        self,
        device_id: str,
        heads: bool = False,
        since_s: int | None = None,
        until_s: int | None = None,
    ) -> list[Entry]:
        """Every record of a box but its snapshots, which repeat what the others say; with `heads`
        the first line of each snapshot, which says the schedule then in force. Of what was
        written before `since_s` or from `until_s` on, in seconds since 2000, only what readers of
        the rest need: also what was put right of it later.
        """
        self.unreadable = 0
        found = []
        for line, journal in self._lines_and_journals(device_id, _Span(since_s, until_s)):
            if " snapshot " not in line or (heads and " snapshot - " in line):
                try:
                    found.append(records.parse(line, journal))
                except ValueError:
                    self.unreadable += 1
        return found

    def last_told_s(self, device_id: str) -> int | None:
        """The last time that a record was written at, in seconds since 2000; None without one."""
        told = (self.last_word_s(device_id, each) for each in reversed(self.journals(device_id)))
        return next((told_s for told_s in told if told_s is not None), None)

    def last_word_s(self, device_id: str, journal: JournalId) -> int | None:
        """The same of one journal."""
        era = self._era(device_id, journal)
        for line in () if era is None else self._newest_first(device_id, era):
            if _is_timed(line) and " snapshot " not in line and records.is_record(line):
                return records.parse(line, journal).utc_s
        return None

    def missing(self, device_id: str) -> int:
        """How many records are missing between those kept."""
        return sum(self._missing_of(device_id, era) for era, _ in self._eras(device_id))

    def _missing_of(self, device_id: str, era: int) -> int:
        # A count of different numbers alone would sort them, which the key of the table has done.
        span = (
            "SELECT (SELECT MAX(seq) FROM records WHERE device_id = ? AND era = ?)"
            " - (SELECT MIN(seq) FROM records WHERE device_id = ? AND era = ?) + 1"
        )
        kept = (
            "SELECT COUNT(*) FROM"
            " (SELECT DISTINCT seq FROM records WHERE device_id = ? AND era = ?) AS numbers"
        )
        all_of_them = self._value(span, device_id, era, device_id, era)
        is_any = isinstance(all_of_them, int)
        return all_of_them - int(self._value(kept, device_id, era)) if is_any else 0

    # Schedules and files.

    def save_schedule(self, revision: str, lines: Iterable[str]) -> None:
        """Keep the lines of a revision; a newer zone table replaces the one before."""
        self._tables.write(
            "INSERT INTO schedules VALUES (?, ?) ON CONFLICT (revision) DO UPDATE SET"
            " lines = excluded.lines",
            [(revision, "\n".join(lines))],
        )

    def schedule(self, revision: str) -> list[str] | None:
        """The lines of a revision, or None."""
        lines = self._value("SELECT lines FROM schedules WHERE revision = ?", revision)
        return None if lines is None else str(lines).split("\n")

    def save_push(self, device_id: str, revision: str, pushed: Pushed, pushed_at: float) -> None:
        self._tables.write(
            "INSERT INTO pushes VALUES (?, ?, ?, ?, ?) ON CONFLICT (device_id, revision) DO UPDATE"
            " SET pushed_at = excluded.pushed_at, file_name = excluded.file_name,"
            " file = excluded.file",
            [(device_id, revision, pushed_at, pushed.file_name, pushed.file)],
        )

    def pushed(self, device_id: str, revision: str) -> Pushed | None:
        """The file last pushed to a box under this revision, or None."""
        rows = self._tables.rows(
            "SELECT file_name, file FROM pushes WHERE device_id = ? AND revision = ?",
            device_id,
            revision,
        )
        is_sound = bool(rows) and isinstance(rows[0][1], bytes)
        return Pushed(str(rows[0][0]), rows[0][1]) if is_sound else None

    # How far those whom a watcher tells have taken the records: see `untaken.py`.

    def cursors(self, sink: str, device_id: str) -> dict[JournalId, int]:
        """The number of the last record taken of each journal; of what is no journal, as it was
        noted by `note_begun`.
        """
        names = {era: name for era, name in self._eras(device_id)} if device_id else {}
        rows = self._tables.rows(
            "SELECT era, seq FROM cursors WHERE sink = ? AND device_id = ?", sink, device_id
        )
        return {names.get(era, str(era)): seq for era, seq in rows if _is_number(seq)}

    def note_begun(self, sink: str, device_id: str, moment_s: int) -> None:
        """Note since when a sink knows of a box, or, with the device_id "", is there at all."""
        query = "INSERT INTO cursors VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING"
        self._tables.write(query, [(sink, device_id, int(BEGUN), moment_s)])

    def move_cursor(self, sink: str, device_id: str, journal: JournalId, seq: int) -> None:
        """Note that all records of that journal up to this number are taken."""
        era = self._era(device_id, journal)
        if era is None:
            return
        self._tables.write(
            "INSERT INTO cursors SELECT ?, ?, ?, ?, COUNT(*) FROM records"
            " WHERE device_id = ? AND era = ? AND seq <= ?"
            " ON CONFLICT (sink, device_id, era) DO UPDATE SET"
            " seq = excluded.seq, kept = excluded.kept",
            [(sink, device_id, era, seq, device_id, era, seq)],
        )

    def rewind_cursors(self, sink: str, device_id: str) -> None:
        """Go back to what was kept later under numbers that were taken by then, as where the flash
        of the box was copied.
        """
        self._tables.write(
            "UPDATE cursors SET seq = COALESCE((SELECT MIN(seq) FROM (SELECT seq FROM records"
            " WHERE device_id = cursors.device_id AND era = cursors.era"
            " GROUP BY seq HAVING COUNT(*) > 1) AS several), 0) - 1, kept = 0"
            " WHERE sink = ? AND device_id = ? AND era >= 0 AND kept < (SELECT COUNT(*)"
            " FROM records WHERE device_id = cursors.device_id AND era = cursors.era"
            " AND records.seq <= cursors.seq)",
            [(sink, device_id)],
        )

    def first_since(self, device_id: str, journal: JournalId, moment_s: int) -> int | None:
        """The number of the first record of a journal that was written at that moment or later, in
        Unix seconds; None where none was.
        """
        query = "SELECT MIN(seq) FROM records WHERE device_id = ? AND era = ? AND written_s >= ?"
        seq = self._value(query, device_id, self._era(device_id, journal), moment_s)
        return seq if isinstance(seq, int) else None

    def lines_behind(
        self, device_id: str, journal: JournalId, seq: int, most: int
    ) -> list[tuple[int, str]]:
        """So many records after that number, each with its own."""
        query = (
            "SELECT seq, line FROM records WHERE device_id = ? AND era = ? AND seq > ?"
            f" ORDER BY seq, line LIMIT {most}"
        )
        return _lines_in(self._tables.rows(query, device_id, self._era(device_id, journal), seq))

    def lines_in_force(
        self, device_id: str, journal: JournalId, seq: int
    ) -> list[tuple[int, str]]:
        """The last two records up to that number that say which schedule is in force, in order."""
        query = (
            "SELECT seq, line FROM records WHERE device_id = ? AND era = ? AND seq <= ?"
            " AND (line LIKE ? OR line LIKE ?) ORDER BY seq DESC LIMIT 2"
        )
        era = self._era(device_id, journal)
        likes = (f"% {record.SCHEDULE} %", "% snapshot - %")
        return _lines_in(self._tables.rows(query, device_id, era, seq, *likes))[::-1]

    def _lines_and_journals(
        self, device_id: str, span: _Span = _ALL
    ) -> Iterable[tuple[str, JournalId]]:
        """Its records in order, each with the journal it is of."""
        eras = self._eras(device_id)
        if len(eras) == 1:
            [(era, journal)] = eras
            return [(line, journal) for line in self._lines_of(device_id, era, span)]
        found: dict[tuple[str, JournalId], tuple[str, JournalId]] = {}
        for era, journal in eras:
            for line in self._lines_of(device_id, era, span):
                # What two journals hold in the same words, to the second, was read twice: it is
                # of the newer one, in which the box has it, and stands where it was read first.
                which = "" if _is_timed(line) else journal
                found[line, which] = line, journal
        return found.values()

    def _lines_of(self, device_id: str, era: int, span: _Span) -> Iterable[str]:
        query = "SELECT seq, line FROM records WHERE device_id = ? AND era = ?"
        order = " ORDER BY seq, line"
        if span.since_s is None:
            return [
                line for _, line in _lines_in(self._tables.rows(query + order, device_id, era))
            ]
        parts = [(" AND written_s IS NULL", ()), *span.parts()]
        rows = [self._tables.rows(query + part, device_id, era, *said) for part, said in parts]
        found = set(_lines_in(chain.from_iterable(rows)))
        for seq, line in list(found):
            if f" {record.SCHEDULE} " in line and not _is_timed(line):
                # It is in force since the next record that has a time.
                after = f" AND seq > ? ORDER BY seq LIMIT {_A_FEW}"
                found.update(_lines_in(self._tables.rows(query + after, device_id, era, seq)))
        return [line for _, line in sorted(found)]

    def _newest_first(self, device_id: str, era: int) -> Iterator[str]:
        query = (
            "SELECT seq, line FROM records WHERE device_id = ? AND era = ? AND seq < ?"
            f" ORDER BY seq DESC, line DESC LIMIT {_A_FEW}"
        )
        before = _PAST_ALL
        while rows := self._tables.rows(query, device_id, era, before):
            yield from (line for _, line in _lines_in(rows))
            before = rows[-1][0] if isinstance(rows[-1][0], int) else 0

    def _eras(self, device_id: str) -> list[tuple[int, JournalId]]:
        """The number that each journal has in the tables, in order, and what it is called."""
        rows = self._tables.rows(
            # From one to the next, for there are far more records than journals.
            "WITH RECURSIVE read(era) AS ("
            "SELECT MIN(era) FROM records WHERE device_id = ? UNION ALL"
            " SELECT (SELECT MIN(era) FROM records WHERE device_id = ? AND era > read.era)"
            " FROM read WHERE read.era IS NOT NULL)"
            " SELECT known.era, journal FROM (SELECT era FROM read WHERE era IS NOT NULL"
            " UNION SELECT era FROM journals WHERE device_id = ?) AS known"
            " LEFT JOIN journals ON journals.device_id = ? AND journals.era = known.era"
            " ORDER BY COALESCE(place, known.era)",
            device_id,
            device_id,
            device_id,
            device_id,
        )
        return [(era, name if _is_id(name) else str(era)) for era, name in rows if _is_number(era)]

    def _era(self, device_id: str, journal: JournalId) -> int | None:
        if is_counted(journal):
            return int(journal)
        query = "SELECT era FROM journals WHERE device_id = ? AND journal = ?"
        era = self._value(query, device_id, journal)
        return era if isinstance(era, int) else None

    def _next_number(self, device_id: str) -> int:
        """A number that no journal of the box has in the tables, nor a place."""
        last = self._value(
            "SELECT MAX(number) FROM (SELECT MAX(era) AS number FROM records WHERE device_id = ?"
            " UNION SELECT MAX(era) FROM journals WHERE device_id = ?"
            " UNION SELECT MAX(place) FROM journals WHERE device_id = ?) AS numbers"
            # A bad page may make one up after which there is no other.
            f" WHERE number < {_PAST_ALL}",
            device_id,
            device_id,
            device_id,
        )
        return last + 1 if isinstance(last, int) else 0

    def _value(self, query: str, *values: object) -> Any:
        rows = self._tables.rows(query, *values)
        return rows[0][0] if rows else None


def _lines_in(rows: Iterable[tuple[Any, ...]]) -> list[tuple[int, str]]:
    """The lines and their numbers, but for what a bad page made of some."""
    return [(seq, line) for seq, line in rows if _is_number(seq) and isinstance(line, str)]


def _is_id(name: object) -> TypeGuard[JournalId]:
    return isinstance(name, str) and not is_counted(name)


def _instant(value: object) -> float:
    """That moment, or long ago where there is none: the box is known all the same."""
    return value if isinstance(value, float) and 0 <= value < _LAST_S else 0.0


def _is_number(value: object) -> bool:
    return isinstance(value, int)


def _is_timed(line: str) -> bool:
    return line.split(" ", 3)[2:3] not in ([], ["-"])


def open_history(note: Note, path: Path | None = None) -> History:
    """The history of this laptop, or the one in that file; `note` is told where it is no use."""
    # Whoever reads a box that is simulated keeps nothing.
    from dosebell_host.history.sqlite import SqliteFile

    return History(SqliteFile(path or history_file(), note))
