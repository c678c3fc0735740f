"""A board's file system through its REPL. The only module that imports mpremote.

mpremote moves the code and its output; what the code does stands in `on_board.py`. Everything that
is written is written beside the old file, read back by the board, and then renamed over it.
"""

import ast
import base64
import contextlib
import hashlib
import io
import re
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dosebell_host.box.link import PORT_ERRORS
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash import repl_code
from dosebell_host.flash.board_kinds import Version
from dosebell_host.flash.buffered_port import BufferedPort

# A read at the REPL's door, where nothing may come at all.
_DOOR_READ_S = 0.25

# A literal of this size must fit into a board's memory in one piece.
CHUNK_BYTES = 2048
ENOSPC = 28

_ERROR_NUMBER = re.compile(r"OSError: (?:\[Errno )?(\d+)")
_READ_BACK = "read back otherwise"


@dataclass(frozen=True)
class BoardFacts:
    """What a board says of itself. `mpy_format` is the .mpy version that it reads, 0 for none."""

    micropython: Version
    machine: str
    mpy_format: int
    block_bytes: int
    size_bytes: int
    free_bytes: int


@dataclass(frozen=True)
class Found:
    """A file on the board; `digest` is its SHA-256 in hex, "" where it can't be read."""

    size: int
    digest: str


class FlashFullError(UserError):
    """The board has no room left."""


class RawBoard:
    """A board at its REPL, its program and its watchdog stopped.

    Every method raises `NoDevice` where the board goes away, `UserError` where it can't do it.
    """

    def __init__(self, transport: Any, name: str, silence_s: float) -> None:
        self.name = name
        self._transport = transport
        self._silence_s = silence_s
        self._knows = False
        self._is_open = True

    def facts(self) -> BoardFacts:
        with _understood(self.name):
            said = ast.literal_eval(self._run(repl_code.FACTS))
            version, machine, mpy, block, blocks, free = said
        # The lower byte is the version; above it stand the chip's own instructions.
        return BoardFacts(version, machine, mpy & 0xFF, block, block * blocks, block * free)

    def tree(self, *folders: str) -> dict[str, Found]:
        """Every file below these folders; folders are there too, with a slash behind."""
        return self._found("".join(f"tree({folder!r})\n" for folder in folders))

    def whole_tree(self) -> dict[str, Found]:
        """Every file of the board's own flash."""
        return {path: each for path, each in self._found("whole()").items() if path[-1] != "/"}

    def look_at(self, *paths: str) -> dict[str, Found]:
        """Those of these files that are there."""
        return self._found("".join(f"tell({path!r})\n" for path in paths))

    def read(self, path: str) -> bytes:
        lines = self._do(f"show({path!r})").split()
        with _understood(self.name):
            return b"".join(map(base64.b64decode, lines))

    def write(self, path: str, data: bytes) -> None:
        """Put a file in the place of the one there, if any, as a whole."""
        steps, mode = [], "wb"
        for start in range(0, len(data), CHUNK_BYTES) or (0,):
            text = base64.b64encode(data[start : start + CHUNK_BYTES])
            steps.append(f"add({path!r}, {mode!r}, {text!r})")
            mode = "ab"
        *first, last = steps
        for step in first:
            self._do(step)
        self._do(f"{last}\nfinish({path!r}, {hashlib.sha256(data).hexdigest()!r})")

    def copy(self, source: str, path: str, digest: str) -> None:
        """Copy a file on the board; `digest` is what must come out."""
        self._do(f"copy({source!r}, {path!r})\nfinish({path!r}, {digest!r})")

    def make_folders(self, *folders: str) -> None:
        self._do("".join(f"make({folder!r})\n" for folder in folders))

    def remove(self, path: str) -> None:
        """Remove a file, or a folder with what is in it."""
        self._do(f"drop({path!r})")

    def restart(self) -> None:
        """Start the board normally and let go of it. Where that was done already, do nothing."""
        self._leave(repl_code.RESTART)

    def start_bootloader(self) -> None:
        """Let the board become a drive, and let go of it."""
        self._leave(repl_code.BOOTLOADER)

    def close(self) -> None:
        self._is_open = False
        with contextlib.suppress(*PORT_ERRORS):
            self._transport.close()

    def _found(self, code: str) -> dict[str, Found]:
        lines = self._do(code).splitlines()
        with _understood(self.name):
            said = map(ast.literal_eval, lines)
            return {path: Found(size, digest) for path, size, digest in said}

    def _do(self, code: str) -> str:
        """Run code that uses `on_board.py`, which is sent before its first use."""
        if not self._knows:
            self._run(repl_code.functions())
            self._knows = True
        return self._run(code)

    def _run(self, code: str) -> str:
        out = bytearray()

        def keep(data: bytes) -> None:
            out.extend(data.replace(b"\x04", b""))

        with _explained(self.name):
            _, complaint = self._transport.exec_raw(code, self._silence_s, data_consumer=keep)
        if complaint:
            raise _complaint(self.name, complaint.decode(errors="replace"))
        return out.decode(errors="replace")

    def _leave(self, code: str) -> None:
        if not self._is_open:
            return
        with contextlib.suppress(NoDevice), _explained(self.name):
            self._transport.exec_raw_no_follow(code)
            # Not closed at once: a port that is closed may drop what is still on its way.
            time.sleep(0.05)
        self.close()


