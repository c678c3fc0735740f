"""What Home Assistant is told of a box: one device, and what there is to see of it.

It is one document with `components` only, which every release since 2024.12 reads. A component
that says nothing but its platform takes an entity away: so a dose that is no longer counted loses
its stock, and buttons go where commands are no longer allowed.

A button says the occurrence it is for, and when it was pressed. Home Assistant fills in the latter
by its own clock: how long a message was on its way nothing else can tell.
"""

from collections import Counter
from typing import Any

import dosebell_host
from dosebell_host.actions.status import Status
from dosebell_host.box.replies import DoseRow
from dosebell_host.watch.mqtt.command import SNOOZE, TAKE, pressed
from dosebell_host.watch.mqtt.event import EVENT_TYPES
from dosebell_host.watch.mqtt.state import due_of, name_of
from dosebell_host.watch.mqtt.topics import Topics, topic_word
from dosebell_host.watch.view import BoxView
from dosebell_host.wording import printable

Component = dict[str, Any]
Document = dict[str, Any]

# A state is said again at least this often, and one that stops coming is no longer believed.
SAY_AGAIN_S = 60
EXPIRES_S = 300

_WITH_TIME = "{{ dict(value | from_json, at=utcnow().isoformat()) | to_json }}"
_PROBLEM = {"platform": "binary_sensor", "device_class": "problem"}
_DIAGNOSTIC = {**_PROBLEM, "entity_category": "diagnostic"}


def discovery(view: BoxView, status: Status, topics: Topics, commands: bool) -> Document:
    """The document for a box that was heard; with buttons where commands are allowed."""
    box = topic_word(view.device_id)
    components = _of_attention(topics, view.device_id)
    components |= _of_box(topics.state(view.device_id))
    names = _names(status)
    for row in status.rows:
        components |= _of_dose(row, status, names[row.dose], topics, view.device_id, commands)
    for ident, component in components.items():
        if len(component) > 1:
            component["unique_id"] = _unique_id(box, ident)
    return {
        "device": _device(view, status, box),
        "origin": {"name": "dosebell", "sw_version": dosebell_host.__version__},
        "availability": _available(topics, view.device_id),
        "availability_mode": "all",
        "state_topic": topics.state(view.device_id),
        "components": components,
    }


def live(document: Document) -> dict[str, str]:
    """The components that are there, and the platform of each."""
    components = document["components"].items()
    return {ident: each["platform"] for ident, each in components if len(each) > 1}


def without(before: dict[str, str], document: Document) -> Document:
    """The document, which also takes away the components that were there only `before`."""
    components = document["components"]
    gone = {
        ident: {"platform": platform}
        for ident, platform in before.items()
        if ident not in components
    }
    return {**document, "components": {**gone, **components}}


def with_last_words(
    document: Document, gone: dict[str, str], topics: Topics, device_id: str
) -> Document:
    """The document in which what has gone is there once more, with nothing to say."""
    needed: dict[str, Component] = {
        "sensor": {"value_template": "{{ none }}"},
        "event": {"state_topic": topics.event(device_id, "none"), "event_types": ["none"]},
        "button": {"command_topic": topics.command(device_id)},
    }
    last = {
        ident: {
            "platform": platform,
            "name": ident,
            "unique_id": _unique_id(topic_word(device_id), ident),
            **needed[platform],
        }
        for ident, platform in gone.items()
        if platform in needed
    }
    return {**document, "components": {**document["components"], **last}}


def _unique_id(box: str, ident: str) -> str:
    return f"dosebell_{box}_{ident}"


def _device(view: BoxView, status: Status, box: str) -> dict[str, Any]:
    return {
        "identifiers": [f"dosebell_{box}"],
        "name": printable(view.called).strip() or box,
        "manufacturer": "dosebell",
        "model": printable(status.hello.board),
        "sw_version": printable(status.hello.firmware),
    }


def _available(topics: Topics, device_id: str) -> list[dict[str, str]]:
    return [{"topic": topics.alive}, {"topic": topics.available(device_id)}]


