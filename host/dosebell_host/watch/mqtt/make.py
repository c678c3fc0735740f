"""From an `[[mqtt]]` of the settings to its sink, a test through it, and its end."""

import hashlib
import platform
import random
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dosebell_host.resources import ANNOUNCED, STANDING, history_file
from dosebell_host.watch.kind import Around, EntryKind
from dosebell_host.watch.mqtt.access import Access, believed
from dosebell_host.watch.mqtt.announced import Announced
from dosebell_host.watch.mqtt.broker import Broker, Listening
from dosebell_host.watch.mqtt.entry import MqttEntry, name_of_entry
from dosebell_host.watch.mqtt.exchange import deliver, forgotten
from dosebell_host.watch.mqtt.message import OFFLINE, Message
from dosebell_host.watch.mqtt.mqtt_sink import MqttSettings, MqttSink
from dosebell_host.watch.mqtt.obey import Obeying
from dosebell_host.watch.mqtt.standing import StandingReasons
from dosebell_host.watch.mqtt.topics import HOME_ASSISTANT, Topics

_ID_DIGITS = 8
_BIRTH_DELAY_S = (1.0, 5.0)


def watcher_id() -> str:
    """What this user's watcher on this machine is called: always the same, and says no name."""
    return _digest(f"{platform.node()} {history_file()}")


def topics_of(entry: MqttEntry) -> Topics:
    """Where it is said."""
    return Topics(watcher_id(), entry.prefix, entry.discovery)


def sink_of(entry: MqttEntry, name: str, around: Around) -> MqttSink:
    """The sink of an entry. Raises `UserError` where a file or a package is missing."""
    topics = topics_of(entry)
    listening = [Listening(topics.birth, as_sent=False), Listening(topics.alive)]
    if entry.commands:
        listening.append(Listening(topics.commands))
    will = Message(topics.alive, OFFLINE, retain=True)
    access = _access(entry, name)._replace(where=around.where)
    line = Broker(access, will=will, topics=tuple(listening))
    return MqttSink(
        MqttSettings(name, topics, entry.is_about),
        line,
        Announced(announced_file(name)),
        standing=StandingReasons(history_file().parent / STANDING / f"{_digest(name)}.json"),
        note=around.note,
        obeys=Obeying(name, around.reach, around.note) if entry.commands else None,
        elapsed_s=time.monotonic,
        birth_delay_s=lambda: random.uniform(*_BIRTH_DELAY_S),
    )


def announced_file(name: str) -> Path:
    """Where what the entry of that name has announced is kept: a name may be none for a file."""
    return history_file().parent / ANNOUNCED / f"{_digest(name)}.json"


def try_out(entry: MqttEntry, name: str) -> str:
    """Have the broker acknowledge a test; what was done, in one sentence. Raises `UserError`."""
    topic = f"{topics_of(entry).alive}/test"
    _deliver(entry, name, [Message(topic, "test")])
    done = f"The broker at {entry.address} has taken a test under {topic}."
    if entry.discovery != HOME_ASSISTANT:
        done += f" Home Assistant looks under {HOME_ASSISTANT}/ unless you changed that."
    return done


def forget(entry: MqttEntry, name: str, device_ids: Iterable[str]) -> str:
    """Clear what the broker keeps of these boxes; what was done, in one sentence.

    Raises `UserError` where the broker does not do it.
    """
    _deliver(entry, name, forgotten(topics_of(entry), device_ids))
    # What it is told of next, it is told of as if it had never been.
    with suppress(OSError):
        announced_file(name).unlink()
    return f"The broker at {entry.address} keeps nothing of these boxes any more."


def _deliver(entry: MqttEntry, name: str, messages: list[Message]) -> None:
    broker = Broker(_access(entry, f"{name} once"))
    try:
        deliver(broker, messages)
    finally:
        broker.close()


def _access(entry: MqttEntry, name: str) -> Access:
    host, port = entry.at
    return Access(
        host,
        port,
        f"dosebell-{watcher_id()}-{_digest(name)}",
        entry.user,
        entry.password,
        believed(entry.ca) if entry.is_safe else None,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_ID_DIGITS]


MQTT = EntryKind(
    "mqtt",
    MqttEntry,
    name_of_entry,
    sink_of,
    try_out,
    """\
A broker for MQTT. Home Assistant, which listens to the same one, finds every box by itself. What a
box notes then leaves this machine, with the names of its doses and of the box.
[[mqtt]]
host = "homeassistant.local"
user = "dosebell"
password = "..."
port = 8883                   # 1883 if left out, 8883 with tls
tls = true                    # encrypted, with a certificate that this machine knows
ca = "/etc/ssl/my-ca.pem"     # or with one that this one has signed
prefix = "dosebell"           # how the topics begin
discovery = "homeassistant"   # where Home Assistant looks
commands = true               # buttons in Home Assistant say what is taken; nobody may if left out
box = "mother"                # one box by its name; all if left out
from = "now"                  # or "start": everything that is kept
""",
)
