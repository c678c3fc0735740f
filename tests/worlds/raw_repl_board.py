"""A Pico on a pty or a TCP port, whose REPL mpremote itself talks to.

    with plugged(BoardFlash()) as board:
        flash(Wishes(port=board.port), talk)
    assert board.runs == version

Friendly and raw REPL, raw paste with its windows, Ctrl-C, Ctrl-D and a watchdog are as MicroPython
has them. Code from the REPL runs on CPython, with modules of a board. At every start the very
boot.py and main.py that lie on the flash are run; where they start an app whose files are whole,
the real firmware runs on the same flash, in a simulated world.
"""

import binascii
import contextlib
import gc
import hashlib
import io
import itertools
import selectors
import socket
import struct
import threading
import time
import types
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from board_flash import BoardFlash, FlashFiles, PowerCut
from board_modules import (
    SERVICE,
    AppStarts,
    Bootloader,
    Registers,
    Restart,
    board_globals,
    importing,
    machine_module,
    os_module,
    sys_module,
    traceback_of,
)
from dosebell_host.schedule.local_time import now_s
from dosebell_host.sim.board import SimulatedBoard
from dosebell_host.sim.endpoints import Endpoint, TcpEndpoint
from dosebell_host.sim.world import World
from waiting import HANG_S, wait_until

PICO = "Raspberry Pi Pico with RP2040"
PICO_W = "Raspberry Pi Pico W with RP2040"
PICO_2 = "Raspberry Pi Pico2 with RP2350"
VERSION = (1, 29, 0)
MPY = 4870

FRIENDLY, RAW, PASTE, APP = "friendly", "raw", "paste", "app"
# As the Pico has it. A larger one makes a test faster.
WINDOW_BYTES = 128
POLL_S = 0.01
PORT_GONE_S = 0.3
PIECE_BYTES = 4096

# The ports of the boards that are plugged in, with the serial number of each. A pseudo-terminal
# that was closed is soon another one's, perhaps of another test in another process, so whoever
# looks for a port looks here.
PLUGGED: dict[str, str] = {}
SERIALS = (f"E66118C4{number:08X}" for number in itertools.count())

RAW_BANNER = b"raw REPL; CTRL-B to exit\r\n>"
CTRL_A, CTRL_B, CTRL_C, CTRL_D, CTRL_E = b"\x01\x02\x03\x04\x05"


class RealBoard(SimulatedBoard):
    """What the firmware sees: a Pico that restarts through its start files."""

    def __init__(self, board: "RawReplBoard", world_ms: Callable[[], int]) -> None:
        super().__init__(world_ms, name=board.name, seed=board.device_seed)
        self._board = board
        self.restarts = False

    def system(self) -> str:
        return "MicroPython " + ".".join(map(str, self._board.version))

    def hardware(self) -> str:
        return self._board.machine

    def app(self) -> tuple[str, bool]:
        return self._board.runs, self._board.fell_back

    def reset(self) -> None:
        self.restarts = True

    def service(self) -> None:
        self._board.mem32[min(SERVICE)] = 0x5E7
        self.restarts = True


class RealWorld(World):
    def __init__(self, board: "RawReplBoard", battery_clock: bool) -> None:
        self._raw = board
        super().__init__(now_s(), FlashFiles(board.flash), battery_clock=battery_clock)

    def _board(self, seed: str) -> SimulatedBoard:
        return RealBoard(self._raw, lambda: self.now_ms)


