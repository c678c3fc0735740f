"""How much work a run makes of it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Effort:
    """`quick` takes two minutes for all. `uf2` is a MicroPython for the emulated Pico, or None."""

    quick: bool = False
    uf2: Path | None = None

    def of(self, whole: int, quick: int) -> int:
        """A count of rounds, days or years."""
        return quick if self.quick else whole
