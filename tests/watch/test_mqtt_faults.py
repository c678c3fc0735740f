"""Whatever goes away at any moment: at the end the broker keeps what is so, and has every record.

Two boxes live a day that was written down once, moment by moment. A loop as simple as can be
tells the real sink of it, keeps the cursors, and is killed; the broker and the lines to it are
models, in which every message can be lost on its way, every acknowledgement on its way back.
"""

import json
import random
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from domain import DROPS, Box, dose, plan
from dosebell_host.watch.mqtt.discovery import SAY_AGAIN_S
from dosebell_host.watch.mqtt.message import OFFLINE, ONLINE
from model_broker import names_of
from mqtt_boxes import Moment, moments
from mqtt_loop import TOPICS, Loop, Place

SCHEDULES = 600
COUNTED = plan(dose("iron", 'at = ["07:30"]', "stock = { count = 3, per_intake = 1, low = 2 }"))
TIMES = ("07:00", "07:31", "press", "08:01", "press", "12:00", "20:01", "press", "22:00")


@cache
def days(folder: Path) -> tuple[list[Moment], ...]:
    boxes = [Box.with_schedule(text, at="2026-11-23 06:00") for text in (DROPS, COUNTED)]
    lived = [moments(box, folder / f"{n}", *TIMES) for n, box in enumerate(boxes)]
    # Simulated boxes are all of one id.
    return lived[0], [
        each._replace(view=replace(each.view, device_id="other")) for each in lived[1]
    ]


@pytest.fixture(name="days", scope="module")
def lived_days(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Moment], ...]:
    return days(tmp_path_factory.mktemp("days"))


def test_a_day_without_faults_has_each_record_once(days: tuple[list[Moment], ...]) -> None:
    loop = Loop(days)
    for at in range(len(TIMES)):
        loop.places = [Place(at) for _ in days]
        for _ in range(3):
            loop.look()
            loop.pass_on()
    assert loop.what_is_wrong() == []
    assert set(names_of(loop.broker.log).values()) == {1}
    assert loop.notes == []


