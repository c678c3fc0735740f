"""`--at-next` on a box without a schedule: once one has been pushed, its time leaps on."""

import time
from collections.abc import Callable

from dosebell_host.schedule.plan_file import next_due_s
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.world import World

# How long before the next due the box is then.
BEFORE_NEXT_S = 20
# So long after it came, whoever pushed it has read it back.
SETTLED_S = 3.0


class Leap:
    """Called after each pass, it takes the world there once, so that nobody has to be quick."""

    def __init__(
        self, world: World, pace: Pace, real_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._world = world
        self._pace = pace
        self._real_s = real_s
        self._came_s: float | None = None
        self._done = False

    def on_pass(self) -> None:
        app = self._world.app
        if self._done or app is None or not app.box.revision:
            return
        self._came_s = self._came_s or self._real_s()
        if self._real_s() - self._came_s >= SETTLED_S:
            self._done = True
            self._leap(self._world.now_s)

    def _leap(self, now_s: int) -> None:
        app = self._world.app
        due_s = None if app is None else next_due_s(app.box.reminder.plan, now_s + BEFORE_NEXT_S)
        if due_s is not None:
            self._pace.leap((due_s - BEFORE_NEXT_S - now_s) * 1000)
