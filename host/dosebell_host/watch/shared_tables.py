"""The history of one process for all of its threads, and for as long as that runs.

A command opens the file, and is done soon. A loop keeps it open for months: threads that speak
with boxes take turns; a file that was removed or replaced meanwhile is not written to unseen, but
opened anew; and where the history is kept in memory, because the file can't be used, that is tried
again now and then.
"""

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from dosebell_host.history.sqlite import SqliteFile, connected_for_threads
from dosebell_host.history.store import History
from dosebell_host.history.tables.tables import Tables
from dosebell_host.resources import history_file
from dosebell_host.talk import Note

_TRY_AGAIN_S = 60.0

# Opens the tables in that file; whoever is given with it is told where it can't be used.
Opens = Callable[[Path, Note], Tables]


def _opened(path: Path, note: Note) -> Tables:
    return SqliteFile(path, note, connect=connected_for_threads)


class SharedTables:
    """Tables that threads may share. `note` is told of each trouble once until it is over."""

    def __init__(
        self,
        path: Path,
        note: Note,
        *,
        opens: Opens = _opened,
        elapsed_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._note = note
        self._opens = opens
        self._elapsed_s = elapsed_s
        self._lock = threading.Lock()
        self._trouble = ""
        self._tried_s = 0.0
        self._tables = self._open()
        self._stamp = _stamp_of(path)

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """As of `Tables`."""
        with self._lock:
            return self._usable().rows(query, *values)

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        """As of `Tables`."""
        with self._lock:
            self._usable().write(query, rows)

    def close(self) -> None:
        """Leave the file to others."""
        with self._lock:
            self._tables.close()

    def _open(self) -> Tables:
        self._tried_s = self._elapsed_s()
        told: list[str] = []
        tables = self._opens(self._path, lambda sentence: self._hear(sentence, told))
        if not told:
            self._trouble = ""
        return tables

    def _hear(self, sentence: str, told: list[str]) -> None:
        """It is in memory from now on."""
        told.append(sentence)
        self._tried_s = self._elapsed_s()
        if not self._trouble:
            self._note(sentence)
        self._trouble = sentence

    def _usable(self) -> Tables:
        if self._trouble:
            if self._elapsed_s() - self._tried_s >= _TRY_AGAIN_S:
                self._try_again()
        elif _stamp_of(self._path) != self._stamp:
            self._note(
                f"The history in {self._path} was removed or replaced meanwhile; what the boxes"
                " still have is read again."
            )
            self._tables.close()
            self._tables = self._open()
            self._stamp = _stamp_of(self._path)
        return self._tables

    def _try_again(self) -> None:
        opened = self._open()
        if self._trouble:
            # What was kept in memory meanwhile is worth more than another copy of the file.
            opened.close()
            return
        self._tables.close()
        self._tables, self._stamp = opened, _stamp_of(self._path)
        self._note(f"The history in {self._path} can be used again.")


def _stamp_of(path: Path) -> tuple[int, int] | None:
    """Which file it is, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def open_shared(note: Note, path: Path | None = None) -> History:
    """The history of this laptop, or the one in that file, for all threads of this process."""
    return History(SharedTables(path or history_file(), note))
