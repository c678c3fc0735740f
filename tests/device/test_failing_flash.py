"""Any file operation may fail: the reminder still rings, the fault is told, nothing doubles.

A day with four doses, a push and a power cut is lived once to count its file operations, and
then again for each of them, with that one failing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

import tally
from domain import Box, Entry, Flash, RefusedError, compiled, dose, entry_of, plan
from dosebell import civil
from dosebell_host.sim.flash import MemoryFiles
from failing_files import EIO, ENOSPC, FailingFiles, never
from small_journal import small_journal

SEED = 20261122
STOCK = "stock = { count = 90 }"
FOUR = (
    dose("d3k2", 'with = ["breakfast", "lunch"]', 'food = "fat"', STOCK),
    dose("iron", 'at = ["07:30"]'),
    dose("drops", 'at = ["08:00", "20:00"]'),
    dose("mag", 'at = ["21:00"]', STOCK),
)
FIRST = plan(*FOUR)
EDITED = plan(*FOUR, dose("zinc", 'at = ["14:00"]', STOCK))
TERMINAL = {"taken", "skipped", "missed", "unknown", "cancelled"}
# What becomes of each occurrence by the next morning.
ENDS = {
    "d3k2/0": "taken",
    "iron/0": "taken",
    "drops/0": "taken",
    "zinc/0": "taken",
    "drops/1": "missed",
    "mag/0": "taken",
}


@dataclass(frozen=True)
class Way:
    """How an operation fails."""

    name: str
    error: int = EIO
    late: bool = False
    torn: bool = False


WAYS = (
    Way("no space", ENOSPC),
    Way("input/output error"),
    Way("done, but said to have failed", late=True),
    Way("a write that fails half-way", ENOSPC, torn=True),
)


@dataclass
class Day:
    """A day of a box with a flash that fails, and what the box let on."""

    box: Box
    told: set[str] = field(default_factory=set)

    @classmethod
    def with_failures(cls, fails: Callable[[int], bool], way: Way = WAYS[0]) -> "Day":
        files = FailingFiles(night_before(), way.error)
        files.late, files.torn = way.late, way.torn
        files.begin(fails)
        return cls(Box("2026-11-23 06:00", "Europe/Berlin", True, files))

    @property
    def files(self) -> FailingFiles:
        assert isinstance(self.box.files, FailingFiles)
        return self.box.files

    def live(self) -> None:
        """Press what rings but the evening's drops, push at noon, pull the plug in between."""
        box = self.box
        box.world.power_on()
        box.until("07:31")
        self.takes("D3K2", "IRON")
        box.until("08:05")
        self.rings("DROPS")
        box.press_long()
        box.until("08:21")
        self.takes("DROPS")
        box.until("10:00")
        self.look()
        box.world.power_off()
        box.wait(minutes=5)
        box.world.power_on()
        box.until("12:00")
        self.rings()
        self.asks(lambda: box.push(EDITED))
        box.until("14:01")
        self.takes("ZINC")
        box.until("17:00")
        self.asks(lambda: self.step_clock(300))
        self.asks(lambda: self.step_clock(-900))
        box.until("20:01")
        self.rings("DROPS")
        box.until("23:05")
        self.takes("MAG")
        box.until("2026-11-24 05:00")
        self.look()
        self.files.heal()

    def live_on(self) -> None:
        """As above on one boot and without a push; the flash is whole again before midnight."""
        box = self.box
        box.until("07:31")
        self.takes("D3K2", "IRON")
        box.until("08:21")
        self.takes("DROPS")
        self.tries("journal.read", since=0)
        self.tries("dose.stock", dose="mag", count=90)
        box.until("20:01")
        self.rings("DROPS")
        box.until("23:05")
        self.takes("MAG")
        self.files.heal()
        box.wait(minutes=2)

    def live_again(self) -> None:
        """Nothing could be read at the start: it says so, and after the next start all is well."""
        box = self.box
        box.until("07:31")
        box.press()
        self.look()
        box.until("12:00")
        self.files.heal()
        box.world.power_off()
        box.wait(minutes=5)
        box.world.power_on()
        box.until("20:01")
        self.rings("DROPS")
        box.until("23:05")
        self.takes("MAG")

    def rings(self, *names: str) -> None:
        self.look()
        assert sorted(self.box.due) == sorted(names)
        assert (self.box.light == "due") == bool(names)

    def takes(self, *names: str) -> None:
        """One press takes what rings: where the flash fails it says so, and is not asked again."""
        self.rings(*names)
        answer = self.box.press()
        assert answer in ("taken", "unsaved"), answer
        self.told |= {answer} - {"taken"}
        assert not self.box.due
        self.box.wait(minutes=2)
        assert not self.box.due

    def asks(self, request: Callable[[], Any]) -> None:
        """As a laptop does: what fails is tried again."""
        for _ in range(3):
            try:
                request()
            except RefusedError as error:
                self.told.add(str(error))
            else:
                return
        raise AssertionError("it failed three times")

    def tries(self, method: str, **params: object) -> None:
        self.told |= {self.box.refusal(method, **params)} - {""}

    def step_clock(self, seconds: int) -> None:
        self.box.request("clock.set", utc=self.box.now_s + seconds + civil.UNIX_2000)

    def look(self) -> None:
        self.told |= set(self.box.request("status")["faults"])
        self.told |= {"fault"} & {output.light for output in self.box.world.board.outputs}

    def check_records(self) -> dict[str, list[str]]:
        """Every record is there once; the ends that each occurrence came to."""
        entries = self.entries()
        seqs = [entry.seq for entry in entries]
        assert seqs == list(range(seqs[0], seqs[0] + len(seqs))), seqs
        rang = Counter(entry.occurrence for entry in entries if entry.kind == "ringing")
        assert set(rang.values()) == {1}, rang
        assert not self.files.writing, f"{self.files.writing} left open"
        ends: dict[str, list[str]] = {}
        for entry in entries:
            if entry.kind in TERMINAL and entry.date == "2026-11-23":
                ends.setdefault(f"{entry.dose}/{entry.slot}", []).append(entry.kind)
        return ends

    def check_books(self, *without: str) -> None:
        """Every occurrence came to the end that it should, and nothing was counted twice."""
        expected = {place: [kind] for place, kind in ENDS.items() if place not in without}
        assert self.check_records() == expected
        for each in ("d3k2", "mag", "zinc"):
            if each + "/0" in expected:
                assert self.box.row(each)["stock"] == 89, each

    def entries(self) -> list[Entry]:
        lines: list[str] = []
        since, end = 0, self.box.request("hello")["journal"]["next"]
        while since < end:
            page = self.box.request("journal.read", since=since)
            lines += page["records"]
            since = page["next"]
        return [entry_of(line, self.box.zone) for line in lines]


