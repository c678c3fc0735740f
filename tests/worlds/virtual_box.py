"""A virtual Pico in a process of its own, at a real pseudo-terminal or socket."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import serial

from domain import utc_of
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.patience import LinkPatience
from dosebell_host.box.transfer import transfer
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule import plan_file
from dosebell_host.sim.flash import FolderFiles
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from waiting import HANG_S

BREAKFAST = schedules_dir() / "d3-k2-breakfast.toml"
COMPILED = plan_file.load(BREAKFAST).compiled
# A box that was asked answers at once. Where nobody else computes it does so at the first try.
PATIENT = LinkPatience(tries=100)


def at_breakfast(folder: Path) -> tuple[str | Path, ...]:
    """The options of a box that rings a second after its start, however late anybody comes.

    The schedule lies on its flash already: it was pushed in the night before.
    """
    world = World(utc_of("2026-11-22 22:00", "Europe/Berlin"), FolderFiles(folder))
    world.power_on()
    transfer(Client(Link(Wire(world))), COMPILED)
    world.power_off()
    return ("--state", folder, "--start", "2026-11-23T07:29:59+01:00")


class Virtual:
    """A running virtual Pico; what it prints, and a way to talk to it."""

    def __init__(self, *options: str | Path) -> None:
        words = [sys.executable, "-m", "dosebell_host", "virtual", *map(str, options)]
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.port = ""

    def wait_until_ready(self) -> None:
        ready = self.line()
        assert ready.startswith("ready "), self.process.communicate(timeout=HANG_S)
        self.port = ready.removeprefix("ready ")

    def line(self) -> str:
        """The next line on its stdout; an error where none comes for long."""
        return _line(self.process.stdout)

    def complaint(self) -> str:
        """The next line on its stderr."""
        return _line(self.process.stderr)

    def type(self, text: str) -> None:
        stdin = self.process.stdin
        assert stdin is not None
        stdin.write(text.encode())
        stdin.flush()

    @contextlib.contextmanager
    def open(self) -> Iterator[Any]:
        port = serial.serial_for_url(self.port, 115200, timeout=HANG_S)
        with contextlib.closing(port):
            yield port

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        with self.open() as port:
            result: dict[str, Any] = Link(port, patience=PATIENT).call(method, params)
            return result

    def push(self) -> None:
        with self.open() as port:
            transfer(Client(Link(port, patience=PATIENT)), COMPILED)

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """(exit code, what it wrote on stderr) after a signal."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=HANG_S)
        return self.process.returncode, errors.decode()


def _line(stream: IO[bytes] | None) -> str:
    assert stream is not None
    text = b""
    while not text.endswith(b"\n"):
        assert select.select([stream], [], [], HANG_S)[0], f"only {text!r} was printed"
        byte = os.read(stream.fileno(), 1)
        if not byte:
            break
        text += byte
    return text.decode().rstrip("\n")


@contextlib.contextmanager
def virtual(*options: str | Path) -> Iterator[Virtual]:
    box = Virtual(*options)
    try:
        box.wait_until_ready()
        yield box
    finally:
        box.process.kill()
        box.process.communicate(timeout=HANG_S)
