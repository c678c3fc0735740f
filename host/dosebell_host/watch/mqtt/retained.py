"""What a broker keeps, as far as it was told by this watcher since it was connected."""

from collections.abc import Callable

from dosebell_host.watch.mqtt.line import Line
from dosebell_host.watch.mqtt.message import Message


class Retained:
    """What stands at the broker, by topic; `elapsed_s` counts seconds."""

    def __init__(self, line: Line, elapsed_s: Callable[[], float]) -> None:
        self._line = line
        self._elapsed_s = elapsed_s
        # What tells its payload from another one, and when it was said.
        self._said: dict[str, tuple[str, float]] = {}

    def keep(
        self, topic: str, payload: str, new: str | None = None, again_s: float | None = None
    ) -> int | None:
        """Have the broker keep that, where it does not yet, or was last told too long ago; `new`
        is what tells two payloads apart, itself where that is left out. Returns the number of the
        message, None where none was sent.
        """
        new = payload if new is None else new
        said, at_s = self._said.get(topic, (None, 0.0))
        now_s = self._elapsed_s()
        if said == new and (again_s is None or now_s - at_s < again_s):
            return None
        number = self._line.publish(Message(topic, payload, retain=True))
        if number is not None:
            self._said[topic] = new, now_s
        return number

    def is_lost(self, topic: str) -> None:
        """Something else may stand there now."""
        self._said.pop(topic, None)

    def all_is_lost(self) -> None:
        """Something else may stand everywhere."""
        self._said.clear()
