"""Links that let in once: what was used or is too old opens nothing any more."""

from collections.abc import Callable
from threading import Lock

from dosebell_host.web.guard.secret import digest, found, new_secret

# Nobody waits for more of them at once; older ones are forgotten.
MOST_OPEN = 20


class OneTime:
    """Secrets of which each is good for once and for so many seconds by `elapsed_s`."""

    def __init__(self, valid_s: float, elapsed_s: Callable[[], float]) -> None:
        self.valid_s = valid_s
        self._elapsed_s = elapsed_s
        # When each of them ends, by its digest.
        self._ends_s: dict[str, float] = {}
        self._lock = Lock()

    def make(self) -> str:
        """A new secret."""
        secret = new_secret()
        with self._lock:
            self._ends_s[digest(secret)] = self._elapsed_s() + self.valid_s
            while len(self._ends_s) > MOST_OPEN:
                del self._ends_s[next(iter(self._ends_s))]
        return secret

    def is_good(self, secret: str) -> bool:
        """Whether it would let in now; nothing is used up."""
        with self._lock:
            return self._kept(secret) is not None

    def spend(self, secret: str) -> bool:
        """Whether it lets in, once."""
        with self._lock:
            kept = self._kept(secret)
            return kept is not None and self._ends_s.pop(kept) > self._elapsed_s()

    def _kept(self, secret: str) -> str | None:
        kept = found(secret, self._ends_s)
        return kept if kept and self._ends_s[kept] > self._elapsed_s() else None