def enter(target: Target, reach: Reach, attempt: int = 0) -> RawBoard:
    """The board at its REPL, whatever it was doing; one try. `attempt` counts those before.

    Raises `NoDevice` with what is in the way.
    """
    said, name, patience = io.StringIO(), target.name, reach.restart
    transport = _transport(target, reach)
    board = RawBoard(transport, name, patience.silence_s)
    try:
        with _explained(name, said), contextlib.redirect_stdout(said):
            transport.serial.set_patience(_DOOR_READ_S, patience.write_s)
            # Without a soft reset: that would run boot.py anew and leave the watchdog waiting.
            transport.enter_raw_repl(soft_reset=False, timeout_overall=patience.enter_s(attempt))
            transport.serial.set_patience(patience.silence_s, patience.write_s)
        board._run(repl_code.TAKE_OVER)
    except BaseException:
        board.close()
        raise
    return board


def _transport(target: Target, reach: Reach) -> Any:
    from mpremote.transport import TransportError
    from mpremote.transport_serial import SerialTransport

    try:
        transport = SerialTransport(target.port, timeout=_DOOR_READ_S)
    except (TransportError, *PORT_ERRORS):
        # It does not say why. Whoever opens it as we do hears it.
        reach.open(target.port).close()
        raise NoDevice(f"{target.name} could not be opened", fix="plug it in again") from None
    transport.serial = BufferedPort(transport.serial)
    return transport


@contextlib.contextmanager
def _explained(name: str, said: io.StringIO | None = None) -> Iterator[None]:
    """What mpremote raises, in our words; `said` is what it printed of what the board sent."""
    from mpremote.transport import TransportError

    try:
        yield
    # A port that goes away in the middle gives too few bytes to mpremote, which unpacks them.
    except (*PORT_ERRORS, struct.error):
        raise _gone(name) from None
    except TransportError:
        if said is None:
            raise _gone(name) from None
        raise _closed(name, said.getvalue()) from None


@contextlib.contextmanager
def _understood(name: str) -> Iterator[None]:
    """Something else on the board may have printed in between."""
    try:
        yield
    except (SyntaxError, ValueError, TypeError):
        raise UserError(
            f"what {name} answered got mixed up on the way", fix="repeat the command", code="mixed"
        ) from None


def _gone(name: str) -> NoDevice:
    return NoDevice(f"{name} went away", fix="plug it in again and repeat", code="vanished")


def _closed(name: str, printed: str) -> NoDevice:
    """Nobody opened at the REPL's door. mpremote prints what it heard, as a bytes literal."""
    with contextlib.suppress(SyntaxError, ValueError):
        printed = ast.literal_eval(printed.strip()).decode(errors="replace")
    heard = " ".join("".join(c if c.isprintable() else " " for c in printed).split())[-200:]
    return NoDevice(
        f"{name} does not let this laptop in{f': it says {heard!r}' if heard else ''}",
        fix="is MicroPython on it? If it is, unplug it, plug it in again, and repeat the command;"
        " if not, `dosebell flash --uf2 FILE` puts it there while BOOTSEL is held at plugging in",
        code="no-repl",
    )


def _complaint(name: str, traceback: str) -> UserError:
    lines = traceback.strip().splitlines()
    last = lines[-1] if lines else "nothing"
    number = _ERROR_NUMBER.search(last)
    if number and int(number[1]) == ENOSPC:
        return FlashFullError(f"the flash of {name} is full", code="full")
    if _READ_BACK in last:
        return UserError(
            f"what {name} reads back is not what was written",
            fix="repeat the command; if it happens again, the flash of the board is worn out",
            code="read-back",
        )
    return UserError(
        f"{name} could not do what it was asked ({last})",
        fix="unplug it, plug it in again, and repeat the command",
        code="board",
    )
