"""A laptop beside a box: the real link over a simulated wire, with a history and a clock.

    laptop = Laptop(Box.with_schedule(), tmp_path)
    laptop.meet().hello.revision

The wire may be as bad as a test wants it, and can be pulled after any number of bytes.
"""

from pathlib import Path
from typing import Any, ClassVar

from domain import Box
from dosebell import civil
from dosebell_host import resources
from dosebell_host.box import contact
from dosebell_host.box.contact import Contact
from dosebell_host.box.link import Link
from dosebell_host.history.store import History, open_history
from dosebell_host.sim.wire import Faults, Wire

PICO = "pico"


class Pulled(Wire):
    """A wire that is pulled once `after` bytes went to the box."""

    def __init__(self, box: Box, after: int) -> None:
        super().__init__(box.world)
        self.left = after
        self.sent = 0

    def write(self, data: bytes, /) -> int:
        whole = data[: max(0, self.left)]
        self.left -= len(data)
        self.sent += len(whole)
        super().write(whole)
        self._check_pulled()
        return len(data)

    def read(self, size: int = 1, /) -> bytes:
        self._check_pulled()
        return super().read(size)

    def _check_pulled(self) -> None:
        if self.left < 0:
            raise OSError(5, "Input/output error")


class Scripted:
    """A port on which something else than a box answers: `says` to whatever is written."""

    def __init__(self, says: bytes = b"") -> None:
        self.timeout: float | None = None
        self.written = b""
        self.pieces: list[int] = []
        self._says = says
        self._coming = b""

    @property
    def in_waiting(self) -> int:
        return len(self._coming)

    def write(self, data: bytes, /) -> int:
        self.written += data
        self.pieces.append(len(data))
        if data.endswith(b"\n"):
            self._coming += self._says
        return len(data)

    def read(self, size: int = 1, /) -> bytes:
        data, self._coming = self._coming[:size], self._coming[size:]
        return data

    def reset_input_buffer(self) -> None:
        self._coming = b""

    def close(self) -> None:
        pass


class Laptop:
    """One laptop. What it was told beside results is in `notes`; its clock agrees with the world's
    unless `ahead_s` says otherwise.
    """

    # Every history opened in a test; conftest.py has them closed after it.
    opened: ClassVar[list[History]] = []

    def __init__(
        self, box: Box, folder: Path, faults: Faults | None = None, seed: int = 0
    ) -> None:
        self.box = box
        self.ahead_s = 0.0
        self.notes: list[str] = []
        self.link = Link(Wire(box.world, faults, seed), "the board")
        self.history = open_history(self.notes.append, folder / resources.FILE_NAME)
        self.opened.append(self.history)

    def now(self) -> float:
        """What this laptop's clock shows, in Unix seconds."""
        return self.box.world.now_ms / 1000 + civil.UNIX_2000 + self.ahead_s

    def meet(self, **options: Any) -> Contact:
        return contact.meet(self.link, self.history, self.notes.append, laptop=self.now, **options)


def close_histories() -> None:
    """Close what the laptops of a test have opened."""
    while Laptop.opened:
        Laptop.opened.pop().close()
