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

    00000001.seg   snapshot  records ...
    00000142.seg   snapshot  records ...
    00000285.seg   snapshot  records ...  snapshot  records ...   <- appended to

A snapshot is the fold of everything up to there (snapshots.py), written as records: one head,
then one row a dose. What stands before it is needed for the history and for corrections, and not
for a start. A segment holds its snapshot and 8 kB of records beside it, and fills its last block
of the flash. So a box that remembers many doses has fewer segments, and each holds as many
records as before. A checkpoint adds a snapshot after a change that folding records can't repeat,
or begins a segment by it where there is no room; then the records stand before it, which holds
them already.

A segment that is full still takes what comes: an append is a press, or a ring, and never waits
for a snapshot. `is_full` says that the next segment should be begun, which the box does by
`begin` a few seconds later, when nobody waits. Only where a start is cut again and again before
that does an append begin one itself.

A start goes back from the newest segment to the first that has a whole snapshot, nearly always
the newest itself, and folds what follows. So it takes as long after ten years as after a week.

The file system puts what was written in force as a whole, when the file is closed. A power cut
in an append leaves the file as it was before: those records do not exist, and nobody was told
of them, because *taken* is shown and a laptop is replied to only after the append. A cut while
a segment is begun leaves no file or an empty one. The start then finds its snapshot in the
segment before, and the next segment takes the same number and so the place of the empty file.

Damage is counted and told. Numbers say how many records a hole has swallowed, between two lines as
between two segments, and how far the journal had come is noted outside of it as well. A host may
have read the torn lines at an end, so their numbers are not used again. An append that fails may
have left any part of itself behind: it is tried again in a new segment under the same numbers, and
a fold or a page takes the first of two.

Where all segments take `RING_BLOCKS` of the flash, where there are `MAX_SEGMENTS`, or more than
`_MIN_SEGMENTS` and little room on the flash, a new segment costs the oldest one: or two, where it
is longer than they are.

