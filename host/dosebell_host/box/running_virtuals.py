"""Where the running virtual Picos are noted, so that `--port virtual` finds one.

Each has a small file of its own, named by its process, with its port in it. The file is locked
while the process lives: the lock goes with the process however it ends, so a file that is not
locked is left over, even where its number belongs to another process by now.

Whoever finds a file left over removes it, and may find one so that has just been made and is about
to be locked. So only the holder of the lock removes, and who makes one makes another where it was
too late.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from dosebell_host.box.file_lock import is_locked
from dosebell_host.resources import VIRTUALS, history_file

# Processes in two containers may have one number and one folder.
_NAMES = 1000


@contextlib.contextmanager
def register(port: str, is_locked: Callable[[TextIO], bool] = is_locked) -> Iterator[None]:
    """Note a virtual Pico at `port` while the block runs. Where that can't be written, go without:
    the port was printed, too. `is_locked` locks a file that nobody has locked.
    """
    try:
        made = _made(is_locked)
        made.write(port)
        made.flush()
    except OSError:
        yield
        return
    try:
        yield
    finally:
        # Windows removes no open file; there, whoever looks next does.
        with contextlib.suppress(OSError), made:
            Path(made.name).unlink(missing_ok=True)


def find_all() -> list[str]:
    """The ports of the virtual Picos that run, the one started last first."""
    try:
        paths = list(_folder().iterdir())
    except OSError:
        return []
    found = [(_began_ns(path), port) for path in paths if (port := _port(path))]
    return [port for _, port in sorted(found, reverse=True)]


def trouble() -> str:
    """Why the folder with their notes cannot be looked into, "" where it can, or is not there."""
    try:
        next(_folder().iterdir(), None)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"{history_file().parent} cannot be used ({error.strerror})"
    return ""


def _made(is_locked: Callable[[TextIO], bool]) -> TextIO:
    """A new file under a name of its own, locked. OSError where there can be none."""
    _folder().mkdir(parents=True, exist_ok=True)
    for number in range(_NAMES):
        path = _folder() / f"{os.getpid()}{f'-{number}' if number else ''}"
        file = path.open("a", encoding="utf-8")
        if not is_locked(file) and _is_at(file, path):
            file.truncate(0)
            return file
        file.close()
    raise OSError("every name is taken")


def _began_ns(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        # It has ended in this moment.
        return 0


def _port(path: Path) -> str | None:
    """The port in a file whose process runs; a file that was left over is removed."""
    try:
        with path.open("r+", encoding="utf-8") as file:
            if is_locked(file):
                return file.read().strip() or None
            if _is_at(file, path):
                path.unlink(missing_ok=True)
    except OSError:
        pass
    return None


def _is_at(file: TextIO, path: Path) -> bool:
    """Whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except OSError:
        return False


def _folder() -> Path:
    return history_file().parent / VIRTUALS
