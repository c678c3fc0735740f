"""What the app shows on the board it runs on; what it asks of that stands in hardware.pyi."""

from collections import namedtuple

from dosebell import TYPE_CHECKING, pattern
from dosebell.plan import NEVER

# The window of what is inflated, as a power of two: so much memory a board has in one piece.
INFLATE_BITS = 10


if TYPE_CHECKING:
    from typing import NamedTuple

    class Open(NamedTuple):
        """A dose that rings, is snoozed or rests, or that is early and asked about."""

        dose: str
        name: str
        # The meal that was reached; "" where the dose has none.
        meal: str
        # Its number in the file, from 1 on, and the compartment that it lies in, 0 without one.
        position: int
        place: int
        # `ringing`, `snoozed`, `resting` or `early`.
        state: str
        # Whether the next short press takes it.
        asked: bool

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
