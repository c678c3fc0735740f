"""The records of all boxes of a ward, as the machines that they are plugged into bring them.

Whatever comes, in any order, twice or in part, ends in the same rows: a record is named by its
box, its journal and its number, an equal one is nothing, and another one under one name is kept
beside it. One program at a time changes what is kept of a box.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dosebell import record
from dosebell_host import __version__
from dosebell_host.errors import UserError
from dosebell_host.history import records
from dosebell_host.history.records import Entry, JournalId, is_counted
from dosebell_host.history.store import History
from dosebell_host.schedule.lines import is_of
from dosebell_host.talk import Progress, no_progress
from dosebell_host.ward.gateways import Gateways
from dosebell_host.ward.outcomes_of import ALL, Touched, touched_by, write_outcomes
from dosebell_host.ward.tables import WardTables

# No box numbers so far, and none writes so much in a line; a database has its limits beyond.
_SEQ_END = 1 << 62
_LONGEST_BYTES = 2000

_NEW_RECORD = (
    "INSERT INTO records (device_id, era, seq, line, usb_serial, gateway, came_s)"
    " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
)
_MET = (
    "INSERT INTO boxes VALUES (?, ?, ?, ?, ?) ON CONFLICT (device_id) DO UPDATE SET"
    " board = excluded.board, usb_serial = excluded.usb_serial, revision = excluded.revision,"
    " seen_at = excluded.seen_at WHERE (excluded.seen_at, excluded.revision, excluded.usb_serial)"
    " > (boxes.seen_at, boxes.revision, boxes.usb_serial)"
)
# So that it does not matter who brings which zone table first.
_SCHEDULE = (
    "INSERT INTO schedules VALUES (?, ?) ON CONFLICT (revision) DO UPDATE SET"
    " lines = excluded.lines WHERE excluded.lines > schedules.lines"
)
_USED = "SELECT revision FROM used WHERE device_id = ?"
_STALE = (
    "INSERT INTO stale SELECT device_id FROM used WHERE revision = ? AND device_id <> ?"
    " ON CONFLICT DO NOTHING"
)
_COMPUTED = (
    "INSERT INTO computed SELECT ?, ?, ?, COUNT(*) FROM records WHERE device_id = ?"
    " ON CONFLICT (device_id) DO UPDATE SET"
    " dosebell = excluded.dosebell, at_s = excluded.at_s, entries = excluded.entries"
)

# A record and its number.
Numbered = tuple[int, str]


def _box(device_id: str) -> str:
    return f"box {device_id}"


class Batch(NamedTuple):
    """Records of one journal that a gateway brings, each with its number, and the schedules that
    they speak of. `seen_s` is when the box was last seen there, in Unix seconds.
    """

    device_id: str
    usb_serial: str
    board: str
    revision: str
    gateway: str
    journal: JournalId
    lines: tuple[tuple[int, str], ...]
    schedules: dict[str, list[str]]
    # What a person calls the box there; "" for nothing.
    name: str
    seen_s: float


class Added(NamedTuple):
    """What came of a batch: how many of its records are new, and how many were there."""

    new: int
    known: int
    # New ones under a number that another record of the journal has, as of a copied flash.
    other: tuple[str, ...]


class Ward:
    """The tables of a ward; `now` is Unix seconds by this machine's clock."""

    def __init__(self, tables: WardTables, now: Callable[[], float]) -> None:
        self.tables = tables
        self.history = History(tables)
        self.gateways = Gateways(tables, now)
        self._now = now

    def close(self) -> None:
        self.tables.close()

    def add(self, batch: Batch) -> Added:
        """Keep what is new in a batch, and judge the doses anew that it speaks of.

        Raises `UserError` for the journal of a box that has no id for it.
        """
        if is_counted(batch.journal):
            raise UserError(
                f"the box {batch.device_id} has no id for its journal, so a ward can't keep it",
                fix="`dosebell flash` first",
                code="no-journal-id",
            )
        with self.tables.alone_with(_box(batch.device_id)):
            added = self._add(batch)
        self.judge_stale()
        return added

    def judge_stale(self, progress: Progress = no_progress) -> None:
        """Judge anew the boxes that something else than their own records changed."""
        stale = self.tables.rows("SELECT device_id FROM stale ORDER BY device_id")
        for done, row in enumerate(stale, 1):
            self._refresh(str(row[0]))
            progress(done, len(stale))

    def rebuild(self, progress: Progress = no_progress) -> int:
        """Judge everything anew, box by box; how many boxes there are."""
        boxes = [str(row[0]) for row in self.tables.rows("SELECT device_id FROM boxes ORDER BY 1")]
        for done, device_id in enumerate(boxes, 1):
            with self.tables.alone_with(_box(device_id)):
                self._order_journals(device_id)
                self._judge(device_id, ALL)
            progress(done, len(boxes))
        return len(boxes)

    def _refresh(self, device_id: str) -> None:
        """Judge a box anew that reads by a schedule which another one brought, or of which a
        newer release keeps more.
        """
        with self.tables.alone_with(_box(device_id)):
            if self._is_stale(device_id):
                self._judge(device_id, ALL)

    # All below is done alone with the box.

    def _add(self, batch: Batch) -> Added:
        device_id, journal = batch.device_id, batch.journal
        before = self.history.journals.of(device_id)
        last_seq = self.history.last_seq(device_id, journal)
        new, kept = self._told_apart(batch)
        self._keep(batch, new)
        entries = [records.parse(line, journal) for _, line in new]
        is_read_anew = self._keep_schedules(batch, entries)
        after = self._order_journals(device_id)
        is_at_end = (
            after[-1] == journal
            and after[: len(before)] == before
            and all(seq > (-1 if last_seq is None else last_seq) for seq, _ in new)
        )
        if is_read_anew or not is_at_end or self._is_stale(device_id):
            self._judge(device_id, ALL)
        elif entries:
            self._judge(device_id, touched_by(entries))
        known = kept.intersection(batch.lines)
        return Added(len(new), len(known), tuple(_others(new, kept)))

    def _told_apart(self, batch: Batch) -> tuple[list[Numbered], set[Numbered]]:
        """The records of the batch that are new, and what is kept from its first number to its
        last.
        """
        lines = [each for each in dict.fromkeys(batch.lines) if can_be_kept(*each)]
        if not lines:
            return [], set()
        numbers = [seq for seq, _ in lines]
        span = min(numbers), max(numbers)
        kept = set(self.history.lines_between(batch.device_id, batch.journal, *span))
        return [each for each in lines if each not in kept], kept

    def _keep(self, batch: Batch, new: list[Numbered]) -> None:
        device_id, gateway, now_s = batch.device_id, batch.gateway, int(self._now())
        era = self.history.journals.begin(device_id, batch.journal)
        self.tables.write(
            _NEW_RECORD,
            [(device_id, era, *each, batch.usb_serial, gateway, now_s) for each in new],
        )
        met = (device_id, batch.board, batch.usb_serial, batch.revision, float(batch.seen_s))
        self.tables.write(_MET, [met])
        if batch.name:
            self.history.name_box(device_id, batch.name)

    def _keep_schedules(self, batch: Batch, entries: list[Entry]) -> bool:
        """Keep the schedules of the batch; whether records of before are read by another one."""
        named = {
            entry.detail["revision"]
            for entry in entries
            if entry.kind in (record.SCHEDULE, record.SNAPSHOT) and "revision" in entry.detail
        }
        used = {str(row[0]) for row in self.tables.rows(_USED, batch.device_id)}
        said = {
            revision: "\n".join(lines)
            for revision, lines in sorted(batch.schedules.items())
            if is_of(revision, lines)
        }
        if named <= used and not self._newer(said):
            return False
        # A box that begins to read by a schedule, and one that brings another zone table for it,
        # would not see each other's rows.
        with self.tables.alone_with("schedules"):
            new_uses = sorted((revision, batch.device_id) for revision in named - used)
            self.tables.write("INSERT INTO used VALUES (?, ?)", new_uses)
            newer = self._newer(said)
            self.tables.write(_SCHEDULE, [(revision, said[revision]) for revision in newer])
            self.tables.write(_STALE, [(revision, batch.device_id) for revision in newer])
        return not used.isdisjoint(newer)

    def _newer(self, said: dict[str, str]) -> list[str]:
        """The schedules that are kept nowhere, or, for their zone table, are not these."""
        kept = {revision: self.history.schedule(revision) for revision in said}
        return [
            revision
            for revision, text in said.items()
            if (lines := kept[revision]) is None or "\n".join(lines) < text
        ]

    def _order_journals(self, device_id: str) -> list[JournalId]:
        """The journals of a box by the last word in each, whoever brought which first."""
        journals = self.history.journals.of(device_id)
        if len(journals) == 1:
            return journals
        words = {each: self.history.last_word_s(device_id, each) for each in journals}
        ordered = sorted(journals, key=lambda each: (words[each] or 0, each))
        if ordered != journals:
            places = [(place, device_id, each) for place, each in enumerate(ordered)]
            self.tables.write(
                "UPDATE journals SET place = ? WHERE device_id = ? AND journal = ?", places
            )
        return ordered

    def _judge(self, device_id: str, of: Touched) -> None:
        write_outcomes(self.tables, self.history, device_id, of)
        if of == ALL:
            self.tables.write("DELETE FROM stale WHERE device_id = ?", [(device_id,)])
        self.tables.write(_COMPUTED, [(device_id, __version__, int(self._now()), device_id)])

    def _is_stale(self, device_id: str) -> bool:
        return bool(self.tables.rows("SELECT 1 FROM stale WHERE device_id = ?", device_id))


def can_be_kept(seq: int, line: str) -> bool:
    """Whether it is a record of that number, and a database can hold it."""
    if "\0" in line or not 0 <= seq < _SEQ_END or not records.is_record(line):
        return False
    return int(line.partition(" ")[0]) == seq and len(line.encode()) <= _LONGEST_BYTES


def _others(new: list[Numbered], kept: set[Numbered]) -> Iterator[str]:
    """Those of the new ones whose number another record has."""
    numbers = {seq for seq, _ in kept}
    for seq, line in new:
        if seq in numbers:
            yield line
        numbers.add(seq)
