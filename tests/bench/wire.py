"""The wire: pushing a schedule, against copying the same lines with mpremote and resetting.

Both are counted on one model of the line, in which computing takes no time on either side. With a
UF2 both are done for real, on the emulated RP2040.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import heap
from bench import budgets
from bench.effort import Effort
from bench.table import Figure, Row, counted
from board_flash import BoardFlash
from domain import Box
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.schedule.compiler import Compiled, hash_of
from dosebell_host.sim.wire import Wire
from littlefs_files import LittleFiles
from nor_flash import PICO
from raw_repl_board import RawReplBoard

BYTE_S = 62e-6
# A flush with its erase and its programs.
FLUSH_S = 54e-3
# From a reset to the first pass of the loop: what the emulated RP2040 took with one dose, by the
# group `boot`. It takes longer with more, so this is in mpremote's favour.
RESTART_S = 0.86

COUNTS = (1, 8, 32, 64)
MPREMOTE_CHUNK_BYTES = 256
TIMEOUT_S = 60


@dataclass(frozen=True)
class Cost:
    """What went over the line, both ways together, and how often the flash was flushed."""

    frames: int
    sent: int
    round_trips: int
    flushes: int
    restart_s: float = 0.0

    @property
    def seconds(self) -> float:
        return self.sent * BYTE_S + self.flushes * FLUSH_S + self.restart_s

    def __str__(self) -> str:
        return (
            f"{self.frames} frames, {self.sent:,} bytes, {self.round_trips} round trips,"
            f" {counted(self.flushes, 'flush', 'flushes')}"
        )


class CountingWire(Wire):
    """Counts what goes over it, both ways."""

    sent = 0
    requests = 0
    replies = 0

    def write(self, data: bytes, /) -> int:
        self.sent += len(data)
        self.requests += data.count(b"}*")
        return super().write(data)

    def read(self, size: int = 1, /) -> bytes:
        data = super().read(size)
        self.sent += len(data)
        self.replies += data.count(b"\n")
        return data


class CountingBoard(RawReplBoard):
    """Counts what goes over its port, both ways."""

    sent = 0

    def _say(self, data: bytes) -> None:
        self.sent += len(data)
        super()._say(data)

    def _receive(self, data: bytes) -> None:
        self.sent += len(data)
        super()._receive(data)


def rows(effort: Effort) -> Iterator[Row | str]:
    for count in COUNTS:
        made = of(count)
        ours, theirs = pushed(made), copied(made)
        budget = budgets.FASTER if count == 32 else None
        yield Row(
            f"push {counted(count, 'dose')}, on the model",
            Figure(ours.seconds, "s"),
            "mpremote cp + reset",
            Figure(theirs.seconds, "s"),
            budget,
            f"{ours}; mpremote {theirs.sent:,} bytes,"
            f" {counted(theirs.flushes, 'flush', 'flushes')} and {RESTART_S} s to start again",
        )
    if effort.uf2 is None:
        yield "skipped on the emulated RP2040: PICO_UF2 names no MicroPython"
    else:
        from bench import emulated

        yield from emulated.push_rows(effort.uf2)


def of(doses: int) -> Compiled:
    """The schedule of the heap's figures; only its lines and their hash go over the wire."""
    lines = heap.plan(doses)
    return Compiled(lines, "", hash_of(lines), "")


def pushed(made: Compiled) -> Cost:
    """The whole transfer, to a box that has its clock set and no schedule yet."""
    files = LittleFiles.formatted(PICO)
    box = Box.bare(files=files)
    box.set_clock("2026-11-23 07:00")
    before = files.flash.erases
    wire = CountingWire(box.world)
    transfer(Client(Link(wire)), made)
    flushes = files.flash.erases - before
    return Cost(wire.requests + wire.replies, wire.sent, wire.requests, flushes)


def copied(made: Compiled) -> Cost:
    """The real mpremote, spared the soft reset that it makes if not told otherwise."""
    data = text_of(made)
    flash = BoardFlash()
    flash.mkdir("/state")
    board = CountingBoard(flash)
    board.started()
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "schedule.txt")
            file.write_bytes(data)
            words = ["connect", board.port, "resume", "cp", str(file), ":/state/schedule"]
            command = [sys.executable, "-m", "mpremote", *words, "+", "reset"]
            subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT_S)
        board.wait_for_starts(2)
        if flash.contents["/state/schedule"] != data:
            raise AssertionError("mpremote did not copy the schedule")
    finally:
        board.unplug()
    return Cost(0, board.sent, 0, _flushes_of(data), RESTART_S)


def text_of(made: Compiled) -> bytes:
    return "".join(f"{line}\n" for line in made.lines).encode()


def copy_to(files: LittleFiles, data: bytes) -> None:
    """Write the file in the pieces in which mpremote does."""
    with files.open("/state/schedule", "wb") as file:
        for start in range(0, len(data), MPREMOTE_CHUNK_BYTES):
            file.write(data[start : start + MPREMOTE_CHUNK_BYTES])


def _flushes_of(data: bytes) -> int:
    """What that takes of the same flash."""
    files = LittleFiles.formatted(PICO)
    files.names("/state")
    before = files.flash.erases
    copy_to(files, data)
    return files.flash.erases - before
