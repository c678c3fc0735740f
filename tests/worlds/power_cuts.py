"""Power cuts on the real littlefs: record one run, cut it anywhere, and see what the box keeps.

A `Run` is a box that lives undisturbed while its flash records every erase and program, and while
the run notes what the box promised, and after how many of those operations. `cuts` yields the
flash as it would be had power failed at each of them; `check` boots a fresh box from it and holds
it to every promise made before. What ought to be is never asked of the device: that comes from
the notes, from the oracle and from the records themselves.
"""

import random
import tomllib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from unittest import mock

from domain import EPOCH, Box, Entry, compiled, dose, entry_of, plan
from dosebell import civil, journal
from dosebell.board import View
from dosebell.journal import Journal
from dosebell.record import Record
from dosebell.schedule import digest
from dosebell.store import Files
from dosebell_host.sim.board import SimulatedBatteryClock
from littlefs_files import LittleFiles
from nor_flash import Image, NorFlash, Op, after, torn
from oracle import Occurrence, occurrences

# The dose, and the Unix second at which it is first due.
Place = tuple[str, int]

TERMINAL = {"taken", "skipped", "missed", "unknown", "cancelled"}
STOCK = "stock = { count = 90 }"
# What a box does after the cut must work too: this schedule is pushed to it.
NEXT = plan(dose("next", 'at = ["05:00"]', STOCK))
LONG_JOURNAL = 1000
# How long the box is off after a cut.
OFF_S = 3


class BrokenPromise(AssertionError):
    """The box did not keep its word after a cut."""


@dataclass(frozen=True)
class Moment:
    """The world around the flash: world time, and what the battery clock adds to it."""

    now_ms: int
    rtc_offset_ms: int
    rtc_valid: bool


@dataclass(frozen=True)
class Promise:
    """What the box said, with so many operations of the flash behind it."""

    ops: int
    what: str
    value: Any


@dataclass(frozen=True)
class Pushed:
    """A schedule, and when it was pushed."""

    text: str
    at: datetime


@dataclass
class Run:
    """A life without a cut."""

    name: str
    box: Box
    before: Image
    # The schedules pushed before the run, and how many those are, and during it.
    pushed: list[Pushed]
    known: int
    promises: list[Promise] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    # Every record line that was ever on the flash.
    history: dict[int, str] = field(default_factory=dict)
    # How far the clock was ahead of the world, at first and after each time it was set.
    ahead_s: list[int] = field(default_factory=list)
    # The texts of parts that were written during the run.
    parts: list[str] = field(default_factory=list)
    _ringing: list[Place] = field(default_factory=list)

    @property
    def files(self) -> LittleFiles:
        assert isinstance(self.box.files, LittleFiles)
        return self.box.files

    @property
    def ops(self) -> list[Op]:
        return self.files.flash.ops

    def promised(self, what: str, place: int) -> list[Any]:
        """What was promised before the flash began its operation number `place`."""
        return [p.value for p in self.promises if p.what == what and p.ops <= place]

    def promise(self, what: str, value: Any) -> None:
        self.promises.append(Promise(len(self.ops), what, value))

    def inherit(self, cut: "Cut") -> None:
        """This run begins where another was cut: what that one had promised still holds."""
        before = cut.run
        for each in before.promises:
            if each.ops <= cut.place:
                self.promises.append(Promise(0, each.what, each.value))
        self.known, self.ahead_s = before.known, before.ahead_s
        self.parts = before.parts

    def press(self, held_ms: int = 200) -> None:
        """Whatever rings now is taken, once the box says so."""
        self._ringing = [
            (row.dose.id, row.window.dues[0] + civil.UNIX_2000)
            for row in self.box.app.box.reminder.rows
            if row.window is not None and row.state in ("ringing", "snoozed")
        ]
        self.box.press(held_ms)
        self._ringing = []

    def push(self, text: str) -> None:
        self.pushed.append(Pushed(text, utc(self.box.now_s)))
        self.box.push(text)
        self.promise("schedule", len(self.pushed))

    def write_parts(self, text: str) -> None:
        self.parts.append(text)
        self.box.request("parts.write", text=text, hash=digest([text])[1])
        self.promise("parts", len(self.parts))

    @property
    def sets_clock(self) -> bool:
        return len(self.ahead_s) > 1

    def set_clock(self, text: str) -> None:
        utc_s = self.box.at(text)
        self.ahead_s.append(utc_s - self.box.world.now_s)
        self.box.request("clock.set", utc=utc_s + civil.UNIX_2000, force=True)
        self.promise("clock", len(self.ahead_s))

    def identify(self) -> None:
        self.promise("device_id", self.box.request("hello")["device_id"])

    def shown(self, view: View) -> None:
        if view.answer.startswith("taken"):
            for place in self._ringing:
                self.promise("taken", place)

    def remember(self) -> None:
        for line in stored_lines(self.files):
            self.history[int(line.split(" ")[0])] = line


