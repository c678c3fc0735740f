"""The box without its light, sound and button: clock, schedule, reminder and journal together.

Every change goes the same way: the reminder states records, they are folded into the memory, and
`write` appends them. What can't be written is kept and tried again, so a full or failing flash
silences no reminder and forgets no intake.
"""

import binascii

from dosebell import TYPE_CHECKING, adopt, catchup, clock, const, record, schedule, snapshots
from dosebell.battery import Battery
from dosebell.clock import Clock
from dosebell.journal import Journal
from dosebell.memory import Memory
from dosebell.plan import NEVER, Plan, Window
from dosebell.presses import placed_at
from dosebell.record import Record
from dosebell.reminder import MAX_JUDGED, Reminder
from dosebell.store import READS, Files, Store

if TYPE_CHECKING:
    from dosebell.hardware import Board
    from dosebell.typed import Callable, Iterator

# A step of the clock smaller than this is no event.
_QUIET_STEP_S = const(2)
# Records that wait for a flash that fails, and how often it is tried again.
MAX_UNSAVED = 128
RETRY_S = 60
# So many records of a new schedule are written at once; what is cut off between is drawn anew.
_MOST_OWED = const(64)
# A full segment gets no successor before so long, so that no press waits for a snapshot.
_SEGMENT_WAIT_S = const(5)
# How often the last-seen time is noted while nothing happens, and how often a battery clock is
# looked for while there is none.
_NOTE_TIME_S = const(3600)
_SEEK_TIME_S = const(10)
MAX_PRESSES = 16