def _of_attention(topics: Topics, device_id: str) -> dict[str, Component]:
    """What holds also while the box is away, for then it is most wanted. Home Assistant cuts a
    state to whole seconds, so since when it is so stands beside it, too.
    """
    topic = topics.attention(device_id)
    beside = "{{ {'since': value_json.since, 'why': value_json.why} | to_json }}"
    common = {
        "state_topic": topic,
        "availability": [{"topic": topics.alive}],
        "expire_after": EXPIRES_S,
        "json_attributes_topic": topic,
        "json_attributes_template": beside,
    }
    return {
        "needs_attention": {
            **_PROBLEM,
            "name": "Needs attention",
            "value_template": "{{ value_json.needs_attention }}",
            **common,
        },
        "attention_since": {
            "platform": "sensor",
            "name": "Attention since",
            "device_class": "timestamp",
            "value_template": "{{ value_json.since }}",
            **common,
        },
    }


def _of_box(state_topic: str) -> dict[str, Component]:
    return {
        "next_dose": {
            "platform": "sensor",
            "name": "Next dose",
            "device_class": "timestamp",
            "value_template": "{{ value_json.next_dose }}",
        },
        "clock": {
            **_DIAGNOSTIC,
            "name": "Clock",
            "value_template": "{{ value_json.clock }}",
            **_attributes(state_topic, "clock"),
        },
        "faults": {
            **_DIAGNOSTIC,
            "name": "Faults",
            "value_template": "{{ value_json.faults }}",
            **_attributes(state_topic, "faults"),
        },
    }


def _attributes(state_topic: str, key: str) -> dict[str, str]:
    """The sentences beside a problem."""
    template = f"{{{{ {{'why': value_json.why.{key}}} | to_json }}}}"
    return {"json_attributes_topic": state_topic, "json_attributes_template": template}


def _names(status: Status) -> dict[str, str]:
    """What people call each dose; two of one name are told apart by their ids."""
    names = {row.dose: name_of(status, row.dose) for row in status.rows}
    times = Counter(names.values())
    return {d: name if times[name] == 1 else f"{name} ({d})" for d, name in names.items()}


def _of_dose(
    row: DoseRow, status: Status, name: str, topics: Topics, device_id: str, commands: bool
) -> dict[str, Component]:
    word, is_counted = topic_word(row.dose), row.stock is not None
    event = {
        "platform": "event",
        "name": name,
        "state_topic": topics.event(device_id, row.dose),
        "event_types": list(EVENT_TYPES),
    }
    found = {
        "event": event,
        "last_taken": _sensor(word, "last_taken", f"{name} last taken", device_class="timestamp"),
        "stock": _sensor(word, "stock", f"{name} left", state_class="measurement"),
        "run_out": _sensor(word, "run_out", f"{name} runs out", device_class="date"),
    }
    if not is_counted:
        found |= {each: {"platform": "sensor"} for each in ("stock", "run_out")}
    for what in (TAKE, SNOOZE):
        button = _button(what, row, status, name, topics, device_id)
        found[what] = button if commands else {"platform": "button"}
    return {f"{word}_{kind}": component for kind, component in found.items()}


def _sensor(word: str, key: str, name: str, **more: str) -> Component:
    return {
        "platform": "sensor",
        "name": name,
        "value_template": f"{{{{ {_of_state(word, key, 'none')} }}}}",
        **more,
    }


def _of_state(word: str, key: str, otherwise: str) -> str:
    """Where that stands in a state, which may be one from before the dose was in the schedule."""
    return f"(value_json.doses['{word}'] | default({{}})).{key} | default({otherwise})"


# What each button needs of its dose, so that Home Assistant offers it.
_NEEDS = {TAKE: "open", SNOOZE: "calling"}
_WORDS = {TAKE: "take", SNOOZE: "snooze"}


def _button(
    what: str, row: DoseRow, status: Status, name: str, topics: Topics, device_id: str
) -> Component:
    needed = _of_state(topic_word(row.dose), _NEEDS[what], "none")
    offered = {
        "topic": topics.state(device_id),
        "value_template": f"{{{{ 'online' if {needed} else 'offline' }}}}",
    }
    return {
        "platform": "button",
        "name": f"{name} {_WORDS[what]}",
        "command_topic": topics.command(device_id),
        "payload_press": pressed(what, row.dose, due_of(row, status)),
        "command_template": _WITH_TIME,
        "availability": [*_available(topics, device_id), offered],
        "availability_mode": "all",
    }
