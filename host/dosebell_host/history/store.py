"""What this laptop knows of each box: its records, its schedules, and the files pushed to it.

The questions stand here, in an SQL that SQLite and PostgreSQL both speak; where the tables are,
and what becomes of a failure there, is a `Tables`'s own affair.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dosebell import record
from dosebell_host.history import records
from dosebell_host.history.records import Entry, JournalId
from dosebell_host.history.tables.cursors import Cursors
from dosebell_host.history.tables.in_order import (
    WrittenSpan,
    lines_and_journals,
    lines_in,
    newest_first,
)
from dosebell_host.history.tables.journals import Journals
from dosebell_host.history.tables.tables import Tables, value
from dosebell_host.resources import history_file
from dosebell_host.talk import Note

# What a box calls its board where it is a virtual one; also how a person names its port.
VIRTUAL = "virtual"
# The newest snapshot may be torn; one of so many is whole.
_SNAPSHOTS = 3
# The year 2106. Of a box with a later moment than that, or none, a bad page says when it was seen.
_LAST_S = float(1 << 32)
_NEW_RECORD = (
    "INSERT INTO records (device_id, era, seq, line) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
)


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


class History:
    """The tables, as questions and answers."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.journals = Journals(tables)
        self.cursors = Cursors(tables, self.journals)
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
        try:
            device_id = value(self._tables, "SELECT device_id FROM names WHERE name = ?", name)
        except UnicodeEncodeError:
            # What was typed as bytes that are no text is no name.
            return None
        return None if device_id is None else str(device_id)

    def name_box(self, device_id: str, name: str) -> None:
        """Call a box so, unless another one is, also since whoever calls it so has looked."""
        self._tables.write(
            "INSERT INTO names SELECT ?, ? WHERE NOT EXISTS"
            " (SELECT 1 FROM names WHERE name = ? AND device_id <> ?)"
            " ON CONFLICT (device_id) DO UPDATE SET name = excluded.name",
            [(device_id, name, name, device_id)],
        )

    # Records.

    def last_seq(self, device_id: str, journal: JournalId) -> int | None:
        """The number of the newest record kept of a journal, or None."""
        era = self.journals.number(device_id, journal)
        query = "SELECT MAX(seq) FROM records WHERE device_id = ? AND era = ?"
        seq = None if era is None else value(self._tables, query, device_id, era)
        return seq if isinstance(seq, int) else None

    def lines_between(
        self, device_id: str, journal: JournalId, first: int, last: int
    ) -> list[tuple[int, str]]:
        """The records of these numbers, each with its own: several where a flash was copied."""
        query = (
            "SELECT seq, line FROM records WHERE device_id = ? AND era = ?"
            " AND seq BETWEEN ? AND ? ORDER BY seq, line"
        )
        era = self.journals.number(device_id, journal)
        rows = () if era is None else self._tables.rows(query, device_id, era, first, last)
        return lines_in(rows)

    def add_records(self, device_id: str, journal: JournalId, lines: Iterable[str]) -> None:
        """Keep records of one journal, equal ones once. What is no record is left out, and so
        counts as missing.
        """
        whole = [line for line in lines if records.is_record(line)]
        if not whole:
            return
        era = self.journals.begin(device_id, journal)
        rows = [(device_id, era, int(line.partition(" ")[0]), line) for line in whole]
        self._tables.write(_NEW_RECORD, rows)

    def others(self, device_id: str, journal: JournalId) -> int:
        """How many records are kept of a journal under numbers that another one has, too."""
        query = (
            "SELECT COUNT(*) - COUNT(DISTINCT seq) FROM records WHERE device_id = ? AND era = ?"
        )
        return int(value(self._tables, query, device_id, self.journals.number(device_id, journal)))

    def lines(self, device_id: str) -> list[str]:
        """Every record kept of a box as the box wrote it, oldest first, snapshots among them."""
        return [line for line, _ in lines_and_journals(self._tables, self.journals, device_id)]

    def recent_lines(self, device_id: str) -> list[str]:
        """The newest records from a whole snapshot on: what the box itself starts from."""
        journal = self.journals.now(device_id)
        heads = self._tables.rows(
            "SELECT seq FROM records WHERE device_id = ? AND era = ? AND line LIKE ?"
            " ORDER BY seq DESC LIMIT ?",
            device_id,
            self.journals.number(device_id, journal),
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
        for line, journal in lines_and_journals(
            self._tables, self.journals, device_id, WrittenSpan(since_s, until_s)
        ):
            if " snapshot " not in line or (heads and " snapshot - " in line):
                try:
                    found.append(records.parse(line, journal))
                except ValueError:
                    self.unreadable += 1
        return found

    def newest(self, device_id: str, like: str = "%") -> Iterator[Entry]:
        """The records of a box but its snapshots, the newest first, those whose line is `like`
        that in SQL; read only as far as they are asked for. A due is there where a record says it.
        """
        for journal in reversed(self.journals.of(device_id)):
            yield from self._newest_of(device_id, journal, like)

    def last_told_s(self, device_id: str) -> int | None:
        """The last time that a record was written at, in seconds since 2000; None without one."""
        return _first_time(self.newest(device_id))

    def last_word_s(self, device_id: str, journal: JournalId) -> int | None:
        """The same of one journal."""
        return _first_time(self._newest_of(device_id, journal))

    def _newest_of(self, device_id: str, journal: JournalId, like: str = "%") -> Iterator[Entry]:
        era = self.journals.number(device_id, journal)
        for line in () if era is None else newest_first(self._tables, device_id, era, like):
            if " snapshot " not in line:
                with suppress(ValueError):
                    yield records.parse(line, journal)

    def missing(self, device_id: str) -> int:
        """How many records are missing between those kept."""
        eras = self.journals.numbered(device_id)
        return sum(self._missing_of(device_id, era) for era, _ in eras)

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
        all_of_them = value(self._tables, span, device_id, era, device_id, era)
        is_any = isinstance(all_of_them, int)
        return all_of_them - int(value(self._tables, kept, device_id, era)) if is_any else 0

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
        lines = value(self._tables, "SELECT lines FROM schedules WHERE revision = ?", revision)
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

    # What a sink has not taken yet: see `untaken.py`.

    def first_since(self, device_id: str, journal: JournalId, moment_s: int) -> int | None:
        """The number of the first record of a journal that was written at that moment or later, in
        Unix seconds; None where none was.
        """
        query = "SELECT MIN(seq) FROM records WHERE device_id = ? AND era = ? AND written_s >= ?"
        seq = value(
            self._tables, query, device_id, self.journals.number(device_id, journal), moment_s
        )
        return seq if isinstance(seq, int) else None

    def lines_behind(
        self, device_id: str, journal: JournalId, seq: int, most: int
    ) -> list[tuple[int, str]]:
        """So many records after that number, each with its own."""
        query = (
            "SELECT seq, line FROM records WHERE device_id = ? AND era = ? AND seq > ?"
            f" ORDER BY seq, line LIMIT {most}"
        )
        return lines_in(
            self._tables.rows(query, device_id, self.journals.number(device_id, journal), seq)
        )

    def lines_in_force(
        self, device_id: str, journal: JournalId, seq: int
    ) -> list[tuple[int, str]]:
        """The last two records up to that number that say which schedule is in force, in order."""
        query = (
            "SELECT seq, line FROM records WHERE device_id = ? AND era = ? AND seq <= ?"
            " AND (line LIKE ? OR line LIKE ?) ORDER BY seq DESC LIMIT 2"
        )
        era = self.journals.number(device_id, journal)
        likes = (f"% {record.SCHEDULE} %", "% snapshot - %")
        return lines_in(self._tables.rows(query, device_id, era, seq, *likes))[::-1]


def _first_time(entries: Iterable[Entry]) -> int | None:
    return next((entry.utc_s for entry in entries if entry.utc_s is not None), None)


def _instant(value: object) -> float:
    """That moment, or long ago where there is none: the box is known all the same."""
    return value if isinstance(value, float) and 0 <= value < _LAST_S else 0.0


def open_history(note: Note, path: Path | None = None) -> History:
    """The history of this laptop, or the one in that file; `note` is told where it is no use."""
    # Whoever reads a box that is simulated keeps nothing.
    from dosebell_host.history.sqlite import SqliteFile

    return History(SqliteFile(path or history_file(), note))
