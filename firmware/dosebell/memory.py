"""What the journal says so far: one `Past` a dose, folded from records.

The same fold runs live and at boot, so what the device believes after a power cut is what it
believed before. A snapshot is the fold written down; what follows it is folded on top.
"""

from dosebell import record
from dosebell.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

# Doses that left the schedule are remembered too, so that one put back is not taken twice.
MAX_PASTS = 80
MAX_AHEAD = 16

# Kinds as the `was` of a detail gives them.
_TAKEN = record.TAKEN.encode()
_UNANSWERED = (record.MISSED.encode(), record.UNKNOWN.encode())


class Past:
    """What is known of one dose. Instants are UTC seconds since 2000, None where there is none.

    What stands here costs no dose any memory before it is something else.
    """

    # Every occurrence before (from_day, from_slot) is finished.
    from_day: int | None = None
    from_slot = 0
    # Nothing due before this instant is reminded of: when the dose was new or changed.
    since_s: int | None = None
    # The last occurrence that a person answered, taken or skipped: no edit asks for it again.
    answered: tuple[int, int] | None = None
    # The last window that rang: (day, slot, meal).
    rang: tuple[int, int, int] | None = None
    intake_s: int | None = None
    # The intake before, for an undo.
    earlier_s: int | None = None
    stock: int | None = None
    # Finished occurrences that lie ahead, as a clock set back leaves them: (day, slot).
    ahead: tuple[tuple[int, int], ...] = ()
    taken_day: int | None = None
    missed_day: int | None = None
    missed_count = 0

    def finish(self, day: int, slot: int) -> None:
        if self.from_day is None or (self.from_day, self.from_slot) <= (day, slot):
            self.from_day = day
            self.from_slot = slot + 1
        # Only what still lies ahead needs remembering one by one.
        if self.ahead:
            self.ahead = tuple([place for place in self.ahead if place > (day, slot)])

    def answer(self, day: int, slot: int) -> None:
        if self.answered is None or self.answered < (day, slot):
            self.answered = (day, slot)
        self.finish(day, slot)

    def restart(self, since_s: int | None) -> None:
        """The dose is new or its times changed: what a person answered stays answered."""
        self.since_s = since_s
        self.rang = None
        self.from_day, self.from_slot = None, 0
        if self.answered is not None:
            self.finish(self.answered[0], self.answered[1])

    def reopen(self, day: int, slot: int) -> None:
        if self.from_day is None or (day, slot) < (self.from_day, self.from_slot):
            self.from_day, self.from_slot = day, slot
        if self.rang is not None and self.rang[:2] == (day, slot):
            self.rang = None
        self.ahead = tuple([place for place in self.ahead if place != (day, slot)])
        if self.answered == (day, slot):
            self.answered = None

    def detail(self) -> str:
        """The row of a snapshot as the detail of a record; `load` reads it back."""
        pairs = []
        for key, value in (
            ("since", _instant(self.since_s)),
            ("answered", "/".join([str(part) for part in self.answered or ()])),
            ("rang", "/".join([str(part) for part in self.rang or ()])),
            ("intake", _instant(self.intake_s)),
            ("earlier", _instant(self.earlier_s)),
            ("stock", "" if self.stock is None else str(self.stock)),
            ("ahead", "+".join(["%d/%d" % place for place in self.ahead])),
            ("taken", "" if self.taken_day is None else str(self.taken_day)),
            ("missed", "%d/%d" % (self.missed_day or 0, self.missed_count)),
        ):
            if value and value != "0/0":
                pairs.append(key + "=" + value)
        return ",".join(pairs)

    def load(self, snapshot: Record) -> None:
        found = snapshot.details()
        self.from_day = snapshot.day
        self.from_slot = snapshot.slot
        if b"since" in found:
            self.since_s = record.from_unix(found[b"since"])
        if b"intake" in found:
            self.intake_s = record.from_unix(found[b"intake"])
        if b"earlier" in found:
            self.earlier_s = record.from_unix(found[b"earlier"])
        if b"stock" in found:
            self.stock = int(found[b"stock"])
        if b"taken" in found:
            self.taken_day = int(found[b"taken"])
        if b"answered" in found:
            self.answered = _place_in(found[b"answered"])
        if b"rang" in found:
            day, slot, meal = found[b"rang"].split(b"/")
            self.rang = (int(day), int(slot), int(meal))
        if b"missed" in found:
            self.missed_day, self.missed_count = _place_in(found[b"missed"])
        if b"ahead" in found:
            self.ahead = tuple([_place_in(place) for place in found[b"ahead"].split(b"+")])


class Memory:
    """The fold of the whole journal: the pasts by dose id, and where the device stands."""

    def __init__(self) -> None:
        self.pasts: dict[str, Past] = {}
        self.boot = 0
        self.revision = ""
        # Up to here everything has been judged, as far as records tell.
        self.seen_s = 0
        # Windows that closed up to here without a record of their own are unknown.
        self.gap_s = 0

    def past(self, dose: str) -> Past:
        if dose not in self.pasts:
            self.pasts[dose] = Past()
        return self.pasts[dose]

    def apply(self, entry: Record) -> None:
        """Fold one record. Records of a snapshot are read by `journal` instead."""
        if entry.utc is not None:
            self.seen_s = entry.utc
        handler = _FOLDS.get(entry.kind)
        if handler is not None:
            handler(self, entry)

    def forget_long_gone(self, kept: list[str]) -> None:
        """Bound the memory: of the doses not in `kept`, those taken longest ago go first."""
        gone = [
            (past.intake_s or 0, dose) for dose, past in self.pasts.items() if dose not in kept
        ]
        for _, dose in sorted(gone)[: max(0, len(self.pasts) - MAX_PASTS)]:
            del self.pasts[dose]


