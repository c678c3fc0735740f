"""What of the device package is compiled for a board: all but what only a type checker reads."""

import ast
from pathlib import Path

import pytest

from device_rules import nodes_on_the_device
from dosebell_host.flash.bundle import compiled, for_a_board
from dosebell_host.resources import device_files

SOURCES = pytest.mark.parametrize("path", device_files().values(), ids=lambda path: path.stem)

# A file with every way in which something is there for a type checker, and what a board gets.
WRITTEN = """\
from dosebell import TYPE_CHECKING
from dosebell import (
    TYPE_CHECKING,
    civil as days,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    # Read by nobody.
    Table = dict[str, Any]
else:
    Table = dict


def late() -> "Table":
    if TYPE_CHECKING:
        from dosebell.app import App
    return Table()
"""
FLASHED = """\

from dosebell import civil as days





if False: pass




else:
    Table = dict


def late() -> "Table":
    if False: pass

    return Table()
"""


def test_what_only_a_type_checker_reads_is_left_out_and_the_rest_stays_in_its_line() -> None:
    assert for_a_board(WRITTEN) == FLASHED


@SOURCES
def test_every_statement_of_the_package_stays_where_it_was(path: Path) -> None:
    source = path.read_text("utf-8")
    assert statements(for_a_board(source)) == statements(source)


def statements(source: str) -> list[tuple[int, str]]:
    """(line, text) of each that a board runs, without what is there for the type checker."""
    found = []
    for node in nodes_on_the_device(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            node.names = [each for each in node.names if each.name != "TYPE_CHECKING"]
        is_for_checkers = ast.unparse(node) in ("TYPE_CHECKING = False", "from dosebell import ")
        # What holds statements is told by them.
        if isinstance(node, ast.stmt) and not hasattr(node, "body") and not is_for_checkers:
            found.append((node.lineno, ast.unparse(node)))
    return [each for each in found if each[1] != "pass"]


@SOURCES
def test_nothing_compiled_names_what_only_a_type_checker_reads(path: Path) -> None:
    data = compiled().files[f"dosebell/{path.stem}.mpy"]
    # A name stands there behind twice its length, with a zero after it.
    found = {name for name in only_for_checkers(path.read_text("utf-8")) if packed(name) in data}
    assert found == set()


def packed(name: str) -> bytes:
    return bytes([len(name) << 1]) + name.encode() + b"\0"


def only_for_checkers(source: str) -> set[str]:
    """The names that stand nowhere but in what a type checker reads."""
    tree = ast.parse(source)
    on_device = {name for node in nodes_on_the_device(tree) for name in names(node)}
    on_device.discard("TYPE_CHECKING")
    return {name for node in ast.walk(tree) for name in names(node)} - on_device


def names(node: ast.AST) -> list[str]:
    match node:
        case ast.Name(id=name) | ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return [name]
        case ast.alias(name=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
            return name.split(".")
        case ast.ImportFrom(module=str(name)):
            return name.split(".")
        # Those of a named tuple; elsewhere a text is a note of a type, which is no code.
        case ast.Tuple(elts=texts):
            return [ast.unparse(text).strip("'") for text in texts]
    return []
