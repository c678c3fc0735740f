"""Hardware for pico.py to run on where there is none: nothing happens and nobody presses.

None of it allocates in an idle pass, so what is measured there is the firmware's own. The clock
goes on by the wait of each pass. The watchdog counts them and measures.
"""

import gc

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

RELEASED = 1
# The passes before the first that is measured: the start settles.
WARM_UP = 100
MEASURED = 10_000


class OverError(BaseException):
    """All that had to be measured is."""


def used() -> int:
    found: int = gc.mem_alloc()  # type: ignore[attr-defined]
    return found


class Pin:
    OUT = IN = PULL_UP = OPEN_DRAIN = IRQ_FALLING = 0

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def irq(self, **_: object) -> None:
        pass

    def value(self, level: int = RELEASED) -> int:
        return level


class NeoPixel:
    """Stands for a strip, and for the module `neopixel`; `writes` counts what was sent to any."""

    writes = 0

    def __init__(self, _: Pin, count: int) -> None:
        self._sent = bytearray(3 * count)

    def __setitem__(self, place: int, colour: tuple[int, int, int]) -> None:
        for at in range(3):
            self._sent[3 * place + at] = colour[at]

    def write(self) -> None:
        NeoPixel.writes += 1


NeoPixel.NeoPixel = NeoPixel  # type: ignore[attr-defined]


class PWM:
    def __init__(self, _: Pin) -> None:
        pass

    def freq(self, hz: int) -> None:
        pass

    def duty_u16(self, duty: int) -> None:
        pass


class I2C:
    def __init__(self, *_: object, **__: object) -> None:
        pass

    def readfrom_mem_into(self, _: int, __: int, ___: bytearray) -> None:
        raise OSError("nobody answers")


class Registers:
    """Memory by address; what nobody wrote is 0."""

    def __init__(self) -> None:
        self._words: dict[int, int] = {}

    def __getitem__(self, address: int) -> int:
        return self._words.get(address, 0)

    def __setitem__(self, address: int, word: int) -> None:
        self._words[address] = word


class WDT:
    """Fed once a pass; knows what the passes that are measured have allocated."""

    allocated = 0

    def __init__(self, timeout: int) -> None:
        self._passes = 0
        self._before = 0
        WDT.allocated = 0

    def feed(self) -> None:
        self._passes += 1
        if self._passes == WARM_UP:
            self._before = used()
        elif self._passes == WARM_UP + MEASURED:
            WDT.allocated = used() - self._before
            raise OverError


class Machine:
    """Stands for the module `machine`."""

    Pin = Pin
    PWM = PWM
    I2C = I2C
    WDT = WDT
    WDT_RESET = 3
    mem32 = Registers()

    @staticmethod
    def reset_cause() -> int:
        # What carries the time over; after a power cut nobody would know it.
        return Machine.WDT_RESET


class Select:
    """Stands for the module `select`: no byte ever comes."""

    POLLIN = POLLOUT = 1

    @staticmethod
    def poll() -> "Poll":
        return Poll()


class Poll:
    def register(self, *_: object) -> None:
        pass

    def ipoll(self, wait_ms: int) -> tuple[int, ...]:
        Time.now_ms += wait_ms
        return ()


class Time:
    """Stands for the module `time`."""

    now_ms = 0

    @staticmethod
    def ticks_ms() -> int:
        return Time.now_ms

    @staticmethod
    def ticks_diff(after: int, before: int) -> int:
        return after - before


def install(modules: "dict[str, Any]") -> None:
    """Let pico.py find these instead; `modules` is sys.modules."""
    modules["machine"] = Machine
    modules["neopixel"] = NeoPixel
    modules["select"] = Select
    modules["time"] = Time
