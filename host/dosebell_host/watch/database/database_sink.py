"""The sink of one `[[database]]`: it leaves word of what is new, and a thread of its own does the
rounds of the gateway, so that a database that is slow or away keeps no box waiting.
"""

import threading
from collections.abc import Callable, Sequence

from dosebell_host.history.records import Entry
from dosebell_host.watch.database.gateway import Gateway
from dosebell_host.watch.view import BoxView

_STOP_S = 5.0


class DatabaseSink:
    """Tells the database, once it is started; `opens` makes the gateway, in its thread."""

    def __init__(self, name: str, opens: Callable[[], Gateway]) -> None:
        self.name = name
        self._opens = opens
        self._lock = threading.Lock()
        self._views: Sequence[BoxView] = ()
        self._new: set[str] = set()
        self._woken = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Tell by itself from now on, in a thread."""
        self._thread.start()

    def show(self, views: Sequence[BoxView], now: float) -> None:
        """How all is now."""
        with self._lock:
            self._views = views
        self._woken.set()

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        """The outbox has them already: what is left is to look there."""
        with self._lock:
            self._new.add(box.device_id)
        self._woken.set()
        return len(entries)

    def close(self) -> None:
        """Nothing is sent any more; what was not is sent at the next start."""
        self._stop.set()
        self._woken.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_S)

    def _work(self) -> None:
        gateway = self._opens()
        try:
            while not self._stop.is_set():
                self._woken.clear()
                self._hand_over(gateway)
                wait_s = gateway.round()
                if wait_s > 0:
                    self._woken.wait(wait_s)
        finally:
            gateway.close()

    def _hand_over(self, gateway: Gateway) -> None:
        with self._lock:
            views, new, self._new = self._views, self._new, set()
        gateway.show(views)
        for device_id in new:
            gateway.look_back(device_id)