@cache
def night_before() -> dict[str, bytes]:
    """The flash of a box that has had this schedule for a while."""
    files = MemoryFiles()
    box = Box.with_schedule(FIRST, "2026-11-22 22:00", files=files)
    for count in range(190, 89, -1):
        box.request("dose.stock", dose="d3k2", count=count)
        box.wait(6)
    box.world.power_off()
    return dict(files.contents)


@pytest.fixture(autouse=True)
def small_segments() -> Iterator[None]:
    """So that segments change, and one is dropped, within the day."""
    with small_journal(segments=3):
        yield


@cache
def operations() -> int:
    """How many file operations the day takes where none fails."""
    day = Day.with_failures(never)
    day.live()
    assert not day.told
    day.check_books()
    done = Counter(each.split("/")[0] + each.split("/")[1] for each in day.files.done)
    assert done["remove log"] and done["rename state"], "the day does not exercise the journal"
    return len(day.files.done)


@cache
def boot_operations() -> int:
    day = Day.with_failures(never)
    day.box.world.power_on()
    return len(day.files.done)


@cache
def operations_without_push() -> int:
    day = Day.with_failures(never)
    day.box.world.power_on()
    day.live_on()
    return len(day.files.done)


def only(number: int) -> Callable[[int], bool]:
    return lambda n: n == number


def fails_once(number: int, way: Way) -> None:
    day = Day.with_failures(only(number), way)
    with tally.trying("file operations that fail once", f"{way.name} at operation {number}"):
        day.live()
        assert day.told, "nobody heard of it"
        day.check_books()


def dies(number: int, way: Way) -> None:
    day = Day.with_failures(lambda n: n >= number, way)
    with tally.trying("file operations that fail from one on", f"{way.name} from {number}"):
        day.box.world.power_on()
        day.live_on()
        day.look()
        assert day.told, "nobody heard of it"
        day.check_books("zinc/0")


def is_dead_at_the_start(number: int, way: Way) -> None:
    day = Day.with_failures(lambda n: n >= number, way)
    with tally.trying("file operations that fail at the start", f"{way.name} from {number}"):
        day.box.world.power_on()
        day.live_again()
        assert day.told, "nobody heard of it"
        ends = day.check_records()
        assert all(len(kinds) == 1 for kinds in ends.values()), ends
        assert set(ends) == set(ENDS) - {"zinc/0"}, ends


def test_any_one_operation_may_fail() -> None:
    for number in range(1, operations() + 1):
        fails_once(number, WAYS[number % len(WAYS)])


def test_a_flash_that_dies_is_told_of_and_loses_nothing_that_can_wait() -> None:
    first = boot_operations() + 1
    for number in range(first, operations_without_push() + 1, 5):
        dies(number, WAYS[number % len(WAYS)])


def test_a_box_that_can_read_nothing_says_so_and_is_well_after_the_next_start() -> None:
    for number in range(1, boot_operations() + 1):
        is_dead_at_the_start(number, WAYS[number % len(WAYS)])


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_push_that_fails_and_is_not_tried_again_leaves_a_schedule_that_is_whole(
    way: Way,
) -> None:
    for number in range(1, push_operations() + 1):
        day = Day.with_failures(never, way)
        box = day.box
        box.world.power_on()
        day.files.begin(only(number))
        with tally.trying("file operations that fail in a push", f"{way.name} at {number}"):
            refused = pushes(box) is not None
            day.files.heal()
            before = box.request("hello")["revision"]
            box.power_cut("06:10", "06:15")
            after = box.request("hello")["revision"]
            assert after in {compiled(FIRST).revision, compiled(EDITED).revision}
            assert after == before or (refused and way.late)
            assert refused == (before == compiled(FIRST).revision)
            assert box.request("status")["faults"] == []


