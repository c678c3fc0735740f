"""When what failed is tried again: soon at first, then ever more seldom."""

from typing import NamedTuple

# Doubled that often it is longer than anybody waits.
_MOST_DOUBLINGS = 10


class Retry(NamedTuple):
    """How long is waited before it: so long, and then twice as long each time."""

    first_s: float
    longest_s: float

    def wait_s(self, failed: int) -> float:
        """How long, where it had failed that often before."""
        return min(self.first_s * (1 << min(failed, _MOST_DOUBLINGS)), self.longest_s)
