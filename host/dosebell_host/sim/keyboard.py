"""Keys and lines on stdin as presses of the button."""

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TextIO

from dosebell import button
from dosebell_host.sim.serve import Server

SHORT_MS = 200
# A press that must be long is held this much longer than it must.
EXTRA_MS = 500
PRESS_MS = (1, 60_000)


def on_key(server: Server, key: str) -> None:
    """Space, l, u and q; any other key does nothing. Called by the server's own loop."""
    if key == "q":
        server.stop()
    elif key == " ":
        server.press(SHORT_MS)
    elif key == "l" and server.world.app is not None:
        server.press(server.world.app.button.long_press_ms + EXTRA_MS)
    elif key == "u":
        server.press(button.VERY_LONG_MS + EXTRA_MS)


def on_line(server: Server, line: str, complain: Callable[[str], None]) -> None:
    """`press 200` presses for so many milliseconds, `press` alone for a short one."""
    word, _, number = line.strip().partition(" ")
    held = number.strip() or str(SHORT_MS)
    if word == "press" and held.isdecimal() and PRESS_MS[0] <= int(held) <= PRESS_MS[1]:
        server.press(int(held))
    elif line.strip():
        complain(f'"{line.strip()[:40]}" is not understood; write: press {SHORT_MS}')


def follow(server: Server, act: Callable[[str], None], by_line: bool) -> None:
    """Have the server act on every key, or line, of stdin until it ends."""

    def read() -> None:
        for text in typed_lines() if by_line else _keys():
            server.call_soon(partial(act, text))

    # A thread, because not every system can wait for stdin together with sockets. It is never
    # joined: what it waits for may not come before the end.
    threading.Thread(target=read, daemon=True).start()


@contextlib.contextmanager
def single_keys() -> Iterator[None]:
    """The terminal hands out every key at once and shows none; put back at the end."""
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    tty.setcbreak(terminal)
    try:
        yield
    finally:
        # A terminal that was closed needs nothing put back.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def is_ours(stream: TextIO | None) -> bool:
    """Whether that is a terminal whose foreground we are: a background job must not use it."""
    try:
        return (
            stream is not None
            and stream.isatty()
            and os.tcgetpgrp(stream.fileno()) == os.getpgrp()
        )
    except (AttributeError, OSError, ValueError):
        return False


def _keys() -> Iterator[str]:
    for data in _chunks():
        yield from data.decode(errors="replace").lower()


def typed_lines() -> Iterator[str]:
    """The lines of stdin, as they come; none where it is another one's terminal."""
    rest = b""
    for data in _chunks():
        *lines, rest = (rest + data).split(b"\n")
        yield from (line.decode(errors="replace") for line in lines)
        # Whatever comes without any line end is no press.
        rest = rest[-1024:]
    if rest:
        yield rest.decode(errors="replace")


def _chunks() -> Iterator[bytes]:
    if sys.stdin is None or (sys.stdin.isatty() and not is_ours(sys.stdin)):
        return
    # Not sys.stdin itself, whose lock a waiting thread would hold when the interpreter ends.
    with contextlib.suppress(OSError, ValueError):
        while data := os.read(sys.stdin.fileno(), 1024):
            yield data
