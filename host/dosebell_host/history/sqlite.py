"""The history in one SQLite file, safe when two commands run at once.

A file that is damaged or may not be written stops nobody from taking a dose: whoever uses it goes
on with a copy in memory and is told so.
"""

import errno
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from dosebell_host.history.salvage import COLUMNS, Row, Salvaged, salvaged
from dosebell_host.resources import FOLDER_VARIABLE, is_special, keep_private
from dosebell_host.talk import Note
from dosebell_host.wording import printable

Result = TypeVar("Result")

BUSY_TIMEOUT_S = 5.0
_BUSY_PAUSE_S = 0.01

# Each entry brings the file from the version before it to its own; none is ever changed.
#
# A journal that was wiped counts from one again under the same device_id; `era`, the number of a
# journal on this laptop, keeps the records of before and after apart. It is what a journal is
# called until the box says an id, which then stands in `journals`; `place` orders them.
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
    """
    CREATE TABLE journals (
        device_id TEXT NOT NULL,
        era INTEGER NOT NULL,
        journal TEXT NOT NULL,
        place INTEGER NOT NULL,
        PRIMARY KEY (device_id, era),
        UNIQUE (device_id, journal)
    ) WITHOUT ROWID;
    CREATE TABLE all_records (
        device_id TEXT NOT NULL,
        era INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        line TEXT NOT NULL,
        PRIMARY KEY (device_id, era, seq, line)
    ) WITHOUT ROWID;
    INSERT INTO all_records SELECT device_id, era, seq, line FROM records;
    DROP TABLE records;
    ALTER TABLE all_records RENAME TO records;
    """,
    # So that a month of many years is read without the rest: see `written_s` in store.py. A
    # release that runs meanwhile, and knows nothing of this column, goes on writing its four.
    """
    ALTER TABLE records ADD COLUMN written_s INTEGER GENERATED ALWAYS AS (
        CASE WHEN instr(line, ' schedule ') + instr(line, ' snapshot - ') + instr(line, ' gap ')
            + instr(line, ' undone ') + instr(line, ' cancelled ') + instr(line, ' step_s=-')
        THEN NULL ELSE NULLIF(CAST(
            ltrim(substr(line, instr(line, ' ') + 1), '0123456789') AS INTEGER
        ), 0) END
    ) VIRTUAL;
    CREATE INDEX records_by_time ON records (device_id, era, written_s);
    """,
    # What a person calls a box.
    """
    CREATE TABLE names (
        device_id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    );
    """,
    # How far each of those whom a watcher tells has taken the records; see `untaken.py`. Nobody
    # else looks at it, so a release that runs meanwhile and knows nothing of it is not disturbed.
    """
    CREATE TABLE cursors (
        sink TEXT NOT NULL,
        device_id TEXT NOT NULL,
        era INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        kept INTEGER NOT NULL,
        PRIMARY KEY (sink, device_id, era)
    ) WITHOUT ROWID;
    """,
)


# What is wrong with a damaged file SQLite may tell in words that are no text themselves.
_FAILURES = (sqlite3.Error, UnicodeDecodeError)


class NewerError(sqlite3.DatabaseError):
    """The file is of a release that this one knows nothing of."""


def connected(path: Path) -> sqlite3.Connection:
    """A connection that waits for other commands."""
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT_S)


def connected_for_threads(path: Path) -> sqlite3.Connection:
    """One that several threads may use, where they take turns."""
    return sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, check_same_thread=False)


