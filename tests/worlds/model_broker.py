"""A broker in this process: what it must do with each message, and all that can go wrong.

It keeps retained messages and the log of a subscriber that never misses what the broker has taken.
A line to it is as the real one: nothing that was published on one connection comes on another, and
what has happened is told when it is asked for. Faults happen between any two messages.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from dosebell_host.watch.mqtt.line import (
    Connected,
    Delivered,
    Disconnected,
    Incoming,
    LineEvent,
)
from dosebell_host.watch.mqtt.message import Message


class KilledError(Exception):
    """The watcher is gone in the middle of it all."""


@dataclass
class ModelBroker:
    """`log` is what a persistent subscriber has of everything that is not retained; with
    `takes` False nobody can connect. `killed_at` is the message at which the watcher dies.
    """

    retained: dict[str, str] = field(default_factory=dict)
    log: list[Message] = field(default_factory=list)
    takes: bool = True
    line: "ModelLine | None" = None
    count: int = 0
    killed_at: int = -1

    def restart(self, forgets: bool = False) -> None:
        """It goes and comes back; where it does not write to a disk, without what it kept."""
        self.cut()
        if forgets:
            self.retained.clear()

    def cut(self) -> None:
        """The connection is gone; the broker says so in place of the watcher."""
        if self.line is not None:
            self.line.lose()

    def takes_in(self, message: Message) -> None:
        if not message.retain:
            self.log.append(message)
        elif message.payload:
            self.retained[message.topic] = message.payload
        else:
            self.retained.pop(message.topic, None)


class ModelLine:
    """A line. Of what is sent only `arrive` reaches the broker, and only `answer` comes back."""

    def __init__(self, broker: ModelBroker, will: Message) -> None:
        self._broker = broker
        self._will = will
        self._events: list[LineEvent] = []
        self._sent: list[tuple[int, Message]] = []
        self._arrived: list[int] = []
        self._number = 0
        self.is_open = False

    def connect(self) -> None:
        """As the thread of a real one does now and then."""
        if not self.is_open and self._broker.takes:
            if self._broker.line is not None and self._broker.line is not self:
                self._broker.line.lose()
            self._broker.line, self.is_open = self, True
            self._events.append(Connected())

    def lose(self) -> None:
        if self.is_open:
            self.is_open = False
            self._broker.line = None
            self._sent.clear()
            self._arrived.clear()
            self._broker.takes_in(self._will)
            self._events.append(Disconnected("the connection is lost"))

    def arrive(self, most: int = 1000) -> None:
        for number, message in self._sent[:most]:
            self._broker.takes_in(message)
            self._arrived.append(number)
        del self._sent[:most]

    def answer(self, most: int = 1000) -> None:
        self._events += [Delivered(number) for number in self._arrived[:most]]
        del self._arrived[:most]

    def comes(self, topic: str, payload: str, retained: bool = False) -> None:
        if self.is_open:
            self._events.append(Incoming(topic, payload, retained))

    # As of `Line`.

    def publish(self, message: Message) -> int | None:
        if not self.is_open:
            return None
        self._broker.count += 1
        if self._broker.count == self._broker.killed_at:
            raise KilledError
        self._number += 1
        self._sent.append((self._number, message))
        return self._number

    def happened(self) -> list[LineEvent]:
        events, self._events = self._events, []
        return events

    def close(self) -> None:
        self.lose()


def names_of(log: Sequence[Message]) -> Counter[tuple[str, ...]]:
    """How often each record came, by the key that names it everywhere."""

    said = [json.loads(message.payload) for message in log]
    return Counter((e["device_id"], e["journal"], str(e["seq"]), e["crc"]) for e in said)
