"""The records that are on their way to a broker, until it has acknowledged each of them."""

from collections.abc import Callable, Iterable
from itertools import takewhile

from dosebell_host.watch.mqtt.line import Line
from dosebell_host.watch.mqtt.message import Message

# So many records are on their way at a time.
MOST_ON_WAY = 200
# A broker that refuses is asked again after so long.
_AGAIN_S = 60.0

# The id of a box, and the key of its record.
RecordKey = tuple[str, tuple[str, int, int]]


class RecordsOnWay:
    """What was sent over the line and not taken yet; `elapsed_s` counts seconds."""

    def __init__(self, line: Line, elapsed_s: Callable[[], float]) -> None:
        self._line = line
        self._elapsed_s = elapsed_s
        self._on_way: dict[int, RecordKey] = {}
        self._done: set[RecordKey] = set()
        self._refused_s = -_AGAIN_S

    def may_send(self, key: RecordKey) -> bool:
        """Whether that record is neither on its way nor acknowledged, and there is room for it."""
        is_patient = self._elapsed_s() - self._refused_s >= _AGAIN_S
        is_new = key not in self._done and key not in self._on_way.values()
        return is_new and is_patient and len(self._on_way) < MOST_ON_WAY

    def send(self, key: RecordKey, message: Message) -> None:
        """Send that record, where there is a connection."""
        number = self._line.publish(message)
        if number is not None:
            self._on_way[number] = key

    def delivered(self, number: int) -> None:
        """The broker has acknowledged the message of that number."""
        key = self._on_way.pop(number, None)
        if key is not None:
            self._done.add(key)

    def undelivered(self, number: int) -> None:
        """It has refused it, and so is not asked for a while."""
        self._refused_s = self._elapsed_s()
        self._on_way.pop(number, None)

    def all_is_lost(self) -> None:
        """What is not acknowledged will never be."""
        self._on_way.clear()

    def taken(self, keys: Iterable[RecordKey]) -> int:
        """How many of them, from the first on, are acknowledged; they are not asked for again."""
        found = list(takewhile(self._done.__contains__, keys))
        self._done.difference_update(found)
        return len(found)
