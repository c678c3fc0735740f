"""A line to a real broker, over paho-mqtt and MQTT 5.

A thread of its own connects, lives with that connection until it ends, and connects again. Each
connection has a client of its own, so nothing that was published on one is sent again on the next
behind the back of the sink, which alone knows what is still true. The id of the client stays the
same: when a watcher was killed and starts anew, the broker ends the old connection at once.

A message is a command only while it is fresh and was meant for now: what a broker keeps is not
asked for, and the flag that says so is asked for as it was sent. No session outlives a connection,
so nothing waits in the broker for a watcher that is away.
"""

import contextlib
import queue
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from dosebell_host.errors import UserError
from dosebell_host.watch.mqtt.access import Access, failed_words, refused_words
from dosebell_host.watch.mqtt.line import (
    Connected,
    Delivered,
    Disconnected,
    Incoming,
    LineEvent,
    Undelivered,
)
from dosebell_host.watch.mqtt.message import Message
from dosebell_host.watch.own_thread import OwnThread
from dosebell_host.watch.retry import Retry

if TYPE_CHECKING:
    from paho.mqtt.client import Client
    from paho.mqtt.properties import Properties
    from paho.mqtt.reasoncodes import ReasonCode

# A connection over which nothing comes for half as long again is ended by the broker.
KEEPALIVE_S = 15
_ANSWER_S = 10.0
_CONNECT_S = 5.0
_LONGEST_PAYLOAD = 4096

USUAL_RETRY = Retry(first_s=1.0, longest_s=32.0)


class Listening(NamedTuple):
    """A topic that is listened to; `as_sent` is whether a message that was to be kept is marked
    so, also where it comes at once.
    """

    topic: str
    as_sent: bool = True


class Broker:
    """The line. `will` is what the broker says once it is gone, also after `close`."""

    def __init__(
        self,
        access: Access,
        *,
        will: Message | None = None,
        topics: tuple[Listening, ...] = (),
        retry: Retry = USUAL_RETRY,
    ) -> None:
        check_installed()
        self._access = access
        self._will = will
        self._topics = topics
        self._retry = retry
        self._events: queue.SimpleQueue[LineEvent] = queue.SimpleQueue()
        self._client: Client | None = None
        self._over = threading.Event()
        self._answered = threading.Event()
        self._why = ""
        self._thread = OwnThread(f"mqtt {access.address}", self._run)
        self._thread.start()

    def publish(self, message: Message) -> int | None:
        """As of `Line`."""
        client = self._client
        if client is None:
            return None
        info = client.publish(message.topic, message.payload, qos=1, retain=message.retain)
        return None if info.rc else info.mid

    def happened(self) -> list[LineEvent]:
        """As of `Line`."""
        found = []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._events.get_nowait())
        return found

    def next_event(self, timeout_s: float) -> LineEvent | None:
        """The next one, once there is one; None where there is none within that time."""
        try:
            return self._events.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def close(self) -> None:
        """As of `Line`."""
        # First, for the end of the connection is no trouble then.
        self._thread.over.set()
        self._over.set()
        self._thread.end()

    def _run(self) -> None:
        failed = 0
        while not self._thread.over.is_set():
            self._over.clear()
            self._answered.clear()
            self._why = ""
            was_connected = self._live()
            self._events.put(Disconnected("" if self._thread.over.is_set() else self._why))
            failed = 0 if was_connected else failed
            self._thread.pause(self._retry.wait_s(failed))
            failed += 1

    def _live(self) -> bool:
        """One connection from its beginning to its end; whether there was one."""
        client = self._made()
        try:
            client.connect(self._access.host, self._access.port, KEEPALIVE_S, clean_start=True)
        except (OSError, ValueError) as error:
            self._why = failed_words(error, self._access)
            return False
        client.loop_start()
        # Whichever is first: an answer, the end, or nothing at all.
        self._answered.wait(_ANSWER_S)
        if not self._answered.is_set():
            self._why = f"nothing at {self._access.address} answers as a broker does"
            self._over.set()
        self._over.wait()
        was_connected, self._client = self._client is not None, None
        with _dropped(client):
            client.disconnect(_leaving(self._will))
        return was_connected

    def _made(self) -> "Client":
        from paho.mqtt.client import Client
        from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion

        client = Client(
            CallbackAPIVersion.VERSION2,
            client_id=self._access.client_id,
            protocol=MQTTProtocolVersion.MQTTv5,
            reconnect_on_failure=False,
        )
        client.connect_timeout = _CONNECT_S
        if self._access.user:
            client.username_pw_set(self._access.user, self._access.password or None)
        if self._access.tls is not None:
            client.tls_set_context(self._access.tls)
        if self._will is not None:
            client.will_set(self._will.topic, self._will.payload, qos=1, retain=True)
        client.on_connect = self._connected
        client.on_disconnect = self._disconnected
        client.on_publish = self._published
        client.on_message = self._came
        return client

    # Called by paho's thread.

    def _connected(
        self,
        client: "Client",
        data: object,
        flags: object,
        reason: "ReasonCode",
        properties: "Properties | None",
    ) -> None:
        if reason.is_failure:
            self._why = refused_words(reason.value, str(reason), self._access)
            self._over.set()
        else:
            for each in self._topics:
                client.subscribe(each.topic, options=_options(each))
            self._client = client
            self._events.put(Connected())
        self._answered.set()

    def _disconnected(
        self,
        client: "Client",
        data: object,
        flags: object,
        reason: "ReasonCode",
        properties: "Properties | None",
    ) -> None:
        if not self._why:
            self._why = f"the connection to {self._access.address} is lost"
        self._over.set()
        self._answered.set()

    def _published(
        self,
        client: "Client",
        data: object,
        number: int,
        reason: "ReasonCode",
        properties: "Properties | None",
    ) -> None:
        refused = reason.is_failure
        self._events.put(Undelivered(number, str(reason)) if refused else Delivered(number))

    def _came(self, client: "Client", data: object, message: Any) -> None:
        payload = message.payload[:_LONGEST_PAYLOAD].decode(errors="replace")
        self._events.put(Incoming(message.topic, payload, bool(message.retain)))


def check_installed() -> None:
    """Raise `UserError` where the package is missing."""
    try:
        import paho.mqtt.client  # noqa: F401
    except ImportError:
        raise UserError(
            "to speak MQTT a package is missing",
            fix="type: pip install 'dosebell[watch]'",
            code="install",
        ) from None


def _leaving(will: Message | None) -> "ReasonCode":
    """That we leave, and whether our will is to be said."""
    from paho.mqtt.packettypes import PacketTypes
    from paho.mqtt.reasoncodes import ReasonCode

    name = "Normal disconnection" if will is None else "Disconnect with will message"
    return ReasonCode(PacketTypes.DISCONNECT, name)


def _options(topic: Listening) -> Any:
    from paho.mqtt.subscribeoptions import SubscribeOptions

    return SubscribeOptions(
        qos=0,
        retainAsPublished=topic.as_sent,
        retainHandling=SubscribeOptions.RETAIN_DO_NOT_SEND,
    )


@contextlib.contextmanager
def _dropped(client: "Client") -> Iterator[None]:
    """Afterwards nothing of that client runs any more."""
    # A line that is cut must not keep the thread until the system gives it up.
    with contextlib.suppress(OSError, ValueError):
        yield
    client.loop_stop()