def _fold_boot(memory: Memory, entry: Record) -> None:
    memory.boot = entry.boot


def _fold_schedule(memory: Memory, entry: Record) -> None:
    memory.revision = record.text(entry.details().get(b"revision", b""))


def _fold_gap(memory: Memory, entry: Record) -> None:
    memory.gap_s = record.from_unix(entry.details()[b"to"])


def _fold_ringing(memory: Memory, entry: Record) -> None:
    meal = int(entry.details().get(b"n", b"0"))
    memory.past(entry.dose).rang = (_day(entry), entry.slot, meal)


def _fold_taken(memory: Memory, entry: Record) -> None:
    past, found = memory.past(entry.dose), entry.details()
    day, at_s = _day(entry), entry.intake_s()
    if past.intake_s is None or at_s > past.intake_s:
        past.earlier_s, past.intake_s = past.intake_s, at_s
    _fold_left(past, found)
    _correct_missed(past, day, found)
    past.taken_day = max(past.taken_day or day, day)
    past.answer(day, entry.slot)


def _fold_skipped(memory: Memory, entry: Record) -> None:
    past = memory.past(entry.dose)
    _correct_missed(past, _day(entry), entry.details())
    past.answer(_day(entry), entry.slot)


def _fold_missed(memory: Memory, entry: Record) -> None:
    past, day = memory.past(entry.dose), _day(entry)
    if past.missed_day is None or past.missed_day < day:
        past.missed_day, past.missed_count = day, 0
    if past.missed_day == day:
        past.missed_count += 1
    past.finish(day, entry.slot)


def _fold_cancelled(memory: Memory, entry: Record) -> None:
    memory.past(entry.dose).finish(_day(entry), entry.slot)


def _fold_undone(memory: Memory, entry: Record) -> None:
    past, found = memory.past(entry.dose), entry.details()
    _fold_left(past, found)
    if found.get(b"was") == _TAKEN:
        _forget_intake(past, entry.intake_s())
        if past.taken_day == entry.day:
            past.taken_day = None
    _correct_missed(past, _day(entry), found)
    # Inside its window an undone occurrence is open again; after it a `missed` follows.
    if b"open" in found:
        past.reopen(_day(entry), entry.slot)


def _forget_intake(past: Past, at_s: int) -> None:
    """An undo of an older intake leaves the last one what it is."""
    if past.intake_s is not None and at_s >= past.intake_s:
        past.intake_s, past.earlier_s = past.earlier_s, None
    elif at_s == past.earlier_s:
        past.earlier_s = None


def _fold_stock(memory: Memory, entry: Record) -> None:
    _fold_left(memory.past(entry.dose), entry.details())


def _fold_left(past: Past, found: dict[bytes, bytes]) -> None:
    if b"left" in found:
        past.stock = int(found[b"left"])


def _correct_missed(past: Past, day: int, found: dict[bytes, bytes]) -> None:
    was_missed = found.get(b"was") in _UNANSWERED
    if was_missed and past.missed_day == day and past.missed_count > 0:
        past.missed_count -= 1


def _day(entry: Record) -> int:
    if entry.day is None:
        raise ValueError("record without a date")
    return entry.day


def _instant(utc_s: int | None) -> str:
    return "" if utc_s is None else record.unix(utc_s)


def _place_in(text: bytes) -> tuple[int, int]:
    day, _, slot = text.partition(b"/")
    return int(day), int(slot)


_FOLDS: "dict[str, Callable[[Memory, Record], None]]" = {
    record.BOOT: _fold_boot,
    record.SCHEDULE: _fold_schedule,
    record.GAP: _fold_gap,
    record.RINGING: _fold_ringing,
    record.TAKEN: _fold_taken,
    record.SKIPPED: _fold_skipped,
    record.MISSED: _fold_missed,
    record.UNKNOWN: _fold_missed,
    record.CANCELLED: _fold_cancelled,
    record.UNDONE: _fold_undone,
    record.STOCK: _fold_stock,
}


def snapshot(memory: Memory) -> list[Record]:
    """The fold as records: a head that counts the rows, then one row a dose."""
    head = Record(record.SNAPSHOT)
    head.detail = "rows=%d,boot=%d,revision=%s,seen=%s,gap=%s" % (
        len(memory.pasts),
        memory.boot,
        memory.revision or "-",
        record.unix(memory.seen_s),
        record.unix(memory.gap_s),
    )
    rows = [head]
    for dose in sorted(memory.pasts):
        past = memory.pasts[dose]
        rows.append(Record(record.SNAPSHOT, dose, past.from_day, past.from_slot, past.detail()))
    return rows


def restore(rows: list[Record]) -> Memory:
    """The memory that `snapshot` wrote. Raises ValueError or KeyError where it is not whole."""
    found = rows[0].details()
    if len(rows) != int(found[b"rows"]) + 1:
        raise ValueError("snapshot")
    memory = Memory()
    memory.boot = int(found[b"boot"])
    memory.revision = record.text(found[b"revision"])
    memory.seen_s = record.from_unix(found[b"seen"])
    memory.gap_s = record.from_unix(found[b"gap"])
    for row in rows[1:]:
        memory.past(row.dose).load(row)
    return memory
