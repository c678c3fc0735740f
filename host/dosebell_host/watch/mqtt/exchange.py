"""Messages that are sent once, by somebody who waits for them: a test, or the end of it all."""

import time
from collections.abc import Callable, Iterable, Sequence

from dosebell_host.errors import UserError
from dosebell_host.watch.mqtt.broker import Broker
from dosebell_host.watch.mqtt.line import Connected, Delivered, Disconnected, Undelivered
from dosebell_host.watch.mqtt.message import Message
from dosebell_host.watch.mqtt.topics import Topics

PATIENCE_S = 15.0


def forgotten(topics: Topics, device_ids: Iterable[str]) -> list[Message]:
    """What clears all that a broker keeps of these boxes, and so takes them out of Home
    Assistant.
    """
    found = [topic for device_id in device_ids for topic in topics.retained(device_id)]
    return [Message(topic, "", retain=True) for topic in [*found, topics.alive]]


def deliver(
    broker: Broker,
    messages: Sequence[Message],
    patience_s: float = PATIENCE_S,
    elapsed_s: Callable[[], float] = time.monotonic,
) -> None:
    """Have the broker acknowledge them all. Raises `UserError` where it does not in time."""
    until_s = elapsed_s() + patience_s
    missing: set[int | None] = set()
    is_sent = False
    while not is_sent or missing:
        event = broker.next_event(max(0.0, until_s - elapsed_s()))
        if isinstance(event, Connected):
            missing, is_sent = {broker.publish(message) for message in messages}, True
        elif isinstance(event, Delivered):
            missing.discard(event.number)
        elif isinstance(event, Disconnected):
            raise UserError(event.why, code="broker")
        elif isinstance(event, Undelivered):
            what = f"the broker does not let this user write there ({event.why})"
            raise UserError(what, code="broker")
        elif event is None:
            raise UserError("the broker acknowledges nothing", code="broker")
