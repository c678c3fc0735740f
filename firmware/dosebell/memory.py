"""What the journal says so far: one `Past` a dose, folded from records.

The same fold runs live and at boot, so what the device believes after a power cut is what it
believed before. A snapshot is the fold written down (snapshots.py); what follows it is folded on
top.

Theory of operation
-------------------
An occurrence is named by its due, the instant at which it is first due. No clock, no zone and no
wording of a schedule changes that, so what is remembered of it holds whatever is pushed.

`done_s` of a dose says up to where it is looked after: what was due by then is finished, or was
never asked for, as what a new schedule finds behind it. `words` is the short list of what was
rung for or ended lately, newest first, each with how it stands: `taken`, `skipped`, `missed`,
`unknown` and `cancelled` are ended and are not asked for again; `ringing` and `waiting` are open,
though they may have been due before `done_s`, as after an undo. This one list says what may not
ring again after a push or a clock set back, what an undo finds, and what a day was like. Where
more than `KEPT` ended, what ended longest ago leaves it, unless it was due within two days of
now. An old dose that somebody notes afterwards ended at its time: it pushes out nothing newer.
"""

from dosebell import TYPE_CHECKING, const, record
from dosebell.plan import NEVER
from dosebell.record import CANCELLED, MISSED, RINGING, SKIPPED, TAKEN, UNKNOWN, Record

if TYPE_CHECKING:
    from dosebell.plan import Plan
    from dosebell.typed import Callable, Fields

# What is open and has not rung.
WAITING = "waiting"

# Doses that left the schedule are remembered too, so that one put back is not taken twice.
MAX_PASTS = 80
# At least so many of what ended are remembered, all of two days, and never more than the most.
KEPT = 16
_TWO_DAYS_MIN = const(2 * 1440)
_MOST = const(20)

# How an occurrence stands, as the lowest bits of its word; the rest are the minutes of its due.
# What stands before TAKEN is open.
_HOWS = (WAITING, RINGING, TAKEN, SKIPPED, MISSED, UNKNOWN, CANCELLED)
_HOW_BITS = const(3)
_HOW_MASK = const(7)
_OPEN = const(2)


class Past:
    """What is known of one dose. Instants are UTC seconds since 2000, None where there is none.

    What stands here costs no dose any memory before it is something else.
    """

    # What was due by then is finished or not asked for; None before there is a trusted clock.
    done_s: int | None = None
    # What was rung for or ended lately, newest first: see `note`.
    words: tuple[int, ...] = ()
    # The last meal that what rings has rung for.
    meal = 0
    intake_s: int | None = None
    # The intake before, for an undo.
    earlier_s: int | None = None
    stock: int | None = None
    # Half the gap of the schedule before after the last intake: from then on nothing is too soon.
    hold_s: int | None = None
    # When a dose that left the schedule is forgotten.
    until_s: int | None = None

    def how(self, due_s: int) -> str:
        """How the occurrence stands that was first due then; "" where it is not remembered."""
        word = self._word(due_s)
        return "" if word is None else _HOWS[word & _HOW_MASK]

    def _word(self, due_s: int) -> int | None:
        noted = due_s // 60 << _HOW_BITS
        # What comes next is later than all of them, mostly.
        if noted <= max(self.words or (0,)):
            for word in range(noted, noted + len(_HOWS)):
                if word in self.words:
                    return word
        return None

    def is_ended(self, due_s: int) -> bool:
        return self.how(due_s) not in ("", WAITING, RINGING)

    def remembered(self) -> "list[tuple[int, str]]":
        """(first due, how it stands) of what is remembered, the newest first."""
        return [((word >> _HOW_BITS) * 60, _HOWS[word & _HOW_MASK]) for word in self.words]

    def open_dues(self) -> list[int]:
        """The first dues of what is open, the earliest first."""
        words = sorted(self.words)
        return [(word >> _HOW_BITS) * 60 for word in words if word & _HOW_MASK < _OPEN]

    def note(self, due_s: int | None, how: str, is_corrected: bool = False) -> None:
        """Remember how an occurrence stands: as the newest, or by its due where it is put right.

        One whose due nobody knows any more is history, and nothing to remember.
        """
        if due_s is None:
            return
        words, before = list(self.words), self._word(due_s)
        if before is not None:
            words.remove(before)
        noted, place = due_s // 60 << _HOW_BITS | _HOWS.index(how), 0
        if is_corrected:
            place = max([n + 1 for n in range(len(words)) if words[n] > noted] + [0])
        words.insert(place, noted)
        self.words = tuple(words)

    def trim(self, now_s: int) -> None:
        """Where too many ended, forget those that ended longest ago and are far from now."""
        if len(self.words) <= KEPT:
            return
        now, room, words = now_s // 60, _MOST - KEPT, list(self.words)
        for word in [word for word in words if word & _HOW_MASK >= _OPEN][KEPT:]:
            if room and abs((word >> _HOW_BITS) - now) <= _TWO_DAYS_MIN:
                room -= 1
            else:
                words.remove(word)
        self.words = tuple(words)

    def end(self, due_s: int | None, how: str, is_corrected: bool = False) -> None:
        """The current occurrence, or one before it, ended so."""
        self.note(due_s, how, is_corrected)
        if self.done_s is not None and due_s is not None:
            self.done_s = max(self.done_s, due_s)


