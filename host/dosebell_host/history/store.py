"""What this laptop knows of each box: its records, its schedules, and the files pushed to it.

One SQLite file, safe when two commands run at once. A history that is damaged or may not be
written stops nobody from taking a dose: the command goes on with a copy in memory and says so.
"""

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host.history import records
from dosebell_host.history.records import Entry
from dosebell_host.resources import FOLDER_VARIABLE, history_file

BUSY_TIMEOUT_S = 5.0
_BUSY_PAUSE_S = 0.01
# What a box calls its board where it is a virtual one; also how a person names its port.
VIRTUAL = "virtual"
# The newest snapshot may be torn; one of so many is whole.
_SNAPSHOTS = 3

# Each entry brings the file from the version before it to its own; none is ever changed.
#
# A journal that was wiped counts from one again under the same device_id; `era` keeps the records
# of before and after apart.
MIGRATIONS = (
    """
    CREATE TABLE boxes (
        device_id TEXT PRIMARY KEY,
        board TEXT NOT NULL,
        usb_serial TEXT NOT NULL,
        revision TEXT NOT NULL,
        seen_at REAL NOT NULL
    );
    CREATE TABLE records (
        device_id TEXT NOT NULL,
        era INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        line TEXT NOT NULL,
        PRIMARY KEY (device_id, era, seq)
    ) WITHOUT ROWID;
    CREATE TABLE schedules (
        revision TEXT PRIMARY KEY,
        lines TEXT NOT NULL
    );
    CREATE TABLE pushes (
        device_id TEXT NOT NULL,
        revision TEXT NOT NULL,
        pushed_at REAL NOT NULL,
        file_name TEXT NOT NULL,
        file BLOB NOT NULL,
        PRIMARY KEY (device_id, revision)
    );
    """,
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
    """The tables, as questions and answers.

    Where the file fails, now or in the middle, `note` is told once, and from then on a copy in
    memory answers.
    """

    def __init__(self, path: Path, note: Callable[[str], None]) -> None:
        self._path = path
        self._note = note
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = _opened(path)
        except (OSError, sqlite3.Error) as error:
            self._use_memory(error)

    def close(self) -> None:
        self._database.close()

    # Boxes.

    def note_box(self, met: KnownBox) -> None:
        """Remember that a box was met; without a USB serial number the one known stays."""
        self._write(
            "INSERT INTO boxes VALUES (?, ?, ?, ?, ?) ON CONFLICT (device_id) DO UPDATE SET"
            " board = excluded.board, revision = excluded.revision,"
            " seen_at = excluded.seen_at, usb_serial = CASE excluded.usb_serial"
            " WHEN '' THEN usb_serial ELSE excluded.usb_serial END",
            [met],
        )

    def boxes(self) -> list[KnownBox]:
        """Every box ever met: real ones before virtual ones, the one seen last first."""
        rows = self._rows(
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

    def era(self, device_id: str) -> int:
        """The era of its newest record."""
        return self._value("SELECT MAX(era) FROM records WHERE device_id = ?", device_id) or 0

    def add_records(self, device_id: str, era: int, lines: Iterable[str]) -> None:
        """Keep the records of one era. What is no record is left out, and so counts as missing."""
        whole = filter(records.is_record, lines)
        rows = [(device_id, era, int(line.partition(" ")[0]), line) for line in whole]
        self._write("INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?)", rows)

    def lines(self, device_id: str) -> list[str]:
        """Every record kept of a box as the box wrote it, oldest first, snapshots among them."""
        query = "SELECT line FROM records WHERE device_id = ? ORDER BY era, seq"
        # What two eras hold in the same words was read twice.
        return list(dict.fromkeys(str(row[0]) for row in self._rows(query, device_id)))

    def recent_lines(self, device_id: str) -> list[str]:
        """The newest records from a whole snapshot on: what the box itself starts from."""
        era = self.era(device_id)
        heads = self._rows(
            "SELECT seq FROM records WHERE device_id = ? AND era = ? AND line LIKE"
            " '% snapshot - %' ORDER BY seq DESC LIMIT ?",
            device_id,
            era,
            _SNAPSHOTS,
        )
        start = heads[-1][0] if len(heads) == _SNAPSHOTS else 0
        query = (
            "SELECT line FROM records WHERE device_id = ? AND era = ? AND seq >= ? ORDER BY seq"
        )
        return [str(row[0]) for row in self._rows(query, device_id, era, start)]

    def entries(self, device_id: str) -> list[Entry]:
        """Every record of a box but its snapshots, which repeat what the others say."""
        return [records.parse(line) for line in self.lines(device_id) if " snapshot " not in line]

    def missing(self, device_id: str) -> int:
        """How many records are missing between those kept."""
        query = (
            "SELECT SUM(missing) FROM (SELECT MAX(seq) - MIN(seq) + 1 - COUNT(*) AS missing"
            " FROM records WHERE device_id = ? GROUP BY era)"
        )
        return self._value(query, device_id) or 0

    # Schedules and files.

    def save_schedule(self, revision: str, lines: Iterable[str]) -> None:
        """Keep the lines of a revision; a newer zone table replaces the one before."""
        self._write(
            "INSERT OR REPLACE INTO schedules VALUES (?, ?)", [(revision, "\n".join(lines))]
        )

    def schedule(self, revision: str) -> list[str] | None:
        """The lines of a revision, or None."""
        lines = self._value("SELECT lines FROM schedules WHERE revision = ?", revision)
        return None if lines is None else str(lines).split("\n")

    def save_push(self, device_id: str, revision: str, pushed: Pushed, pushed_at: float) -> None:
        self._write(
            "INSERT OR REPLACE INTO pushes VALUES (?, ?, ?, ?, ?)",
            [(device_id, revision, pushed_at, pushed.file_name, pushed.file)],
        )

    def pushed(self, device_id: str, revision: str) -> Pushed | None:
        """The file last pushed to a box under this revision, or None."""
        rows = self._rows(
            "SELECT file_name, file FROM pushes WHERE device_id = ? AND revision = ?",
            device_id,
            revision,
        )
        return Pushed(str(rows[0][0]), bytes(rows[0][1])) if rows else None

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            self._database.close()
            self._use_memory(error)
            return self._database.execute(query, values).fetchall()

    def _value(self, query: str, *values: object) -> Any:
        rows = self._rows(query, *values)
        return rows[0][0] if rows else None

    def _write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        try:
            with self._database:
                self._database.executemany(query, rows)
        except sqlite3.Error as error:
            self._database.close()
            self._use_memory(error)
            with self._database:
                self._database.executemany(query, rows)

    def _use_memory(self, error: Exception) -> None:
        self._note(_trouble(self._path, error))
        self._database = _in_memory(self._path)


def open_history(note: Callable[[str], None]) -> History:
    """The history of this laptop; `note` is told where it can't be used."""
    return History(history_file(), note)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)


def _opened(path: Path) -> sqlite3.Connection:
    """The database of that file, once no other command opens or leaves it at this moment."""
    # Turning a file to WAL, and recovering one, answers "locked" at once and never waits for the
    # timeout of the connection (https://sqlite.org/wal.html, section 9), so the whole is repeated.
    until_s = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            return _migrated(_connect(path))
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or time.monotonic() > until_s:
                raise
        time.sleep(_BUSY_PAUSE_S)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    # The upper bytes tell why it is busy.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _migrated(database: sqlite3.Connection) -> sqlite3.Connection:
    """The database brought up to date; also the proof that it can be written and read."""
    try:
        _migrate(database)
    except sqlite3.Error:
        database.close()
        raise
    return database


def _migrate(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("BEGIN IMMEDIATE")
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise sqlite3.DatabaseError("it was written by a newer dosebell")
    for migration in MIGRATIONS[version:]:
        for statement in filter(str.strip, migration.split(";")):
            database.execute(statement)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    database.execute("SELECT COUNT(*) FROM boxes").fetchone()
    database.commit()


def _in_memory(path: Path) -> sqlite3.Connection:
    """An empty history, or a copy of what of the file can still be read."""
    database = sqlite3.connect(":memory:")
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as source:
            source.backup(database)
        return _migrated(database)
    except (OSError, sqlite3.Error):
        database.close()
        return _migrated(sqlite3.connect(":memory:"))


def _trouble(path: Path, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return (
        f"The history in {path} cannot be used ({reason}), so nothing is saved on this laptop"
        " this time; the box keeps its own journal. Move that file away, or give it back to"
        f" you, or set {FOLDER_VARIABLE} to another folder."
    )