class RawReplBoard:
    """One board; its thread serves the port until it is unplugged.

    Once it has started, its power goes after `cut_after` operations of its flash, if given.
    `link` is a name for its port that stays the same when the port does not.
    `versions` are the whole versions by name, so that one that is not whole can be told. An app
    that is not among them is taken for whole where its pico module is there.
    """

    def __init__(
        self,
        flash: BoardFlash,
        versions: Mapping[str, Mapping[str, bytes]] | None = None,
        *,
        machine: str = PICO,
        version: tuple[int, int, int] = VERSION,
        mpy: int = MPY,
        battery_clock: bool = True,
        raw_paste: bool = True,
        window_bytes: int = WINDOW_BYTES,
        tcp: bool = False,
        crashing: frozenset[str] = frozenset(),
        answers_hello: bool = True,
        watchdog_s: float = 8.0,
        name: str = "pico",
        cut_after: int | None = None,
        drops_port: bool = False,
        prints: bytes = b"",
        link: Path | None = None,
        serial: str | None = None,
    ) -> None:
        self.name = name
        self.serial = serial or next(SERIALS)
        self.is_cut = cut_after is not None
        self.flash = flash
        # Operations are counted from the first start on.
        self._cut_after = cut_after
        self.machine = machine
        self.version = version
        self.mpy = mpy
        self.runs = ""
        self.fell_back = False
        self.starts: list[str] = []
        # What went wrong in the start files.
        self.complaints: list[str] = []
        self.device_seed = "a board"
        self.mem32 = Registers(self._stop_watchdog)
        # How soon it bites; None while it is stopped.
        self.watchdog_s: float | None = None
        self.on_bootloader: Callable[[], None] = lambda: None
        self.answers_hello = answers_hello
        self._drops_port = drops_port
        self._prints = prints
        self._link = link
        self._versions = versions or {}
        self._battery_clock = battery_clock
        self._raw_paste = raw_paste
        self._window_bytes = window_bytes
        self._crashing = crashing
        self._watchdog_period_s = watchdog_s
        self._mode = FRIENDLY
        self._line = bytearray()
        self._window = 0
        self._globals: dict[str, Any] = {}
        self._path: list[str] = []
        self._world: World | None = None
        self._tcp = tcp
        self._wake, self._waker = socket.socketpair()
        self._open_port()
        self._off = False
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Pull the plug, from the test's own thread."""
        self._off = True
        # It may have lost its power by itself a moment ago.
        with contextlib.suppress(OSError):
            self._waker.send(b"\0")
        self._thread.join()

    def started(self) -> str:
        """The version that runs once the board has started; "" where none does."""
        assert self._started.wait(HANG_S)
        return self.runs

    def name_on_board(self, name: str) -> Any:
        """What code from the REPL has under that name there."""
        return self._globals.get(name)

    def wait_for_starts(self, count: int) -> None:
        """Return once it has started so often."""
        wait_until(lambda: len(self.starts) >= count)

    @property
    def is_plugged(self) -> bool:
        return self._thread.is_alive()

    def _open_port(self) -> None:
        self._endpoint: Endpoint = TcpEndpoint() if self._tcp else _pty()
        self.port = self._endpoint.url
        self._selector = selectors.DefaultSelector()
        self._endpoint.attach(self._selector)
        self._selector.register(self._wake, selectors.EVENT_READ, lambda: b"")
        if self._link is not None:
            self._link.symlink_to(self.port)
        PLUGGED[self.port] = self.serial

    def _close_port(self) -> None:
        """First nobody finds it any more; then it is gone, and another board may get its name."""
        PLUGGED.pop(self.port, None)
        if self._link is not None:
            self._link.unlink(missing_ok=True)
        self._selector.close()
        self._endpoint.close()

    def _drop_port(self) -> None:
        """The computer sees the board go, and come back."""
        self._close_port()
        time.sleep(PORT_GONE_S)
        self._open_port()

    def _serve(self) -> None:
        try:
            with contextlib.suppress(PowerCut):
                self._start()
                self.flash.power_on(self._cut_after)
                self._started.set()
                while not self._off:
                    came = self._selector.select(POLL_S if self.watchdog_s else 1.0)
                    for key, _ in came:
                        self._receive(key.data())
                    self._watch(not came)
                    self._endpoint.flush()
        finally:
            self._close_port()
            self._wake.close()
            self._waker.close()

    def _watch(self, was_idle: bool) -> None:
        """A watchdog counts the time in which nothing came, as the board's own loop sees it: where
        a busy machine delays the laptop, it delays the board as well.
        """
        if self.watchdog_s is None:
            return
        self.watchdog_s -= POLL_S if was_idle else 0.0
        if self.watchdog_s < 0.0:
            if self._mode == APP:
                self._feed_watchdog()
            else:
                self._start()

    def _feed_watchdog(self, *_: Any, **__: Any) -> None:
        self.watchdog_s = self._watchdog_period_s

    def _stop_watchdog(self) -> None:
        self.watchdog_s = None

    # Starting.

    def _start(self) -> None:
        """A hard start; what the flash holds decides what comes of it."""
        self.watchdog_s = None
        if self.starts and self._drops_port:
            self._drop_port()
        while True:
            self._mode, self._line, self._world = FRIENDLY, bytearray(), None
            self.runs, self._path = "", []
            self._globals = self._fresh_globals()
            try:
                for path in ("/boot.py", "/main.py"):
                    if path in self.flash.contents:
                        self._run_file(path)
            except Restart:
                continue
            except AppStarts as app:
                self._run_app(app.version)
            self.starts.append(self.runs)
            return

    def _run_file(self, path: str) -> None:
        try:
            exec(compile(self.flash.contents[path], path, "exec"), self._globals)
        except Exception as error:
            self.complaints.append(f"{path}: {error!r}")
            self._say(traceback_of(error))

    def _run_app(self, version: str) -> None:
        current = self.flash.contents.get("/app/current", b"").decode().strip()
        self.runs, self.fell_back = version, version != current
        self._mode = APP
        self._world = RealWorld(self, self._battery_clock)
        self._world.power_on("reset")

    def _import_dosebell(self) -> Any:
        version = self._path[0].rpartition("/")[2] if self._path else ""
        if not self.whole(version):
            raise ImportError("no module named 'dosebell'")
        if version in self._crashing:
            raise KeyError("dose")

        def run(limp: bool) -> None:
            raise AppStarts(version)

        return types.SimpleNamespace(pico=types.SimpleNamespace(run=run))

    def whole(self, version: str) -> bool:
        """Whether every file of a version is there, byte for byte."""
        folder = f"/app/{version}/"
        if version not in self._versions:
            return f"{folder}dosebell/pico.py" in self.flash.contents
        return all(
            self.flash.contents.get(folder + name) == content
            for name, content in self._versions[version].items()
        )

    # The wire.

    def _say(self, data: bytes) -> None:
        """Send it all: the REPL waits for a host that is slow to read."""
        for start in range(0, len(data), PIECE_BYTES):
            while self._endpoint.flush() and not self._off:
                time.sleep(0.001)
            self._endpoint.send(data[start : start + PIECE_BYTES])

    def _receive(self, data: bytes) -> None:
        while data:
            if self._mode == APP:
                data = self._receive_as_app(data)
            elif self._mode == PASTE and data[0] != CTRL_D:
                data = self._paste(data)
            else:
                self._receive_byte(data[0])
                data = data[1:]

    def _receive_as_app(self, data: bytes) -> bytes:
        """What comes after a Ctrl-C is for the REPL."""
        before, interrupt, after = data.partition(b"\x03")
        if self._world is not None and self.answers_hello:
            self._world.run_until_ms(max(self._world.now_ms, now_s() * 1000))
            self._say(self._world.feed(before))
            if getattr(self._world.board, "restarts", False):
                self._endpoint.flush()
                self._start()
                return after
        if interrupt:
            self._world, self._mode = None, FRIENDLY
            # Nobody feeds the watchdog any more.
            self._feed_watchdog()
            self._say(b"\r\nMicroPython\r\n>>> ")
        return after

    def _receive_byte(self, byte: int) -> None:
        {FRIENDLY: self._friendly, RAW: self._raw, PASTE: self._end_paste}[self._mode](byte)

    def _friendly(self, byte: int) -> None:
        if byte == CTRL_A:
            self._mode, self._line = RAW, bytearray()
            self._say(RAW_BANNER)
        elif byte == CTRL_B:
            self._say(b"\r\nMicroPython\r\n>>> ")
        elif byte == CTRL_C:
            self._say(b"\r\n>>> ")
        elif byte == CTRL_D:
            self._say(b"\r\nMPY: soft reboot\r\n")
            self._start()
        elif byte in b"\r\n":
            wrong = b"Traceback\r\nSyntaxError: invalid syntax\r\n" if self._line.strip() else b""
            self._line = bytearray()
            self._say(b"\r\n" + wrong + b">>> ")
        else:
            self._line.append(byte)
            self._say(bytes([byte]))

    def _raw(self, byte: int) -> None:
        if byte == CTRL_A:
            if bytes(self._line) == b"\x05A":
                self._begin_paste()
            else:
                self._say(RAW_BANNER)
            self._line = bytearray()
        elif byte == CTRL_B:
            self._mode, self._line = FRIENDLY, bytearray()
            self._say(b"\r\nMicroPython\r\n>>> ")
        elif byte == CTRL_C:
            self._line = bytearray()
        elif byte == CTRL_D:
            self._say(b"OK")
            self._execute()
        else:
            self._line.append(byte)

    def _begin_paste(self) -> None:
        if not self._raw_paste:
            self._say(b"R\x00")
            return
        self._mode, self._window = PASTE, 0
        self._say(b"R\x01" + struct.pack("<H", self._window_bytes) + b"\x01")

    def _paste(self, data: bytes) -> bytes:
        """Take what fits into the window, up to the end of the code; what is left of it."""
        code = data.partition(b"\x04")[0][: self._window_bytes - self._window]
        self._line += code
        self._window += len(code)
        if self._window == self._window_bytes:
            self._window = 0
            self._say(b"\x01")
        return data[len(code) :]

    def _end_paste(self, _: int) -> None:
        self._mode = RAW
        self._say(b"\x04")
        self._execute()

    def _execute(self) -> None:
        """Run what was received; its output, its traceback, and the next prompt."""
        code, self._line = bytes(self._line), bytearray()
        self._out = io.StringIO()
        complaint = b""
        try:
            exec(compile(code, "<stdin>", "exec"), self._globals)
        except Restart:
            self._endpoint.flush()
            self._start()
            return
        except Bootloader:
            self._off = True
            self._endpoint.flush()
            self.on_bootloader()
            return
        except Exception as error:
            complaint = traceback_of(error)
        out = self._out.getvalue().replace("\n", "\r\n").encode()
        self._say(self._prints + out + b"\x04" + complaint + b"\x04>")

    # What code on the board finds there.

    def _fresh_globals(self) -> dict[str, Any]:
        self._out = io.StringIO()
        return board_globals(self._import, open=self.flash.open, print=self._print)

    def _print(self, *values: Any, sep: str = " ", end: str = "\n") -> None:
        self._out.write(sep.join(map(str, values)) + end)

    def _import(self, name: str, *_: Any) -> Any:
        if name == "dosebell":
            return self._import_dosebell()
        modules = {
            "binascii": binascii,
            "gc": gc,
            "hashlib": hashlib,
            "machine": machine_module(self.mem32, self._feed_watchdog),
            "os": os_module(self.flash, self.machine),
            "sys": sys_module(self.version, self.machine, self.mpy, self._path),
            "time": types.SimpleNamespace(sleep_ms=lambda ms: None, ticks_ms=lambda: 0),
        }
        return importing(modules)(name)


@contextlib.contextmanager
def plugged(flash: BoardFlash, *arguments: Any, **options: Any) -> Iterator[RawReplBoard]:
    """A board with that flash, plugged in while the block lasts."""
    flash.power_on()
    board = RawReplBoard(flash, *arguments, **options)
    try:
        yield board
    finally:
        if board.is_plugged:
            board.unplug()


def _pty() -> Endpoint:
    from dosebell_host.sim.pseudo_tty import PtyEndpoint

    return PtyEndpoint()