class Memory:
    """The fold of the whole journal: the pasts by dose id, and where the device stands."""

    def __init__(self, plan_of: "Callable[[str], Plan | None]" = lambda revision: None) -> None:
        # The schedule of a revision, where that is known: for records of 0.1.0.
        self.plan_of = plan_of
        self.pasts: dict[str, Past] = {}
        self.boot = 0
        self.revision = ""
        # The journal's own name.
        self.journal = ""
        # Up to here everything has been judged, as far as records tell.
        self.seen_s = 0
        # Windows that closed up to here without a record of their own are unknown.
        self.gap_s = self.gap_from_s = 0
        # When the schedule came that judges; None before the first.
        self.line_s: int | None = None
        # Another one came, and not all doses have gone over: it judges from then on. 0 where the
        # clock was unset; it is then when that is set.
        self.owed_s: int | None = None
        # The clock was set back to then, and some doses do not yet wait again for what that opens.
        self.back_s: int | None = None
        # The number of the record that says so, once it was read back.
        self.back_seq = 0
        # That of the last record with which a clock was set or a start knew the time.
        self.start_seq = 0
        # Whether a snapshot of that time was read.
        self.is_former = False

    def past(self, dose: str) -> Past:
        return self.pasts.setdefault(dose, Past())

    def past_under(self, dose: str) -> Past:
        """`past`, from now on under this very text: no equal one takes memory beside it."""
        past = self.pasts.pop(dose, None) or Past()
        self.pasts[dose] = past
        return past

    def apply(self, entry: Record) -> None:
        """Fold one record. Records of a snapshot are read by `journal` instead."""
        if entry.kind in _FOLDS:
            _FOLDS[entry.kind](self, entry, entry.details())
        elif entry.kind in _DOSE_FOLDS:
            found, past = entry.details(), self.past(entry.dose)
            if b"left" in found:
                past.stock = int(found[b"left"])
            _DOSE_FOLDS[entry.kind](past, entry, found, due_of(self, entry, found))
        if entry.utc is not None:
            self.seen_s = entry.utc
            if self.owed_s == 0:
                self.owed_s = entry.utc
        if entry.kind in record.TERMINAL:
            self.pasts[entry.dose].trim(self.seen_s)

    def forget(self, kept: "dict[str, int]") -> list[str]:
        """Forget doses not in `kept` whose time has come, and where there are too many, those
        taken longest ago. The ids of those that had no room.
        """
        gone = sorted(
            [(past.intake_s or 0, dose) for dose, past in self.pasts.items() if dose not in kept]
        )
        crowded = []
        for _, dose in gone:
            if (self.pasts[dose].until_s or NEVER) <= self.seen_s:
                del self.pasts[dose]
            elif len(self.pasts) > MAX_PASTS:
                del self.pasts[dose]
                crowded.append(dose)
        return crowded


def due_of(memory: Memory, entry: Record, found: "Fields") -> int | None:
    """The first due that a record names, None where that is not known any more."""
    if b"d" in found:
        return record.from_unix(found[b"d"])
    return None if entry.day is None else due_of_place(memory, entry.dose, entry.day, entry.slot)


def due_of_place(memory: Memory, dose_id: str, day: int, slot: int) -> int | None:
    """The first due of what release 0.1.0 names by date and slot, by the schedule in force."""
    plan = memory.plan_of(memory.revision)
    dose = plan.dose(dose_id) if plan is not None else None
    if plan is None or dose is None or not plan.has(dose, day, slot):
        return None
    return plan.dues(dose, day, slot)[0]


