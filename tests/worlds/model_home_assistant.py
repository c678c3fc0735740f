"""Home Assistant in this process, as far as it keeps a list of entities, by its source.

It takes an entity away only where it was told of it since it started; its list outlives its end.
"""

import json
from collections.abc import Mapping

from dosebell_host.watch.mqtt.message import Message
from model_broker import ModelBroker


class ModelHomeAssistant:
    """`entities` is its list, by unique_id."""

    def __init__(self) -> None:
        self.is_on = False
        self.entities: set[str] = set()
        self._found: dict[tuple[str, str], str] = {}

    def start(self, retained: Mapping[str, str]) -> None:
        """It reads what the broker keeps."""
        self.is_on = True
        self._found.clear()
        for topic, payload in retained.items():
            self.hears(topic, payload)

    def end(self) -> None:
        self.is_on = False

    def hears(self, topic: str, payload: str) -> None:
        if not (self.is_on and topic.endswith("/config")):
            return
        for ident, each in json.loads(payload)["components"].items():
            key = topic, ident
            if len(each) > 1:
                self._found[key] = each["unique_id"]
                self.entities.add(each["unique_id"])
            elif key in self._found:
                self.entities.discard(self._found.pop(key))


class HeardBroker(ModelBroker):
    """A broker to which it listens."""

    def __init__(self, home_assistant: ModelHomeAssistant) -> None:
        super().__init__()
        self._home_assistant = home_assistant

    def takes_in(self, message: Message) -> None:
        super().takes_in(message)
        if message.retain and message.payload:
            self._home_assistant.hears(message.topic, message.payload)
