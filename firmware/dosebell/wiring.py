"""Which pin holds what: the standard build, or what `/state/board.json` says instead.

A file that can't be right changes nothing: the box runs with the standard pins and says so,
because a light on the wrong pin is a silent box.
"""

import json

from dosebell.store import Files

FILE = "/state/board.json"
# What the box has beyond the standard build, as parts.py reads it.
PARTS = "/state/parts.json"
STANDARD = {"led": 15, "buzzer": 14, "button": 13, "sda": 4, "scl": 5, "active": False}

_MAX_BYTES = 512
# What a Pico brings out: GP23 to GP25 and GP29 are used on the board itself.
PINS = tuple(range(23)) + (26, 27, 28)


class Wiring:
    """GP numbers, and whether the buzzer is `active`, one that sounds by itself.

    `said` holds what differs from the standard, and `i2c` is the bus of these pins. Raises
    ValueError where it can't be so.
    """

    def __init__(self, said: object) -> None:
        if not isinstance(said, dict):
            raise ValueError("object")
        wires = dict(STANDARD)
        wires.update(said)
        if len(wires) != len(STANDARD) or not isinstance(wires["active"], bool):
            raise ValueError("names")
        pins = [_pin(wires[name]) for name in ("led", "buzzer", "button", "sda", "scl")]
        if len(set(pins)) != len(pins):
            raise ValueError("pins")
        self.led, self.buzzer, self.button, self.sda, self.scl = pins
        self.active = wires["active"]
        # RP2040 data sheet, table 2: even pins are SDA, odd ones SCL, of I2C 0 and 1 in turn.
        self.i2c = self.sda // 2 % 2
        if self.sda % 2 or self.scl % 2 == 0 or self.i2c != self.scl // 2 % 2:
            raise ValueError("bus")


def _pin(said: object) -> int:
    # A bool is an int on a laptop, and is none on the board.
    if not isinstance(said, int) or isinstance(said, bool) or said not in PINS:
        raise ValueError("pin")
    return said


def read(files: Files) -> tuple[Wiring, bool]:
    """The wiring, and whether there is a file that could not be used."""
    try:
        with files.open(FILE, "rb") as file:
            return Wiring(json.loads(str(file.read(_MAX_BYTES), "utf-8"))), False
    except (OSError, ValueError) as error:
        return Wiring({}), isinstance(error, ValueError)
