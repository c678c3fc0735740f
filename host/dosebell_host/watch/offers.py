"""Tells every sink what there is: how the boxes are, and the records that it has not taken yet."""

from collections.abc import Callable, Sequence

from dosebell_host.history.store import History
from dosebell_host.talk import Note
from dosebell_host.watch.sink import Sink
from dosebell_host.watch.view import BoxView


class Offers:
    """The sinks of a watcher. One that fails is told of once, and left alone for a while."""

    def __init__(
        self,
        history: History,
        sinks: Sequence[Sink],
        note: Note,
        elapsed_s: Callable[[], float],
    ) -> None:
        self._history = history
        self._sinks = sinks
        self._note = note
        self._elapsed_s = elapsed_s

    def make(self, views: Sequence[BoxView], now: float) -> None:
        """One round; `now` is Unix seconds by this laptop's clock."""
        for sink in self._sinks:
            sink.show(views, now)

    def close(self) -> None:
        """Nothing is told any more."""
        for sink in self._sinks:
            sink.close()
