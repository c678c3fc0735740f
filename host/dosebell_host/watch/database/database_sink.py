"""The sink of one `[[database]]`: it leaves word of what is new, and a thread of its own does the
rounds of the gateway, so that a database that is slow or away keeps no box waiting.
"""

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from dosebell_host.history.records import Entry
from dosebell_host.talk import Note
from dosebell_host.watch.database.gateway import KEPT_HERE
from dosebell_host.watch.own_thread import OwnThread
from dosebell_host.watch.view import BoxView

_STOP_S = 5.0
# A database that says nothing for so long, and does not hang up either, is told of.
_STUCK_S = 60.0


class DoesRounds(Protocol):
    """What the thread does, as `Gateway`."""

    def show(self, views: Sequence[BoxView]) -> None: ...
    def look_back(self, device_id: str) -> None: ...
    def round(self) -> float: ...
    def close(self) -> None: ...


class DatabaseSink:
    """Tells the database, once it is started; `opens` makes the gateway, in its thread. `note` is
    told where a round does not end.
    """

    def __init__(
        self,
        name: str,
        opens: Callable[[], DoesRounds],
        note: Note,
        elapsed_s: Callable[[], float],
    ) -> None:
        self.name = name
        self._opens = opens
        self._note = note
        self._elapsed_s = elapsed_s
        # When the round began that takes place, None between two.
        self._began_s: float | None = None
        self._is_stuck = False
        self._lock = threading.Lock()
        self._views: Sequence[BoxView] = ()
        self._new: set[str] = set()
        self._thread = OwnThread(name, self._work, _STOP_S)

    def start(self) -> None:
        """Tell by itself from now on, in a thread."""
        self._thread.start()

    def show(self, views: Sequence[BoxView], now: float) -> None:
        """How all is now."""
        with self._lock:
            self._views = views
        self._thread.wake()
        began_s = self._began_s
        if began_s is not None and self._elapsed_s() - began_s >= _STUCK_S and not self._is_stuck:
            self._is_stuck = True
            self._note(f"{self.name}: nothing comes back. {KEPT_HERE}")

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        """The outbox has them already: what is left is to look there."""
        with self._lock:
            self._new.add(box.device_id)
        self._thread.wake()
        return len(entries)

    def close(self) -> None:
        """Nothing is sent any more; what was not is sent at the next start."""
        self._thread.end()

    def _work(self) -> None:
        gateway = self._opens()
        wait_s = 0.0
        try:
            while self._thread.wait(wait_s):
                self._hand_over(gateway)
                wait_s = self._round(gateway)
        finally:
            gateway.close()

    def _round(self, gateway: DoesRounds) -> float:
        self._began_s = self._elapsed_s()
        wait_s = gateway.round()
        self._began_s = None
        if self._is_stuck:
            self._is_stuck = False
            self._note(f"{self.name}: it answers again.")
        return wait_s

    def _hand_over(self, gateway: DoesRounds) -> None:
        with self._lock:
            views, new, self._new = self._views, self._new, set()
        gateway.show(views)
        for device_id in new:
            gateway.look_back(device_id)
