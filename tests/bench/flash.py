"""Flash: what a record and a push cost on the simulated littlefs, and how long the chip lasts."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import budgets, wire
from bench.effort import Effort
from bench.table import Figure, Row, counted
from domain import Box, dose, plan
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.schedule.compiler import Compiled
from dosebell_host.sim.wire import Wire
from littlefs_files import LittleFiles
from nor_flash import PICO

# What the data sheet of the Pico's W25Q16JV gives for each sector.
CYCLES = 100_000
DAY_S = 86_400
YEAR_DAYS = 365.25
LINE = b"2026-11-23T07:31:00+01:00,d3k2,2026-11-23,0,taken\n"
# Five times a day, which by themselves make about ten records.
FOUR = plan(
    dose("d3k2", 'with = ["breakfast", "lunch"]', 'food = "fat"'),
    dose("iron", 'at = ["07:30"]'),
    dose("drops", 'at = ["08:00", "20:00"]'),
    dose("mag", 'at = ["21:00"]', "stock = { count = 90 }"),
)
# Requests a day beside them, by the records a day that come of it.
REQUESTS = {10: 0, 100: 90}
DAYS = {10: 90, 100: 30}


@dataclass(frozen=True)
class Wear:
    """What was done to a flash; `worst` are the erases of the block that had most of them."""

    count: int
    days: int
    erases: int
    programs: int
    programmed: int
    worst: int

    @property
    def each(self) -> Figure:
        return Figure(self.erases / self.count)

    @property
    def years(self) -> Figure:
        """How long the worst block lasts when every day is like these."""
        return Figure(CYCLES / (self.worst / self.days) / YEAR_DAYS, "years")

    def __str__(self) -> str:
        return (
            f"{self.programs / self.count:.1f} programs and"
            f" {self.programmed / self.count:,.0f} bytes each"
        )


def rows(effort: Effort) -> Iterator[Row]:
    for rate, days in DAYS.items():
        yield from record_rows(rate, days // 3 if effort.quick else days)
    for count in (1, 32):
        yield push_row(count)


def record_rows(rate: int, days: int) -> Iterator[Row]:
    """So many records a day, beside a log that is one growing file."""
    ours = of_journal(rate, days)
    theirs = of_one_file(ours.count, days)
    budgeted = rate == 100
    yield Row(
        f"erases a record, {rate} a day",
        ours.each,
        "one growing CSV file",
        theirs.each,
        budgets.ERASES_OF_A_RECORD if budgeted else None,
        f"{ours}, the hourly note of the time included; the CSV {theirs}",
    )
    yield Row(
        f"life of the flash, {rate} a day",
        ours.years,
        "one growing CSV file",
        theirs.years,
        budgets.YEARS_OF_FLASH if budgeted else None,
        more_is_better=True,
    )


def push_row(doses: int) -> Row:
    made = wire.of(doses)
    ours, theirs = of_push(made), of_copy(made)
    return Row(
        f"erases of a push, {counted(doses, 'dose')}",
        ours.each,
        "mpremote cp",
        theirs.each,
        note=f"{ours}, and the schedule before is kept; the copy {theirs}",
    )


def wear_of(files: LittleFiles, days: int, live: Callable[[], int]) -> Wear:
    """`live` says how many records, or pushes, it made."""
    flash = files.flash
    before = len(flash.ops)
    count = live()
    done = flash.ops[before:]
    erased = Counter(op.block for op in done if op.erases)
    programs = [op for op in done if not op.erases]
    programmed = sum(len(op.data) for op in programs)
    return Wear(
        count, days, erased.total(), len(programs), programmed, max(erased.values(), default=0)
    )


def of_journal(rate: int, days: int) -> Wear:
    """A box with four doses; it notes the time every hour, too."""
    files = LittleFiles.formatted(PICO)
    box = Box.with_schedule(FOUR, "2026-11-23 00:00", files=files)
    first = box.app.box.journal.next_seq
    requests = REQUESTS[rate]

    def live() -> int:
        for _ in range(days):
            for number in range(requests):
                box.request("dose.stock", dose="mag", count=number)
                box.wait(seconds=DAY_S // requests)
            if not requests:
                box.wait(seconds=DAY_S)
        return sum(entry.seq >= first for entry in box.entries())

    return wear_of(files, days, live)


def of_one_file(count: int, days: int) -> Wear:
    """As many lines of a journal's length, each appended, and the file closed."""
    files = LittleFiles.formatted(PICO)

    def live() -> int:
        for _ in range(count):
            with files.open("/log.csv", "ab") as file:
                file.write(LINE)
        return count

    return wear_of(files, days, live)


def of_push(made: Compiled) -> Wear:
    files = LittleFiles.formatted(PICO)
    box = Box.with_schedule(files=files)

    def live() -> int:
        transfer(Client(Link(Wire(box.world))), made)
        return 1

    return wear_of(files, 1, live)


def of_copy(made: Compiled) -> Wear:
    files = LittleFiles.formatted(PICO)
    files.names("/state")

    def live() -> int:
        wire.copy_to(files, wire.text_of(made))
        return 1

    return wear_of(files, 1, live)