class SqliteFile:
    """The tables of the history in a file; from the first failure on, in a copy in memory.

    `note` is told of that failure once. `connect` opens the file; `elapsed_s` counts seconds from
    anywhere, and `pause` waits for some.
    """

    def __init__(
        self,
        path: Path,
        note: Note,
        *,
        connect: Callable[[Path], sqlite3.Connection] = connected,
        elapsed_s: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._path = path
        self._note = note
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _refuse_special(path)
            self._database = _opened(lambda: connect(path), elapsed_s, pause)
        except (OSError, *_FAILURES) as error:
            self._use_memory(error)
        keep_private(path.parent)

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a query finds; each `?` in it stands for one of the values."""
        return self._done(lambda: self._database.execute(query, values).fetchall())

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Do the same with each of the rows: all of it or nothing."""

        def step() -> None:
            with self._database:
                self._database.executemany(query, rows)

        self._done(step)

    def close(self) -> None:
        """Leave the file to others."""
        self._database.close()

    def _done(self, step: Callable[[], Result]) -> Result:
        try:
            return step()
        except _FAILURES as error:
            self._database.close()
            self._use_memory(error)
            return step()

    def _use_memory(self, error: Exception) -> None:
        self._database, found = _in_memory(self._path)
        self._note(_trouble(self._path, error, found))


def _refuse_special(path: Path) -> None:
    """Raise `OSError` where SQLite would wait for ever for whoever writes into a pipe."""
    for ending in ("", "-wal", "-shm", "-journal"):
        if is_special(path.with_name(f"{path.name}{ending}")):
            raise OSError(errno.EINVAL, f"{path.name}{ending} is not a regular file")


def _opened(
    connect: Callable[[], sqlite3.Connection],
    elapsed_s: Callable[[], float],
    pause: Callable[[float], None],
) -> sqlite3.Connection:
    """The database, once no other command opens or leaves it at this moment."""
    # Turning a file to WAL, and recovering one, answers "locked" at once and never waits for the
    # timeout of the connection (https://sqlite.org/wal.html, section 9), so the whole is repeated.
    until_s = elapsed_s() + BUSY_TIMEOUT_S
    while True:
        try:
            return _migrated(connect())
        except sqlite3.OperationalError as error:
            if not _is_busy(error) or elapsed_s() > until_s:
                raise
        pause(_BUSY_PAUSE_S)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    # The upper bytes tell why it is busy.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def _migrated(database: sqlite3.Connection) -> sqlite3.Connection:
    """The database brought up to date; also the proof that it can be written and read."""
    try:
        _migrate(database)
    except _FAILURES:
        database.close()
        raise
    return database


def _migrate(database: sqlite3.Connection) -> None:
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("BEGIN IMMEDIATE")
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise NewerError("it was written by a newer dosebell")
    for migration in MIGRATIONS[version:]:
        for statement in filter(str.strip, migration.split(";")):
            database.execute(statement)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    for table, (_, columns) in COLUMNS.items():
        database.execute(f"SELECT {', '.join(columns)} FROM {table} LIMIT 1").fetchone()
    database.commit()


def _in_memory(path: Path) -> tuple[sqlite3.Connection, Salvaged | None]:
    """What of the file can still be read, else an empty history; and what could not be, where it
    had to be read piece by piece.
    """
    try:
        with _readable(path) as source:
            return _copy(source)
    except (OSError, *_FAILURES):
        return _empty(), None


def _empty() -> sqlite3.Connection:
    return _migrated(_lenient(_memory()))


def _memory() -> sqlite3.Connection:
    # Whoever lets several threads use it sees to it that they take turns.
    return sqlite3.connect(":memory:", check_same_thread=False)


def _lenient(database: sqlite3.Connection) -> sqlite3.Connection:
    """One that gives what is no text all the same, for what reads it to say so."""
    database.text_factory = partial(str, encoding="utf-8", errors="replace")
    return database


@contextmanager
def _readable(path: Path) -> Iterator[sqlite3.Connection]:
    """The file to read from, with what its write-ahead log holds, also where nothing may be
    written beside it.
    """
    _refuse_special(path)
    with ExitStack() as stack:
        for reads in (_as_it_is, _elsewhere, _without_its_log):
            try:
                source = _lenient(stack.enter_context(closing(reads(path, stack))))
                source.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
            except (OSError, *_FAILURES):
                continue
            yield source
            return
        raise OSError(errno.EIO, "no way to read it")


def _as_it_is(path: Path, stack: ExitStack) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _elsewhere(path: Path, stack: ExitStack) -> sqlite3.Connection:
    folder = Path(stack.enter_context(TemporaryDirectory()))
    for each in (path, path.with_name(f"{path.name}-wal")):
        if each.is_file():
            shutil.copyfile(each, folder / each.name)
    return sqlite3.connect(folder / path.name)


def _without_its_log(path: Path, stack: ExitStack) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _copy(source: sqlite3.Connection) -> tuple[sqlite3.Connection, Salvaged | None]:
    database = _lenient(_memory())
    try:
        source.backup(database)
        if database.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok":
            return _migrated(database), None
    except _FAILURES:
        pass
    # It is damaged, or of a newer release.
    database.close()
    found = salvaged(partial(_asked, source))
    database = _empty()
    with database:
        for table, rows in found.rows.items():
            columns = COLUMNS[table][1]
            marks = ", ".join("?" * len(columns))
            into = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
            database.executemany(into, rows)
    return database, found


def _asked(source: sqlite3.Connection, query: str, *values: object) -> tuple[list[Row], bool]:
    rows: list[Row] = []
    try:
        for row in source.execute(query, values):
            rows.append(row)
    except _FAILURES:
        return rows, False
    return rows, True


def _trouble(path: Path, error: Exception, found: Salvaged | None) -> str:
    reason = printable(getattr(error, "strerror", None) or str(error))
    if _is_no_text(error):
        reason = "a text in it is none"
    lost = ""
    if found is not None and found.damaged:
        count = f"{found.lost} of its records" if found.lost else "Part of it"
        lost = f" {count} cannot be read, and the rest is used."
    return (
        f"The history in {path} cannot be used ({reason}), so nothing is saved on this laptop"
        f" this time; the box keeps its own journal.{lost} {_advice(error)}."
    )


def _advice(error: Exception) -> str:
    if isinstance(error, NewerError):
        return "Upgrade dosebell on this laptop"
    elsewhere = f"set {FOLDER_VARIABLE} to another folder"
    if isinstance(error, OSError):
        cause = sqlite3.SQLITE_FULL if error.errno in _NO_ROOM else sqlite3.SQLITE_CANTOPEN
    elif _is_no_text(error):
        cause = sqlite3.SQLITE_CORRUPT
    else:
        # The upper bytes tell more of it.
        cause = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return _ADVICE.get(cause, f"If that comes again, {elsewhere}")


def _is_no_text(error: Exception) -> bool:
    # Python finds that out, so no code of SQLite's tells it; and it would show what it found.
    return isinstance(error, UnicodeError) or str(error).startswith("Could not decode")


_NO_ROOM = (errno.ENOSPC, errno.EFBIG)
_DAMAGED = (
    f"Keep that file, for it holds what can still be read of it; put a copy from before in its"
    f" place, or set {FOLDER_VARIABLE} to another folder"
)
_RIGHTS = f"Give that file and its folder back to you, or set {FOLDER_VARIABLE} to another folder"
_WAIT = "Another program uses it: repeat the command when that is done"
_ADVICE = {
    sqlite3.SQLITE_BUSY: _WAIT,
    sqlite3.SQLITE_LOCKED: _WAIT,
    sqlite3.SQLITE_FULL: "Make room on that disk",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_CANTOPEN: _RIGHTS,
    sqlite3.SQLITE_READONLY: _RIGHTS,
    sqlite3.SQLITE_PERM: _RIGHTS,
    sqlite3.SQLITE_IOERR: f"The disk may be failing: copy that file to another one, and set"
    f" {FOLDER_VARIABLE} to the folder it is in there",
}
