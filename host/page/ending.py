"""Ctrl-C, or a kill, of something that starts others: noticed only where nothing is half begun.

Python notices it between any two steps, also between starting a process and noting that it is to
be stopped. So while others are started, and while they are stopped, it is only written down.
"""

import contextlib
import signal
import threading
from collections.abc import Iterator

_NUMBERS = (signal.SIGINT, signal.SIGTERM)
_asked = threading.Event()


def write_down() -> None:
    """From now on `pause` raises what was asked for."""
    for number in _NUMBERS:
        signal.signal(number, lambda *_: _asked.set())


def pause(seconds: float = 0.0) -> None:
    """Wait a little. Raises `KeyboardInterrupt` where somebody wants it to end."""
    if _asked.wait(seconds):
        raise KeyboardInterrupt


@contextlib.contextmanager
def noticed_at_once() -> Iterator[None]:
    """In the block it is as Python has it."""
    pause()
    for number in _NUMBERS:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        write_down()
