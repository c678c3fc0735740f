"""Power may fail at any erase or program of the flash: P1 to P4 hold, on the real littlefs.

Each scenario runs on the geometries of the Pico and of the Pico W, and is cut before each
operation of the flash, twice in the middle of it, and after the last. Segments and ring are small
here, so that they are soon full. A test that can't fail is worth nothing: at the end three wrong
boxes, a wrong store, a wrong file system and a wrong order, are caught by the same harness.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from unittest import mock

import pytest

import tally
from domain import Box, dose, plan
from dosebell import commands_schedule, store, wiring
from dosebell.app import App
from dosebell.reminder import Row
from littlefs_files import LittleFile, LittleFiles
from nor_flash import PICO, PICO_W
from power_cuts import (
    STOCK,
    BrokenPromise,
    Cut,
    Pushed,
    Run,
    check,
    cuts,
    recording,
    unpowered,
    utc,
)
from small_journal import small_journal

SEED = 20261122
START = "2026-11-23 06:00"

D3K2 = dose("d3k2", 'with = ["breakfast", "lunch"]', 'food = "fat"', STOCK)
DROPS = dose("drops", 'at = ["08:00", "20:00"]')
FOUR = plan(D3K2, dose("iron", 'at = ["07:30"]'), DROPS, dose("mag", 'at = ["21:00"]', STOCK))
# The same with another time for iron, one dose less and one more.
EDITED = plan(D3K2, dose("iron", 'at = ["07:45"]'), DROPS, dose("zinc", 'at = ["07:50"]', STOCK))
SIX = plan(*(dose(f"pill-{n}", 'at = ["07:30"]', STOCK) for n in range(6)))


@dataclass(frozen=True)
class Scenario:
    """What happens between the preparations, which are not cut, and the end."""

    act: Callable[[Run], None]
    schedule: str | None = FOUR
    # How many records are on flash before.
    records: int = 0
    powered: bool = True

    @property
    def name(self) -> str:
        return self.act.__name__.strip("_").replace("_", " ")

    def run(self, blocks: int, files: type[LittleFiles] = LittleFiles) -> Run:
        box = Box(START, "Europe/Berlin", True, files.formatted(blocks))
        pushed = []
        if self.powered:
            box.world.power_on()
        if self.schedule is not None:
            box.push(self.schedule)
            pushed.append(Pushed(self.schedule, utc(box.now_s)))
        for count in range(self.records, 0, -1):
            box.request("dose.stock", dose="d3k2", count=100 + count)
            box.wait(6)
        with recording(self.name, box, pushed) as run:
            self.act(run)
        return run


def _append(run: Run) -> None:
    run.box.until("07:31")
    run.press()
    run.box.until("08:05")
    run.box.press_long()
    run.box.until("08:21")
    run.press()


def _several_records_at_once(run: Run) -> None:
    """Six doses are taken with one press, which is undone, and then taken again."""
    run.box.until("07:31")
    run.press()
    run.box.wait(10)
    run.box.press_very_long()
    run.box.wait(10)
    run.press()


def _segment_change(run: Run) -> None:
    run.box.until("07:31")
    run.press()
    run.box.until("08:01")
    run.press()


def _ring_drop(run: Run) -> None:
    run.box.until("07:31")
    run.press()
    for count in range(30, 20, -1):
        run.box.request("dose.stock", dose="d3k2", count=count)
        run.box.wait(6)


def _first_push(run: Run) -> None:
    run.push(FOUR)


def _second_push(run: Run) -> None:
    """One dose rings and others were taken when an edited schedule comes."""
    run.box.until("07:31")
    run.press()
    run.box.until("07:40")
    run.push(EDITED)
    run.box.until("07:51")
    run.press()


def _same_push_again(run: Run) -> None:
    run.box.until("07:31")
    run.push(FOUR)


def _clock_set_back(run: Run) -> None:
    """Breakfast was taken and the drops are missed; then it is morning again."""
    run.box.until("07:31")
    run.press()
    run.box.until("12:00")
    run.set_clock("2026-11-23 07:40")
    run.box.until("08:01")
    run.press()


def _clock_set_ahead(run: Run) -> None:
    """From the early morning into breakfast, and then past the evening."""
    run.set_clock("2026-11-23 07:40")
    run.press()
    run.set_clock("2026-11-24 00:10")


def _idle_hours(run: Run) -> None:
    """Nothing happens but that the time is noted."""
    run.box.until("07:29")


def _parts_written(run: Run) -> None:
    """Lamps come, are another strip, come once more because a reply was lost, and go."""
    for text in (lamps(7), lamps(14), lamps(14), ""):
        run.write_parts(text)
    run.box.until("07:31")
    run.press()


def lamps(count: int) -> str:
    return f'{{"lamps":{{"pin":16,"count":{count},"brightness":32}}}}'


def _first_boot(run: Run) -> None:
    run.box.world.power_on()
    run.identify()
    run.push(FOUR)


SCENARIOS = {
    each.name: each
    for each in (
        Scenario(_append),
        Scenario(_several_records_at_once, SIX),
        Scenario(_segment_change, records=8),
        Scenario(_ring_drop, records=40),
        Scenario(_first_push, None),
        Scenario(_second_push),
        Scenario(_same_push_again),
        Scenario(_clock_set_back),
        Scenario(_clock_set_ahead),
        Scenario(_idle_hours),
        Scenario(_parts_written),
        Scenario(_first_boot, None, powered=False),
    )
}
# Those after which a boot has most to do.
RECOVERED = ("segment change", "ring drop", "second push", "clock set back", "first boot")

both_boards = pytest.mark.parametrize("blocks", [PICO, PICO_W], ids=["pico", "pico-w"])


@pytest.fixture(autouse=True)
def sizes(request: pytest.FixtureRequest) -> Iterator[None]:
    is_real = "real_sizes" in request.fixturenames
    with nullcontext() if is_real else small_journal(segments=3):
        yield


@pytest.fixture
def real_sizes() -> None:
    """Segments and ring as they are on the board."""


def try_all(kind: str, tried: Iterator[Cut], every_day: int = 1) -> None:
    """Check each cut; every so many of them for the rest of the day, some without a battery."""
    tally.measured("seed of half-done operations", SEED)
    for number, cut in enumerate(tried):
        with tally.trying(kind, cut):
            check(cut, number % every_day == 0, battery=number % 7 != 3)


def recovery(cut: Cut) -> Run:
    """The boot after a cut, as a run that can be cut itself; what was promised stays promised."""
    box = unpowered(cut)
    with recording(f"{cut}; the boot after it", box, cut.run.pushed) as run:
        run.inherit(cut)
        box.world.power_on()
    return run


@both_boards
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_power_cut_at_any_operation_of_the_flash_breaks_no_promise(
    name: str, blocks: int
) -> None:
    try_all("power cuts", cuts(SCENARIOS[name].run(blocks), SEED), every_day=5)


@pytest.mark.parametrize("name", RECOVERED)
def test_the_boot_after_a_cut_may_be_cut_too(name: str) -> None:
    blocks = random.Random(f"{SEED} {name}").choice([PICO, PICO_W])
    for cut in sample(SCENARIOS[name].run(blocks), 8):
        try_all("power cuts while it starts after one", cuts(recovery(cut), SEED), every_day=20)


@pytest.mark.soak
@both_boards
@pytest.mark.parametrize("name", RECOVERED)
def test_the_boot_after_any_cut_may_be_cut_anywhere(name: str, blocks: int) -> None:
    for cut in cuts(SCENARIOS[name].run(blocks), SEED):
        try_all("power cuts while it starts after any", cuts(recovery(cut), SEED), every_day=20)


@pytest.mark.soak
@both_boards
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_cut_with_a_seed_of_its_own_and_the_rest_of_the_day(name: str, blocks: int) -> None:
    for seed in range(3):
        try_all("power cuts, and the rest of the day", cuts(SCENARIOS[name].run(blocks), seed))


@pytest.mark.soak
@both_boards
@pytest.mark.parametrize("records", [700, 1900, 3100])
def test_a_flash_with_a_past_is_no_different(records: int, blocks: int) -> None:
    """littlefs moves its own blocks about after a hundred erases; a new flash never shows that."""
    each = replace(SCENARIOS["ring drop"], records=records)
    try_all("power cuts, on a flash with a past", cuts(each.run(blocks), SEED), every_day=5)


@pytest.mark.soak
@both_boards
def test_the_real_ring_drops_its_oldest_segment(blocks: int, real_sizes: None) -> None:
    each = replace(SCENARIOS["ring drop"], records=12000)
    run = each.run(blocks)
    assert min(run.history) > 1, "the ring is not full yet"
    try_all("power cuts, with a ring of real size", cuts(run, SEED), every_day=20)


def sample(run: Run, count: int) -> list[Cut]:
    return random.Random(f"{SEED} {run.name}").sample(list(cuts(run, SEED)), count)


# Wrong boxes, each of which must be caught.


class InPlace(store.Draft):
    """A document that is written over the one in force."""

    def __init__(self, of: store.Store, name: str) -> None:
        self.count = 0
        self._store = of
        self._path = store.STATE + "/" + name
        self._file = of.files.open(self._path, "wb")

    def add(self, line: str) -> None:
        super().add(line)
        self._file.flush()

    def finish(self) -> Iterator[str]:
        super().finish()
        return self._store.lines(self._path)

    def commit(self, keeps_old: bool = False) -> None:
        """It is in force already."""


class Rewriting(LittleFiles):
    """A file system that appends by writing the whole file again, over itself."""

    def open(self, path: str, mode: str) -> LittleFile:
        if mode != "ab":
            return super().open(path, mode)
        with super().open(path, "rb") as file:
            before = file.read()
        again = super().open(path, "wb")
        again.flush()
        again.write(before)
        return again


class Forgetful(LittleFiles):
    """A file system that says so before what was appended is on the flash."""

    def open(self, path: str, mode: str) -> LittleFile:
        file = super().open(path, mode)
        return _Unflushed(file) if mode == "ab" else file


class _Unflushed(LittleFile):
    def __init__(self, file: LittleFile) -> None:
        self.__dict__ = file.__dict__

    def close(self) -> None:
        pass


class Straight(LittleFiles):
    """A file system on which the file of parts is written over itself."""

    def open(self, path: str, mode: str) -> LittleFile:
        return super().open(path.removesuffix(".new") if wiring.PARTS in path else path, mode)

    def rename(self, old: str, new: str) -> None:
        if new != wiring.PARTS:
            super().rename(old, new)


def test_a_store_that_writes_in_place_is_caught() -> None:
    with mock.patch.object(commands_schedule, "Draft", InPlace):
        run = SCENARIOS["second push"].run(PICO)
    with pytest.raises(BrokenPromise, match="the schedule is neither"):
        for cut in cuts(run, SEED):
            check(cut)


def test_parts_that_are_written_over_themselves_are_caught() -> None:
    run = SCENARIOS["parts written"].run(PICO, Straight)
    with pytest.raises(BrokenPromise, match=r"a clean cut is no fault|are its parts"):
        for cut in cuts(run, SEED):
            check(cut)


@pytest.mark.parametrize("files", [Rewriting, Forgetful])
def test_a_journal_that_is_not_appended_to_is_caught(files: type[LittleFiles]) -> None:
    run = SCENARIOS["append"].run(PICO, files)
    with pytest.raises(BrokenPromise):
        for cut in cuts(run, SEED):
            check(cut)


def test_taken_that_is_shown_before_it_is_durable_is_caught() -> None:
    take = App._take

    def show_and_take(app: App, rows: list[Row]) -> None:
        app._say("taken")
        take(app, rows)

    with mock.patch.object(App, "_take", show_and_take):
        run = SCENARIOS["append"].run(PICO)
    with pytest.raises(BrokenPromise, match="was shown as taken"):
        for cut in cuts(run, SEED):
            check(cut)
