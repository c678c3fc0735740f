"""The folder of something that starts others, which is gone afterwards, however that ends.

A lock in it is held for as long as its process lives. Whoever starts next takes away what one left
that was killed: its processes, where the system has not ended them, and then its folder. A process
is of it whose number stands there, and whose command names that folder, for a number is given
again to somebody else's.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dosebell_host.box.file_lock import is_locked, lock
from page.ending import pause

# A process that works in a folder of it has its number in a file there that ends so.
NUMBER = ".pid"
_LOCK = "lock"
_ENDS_WITHIN_S = 10.0


@contextlib.contextmanager
def own_folder(prefix: str, within: Path | None = None) -> Iterator[Path]:
    """A new one whose name begins so, while the block runs; what is left of others is cleared.
    It is `within` a folder, or where this machine has what is temporary.
    """
    within = within or Path(tempfile.gettempdir())
    for each in within.glob(f"{prefix}*"):
        with contextlib.suppress(OSError):
            _clear_if_left(each)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
    with (folder / "new").open("w") as file:
        # It is called so once it is locked: whoever finds it before would take it for left.
        lock(file)
        (folder / "new").rename(folder / _LOCK)
        try:
            yield folder
        finally:
            shutil.rmtree(folder)


def _clear_if_left(folder: Path) -> None:
    is_own = not hasattr(os, "geteuid") or folder.lstat().st_uid == os.geteuid()
    if folder.is_symlink() or not is_own:
        return
    with (folder / _LOCK).open("r+") as file:
        if is_locked(file):
            return
        for each in folder.glob(f"*/*{NUMBER}"):
            with contextlib.suppress(OSError):
                _end(each.read_text().strip(), folder)
        shutil.rmtree(folder)


def _end(pid: str, folder: Path) -> None:
    """In good order; what does not end so is killed."""
    for number in (signal.SIGINT, signal.SIGKILL):
        until_s = time.monotonic() + _ENDS_WITHIN_S
        if _is_of(pid, folder):
            os.kill(int(pid), number)
        while _is_of(pid, folder) and time.monotonic() < until_s:
            pause(0.1)


def _is_of(pid: str, folder: Path) -> bool:
    """Whether it lives and was started for that folder, where the system tells of it."""
    words = ["ps", "-ww", "-o", "command=", "-p", pid]
    said = subprocess.run(words, capture_output=True, text=True, check=False).stdout
    return str(folder) in said
