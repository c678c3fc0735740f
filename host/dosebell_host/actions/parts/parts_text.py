"""A strip of lamps in words, and how it is wired, drawn as text."""

from collections.abc import Iterator

from dosebell import parts
from dosebell_host.box.replies import LampStrip

# The pin of a Pico at which each of its GP numbers from 0 on is found, 0 for those inside.
_PINS = (1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 19, 20, 21, 22, 24, 25, 26, 27, 29)
_ANALOGUE = {26: 31, 27: 32, 28: 34}


def pin_of(gp: int) -> int:
    """The number of the pin, as it is counted from the USB plug on."""
    return _ANALOGUE[gp] if gp in _ANALOGUE else _PINS[gp]


def lamps_line(lamps: LampStrip | None) -> str:
    """What there is, as the end of a sentence."""
    if lamps is None:
        return "no lamps."
    many = f"{lamps.count} lamps" if lamps.count > 1 else "1 lamp"
    return (
        f"{many} at GP{lamps.pin}, brightness {lamps.brightness} of {parts.FULL}:"
        f" {lamps.current_ma} mA at the most."
    )


def wiring_lines(lamps: LampStrip) -> Iterator[str]:
    """The wires between a Pico and the strip."""
    data = f"pin {pin_of(lamps.pin)}"
    yield "  Pico                                        strip"
    yield "  pin 40  VBUS 5 V  ----[>|]-----+----------  5V"
    yield "                        1N4001   |"
    yield "                                === 470 uF"
    yield "                                 |"
    yield "  pin 38  GND       -------------+----------  GND"
    yield f"  {data:6}  GP{lamps.pin:<2}      ---[ 330 ohm ]----------  DIN"
    yield ""
    yield "  The diode lets the strip hear the 3.3 V of the Pico; firmware/README.md says more."
