"""What is said over MQTT, held to Home Assistant's rules for every schedule and odd names."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain import DROPS, Box, dose, plan
from dosebell_host.resources import schedules_dir
from dosebell_host.watch.attention import attention
from dosebell_host.watch.mqtt.discovery import discovery, live, with_last_words, without
from dosebell_host.watch.mqtt.event import EVENT_TYPES, event_of
from dosebell_host.watch.mqtt.message import as_json
from dosebell_host.watch.mqtt.state import attention_of, state_of, urgent, with_problems
from dosebell_host.watch.mqtt.topics import Topics
from dosebell_host.watch.view import BoxView
from home_assistant_rules import (
    LEVELS,
    complaints,
    refused_event,
    wrong_attention,
    wrong_states,
)
from mqtt_boxes import Moment, moments

TOPICS = Topics("a1b2c3d4")
DAY = ("07:00", "07:31", "press", "09:10", "13:05", "19:20", "2026-11-24 08:00", "press")
COUNTED = 'stock = { count = 3, per_intake = 1, low = 2 }\nat = ["07:30", "19:00"]'


def config_of(view: BoxView, commands: bool = True) -> dict[str, Any]:
    assert view.status is not None
    return discovery(view, view.status, TOPICS, commands)


def state_at(moment: Moment) -> dict[str, Any]:
    assert moment.view.status is not None
    reasons = attention(moment.view, moment.now)
    return with_problems(state_of(moment.view.status), reasons)


def attention_at(moment: Moment) -> dict[str, Any]:
    reasons = urgent(attention(moment.view, moment.now))
    return attention_of(reasons, moment.now if reasons else None)


def all_complaints(moment: Moment) -> list[str]:
    """Of the device with and without buttons, of its state, and of every event."""
    view, status = moment.view, moment.view.status
    assert status is not None
    topic = TOPICS.discovery(view.device_id)
    state = as_json(state_at(moment))
    found = []
    for commands in (True, False):
        config = as_json(config_of(view, commands))
        found += complaints(topic, config) + wrong_states(state)
        found += wrong_attention(as_json(attention_at(moment)))
    for entry in moment.entries:
        said = event_of(entry, view.device_id, status.local, TOPICS)
        assert not said.retain
        if "/event/" in said.topic:
            found.append(refused_event(said.payload, list(EVENT_TYPES)))
        if not LEVELS.fullmatch(said.topic):
            found.append(said.topic)
    return [each for each in found if each]


@pytest.mark.parametrize("path", sorted(schedules_dir().glob("*.toml")), ids=lambda p: p.stem)
def test_home_assistant_takes_every_schedule_at_every_time_of_a_day(
    path: Path, tmp_path: Path
) -> None:
    box = Box.with_schedule(path.read_text(encoding="utf-8"), at="2026-11-23 06:00")
    for moment in moments(box, tmp_path, *DAY):
        assert all_complaints(moment) == []
        assert {"boot", "schedule"} <= {entry.kind for entry in moment.entries}


BUTTON = ("05:10", "08:01", "press")
ODD = ('Jane\'s "D3"', "{{ 7 * 7 }}", "日本 ✓", "a/b#+", "  x  ", "Ω" * 32)


def test_odd_names_are_read_and_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    doses = [dose(f"d{n}", 'at = ["07:30"]') for n in range(len(ODD))]
    text = plan(*doses, dose("twin", COUNTED), dose("other", COUNTED))
    for n, name in enumerate(ODD):
        text = text.replace(f'name = "D{n}"', f"name = {json.dumps(name, ensure_ascii=False)}")
    text = text.replace('"TWIN"', '"Iron"').replace('"OTHER"', '"Iron"')
    for moment in moments(Box.with_schedule(text), tmp_path, "07:31", "press"):
        assert all_complaints(moment) == []
    components = config_of(moment.view)["components"]
    names = {key: components[f"{key}_event"]["name"] for key in ("d0", "twin", "other")}
    assert names == {"d0": ODD[0], "twin": "Iron (twin)", "other": "Iron (other)"}


@pytest.mark.parametrize("device_id", ["box~E660/#+", "", "ä" * 64, "\u2066x", "a" * 64])
def test_whatever_a_box_calls_itself_no_topic_has_odd_letters_or_a_persons_name(
    device_id: str, tmp_path: Path
) -> None:
    [moment] = moments(Box.with_schedule(DROPS), tmp_path, "08:01")
    odd = moment._replace(view=replace(moment.view, device_id=device_id, name="Anna\x1b[1m"))
    assert all_complaints(odd) == []
    said = as_json(config_of(odd.view))
    assert TOPICS.retained(device_id) == TOPICS.retained(device_id)
    named = [*TOPICS.retained(device_id), TOPICS.record(device_id), TOPICS.command(device_id)]
    assert all(LEVELS.fullmatch(topic) and "anna" not in topic.lower() for topic in named)
    assert json.loads(said)["device"]["name"] == "Anna [1m"


def test_ids_that_differ_have_topics_that_differ() -> None:
    ids = ["a~b", "a-b", "a/b", "a b", "A~b", "x" * 64, "x" * 63 + "~", "x" * 62 + "~~"]
    assert len({TOPICS.state(each) for each in ids}) == len(ids)


def test_a_state_follows_the_box(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(dose("d3k2", COUNTED)), at="2026-11-23 07:00")
    told = []
    for moment in moments(box, tmp_path, "07:10", "07:31", "08:05", "press"):
        state, needs = state_at(moment), attention_at(moment)["needs_attention"]
        told.append((state["next_dose"][11:16], needs, state["doses"]["d3k2"]))
    due, stock = "2026-11-23T07:30:00+01:00", {"stock": 3, "run_out": "2026-11-24"}
    before = {"id": "d3k2", "state": "waiting", "open": due, "calling": False, **stock}
    before["last_taken"] = None
    # The one that rings is still to be taken.
    rings = {**before, "state": "ringing", "calling": True}
    at = told[3][2]["last_taken"]
    taken = {**before, "state": told[3][2]["state"], "open": None, "stock": 2, "last_taken": at}
    assert told == [
        ("07:30", "OFF", before),
        ("19:00", "OFF", rings),
        ("19:00", "ON", rings),
        ("19:00", "OFF", taken),
    ]
    assert at[:16] == "2026-11-23T08:05"


def test_an_event_has_its_own_time_and_its_key(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00")
    box.until("09:00")
    due_unix = box.at("2026-11-23 08:00") + 946684800
    box.request("dose.take", dose="drops", date="2026-11-23", slot=0, utc=due_unix)
    [moment] = moments(box, tmp_path, "09:30")
    entry = next(entry for entry in moment.entries if entry.kind == "taken")
    assert moment.view.status is not None
    said = event_of(entry, moment.view.device_id, moment.view.status.local, TOPICS)
    told = json.loads(said.payload)
    assert said.topic == f"dosebell/box/{moment.view.device_id}/event/drops"
    assert [told[key][11:19] for key in ("at", "noted_at")] == ["08:00:00", "09:00:00"]
    assert (told["journal"], told["seq"], told["crc"]) == (
        entry.journal,
        entry.seq,
        f"{entry.crc:08x}",
    )


def test_what_is_no_longer_there_is_taken_away(tmp_path: Path) -> None:
    two, one = (plan(*(dose(each, COUNTED) for each in ids)) for ids in (("a", "b"), ("a",)))
    box = Box.with_schedule(two, at="2026-11-23 07:00")
    [before] = moments(box, tmp_path, "07:05")
    box.push(one)
    [after] = moments(box, tmp_path, "07:06")
    changed = without(live(config_of(before.view)), config_of(after.view))
    assert complaints(TOPICS.discovery("x"), as_json(changed)) == []
    gone = {key: each for key, each in changed["components"].items() if len(each) == 1}
    assert gone == {
        "b_event": {"platform": "event"},
        **{f"b_{kind}": {"platform": "sensor"} for kind in ("last_taken", "stock", "run_out")},
        **{f"b_{kind}": {"platform": "button"} for kind in ("take", "snooze")},
    }
    # Told of once more, each is what it was, by the same id, and has nothing to say.
    platforms = {ident: each["platform"] for ident, each in gone.items()}
    last = with_last_words(changed, platforms, TOPICS, after.view.device_id)
    assert complaints(TOPICS.discovery("x"), as_json(last)) == []
    of_two, of_last = config_of(before.view)["components"], last["components"]
    for ident in gone:
        assert [of_last[ident][key] for key in ("platform", "unique_id")] == [
            of_two[ident][key] for key in ("platform", "unique_id")
        ]
    kept = {ident: each for ident, each in of_last.items() if ident not in gone}
    assert kept == config_of(after.view)["components"]


def test_where_commands_are_not_allowed_the_buttons_are_taken_away(tmp_path: Path) -> None:
    [moment] = moments(Box.with_schedule(DROPS), tmp_path, "08:01")
    components = config_of(moment.view, commands=False)["components"]
    assert [components[f"drops_{what}"] for what in ("take", "snooze")] == [
        {"platform": "button"},
        {"platform": "button"},
    ]


def test_a_button_names_what_is_open(tmp_path: Path) -> None:
    told = []
    for moment in moments(Box.with_schedule(DROPS, at="2026-11-23 05:00"), tmp_path, *BUTTON):
        button = config_of(moment.view)["components"]["drops_take"]
        told.append(json.loads(button["payload_press"])["due"])
    assert told == [None, "2026-11-23T08:00:00+01:00", None]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"unique_id": None}, "no unique_id, or one of other letters"),
        ({"platform": "calendar"}, "no platform 'calendar'"),
        ({"object_id": "x"}, "unknown keys ['object_id']"),
        ({"name": " "}, "without a name"),
        ({"value_template": None}, "without ['value_template']"),
    ],
)
def test_the_rules_find_what_home_assistant_refuses(
    change: dict[str, Any], complaint: str, tmp_path: Path
) -> None:
    [moment] = moments(Box.with_schedule(DROPS), tmp_path, "08:01")
    config = config_of(moment.view)
    sensor = {**config["components"]["next_dose"], **change}
    config["components"]["next_dose"] = {k: v for k, v in sensor.items() if v is not None}
    topic = TOPICS.discovery(moment.view.device_id)
    assert complaints(topic, as_json(config)) == [f"next_dose: {complaint}"]
