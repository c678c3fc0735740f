"""What a box's faults mean, and what to do about each.

A box tells of a fault until it starts again, so they are told as something that happened.
"""

from typing import NamedTuple


class Fault(NamedTuple):
    """`fix` is what to do, "" for nothing; `is_bad` where a person has to."""

    says: str
    fix: str = ""
    is_bad: bool = True

    def __str__(self) -> str:
        return f"{self.says}: {self.fix}" if self.fix else self.says


_COPY = Fault("a small file was damaged and the copy before is used; nothing is lost", "", False)

FAULTS = {
    "flash": Fault(
        "its flash could not be written; it tries again every minute",
        "if that comes back after a restart, the flash is worn out, and it needs another Pico",
    ),
    "journal": Fault("part of its journal is damaged; the rest is in order", "", False),
    "schedule": Fault("its schedule was damaged and the copy before is in force", "push again"),
    "button": Fault("the button was held down for half a minute", "is it stuck?"),
    "battery-clock": Fault("the battery clock disagrees with it", "is the cell empty?"),
    "seen": _COPY,
    "device_id": _COPY,
    "crash": Fault("its program failed and was started again", "`dosebell doctor` shows where"),
    "board-file": Fault(
        "its file board.json cannot be right, so it uses the standard pins",
        "put that file right, or remove it",
    ),
}


def fault(name: str) -> Fault:
    """The meaning of a fault; one that this dosebell does not know yet is told by its name."""
    return FAULTS.get(name, Fault(f"it tells of a fault: {name}"))
