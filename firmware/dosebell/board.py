"""What the app shows on the board it runs on; what it asks of that stands in hardware.pyi."""

from collections import namedtuple

from dosebell import TYPE_CHECKING, pattern
from dosebell.plan import NEVER

# The window of what is inflated, as a power of two: so much memory a board has in one piece.
INFLATE_BITS = 10

# What is open: its fields are told in typed.pyi.
if TYPE_CHECKING:
    from dosebell.typed import Open as Open
else:
    Open = namedtuple("Open", ("dose", "name", "meal", "position", "place", "state", "asked"))


class View:
    """The outputs that the core wants: names of patterns, and what other parts would show."""

    def __init__(self) -> None:
        self.light = pattern.OFF
        self.sound = pattern.SILENT
        # The answer to the last press while it is shown, else "".
        self.answer = ""
        # What is open, in the order of the file, and what comes next.
        self.open: list[Open] = []
        self.next_dose = ""
        self.next_due_s = NEVER
