"""Home Assistant's rules for what it is told over MQTT, as one table of our own.

They were read in its source, and tried with the real one: without a `unique_id` it refuses the
whole device, without an offset a time is an error in its log, an event of another type a warning.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

TOPIC = re.compile(r"homeassistant/device/[a-zA-Z0-9_-]+/config")
WORD = re.compile(r"[a-zA-Z0-9_-]+")
LEVELS = re.compile(r"[a-zA-Z0-9_-]+(/[a-zA-Z0-9_-]+)*")
TOP = {"device", "origin", "availability", "availability_mode", "state_topic", "components"}
COMMON = {"platform", "unique_id", "name", "entity_category", "availability", "availability_mode"}
OWN_STATE = {"state_topic", "expire_after"}
ATTRIBUTES = {"json_attributes_topic", "json_attributes_template"}
PLATFORMS = {
    "sensor": {"device_class", "state_class", "value_template", *OWN_STATE, *ATTRIBUTES},
    "binary_sensor": {"device_class", "value_template", *OWN_STATE, *ATTRIBUTES},
    "event": {"event_types", "state_topic"},
    "button": {"command_topic", "payload_press", "command_template"},
}
NEEDED = {
    "sensor": {"value_template"},
    "binary_sensor": {"value_template"},
    "event": {"event_types", "state_topic"},
    "button": {"command_topic"},
}
CLASSES: dict[str, set[str | None]] = {
    "sensor": {None, "timestamp", "date"},
    "binary_sensor": {"problem"},
    "event": {None},
    "button": {None},
}
# What is also there while the box is away.
OF_WATCHER = ("needs_attention", "attention_since")
# What a state may be, by the class of a sensor; None is "not known".
Check = Callable[[object], bool]


def is_instant(value: object) -> bool:
    """A time with its offset."""
    try:
        return datetime.fromisoformat(str(value)).tzinfo is not None
    except ValueError:
        return False


def is_date(value: object) -> bool:
    try:
        return bool(date.fromisoformat(str(value)))
    except ValueError:
        return False


def complaints(topic: str, payload: str) -> list[str]:
    """What Home Assistant would not take in the document of a device."""
    return list(_complaints(topic, json.loads(payload)))


def _complaints(topic: str, said: dict[str, Any]) -> Iterator[str]:
    if not TOPIC.fullmatch(topic):
        yield f"the topic {topic}"
    if set(said) != TOP:
        yield f"the keys {sorted(set(said) ^ TOP)}"
    if not said["device"].get("identifiers") or not said["device"].get("name", "").strip():
        yield "a device without a name or an id"
    if not said["origin"].get("name"):
        yield "an origin without a name"
    if said["availability_mode"] != "all" or len(said["availability"]) != 2:
        yield "not available by the watcher and the box together"
    ids = [each["unique_id"] for each in said["components"].values() if "unique_id" in each]
    if len(ids) != len(set(ids)):
        yield "two of one unique_id"
    for ident in OF_WATCHER:
        if said["components"][ident]["availability"] != said["availability"][:1]:
            yield f"{ident}: not available by the watcher alone"
    for ident, component in said["components"].items():
        for complaint in _of_component(ident, component):
            yield f"{ident}: {complaint}"


def _of_component(ident: str, said: dict[str, Any]) -> Iterator[str]:
    platform = said.get("platform", "")
    if platform not in PLATFORMS:
        yield f"no platform {platform!r}"
        return
    if len(said) == 1:
        # It is taken away.
        return
    if not WORD.fullmatch(ident) or not WORD.fullmatch(said.get("unique_id", "")):
        yield "no unique_id, or one of other letters"
    if unknown := set(said) - COMMON - PLATFORMS[platform]:
        yield f"unknown keys {sorted(unknown)}"
    if missing := NEEDED[platform] - set(said):
        yield f"without {sorted(missing)}"
    if said.get("device_class") not in CLASSES[platform]:
        yield f"of the class {said.get('device_class')}"
    if not said.get("name", "").strip():
        yield "without a name"
    if "state_class" in said and "device_class" in said:
        yield "measured, and of a class that is not measured"
    for key, value in said.items():
        if key.endswith("topic") and not LEVELS.fullmatch(value):
            yield f"the {key} {value}"


def wrong_states(state: str) -> list[str]:
    """What in a state is not what a sensor of its class can be."""
    said = json.loads(state)
    if said.keys() != {"next_dose", "next_dose_id", "doses", "clock", "faults", "why"}:
        return ["a state without all keys"]
    found: list[tuple[str, object, Check]] = [("next_dose", said["next_dose"], is_instant)]
    for word, dose in said["doses"].items():
        found += [
            (f"{word} last_taken", dose["last_taken"], is_instant),
            (f"{word} open", dose["open"], is_instant),
            (f"{word} run_out", dose["run_out"], is_date),
            (f"{word} stock", dose["stock"], lambda value: isinstance(value, int)),
        ]
    problems = [key for key in ("clock", "faults") if said[key] not in WORDS]
    return problems + [key for key, value, fits in found if value is not None and not fits(value)]


WORDS = ("ON", "OFF")


def wrong_attention(text: str) -> list[str]:
    """The same of the document that says whether somebody is needed."""
    said = json.loads(text)
    if said.keys() != {"needs_attention", "since", "why"}:
        return ["attention without all keys"]
    is_on = {"ON": True, "OFF": False}.get(said["needs_attention"])
    if is_on is None or bool(said["why"]) != is_on or (said["since"] is not None) != is_on:
        return [f"needs_attention {said}"]
    return [] if said["since"] is None or is_instant(said["since"]) else ["since"]


def refused_event(payload: str, event_types: list[str]) -> str:
    """Why Home Assistant would not take the event; "" where it would."""
    said = json.loads(payload)
    if said.get("event_type") not in event_types:
        return f"the type {said.get('event_type')}"
    for key in ("at", "noted_at", "due"):
        if said[key] is not None and not is_instant(said[key]):
            return f"{key} is {said[key]}"
    return ""