def live(loop: Loop, passes: bool) -> None:
    """The whole day, two looks at each moment."""
    for look in range(2 * len(TIMES)):
        loop.places = [Place(look // 2) for _ in loop.days]
        loop.look()
        if passes:
            loop.pass_on()


@pytest.mark.parametrize("passes", [True, False])
def test_killed_at_every_message_nothing_is_lost(
    passes: bool, days: tuple[list[Moment], ...]
) -> None:
    whole = Loop(days)
    live(whole, passes)
    assert whole.broker.count > 25
    for killed_at in range(1, whole.broker.count + 1):
        loop = Loop(days)
        loop.broker.killed_at = killed_at
        live(loop, passes)
        assert loop.broker.killed_at == -1
        loop.settle()
        assert loop.what_is_wrong() == [], killed_at


FAULTS = (
    "cut",
    "half",
    "unanswered",
    "restart",
    "forgets",
    "away",
    "kill",
    "unplug",
    "back",
    "ha",
)


def happen(loop: Loop, fault: str, chance: random.Random) -> None:
    if fault == "cut":
        # Before it has arrived: it never will.
        loop.broker.cut()
    elif fault == "half":
        loop.line.arrive(chance.randrange(4))
        loop.broker.cut()
    elif fault == "unanswered":
        loop.line.arrive()
        loop.line.answer(chance.randrange(4))
        loop.broker.cut()
    elif fault in ("restart", "forgets"):
        loop.broker.restart(fault == "forgets")
    elif fault == "away":
        loop.broker.takes = not loop.broker.takes
        loop.broker.cut()
    elif fault == "kill":
        loop.broker.killed_at = loop.broker.count + chance.randrange(1, 9)
    elif fault == "unplug":
        n = chance.randrange(len(loop.places))
        loop.places[n] = loop.places[n]._replace(is_here=not loop.places[n].is_here)
    elif fault == "back":
        loop.ahead_s = chance.choice((-86400.0, -3600.0, 0.0, 7200.0))
    elif fault == "ha":
        loop.line.comes(TOPICS.birth, ONLINE)


def test_after_any_faults_all_is_as_it_should_be(days: tuple[list[Moment], ...]) -> None:
    happened: Counter[str] = Counter()
    records = doubled = 0
    for seed in range(SCHEDULES):
        chance = random.Random(seed)
        loop = Loop(days)
        for _ in range(40):
            if chance.random() < 0.5:
                fault = chance.choice(FAULTS)
                happen(loop, fault, chance)
                happened[fault] += 1
            n = chance.randrange(len(loop.places))
            if chance.random() < 0.4 and loop.places[n].at < len(TIMES) - 1:
                loop.places[n] = loop.places[n]._replace(at=loop.places[n].at + 1)
            loop.look()
            loop.line.arrive(chance.randrange(20))
            loop.line.answer(chance.randrange(20))
        loop.settle()
        assert loop.what_is_wrong() == [], seed
        names = names_of(loop.broker.log)
        records, doubled = records + len(names), doubled + sum(names.values()) - len(names)
    assert set(happened) == set(FAULTS)
    assert 0 < doubled < records
    print(f"{SCHEDULES} schedules: {dict(happened)}, {records} records, 0 lost, {doubled} doubled")


def test_all_is_said_again_some_time_after_home_assistant_has_started(
    days: tuple[list[Moment], ...],
) -> None:
    loop = Loop(days)
    loop.settle()
    loop.broker.retained.clear()
    loop.line.comes(TOPICS.birth, OFFLINE)
    loop.line.comes(TOPICS.birth, ONLINE)
    for is_back in (False, False, True):
        loop.look()
        loop.pass_on()
        assert (loop.what_is_wrong() == []) == is_back


def test_a_state_is_said_again_and_an_old_watcher_found_dead_is_put_right(
    days: tuple[list[Moment], ...],
) -> None:
    loop = Loop(days)
    loop.settle()
    states = [TOPICS.state(day[-1].view.device_id) for day in days]
    for topic in states:
        del loop.broker.retained[topic]
    loop.broker.retained[TOPICS.alive] = OFFLINE
    loop.line.comes(TOPICS.alive, OFFLINE)
    for _ in range(2):
        loop.look()
        loop.pass_on()
    assert loop.broker.retained[TOPICS.alive] == ONLINE
    for _ in range(SAY_AGAIN_S):
        loop.look()
        loop.pass_on()
    assert loop.what_is_wrong() == []


def test_nothing_is_said_while_nothing_happens(days: tuple[list[Moment], ...]) -> None:
    loop = Loop(days)
    loop.settle()
    before = loop.broker.count
    for _ in range(SAY_AGAIN_S // 2):
        # What is said of the watcher comes back to it.
        loop.line.comes(TOPICS.alive, ONLINE)
        loop.look()
        loop.pass_on()
    assert loop.broker.count == before


def test_a_box_that_is_away_is_not_available_and_keeps_its_last_state(
    days: tuple[list[Moment], ...],
) -> None:
    loop = Loop(days)
    loop.settle()
    before = dict(loop.broker.retained)
    loop.places[0] = loop.places[0]._replace(is_here=False)
    loop.look()
    loop.pass_on()
    away = TOPICS.available(days[0][-1].view.device_id)
    changed = {k: v for k, v in loop.broker.retained.items() if before[k] != v}
    assert changed == {away: OFFLINE}
    # Another watcher of this machine does not know it yet: it says no more of it than that.
    loop.start()
    loop.look()
    loop.pass_on()
    assert loop.broker.retained == {**before, away: OFFLINE}


def test_a_command_is_obeyed_once(days: tuple[list[Moment], ...]) -> None:
    loop = Loop(days)
    loop.places = [Place(3) for _ in days]
    loop.look()
    view, now = days[0][3].view, days[0][3].now
    at = f"{view.status.local.iso(int(now) - 946684800)}" if view.status else ""
    said = {"do": "take", "dose": "drops", "due": "2026-11-23T08:00:00+01:00", "at": at}
    for retained in (True, True, False, False):
        loop.line.comes(TOPICS.command(view.device_id), json.dumps(said), retained)
    loop.line.comes(TOPICS.command("another"), json.dumps(said))
    loop.look()
    assert [(each.what, each.dose) for each in loop.obeyed] == [("take", "drops")]
    assert loop.notes == [
        f"mqtt test: a command for {view.called} is not obeyed: a command that the broker kept"
        " is never obeyed."
    ]


def test_a_box_of_an_older_release_is_told_of_once_and_left_out(
    days: tuple[list[Moment], ...],
) -> None:
    view = days[0][0].view
    assert view.status is not None
    old = replace(view.status, hello=replace(view.status.hello, features=("due",)))
    moment = days[0][0]._replace(view=replace(view, status=old))
    loop = Loop(([moment],))
    loop.settle()
    assert loop.broker.log == []
    assert set(loop.broker.retained) == {TOPICS.alive, TOPICS.available(view.device_id)}
    assert loop.notes == [
        f"mqtt test: {view.called} has an older release of dosebell, so it is left out:"
        " `dosebell flash` upgrades it."
    ]
