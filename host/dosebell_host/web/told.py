"""What is told once, on the next page that a visitor opens: what was done, or what went wrong."""

from collections import deque
from threading import Lock

# Older ones are forgotten; nobody reads more at once.
MOST_SENTENCES = 20
MOST_VISITORS = 100


class ToldOnce:
    """Sentences kept for visitors, in memory only, so that none stands in an address."""

    def __init__(self) -> None:
        self._kept: dict[str, deque[str]] = {}
        self._lock = Lock()

    def tell(self, visitor: str, sentence: str) -> None:
        """Keep a sentence for the next page of that visitor."""
        with self._lock:
            self._kept.setdefault(visitor, deque(maxlen=MOST_SENTENCES)).append(sentence)
            while len(self._kept) > MOST_VISITORS:
                del self._kept[next(iter(self._kept))]

    def take(self, visitor: str) -> list[str]:
        """What is kept for that visitor, which is then forgotten."""
        with self._lock:
            return list(self._kept.pop(visitor, ()))
