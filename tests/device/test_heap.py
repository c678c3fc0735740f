"""What the firmware takes of the heap of the real MicroPython, held to the budgets of heap.py."""

import json

import pytest

import heap
import micropython_vm
import tally
from heap import MAX_DOSE_BYTES, MAX_HEAP_BYTES, MAX_PART_BYTES, measure, table

# One worker measures once for all of these.
pytestmark = pytest.mark.xdist_group("heap")


def figures() -> str:
    return "\n".join(table(measure()))


def test_the_heap_with_32_doses_is_within_its_budget() -> None:
    use = measure()
    tally.measured("heap with 32 doses from .mpy", f"{use.loaded:,} of {MAX_HEAP_BYTES:,} bytes")
    assert use.loaded <= MAX_HEAP_BYTES, figures()


def test_one_dose_more_is_within_its_budget() -> None:
    use = measure()
    tally.measured("heap of one dose", f"{use.a_dose:,} of {MAX_DOSE_BYTES:,} bytes")
    assert use.a_dose <= MAX_DOSE_BYTES, figures()


def test_what_only_some_schedules_or_boxes_ask_for_is_small() -> None:
    use = measure()
    tally.measured("heap of 28 lamps", f"{use.lamps_all:,} of {MAX_PART_BYTES:,} bytes")
    taken = {"lamps": use.lamps_all, "each": use.modules["each"]}
    assert {name for name, count in taken.items() if count > MAX_PART_BYTES} == set(), figures()


def test_passes_with_nothing_to_do_allocate_nothing_also_with_lamps() -> None:
    use = measure()
    tally.measured("heap allocated in 10,000 idle passes", f"{use.idle} bytes")
    assert (use.idle, use.counting, use.idle_lamps) == (0, 0, 0)
    assert use.lamp_writes, "the strip was taken in hand"


def test_nothing_is_allocated_for_a_byte_nor_kept_for_a_line() -> None:
    use = measure()
    tally.measured("heap allocated for 100,000 bytes of noise", f"{use.noise} bytes")
    tally.measured("heap kept after 1,000 lines cut off", f"{use.lines} bytes")
    # A few blocks more or less may lie about, whatever the number of lines.
    assert (use.noise, abs(use.lines) // 1_000) == (0, 0)


def test_every_module_of_the_package_is_counted() -> None:
    files = {path.stem for path in micropython_vm.PACKAGE.glob("*.py")} - {"__init__"}
    assert set(measure().modules) == files
    order = heap.in_order()
    for at, module in enumerate(order):
        assert set(heap.needs(module)) <= set(order[:at]), module


def test_the_lock_pins_one_micropython_and_names_no_registry() -> None:
    lock = json.loads((micropython_vm.HERE / "package-lock.json").read_text())
    packages = {name: found for name, found in lock["packages"].items() if name}
    assert [sorted(found) for found in packages.values()] == [["integrity", "license", "version"]]
    wanted = json.loads((micropython_vm.HERE / "package.json").read_text())["dependencies"]
    assert {f"node_modules/{name}" for name in wanted} == packages.keys()
    assert [*wanted.values()] == [found["version"] for found in packages.values()]


# The rest shows that what is allocated is seen, and what is kept.

LEAKS = {
    "dosebell/app.py": b"""
without_leak = App.step

def step(self, elapsed_ms, pressed, fell=False):
    self.leak = [elapsed_ms]
    without_leak(self, elapsed_ms, pressed, fell)

App.step = step
""",
    "dosebell/frames.py": b"""
without_leak = LineBuffer.feed

def feed(self, byte):
    self.leak = [byte]
    if byte == 10:
        self.kept = [self.kept]
    return without_leak(self, byte)

LineBuffer.kept = None
LineBuffer.feed = feed
""",
}


def test_leaks_are_seen() -> None:
    whole = micropython_vm.sources()
    use = heap.measure_of(whole | {path: whole[path] + leak for path, leak in LEAKS.items()})
    assert use.idle >= 10_000 * 16
    assert use.noise >= 100_000 * 16
    assert use.lines >= 16
