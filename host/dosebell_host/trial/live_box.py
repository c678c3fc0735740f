"""A virtual box inside this process, for whoever shows it and presses its button: a page, a test.

It is the real firmware on a simulated board, and nobody's box: no port leads to it, no command
finds it, and what it notes is kept nowhere. Its world runs in a thread of its own; all that is
seen of it is asked for there.
"""

import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from dosebell import button, clock, pattern
from dosebell.board import Open
from dosebell.lamps import RHYTHMS
from dosebell.record import RINGING, SNOOZED
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.errors import UserError
from dosebell_host.history.record_text import words
from dosebell_host.schedule.local_time import day_text
from dosebell_host.schedule.plan_file import PlanFile, next_due_s
from dosebell_host.sim.endpoints import NoEndpoint
from dosebell_host.sim.observed import Observer
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.signal_words import light_text, next_text, open_text, sound_text
from dosebell_host.sim.threaded import running
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.trial.fitted_lamps import fit_lamps

# So long before a dose is due it begins, and a leap ends: time to look at it.
BEFORE_DUE_S = 10
# How long a press is held, in milliseconds of the world.
SHORT_MS = 200
LONG_EXTRA_MS = 500
PRESSES = ("short", "long", "very long")
_CALLS = (RINGING, SNOOZED)


@dataclass(frozen=True)
class Lamp:
    """The lamp of a compartment, and the rhythm that it shows."""

    place: int
    rhythm: str


@dataclass(frozen=True)
class LiveLook:
    """What the box shows and has noted; `light` and `sound` are names of patterns."""

    day: str
    time: str
    light: str
    light_words: str
    sound: str
    sound_words: str
    rings: tuple[str, ...]
    next: str
    lamps: tuple[Lamp, ...]
    noted: tuple[str, ...]
    speed: float

    @property
    def is_dark(self) -> bool:
        return self.light == pattern.OFF

    @property
    def is_silent(self) -> bool:
        return self.sound == pattern.SILENT


class LiveBox:
    """One virtual box with a schedule on it, from shortly before its next dose on.

    `now_s` is now, in seconds since 2000; `real_s` counts the seconds that its world follows.
    Raises `UserError` where nothing rings any more.
    """

    def __init__(
        self,
        file: PlanFile,
        now_s: int,
        speed: float = 1.0,
        real_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self.file = file
        self._real_s = real_s
        start_s = max(now_s, clock.EARLIEST_S)
        due_s = next_due_s(file.plan, start_s + BEFORE_DUE_S)
        if due_s is None:
            fix = "take one whose doses go on"
            raise UserError("nothing rings any more by this schedule", fix=fix, code="ended")
        world = World(due_s - BEFORE_DUE_S)
        fit_lamps(world, file)
        world.power_on()
        # The schedule goes in as into any box, before its time begins to run by itself.
        transfer(Client(Link(Wire(world), "the box on this page")), file.compiled)
        self._observer = Observer(world)
        self._version = 0
        self._shown: tuple[object, ...] = ()
        self._changed = threading.Condition()
        self._living = ExitStack()
        pace = Pace(world.now_ms, speed, real_s)
        self._server, _ = self._living.enter_context(running(world, pace, NoEndpoint()))
        self._server.call_soon(self._watch)

    def stop(self) -> None:
        """It ends; nothing of it is left."""
        self._living.close()
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def press(self, which: str) -> None:
        """One press of the button, by its name in `PRESSES`."""
        self._server.call(lambda: self._server.press(self._held_ms(which)))

    def set_speed(self, speed: float) -> None:
        """So many times as fast as the real time from now on."""

        def set_it() -> None:
            self._server.pace = Pace(self._observer.world.now_ms, speed, self._real_s)

        self._server.call(set_it)
        self._tell()

    def leap(self) -> bool:
        """On to shortly before the next dose; whether any comes."""
        return self._server.call(self._leap)

    def seen(self) -> LiveLook:
        return self._server.call(self._seen)

    def wait(self, after: int, timeout_s: float) -> int:
        """A number that grows with all that changes: wait for one beyond `after`, or no longer
        than the timeout.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._version > after, timeout_s)
            return self._version

    # What follows runs in the thread of the world.

    def _watch(self) -> None:
        self._server.on_pass = self._on_pass

    def _on_pass(self) -> None:
        observer = self._observer
        observer.changes()
        minute = observer.world.now_s // 60
        shown = (
            *(observer.light, observer.sound, minute, observer.next_due()),
            *(self._rhythms(), len(self._calling()), tuple(observer.recent()[-1:])),
        )
        if shown != self._shown:
            self._shown = shown
            self._tell()

    def _tell(self) -> None:
        with self._changed:
            self._version += 1
            self._changed.notify_all()

    def _held_ms(self, which: str) -> int:
        app = self._observer.world.app
        if which == "long" and app is not None:
            return int(app.button.long_press_ms) + LONG_EXTRA_MS
        return button.VERY_LONG_MS + LONG_EXTRA_MS if which == "very long" else SHORT_MS

    def _leap(self) -> bool:
        now_s = self._observer.world.now_s
        # By the schedule: while one rings, the box itself waits for no other occurrence of it.
        due_s = next_due_s(self.file.plan, now_s + BEFORE_DUE_S + 1)
        if due_s is None:
            return False
        self._server.pace.leap((due_s - BEFORE_DUE_S - now_s) * 1000)
        return True

    def _seen(self) -> LiveLook:
        observer = self._observer
        local = observer.local()
        moment = local.datetime(observer.world.now_s)
        calling = self._calling()
        return LiveLook(
            day=day_text(moment.date(), True),
            time=f"{moment:%H:%M}",
            light=observer.light,
            light_words=light_text(observer.light, bool(calling)),
            sound=observer.sound,
            sound_words=sound_text(observer.sound),
            rings=tuple(map(open_text, calling)),
            next=next_text(observer.next_due(), local),
            lamps=tuple(Lamp(n, name) for n, name in enumerate(self._rhythms(), 1)),
            noted=tuple(
                f"{'--:--' if entry.utc_s is None else f'{local.datetime(entry.utc_s):%a %H:%M}'}"
                f"  {f'{entry.dose} ' if entry.dose else ''}{words(entry, local)}"
                for entry in observer.recent()
            ),
            speed=self._server.pace.speed,
        )

    def _calling(self) -> list[Open]:
        """What rings, or is snoozed."""
        app = self._observer.world.app
        return [each for each in app.view.open if each.state in _CALLS] if app else []

    def _rhythms(self) -> tuple[str, ...]:
        lamps = self._observer.world.board.lamps
        return () if lamps is None else tuple(RHYTHMS[what] for what in lamps.shows)