def _fold_boot(memory: Memory, entry: Record, found: "Fields") -> None:
    memory.boot = entry.boot
    if entry.utc is not None:
        memory.start_seq = entry.seq


def _fold_schedule(memory: Memory, entry: Record, found: "Fields") -> None:
    memory.revision = record.text(found.get(b"revision", b""))
    # The snapshot that comes with it says more, unless it is damaged.
    memory.owed_s = 0 if entry.utc is None else None
    memory.line_s = memory.line_s if entry.utc is None else entry.utc
    for past in memory.pasts.values():
        past.done_s = None


def _fold_clock(memory: Memory, entry: Record, found: "Fields") -> None:
    """What was ahead of the clock happened by now, whatever the clock said of it."""
    now_s = entry.utc or 0
    memory.start_seq = entry.seq
    if now_s < memory.seen_s:
        memory.back_s, memory.back_seq = now_s, entry.seq
    memory.gap_s = min(memory.gap_s, now_s)
    # The schedule came before what was swallowed since, so a second before, and after the rest.
    line_s = memory.line_s or 0
    for past in memory.pasts.values():
        if past.intake_s is not None:
            ahead_s = max(0, past.intake_s - now_s + (past.intake_s <= line_s))
            past.intake_s -= ahead_s
            if past.hold_s is not None:
                past.hold_s -= ahead_s
            # An undo may make it the last one.
            past.earlier_s = past.earlier_s and min(past.earlier_s, past.intake_s)
    if memory.line_s is not None:
        memory.line_s = min(line_s, now_s - 1)


def _fold_gap(memory: Memory, entry: Record, found: "Fields") -> None:
    memory.gap_s = record.from_unix(found[b"to"])
    memory.gap_from_s = record.from_unix(found[b"from"])


def _fold_ringing(past: Past, entry: Record, found: "Fields", due_s: int | None) -> None:
    past.meal = int(found.get(b"n", b"0"))
    past.note(due_s, RINGING)


def _fold_resting(past: Past, entry: Record, found: "Fields", due_s: int | None) -> None:
    if due_s is not None and not past.how(due_s):
        past.note(due_s, WAITING)


def _fold_taken(past: Past, entry: Record, found: "Fields", due_s: int | None) -> None:
    at_s = entry.intake_s(found)
    if past.intake_s is None or at_s > past.intake_s:
        past.earlier_s, past.intake_s = past.intake_s, at_s
    elif at_s > (past.earlier_s or 0):
        past.earlier_s = at_s
    past.end(due_s, TAKEN, b"was" in found)


def _fold_ended(past: Past, entry: Record, found: "Fields", due_s: int | None) -> None:
    if entry.kind == CANCELLED and found.get(b"why") != b"too-soon":
        # What a new schedule takes away may lie ahead of what that asks for.
        past.note(due_s, CANCELLED)
    else:
        past.end(due_s, entry.kind, b"was" in found)


def _fold_undone(past: Past, entry: Record, found: "Fields", due_s: int | None) -> None:
    if found.get(b"was") == b"taken":
        # An undo of an older intake leaves the last one what it is.
        at_s = entry.intake_s(found)
        if past.intake_s is not None and at_s >= past.intake_s:
            past.intake_s, past.earlier_s = past.earlier_s, None
        elif at_s == past.earlier_s:
            past.earlier_s = None
    # Inside its window it is open again, and where the clock was set back; else `missed` follows.
    if b"clock" in found and found.get(b"was") == b"missed":
        past.note(due_s, RINGING)
    elif b"open" in found or b"clock" in found:
        past.note(due_s, WAITING)


def _fold_stock(past: Past, entry: Record, found: "Fields", due_s: int | None) -> None:
    """What is left is told by `left`, whichever record has it."""


_FOLDS: "dict[str, Callable[[Memory, Record, Fields], None]]" = {
    record.BOOT: _fold_boot,
    record.CLOCK: _fold_clock,
    record.SCHEDULE: _fold_schedule,
    record.GAP: _fold_gap,
}
_DOSE_FOLDS: "dict[str, Callable[[Past, Record, Fields, int | None], None]]" = {
    RINGING: _fold_ringing,
    record.RESTING: _fold_resting,
    TAKEN: _fold_taken,
    SKIPPED: _fold_ended,
    MISSED: _fold_ended,
    UNKNOWN: _fold_ended,
    CANCELLED: _fold_ended,
    record.UNDONE: _fold_undone,
    record.STOCK: _fold_stock,
}
