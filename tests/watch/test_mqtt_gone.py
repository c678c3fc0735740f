"""What has left the schedule leaves Home Assistant, whoever of the two was off meanwhile."""

import json
import random
from functools import cache
from pathlib import Path

import pytest

from domain import Box, dose, plan
from dosebell_host.watch.mqtt.announced import Announced
from dosebell_host.watch.mqtt.discovery import discovery, live
from dosebell_host.watch.mqtt.message import OFFLINE, ONLINE
from model_home_assistant import HeardBroker, ModelHomeAssistant
from mqtt_boxes import Moment, moments
from mqtt_loop import TOPICS, Loop, Place

LIVES = 600
# The doses of the box, one schedule after the other.
SCHEDULES = (("a", "b"), ("a",), ("a", "c"), ("b", "c"), ("c",))
BOTH, ONE = Place(0), Place(1)


@cache
def lived(folder: Path) -> list[Moment]:
    box = Box.with_schedule(at="2026-11-23 06:00")
    found = []
    for n, doses in enumerate(SCHEDULES):
        box.push(plan(*(dose(each, 'at = ["07:30"]') for each in doses)))
        found += moments(box, folder / f"{n}", "")
    return found


class Home:
    """A box, a watcher that may be off, a broker, and Home Assistant, which is off at first."""

    def __init__(self, folder: Path, announced: Path) -> None:
        self.hass = ModelHomeAssistant()
        self.loop = Loop((lived(folder),), announced=announced)
        self.loop.broker = HeardBroker(self.hass)
        self.loop.start()
        self.watches = True

    def has(self, place: Place) -> None:
        self.loop.places = [place]

    def goes_on(self, looks: int = 6) -> None:
        for _ in range(looks if self.watches else 0):
            self.loop.look()
            self.loop.pass_on()

    def watch(self, is_on: bool) -> None:
        if self.watches and not is_on:
            self.loop.broker.cut()
        elif is_on and not self.watches:
            self.loop.start()
        self.watches = is_on

    def home_assistant(self, is_on: bool) -> None:
        if is_on and not self.hass.is_on:
            self.hass.start(self.loop.broker.retained)
            self.loop.line.comes(TOPICS.birth, ONLINE)
        elif self.hass.is_on and not is_on:
            self.hass.end()
            self.loop.line.comes(TOPICS.birth, OFFLINE)

    def ghosts(self) -> set[str]:
        """Entities that there should not be, and those that are missing."""
        view = self.loop.days[0][self.loop.places[0].at].view
        assert view.status is not None
        document = discovery(view, view.status, TOPICS, commands=True)
        wanted = {document["components"][ident]["unique_id"] for ident in live(document)}
        return self.hass.entities ^ wanted


@pytest.fixture(name="home")
def at_home(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(days_in(tmp_path_factory), tmp_path / "announced" / "mqtt.json")
    home.home_assistant(is_on=True)
    home.goes_on()
    assert home.ghosts() == set()
    return home


def days_in(factory: pytest.TempPathFactory) -> Path:
    return factory.getbasetemp() / "gone"


def test_a_dose_that_leaves_while_both_are_on_leaves(home: Home) -> None:
    home.has(ONE)
    home.goes_on()
    assert home.ghosts() == set()


def test_a_dose_that_leaves_while_home_assistant_is_off_leaves_when_it_starts(home: Home) -> None:
    home.home_assistant(is_on=False)
    home.has(ONE)
    home.goes_on()
    home.home_assistant(is_on=True)
    # By what the broker keeps alone it stays.
    assert len(home.ghosts()) > 0
    home.goes_on()
    assert home.ghosts() == set()


@pytest.mark.parametrize("first", ["watch", "home assistant"])
def test_a_dose_that_leaves_while_both_are_off_leaves(first: str, home: Home) -> None:
    home.home_assistant(is_on=False)
    home.watch(is_on=False)
    home.has(ONE)
    if first == "watch":
        home.watch(is_on=True)
        home.goes_on()
    home.home_assistant(is_on=True)
    home.watch(is_on=True)
    home.goes_on()
    assert home.ghosts() == set()


def test_what_has_gone_is_said_once_and_forgotten_once_home_assistant_has_heard_it(
    home: Home,
) -> None:
    home.home_assistant(is_on=False)
    home.has(ONE)
    home.goes_on()
    topic = TOPICS.discovery(home.loop.days[0][0].view.device_id)
    told = [json.loads(home.loop.broker.retained[topic])["components"].get("b_event")]
    home.home_assistant(is_on=True)
    home.goes_on()
    home.watch(is_on=False)
    home.watch(is_on=True)
    home.goes_on()
    told.append(json.loads(home.loop.broker.retained[topic])["components"].get("b_event"))
    assert told == [{"platform": "event"}, None]
    assert home.loop.announced is not None
    assert "b_event" not in home.loop.announced.read_text()


def test_whoever_is_off_whenever_in_the_end_there_is_what_there_should_be(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    had_ghosts = 0
    for seed in range(LIVES):
        chance = random.Random(seed)
        home = Home(days_in(tmp_path_factory), tmp_path / f"{seed}.json")
        for _ in range(20):
            what = chance.randrange(6)
            if what == 0:
                home.watch(chance.random() < 0.5)
            elif what == 1:
                home.home_assistant(chance.random() < 0.5)
            elif what == 2:
                home.has(Place(chance.randrange(len(SCHEDULES))))
            elif what == 3:
                home.loop.broker.cut()
            elif what == 4:
                home.loop.broker.killed_at = home.loop.broker.count + chance.randrange(1, 4)
            if home.watches:
                home.loop.look()
                home.loop.line.arrive(chance.randrange(6))
                home.loop.line.answer(chance.randrange(6))
        home.loop.broker.killed_at = -1
        home.watch(is_on=True)
        home.home_assistant(is_on=True)
        had_ghosts += bool(home.ghosts())
        home.goes_on(8)
        assert home.ghosts() == set(), seed
    assert had_ghosts > 0


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "3", '{"box": 3}', '{"box": {"a": "calendar"}}', "[" * 99_999]
)
def test_a_damaged_file_takes_nothing_away_and_is_written_anew(
    damage: str, home: Home, tmp_path: Path
) -> None:
    path = tmp_path / "damaged.json"
    path.write_text(damage)
    view = home.loop.days[0][0].view
    assert view.status is not None
    document = discovery(view, view.status, TOPICS, commands=True)
    announced = Announced(path)
    assert announced.without_gone(view.device_id, document) == document
    assert announced.last_words(view.device_id, document, TOPICS) is None
    assert json.loads(path.read_text())[view.device_id] == live(document)
