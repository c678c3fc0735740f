"""Runs on MicroPython only: what the app takes with more doses, and how long its passes take.

Prints `what name number` as heap_use.py does, whose figures come first.
"""

import os
import time

import heap_use
from stand_in import used

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from little_world import World

DOSES = (1, 8, 32, 64)
PASSES = 20_000
PASS_MS = 10
# Breakfast of the heap's schedule on a Monday, 07:30 in Berlin, in seconds since 2000.
DUE_S = 848_730_600
DAY_S = 86_400
# Breakfast is later at weekends. So many, because the clock there tells whole milliseconds.
MORNINGS = [day for day in range(42) if day % 7 < 5]

# The real clock: heap_use.py puts another module in its place.
ticks_us = time.ticks_us  # type: ignore[attr-defined]
ticks_diff = time.ticks_diff  # type: ignore[attr-defined]


def main() -> "Iterator[None]":
    heap_use.DOSES = DOSES  # type: ignore[assignment]
    yield from heap_use.main()
    for count in DOSES:
        os.mkdir(f"/{count}")
        world = heap_use.new_world(f"/{count}")
        world.power_on()
        world.push(heap_use.lines_of(f"/{count}-doses.txt"))
        yield
        idle_passes(world, count)
        yield
        yield from mornings(world, count)


def idle_passes(world: "World", count: int) -> None:
    """Nanoseconds of a pass with nothing to do, in the night."""
    app = world.app
    assert app is not None
    began = ticks_us()
    for _ in range(PASSES):
        app.step(PASS_MS, False)
    print("pass_ns", count, ticks_diff(ticks_us(), began) * 1000 // PASSES)
    # The passes went by without the world.
    world.now_s += PASSES * PASS_MS // 1000


def mornings(world: "World", count: int) -> "Iterator[None]":
    """Microseconds and bytes of the passes in which all doses begin to ring."""
    spent = taken = 0
    for day in MORNINGS:
        world.run_until(DUE_S + day * DAY_S - 1)
        yield
        before, began = used(), ticks_us()
        # More than sixteen begin in several passes.
        world.run_for(2)
        spent += ticks_diff(ticks_us(), began)
        taken += used() - before
        app = world.app
        assert app is not None and len(app.view.open) == count
        yield
    print("ring_us", count, spent // len(MORNINGS))
    print("ring_bytes", count, taken // len(MORNINGS))
