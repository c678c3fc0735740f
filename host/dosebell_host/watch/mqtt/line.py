"""A line to a broker, as the sink uses it: whatever takes time happens behind it."""

from typing import NamedTuple, Protocol

from dosebell_host.watch.mqtt.message import Message


class Connected(NamedTuple):
    """Messages can be published; nothing that was published before is on its way any more."""


class Disconnected(NamedTuple):
    """No message can be published. `why` is a sentence without its full stop, "" at the end."""

    why: str


class Delivered(NamedTuple):
    """The broker has acknowledged the message of that number."""

    number: int


class Undelivered(NamedTuple):
    """The broker has refused it, for a reason in its own words."""

    number: int
    why: str


class Incoming(NamedTuple):
    """A message on one of the topics that the line listens to. `retained` is whether whoever sent
    it asked the broker to keep it.
    """

    topic: str
    payload: str
    retained: bool


LineEvent = Connected | Disconnected | Delivered | Undelivered | Incoming


class Line(Protocol):
    """It connects, and connects again, by itself. All of it returns at once."""

    def publish(self, message: Message) -> int | None:
        """Send it, so that it comes at least once while the connection lasts. Its number, which
        is told again once it has come; None where there is no connection.
        """

    def happened(self) -> list[LineEvent]:
        """What has happened since this was last asked, in order."""

    def close(self) -> None:
        """Leave, so that the broker says so in our place."""
