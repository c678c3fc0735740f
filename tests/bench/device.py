"""The device package on the real MicroPython: memory, time of a pass, and size of its files.

It is the 32-bit build for WebAssembly. Bytes are those of a Pico; times are of this laptop, good
to compare with each other.
"""

from collections.abc import Iterator
from pathlib import Path

import heap
import micropython_vm
from bench import budgets
from bench.effort import Effort
from bench.table import Figure, Row, counted
from micropython_vm import Tree

HERE = Path(__file__).resolve().parent
COUNTS = (1, 8, 32, 64)
# Some more than a Pico has, since nothing is collected inside a step.
HEAP_BYTES = 16 << 20
LARGEST = 5

# Numbers by what was measured and its name.
Found = dict[tuple[str, str], int]


def rows(effort: Effort) -> Iterator[Row | str]:
    compiled, sources = (
        measured(tree) for tree in (micropython_vm.package(), micropython_vm.sources())
    )
    yield from heap_rows(compiled, sources)
    yield from allocation_rows(compiled)
    yield from time_rows(compiled)
    yield from file_rows()


def measured(package: Tree) -> Found:
    plans = {f"{count}-doses.txt": "\n".join(heap.plan(count)).encode() for count in COUNTS}
    program = {"device_use.py": (HERE / "device_use.py").read_bytes()}
    files = {**heap.tree(package), **plans, **program}
    found: Found = {}
    for line in micropython_vm.run("device_use", files, HEAP_BYTES):
        what, name, figure = line.split(" ")
        found[what, name] = int(figure)
    return found


def heap_rows(compiled: Found, sources: Found) -> Iterator[Row]:
    """All of it from .mpy, beside the same from .py."""
    ours, theirs = modules(compiled), modules(sources)
    yield Row("heap after all imports", size(ours), ".py, not compiled", size(theirs))
    for count in COUNTS:
        app = compiled["doses", str(count)]
        other = sources["doses", str(count)]
        doses = counted(count, "dose")
        for budget in (budgets.HEAP, budgets.HEAP_REVISED) if count == 32 else (None,):
            yield Row(
                f"heap with {doses}" + ", revised" * (budget is budgets.HEAP_REVISED),
                size(ours + app),
                ".py, not compiled",
                size(theirs + other),
                budget,
            )
    a_dose = (compiled["doses", "32"] - compiled["doses", "1"]) / 31
    yield Row("heap of one dose more", size(a_dose), budget=budgets.HEAP_OF_A_DOSE)


def allocation_rows(found: Found) -> Iterator[Row]:
    idle, noise = found["idle", "10000"], found["noise", "100000"]
    yield Row("allocated in 10,000 idle passes", size(idle), budget=budgets.IDLE_ALLOCATION)
    yield Row("allocated by 100,000 bytes on the wire", size(noise))
    for count in COUNTS:
        taken = found["ring_bytes", str(count)] / count
        yield Row(f"allocated a ring, {count} at once", size(taken), note="freed again")


def time_rows(found: Found) -> Iterator[Row]:
    for count in (COUNTS[0], COUNTS[-1]):
        spent = found["pass_ns", str(count)]
        yield Row(f"an idle pass with {counted(count, 'dose')}", Figure(spent / 1e9, "s"))
    for count in COUNTS:
        spent_us = found["ring_us", str(count)] / count
        yield Row(f"a due dose, {count} at once", Figure(spent_us / 1e6, "s"))


def file_rows() -> Iterator[Row | str]:
    compiled, sources = (
        {Path(name).stem: len(data) for name, data in tree.items()}
        for tree in (micropython_vm.package(), micropython_vm.sources())
    )
    ours, theirs = sum(compiled.values()), sum(sources.values())
    yield Row("all modules as files", size(ours), ".py, not compiled", size(theirs))
    largest = sorted(compiled, key=lambda name: -compiled[name])[:LARGEST]
    yield "largest .mpy: " + ", ".join(f"{name} {compiled[name]:,} B" for name in largest)


def modules(found: Found) -> int:
    return sum(figure for (what, _), figure in found.items() if what == "module")


def size(count: float) -> Figure:
    return Figure(count, "B")
