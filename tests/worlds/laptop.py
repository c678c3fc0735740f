"""A laptop beside a box: the real link over a simulated wire, with a history and a clock.

    laptop = Laptop(Box.with_schedule(), tmp_path)
    laptop.meet().hello.revision

The wire may be as bad as a test wants it, and can be pulled after any number of bytes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from domain import Box
from dosebell import civil
from dosebell_host import resources
from dosebell_host.box import contact
from dosebell_host.box.client import Client
from dosebell_host.box.contact import Contact
from dosebell_host.box.link import Link
from dosebell_host.box.patience import LINK_PATIENCE, LinkPatience
from dosebell_host.history.sqlite import SqliteFile
from dosebell_host.history.store import History
from dosebell_host.history.tables.tables import Tables
from dosebell_host.sim.wire import Faults, Wire
from dosebell_host.talk import Note

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


# Every history opened in a test; conftest.py has them closed after it.
_histories: list[History] = []


def in_a_file(folder: Path, note: Note, **options: Any) -> Tables:
    return SqliteFile(folder / resources.FILE_NAME, note, **options)


# Where they are kept, the last of them; see `engines.py`.
_kept_in: list[Callable[..., Tables]] = [in_a_file]


@contextmanager
def keeping(made: Callable[..., Tables]) -> Iterator[None]:
    """What is opened in the block is kept in those tables."""
    _kept_in.append(made)
    try:
        yield
    finally:
        _kept_in.pop()


def opened(folder: Path, notes: list[str] | None = None, **options: Any) -> History:
    """The history in a folder, closed after the test; what is told of it goes to `notes`."""
    told = [] if notes is None else notes
    made = History(_kept_in[-1](folder, told.append, **options))
    _histories.append(made)
    return made


def close_histories() -> None:
    """Close what the laptops of a test have opened."""
    while _histories:
        _histories.pop().close()


class Laptop:
    """One laptop. What it was told beside results is in `notes`; its clock agrees with the world's
    unless `ahead_s` says otherwise.
    """

    def __init__(
        self,
        box: Box,
        folder: Path,
        faults: Faults | None = None,
        seed: int = 0,
        patience: LinkPatience = LINK_PATIENCE,
    ) -> None:
        self.box = box
        self.ahead_s = 0.0
        self.notes: list[str] = []
        wire = Wire(box.world, faults, seed)
        self.link = Link(wire, "the board", patience, lambda: box.world.now_ms / 1000)
        self.history = opened(folder, self.notes)

    def now(self) -> float:
        """What this laptop's clock shows, in Unix seconds."""
        return self.box.world.now_ms / 1000 + civil.UNIX_2000 + self.ahead_s

    def meet(self, **options: Any) -> Contact:
        client = Client(self.link)
        return contact.meet(client, self.history, self.notes.append, laptop=self.now, **options)
