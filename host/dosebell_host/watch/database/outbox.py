"""What of this laptop's history the database has not got yet, and the step that sends some of it.

The history is the outbox: nothing is written down twice. A cursor in each journal, as every sink
of a watcher has, is the number of the last line that the database has for good; it moves only
after that has been said there. So whatever ends this program, nothing is lost, and what was sent
in that moment is sent again, which the database knows by its key.

All lines go, from the beginning, snapshots among them: the database can then answer whatever this
laptop can. A journal that a box gives no id has no name that another laptop would know it by, so
it stays here until the box is upgraded.
"""

import hashlib
from collections.abc import Iterable, Iterator

from dosebell_host.history import records
from dosebell_host.history.records import JournalId, is_counted
from dosebell_host.history.store import History, KnownBox
from dosebell_host.history.untaken import lines_behind
from dosebell_host.ward.ward import Added, Batch, Ward, can_be_kept

_REVISION = "revision"
# So many lines are compared in one go.
_BLOCK = 1000


class Outbox:
    """What goes to one database; `gateway` is what this machine is called there, and `sink` the
    name of the sink, the same at every start.
    """

    def __init__(self, history: History, sink: str, gateway: str) -> None:
        self._history = history
        self._cursor = cursor_name(sink)
        self._gateway = gateway
        # What was last said of each box beside its lines.
        self._said: dict[str, str] = {}

    def look_back(self, device_id: str) -> None:
        """Lines may have come under numbers that were sent before."""
        self._history.cursors.rewind(self._cursor, device_id)

    def has_lost(self, ward: Ward, device_id: str) -> bool:
        """Whether the database has less of a box than it took, as one that was put back from a
        backup, or that acknowledges what it may still lose; what it has less of begins anew.
        """
        # What came meanwhile under numbers that were sent before is not lost: it was not sent yet.
        self.look_back(device_id)
        has_lost = False
        for journal, seq in self._history.cursors.of(self._cursor, device_id).items():
            if is_less(ward.history, self._history, device_id, journal, seq):
                self._history.cursors.move(self._cursor, device_id, journal, -1)
                self._said.pop(device_id, None)
                has_lost = True
        return has_lost

    def send_next(self, ward: Ward, device_id: str) -> Added | None:
        """Send the next batch of a box; what became of it, None where there is nothing to send.

        Raises `UserError` where the database does not take it: then it is sent again.
        """
        batch = next_batch(self._history, self._cursor, device_id, self._gateway)
        if batch is None:
            return self._send_box(ward, device_id)
        added = ward.add(batch)
        last_seq = batch.lines[-1][0]
        self._history.cursors.move(self._cursor, device_id, batch.journal, last_seq)
        return added

    def _send_box(self, ward: Ward, device_id: str) -> Added | None:
        """A schedule may come later than the record that speaks of it, and so may a name."""
        batch = bare_batch(self._history, device_id, self._gateway)
        if batch is None or self._said.get(device_id) == _digest(batch):
            return None
        added = ward.add(batch)
        self._said[device_id] = _digest(batch)
        return added


def is_less(kept: History, sent: History, device_id: str, journal: JournalId, seq: int) -> bool:
    """Whether one history lacks a line of a journal up to that number that another has. Each line
    is asked for: how many there are says nothing where others brought what this one never had.
    """
    which = device_id, journal
    for span in _blocks(sent, device_id, journal, seq):
        missing = {*sent.lines_between(*which, *span)} - {*kept.lines_between(*which, *span)}
        if any(can_be_kept(*each) for each in missing):
            return True
    return False


def _blocks(
    history: History, device_id: str, journal: JournalId, seq: int
) -> Iterator[tuple[int, int]]:
    """The first and the last number of each block of a journal up to that number: the newest one
    first, for that is what a database that was killed may lose.
    """
    yield max(0, seq - _BLOCK), seq
    last = -1
    while block := history.lines_behind(device_id, journal, last, _BLOCK):
        first, last = block[0][0], min(block[-1][0], seq)
        if first > seq:
            return
        yield first, last


def cursor_name(sink: str) -> str:
    """Whose cursors those of the outbox are: the watcher moves the ones of the sink itself."""
    return f"{sink} outbox"


def is_left_out(history: History, device_id: str) -> bool:
    """Whether a box has a journal that only this laptop knows by its name."""
    return any(map(is_counted, history.journals.of(device_id)))


def next_batch(history: History, cursor: str, device_id: str, gateway: str) -> Batch | None:
    """The next lines of a box that stand behind the cursors of that name, all of one journal; None
    where none do.
    """
    box = _box(history, device_id)
    if box is None:
        return None
    cursors = history.cursors.of(cursor, device_id)
    for journal in _named(history, device_id):
        if lines := lines_behind(history, device_id, journal, cursors.get(journal, -1)):
            return _batch(history, box, gateway, journal, lines)
    return None


def bare_batch(history: History, device_id: str, gateway: str) -> Batch | None:
    """What is known of a box beside its lines; None of one that has no journal to send."""
    box, journals = _box(history, device_id), _named(history, device_id)
    return _batch(history, box, gateway, journals[-1], []) if box and journals else None


def _batch(
    history: History,
    box: KnownBox,
    gateway: str,
    journal: JournalId,
    lines: list[tuple[int, str]],
) -> Batch:
    found = {
        revision: history.schedule(revision)
        for revision in {box.revision, *_revisions(line for _, line in lines)}
    }
    return Batch(
        box.device_id,
        box.usb_serial,
        box.board,
        box.revision,
        gateway,
        journal,
        tuple(lines),
        {revision: said for revision, said in sorted(found.items()) if said},
        history.names().get(box.device_id, ""),
        box.seen_at,
    )


def _box(history: History, device_id: str) -> KnownBox | None:
    return next((box for box in history.boxes() if box.device_id == device_id), None)


def _named(history: History, device_id: str) -> list[JournalId]:
    return [journal for journal in history.journals.of(device_id) if not is_counted(journal)]


def _revisions(lines: Iterable[str]) -> set[str]:
    """The schedules that these lines speak of."""
    found = set()
    for line in lines:
        if _REVISION in line and records.is_record(line):
            found.add(records.parse(line, records.FIRST_JOURNAL).detail.get(_REVISION, ""))
    return found


def _digest(batch: Batch) -> str:
    """What tells two of a box apart: not when it was seen."""
    said = repr((batch.revision, batch.usb_serial, batch.journal, batch.name, batch.schedules))
    return hashlib.sha256(said.encode()).hexdigest()
