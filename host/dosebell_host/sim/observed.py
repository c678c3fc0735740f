"""What can be seen and heard of a live box, for whoever shows it: a screen or plain lines."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from dosebell import pattern
from dosebell.board import View
from dosebell.journal import Journal
from dosebell.lamps import RHYTHMS
from dosebell.plan import NEVER
from dosebell.record import SNAPSHOT
from dosebell_host.history import records
from dosebell_host.history.records import FIRST_JOURNAL, Entry
from dosebell_host.schedule.local_time import LocalTime, laptop_local_time
from dosebell_host.sim.world import World

KEPT_RECORDS = 6
LOOKED_BACK = 16


@dataclass(frozen=True)
class Shown:
    """From `at_ms` on (world milliseconds since 2000) the box showed this: names of patterns."""

    at_ms: int
    light: str
    sound: str
    # The compartments whose lamps shine, blinking or not.
    places: tuple[int, ...] = ()


def _newest(journal: Journal) -> list[Entry]:
    """The last few records of a journal; snapshots take numbers too, so it looks ever further."""
    found: list[Entry] = []
    since = journal.next_seq
    while len(found) < KEPT_RECORDS and since > journal.first_seq:
        since = at = max(journal.first_seq, since - LOOKED_BACK)
        found = []
        while at < journal.next_seq:
            lines, at = journal.page(at, LOOKED_BACK)
            found += [
                entry
                for entry in (records.parse(line, FIRST_JOURNAL) for line in lines)
                if entry.kind != SNAPSHOT
            ]
    return found[-KEPT_RECORDS:]


class Observer:
    """Watches the outputs of a world's box. Blinking follows real time, however fast the world."""

    def __init__(self, world: World, real_s: Callable[[], float] = time.monotonic) -> None:
        self.world = world
        self.light = world.board.light
        self.sound = world.board.sound
        self.places: tuple[int, ...] = ()
        self._real_s = real_s
        self._shows: bytes = self._lamps()
        self._light_since_s = self._sound_since_s = self._lamps_since_s = real_s()
        self._changes: list[Shown] = []
        self._recent: list[Entry] = []
        self._recent_seq = -1
        world.board.on_show = self._on_show

    def changes(self) -> list[Shown]:
        """What changed since the last call; of what changed at one instant, the last."""
        changes, self._changes = self._changes, []
        return changes

    def lit(self) -> bool:
        """Whether the light is on just now."""
        return pattern.lit(self.light, self._ms_since(self._light_since_s))

    def tone_hz(self) -> int:
        """The tone that sounds just now; 0 is silence."""
        return pattern.tone_hz(self.sound, self._ms_since(self._sound_since_s))

    def lamps(self) -> list[bool]:
        """Whether each lamp is on just now; empty where the box has none."""
        shows = self._lamps()
        # A test of one lamp comes without anything that the box shows otherwise.
        if shows != self._shows:
            self._shows, self._lamps_since_s = shows, self._real_s()
        ms = self._ms_since(self._lamps_since_s)
        return [pattern.lit(RHYTHMS[what], ms) for what in shows]

    def _lamps(self) -> bytes:
        """What each lamp shows, as its place in `RHYTHMS`."""
        lamps = self.world.board.lamps
        return b"" if lamps is None else bytes(lamps.shows)

    def local(self) -> LocalTime:
        """Local time by the schedule in force, by the laptop's zone without one."""
        app = self.world.app
        if app is None or not app.box.revision:
            return laptop_local_time(time.time())
        return LocalTime(app.box.reminder.plan.zone)

    def next_due(self) -> tuple[str, int] | None:
        """(dose, instant) of what comes next."""
        view = self.world.app.view if self.world.app else None
        if view is None or view.next_due_s >= NEVER:
            return None
        return view.next_dose, view.next_due_s

    def recent(self) -> list[Entry]:
        """The last few records, oldest first, without snapshots."""
        journal = self.world.app.box.journal if self.world.app else None
        if journal is not None and journal.next_seq != self._recent_seq:
            self._recent_seq = journal.next_seq
            self._recent = []
            self._recent = _newest(journal)
        return self._recent

    def _on_show(self, view: View) -> None:
        places = tuple(place for place, what in enumerate(self._lamps(), 1) if what)
        if (view.light, view.sound, places) == (self.light, self.sound, self.places):
            return
        self.places = places
        if view.light != self.light:
            self.light, self._light_since_s = view.light, self._real_s()
        if view.sound != self.sound:
            self.sound, self._sound_since_s = view.sound, self._real_s()
        change = Shown(self.world.now_ms, view.light, view.sound, places)
        # The light comes on a moment before the sound does: one change to whoever reads about it.
        if self._changes and self._changes[-1].at_ms == change.at_ms:
            self._changes.pop()
        self._changes.append(change)

    def _ms_since(self, since_s: float) -> int:
        return int((self._real_s() - since_s) * 1000)
