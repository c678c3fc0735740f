"""For real, on the emulated RP2040 with a given MicroPython: starts, pushes and copies.

Times are the board's own. The laptop's part is left out: dosebell's link and mpremote's transport
both talk to the board as fast as it takes what they say.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mpremote.transport_serial import SerialTransport

from bench import budgets, wire
from bench.boot import fill
from bench.table import Figure, Row, counted
from domain import Box
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.patience import LinkPatience
from dosebell_host.box.transfer import transfer
from dosebell_host.schedule.compiler import Compiled
from dosebell_host.sim.wire import Wire as SimulatedWire
from emulated_box import EmulatedBox, installed
from emulated_pico import EmulatedPico, Wire
from littlefs_files import LittleFiles

# Inside the window of the breakfast dose.
BEGAN, SWITCHED_OFF, SWITCHED_ON = "2026-11-23 07:00", "2026-11-23 07:40", "2026-11-23 07:45:00"
FIRST_DOSE = "d3k2-00"
# Here the firmware keeps the time, at the end of its first pass and then every second.
SCRATCH_MARK = 0x0C
LONGEST_MS = 60_000
COUNTS = (1, 32)
# The laptop's clock runs on while the board computes, so no timeout of its own may end a request.
PATIENCE = LinkPatience(usual_s=600.0, slow_s=600.0)
RESET = "import machine\nmachine.reset()"


class Serial(Wire):
    """The USB port as mpremote's transport wants it."""

    timeout = LONGEST_MS / 1000

    def inWaiting(self) -> int:
        return self.in_waiting

    def read(self, size: int = 1, /) -> bytes:
        """Just so many bytes, as a port that waits gives them."""
        data = b""
        while len(data) < size and (more := super().read(size - len(data))):
            data += more
        return data


def boot_rows(uf2: Path, records: tuple[int, ...]) -> Iterator[Row]:
    for count in records:
        yield from boot_row(uf2, 1, count)
    yield from boot_row(uf2, 32, 0)


def boot_row(uf2: Path, doses: int, records: int) -> Iterator[Row]:
    """Of a box that rang as the power went."""
    files = installed()
    box = pushed_to(files, wire.of(doses))
    fill(box, records, FIRST_DOSE)
    box.until(SWITCHED_OFF)
    with powered(uf2, files) as emulated:
        passes = first_passes(emulated.pico)
        lit_ms = emulated.until_lit(LONGEST_MS)
        assert emulated.pico.until(lambda: bool(passes), LONGEST_MS)
    name = f"{counted(doses, 'dose')}, {records:,} records, emulated"
    yield Row(f"first pass with {name}", ms(passes[0]), budget=budgets.BOOT)
    yield Row(f"first ring with {name}", ms(lit_ms))


def push_rows(uf2: Path) -> Iterator[Row]:
    for count in COUNTS:
        made = wire.of(count)
        ours_ms, theirs_ms = (time_of(uf2, made, how) for how in (push, copy_and_reset))
        yield Row(
            f"push {counted(count, 'dose')}, emulated",
            ms(ours_ms),
            "mpremote cp + reset",
            ms(theirs_ms),
            budgets.FASTER if count == 32 else None,
            "mpremote's until the first pass after the reset, with the schedule before in force",
        )


def time_of(uf2: Path, made: Compiled, how: Callable[[EmulatedPico, Compiled], None]) -> float:
    """Milliseconds that a box takes, which runs and has as many doses already."""
    files = installed()
    pushed_to(files, made)
    with powered(uf2, files) as emulated:
        passes = first_passes(emulated.pico)
        # After the first one it loads what answers a laptop.
        assert emulated.pico.until(lambda: len(passes) > 1, LONGEST_MS)
        began_ms = emulated.pico.now_ms
        how(emulated.pico, made)
        return emulated.pico.now_ms - began_ms


def pushed_to(files: LittleFiles, made: Compiled) -> Box:
    """A simulated box on these files, with that schedule."""
    box = Box.bare(BEGAN, files=files)
    box.set_clock(BEGAN)
    transfer(Client(Link(SimulatedWire(box.world))), made)
    return box


def push(pico: EmulatedPico, made: Compiled) -> None:
    transfer(Client(Link(Wire(pico), "the emulated box", PATIENCE)), made)


def copy_and_reset(pico: EmulatedPico, made: Compiled) -> None:
    """As `mpremote resume cp FILE :/state/schedule + reset` does it."""
    transport = SerialTransport.__new__(SerialTransport)
    transport.serial = Serial(pico)
    transport.in_raw_repl, transport.use_raw_paste = False, True
    # What is a pty is read without asking first whether anything is there.
    transport.is_pty = True
    transport.enter_raw_repl(soft_reset=False)
    transport.fs_writefile("/state/schedule", wire.text_of(made))
    passes = first_passes(pico)
    transport.exec_raw_no_follow(RESET)
    assert pico.until(lambda: bool(passes), LONGEST_MS), "it does not start again"


def first_passes(pico: EmulatedPico) -> list[float]:
    """A list that fills with the times at which passes of the loop end, from here on."""
    watchdog, ends = pico.mcu.watchdog, []
    write = watchdog.write_uint32

    def watched(offset: int, value: int) -> None:
        if offset == SCRATCH_MARK:
            ends.append(pico.now_ms)
        write(offset, value)

    watchdog.write_uint32 = watched  # type: ignore[method-assign]
    return ends


@contextmanager
def powered(uf2: Path, files: LittleFiles) -> Iterator[EmulatedBox]:
    box = EmulatedBox(uf2, files, at=SWITCHED_ON)
    try:
        yield box
    finally:
        box.pico.port.close()


def ms(value: float) -> Figure:
    return Figure(value / 1000, "s")
