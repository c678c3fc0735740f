"""What is wired to the pins of an emulated Pico: a lamp, a buzzer and a button."""

from itertools import pairwise

from rp2040py.gpio_pin import GPIOPinState
from rp2040py.rp2040 import RP2040

# Pulses further apart than this belong to two tones.
_LONGEST_PERIOD_MS = 10.0


class Output:
    """One pin, watched: every change of its level with the emulated time, in milliseconds."""

    def __init__(self, mcu: RP2040, pin: int) -> None:
        self.edges: list[tuple[float, bool]] = []
        self.high = False
        self._clock = mcu.clock
        self._pin = mcu.gpio[pin]
        self._pin.add_listener(lambda _now, _before: self.look())

    def look(self) -> None:
        """Note its level; a reset of the chip, which lets go of all pins, tells no listener."""
        high = self._pin.value == GPIOPinState.HIGH
        if high != self.high:
            self.high = high
            self.edges.append((self._clock.nanos / 1e6, high))

    def rises(self, since_ms: float = 0) -> list[float]:
        """When it went high."""
        return [at_ms for at_ms, high in self.edges if high and at_ms >= since_ms]

    def falls(self, since_ms: float = 0) -> list[float]:
        return [at_ms for at_ms, high in self.edges if not high and at_ms >= since_ms]

    def tones(self, since_ms: float = 0) -> list[int]:
        """The frequencies that sounded, in whole hertz, each once."""
        rises = self.rises(since_ms)
        periods = [later - sooner for sooner, later in pairwise(rises)]
        return sorted({round(1000 / each) for each in periods if each < _LONGEST_PERIOD_MS})


class Button:
    """A button to ground; a released one leaves the pin to its pull-up."""

    def __init__(self, mcu: RP2040, pin: int) -> None:
        self._pin = mcu.gpio[pin]

    def down(self) -> None:
        self._pin.set_input_value(False)

    def up(self) -> None:
        self._pin.release_input()
