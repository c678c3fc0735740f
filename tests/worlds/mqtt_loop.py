"""A watcher as simple as can be, which tells the real MQTT sink of days that were lived before."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from dosebell_host.watch.attention import attention
from dosebell_host.watch.mqtt.announced import Announced
from dosebell_host.watch.mqtt.command import Command
from dosebell_host.watch.mqtt.line import Line
from dosebell_host.watch.mqtt.message import OFFLINE, ONLINE, Message
from dosebell_host.watch.mqtt.mqtt_sink import MqttSettings, MqttSink
from dosebell_host.watch.mqtt.standing import StandingReasons
from dosebell_host.watch.mqtt.state import urgent
from dosebell_host.watch.mqtt.topics import Topics
from dosebell_host.watch.view import Presence
from home_assistant_rules import complaints, wrong_attention, wrong_states
from model_broker import KilledError, ModelBroker, ModelLine, names_of
from mqtt_boxes import Moment

TOPICS = Topics("a1b2c3d4")
WILL = Message(TOPICS.alive, OFFLINE, retain=True)


class Place(NamedTuple):
    """Where a box is in its day, and whether it is plugged in."""

    at: int
    is_here: bool = True


class Loop:
    """A watcher that remembers nothing but its cursors when it is killed, and in the file
    `announced` what it has announced.
    """

    def __init__(
        self,
        days: tuple[list[Moment], ...],
        make_line: Callable[[], Line] | None = None,
        announced: Path | None = None,
    ) -> None:
        self.days = days
        self.announced = announced
        self.broker = ModelBroker()
        self._make_line = make_line
        self.places = [Place(0) for _ in days]
        self.cursors = [0 for _ in days]
        self.elapsed_s = 0.0
        self.ahead_s = 0.0
        self.standing = StandingReasons()
        self.notes: list[str] = []
        self.obeyed: list[Command] = []
        self.start()

    def start(self) -> None:
        """Also after it was killed: the broker hears of that when the next one comes."""
        self.heard = [False for _ in self.days]
        self.line = ModelLine(self.broker, WILL)
        line = self._make_line() if self._make_line else self.line
        self.sink = MqttSink(
            MqttSettings("mqtt test", TOPICS, lambda view: True),
            line,
            Announced(self.announced),
            standing=self.standing,
            note=self.notes.append,
            obeys=self,
            elapsed_s=lambda: self.elapsed_s,
            birth_delay_s=lambda: 2.0,
        )

    def do(self, command: Command) -> None:
        self.obeyed.append(command)

    def close(self) -> None:
        pass

    def look(self) -> None:
        """One look; it is started again where it is killed on the way."""
        self.elapsed_s += 1
        self.line.connect()
        now = max(day[place.at].now for day, place in zip(self.days, self.places, strict=True))
        views = []
        for n, (day, place) in enumerate(zip(self.days, self.places, strict=True)):
            self.heard[n] |= place.is_here
            view = day[place.at].view
            if not place.is_here:
                view = replace(view, presence=Presence.AWAY)
            if not self.heard[n]:
                view = replace(view, status=None, heard_at=None)
            views.append(view)
        try:
            self.sink.show(views, now + self.ahead_s)
            for n, (day, place) in enumerate(zip(self.days, self.places, strict=True)):
                if place.is_here:
                    waiting = day[place.at].entries[self.cursors[n] :]
                    self.cursors[n] += self.sink.take(views[n], waiting)
        except KilledError:
            self.broker.killed_at = -1
            self.start()

    def pass_on(self) -> None:
        """All that is on its way arrives, and is acknowledged."""
        self.line.arrive()
        self.line.answer()

    def settle(self) -> None:
        """All is back, and the day is over."""
        self.broker.takes = True
        self.ahead_s = 0.0
        self.places = [Place(len(day) - 1) for day in self.days]
        for _ in range(8):
            self.look()
            self.pass_on()

    def what_is_wrong(self) -> list[str]:
        """Of what the broker keeps, and of what its subscriber has."""
        return wrong_in(self.days, self.broker.retained, self.broker.log)


def wrong_in(
    days: Sequence[Sequence[Moment]], kept: dict[str, str], log: Sequence[Message]
) -> list[str]:
    """Where that is not what is so at the end of these days, and every record of them."""
    found = wrong_kept(days, kept)
    names = names_of(log)
    wanted = {name(day[-1], n) for day in days for n in range(len(day[-1].entries))}
    if set(names) != wanted:
        found.append(f"missing: {wanted - set(names)}, invented: {set(names) - wanted}")
    if len({(message.topic, message.payload) for message in log}) != len(wanted):
        found.append("one record was told in two ways")
    return found


def wrong_kept(days: Sequence[Sequence[Moment]], kept: dict[str, str]) -> list[str]:
    """Where what a broker keeps is not so at the end of these days."""
    found = [each for day in days for each in wrong_of(day[-1], kept)]
    return found if kept.get(TOPICS.alive) == ONLINE else [*found, "the watcher seems away"]


def name(moment: Moment, n: int) -> tuple[str, ...]:
    entry = moment.entries[n]
    return moment.view.device_id, entry.journal, str(entry.seq), f"{entry.crc:08x}"


def wrong_of(moment: Moment, kept: dict[str, str]) -> list[str]:
    """Where the broker says something else of a box than `dosebell status --json` would."""
    device_id, status = moment.view.device_id, moment.view.status
    assert status is not None
    config, state_text, available, needs = (
        kept.get(each, "{}") for each in TOPICS.retained(device_id)
    )
    if available != ONLINE or "{}" in (config, state_text, needs):
        return [f"{device_id} is {available}, {config[:20]}, {state_text[:20]}, {needs[:20]}"]
    found, state, said = complaints(TOPICS.discovery(device_id), config), {}, status.to_json()
    found += wrong_states(state_text) + wrong_attention(needs)
    state = json.loads(state_text)
    if bool(json.loads(needs)["why"]) != bool(urgent(attention(moment.view, moment.now))):
        found.append("needs_attention")
    for dose_said in said["doses"]:
        kept_dose = state["doses"][dose_said["dose"]]
        pairs = {"state": "state", "last_taken": "intake", "stock": "stock"}
        found += [key for key, own in pairs.items() if kept_dose[key] != dose_said[own]]
    if state["next_dose"] != (said["next"] or {}).get("due"):
        found.append("next_dose")
    return found
