"""The command line: what a command takes to its end, beside other tools for boards.

It is told in CPU time, which is the time on the wall of a computer that has nothing else to do;
`push` waits for a board besides, so it is told in both.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from bench import budgets
from bench.effort import Effort
from bench.table import Row
from bench.timing import side_by_side
from dosebell_host.resources import schedules_dir

# The programs that belong to this Python.
BIN = Path(sys.executable).parent
ONE, OTHER = (str(schedules_dir() / f"{name}.toml") for name in ("d3-weekly", "four-doses-a-day"))
OTHERS = {"mpremote --help": ["mpremote", "--help"], "esptool --help": ["esptool", "--help"]}
PUSH = "dosebell push"
# Ours is no slower than the other.
BUDGETED = {
    ("dosebell --help", "mpremote --help"),
    ("dosebell check", "esptool --help"),
    ("dosebell preview", "esptool --help"),
    (PUSH, "esptool --help"),
}
# What is imported is told of these.
LOOKED_INTO = (("--help", ["--help"]), ("check", ["check", OTHER]))
HEAVIEST = 5
LEFT_OUT = ("DOSEBELL_PORT", "PYTHONDONTWRITEBYTECODE")
TIMEOUT_S = 60


def rows(effort: Effort) -> Iterator[Row | str]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data")
        with virtual_board(data) as port:
            calls = {**our_commands(data, port), **other_commands(data)}
            times = side_by_side(calls, effort.of(20, 7), cpu_s)
            pushed = side_by_side({PUSH: calls[PUSH]}, effort.of(20, 7), time.perf_counter)
        told = [f"dosebell {name} imports {heaviest(data, words)}" for name, words in LOOKED_INTO]
    for name in calls:
        for other in OTHERS if name not in OTHERS else ():
            budget = budgets.FASTER if (name, other) in BUDGETED else None
            yield Row(name, times[name], other, times[other], budget)
    yield Row(f"{PUSH}, by the clock on the wall", pushed[PUSH])
    yield from told


def our_commands(data: Path, port: str) -> dict[str, Callable[[], object]]:
    # One and the other in turn, so that there is something to push every time.
    files = cycle((ONE, OTHER))
    push = ["push", "--yes", "--no-sync", "--port", port]
    return {
        "dosebell --help": lambda: run(data, "dosebell", "--help"),
        "dosebell check": lambda: run(data, "dosebell", "check", OTHER),
        "dosebell preview": lambda: run(data, "dosebell", "preview", OTHER),
        PUSH: lambda: run(data, "dosebell", *push, next(files)),
    }


def other_commands(data: Path) -> dict[str, Callable[[], object]]:
    return {name: lambda words=words: run(data, *words) for name, words in OTHERS.items()}  # type: ignore[misc]


def cpu_s() -> float:
    """What all programs that were run so far have computed."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def run(data: Path, program: str, *words: str) -> None:
    """Run a program to its end; one that fails ends the benchmark."""
    subprocess.run(
        [str(BIN / program), *words],
        check=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=environment(data),
        timeout=TIMEOUT_S,
    )


@contextmanager
def virtual_board(data: Path) -> Iterator[str]:
    """A virtual board that waits in a program of its own; the port that it is at."""
    board = subprocess.Popen(
        [str(BIN / "dosebell"), "virtual"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(data),
        text=True,
    )
    with board:
        try:
            assert board.stdout is not None
            yield board.stdout.readline().removeprefix("ready ").strip()
        finally:
            board.terminate()


def heaviest(data: Path, words: list[str]) -> str:
    """The modules that take longest to import, each without those that it imports itself."""
    code = "import sys; from dosebell_host.cli import main; main(sys.argv[1:])"
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, *words],
        check=True,
        capture_output=True,
        text=True,
        env=environment(data),
        timeout=TIMEOUT_S,
    )
    lines = [line.split("|") for line in said.stderr.splitlines() if line.count("|") == 2]
    # The first line is a head.
    took_us = {name.strip(): int(own.rpartition(":")[2]) for own, _, name in lines[1:]}
    longest = sorted(took_us, key=lambda name: -took_us[name])[:HEAVIEST]
    named = ", ".join(f"{name} {took_us[name] / 1000:.1f}" for name in longest)
    whole = sum(took_us.values()) / 1000
    return f"{len(took_us)} modules in {whole:.0f} ms, longest of all {named}"


def environment(data: Path) -> dict[str, str]:
    """With a data folder of its own, and everything compiled once, as an installed program is."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return {**kept, "DOSEBELL_DATA": str(data), "PYTHONPYCACHEPREFIX": str(data / "compiled")}
