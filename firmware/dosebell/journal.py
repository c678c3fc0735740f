"""The journal: append-only records in segments, each begun by a snapshot.

Rule 1: what was written and reported as written is never changed. A segment is appended to
until it is full or something in it is torn; then it is only read, and one day removed as a
whole.

Rule 2: no line is believed unless its check sum is right, and a missing number is a missing
record.

Rule 3: a write that raises OSError may be tried again with the same records.

Theory of operation
-------------------
A segment is a file in `/log`, named by the number of its first record:

    00000001.seg   records  snapshot  records ...
    00000142.seg   records  snapshot  records ...
    00000285.seg   records  snapshot  records ...  snapshot  records ...   <- appended to

A snapshot is the fold of everything up to there (memory.py), written as records: one head, then
one row a dose. What stands before it is needed for the history and for corrections, and not for
a start. The records that had to be written when a segment was begun stand before its snapshot,
which holds them already. `checkpoint` adds a snapshot after a change that folding records can't
repeat.

A start goes back from the newest segment to the first that has a whole snapshot, nearly always
the newest itself, and folds what follows. So it takes as long after ten years as after a week.

The file system puts what was written in force as a whole, when the file is closed. A power cut
in an append leaves the file as it was before: those records do not exist, and nobody was told
of them, because *taken* is shown and a laptop is replied to only after the append. A cut while
a segment is begun leaves no file or an empty one. The start then finds its snapshot in the
segment before, and the next segment takes the same number and so the place of the empty file.

Damage is counted and told. Numbers say how many records a hole has swallowed, between two lines
as between two segments, and how far the journal had come is noted outside of it as well
(`expect`). A host may have read the torn lines at an end, so their numbers are not used again.
An append that fails may have left any part of itself behind: it is tried again in a new segment
under the same numbers, and a fold or a page takes the first of two.

Where there are `MAX_SEGMENTS`, or more than `MIN_SEGMENTS` and little room on the flash, a new
segment costs the oldest one, and no other.
"""

from dosebell import frames, memory, record
from dosebell.memory import Memory
from dosebell.record import Record
from dosebell.store import LOG, Files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# A start reads one segment, and takes some 40 ms a kilobyte for that.
SEGMENT_BYTES = 12288
MAX_SEGMENTS = 54
# With less room than this the ring grows no further, or no schedule could be pushed any more; but
# so many segments are kept whatever else fills the file system.
FREE_BYTES = 65536
MIN_SEGMENTS = 11

# A segment is closed this long before its size, so that an append fits as a rule.
_RESERVE_BYTES = 1024

# The seq of a page's first record, and what a page of records may take on the wire.
PAGE_BYTES = 800

# Numbers have as many digits as names of segments have room for.
_SEQ_DIGITS = 8

# A record's line on flash has at least so many bytes, and so many beside its payload.
_SHORTEST_BYTES = 30
# So much is handed to the file system at a time.
_PIECE_BYTES = 512
_PIECE_LINES = 32
_SEAL_BYTES = 10