class Box:
    """What the device knows and keeps."""

    def __init__(self, board: "Board", files: Files) -> None:
        self.board = board
        self.clock = Clock()
        self.battery = Battery(board)
        self.store = Store(files)
        self.journal = Journal(files)
        self.memory = Memory()
        self.reminder = Reminder(Plan(), self.memory)
        self.faults: list[str] = []
        self.device_id = ""
        self.revision = ""
        self.unsaved: list[Record] = []
        # How many of a kind were dropped from there, as the next fault tells.
        self._dropped: dict[str, int] = {}
        # Whether the next write is to come with a snapshot: the records alone do not say it all.
        self._owes_snapshot = False
        # What is left to do of a push or of setting the clock: each piece in a pass of its own.
        self.owed: list[Callable[[], object]] = []
        # Whether not all is judged yet that passed before the clock was set, and whether the line
        # of a new schedule is being drawn.
        self._is_behind = self._draws_line = False
        # Uptime at which the next segment of the journal is begun.
        self.segment_s = NEVER
        self.retry_s = self.note_s = 0
        # Uptimes of presses made while the clock was unset.
        self.early_presses: list[int] = []

    def start(self) -> None:
        """Read what is on flash and begin: the clock, the journal, the schedule. To judge what
        passed is owed.
        """
        # First of all, so that the board can count what a start takes.
        rtc_s = self.battery.read_s()
        named = self.store.read("device_id")
        self.device_id = named[0] if named else self._new_name(8)
        self.memory = self._recall()
        self.memory.boot += 1
        self._name_journal()
        since_s, judged_s = self._until()
        if self.memory.back_s is not None:
            self.memory.back_s = since_s
        trust, now_s = clock.ladder(rtc_s, self.board.kept_s(), since_s)
        why = "why=%s,board=%s" % (self.board.reset_cause(), self.board.name)
        # Before the clock is set: where a schedule comes in force here, the one before has yet to
        # judge what passed.
        entries = [Record(record.BOOT, detail=why)] + self._load_schedule()
        self._owes_snapshot = len(entries) > 1 or self.memory.is_former
        if trust != clock.UNSET:
            self.clock.set(now_s, 0, trust)
            self._arrive(judged_s)
        self.write(entries)
        self._report_damage()
        crash = self.store.take_crash()
        if crash is not None:
            self.fault("crash", "type=" + crash)
        # Two copies, so that no damage makes this another box.
        if "device_id" in self.store.damaged or self.store.read_old("device_id") is None:
            self._try(self.store.write, "device_id", [self.device_id])
        self.note_time()

    @property
    def judges(self) -> bool:
        """Whether it knows the time, and has judged what passed before."""
        return self.clock.trusted and not self._is_behind

    @property
    def owes_write(self) -> bool:
        """Whether records wait to be written, or a snapshot that says what they do not."""
        return bool(self.unsaved) or self._owes_snapshot

    def write(self, entries: list[Record]) -> bool:
        """Stamp and append the records in one go; False where the flash would not take them."""
        self._stamp(entries)
        entries = self.unsaved + entries
        if not entries and not self._owes_snapshot:
            return True
        try:
            self.journal.append(entries, self._rows, self._owes_snapshot)
        except OSError:
            self.unsaved, gone = record.spared(entries, MAX_UNSAVED)
            for kind in gone:
                self._dropped[kind] = self._dropped.get(kind, 0) + 1
                # The records alone do not say any more what the memory holds.
                self._owes_snapshot = True
            self.retry_s = self.clock.uptime_s + RETRY_S
            self._note_fault("flash")
            return False
        self.unsaved, self._owes_snapshot = [], False
        if not self.journal.is_full:
            self.segment_s = NEVER
        elif self.segment_s == NEVER:
            self.segment_s = self.clock.uptime_s + _SEGMENT_WAIT_S
        if self._dropped:
            dropped, self._dropped = self._dropped, {}
            counts = ["%s=%d" % (kind, dropped[kind]) for kind in sorted(dropped)]
            self.fault("unsaved", ",".join(counts))
        return True

    def owe(self, entries: list[Record]) -> None:
        """Keep the records for the next write, which is due at once, and comes with a snapshot."""
        self._stamp(entries)
        self.unsaved += entries
        self._owes_snapshot, self.retry_s = True, 0

    def _stamp(self, entries: list[Record]) -> None:
        for entry in entries:
            entry.boot, entry.trust = self.memory.boot, self.clock.trust
            if self.clock.trusted:
                entry.utc = self.memory.seen_s = self.clock.now_s

    def begin_segment(self) -> None:
        """Begin the next segment of the journal, while nobody waits for an answer.

        Not by a snapshot of what waits to be written: a power cut would leave that without its
        records.
        """
        is_begun = not self.unsaved and self._try(self.journal.begin, self._rows, [])
        self.segment_s = NEVER if is_begun else self.clock.uptime_s + RETRY_S

    def _rows(self) -> list[Record]:
        """The snapshot of now; what need not be remembered any more is not in it."""
        if not self._is_behind:
            self.memory.forget(self.reminder.plan.places)
        return snapshots.snapshot(self.memory, self.reminder)

    def last_of(self, dose: str, window: Window) -> Record | None:
        """The last record of an occurrence, also one that the flash would not take yet."""
        due = b"d=" + record.unix(window.dues[0]).encode()
        for entry in reversed(self.unsaved):
            if entry.dose == dose and entry.detail.encode().split(b",")[0] == due:
                return entry
        return self.journal.last_of(dose, window)

    def search_on(self) -> None:
        """Go on with a search of the journal; what can't be read is no part of it."""
        self._try(self.journal.search_on)

    def fault(self, what: str, detail: str = "") -> None:
        """Record a fault and keep it for `status`."""
        self._note_fault(what)
        said = "what=" + what
        self.write([Record(record.FAULT, detail=said + "," + detail if detail else said)])

    def set_clock(self, utc_s: int, utc_ms: int, trust: str) -> int:
        """Set the time, catch up or withdraw; the step in seconds, 0 where it was unset."""
        was_trust = self.clock.trust
        step_s = utc_s - self.clock.now_s if self.clock.trusted else 0
        # A box that was unset may have lived ahead of the time as well.
        since_s = self.clock.now_s if self.clock.trusted else self._until()[1]
        is_step = was_trust != trust or abs(step_s) >= _QUIET_STEP_S
        entry = Record(record.CLOCK, detail="step_s=%d,was=%s" % (step_s, was_trust))
        entry.utc = utc_s
        if is_step:
            self.memory.apply(entry)
        self.clock.set(utc_s, utc_ms, trust)
        is_kept = trust != clock.HOST or self.battery.set(utc_s, utc_ms)
        if is_step:
            self._arrive(min(since_s, utc_s))
            self.write([entry])
        # Behind the record of the step, which is measured by the time of the record before.
        if not is_kept:
            self.fault("battery-clock", "set=0")
        return step_s

    def note_time(self) -> None:
        """Note the last-seen time, the lower bound for a clock after the next power cut. Up to
        then all is judged, and that is on flash.
        """
        self.note_s = self.clock.uptime_s + (_NOTE_TIME_S if self.clock.trusted else _SEEK_TIME_S)
        if self.judges and not self.unsaved:
            seen = [record.unix(self.clock.now_s), "%d" % self.journal.next_seq]
            self._try(self.store.overwrite, "seen", seen)

    def hourly(self) -> None:
        """Note the time, and ask the battery clock: for the time, or whether it still agrees."""
        self.note_time()
        self._report_damage()
        if not self.clock.trusted:
            rtc_s = self.battery.read_s()
            # What was seen last is read from flash.
            if rtc_s is not None and clock.ladder(rtc_s, None, self._until()[0])[1]:
                self.set_clock(rtc_s, 0, clock.RTC)
        else:
            fault = self.battery.lead(self.clock)
            if fault and "battery-clock" not in self.faults:
                self.fault("battery-clock", fault)

    def adopt(self, plan: Plan, revision: str) -> list[Record]:
        """Let a schedule judge that the store already holds: from now on, or where the box has no
        clock from when that is set. The first records of that, to be written with a snapshot.
        """
        old = self.reminder
        self.reminder, entries = adopt.adopt(old, plan, revision)
        self.revision = revision
        if self.clock.trusted:
            self._arrive(self.clock.now_s, old)
            return entries
        return entries + self._forgotten()

    def _forgotten(self) -> list[Record]:
        """Forget the doses for which there is no room; a fault names each."""
        gone = self.memory.forget(self.reminder.plan.places)
        if gone:
            self._note_fault("forgotten")
        return [Record(record.FAULT, detail="what=forgotten,dose=" + dose) for dose in gone]

    def _arrive(self, since_s: int, old: Reminder | None = None) -> None:
        """The clock is trusted now, or a schedule came: to catch up with what passed is owed."""
        if self.memory.owed_s == 0:
            # Behind a power cut the line is drawn there too.
            self.memory.owed_s = self.clock.now_s
        self._is_behind = True
        pieces = self._catching_up(since_s, old)
        self.owed.append(lambda: self._go_on_with(pieces))

    def _go_on_with(self, pieces: "Iterator[list[Record]]") -> None:
        """Do as many pieces as a pass may, and write the records of them, those of a line between
        two schedules at once where they are not too many; what is left comes before all else.
        """
        entries: list[Record] = []
        for _, found in zip(range(MAX_JUDGED), pieces):
            entries += found
        if self._is_behind:
            self.owed.insert(0, lambda: self._go_on_with(pieces))
        draws_line = self._draws_line
        self._draws_line = draws_line and self.memory.owed_s is not None
        if draws_line and len(self.unsaved) < _MOST_OWED:
            self.owe(entries)
        elif entries:
            # In a pass of its own, because a snapshot may come with it.
            self.owed.insert(0, lambda: self.write(entries))

    def _catching_up(self, since_s: int, old: Reminder | None) -> "Iterator[list[Record]]":
        """Place the presses made before, and judge what passed: where a schedule came, up to now
        the one before has judged, which is `old`, or where the clock was unset is read again.
        """
        memory, back_s = self.memory, self.memory.back_s
        reminder = old or self.reminder
        if old is None and memory.owed_s is not None:
            reminder = self._reminder_before()
        yield from catchup.back(reminder, self.clock.now_s)
        while True:
            now_s = self.clock.now_s
            pressed_s = now_s - self.clock.uptime_s + (self.early_presses or (NEVER,))[0]
            at_s = min(now_s, pressed_s, memory.owed_s or NEVER)
            yield from catchup.forward(reminder, since_s, at_s)
            since_s = at_s
            if at_s == pressed_s:
                self.early_presses.pop(0)
                rows = placed_at(reminder, at_s)
                yield [reminder.take(row, now_s, "backfilled=1", at_s) for row in rows]
            elif memory.owed_s is not None:
                self._draws_line = True
                yield from adopt.draw_line(reminder, self.reminder, at_s)
                yield self._forgotten()
                # What was judged ahead of the time waits again, whichever schedule had it.
                reminder, memory.back_s = self.reminder, back_s
                yield from catchup.back(reminder, self.clock.now_s)
            elif not self.early_presses:
                break
        self._is_behind = False
        if old is None:
            self.owed.append(self.note_time)

    def _recall(self) -> Memory:
        """What the journal says. Where it can't be read the box starts from nothing, and tells."""
        memory = Memory()
        for _ in range(READS):
            try:
                memory = self.journal.recall(self._seen()[1])
                break
            except OSError:
                self._note_fault("flash")
        return memory

    def _load_schedule(self) -> list[Record]:
        """Take up the schedule in force; records where a power cut interrupted its coming."""
        lines = self.store.read("schedule") or []
        plan = schedule.plan_in(lines)
        if plan is None and (lines or self.memory.revision):
            # Lost, or of another format, as after going back to an older version.
            self.store.note_damage("schedule")
            lines = self.store.read_old("schedule") or []
            plan = schedule.plan_in(lines)
        if plan is not None:
            self.revision = schedule.digest(lines)[0]
            if self.revision != self.memory.revision:
                self.reminder = self._reminder_before()
                return self.adopt(plan, self.revision)
        self.reminder = Reminder(plan or Plan(), self.memory)
        return []

    def _reminder_before(self) -> Reminder:
        """Of the schedule before."""
        lines = self.store.read_old("schedule") or []
        return Reminder(schedule.plan_in(lines) or Plan(), self.memory)

    def _report_damage(self) -> None:
        """Tell once of what was found damaged, when the box started or when it was read."""
        if self.journal.damaged and "journal" not in self.faults:
            self.fault("journal", "lines=%d" % self.journal.damaged)
        for name in self.store.damaged:
            if name not in self.faults:
                self.fault(name, "damaged=1")
        if self.store.unsteady or self.journal.unsteady:
            self._note_fault("flash")

    def _name_journal(self) -> None:
        """The journal's own name, by which every laptop knows its records."""
        lines, memory = self.store.read("journal"), self.memory
        if not memory.journal and lines and not self.journal.is_empty:
            memory.journal = lines[0]
        if len(memory.journal) != 8 or memory.journal.strip("0123456789abcdef"):
            memory.journal = self._new_name(4)
        if lines != [memory.journal]:
            self._try(self.store.write, "journal", [memory.journal])

    def _new_name(self, count: int) -> str:
        return str(binascii.hexlify(self.board.entropy(count)), "utf-8")

    def _try(self, work: "Callable[..., None]", *given: object) -> bool:
        """Whether the flash let it be done."""
        try:
            work(*given)
            return True
        except OSError:
            self._note_fault("flash")
            return False

    def _note_fault(self, what: str) -> None:
        if what not in self.faults:
            self.faults.append(what)

    def _until(self) -> tuple[int, int]:
        """The last-seen time, and up to when all is judged.

        Where the power went before what passed was caught up with, the records since then say
        nothing of that.
        """
        noted_s, seq = self._seen()
        # What was noted before the clock was set back is ahead of it.
        seen_s = max(self.memory.seen_s, noted_s if seq > self.memory.back_seq else 0)
        return seen_s, min(noted_s, seen_s) if 0 < seq <= self.memory.start_seq else seen_s

    def _seen(self) -> tuple[int, int]:
        """(last-seen time, number of the next record then), as noted; 0 where there is no note."""
        lines = self.store.read("seen")
        try:
            if lines is not None:
                return record.from_unix(lines[0]), int(lines[1])
        except (ValueError, IndexError):
            self.store.note_damage("seen")
        return 0, 0
