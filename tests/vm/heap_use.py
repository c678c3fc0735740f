"""Runs on MicroPython only: what the firmware takes of its heap, printed as `what name bytes`.

Each module is imported after those that it needs, so what it costs is its own. Where a figure is
of what stays, garbage is collected first; that happens wherever this program yields.
"""

import gc
import os
import sys

import stand_in
from stand_in import used

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from dosebell.app import App
    from little_world import World

DOSES = (1, 32)
PARTS_FILE = '{"lamps": {"pin": 16, "count": 28, "brightness": 32}}'
NOISE_BYTES = 100_000
HALF_FRAMES = 1_000
# Seconds since 2000, in the night: 2026-11-23T02:00Z.
START_S = 848_714_400


def main() -> "Iterator[None]":
    stand_in.install(sys.modules)
    yield from modules()
    os.mkdir("/flash")
    for count in DOSES:
        yield from doses(count)
    yield from received()
    counting()
    yield from idle("idle")
    yield from lamps()
    with open("/state/parts.json", "w") as file:
        file.write(PARTS_FILE)
    yield from idle("idle-lamps")
    print("lamps", "writes", stand_in.NeoPixel.writes)


def lines_of(path: str) -> list[str]:
    with open(path) as file:
        return file.read().split("\n")


def modules() -> "Iterator[None]":
    gc.collect()
    yield
    before = used()
    for name in lines_of("/modules.txt"):
        __import__("dosebell." + name)
        gc.collect()
        yield
        after = used()
        print("module", name, after - before)
        before = after


def new_world(folder: str) -> "World":
    from dosebell.store import Files
    from little_world import World

    return World(unheard, START_S, Files(folder))


def doses(count: int) -> "Iterator[None]":
    """What the whole app with so many doses takes, started from flash as after a power cut."""
    # The last one measured is the one that the real loop starts from.
    world = new_world("" if count == DOSES[-1] else "/flash")
    world.power_on()
    world.push(lines_of(f"/{count}-doses.txt"))
    world.power_off()
    gc.collect()
    yield
    before = used()
    world.power_on()
    # What a start leaves behind is garbage as soon as other calls have used its stack.
    world.run_for_ms(1000)
    gc.collect()
    yield
    print("doses", count, used() - before)


def received() -> "Iterator[None]":
    """Bytes from the wire: noise without an end, then frames that are cut off, line by line."""
    from dosebell import commands

    world = new_world("")
    world.power_on()
    world.run_for_ms(1000)
    app = world.app
    assert app is not None
    before = used()
    for _ in range(NOISE_BYTES):
        app.lines.feed(0x55)
    print("noise", NOISE_BYTES, used() - before)
    app.lines.feed(0x0A)
    commands.receive(app)
    half_frames(app, 10)
    gc.collect()
    yield
    before = used()
    half_frames(app, HALF_FRAMES)
    gc.collect()
    yield
    print("lines", HALF_FRAMES, used() - before)


def half_frames(app: "App", count: int) -> None:
    from dosebell import commands

    for _ in range(count):
        for byte in b'{"id":1,"jsonrpc":"2.0","method":"schedule.line","par\n':
            if app.lines.feed(byte):
                commands.receive(app)


def lamps() -> "Iterator[None]":
    """What the lamps themselves take, beyond the code for them."""
    from dosebell import parts

    world = new_world("")
    board = world.board
    gc.collect()
    yield
    before = used()
    parts.fit(board, world.files, PARTS_FILE)
    gc.collect()
    yield
    print("lamps", "object", used() - before)


def counting() -> None:
    """A light that counts which dose is asked for, looked at pass after pass."""
    from dosebell import pattern

    pattern.lit("count-14", 0)
    before = used()
    for at_ms in range(stand_in.MEASURED):
        pattern.lit("count-14", at_ms)
    print("counting", stand_in.MEASURED, used() - before)


def idle(what: str) -> "Iterator[None]":
    """Passes of the loop itself, with nothing to do in any of them."""
    from dosebell import pico

    registers = stand_in.Machine.mem32
    registers[pico._SCRATCH_TIME] = START_S
    registers[pico._SCRATCH_MARK] = pico._MARK
    # Written after a minute for the first time, for which a dict, unlike a register, takes room.
    registers[pico._SCRATCH_BOOTS] = 0
    try:
        pico.run(False)
    except stand_in.OverError:
        print(what, stand_in.MEASURED, stand_in.WDT.allocated)
    gc.collect()
    yield


def unheard(line: str) -> None:
    pass
