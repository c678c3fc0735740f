"""What the app asks of the board it runs on. The Pico is one, the simulator another.

A type checker alone reads this: nothing of it is flashed, and a board itself needs no such
classes, which would take memory.
"""

from typing import Any, Protocol

from dosebell.board import View

class BatteryClock(Protocol):
    """A clock that runs on while the board is off. What does not answer raises OSError."""

    def read_s(self) -> int | None:
        """Seconds since 2000, or None where the clock has lost its time."""

    def write_s(self, utc_s: int) -> None:
        """Set the clock, and note in it that it has a time."""

class Strip(Protocol):
    """As `neopixel.NeoPixel`: colours by place from 0 on, which `write` sends."""

    def __setitem__(self, place: int, colour: tuple[int, int, int]) -> None: ...
    def write(self) -> None: ...

class LampRow(Protocol):
    """The lamps at the compartments, as lamps.py has them."""

    shows: bytearray

    def show(self, view: View) -> None: ...
    def play(self, elapsed_ms: int) -> None: ...
    def test(self, place: int) -> None: ...
    def off(self) -> None: ...

class Board(Protocol):
    """Outputs, and what the board knows of itself."""

    name: str
    # Faults that the board found in itself, one word each.
    faults: tuple[str, ...]
    # Where the file of parts names some; `show` and the board's own loop drive them.
    lamps: LampRow | None

    def strip(self, pin: int, count: int) -> Strip:
        """So many lamps at that pin. Raises whatever is in the way."""

    @property
    def rtc(self) -> BatteryClock:
        """The clock that runs on, or would if there were one."""

    def show(self, view: View) -> None:
        """Make `view.light` and `view.sound` so. Called when anything in `view` changes."""

    def send(self, line: bytes) -> None:
        """Put one line on the wire, or drop it where nobody reads; never wait long."""

    def kept_s(self) -> int | None:
        """The time that survived a reset, or None after a power cut."""

    def reset_cause(self) -> str:
        """One word: why the board started."""

    def entropy(self, count: int) -> bytes:
        """`count` random bytes."""

    def inflate(self, data: bytes) -> Any:
        """A file of what raw deflate packed in a window of `INFLATE_BITS`.

        Where that is not what `data` holds, this or a read raises OSError or EOFError.
        """

    def system(self) -> str:
        """What runs the firmware, as `MicroPython 1.28.0`."""

    def hardware(self) -> str:
        """The hardware, as it names itself."""

    def app(self) -> tuple[str, bool]:
        """Which version runs, and whether that is the one before, as the current one fails."""

    def heap_free(self) -> int:
        """Free bytes of the heap."""

    def reset(self) -> None:
        """Start again, with the clock carried over."""

    def service(self) -> None:
        """Start again without reminders, with the REPL free for ten minutes at most."""
