"""Files locked by a process that lives: the lock goes with the process, however it ends."""

import os
import sys
from typing import IO, Any

if sys.platform == "win32":
    import msvcrt

    # Past the text: a byte that is locked can't be read by others.
    _LOCKED_BYTE = 1 << 20

    def lock(file: IO[Any]) -> None:
        """Lock an open file until it is closed; OSError where another one has."""
        os.lseek(file.fileno(), _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        os.lseek(file.fileno(), 0, os.SEEK_SET)
else:
    import fcntl

    def lock(file: IO[Any]) -> None:
        """Lock an open file until it is closed; OSError where another one has."""
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_locked(file: IO[Any]) -> bool:
    """Whether another one holds the lock; where not, this file does from now on."""
    try:
        lock(file)
    except OSError:
        return True
    return False
