"""Where the running virtual Picos are noted, so that `--port virtual` finds one.

Each has a small file of its own, named by its process, with its port in it. The file is locked
while the process lives: the lock goes with the process however it ends, so a file that is not
locked is left over, even where its number belongs to another process by now.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from dosebell_host.box.file_lock import is_locked, lock
from dosebell_host.resources import history_file

_FOLDER = "virtual"


@contextlib.contextmanager
def register(port: str) -> Iterator[None]:
    """Note a virtual Pico at `port` while the block runs. Where that can't be written, go without:
    the port was printed, too.
    """
    path = _folder() / str(os.getpid())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("w", encoding="utf-8")
        lock(file)
    except OSError:
        yield
        return
    try:
        file.write(port)
        file.flush()
        yield
    finally:
        # Closed first, because Windows removes no open file.
        file.close()
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def find() -> str | None:
    """The port of the virtual Pico started last, or None where none runs."""
    try:
        paths = sorted(_folder().iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        return None
    ports = (_port(path) for path in paths)
    return next((port for port in ports if port), None)


def _port(path: Path) -> str | None:
    """The port in a file whose process runs; a file that was left over is removed."""
    try:
        with path.open("r+", encoding="utf-8") as file:
            if is_locked(file):
                return file.read().strip() or None
        path.unlink(missing_ok=True)
    except OSError:
        pass
    return None


def _folder() -> Path:
    return history_file().parent / _FOLDER
