"""A real broker, mosquitto; somebody who hears everything; and a bad line in between.

Where there is none a test that needs one is skipped, unless `DOSEBELL_NEEDS_BROKER` is set, as
where the project is built.
"""

import contextlib
import os
import queue
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

from dosebell_host.watch.mqtt.message import Message
from page.servers import MissingError, Mosquitto, of_mosquitto
from waiting import HANG_S

_NEEDED = "DOSEBELL_NEEDS_BROKER"
_NO_BROKER = "no mosquitto is here to speak with: apt-get install mosquitto"


def is_here() -> bool:
    """Whether there is one to speak with."""
    try:
        return bool(of_mosquitto())
    except MissingError:
        return False


def check_here() -> None:
    """Without one the test ends here."""
    if not is_here():
        assert not os.environ.get(_NEEDED), _NO_BROKER
        pytest.skip(_NO_BROKER)


@contextlib.contextmanager
def mosquitto(folder: Path, *more: str) -> Iterator[Mosquitto]:
    """A broker that writes down whatever it acknowledges; `more` lines are of its settings."""
    check_here()
    lines = [
        "persistence true",
        f"persistence_location {folder}/",
        "autosave_interval 1",
        "autosave_on_changes true",
        "max_queued_messages 0",
        *(more or ("allow_anonymous true",)),
    ]
    if os.geteuid() == 0:
        lines.append("user root")
    broker = Mosquitto(folder, *lines)
    try:
        broker.start()
        yield broker
    finally:
        broker.end(signal.SIGKILL)


class Hearer:
    """A persistent subscriber: `kept` is what the broker keeps, `log` all else that came."""

    def __init__(
        self, port: int, name: str = "hearer", user: str = "", password: str = ""
    ) -> None:
        self.kept: dict[str, str] = {}
        self.log: list[Message] = []
        self.client = mqtt.Client(
            CallbackAPIVersion.VERSION2, client_id=name, protocol=MQTTProtocolVersion.MQTTv5
        )
        self.client.on_message = self._came
        self.client.on_connect = lambda client, *_: client.subscribe("#", qos=1)
        self.subscribed = threading.Event()
        self.client.on_subscribe = lambda *_: self.subscribed.set()
        self.client.reconnect_delay_set(1, 1)
        session = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        session.SessionExpiryInterval = 3600
        self.client.connect("127.0.0.1", port, 5, clean_start=False, properties=session)
        self.client.loop_start()
        assert self.subscribed.wait(HANG_S)

    def publish(self, topic: str, payload: str, retain: bool = False) -> None:
        self.client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(HANG_S)

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()

    def _came(self, client: object, data: object, came: mqtt.MQTTMessage) -> None:
        payload = came.payload.decode()
        if any(part in came.topic for part in ("/event/", "/record")):
            self.log.append(Message(came.topic, payload, came.retain))
        else:
            self.kept[came.topic] = payload


class BadLine:
    """A port that leads to another one, until it is `cut`: then nothing gets through, and whoever
    is connected does not hear of it; `left` lets so many bytes through and hangs up. What gets
    through comes `delay_s()` seconds later, in its order.
    """

    def __init__(self, to_port: int) -> None:
        self._to_port = to_port
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.is_cut = False
        self.left: int | None = None
        self.delay_s: Callable[[], float] = float
        self._pairs: list[socket.socket] = []
        self._is_over = False
        threading.Thread(target=self._accept, daemon=True).start()

    def hang_up(self) -> None:
        """Both sides hear that the other one is gone."""
        pairs, self._pairs = self._pairs, []
        _hang_up(*pairs)

    def close(self) -> None:
        self._is_over = True
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.hang_up()

    def _accept(self) -> None:
        while not self._is_over:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to_port))
            except OSError:
                near.close()
                continue
            self._pairs += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        on_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        sending = threading.Thread(target=_send_in_time, args=(on_way, target), daemon=True)
        sending.start()
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if self.left is not None:
                    data = data[: self.left]
                    self.left = max(0, self.left - len(data))
                if not self.is_cut and data:
                    on_way.put((time.monotonic() + self.delay_s(), data))
                if self.left == 0:
                    self.left = None
                    break
        on_way.put((0.0, b""))
        # What has come is on its way, also when whoever sent it is gone.
        sending.join()
        # Others may have connected since.
        _hang_up(source, target)


def _hang_up(*ends: socket.socket) -> None:
    for each in ends:
        with contextlib.suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
        each.close()


def _send_in_time(on_way: "queue.SimpleQueue[tuple[float, bytes]]", target: socket.socket) -> None:
    """Each when its time has come; nothing is the end."""
    with contextlib.suppress(OSError):
        while True:
            at_s, data = on_way.get()
            if not data:
                return
            time.sleep(max(0.0, at_s - time.monotonic()))
            target.sendall(data)