def push_operations() -> int:
    day = Day.with_failures(never)
    day.box.world.power_on()
    day.files.begin(never)
    day.box.push(EDITED)
    return len(day.files.done)


def pushes(box: Box) -> RefusedError | None:
    try:
        box.push(EDITED)
    except RefusedError as error:
        return error
    return None


def test_a_push_that_is_given_up_on_a_dead_flash_stops_nothing() -> None:
    day = Day.with_failures(never)
    day.box.world.power_on()
    day.box.push(EDITED, commit=False)
    day.files.begin(lambda number: True)
    day.box.until("07:31")
    day.takes("D3K2", "IRON")
    assert "flash" in day.told | set(day.box.request("status")["faults"])


def test_a_segment_that_can_never_be_read_again_keeps_nobody_from_the_others() -> None:
    day = Day.with_failures(never)
    newest = max(path for path in day.files.contents if path.startswith("/log/"))
    held = day.files.contents[newest].count(b"\n")
    day.files.unreadable = newest
    day.box.world.power_on()
    day.look()
    assert "journal" in day.told
    day.box.until("07:31")
    day.takes("D3K2", "IRON")
    seqs = [entry.seq for entry in day.entries()]
    first = int(newest[5:13])
    fresh = [seq for seq in seqs if seq >= first]
    assert min(fresh) >= first + held, "numbers that were used are used again"
    assert fresh == list(range(fresh[0], fresh[0] + len(fresh)))
    assert [seq for seq in seqs if seq < first], "older records can't be read any more"


def test_setting_the_clock_back_needs_no_flash_and_what_was_taken_stands() -> None:
    """What is withdrawn and what stands is remembered, so nothing has to be read for it."""
    day = Day.with_failures(never)
    day.box.world.power_on()
    day.box.until("07:31")
    day.takes("D3K2", "IRON")
    day.box.until("12:00")
    day.files.begin(lambda number: True)
    day.box.request("clock.set", utc=day.box.at("2026-11-23 07:40") + civil.UNIX_2000)
    assert day.box.now == "2026-11-23 07:40:00"
    assert day.box.wait(10).light == "fault"
    day.files.heal()
    day.box.until("08:01")
    day.rings("DROPS")


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_any_one_operation_may_fail_in_any_way(way: Way) -> None:
    for number in range(1, operations() + 1):
        fails_once(number, way)


@pytest.mark.soak
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_flash_may_die_at_any_time_in_any_way(way: Way) -> None:
    for number in range(1, operations_without_push() + 1):
        if number > boot_operations():
            dies(number, way)
        else:
            is_dead_at_the_start(number, way)


def test_no_segment_begins_while_an_intake_waits_for_the_flash_to_take_its_record() -> None:
    """A snapshot that knows of it would leave it without a record, and silent, after a cut."""
    box = Box.with_schedule(plan(dose("iron", 'at = ["07:30"]')), at="2026-11-23 07:00")
    box.until("07:31")
    assert isinstance(box.files, Flash)
    box.files.refuses = "/log"
    assert box.press() == "unsaved"
    box.files.refuses = ""
    box.app.box.segment_s = 0
    box.app.work()
    box.world.power_off()
    box.world.power_on()
    assert (box.due, box.story("taken")) == (["IRON"], [])


def test_a_fault_of_the_board_is_written_after_what_has_begun_to_ring() -> None:
    """So that no segment which it may begin knows of a ring that has no record yet."""
    box = Box.with_schedule(plan(dose("iron", 'at = ["07:30"]')), at="2026-11-23 07:00")
    box.wait(minutes=29, seconds=59)
    box.world.board.faults = ("parts-file",)
    box.wait(seconds=1)
    assert box.story() == ["07:30 ringing iron/0", "07:30 fault what parts-file"]


def test_a_gap_that_the_flash_would_not_take_is_not_forgotten_by_a_power_cut() -> None:
    """Off for three days, and the journal can't be written until the plug is pulled again."""
    rule = 'at = ["08:00", "12:00", "16:00", "20:00"]'
    box = Box.with_schedule(plan(*[dose(f"dose-{n}", rule) for n in range(3)])).until("09:00")
    flash = box.files
    assert isinstance(flash, Flash)
    flash.refuses = "/log/"
    box.power_cut("2026-11-23 09:00", "2026-11-26 09:00").wait(30)
    flash.refuses = ""
    box.power_cut("2026-11-26 09:00:31", "2026-11-26 09:02").wait(5)
    assert box.story("gap") == ["thu 09:02 gap from 09:00 to thu 09:02"]
