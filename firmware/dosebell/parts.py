"""The parts beyond the standard build: what `/state/parts.json` names, checked and put to work.

Imported only where there is such a file, or where one is to be written. One that can't be right
gives no parts and is told: what rings needs none of them.
"""

import json

from dosebell import TYPE_CHECKING, lamps, wiring

if TYPE_CHECKING:
    from dosebell.hardware import Board
    from dosebell.store import Files
    from dosebell.typed import Any

    # The numbers of each part, by its name.
    Parts = dict[str, dict[str, int]]

MAX_BYTES = 700
MAX_LAMPS = 32
# What a strip may draw beside the Pico, so that any USB port gives it, and a lamp at full white.
MAX_MA = 300
LAMP_MA = 60
FULL = 255


def checked(text: str) -> "Parts":
    """What the text names. Raises ValueError with what can't be so."""
    if len(text.encode()) > MAX_BYTES:
        raise ValueError("more than %d bytes" % MAX_BYTES)
    try:
        said = json.loads(text)
    except (ValueError, RuntimeError):
        # The latter are brackets in brackets, deeper than the stack.
        raise ValueError("no JSON")
    if not isinstance(said, dict) or [name for name in said if name != "lamps"]:
        raise ValueError("there are no parts but lamps")
    for part in said.values():
        _check_lamps(part)
    return said


def _check_lamps(said: "Any") -> None:
    if not isinstance(said, dict) or sorted(said) != ["brightness", "count", "pin"]:
        raise ValueError("lamps have a pin, a count and a brightness")
    for number in said.values():
        # A bool is an int on a laptop, and is none on the board.
        if not isinstance(number, int) or isinstance(number, bool):
            raise ValueError("each is a whole number")
    if said["pin"] not in wiring.PINS:
        raise ValueError("no pin GP%d" % said["pin"])
    if not 1 <= said["count"] <= MAX_LAMPS:
        raise ValueError("count is 1 to %d" % MAX_LAMPS)
    if not 1 <= said["brightness"] <= FULL:
        raise ValueError("brightness is 1 to %d" % FULL)
    if current_ma(said) > MAX_MA:
        raise ValueError("%d mA, more than %d" % (current_ma(said), MAX_MA))


def current_ma(lamps: "dict[str, int]") -> int:
    """What a strip draws at the most, rounded up: all its lamps white."""
    return -(-lamps["count"] * LAMP_MA * lamps["brightness"] // FULL)


def check_pins(said: "Parts", wires: wiring.Wiring) -> None:
    """Raises ValueError where a part stands on a pin that is in use."""
    for name in wiring.STANDARD:
        for part in said.values():
            if name != "active" and getattr(wires, name) == part["pin"]:
                raise ValueError("GP%d is in use for %s" % (part["pin"], name))


def fit(board: "Board", files: "Files", text: str) -> None:
    """Give the board the parts that the text names; a strip that can't be had is a fault.

    Raises ValueError where the text can't be right.
    """
    said = checked(text)
    check_pins(said, wiring.read(files)[0])
    if "lamps" in said:
        found = said["lamps"]
        try:
            strip = board.strip(found["pin"], found["count"])
        except Exception:
            board.faults += (lamps.FAULT,)
            return
        board.lamps = lamps.Lamps(board, strip, found["count"], found["brightness"])
