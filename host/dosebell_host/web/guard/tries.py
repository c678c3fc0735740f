"""How often somebody may try a link: a few times at once, then one every few seconds.

Each address of the network has its own tries, so that one who guesses locks nobody else out; and
even who guesses from this very machine leaves the rightful person at most a few seconds to wait.
"""

from collections.abc import Callable
from threading import Lock

AT_ONCE = 20
ONE_EVERY_S = 3.0
MOST_ADDRESSES = 1000


class Tries:
    """Counts what did not fit; `elapsed_s` counts seconds from anywhere."""

    def __init__(self, elapsed_s: Callable[[], float]) -> None:
        self._elapsed_s = elapsed_s
        # When all tries of an address are there again.
        self._whole_at_s: dict[str, float] = {}
        self._lock = Lock()

    def may_try(self, address: str) -> bool:
        """Whether the next try from there is looked at at all."""
        with self._lock:
            owed_s = self._whole_at_s.get(address, 0.0) - self._elapsed_s()
            return owed_s <= (AT_ONCE - 1) * ONE_EVERY_S

    def note_wrong(self, address: str) -> None:
        """A try from there did not fit."""
        with self._lock:
            now_s = self._elapsed_s()
            whole_at_s = max(self._whole_at_s.pop(address, now_s), now_s) + ONE_EVERY_S
            self._whole_at_s[address] = whole_at_s
            while len(self._whole_at_s) > MOST_ADDRESSES:
                del self._whole_at_s[next(iter(self._whole_at_s))]
