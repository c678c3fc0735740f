"""What a record costs: erases of the flash, and the time that the next boot takes to read it."""

import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import pytest

import tally
from domain import Box, dose, journal_lines, plan
from dosebell import journal
from dosebell.record import STOCK, Record
from dosebell_host.sim.flash import MemoryFiles
from littlefs_files import LittleFiles
from nor_flash import PICO, PICO_W

MOST_ERASES = 1.2
LEAST_RECORDS = 8000
LONGEST_LINE = 200
NAMES_BYTES = 100_000
# Compiled, the firmware takes so many.
FIRMWARE_BLOCKS = 35

STOCKED = "stock = { count = 90 }"
FOUR = plan(
    dose("d3k2", 'with = ["breakfast", "lunch"]', 'food = "fat"', STOCKED),
    dose("iron", 'at = ["07:30"]', STOCKED),
    dose("drops", 'at = ["08:00", "20:00"]'),
    dose("mag", 'at = ["21:00"]', STOCKED),
)

both_boards = pytest.mark.parametrize("blocks", [PICO, PICO_W], ids=["pico", "pico-w"])


def box_on(blocks: int) -> Box:
    return Box.with_schedule(FOUR, "2026-11-23 00:10", files=LittleFiles.formatted(blocks))


def files_of(box: Box) -> LittleFiles:
    assert isinstance(box.files, LittleFiles)
    return box.files


def live(box: Box, days: int) -> None:
    """Four doses a day, each taken, most of them late."""
    for _ in range(days):
        for time in ("07:31", "08:20", "20:01", "21:10"):
            box.until(time)
            box.press()


def fill(box: Box, until_seq: int) -> None:
    """Records of the usual length, sixteen at a time."""
    while box.app.box.journal.next_seq < until_seq:
        count = min(16, until_seq - box.app.box.journal.next_seq)
        box.app.box.write([Record(STOCK, "d3k2", detail="left=100") for _ in range(count)])


def erased_by(box: Box, live_on: Callable[[], None]) -> float:
    """Erases per record, of everything that the box writes meanwhile."""
    flash, first = files_of(box).flash, box.app.box.journal.next_seq
    erases = flash.erases
    live_on()
    records = [entry for entry in box.entries() if entry.seq >= first]
    return (flash.erases - erases) / len(records)


@both_boards
def test_four_doses_a_day_wear_the_flash_no_more_than_budgeted(blocks: int) -> None:
    box = box_on(blocks)
    per_record = erased_by(box, lambda: live(box, days=30))
    tally.measured("erases per record, four doses a day", f"{per_record:.2f}")
    assert per_record <= MOST_ERASES


@both_boards
def test_a_hundred_records_a_day_wear_the_flash_no_more_than_budgeted(blocks: int) -> None:
    box = box_on(blocks)

    def live_on() -> None:
        for number in range(1500):
            box.request("dose.stock", dose="mag", count=number)
            box.wait(seconds=864)

    per_record = erased_by(box, live_on)
    tally.measured("erases per record, a hundred a day", f"{per_record:.2f}")
    assert per_record <= MOST_ERASES


RINGS = {4: 6500, 16: 5000, 64: 2500}


