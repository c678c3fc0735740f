"""A strip of WS2812 lamps that hears its wire as real ones do: pulse by pulse, and lamp by lamp.

Timings are those of Worldsemi's data sheet of the WS2812B. A lamp keeps the first 24 bits that it
hears, green, red and blue, each from its highest bit on, and passes on the rest. What was heard
shines once the wire has been low for long.
"""

from collections.abc import Iterator

Colour = tuple[int, int, int]
# Nanoseconds high, then low.
Pulse = tuple[int, int]

DARK: Colour = (0, 0, 0)
# How long a bit is high and low, and how far off that may be.
SHORT_NS, LONG_NS, OFF_BY_NS = (400, 850), (800, 450), 150
LAMP_BITS = 24
# How long a lamp takes at the board's timing.
LAMP_US = 30
TIMING = (400, 850, 800, 450)


def pulses(timing: tuple[int, int, int, int], data: bytes) -> list[Pulse]:
    """What MicroPython's `machine.bitstream` makes of bytes: type 0, a high and a low each bit."""
    zero, one = timing[:2], timing[2:]
    return [one if byte >> bit & 1 else zero for byte in data for bit in range(7, -1, -1)]


class Ws2812Strip:
    """So many lamps; `shown` are their colours as red, green and blue."""

    def __init__(self, count: int) -> None:
        self.shown = [DARK] * count
        # How often it heard anything.
        self.heard = 0
        # While it is not plugged in, or its wire is broken.
        self.is_deaf = False

    def hear(self, wire: list[Pulse]) -> None:
        """Pulses, and then a pause. Raises ValueError where one of them is no bit."""
        self.heard += 1
        bits = [_bit(pulse) for pulse in wire]
        if self.is_deaf:
            return
        for place, colour in zip(range(len(self.shown)), _colours(bits), strict=False):
            self.shown[place] = colour

    @property
    def shining(self) -> set[int]:
        """The compartments whose lamps are on, from 1 on."""
        return {place for place, colour in enumerate(self.shown, 1) if colour != DARK}


def _bit(pulse: Pulse) -> int:
    for bit, right in enumerate((SHORT_NS, LONG_NS)):
        if all(abs(ns - wanted) <= OFF_BY_NS for ns, wanted in zip(pulse, right, strict=True)):
            return bit
    raise ValueError(f"{pulse} is no bit of a WS2812")


def _colours(bits: list[int]) -> Iterator[Colour]:
    for start in range(0, len(bits) - LAMP_BITS + 1, LAMP_BITS):
        word = int("".join(map(str, bits[start : start + LAMP_BITS])), 2)
        green, red, blue = word >> 16, word >> 8 & 255, word & 255
        yield red, green, blue
