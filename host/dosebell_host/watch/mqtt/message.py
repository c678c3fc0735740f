"""What is published."""

import json
from typing import Any, NamedTuple

ONLINE = "online"
OFFLINE = "offline"


class Message(NamedTuple):
    """One message. A broker keeps the last one of a topic where `retain` says so."""

    topic: str
    payload: str
    retain: bool = False


def as_json(document: dict[str, Any]) -> str:
    """A payload; half a letter, which no broker takes, is written out."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return text.encode(errors="backslashreplace").decode()
