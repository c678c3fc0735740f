"""Files on flash, and documents that are always whole: the old one or the new one.

A document is text lines, each sealed, closed by a line that counts them. It is written beside
the one in force, read back and checked, and only then renamed over it; the one before is kept,
and is what `read` falls back to.
"""

import os

from dosebell import TYPE_CHECKING, const, frames

if TYPE_CHECKING:
    from dosebell.typed import Any, Iterable, Iterator

STATE = "/state"
LOG = "/log"

# Where main.py leaves the traceback of a crash.
CRASH = "/crash.txt"
# As much of its name is told.
_MAX_NAME = const(32)

_NEW = ".new"
_OLD = ".old"
# How often a file is read before it is taken to be damaged.
READS = 2


def segment(first: int) -> str:
    """Where the segment of the journal lies that begins with that record."""
    return "%s/%08d.seg" % (LOG, first)


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

    def room(self) -> tuple[int, int]:
        """Free bytes and all bytes of the file system; plenty of nothing where unknown."""
        if not hasattr(os, "statvfs"):
            return 1 << 30, 0
        found = os.statvfs(self._root + "/")
        return found[1] * found[4], found[1] * found[2]


class Draft:
    """A document being written: nothing changes for readers until `commit`."""

    # What a host says of one that it sends: how many lines come, and their hash. What reads it as
    # it comes. At the uptime `until_s` it is given up.
    reader: "Any"
    total = 0
    hash = ""
    until_s = 0

    def __init__(self, store: "Store", name: str) -> None:
        self.count = 0
        self._store = store
        self._name = name
        self._path = STATE + "/" + name
        self._file = store.files.open(self._path + _NEW, "wb")

    def add(self, line: str) -> None:
        self._file.write(frames.seal(line))
        self.count += 1

    def finish(self) -> "Iterator[str]":
        """Close the document and read it back. Raises OSError where it is not whole on flash."""
        self._file.write(frames.seal("end %d" % self.count))
        self._file.close()
        return self._store.lines(self._path + _NEW)

    def commit(self, keeps_old: bool = False) -> None:
        """Put in force what was read back whole; the document is kept beside, unless it was found
        damaged. Where it raises OSError nothing has changed.

        `keeps_old`: the copy before stays the one before, and the one in force is replaced.
        """
        store, name, path = self._store, self._name, self._path
        try:
            if not keeps_old and name not in store.damaged and store.exists(name):
                store.files.rename(path, path + _OLD)
            store.files.rename(path + _NEW, path)
        except OSError:
            self.drop()
            if not store.exists(name):
                store.files.rename(path + _OLD, path)
            raise
        store.damaged = [each for each in store.damaged if each != name]

    def drop(self) -> None:
        """Forget it. What can't be removed now is written over by the next draft."""
        for forget in (self._file.close, lambda: self._store.files.remove(self._path + _NEW)):
            try:
                forget()
            except OSError:
                pass


class Store:
    """The documents in `/state`."""

    def __init__(self, files: Files) -> None:
        self.files = files
        # Names of documents that are damaged, whether or not the copy before could be read.
        self.damaged: list[str] = []
        # Whether something could be read only when it was tried again.
        self.unsteady = False

    def write(self, name: str, lines: "Iterable[str]") -> None:
        draft = Draft(self, name)
        try:
            for line in lines:
                draft.add(line)
            for _ in draft.finish():
                pass
        except OSError:
            draft.drop()
            raise
        draft.commit()

    def overwrite(self, name: str, lines: list[str]) -> None:
        """Write a short document over itself, for one that is written every hour.

        littlefs puts what was written in force as a whole when the file is closed, and this
        wears the flash an eighth of what a commit with its renames does. No copy is kept.
        """
        if not self.exists(name):
            # One that is only just made is empty until it is closed, which is no document.
            self.write(name, lines)
            return
        sealed = [frames.seal(line) for line in lines + ["end %d" % len(lines)]]
        with self.files.open(STATE + "/" + name, "wb") as file:
            file.write(b"".join(sealed))
        self.damaged = [each for each in self.damaged if each != name]

    def read(self, name: str) -> list[str] | None:
        """The lines of a document, or of its last good copy; None where there is neither.

        A commit that a power cut broke off between its two renames is finished.
        """
        for ending in ("", _NEW, _OLD):
            lines = self._read(name + ending)
            if lines is not None:
                break
        if ending == _NEW:
            try:
                self.files.rename(STATE + "/" + name + _NEW, STATE + "/" + name)
            except OSError:
                self.unsteady = True
        elif ending == _OLD and (lines is not None or self.exists(name)):
            self.note_damage(name)
        return lines

    def read_old(self, name: str) -> list[str] | None:
        """The copy that was in force before, or None."""
        return self._read(name + _OLD)

    def note_damage(self, name: str) -> None:
        if name not in self.damaged:
            self.damaged.append(name)

    def take_crash(self) -> str | None:
        """Put the traceback of a crash with the documents; the name of its error, None where
        there was no crash.
        """
        try:
            with self.files.open(CRASH, "rb") as file:
                last = file.read().strip().split(b"\n")[-1]
            self.files.rename(CRASH, STATE + CRASH)
        except OSError:
            return None
        # A message of several lines can end in anything, and a record holds no blanks.
        letters = [chr(byte) for byte in last.partition(b":")[0] if byte < 128]
        return "".join([letter for letter in letters if letter.isalpha()])[:_MAX_NAME]

    def exists(self, name: str) -> bool:
        """Whether there is such a document; one that can't be looked for may be there. The first
        question makes the folder.
        """
        try:
            return name in self.files.names(STATE)
        except OSError:
            self.unsteady = True
            return True

    def _read(self, name: str) -> list[str] | None:
        """The lines of a file, None where it can't be read; a failure is tried again."""
        for attempt in range(READS):
            try:
                lines = list(self.lines(STATE + "/" + name))
            except OSError:
                continue
            self.unsteady = self.unsteady or attempt > 0
            return lines
        return None

    def lines(self, path: str) -> "Iterator[str]":
        """The lines of a file, one at a time. Raises OSError where one is damaged or missing."""
        line, count = None, -1
        with self.files.open(path, "rb") as file:
            for raw in file:
                if line is not None:
                    yield line
                line = frames.unseal(raw[:-1]) if raw[-1:] == b"\n" else None
                if line is None:
                    raise OSError("damaged")
                count += 1
        # The last line is no line of the document: it counts those before it.
        if line != "end %d" % count:
            raise OSError("cut off")