@pytest.mark.parametrize("doses", RINGS)
def test_the_ring_holds_as_many_records_as_it_should(doses: int) -> None:
    """Counted without snapshots, as far as its segments show: the newest has just begun."""
    box = Box.with_schedule(mixed(doses), "2026-11-23 00:10", files=MemoryFiles())
    capacity = in_the_ring(box, days=480 // doses)
    tally.measured(f"records in the ring, {doses} doses", str(capacity))
    assert capacity >= RINGS[doses]


def test_ids_that_came_and_went_take_no_more_of_the_ring_than_they_should() -> None:
    """Four doses, and 76 courses of one day each that are not forgotten yet."""
    box = Box.with_schedule(mixed(4), "2026-11-23 00:10", files=MemoryFiles())
    for n in range(76):
        course = dose(f"course-{n}", 'at = ["07:30"]', "start = 2026-11-01", days="{ every = 60 }")
        box.push(mixed(4) + course)
        box.wait(minutes=5)
    box.push(mixed(4))
    assert len(box.app.box.memory.pasts) == 80
    capacity = in_the_ring(box, days=55)
    tally.measured("records in the ring, 4 doses and 76 past ids", str(capacity))
    assert capacity >= 3500
    assert len(box.app.box.memory.pasts) == 80


def test_a_row_takes_no_more_than_300_bytes_whatever_happened_to_its_dose() -> None:
    """Eight times a day, taken, missed and taken early, with the clock put back: all that a row
    can hold, under the longest id that there is.
    """
    hours = ", ".join(f'"{hour:02}:00"' for hour in range(2, 24, 3))
    often = plan(dose("a-name-as-long-x", f"at = [{hours}]", STOCKED, 'early = "3h"'))
    box = Box.with_schedule(often, "2026-11-20 00:10", files=MemoryFiles())
    longest = 0
    for n in range(40):
        box.wait(minutes=150 - n % 3 * 40)
        box.press()
        if n % 2:
            box.wait(seconds=3)
            box.press()
        if n % 7 == 6:
            box.request("clock.set", utc=box.now_s + 946684800 - 5 * 3600)
        box.wait(minutes=1)
        box.app.box.begin_segment()
        rows = [line for line in journal_lines(box.files) if " snapshot a-name" in line]
        longest = max([longest, *map(len, rows)])
    tally.measured("bytes of the longest row", str(longest + len("*12345678\n")))
    assert longest + len("*12345678\n") <= 300


def mixed(count: int) -> str:
    """So many doses: one in four with meals, one twice a day."""
    kinds = [
        ("with = ['breakfast', 'lunch']", 'food = "fat"', STOCKED),
        ('at = ["07:30"]', STOCKED),
        ('at = ["08:00", "20:00"]',),
        ('at = ["21:00"]', STOCKED),
    ]
    return plan(*[dose(f"dose-{n:02}", *kinds[n % 4]) for n in range(count)])


def in_the_ring(box: Box, days: int) -> int:
    """Records that a ring of such segments keeps as the last ones lived through are."""
    first = box.app.box.journal.next_seq
    live(box, days)
    assert isinstance(box.files, MemoryFiles)
    paths = sorted(path for path in box.files.contents if path.startswith("/log/"))
    whole = [box.files.contents[p] for p in paths[:-1] if int(p[5:13]) >= first]
    assert len(whole) >= 2
    records = [len(data.splitlines()) - data.count(b" snapshot ") for data in whole]
    blocks = [-(-len(data) // journal.BLOCK_BYTES) for data in whole]
    segments = min(journal.RING_BLOCKS * len(blocks) // sum(blocks), journal.MAX_SEGMENTS)
    # The oldest was dropped, and the newest has just begun.
    return (segments - 1) * sum(records) // len(records)


@pytest.mark.soak
def test_a_full_file_system_takes_a_push_still() -> None:
    """The Pico W with two versions of the firmware, and a journal that has grown for years."""
    box = box_on(PICO_W)
    for number in range(2 * FIRMWARE_BLOCKS):
        with box.files.open(f"/{number:02}.mpy", "wb") as file:
            file.write(b"x" * 4000)
    seq = 0
    for _ in range(900):
        fill(box, box.app.box.journal.next_seq + 16)
        assert box.app.box.journal.first_seq >= seq
        seq = box.app.box.journal.first_seq
    assert not box.app.box.faults
    kept = box.app.box.journal.next_seq - box.app.box.journal.first_seq
    tally.measured("records on a Pico W with two versions", str(kept))
    assert box.push(FOUR.replace("08:00", "08:30"))
    assert kept > LEAST_RECORDS // 2


@dataclass(frozen=True)
class Cost:
    """What a boot costs at most in files, and as a rule in memory and in reads of the flash."""

    opened: int
    bytes_read: int
    flash_bytes_read: int
    heap_bytes: int


def cost_of_boots(box: Box) -> Cost:
    """Boot again and again, with another record each time, for longer than a segment lasts."""
    opened, read, flash_read, heap = zip(*(boot(box) for _ in range(150)), strict=True)
    return Cost(max(opened), max(read), int(median(flash_read)), int(median(heap)))


def boot(box: Box) -> tuple[int, int, int, int]:
    files = files_of(box)
    fill(box, box.app.box.journal.next_seq + 1)
    before = files.opened, files.bytes_read, files.flash.bytes_read
    box.world.power_off()
    tracemalloc.start()
    box.world.power_on()
    heap = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    after = files.opened, files.bytes_read, files.flash.bytes_read
    # Time for the next segment, where this one is full.
    box.wait(10)
    opened, read, flash_read = (now - then for now, then in zip(after, before, strict=True))
    return opened, read, flash_read, heap


def test_a_boot_with_a_full_journal_costs_what_it_does_with_a_short_one() -> None:
    box = box_on(PICO)
    fill(box, 1000)
    boot(box)
    short = cost_of_boots(box)
    fill(box, LEAST_RECORDS)
    full = cost_of_boots(box)
    tally.measured("boot with 1,000 records", str(short))
    tally.measured("boot with 8,000 records", str(full))
    assert full.opened == short.opened
    assert full.bytes_read <= short.bytes_read + LONGEST_LINE
    assert full.heap_bytes <= short.heap_bytes * 1.1
    # littlefs looks for each file among the names of forty segments, and never more.
    assert full.flash_bytes_read <= short.flash_bytes_read + NAMES_BYTES
