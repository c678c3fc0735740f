"""The journal: append-only records in segments, each begun by a snapshot.

A segment is a file named by the number of its first record. A boot reads the newest segment
alone, however long the history is. When the ring is full its oldest segment goes, and only that.
"""

from dosebell import frames, memory, record
from dosebell.memory import Memory
from dosebell.record import Record
from dosebell.store import LOG, Files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

SEGMENT_BYTES = 16384
MAX_SEGMENTS = 40

# A segment is closed this long before its size, so that one append always fits.
_RESERVE_BYTES = 2048

# The seq of a page's first record, and what a page of records may take on the wire.
PAGE_BYTES = 800


class Journal:
    """Records on flash. Every method may raise OSError; nothing is half done then."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._names = [name for name in files.names(LOG) if name.endswith(".seg")]
        self._bytes = 0
        self.next_seq = 1
        # Lines that `recall` could not believe; the app records them as a fault.
        self.damaged = 0

    @property
    def first_seq(self) -> int:
        return int(self._names[0][:-4]) if self._names else self.next_seq

    def recall(self) -> Memory:
        """Read the newest whole snapshot and fold what follows it."""
        found = Memory()
        place = len(self._names)
        whole = False
        while place > 0 and not whole:
            place -= 1
            self.damaged = 0
            found, whole = self._fold(Memory(), self._names[place])
        later = self._names[place + 1 :]
        for name in later:
            found, _ = self._fold(found, name)
        if self._names and (self.damaged or later or not whole):
            # What is torn stays as it is; new records begin a segment of their own.
            self._full()
        return found

    def append(self, entries: list[Record], state: Memory) -> None:
        """Write the records in one go. `state` is the memory with them already folded in."""
        if not self._names or self._bytes >= SEGMENT_BYTES - _RESERVE_BYTES:
            self._begin_segment(state, entries)
        else:
            self._write(self._names[-1], "ab", entries)

    def checkpoint(self, entries: list[Record], state: Memory) -> None:
        """The records and a snapshot after them, in one go: for what a fold alone can't repeat."""
        if not self._names or self._bytes >= SEGMENT_BYTES // 2:
            self._begin_segment(state, entries)
        else:
            self._write(self._names[-1], "ab", entries + memory.snapshot(state))

    def page(self, since: int, limit: int) -> tuple[list[str], int]:
        """At most `limit` record lines from `since` on, and the seq where the next page begins."""
        lines: list[str] = []
        size = 0
        for line in self._lines_from(since):
            seq = int(line.partition(" ")[0])
            if len(lines) == limit or size + len(line) > PAGE_BYTES:
                return lines, seq
            lines.append(line)
            size += len(line)
        return lines, self.next_seq

    def backwards(self) -> "Iterator[Record]":
        """Every record, newest first."""
        for place in range(len(self._names) - 1, -1, -1):
            lines = list(self._lines(self._names[place]))
            for index in range(len(lines) - 1, -1, -1):
                yield record.parse(lines[index])

    def last_of(self, dose: str, day: int, slot: int) -> Record | None:
        """The last record of an occurrence, or None."""
        entry = Record("", dose, day, slot)
        mark = (" %s " % " ".join(entry.line().split(" ")[5:8])).encode()
        for place in range(len(self._names) - 1, -1, -1):
            found = None
            # An occurrence without a record is looked for in all there is, so the check of a
            # line, which is what takes time, waits until it is the right one.
            for raw in self._raw(self._names[place]):
                if mark in raw and b" snapshot " not in raw:
                    found = _believed(raw) or found
            if found is not None:
                return record.parse(found)
        return None

    def _begin_segment(self, state: Memory, entries: list[Record]) -> None:
        """A new segment: its snapshot holds `entries` already, so they stand before it."""
        name = "%08d.seg" % self.next_seq
        # Room first: where this fails nothing is written yet that would be written again.
        while len(self._names) >= MAX_SEGMENTS:
            self._files.remove(LOG + "/" + self._names[0])
            self._names.pop(0)
        self._bytes = 0
        self._write(name, "wb", entries + memory.snapshot(state))
        if name not in self._names:
            self._names.append(name)

    def _write(self, name: str, mode: str, entries: list[Record]) -> None:
        text = b""
        seq = self.next_seq
        for entry in entries:
            entry.seq = seq
            seq += 1
            text += (frames.seal(entry.line()) + "\n").encode()
        try:
            with self._files.open(LOG + "/" + name, mode) as file:
                file.write(text)
        except OSError:
            # The tail may be torn now; the next try goes to a segment of its own.
            self._full()
            raise
        self.next_seq = seq
        self._bytes += len(text)

    def _full(self) -> None:
        self._bytes = SEGMENT_BYTES

    def _fold(self, state: Memory, name: str) -> tuple[Memory, bool]:
        """Fold one segment onto `state`; whether a whole snapshot stood in it."""
        self._bytes = 0
        whole = False
        rows: list[Record] = []
        for raw in self._raw(name):
            self._bytes += len(raw)
            line = _believed(raw)
            if line is None:
                self.damaged += 1
                continue
            entry = record.parse(line)
            self.next_seq = max(self.next_seq, entry.seq + 1)
            if entry.kind != record.SNAPSHOT:
                state.apply(entry)
                continue
            rows = rows + [entry] if entry.dose else [entry]
            if not rows[0].dose and len(rows) == int(rows[0].details()["rows"]) + 1:
                state, whole = memory.restore(rows), True
        return state, whole

    def _lines_from(self, since: int) -> "Iterator[str]":
        for place in range(len(self._names)):
            if place + 1 < len(self._names) and int(self._names[place + 1][:-4]) <= since:
                continue
            for line in self._lines(self._names[place]):
                if int(line.partition(" ")[0]) >= since:
                    yield line

    def _lines(self, name: str) -> "Iterator[str]":
        for raw in self._raw(name):
            line = _believed(raw)
            if line is not None:
                yield line

    def _raw(self, name: str) -> "Iterator[bytes]":
        with self._files.open(LOG + "/" + name, "rb") as file:
            for raw in file:
                yield raw


def _believed(raw: bytes) -> str | None:
    line = frames.unseal(raw[:-1]) if raw[-1:] == b"\n" else None
    return line if line is not None and line.count(" ") == record.SPACES else None
