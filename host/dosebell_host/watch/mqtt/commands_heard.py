"""What somebody behind the broker tells a box, heard once, and judged before it is done."""

from collections import deque
from collections.abc import Callable
from typing import Protocol

from dosebell_host.talk import Note
from dosebell_host.watch.mqtt.command import Command, Refused, judge
from dosebell_host.watch.mqtt.line import Incoming
from dosebell_host.watch.view import BoxView

# Whoever sends one again and again that is not obeyed is told of after so long.
_AGAIN_S = 60.0
_MOST_REMEMBERED = 64


class Obeys(Protocol):
    """Who does what a box is told."""

    def do(self, command: Command) -> None:
        """Have it done soon."""

    def close(self) -> None:
        """Nothing is done any more."""


class CommandsHeard:
    """The commands of one broker: `obeys` does them, and `note` is told which are not obeyed."""

    def __init__(self, obeys: Obeys, note: Note, elapsed_s: Callable[[], float]) -> None:
        self._obeys = obeys
        self._note = note
        self._elapsed_s = elapsed_s
        self._obeyed: deque[Command] = deque(maxlen=_MOST_REMEMBERED)
        self._refused = "", 0.0

    def hear(self, event: Incoming, view: BoxView, now: float) -> None:
        """One that came for that box, at that moment in Unix seconds."""
        found = judge(event.payload, event.retained, view, now)
        if isinstance(found, Refused):
            self._tell_refused(f"a command for {view.called} is not obeyed: {found.why}.")
        elif found not in self._obeyed:
            self._obeyed.append(found)
            self._obeys.do(found)

    def close(self) -> None:
        """Nothing is done any more."""
        self._obeys.close()

    def _tell_refused(self, sentence: str) -> None:
        told, at_s = self._refused
        if told != sentence or self._elapsed_s() - at_s >= _AGAIN_S:
            self._note(sentence)
            self._refused = sentence, self._elapsed_s()
