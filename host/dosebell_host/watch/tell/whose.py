"""Whose a box is: the name in [person] of the file that was pushed to it from this laptop."""

from collections.abc import Callable
from contextlib import closing

from dosebell_host.history.box_names import owner_of
from dosebell_host.history.store import History, KnownBox
from dosebell_host.watch.view import BoxView


class Persons:
    """Remembers it until a box has another schedule. `open_history` opens what is known here."""

    def __init__(self, open_history: Callable[[], History]) -> None:
        self._open = open_history
        self._known: dict[str, tuple[str, str]] = {}

    def of(self, view: BoxView) -> str:
        """The person's name; "" where none is known."""
        if view.status is None:
            return ""
        revision = view.status.hello.revision
        known = self._known.get(view.device_id)
        if known is None or known[0] != revision:
            known = revision, self._look_up(view.device_id, revision)
            self._known[view.device_id] = known
        return known[1]

    def _look_up(self, device_id: str, revision: str) -> str:
        with closing(self._open()) as history:
            return owner_of(history, KnownBox(device_id, "", "", revision, 0.0)).person
