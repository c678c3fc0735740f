"""What the firmware takes of the heap, measured on the real MicroPython.

    python tests/vm/heap.py

prints it as a table; the tests hold it to the budgets below.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import micropython_vm
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from micropython_vm import HERE, PACKAGE, Tree

# Heap with 32 doses loaded, all modules and the app included, and what one more dose takes.
MAX_HEAP_BYTES = 108_000
MAX_DOSE_BYTES = 700
# What is imported only where a line of an older release is met, at the first start after an
# upgrade, and takes no heap afterwards; where board.json names another buzzer; and where a box is
# asked about its device, its parts, or what became of an occurrence that is no longer current.
SELDOM = {"former", "active_buzzer", "commands_device", "commands_parts", "search"}
# What is imported only where a schedule or a box asks for it, and what each such part may take.
PARTS = {"each", "lamps", "parts"}
MAX_PART_BYTES = 4_000

# MicroPython's heap on a Pico has 236 KB; some more here, since nothing is collected in a step.
_HEAP_BYTES = 2 << 20

_DOSE = """
[[dose]]
id = "d3k2-{n:02}"
name = "Vitamin D3 1000 IU + K2 (MK-7) 100 µg, no. {n:02}"
take = "1 capsule"
with = ["breakfast", "lunch"]
food = "fat"
days = "daily"
stock = {{ count = 90, per_intake = 1, low = 7 }}
"""
_PLAN = """
version = 1
timezone = "Europe/Berlin"
[meals]
breakfast = { at = "07:30", sat = "09:00", sun = "09:00" }
lunch = "12:30"
"""


@dataclass(frozen=True)
class HeapUse:
    """Bytes of the heap; `modules` in the order in which they were imported."""

    modules: dict[str, int]
    # By how many doses the schedule has: the app with it.
    app: dict[int, int]
    # What was allocated by passes with nothing to do, by those in which the light counts, and by
    # noise; what cut frames left behind.
    idle: int
    counting: int
    noise: int
    lines: int
    # The lamps of a box that has some, beside their modules; passes of such a box, and how often
    # its strip was written.
    lamps: int
    idle_lamps: int
    lamp_writes: int

    @property
    def all_modules(self) -> int:
        return sum(count for name, count in self.modules.items() if name not in SELDOM | PARTS)

    @property
    def loaded(self) -> int:
        return self.all_modules + self.app[32]

    @property
    def lamps_all(self) -> int:
        """The lamps with all that is loaded for them."""
        return self.modules["parts"] + self.modules["lamps"] + self.lamps

    @property
    def a_dose(self) -> int:
        return (self.app[32] - self.app[1]) // 31


@cache
def measure() -> HeapUse:
    """Of the .mpy files that a board gets."""
    return measure_of(micropython_vm.package())


def measure_of(package: Tree) -> HeapUse:
    lines = micropython_vm.run("heap_use", tree(package), _HEAP_BYTES)
    figures = [line.split(" ") for line in lines]
    found = {(what, name): int(count) for what, name, count in figures}
    return HeapUse(
        {name: count for (what, name), count in found.items() if what == "module"},
        {int(name): count for (what, name), count in found.items() if what == "doses"},
        found["idle", "10000"],
        found["counting", "10000"],
        found["noise", "100000"],
        found["lines", "1000"],
        found["lamps", "object"],
        found["idle-lamps", "10000"],
        found["lamps", "writes"],
    )


def tree(package: Tree) -> Tree:
    """The files on the board: the package, what measures it, and what that is given."""
    programs = {name: (HERE / name).read_bytes() for name in ("heap_use.py", "stand_in.py")}
    plans = {f"{count}-doses.txt": "\n".join(plan(count)).encode() for count in (1, 32)}
    given = {"modules.txt": "\n".join(in_order()).encode()}
    return {**package, **micropython_vm.portable(), **programs, **plans, **given}


def plan(doses: int) -> list[str]:
    """The compiled lines of a schedule like the one in the README, with so many doses."""
    text = _PLAN + "".join(_DOSE.format(n=n) for n in range(doses))
    return compile_schedule(read_file.parse(text, "heap.toml")).lines


def in_order() -> list[str]:
    """The modules of the package, each after those that it imports at its top."""
    found: list[str] = []

    def visit(module: str) -> None:
        if module not in found:
            for needed in needs(module):
                visit(needed)
            found.append(module)

    for path in sorted(PACKAGE.glob("*.py")):
        if path.stem != "__init__":
            visit(path.stem)
    return found


def needs(module: str) -> Iterator[str]:
    """The modules of the package that this one imports at its top."""
    for node in ast.parse((PACKAGE / f"{module}.py").read_text()).body:
        if isinstance(node, ast.ImportFrom) and node.module == "dosebell":
            yield from (a.name for a in node.names if (PACKAGE / f"{a.name}.py").exists())
        elif isinstance(node, ast.ImportFrom) and str(node.module).startswith("dosebell."):
            yield str(node.module).partition(".")[2]


def table(use: HeapUse, of_sources: HeapUse | None = None) -> Iterator[str]:
    """Text lines, the largest module first; with a column of what it would be uncompiled."""
    yield f"{'bytes of heap':28} {'.mpy':>8}" + (f" {'.py':>8}" if of_sources else "")
    for name in sorted(use.modules, key=lambda name: -use.modules[name]):
        uncompiled = f" {of_sources.modules[name]:8}" if of_sources else ""
        yield f"{name:28} {use.modules[name]:8}{uncompiled}"
    yield f"{'all modules':28} {use.all_modules:8}"
    yield f"{'the app with 1 dose':28} {use.app[1]:8}"
    yield f"{'the app with 32 doses':28} {use.app[32]:8}"
    yield f"{'one dose more':28} {use.a_dose:8}    budget {MAX_DOSE_BYTES}"
    yield f"{'modules and 32 doses':28} {use.loaded:8}    budget {MAX_HEAP_BYTES}"
    yield f"{'28 lamps, where named':28} {use.lamps_all:8}    budget {MAX_PART_BYTES}"
    yield f"{'10,000 idle passes':28} {use.idle:8}"
    yield f"{'the same with 28 lamps':28} {use.idle_lamps:8}"
    yield f"{'10,000 passes that count':28} {use.counting:8}"
    yield f"{'100,000 bytes of noise':28} {use.noise:8}"
    yield f"{'1,000 lines cut off, kept':28} {use.lines:8}"


if __name__ == "__main__":
    uncompiled = measure_of(micropython_vm.sources())
    print("\n".join(table(measure(), uncompiled)))
