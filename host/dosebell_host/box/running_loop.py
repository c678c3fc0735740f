"""Where the loop that watches the boxes of this laptop is noted, so that there is one.

One small file beside the history holds its process, and the address of its page where it has one.
It is locked while the process lives, however that ends. Another one beside it is locked by a
command that wants all ports for itself, as one that flashes a board, which restarts meanwhile; and
a third by one that follows a box.
"""

import contextlib
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from dosebell_host.box.file_lock import is_locked
from dosebell_host.resources import FOLLOWED, LOOP, WANTED, history_file

# Whoever looks whether a file is locked has it for less than a moment.
_TRIES = 10
_PAUSE_S = 0.02


class RunningLoop(NamedTuple):
    """The loop that runs: its process, which command it is, and the address of its page or ""."""

    pid: int
    command: str = ""
    url: str = ""


class Registered:
    """This process's own note, for as long as its file is open."""

    def __init__(self, file: IO[str], command: str) -> None:
        self._file = file
        self._command = command
        self.tell("")

    def tell(self, url: str) -> None:
        """Note the address of the page, once there is one."""
        with contextlib.suppress(OSError):
            self._file.seek(0)
            self._file.truncate()
            told = RunningLoop(os.getpid(), self._command, url)
            json.dump(told._asdict(), self._file)
            self._file.flush()


class Unregistered(Registered):
    """Where nothing can be written, as on a disk that is read-only: it runs all the same."""

    def __init__(self) -> None:
        pass

    def tell(self, url: str) -> None:
        """Nobody finds it."""


@contextlib.contextmanager
def register(command: str) -> Iterator[Registered | None]:
    """Note this process as the loop while the block runs; None where another one is."""
    try:
        file = _open(LOOP)
    except OSError:
        yield Unregistered()
        return
    # The file stays when the loop ends: removed, it could be one that another has just locked.
    with file:
        yield Registered(file, command) if _locked(file) else None


def running_loop() -> RunningLoop | None:
    """The loop that runs on this laptop, or None."""
    path = history_file().parent / LOOP
    try:
        with path.open("r+", encoding="utf-8") as file:
            if not is_locked(file):
                return None
            return _told(file.read())
    except OSError:
        return None


def is_watched() -> bool:
    """Whether some process looks at the boxes of this laptop all the while."""
    return running_loop() is not None or _is_held(FOLLOWED)


def following() -> contextlib.AbstractContextManager[None]:
    """Tell that one box is looked at all the while, though by no loop, while the block runs."""
    return _holding(FOLLOWED)


def wanting_ports() -> contextlib.AbstractContextManager[None]:
    """Keep a loop from every port while the block runs."""
    return _holding(WANTED)


def are_ports_wanted() -> bool:
    """Whether a command wants all ports for itself."""
    return _is_held(WANTED)


@contextlib.contextmanager
def _holding(name: str) -> Iterator[None]:
    try:
        file = _open(name)
    except OSError:
        yield
        return
    # Where another one holds it as well, it is held all the same.
    with file:
        _locked(file)
        yield


def _is_held(name: str) -> bool:
    try:
        with (history_file().parent / name).open("r+", encoding="utf-8") as file:
            return is_locked(file)
    except OSError:
        return False


def _locked(file: IO[str]) -> bool:
    """Lock it; False where another one has it, and not just to see whether that is so."""
    for _ in range(_TRIES):
        if not is_locked(file):
            return True
        time.sleep(_PAUSE_S)
    return False


def _open(name: str) -> IO[str]:
    path: Path = history_file().parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("a+", encoding="utf-8")


def _told(text: str) -> RunningLoop:
    """What is noted; of one that has not written it yet only that it runs."""
    try:
        found = json.loads(text)
        return RunningLoop(int(found["pid"]), str(found["command"]), str(found["url"]))
    except (ValueError, TypeError, KeyError):
        return RunningLoop(0)
