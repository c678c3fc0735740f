"""A simulated strip of lamps: the colours that were written last, until the power is cut."""

import errno

Colour = tuple[int, int, int]
DARK: Colour = (0, 0, 0)


class SimulatedStrip:
    """What hangs on the pin of the strip, however often the box starts; `fails` is true while
    nothing can be written to it, and `refuses` is why it can't be taken in hand.
    """

    def __init__(self) -> None:
        self.fails = False
        self.refuses: Exception | None = None
        self.writes = 0
        # The colours that shine, by place from 0 on.
        self.shown: list[Colour] = []
        self._next: list[Colour] = []

    def at(self, pin: int, count: int) -> "SimulatedStrip":
        """So many lamps at that pin, taken in hand by a firmware that starts."""
        if self.refuses is not None:
            raise self.refuses
        self._next = [DARK] * count
        return self

    def __setitem__(self, place: int, colour: Colour) -> None:
        self._next[place] = colour

    def write(self) -> None:
        if self.fails:
            raise OSError(errno.EIO, "the strip cannot be written")
        self.writes += 1
        # Lamps further on keep what they show.
        self.shown[: len(self._next)] = self._next

    def cut_power(self) -> None:
        self.shown = [DARK] * len(self.shown)

    @property
    def shining(self) -> set[int]:
        """The compartments whose lamps are on, from 1 on."""
        return {place for place, colour in enumerate(self.shown, 1) if colour != DARK}
