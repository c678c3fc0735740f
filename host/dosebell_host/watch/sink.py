"""Who is told of what a watcher sees: a page, a broker, a phone, a command, a database."""

from collections.abc import Sequence
from typing import Protocol

from dosebell_host.history.records import Entry
from dosebell_host.watch.view import BoxView


class Sink(Protocol):
    """One that is told. It may be slow or away; what it has not taken is offered again.

    Both are called by the watcher's own thread and return soon: whoever speaks over a network
    does so in a thread of its own.
    """

    @property
    def name(self) -> str:
        """What its place in each journal is kept under: the same at every start."""

    def show(self, views: Sequence[BoxView], now: float) -> None:
        """All boxes as they are now; called at every look, whether anything has changed or not.

        `now` is Unix seconds by this laptop's clock.
        """

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        """Records of one box that it has not taken yet, in the order in which the box wrote them.

        Returns how many of them, counted from the first, it has taken for good: they are not
        offered again, also not after a new start. The rest are, so one that stops in between is
        told some twice, and knows them by their keys.
        """

    def close(self) -> None:
        """Nothing is told any more."""
