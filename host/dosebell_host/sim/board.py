"""A simulated board: it remembers what it showed and when, and has a battery clock if asked."""

import errno
import hashlib
import io
import math
import platform
import zlib
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from dosebell import ds3231, pattern
from dosebell.board import INFLATE_BITS, View
from dosebell_host.sim.strip import SimulatedStrip

if TYPE_CHECKING:
    from dosebell.hardware import BatteryClock, LampRow

# No more of what one frame unpacks to is looked at; a hostile one would fill the memory.
INFLATED_BYTES = 1 << 16
# A long simulation keeps the last outputs only, so that ten years fit in memory.
KEPT_OUTPUTS = 100_000


class Output(NamedTuple):
    """What the board showed from `at_ms` on: names of patterns."""

    at_ms: int
    light: str
    sound: str


class SimulatedBatteryClock:
    """A battery clock that follows the simulated world, off by what was written to it."""

    def __init__(self, world_ms: Callable[[], int]) -> None:
        self._world_ms = world_ms
        self.offset_ms = 0
        # False while the oscillator has stopped, as with an empty cell.
        self.valid = False
        # So many transfers fail now, and all of them until then.
        self._failures = 0
        self._silent_until_ms = 0.0
        # The bit of the seven registers that the next reading shows the other way round.
        self._flipped: int | None = None

    def misbehave(self, how: str, bit: int = 0) -> None:
        """One fault by its name: `fails once`, `fails for an hour`, `dies`, `comes back`, or
        `lies by a bit`, the one of the seven registers of the time that `bit` counts.
        """
        if how == "fails once":
            self._failures = 1
        elif how == "lies by a bit":
            self._flipped = bit
        else:
            silent_ms = {"fails for an hour": 3_600_000, "dies": math.inf, "comes back": 0}[how]
            self._silent_until_ms = self._world_ms() + silent_ms

    def read_s(self) -> int | None:
        self._transfer()
        if not self.valid:
            return None
        now_s = (self._world_ms() + self.offset_ms) // 1000
        if self._flipped is None:
            return now_s
        registers = bytearray(ds3231.encode(now_s))
        registers[self._flipped // 8] ^= 1 << self._flipped % 8
        self._flipped = None
        return ds3231.decode(registers)

    def write_s(self, utc_s: int) -> None:
        """As in a DS3231, the second that was written begins now."""
        self._transfer()
        self.offset_ms = utc_s * 1000 - self._world_ms()
        self.valid = True

    def _transfer(self) -> None:
        """Raises OSError where the bus fails."""
        if self._failures or self._world_ms() < self._silent_until_ms:
            self._failures = 0
            raise OSError(errno.EIO, "no answer on the bus")


class SimulatedBoard:
    """The board of a `World`. `world_ms` tells the world's time, in which it writes its diary."""

    faults: tuple[str, ...] = ()
    lamps: "LampRow | None" = None

    def __init__(self, world_ms: Callable[[], int], name: str = "virtual", seed: str = "") -> None:
        self.rtc: BatteryClock = SimulatedBatteryClock(world_ms)
        self.name = name
        self.lamp_strip = SimulatedStrip()
        self.light = pattern.OFF
        self.sound = pattern.SILENT
        self.outputs: deque[Output] = deque(maxlen=KEPT_OUTPUTS)
        self.sent: list[bytes] = []
        self.on_show: Callable[[View], None] | None = None
        self.wants_reset = False
        self.wants_service = False
        self.kept: int | None = None
        self.cause = "power"
        self._world_ms = world_ms
        self._seed = seed
        self._drawn = 0

    def show(self, view: View) -> None:
        if (self.light, self.sound) != (view.light, view.sound):
            self.light, self.sound = view.light, view.sound
            self.outputs.append(Output(self._world_ms(), view.light, view.sound))
        if self.lamps is not None:
            self.lamps.show(view)
        if self.on_show is not None:
            self.on_show(view)

    def strip(self, pin: int, count: int) -> SimulatedStrip:
        return self.lamp_strip.at(pin, count)

    def send(self, line: bytes) -> None:
        self.sent.append(line)

    def kept_s(self) -> int | None:
        return self.kept

    def reset_cause(self) -> str:
        return self.cause

    def entropy(self, count: int) -> bytes:
        """Bytes that are the same in every run with the same seed."""
        self._drawn += 1
        return hashlib.sha256(f"{self._seed} {self._drawn}".encode()).digest()[:count]

    def inflate(self, data: bytes) -> io.BytesIO:
        inflater = zlib.decompressobj(-INFLATE_BITS)
        try:
            text = inflater.decompress(data, INFLATED_BYTES)
            is_cut_off = not inflater.eof and not inflater.unconsumed_tail
        except zlib.error:
            raise OSError(errno.EINVAL, "no deflated data") from None
        if is_cut_off:
            raise OSError(errno.EINVAL, "cut off")
        return io.BytesIO(text)

    def app(self) -> tuple[str, bool]:
        return "", False

    def system(self) -> str:
        return f"{platform.python_implementation()} {platform.python_version()}"

    def hardware(self) -> str:
        return self.name

    def heap_free(self) -> int:
        return 0

    def reset(self) -> None:
        self.wants_reset = True

    def service(self) -> None:
        self.wants_reset = self.wants_service = True
