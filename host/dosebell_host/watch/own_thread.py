"""A thread that a sink has for itself, so that whatever it speaks with keeps no box waiting.

What is done in it is the sink's own: a function that goes on for as long as `wait` says so. It is
a daemon: a service that never answers must not keep the program from ending.
"""

import threading
from collections.abc import Callable

_STOP_S = 2.0


class OwnThread:
    """Does `work` from `start` on; whoever ends it waits at most `stop_s` seconds for it."""

    def __init__(self, name: str, work: Callable[[], None], stop_s: float = _STOP_S) -> None:
        # Set once nothing is to be done any more.
        self.over = threading.Event()
        self._woken = threading.Event()
        self._stop_s = stop_s
        self._thread = threading.Thread(target=work, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is something to do: `wait` ends, now or when it is next called."""
        self._woken.set()

    def end(self) -> None:
        """Have it end; one that was never started has."""
        self.over.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(self._stop_s)

    # Called by the thread itself.

    def wait(self, longest_s: float | None = None) -> bool:
        """Until it is woken, or for so long; whether to go on."""
        self._woken.wait(longest_s)
        self._woken.clear()
        return not self.over.is_set()

    def pause(self, wait_s: float) -> None:
        """For so long, whatever wakes it but its end."""
        self.over.wait(wait_s)
