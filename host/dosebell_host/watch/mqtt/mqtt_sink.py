"""The sink that tells a broker, and Home Assistant behind it, how the boxes are.

The line to the broker lives in threads of its own and only notes what happens; all is decided
here, in the thread of the watcher, at each of its looks. What a broker keeps is compared with what
should stand there, and said anew where that differs, after every new connection, and when Home
Assistant has started. Records go out once each, and are taken for good when the broker has
acknowledged them; what was on its way when a connection broke is sent again, under the same key.
Records of a box wait a moment where Home Assistant has something new to make for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dosebell_host.actions.status import Status
from dosebell_host.history.records import Entry
from dosebell_host.talk import Note
from dosebell_host.watch.attention import attention
from dosebell_host.watch.mqtt.announced import Announced
from dosebell_host.watch.mqtt.commands_heard import CommandsHeard, Obeys
from dosebell_host.watch.mqtt.discovery import SAY_AGAIN_S, discovery
from dosebell_host.watch.mqtt.event import event_of
from dosebell_host.watch.mqtt.line import (
    Connected,
    Delivered,
    Disconnected,
    Line,
    Undelivered,
)
from dosebell_host.watch.mqtt.message import OFFLINE, ONLINE, as_json
from dosebell_host.watch.mqtt.on_way import MOST_ON_WAY, RecordsOnWay
from dosebell_host.watch.mqtt.retained import Retained
from dosebell_host.watch.mqtt.settling import Settling
from dosebell_host.watch.mqtt.standing import StandingReasons
from dosebell_host.watch.mqtt.state import attention_of, state_of, urgent, with_problems
from dosebell_host.watch.mqtt.topics import Topics
from dosebell_host.watch.view import BoxView, Presence

# Without an id of its journal no record of a box has a key that is the same everywhere.
NEEDED = "journal-id"


@dataclass(frozen=True)
class MqttSettings:
    """What one sink tells, and where: `is_wanted` picks its boxes."""

    name: str
    topics: Topics
    is_wanted: Callable[[BoxView], bool]


@dataclass(frozen=True)
class _Picture:
    """A box as it was last told of. It stays while the box says nothing new."""

    status: Status
    called: str
    config: dict[str, Any]
    config_text: str
    state: dict[str, Any]
    state_text: str


class MqttSink:
    """One broker, which was told what there is in `announced`; `standing` knows since when a box
    needs somebody. `obeys` does the commands, None where none are allowed. `elapsed_s`
    counts seconds, and `birth_delay_s` says how long to wait once Home Assistant has started: not
    all of its friends should speak at the same moment.
    """

    def __init__(
        self,
        settings: MqttSettings,
        line: Line,
        announced: Announced,
        *,
        standing: StandingReasons,
        note: Note,
        obeys: Obeys | None,
        elapsed_s: Callable[[], float],
        birth_delay_s: Callable[[], float],
    ) -> None:
        self.name = settings.name
        self._settings = settings
        self._topics = settings.topics
        self._line = line
        self._announced = announced
        self._standing = standing
        self._note = note
        self._commands = CommandsHeard(obeys, self._tell, elapsed_s) if obeys else None
        self._elapsed_s = elapsed_s
        self._birth_delay_s = birth_delay_s
        self._is_connected = False
        self._trouble = ""
        self._now = 0.0
        self._since: float | None = None
        self._again_s: float | None = None
        self._views: dict[str, BoxView] = {}
        self._pictures: dict[str, _Picture] = {}
        self._retained = Retained(line, elapsed_s)
        self._settling = Settling()
        self._on_way = RecordsOnWay(line, elapsed_s)
        self._too_old: set[str] = set()

    def show(self, views: Sequence[BoxView], now: float) -> None:
        """Say what has changed."""
        self._now = now
        self._since = now if self._since is None else self._since
        wanted = [view for view in views if self._settings.is_wanted(view)]
        self._views = {self._topics.command(view.device_id): view for view in wanted}
        self._hear()
        if self._again_s is not None and self._elapsed_s() >= self._again_s:
            self._retained.all_is_lost()
            self._announced.again(is_heard=True)
            self._again_s = None
        for view in wanted:
            self._show_box(view)
        self._keep(self._topics.alive, ONLINE)

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        """Send them; those that the broker has acknowledged are taken."""
        if not self._settings.is_wanted(box):
            return len(entries)
        if box.status is None or self._is_too_old(box, box.status):
            return 0
        if self._settling.has_new(box.device_id, self._elapsed_s()):
            return 0
        self._hear()
        for entry in entries[:MOST_ON_WAY]:
            self._send(entry, box.device_id, box.status)
        return self._on_way.taken((box.device_id, entry.key) for entry in entries)

    def close(self) -> None:
        """Everybody hears that the watcher is gone."""
        self._line.close()
        if self._commands:
            self._commands.close()

    # What stands at the broker.

    def _show_box(self, view: BoxView) -> None:
        is_near = view.presence in (Presence.HERE, Presence.BUSY)
        # A box that is away may be plugged into another machine, whose word it is then.
        if is_near and view.status is not None and not self._is_too_old(view, view.status):
            picture = self._picture(view, view.status)
            self._announce(view.device_id, picture)
            self._keep_state(view, picture)
        available = ONLINE if is_near and view.status is not None else OFFLINE
        self._keep(self._topics.available(view.device_id), available)
        self._keep_attention(view)

    def _keep_attention(self, view: BoxView) -> None:
        if view.status is not None and self._is_too_old(view, view.status):
            return
        reasons = urgent(attention(view, self._now, self._since or 0.0))
        if view.status is None and not reasons:
            # It has had no time to answer yet.
            return
        is_heard = view.status is not None
        since = self._standing.newest(view.device_id, reasons, self._now, is_heard)
        told = as_json(attention_of(reasons, since))
        # That a reason is a second older is nothing new.
        new = " ".join([str(since), *(f"{each.code} {each.dose}" for each in reasons)])
        self._keep(self._topics.attention(view.device_id), told, new, SAY_AGAIN_S)

    def _announce(self, device_id: str, picture: _Picture) -> None:
        topic, config = self._topics.discovery(device_id), picture.config
        if not self._is_connected:
            return
        if last := self._announced.last_words(device_id, config, self._topics):
            self._keep(topic, as_json(last))
        number, now_s = self._keep(topic, picture.config_text), self._elapsed_s()
        if number is not None:
            self._announced.sent(number, device_id, config)
            self._settling.announced(device_id, config["components"], now_s)
        if number is not None or self._settling.just_settled(device_id, now_s):
            _, *rest = self._topics.retained(device_id)
            for each in rest:
                self._retained.is_lost(each)

    def _keep_state(self, view: BoxView, picture: _Picture) -> None:
        reasons = attention(view, self._now)
        state = as_json(with_problems(picture.state, reasons))
        codes = ",".join(f"{reason.code} {reason.dose}" for reason in reasons)
        new = f"{picture.state_text} {codes}"
        self._keep(self._topics.state(view.device_id), state, new, SAY_AGAIN_S)

    def _picture(self, view: BoxView, status: Status) -> _Picture:
        before = self._pictures.get(view.device_id)
        if before is None or before.status is not status or before.called != view.called:
            config = discovery(view, status, self._topics, self._commands is not None)
            config = self._announced.without_gone(view.device_id, config)
            state = state_of(status)
            texts = as_json(config), state, as_json(state)
            made = _Picture(status, view.called, config, *texts)
            self._pictures[view.device_id] = made
            return made
        return before

    def _keep(
        self, topic: str, payload: str, new: str | None = None, again_s: float | None = None
    ) -> int | None:
        """As of `Retained`."""
        return self._retained.keep(topic, payload, new, again_s) if self._is_connected else None

    def _is_too_old(self, box: BoxView, status: Status) -> bool:
        is_old = NEEDED not in status.hello.features
        if is_old and box.device_id not in self._too_old:
            self._too_old.add(box.device_id)
            self._tell(
                f"{box.called} has an older release of dosebell, so it is left out:"
                " `dosebell flash` upgrades it."
            )
        if not is_old:
            self._too_old.discard(box.device_id)
        return is_old

    # Records.

    def _send(self, entry: Entry, device_id: str, status: Status) -> None:
        key = device_id, entry.key
        if self._is_connected and self._on_way.may_send(key):
            self._on_way.send(key, event_of(entry, device_id, status.local, self._topics))

    # What comes from the broker.

    def _hear(self) -> None:
        for event in self._line.happened():
            if isinstance(event, Connected):
                self._connected()
            elif isinstance(event, Disconnected):
                self._disconnected(event.why)
            elif isinstance(event, Delivered):
                self._delivered(event.number)
            elif isinstance(event, Undelivered):
                self._undelivered(event)
            elif event.topic == self._topics.birth:
                self._born(event.payload)
            elif event.topic == self._topics.alive:
                # The broker may have just found out that the connection before this one is gone.
                if event.payload == OFFLINE:
                    self._retained.is_lost(event.topic)
            elif self._commands and (view := self._views.get(event.topic)):
                self._commands.hear(event, view, self._now)

    def _born(self, payload: str) -> None:
        """Home Assistant has started, or has ended."""
        if payload == ONLINE:
            self._again_s = self._elapsed_s() + self._birth_delay_s()
        else:
            self._again_s = None
            self._announced.nobody_hears()

    def _connected(self) -> None:
        if self._trouble:
            self._tell("it is connected again.")
        self._trouble = ""
        self._is_connected = True
        self._forget_way()

    def _disconnected(self, why: str) -> None:
        if why and why != self._trouble:
            self._tell(f"{why}.")
        self._trouble = why or self._trouble
        self._is_connected = False
        self._forget_way()

    def _forget_way(self) -> None:
        """What is not acknowledged will never be, and what the broker kept it may have lost."""
        self._on_way.all_is_lost()
        self._retained.all_is_lost()
        self._announced.again(is_heard=False)
        # Whoever has started meanwhile hears it all now.
        self._again_s = None

    def _delivered(self, number: int) -> None:
        self._announced.delivered(number)
        self._on_way.delivered(number)

    def _undelivered(self, event: Undelivered) -> None:
        self._on_way.undelivered(event.number)
        why = f"the broker does not take what is written there ({event.why})"
        if why != self._trouble:
            self._tell(f"{why}; let this user write below {self._topics.prefix}.")
        self._trouble = why

    def _tell(self, sentence: str) -> None:
        self._note(f"{self.name}: {sentence}")
