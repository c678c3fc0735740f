"""Whether somebody is needed, over MQTT: it holds while the box is away, and tells what is new."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain import Box, dose, plan
from dosebell_host.watch.attention import Need
from dosebell_host.watch.mqtt.message import OFFLINE, ONLINE
from dosebell_host.watch.mqtt.settling import SETTLE_S
from dosebell_host.watch.mqtt.standing import StandingReasons
from dosebell_host.watch.view import BoxView, Presence
from mqtt_boxes import Moment, moments
from mqtt_loop import TOPICS, Loop, Place

TWO = plan(dose("drops", 'at = ["08:00"]'), dose("iron", 'at = ["13:00"]'))
TIMES = ("07:00", "08:31", "10:00", "13:31", "press", "23:00")


@pytest.fixture(name="day", scope="module")
def lived_day(tmp_path_factory: pytest.TempPathFactory) -> list[Moment]:
    box = Box.with_schedule(TWO, at="2026-11-23 06:00")
    return moments(box, tmp_path_factory.mktemp("day"), *TIMES)


def told(loop: Loop, looks: int = 1, *, at: int | None = None) -> dict[str, Any]:
    """What the broker keeps of the need of the first box, after some looks at that moment."""
    if at is not None:
        loop.places = [Place(at)]
    for _ in range(looks):
        loop.look()
        loop.pass_on()
    found: dict[str, Any] = json.loads(loop.broker.retained[attention_topic(loop)])
    return found


def attention_topic(loop: Loop) -> str:
    return TOPICS.attention(loop.days[0][0].view.device_id)


def test_each_further_reason_is_newer_than_all_that_was_told_before(day: list[Moment]) -> None:
    loop = Loop((day,))
    said = [told(loop, 70, at=at) for at in range(len(TIMES))]
    since = [each["since"] and each["since"][:16] for each in said]
    assert [each["why"] for each in said] == [
        [],
        ["DROPS of 08:00 is not answered, 31 min 11 s later."],
        ["DROPS of 08:00 is not answered, 2 h 11 s later."],
        ["IRON of 13:00 is not answered, 31 min 11 s later.", "DROPS of 08:00 was missed."],
        ["DROPS of 08:00 was missed."],
        ["DROPS of 08:00 was missed."],
    ]
    # It is UTC; what stands on is as old as before, also where something newer has gone.
    assert since == [None, *["2026-11-23T07:31"] * 2, *["2026-11-23T12:31"] * 3]


def test_a_watcher_that_starts_anew_knows_since_when(day: list[Moment], tmp_path: Path) -> None:
    loop = Loop((day,))
    loop.standing = StandingReasons(tmp_path / "standing" / "x.json")
    loop.start()
    before = told(loop, at=1)
    loop.standing = StandingReasons(tmp_path / "standing" / "x.json")
    loop.start()
    assert told(loop, at=2)["since"] == before["since"]
    (tmp_path / "standing" / "x.json").write_text('{"a": 1}')
    loop.standing = StandingReasons(tmp_path / "standing" / "x.json")
    loop.start()
    # Where that is lost it is told again, and not never.
    assert told(loop, at=2)["since"] > before["since"]


def test_what_goes_and_comes_again_is_new_and_silence_hides_nothing() -> None:
    standing, late, silent = (
        StandingReasons(),
        Need("unanswered", "", "d", 5),
        Need("not-heard", ""),
    )
    never, unknown = Need("never-heard", ""), Need("unknown", "", "d", 5)
    asked = [
        ([late], True, 10.0),
        ([unknown, silent], True, 20.0),
        ([never], False, 30.0),
        ([late], True, 40.0),
        ([], True, 50.0),
        ([late], True, 60.0),
        # Its clock was set back.
        ([late], True, 35.0),
    ]
    found = [standing.newest("box", needs, now, is_known) for needs, is_known, now in asked]
    assert found == [10.0, 20.0, 20.0, 10.0, None, 60.0, 35.0]


def test_a_box_that_is_pulled_needs_somebody_after_two_minutes_and_is_not_available(
    day: list[Moment],
) -> None:
    loop = Loop((day,))
    told(loop, 10, at=0)
    loop.places = [Place(0, is_here=False)]
    available = TOPICS.available(day[0].view.device_id)
    said = {}
    for loop.ahead_s in (0.0, 100.0, 120.0):
        said[loop.ahead_s] = told(loop)["why"]
        assert loop.broker.retained[available] == OFFLINE
    assert said == {0.0: [], 100.0: [], 120.0: ["It has not been heard since 07:00."]}


def test_a_box_that_a_new_watcher_does_not_find_has_time_to_answer(day: list[Moment]) -> None:
    loop = Loop((day,))
    told(loop, 10, at=0)
    loop.start()
    loop.places = [Place(0, is_here=False)]
    said = {}
    for loop.ahead_s in (0.0, 119.0, 120.0):
        said[loop.ahead_s] = told(loop)["why"]
    assert said == {
        0.0: [],
        119.0: [],
        120.0: ["It has not been heard since the watch began."],
    }


def test_the_first_records_of_a_new_box_wait_until_it_can_be_known_and_no_others(
    day: list[Moment],
) -> None:
    new = [e._replace(view=replace(e.view, device_id="new")) for e in day]
    loop = Loop((day, new))
    loop.places = [Place(0), Place(0, is_here=False)]
    for _ in range(10):
        loop.look()
        loop.pass_on()
    known = len(loop.broker.log)
    assert known > 0
    loop.places = [Place(1), Place(1)]
    came = []
    for _ in range(int(SETTLE_S) + 1):
        loop.look()
        loop.pass_on()
        came.append({json.loads(each.payload)["device_id"] for each in loop.broker.log[known:]})
    old = day[0].view.device_id
    assert came == [*[{old}] * int(SETTLE_S), {old, "new"}]


def test_after_a_new_name_all_is_said_again_at_once_and_a_moment_later(day: list[Moment]) -> None:
    named = day[0]._replace(view=replace(day[0].view, name="mother"))
    loop = Loop(([day[0], named],))
    told(loop, 10, at=0)
    _, *rest = TOPICS.retained(day[0].view.device_id)
    said = []
    for at in [1] * (int(SETTLE_S) + 2):
        for topic in rest:
            loop.broker.retained.pop(topic, None)
        loop.places = [Place(at)]
        loop.look()
        loop.pass_on()
        said.append(set(rest) <= set(loop.broker.retained))
    assert said == [True, *[False] * (int(SETTLE_S) - 1), True, False]
    assert loop.broker.retained[TOPICS.alive] == ONLINE


def test_a_box_that_was_never_here_is_told_of_by_its_absence() -> None:
    view = BoxView("away", "", "", Presence.AWAY)
    loop = Loop(([Moment(view, (), 1e9)],))
    loop.places = [Place(0, is_here=False)]
    loop.look()
    loop.pass_on()
    assert set(loop.broker.retained) == {TOPICS.alive, TOPICS.available("away")}
