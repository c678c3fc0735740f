"""Boot: what it costs by the length of the journal.

On the simulated flash it is counted what a start reads. Its time is that of the emulated RP2040,
where a UF2 is given: from power-on to the first pass, and to the first ring inside a window.
"""

from collections.abc import Iterator
from statistics import median

from bench.effort import Effort
from bench.table import Figure, Row
from bench.timing import figure, seconds
from domain import D3K2, Box
from dosebell.record import STOCK, Record
from littlefs_files import LittleFiles
from nor_flash import PICO

RECORDS = (0, 1_000, 8_000)
# Starts are spread over more than a segment, whose length is what a start reads.
STARTS = 40
RECORDS_BETWEEN = 8
BATCH = 16


def rows(effort: Effort) -> Iterator[Row | str]:
    for records in RECORDS:
        yield from start_rows(records)
    if effort.uf2 is None:
        yield "skipped on the emulated RP2040: PICO_UF2 names no MicroPython"
    else:
        from bench import emulated

        yield from emulated.boot_rows(effort.uf2, RECORDS)


def start_rows(records: int) -> Iterator[Row]:
    """Starts of a box that has so many records, each with some more than the one before."""
    files = LittleFiles.formatted(PICO)
    box = Box.with_schedule(D3K2, files=files)
    fill(box, records)
    times, reads = zip(*(start(box, files) for _ in range(STARTS)), strict=True)
    name = f"a start with {records:,} records"
    yield Row(f"{name}, simulated", figure(name, list(times)))
    yield Row(f"{name}, read from flash", Figure(median(reads), "B"))


def start(box: Box, files: LittleFiles) -> tuple[float, int]:
    """Seconds of this laptop, and bytes that littlefs read."""
    fill(box, RECORDS_BETWEEN)
    box.world.power_off()
    before = files.flash.bytes_read
    spent_s = seconds(box.world.power_on)
    return spent_s, files.flash.bytes_read - before


def fill(box: Box, count: int, dose: str = "d3k2") -> None:
    """Write so many records of the usual length."""
    for first in range(0, count, BATCH):
        batch = range(min(BATCH, count - first))
        box.app.box.write([Record(STOCK, dose, detail="left=100") for _ in batch])