@contextmanager
def recording(name: str, box: Box, pushed: list[Pushed]) -> Iterator[Run]:
    """Let the box live; the run is complete where the block ends."""
    assert isinstance(box.files, LittleFiles)
    flash = box.files.flash
    flash.ops.clear()
    run = Run(name, box, flash.image, list(pushed), len(pushed))
    run.ahead_s.append(box.now_s - box.world.now_s)
    run.remember()
    run.promise("record", max(run.history, default=0))
    flash.before_op = lambda: run.moments.append(_moment(box))
    box.world.board.on_show = run.shown
    with mock.patch.object(Journal, "append", _noting(run, Journal.append)):
        yield run
    run.moments.append(_moment(box))
    flash.before_op = None
    box.world.board.on_show = None


def _noting(run: Run, method: Callable[..., None]) -> Callable[..., None]:
    """Records count as durable as soon as the journal says that it wrote them."""

    def noting(self: Journal, entries: list[Record], *how: object) -> None:
        method(self, entries, *how)
        for entry in entries:
            run.promise("record", entry.seq)
        run.remember()

    return noting


def _moment(box: Box) -> Moment:
    rtc = box.world.board.rtc
    assert isinstance(rtc, SimulatedBatteryClock)
    return Moment(box.world.now_ms, rtc.offset_ms, rtc.valid)


@dataclass(frozen=True)
class Cut:
    """The flash as power left it at operation number `place`."""

    run: Run
    place: int
    how: str
    image: Image

    def __str__(self) -> str:
        where = f"operation {self.place} of {len(self.run.ops)}"
        return f"{self.run.name}: power cut at {where}, {self.how}"


def cuts(run: Run, seed: int) -> Iterator[Cut]:
    """A cut before each operation, two in the middle of it, and one after the last.

    What is done of one operation whole is the cut before the next one.
    """
    image = run.before
    for place, op in enumerate(run.ops):
        chance = random.Random(f"{seed} {place}")
        yield Cut(run, place, "nothing done", image)
        yield Cut(run, place, "half done", torn(image, op, "half", chance))
        yield Cut(run, place, f"some bits done, seed {seed}", torn(image, op, "bits", chance))
        image = after(image, op)
    yield Cut(run, len(run.ops), "all done", image)