Release 0.1.0 named an occurrence by date and slot. Its rows and records are read with the
schedule that was in force (former.py), and its last segments for what ended lately.
"""

from dosebell import TYPE_CHECKING, const, frames, record, snapshots
from dosebell.memory import Memory
from dosebell.params import Refusal
from dosebell.plan import Plan, Window
from dosebell.record import Record
from dosebell.store import LOG, READS, Files, segment

if TYPE_CHECKING:
    from dosebell.search import Search
    from dosebell.typed import Callable, Iterator, Mark

    Rows = Callable[[], list[Record]]

# A segment is its snapshot and at least so much of records beside it, up to a whole block of the
# flash. A start reads one segment, and takes some 40 ms a kilobyte for that.
SEGMENT_BYTES = 8192
BLOCK_BYTES = 4096
# What all segments may take of the flash, and how many may be.
RING_BLOCKS = 164
MAX_SEGMENTS = 54
# With less room than this the ring grows no further, or no schedule could be pushed any more; but
# so many segments are kept whatever else fills the file system.
FREE_BYTES = 65536
_MIN_SEGMENTS = const(11)

# A segment is full this long before its size, so that an append fits as a rule.
_RESERVE_BYTES = const(1024)
# How many segments an upgrade reads for what ended lately; more takes longer than a start may.
_FORMER_SEGMENTS = const(6)

# The seq of a page's first record, and what a page of records may take on the wire.
PAGE_BYTES = 800

# Numbers have as many digits as names of segments have room for.
_SEQ_DIGITS = const(8)

# A record's line on flash has at least so many bytes, and so many beside its payload.
_SHORTEST_BYTES = const(30)
_SEAL_BYTES = const(10)


class Journal:
    """Records on flash. Every method may raise OSError; nothing is half done then."""

    def __init__(self, files: Files) -> None:
        self._files = files
        # The number of the first record of each segment, which is its name.
        self._firsts: list[int] = []
        # Nothing is written before it is known what is there: until then nothing is added to a
        # segment, and none is begun.
        self._known = False
        # Whether something could not be read at once, and whether what was last read lacks it.
        self.unsteady = self._lacks = False
        self._bytes = 0
        # How much of the segment its snapshot takes.
        self._snapshot_bytes = 0
        # Whether nothing may be added to the segment: there is none, or its end may be torn.
        self._is_torn = True
        # Schedules that were looked for while a journal of release 0.1.0 is recalled.
        self._plans: dict[str, Plan | None] = {}
        # Blocks of the flash, by the first number of each segment that is measured.
        self._blocks: dict[int, int] = {}
        self._search: Search | None = None
        # Where the page last read ends, and where in which segment a line was read last.
        self._mark: Mark | None = None
        self._read_first = self._read_at = 0
        # The number after those that the segment last read has used.
        self._unused_seq = 1
        self.next_seq = 1
        # Records found missing, torn or twice; the box reports them as a fault.
        self.damaged = 0

    @property
    def first_seq(self) -> int:
        return self._firsts[0] if self._firsts else self.next_seq

    @property
    def is_empty(self) -> bool:
        return self._known and not self._firsts

    @property
    def _limit(self) -> int:
        """How long the segment grows."""
        return _blocks(self._snapshot_bytes + SEGMENT_BYTES) * BLOCK_BYTES

    @property
    def is_full(self) -> bool:
        """Whether the segment is so long that the next one should be begun."""
        return self._bytes >= self._limit - _RESERVE_BYTES

    def recall(self, noted_seq: int = 0) -> Memory:
        """Read the newest whole snapshot and fold what follows it. The journal had come as far as
        `noted_seq` once: what it lacks of that is lost.

        Raises OSError where it is not even known what is there.
        """
        self._known, self._is_torn = False, True
        names = self._files.names(LOG)
        self._firsts = [
            int(name[:8]) for name in names if name[8:] == ".seg" and name[:8].isdigit()
        ]
        found = Memory(self._plan_of)
        place = len(self._firsts)
        whole = False
        while place > 0 and not whole:
            place -= 1
            self.damaged, self.next_seq = 0, 1
            found, whole = self._fold(Memory(self._plan_of), place)
        later = range(place + 1, len(self._firsts))
        for place in later:
            found, _ = self._fold(found, place)
        if found.is_former:
            from dosebell import former

            before = self.damaged
            former.remember(found, self._lines_from(self._firsts[-_FORMER_SEGMENTS:][0]))
            self.damaged = before
        if self.next_seq < noted_seq < 10**_SEQ_DIGITS:
            self.damaged += noted_seq - self.next_seq
            self.next_seq = noted_seq
        self._plans, self._known = {}, True
        # What is torn stays as it is; new records begin a segment of their own.
        self._is_torn = self.damaged > 0 or len(later) > 0 or not whole
        return found

    def append(self, entries: list[Record], rows: "Rows", is_checkpoint: bool = False) -> None:
        """Write the records in one go. `rows` makes a snapshot with them already folded in.

        A full segment grows on: the next one is begun by `begin`, when nobody waits.
        `is_checkpoint`: with a snapshot after them, for what a fold alone can't repeat.
        """
        room = self._limit - self._bytes
        room += -self._snapshot_bytes - _RESERVE_BYTES if is_checkpoint else SEGMENT_BYTES
        if self._is_torn or room <= 0:
            self.begin(rows, entries)
        else:
            self._write(self._firsts[-1], "ab", entries + (rows() if is_checkpoint else []))

    def begin(self, rows: "Rows", entries: list[Record]) -> None:
        """Begin a segment: its snapshot holds `entries` already, so they stand before it."""
        if not self._known:
            raise OSError("the journal could not be read")
        # Room first: where this fails nothing is written yet that would be written again.
        wanted = self._limit // BLOCK_BYTES
        while len(self._firsts) >= MAX_SEGMENTS or self._ring_blocks() + wanted > RING_BLOCKS:
            self._drop_oldest()
        if len(self._firsts) > _MIN_SEGMENTS and self._files.room()[0] < FREE_BYTES:
            self._drop_oldest()
        first = self.next_seq
        self._write(first, "wb", entries + rows())
        self._is_torn = False
        if first not in self._firsts:
            self._firsts.append(first)

    def page(self, since: int, limit: int) -> tuple[list[str], int]:
        """At most `limit` record lines from `since` on, and the seq where the next page begins.

        One segment that can't be read does not keep the host from those after it.
        """
        lines: list[str] = []
        size, following, self._lacks = 0, self.next_seq, False
        # The page that comes next begins where this one ends, and goes on counting what is torn.
        mark = self._mark if self._mark is not None and self._mark[0] == since else None
        before, self._mark, self.damaged = self.damaged, None, mark[3] if mark else 0
        for line in self._lines_from(since, mark):
            text = frames.text(line)
            if text is None:
                continue
            if len(lines) == limit or size + len(line) > PAGE_BYTES:
                following = _seq_of(line)
                self._mark = (following, self._read_first, self._read_at, self.damaged)
                break
            lines.append(text)
            size += len(line)
        self.damaged = max(before, self.damaged)
        if self._lacks and not lines:
            raise OSError("the journal could not be read")
        return lines, following

    def last_of(self, dose: str, window: Window) -> Record | None:
        """The last record of an occurrence, or None; of segments back to two days before it opens.

        A few segments are read at a time. Refuses before all are (`searching`), and whoever asks
        again for the same is answered in the end; and where the ring does not go back so far
        (`gone`).
        """
        try:
            from dosebell.search import Search
        except MemoryError:
            raise Refusal("no-room")
        search, newest = self._search, self._firsts[-1] if self._firsts else 0
        if search is None or search.key != (dose, window.dues[0], newest):
            search = self._search = Search(self._files, dose, window, newest)
            self.search_on()
        elif newest:
            # What was written since it began stands in the newest segment.
            search.look_into(newest)
        if search.lacks:
            raise Refusal(search.lacks)
        return search.found

    @property
    def is_searching(self) -> bool:
        return self._search is not None and self._search.lacks == "searching"

    def search_on(self) -> None:
        """Read the next few segments that a search has not come to."""
        if self._search is not None:
            self._search.go_on(self._firsts, self.first_seq)

    def _plan_of(self, revision: str) -> Plan | None:
        if revision not in self._plans:
            from dosebell import former

            self._plans[revision] = former.plan_of(self._files, revision)
        return self._plans[revision]

    def _ring_blocks(self) -> int:
        """How much of the flash all segments take."""
        total = 0
        for first in self._firsts:
            if first not in self._blocks:
                # One that can't be read keeps the next one from being begun no more than once.
                self._blocks[first] = _blocks(SEGMENT_BYTES)
                with self._files.open(segment(first), "rb") as file:
                    self._blocks[first] = _blocks(file.seek(0, 2))
            total += self._blocks[first]
        return total

    def _drop_oldest(self) -> None:
        # Forgotten first: what could not be removed is found, and removed, after another boot.
        first = self._firsts.pop(0)
        self._blocks.pop(first, 0)
        self._files.remove(segment(first))

    def _write(self, first: int, mode: str, entries: list[Record]) -> None:
        seq, size, snapshot_bytes = self.next_seq, 0, 0
        try:
            with self._files.open(segment(first), mode) as file:
                for entry in entries:
                    entry.seq = seq
                    seq += 1
                    # One by one: a snapshot of many doses in one piece is more than a used heap
                    # may have room for. All is put in force when the file is closed.
                    line = frames.seal(entry.line())
                    file.write(line)
                    size += len(line)
                    if entry.kind == record.SNAPSHOT:
                        snapshot_bytes += len(line)
        except OSError:
            # The tail may be torn now, or whole: the next try goes to a segment of its own, and
            # readers believe the first of two records with one number.
            self._is_torn = True
            raise
        self.next_seq = seq
        self._blocks.pop(first, 0)
        if mode == "wb":
            self._mark, self._bytes, self._snapshot_bytes = None, 0, snapshot_bytes
        self._bytes += size

    def _fold(self, state: Memory, place: int) -> tuple[Memory, bool]:
        """Fold one segment onto `state`; whether a whole snapshot stood in it."""
        whole = False
        rows: list[Record] = []
        count = snapshot_bytes = 0
        for line in self._lines(place):
            try:
                entry = record.parse(line)
                if entry.seq < self.next_seq:
                    continue
                if entry.kind != record.SNAPSHOT:
                    state.apply(entry)
                else:
                    if not entry.dose:
                        rows, count = [], int(entry.details()[b"rows"]) + 1
                        snapshot_bytes = 0
                    rows.append(entry)
                    snapshot_bytes += len(line) + _SEAL_BYTES
                    if len(rows) == count:
                        start_seq = state.start_seq
                        state, whole = snapshots.restore(rows, Memory(self._plan_of)), True
                        state.start_seq = start_seq
            except (ValueError, KeyError):
                # Its sum is right and its fields are none, which is damage of another kind.
                self.damaged += 1
        self.next_seq = max(self.next_seq, self._unused_seq)
        self._bytes, self._snapshot_bytes = self._read_at, snapshot_bytes
        return state, whole

    def _lines_from(self, since: int, mark: "Mark | None" = None) -> "Iterator[bytes]":
        for place in range(len(self._firsts)):
            if place + 1 < len(self._firsts) and self._firsts[place + 1] <= since:
                continue
            for line in self._lines(place, mark):
                seq = _seq_of(line)
                if seq >= since:
                    since = seq + 1
                    yield line

    def _lines(self, place: int, mark: "Mark | None" = None) -> "Iterator[bytes]":
        """The lines of a segment that can be believed, all or from a mark in it on; numbers tell
        how many it lacks.
        """
        expected = self._read_first = self._firsts[place]
        end = 0
        if mark is not None and mark[1] == expected:
            expected, end = mark[0], mark[2]
        torn = torn_bytes = 0
        for _ in range(READS):
            try:
                with self._files.open(segment(self._firsts[place]), "rb") as file:
                    file.seek(end)
                    for raw in file:
                        self._read_at, end = end, end + len(raw)
                        line = record.believed(raw)
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
                break
            except OSError:
                self.unsteady = True
        else:
            # Of a flash that tells no names either it is not known what is there.
            self._files.names(LOG)
            # As good as one torn line, which may have been as long as the segment.
            torn += 1
            torn_bytes += SEGMENT_BYTES
            self._lacks = True
        self._read_at = end
        if place + 1 < len(self._firsts):
            torn = max(torn, self._firsts[place + 1] - expected)
        self.damaged += torn
        # The host may know what is torn, so its numbers are not given to other records.
        self._unused_seq = expected + torn_bytes // _SHORTEST_BYTES


def _blocks(size: int) -> int:
    return -(-size // BLOCK_BYTES)


def _seq_of(line: bytes) -> int:
    """The number of a record, 0 where it has none."""
    digits = line[: line.find(b" ")]
    return int(digits) if digits.isdigit() and len(digits) <= _SEQ_DIGITS else 0