class Journal:
    """Records on flash. Every method may raise OSError; nothing is half done then."""

    def __init__(self, files: Files) -> None:
        self._files = files
        # The number of the first record of each segment, which is its name.
        self._firsts: list[int] = []
        # Nothing is written before it is known what is there.
        self._known = False
        # Whether a segment that can't be read is damage, and no error.
        self._lenient = False
        self._bytes = 0
        # The number after those that the segment last read has used.
        self._unused_seq = 1
        self.next_seq = 1
        # Records found missing, torn or twice; the box reports them as a fault.
        self.damaged = 0

    @property
    def first_seq(self) -> int:
        return self._firsts[0] if self._firsts else self.next_seq

    def recall(self, lenient: bool = False) -> Memory:
        """Read the newest whole snapshot and fold what follows it.

        Raises OSError where the flash can't be read; if `lenient` that counts as damage.
        """
        self._lenient, self._known = lenient, False
        names = self._files.names(LOG)
        self._firsts = [
            int(name[:8]) for name in names if name[8:] == ".seg" and name[:8].isdigit()
        ]
        found = Memory()
        place = len(self._firsts)
        whole = False
        while place > 0 and not whole:
            place -= 1
            self.damaged, self.next_seq = 0, 1
            found, whole = self._fold(Memory(), place)
        later = range(place + 1, len(self._firsts))
        for segment in later:
            found, _ = self._fold(found, segment)
        self._lenient, self._known = False, True
        if self._firsts and (self.damaged or later or not whole):
            # What is torn stays as it is; new records begin a segment of their own.
            self._full()
        return found

    def expect(self, seq: int) -> None:
        """The journal had come as far as `seq` once: what it lacks of that is lost."""
        if self._known and self.next_seq < seq < 10**_SEQ_DIGITS:
            self.damaged += seq - self.next_seq
            self.next_seq = seq
            self._full()

    def append(self, entries: list[Record], state: Memory) -> None:
        """Write the records in one go. `state` is the memory with them already folded in."""
        if not self._firsts or self._bytes >= SEGMENT_BYTES - _RESERVE_BYTES:
            self._begin_segment(state, entries)
        else:
            self._write(self._firsts[-1], "ab", entries)

    def checkpoint(self, entries: list[Record], state: Memory) -> None:
        """The records and a snapshot after them, in one go: for what a fold alone can't repeat."""
        if not self._firsts or self._bytes >= SEGMENT_BYTES // 2:
            self._begin_segment(state, entries)
        else:
            self._write(self._firsts[-1], "ab", entries + memory.snapshot(state))

    def page(self, since: int, limit: int) -> tuple[list[str], int]:
        """At most `limit` record lines from `since` on, and the seq where the next page begins."""
        try:
            return self._page(since, limit)
        except OSError:
            # One segment that can't be read must not keep the host from those after it.
            self._lenient = True
        found = self._page(since, limit)
        self._lenient = False
        if not found[0]:
            raise OSError("the journal could not be read")
        return found

    def _page(self, since: int, limit: int) -> tuple[list[str], int]:
        lines: list[str] = []
        size = 0
        following = self.next_seq
        # A page reads its segment from the start: what that lacks is not counted page by page.
        before, self.damaged = self.damaged, 0
        for line in self._lines_from(since):
            text = _text(line)
            if text is None:
                continue
            if len(lines) == limit or size + len(line) > PAGE_BYTES:
                following = _seq_of(line)
                break
            lines.append(text)
            size += len(line)
        self.damaged = max(before, self.damaged)
        return lines, following

    def backwards(self, segments: int = MAX_SEGMENTS) -> "Iterator[Record]":
        """The records of that many segments, newest first."""
        count = len(self._firsts)
        for place in range(count - 1, max(-1, count - 1 - segments), -1):
            # One list of all would want more memory in one piece than there may be.
            pieces: list[list[bytes]] = [[]]
            for line in self._lines(place):
                if len(pieces[-1]) == _PIECE_LINES:
                    pieces.append([])
                pieces[-1].append(line)
            for piece in reversed(pieces):
                while piece:
                    entry = _parsed(piece.pop())
                    if entry is not None:
                        yield entry

    def last_of(self, dose: str, day: int, slot: int, since_s: int) -> Record | None:
        """The last record of an occurrence, or None; of segments back to that of `since_s`.

        To read all there is may take longer than the watchdog waits.
        """
        entry = Record("", dose, day, slot)
        mark = (" %s " % " ".join(entry.line().split(" ")[5:8])).encode()
        for place in range(len(self._firsts) - 1, -1, -1):
            found, began_s = None, None
            # The check of a line, which is what takes time, waits until it is the right one.
            for raw in self._raw(self._firsts[place]):
                if began_s is None:
                    began_s = _utc_of(_believed(raw))
                if mark in raw and b" snapshot " not in raw:
                    found = _believed(raw) or found
            if found is not None:
                return _parsed(found)
            if began_s is not None and began_s < since_s:
                return None
        return None

    def _begin_segment(self, state: Memory, entries: list[Record]) -> None:
        """A new segment: its snapshot holds `entries` already, so they stand before it."""
        # Room first: where this fails nothing is written yet that would be written again.
        while len(self._firsts) >= MAX_SEGMENTS:
            self._drop_oldest()
        if len(self._firsts) > MIN_SEGMENTS and self._files.free_bytes() < FREE_BYTES:
            self._drop_oldest()
        first = self.next_seq
        self._write(first, "wb", entries + memory.snapshot(state))
        if first not in self._firsts:
            self._firsts.append(first)

    def _drop_oldest(self) -> None:
        # Forgotten first: what could not be removed is found, and removed, after another boot.
        self._files.remove(_path(self._firsts.pop(0)))

    def _write(self, first: int, mode: str, entries: list[Record]) -> None:
        if not self._known:
            raise OSError("the journal could not be read")
        text = b""
        seq, written = self.next_seq, 0
        try:
            with self._files.open(_path(first), mode) as file:
                for entry in entries:
                    entry.seq = seq
                    seq += 1
                    text += frames.seal(entry.line())
                    # A snapshot of many doses in one piece is more than a used heap may have room
                    # for; the file system puts all of it in force when the file is closed.
                    if len(text) >= _PIECE_BYTES:
                        file.write(text)
                        written += len(text)
                        text = b""
                file.write(text)
        except OSError:
            # The tail may be torn now, or whole: the next try goes to a segment of its own, and
            # readers believe the first of two records with one number.
            self._full()
            raise
        self.next_seq = seq
        self._bytes = written + len(text) + (self._bytes if mode == "ab" else 0)

    def _full(self) -> None:
        self._bytes = SEGMENT_BYTES

    def _fold(self, state: Memory, place: int) -> tuple[Memory, bool]:
        """Fold one segment onto `state`; whether a whole snapshot stood in it."""
        self._bytes = 0
        whole = False
        rows: list[Record] = []
        count = 0
        for line in self._lines(place):
            self._bytes += len(line) + _SEAL_BYTES
            try:
                entry = record.parse(line)
                if entry.seq < self.next_seq:
                    continue
                self.next_seq = entry.seq + 1
                if entry.kind != record.SNAPSHOT:
                    state.apply(entry)
                    continue
                if not entry.dose:
                    rows, count = [], int(entry.details()[b"rows"]) + 1
                rows.append(entry)
                if len(rows) == count:
                    state, whole = memory.restore(rows), True
            except (ValueError, KeyError):
                # Its sum is right and its fields are none, which is damage of another kind.
                self.damaged += 1
        self.next_seq = max(self.next_seq, self._unused_seq)
        return state, whole

    def _lines_from(self, since: int) -> "Iterator[bytes]":
        for place in range(len(self._firsts)):
            if place + 1 < len(self._firsts) and self._firsts[place + 1] <= since:
                continue
            for line in self._lines(place):
                seq = _seq_of(line)
                if seq >= since:
                    since = seq + 1
                    yield line

    def _lines(self, place: int) -> "Iterator[bytes]":
        """The lines of a segment that can be believed; numbers tell how many it lacks."""
        expected = self._firsts[place]
        torn = torn_bytes = 0
        for raw in self._raw(self._firsts[place]):
            line = _believed(raw)
            seq = 0 if line is None else _seq_of(line)
            if line is None or seq < expected:
                torn += 1
                torn_bytes += len(raw)
                continue
            if torn or seq > expected:
                self.damaged += max(torn, seq - expected)
                torn = torn_bytes = 0
            expected = seq + 1
            yield line
        if place + 1 < len(self._firsts):
            torn = max(torn, self._firsts[place + 1] - expected)
        self.damaged += torn
        # The host may know what is torn, so its numbers are not given to other records.
        self._unused_seq = expected + torn_bytes // _SHORTEST_BYTES

    def _raw(self, first: int) -> "Iterator[bytes]":
        try:
            with self._files.open(_path(first), "rb") as file:
                for raw in file:
                    yield raw
        except OSError:
            if not self._lenient:
                raise
            # As good as one torn line, which may have been as long as the segment.
            yield b" " * SEGMENT_BYTES


def _path(first: int) -> str:
    return "%s/%08d.seg" % (LOG, first)


def _seq_of(line: bytes) -> int:
    """The number of a record, 0 where it has none."""
    digits = line[: line.find(b" ")]
    return int(digits) if digits.isdigit() and len(digits) <= _SEQ_DIGITS else 0


def _utc_of(line: bytes | None) -> int | None:
    entry = None if line is None else _parsed(line)
    return None if entry is None else entry.utc


def _parsed(line: bytes) -> Record | None:
    """The record, or None where the sum is right and the fields are none all the same."""
    try:
        return record.parse(line)
    except ValueError:
        return None


def _text(line: bytes) -> str | None:
    try:
        return str(line, "utf-8")
    except UnicodeError:
        return None


def _believed(raw: bytes) -> bytes | None:
    line = frames.payload(raw[:-1]) if raw[-1:] == b"\n" else None
    return line if line is not None and line.count(b" ") == record.SPACES else None
