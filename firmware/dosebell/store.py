"""Files on flash, and documents that are always whole: the old one or the new one.

A document is text lines, each sealed, closed by a line that counts them. It is written beside
the one in force, read back and checked, and only then renamed over it; the one before is kept,
and is what `read` falls back to.
"""

import os

from dosebell import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

STATE = "/state"
LOG = "/log"

_NEW = ".new"
_OLD = ".old"


class Files:
    """The file system under `root`: on the board the flash, on a laptop a folder."""

    def __init__(self, root: str = "") -> None:
        self._root = root

    def open(self, path: str, mode: str) -> "Any":
        return open(self._root + path, mode)

    def rename(self, old: str, new: str) -> None:
        os.rename(self._root + old, self._root + new)

    def remove(self, path: str) -> None:
        os.remove(self._root + path)

    def names(self, folder: str) -> list[str]:
        """The names in a folder, sorted; a missing folder is made."""
        try:
            return sorted(os.listdir(self._root + folder))
        except OSError:
            os.mkdir(self._root + folder)
            return []


class Draft:
    """A document being written: nothing changes for readers until `commit`."""

    def __init__(self, store: "Store", name: str) -> None:
        self.count = 0
        self._store = store
        self._path = STATE + "/" + name
        self._file = store.files.open(self._path + _NEW, "wb")

    def add(self, line: str) -> None:
        self._file.write((frames.seal(line) + "\n").encode())
        self.count += 1

    def commit(self) -> None:
        """Close, read back, put in force. Raises OSError where it was not written whole."""
        self._file.write((frames.seal("end %d" % self.count) + "\n").encode())
        self._file.close()
        if not self._store.whole(self._path + _NEW):
            raise OSError("not written whole")
        if self._store.whole(self._path):
            self._store.files.rename(self._path, self._path + _OLD)
        self._store.files.rename(self._path + _NEW, self._path)

    def lines(self) -> "Iterator[str]":
        """What was added so far, read back from flash."""
        self._file.flush()
        return self._store.lines(self._path + _NEW, False)

    def drop(self) -> None:
        self._file.close()
        self._store.files.remove(self._path + _NEW)


class Store:
    """The documents in `/state`."""

    def __init__(self, files: Files) -> None:
        self.files = files
        # Names of documents of which only the copy before could be read.
        self.damaged: list[str] = []
        files.names(STATE)

    def draft(self, name: str) -> Draft:
        return Draft(self, name)

    def write(self, name: str, lines: "Iterable[str]") -> None:
        draft = self.draft(name)
        for line in lines:
            draft.add(line)
        draft.commit()

    def read(self, name: str) -> list[str] | None:
        """The lines of a document, or of its last good copy; None where there is neither."""
        lines = self._read(name)
        if lines is None:
            lines = self._finish(name)
        if lines is None:
            lines = self.read_old(name)
            missing = lines is None and name not in self.files.names(STATE)
            if not missing and name not in self.damaged:
                self.damaged.append(name)
        return lines

    def _finish(self, name: str) -> list[str] | None:
        """Finish a commit that a power cut broke off between its two renames."""
        lines = self._read(name + _NEW)
        if lines is not None:
            self.files.rename(STATE + "/" + name + _NEW, STATE + "/" + name)
        return lines

    def read_old(self, name: str) -> list[str] | None:
        """The copy that was in force before, or None."""
        return self._read(name + _OLD)

    def _read(self, name: str) -> list[str] | None:
        try:
            return list(self.lines(STATE + "/" + name))
        except OSError:
            return None

    def whole(self, path: str) -> bool:
        try:
            for _ in self.lines(path):
                pass
        except OSError:
            return False
        return True

    def lines(self, path: str, whole: bool = True) -> "Iterator[str]":
        """The lines of a file, one at a time. Raises OSError where one is damaged or missing."""
        count, ended = 0, False
        with self.files.open(path, "rb") as file:
            for raw in file:
                line = frames.unseal(raw[:-1])
                if line is None or ended:
                    raise OSError("damaged")
                if whole and line == "end %d" % count:
                    ended = True
                    continue
                count += 1
                yield line
        if whole and not ended:
            raise OSError("cut off")