def unpowered(cut: Cut, battery: bool = True) -> Box:
    """The box after the cut, still off; without a battery its clock has lost the time."""
    moment = cut.run.moments[cut.place]
    at = EPOCH + timedelta(seconds=moment.now_ms // 1000 + OFF_S)
    files = LittleFiles(NorFlash(cut.image))
    box = Box(f"{at:%Y-%m-%d %H:%M:%S}Z", cut.run.box.zone, True, files)
    rtc = box.world.board.rtc
    assert isinstance(rtc, SimulatedBatteryClock)
    rtc.offset_ms, rtc.valid = moment.rtc_offset_ms, moment.rtc_valid and battery
    # Chance brings another id than it did before the cut.
    for _ in range(cut.place + 2):
        box.world.board.entropy(8)
    return box


def check(cut: Cut, whole_day: bool = False, battery: bool = True) -> None:
    """Boot what is left of the box, and hold it to its word. Raises `BrokenPromise`."""
    box = unpowered(cut, battery)
    try:
        box.world.power_on()
        Survivor(cut, box, battery).keeps_its_word(whole_day)
    except Exception as error:
        raise BrokenPromise(f"{cut}: {error!r}") from error
    assert isinstance(box.files, LittleFiles)
    box.files.unmount()


class Survivor:
    """A box that was booted after a cut."""

    def __init__(self, cut: Cut, box: Box, battery: bool) -> None:
        self.run = cut.run
        self.place = cut.place
        self.box = box
        self.battery = battery
        self.lines = self._read()
        # How many of those lines were written before the cut.
        self.old = 0

    def keeps_its_word(self, whole_day: bool) -> None:
        self._keeps_records()
        self._keeps_identity()
        self._knows_the_time()
        self._keeps_schedule()
        self._keeps_parts()
        self._keeps_intakes()
        assert self.box.request("status")["faults"] == [], "a clean cut is no fault"
        self._adds_up()
        self.box.wait(10)
        self._rings()
        self._goes_on()
        if whole_day:
            self._ends_the_day()
        self._keeps_what_it_added()

    def _read(self) -> list[str]:
        """Every record, as the host reads them; a long journal is read from the flash itself."""
        lines: list[str] = []
        if len(self.run.history) > LONG_JOURNAL:
            return stored_lines(self.box.files)
        since, after = 0, self.box.request("hello")["journal"]["next"]
        while since < after:
            page = self.box.request("journal.read", since=since, limit=16)
            lines += page["records"]
            since = page["next"]
        return lines

    def _segments(self) -> list[str]:
        assert isinstance(self.box.files, LittleFiles)
        return list(self.box.files.content("/log"))

    def _entries(self) -> list[Entry]:
        return [entry_of(line, self.box.zone) for line in self.lines]

    def _keeps_records(self) -> None:
        """P4: what was durable is there, once, and nothing else but what this boot added.

        A ring that is full lacks its oldest segment, and one more while it makes room.
        """
        seqs = [int(line.split(" ")[0]) for line in self.lines]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs))), seqs
        while (
            self.old < len(seqs) and self.run.history.get(seqs[self.old]) == self.lines[self.old]
        ):
            self.old += 1
        added = [entry for entry in self._entries()[self.old :] if entry.kind != "snapshot"]
        assert not added or added[0].kind == "boot", added[0]
        assert len({entry.boot for entry in added}) <= 1, added
        assert seqs[0] == 1 or len(self._segments()) >= journal.MAX_SEGMENTS - 1, self._segments()
        durable = max(self.run.promised("record", self.place))
        last = seqs[self.old - 1] if self.old else 0
        assert durable <= last, f"record {durable} was durable, {last} is the last one there"

    def _keeps_identity(self) -> None:
        for promised in self.run.promised("device_id", self.place):
            assert self.box.request("hello")["device_id"] == promised

    def _knows_the_time(self) -> None:
        """P5: it knows the time, or says that it does not, where power failed as it was set."""
        promised = max(self.run.promised("clock", self.place), default=1)
        candidates = self.run.ahead_s[promised - 1 : promised + 1]
        # A battery clock knows whole seconds, which begin when it is set.
        ahead_s = self.box.now_s - self.box.world.now_s
        assert any(abs(ahead_s - candidate) <= 1 for candidate in candidates), ahead_s
        if not self.box.app.box.clock.trusted:
            assert len(candidates) > 1 or not self.battery, "its clock had not lost the time"
            assert self.box.light in ("unset", "noted"), self.box.light
            self.box.request("clock.set", utc=self.box.now_s + civil.UNIX_2000)

    def _keeps_schedule(self) -> None:
        """The schedule in force is the one before the push, or the new one, and whole."""
        found = self.box.app.box.store.read("schedule")
        at_least = max(self.run.promised("schedule", self.place), default=self.run.known)
        candidates: list[Pushed | None] = [None, *self.run.pushed][at_least : at_least + 2]
        for each in candidates:
            if found == (None if each is None else compiled(each.text).lines):
                self.pushed = each
                break
        else:
            raise AssertionError(f"the schedule is neither the old one nor the new one: {found}")
        revision = "" if self.pushed is None else compiled(self.pushed.text).revision
        assert self.box.request("hello")["revision"] == revision

    def _keeps_parts(self) -> None:
        """The file of parts is the one before, or the one that was being written, and in use."""
        found = self.box.request("parts.read")["text"]
        at_least = max(self.run.promised("parts", self.place), default=0)
        assert found in ["", *self.run.parts][at_least : at_least + 2], f"{found!r} are its parts"
        assert (self.box.world.board.lamps is not None) == bool(found)

    def _keeps_intakes(self) -> None:
        """P2: what was shown as taken is on record, and does not ring."""
        entries = self._entries()
        for place in self.run.promised("taken", self.place):
            kinds = [entry.kind for entry in entries if named(entry) == place]
            assert "taken" in kinds, f"{place} was shown as taken, and is on record as {kinds}"

    def _adds_up(self) -> None:
        """Stock and last intake of each dose are what its records say."""
        stock: dict[str, int] = {}
        intakes: dict[str, dict[Place, int]] = {}
        for entry in self._entries():
            if entry.kind != "snapshot" and "left" in entry.detail:
                stock[entry.dose] = int(entry.detail["left"])
            if entry.kind == "taken" and entry.at is not None:
                at = int(entry.detail.get("at", int(entry.at.timestamp())))
                intakes.setdefault(entry.dose, {})[named(entry)] = at
            elif entry.kind == "undone":
                intakes.get(entry.dose, {}).pop(named(entry), None)
        for each in self._schedule()["dose"]:
            row = self.box.row(each["id"])
            if each["id"] in stock:
                assert row["stock"] == stock[each["id"]], row
            if intakes.get(each["id"]) and not self.run.sets_clock:
                assert row["intake"] == max(intakes[each["id"]].values()), row

    def _rings(self) -> None:
        """P3: ten seconds after the boot it shows what is due and unanswered, and only that."""
        now = utc(self.box.now_s)
        due = sorted(each.dose.upper() for each in self._open_at(now))
        assert sorted(self.box.due) == due, f"{self.box.due} rings, not {due}"
        assert (self.box.light == "due") == bool(due), self.box.light
        assert (self.box.sound != "silent") == bool(due), self.box.sound

    def _goes_on(self) -> None:
        """The next operations work: a press or a request, and a push."""
        if self.box.due:
            assert self.box.press().startswith("taken")
            assert not self.box.due
        elif [each for each in self._schedule()["dose"] if "stock" in each]:
            self.box.request("dose.stock", dose=self._counted(), count=77)
        else:
            self.box.push(NEXT)

    def _ends_the_day(self) -> None:
        """P1: by the next morning each occurrence has come to one end that stands."""
        since = utc(self.box.now_s)
        self.box.until(f"{(since + timedelta(days=1)).date()} 06:00")
        self.lines = stored_lines(self.box.files)
        ends: dict[Place, int] = {}
        for entry in self._entries():
            if entry.kind in TERMINAL:
                ends[named(entry)] = ends.get(named(entry), 0) + 1
            elif entry.kind == "undone":
                ends[named(entry)] = 0
        wrong = {place: count for place, count in ends.items() if count != 1}
        assert not wrong, f"{wrong} ends"
        for each in self._occurrences(utc(self.box.now_s)):
            if self._closes(each) <= utc(self.box.now_s) and each.due >= self._since(each.dose):
                assert place_of(each) in ends, f"{place_of(each)} came to no end"

    def _keeps_what_it_added(self) -> None:
        """Another power cut, now with everything written: all is there still."""
        box, before = self.box, stored_lines(self.box.files)
        rang = sorted(box.due)
        box.world.power_off()
        box.world.run_until(box.world.now_s + OFF_S)
        box.world.power_on()
        after = dict.fromkeys(stored_lines(box.files))
        first = int(next(iter(after)).split(" ")[0])
        lost = [line for line in before if int(line.split(" ")[0]) >= first and line not in after]
        assert not lost, f"{lost} is lost"
        assert box.request("status")["faults"] == []
        assert sorted(box.due) == rang

    def _schedule(self) -> dict[str, Any]:
        return {"dose": []} if self.pushed is None else table_of(self.pushed.text)

    def _counted(self) -> str:
        return str(next(each["id"] for each in self._schedule()["dose"] if "stock" in each))

    def _occurrences(self, now: datetime) -> list[Occurrence]:
        first = (now - timedelta(days=1)).date()
        return occurrences(self._schedule(), first, 3) if self.pushed is not None else []

    def _open_at(self, now: datetime) -> list[Occurrence]:
        """What is due, of the schedule in force, and has come to no end by the records."""
        ended: dict[Place, bool] = {}
        for entry in self._entries():
            if entry.kind in TERMINAL or entry.kind == "undone":
                ended[named(entry)] = entry.kind != "undone"
        return [
            each
            for each in self._occurrences(now)
            if not ended.get(place_of(each))
            and each.due >= self._since(each.dose)
            and any(due <= now < closes for due, closes in windows(each))
        ]

    def _since(self, ident: str) -> datetime:
        """When the dose was first pushed as it stands now."""
        assert self.pushed is not None
        table = dose_table(self.pushed, ident)
        since = self.pushed.at
        for each in reversed(self.run.pushed[: self.run.pushed.index(self.pushed)]):
            if dose_table(each, ident) != table:
                break
            since = each.at
        return since

    @staticmethod
    def _closes(each: Occurrence) -> datetime:
        return windows(each)[-1][1]


def stored_lines(files: Files) -> list[str]:
    """Every whole record line on the flash, oldest first."""
    assert isinstance(files, LittleFiles)
    found = []
    for data in files.content("/log").values():
        for line in data.splitlines():
            body, _, check = line.rpartition(b"*")
            if check == b"%08x" % zlib.crc32(body):
                found.append(body.decode())
    return found


def windows(each: Occurrence) -> list[tuple[datetime, datetime]]:
    return [(each.due, each.closes), *((due, closes) for _, due, closes in each.fallback)]


def place_of(each: Occurrence) -> Place:
    return each.dose, int(each.due.timestamp())


def named(entry: Entry) -> Place:
    """The occurrence of which a record tells, if of any."""
    return entry.dose, int(entry.detail.get("d", "0"))


def dose_table(pushed: Pushed, ident: str) -> dict[str, Any] | None:
    doses = table_of(pushed.text)["dose"]
    return next((each for each in doses if each["id"] == ident), None)


@cache
def table_of(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def utc(utc_s: int) -> datetime:
    return datetime.fromtimestamp(utc_s + civil.UNIX_2000, UTC)
