"""What this laptop knows of each box: its records, its schedules, and the files pushed to it.

The questions stand here, in an SQL that SQLite and PostgreSQL both speak; where the tables are,
and what becomes of a failure there, is a `Tables`'s own affair: see `sqlite.py`.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from dosebell_host.history import records
from dosebell_host.history.records import FIRST_JOURNAL, Entry, JournalId
from dosebell_host.history.sqlite import SqliteFile
from dosebell_host.resources import history_file
from dosebell_host.talk import Note

# What a box calls its board where it is a virtual one; also how a person names its port.
VIRTUAL = "virtual"
# The newest snapshot may be torn; one of so many is whole.
_SNAPSHOTS = 3


class Tables(Protocol):
    """Where the history is kept: the tables `boxes`, `records`, `schedules` and `pushes`.

    No error of a driver comes out of it: it goes on elsewhere and tells its person, or raises a
    `UserError`. Text, numbers and bytes come back as they went in.
    """

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """The rows that a query finds; each `?` in it stands for one of the values."""

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Do the same with each of the rows: all of it or nothing."""

    def close(self) -> None:
        """Nothing is asked any more."""


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
        return [KnownBox(*row) for row in rows]

    # Records.

    def last_line(self, device_id: str) -> str | None:
        """The newest record kept of a box, or None."""
        line = self._value(
            "SELECT line FROM records WHERE device_id = ? ORDER BY era DESC, seq DESC LIMIT 1",
            device_id,
        )
        return None if line is None else str(line)

    def journal(self, device_id: str) -> JournalId:
        """Which journal its newest record is of; the first where none is kept."""
        newest = self._value("SELECT MAX(era) FROM records WHERE device_id = ?", device_id)
        return FIRST_JOURNAL if newest is None else int(newest)

    def add_records(self, device_id: str, journal: JournalId, lines: Iterable[str]) -> None:
        """Keep records of one journal. What is no record is left out, and so counts as missing."""
        whole = filter(records.is_record, lines)
        rows = [(device_id, journal, int(line.partition(" ")[0]), line) for line in whole]
        self._tables.write("INSERT INTO records VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", rows)

    def lines(self, device_id: str) -> list[str]:
        """Every record kept of a box as the box wrote it, oldest first, snapshots among them."""
        return list(self._journals_by_line(device_id))

    def recent_lines(self, device_id: str) -> list[str]:
        """The newest records from a whole snapshot on: what the box itself starts from."""
        journal = self.journal(device_id)
        heads = self._tables.rows(
            "SELECT seq FROM records WHERE device_id = ? AND era = ? AND line LIKE ?"
            " ORDER BY seq DESC LIMIT ?",
            device_id,
            journal,
            "% snapshot - %",
            _SNAPSHOTS,
        )
        start = heads[-1][0] if len(heads) == _SNAPSHOTS else 0
        query = (
            "SELECT line FROM records WHERE device_id = ? AND era = ? AND seq >= ? ORDER BY seq"
        )
        return [str(row[0]) for row in self._tables.rows(query, device_id, journal, start)]

    def entries(self, device_id: str) -> list[Entry]:
        """Every record of a box but its snapshots, which repeat what the others say."""
        return [
            records.parse(line, journal)
            for line, journal in self._journals_by_line(device_id).items()
            if " snapshot " not in line
        ]

    def missing(self, device_id: str) -> int:
        """How many records are missing between those kept."""
        query = (
            "SELECT SUM(missing) FROM (SELECT MAX(seq) - MIN(seq) + 1 - COUNT(*) AS missing"
            " FROM records WHERE device_id = ? GROUP BY era) AS of_one_journal"
        )
        return self._value(query, device_id) or 0

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
        return Pushed(str(rows[0][0]), bytes(rows[0][1])) if rows else None

    def _journals_by_line(self, device_id: str) -> dict[str, JournalId]:
        """Its records in order, each with the journal it is of."""
        query = "SELECT line, era FROM records WHERE device_id = ? ORDER BY era, seq"
        # What two journals hold in the same words was read twice: it is of the newer one, in
        # which the box has it, and stands where it was read first.
        return {str(line): int(era) for line, era in self._tables.rows(query, device_id)}

    def _value(self, query: str, *values: object) -> Any:
        rows = self._tables.rows(query, *values)
        return rows[0][0] if rows else None


def open_history(note: Note, path: Path | None = None) -> History:
    """The history of this laptop, or the one in that file; `note` is told where it is no use."""
    return History(SqliteFile(path or history_file(), note))
