"""One box, and all that people, power and clocks do to it, judged after every step.

Each event is a word and numbers, and makes sense in any life, so that a life that fails can be
made shorter by leaving events out.
"""

from collections.abc import Callable

from life_calendar import DAY_S
from life_clock import off, reset, step, sync
from life_cuts import cut, fail
from life_host import host, undo_last
from life_log import differences
from life_presses import press
from life_pushes import move, once, push
from life_scene import Event, Scene

# A ring that dropped something holds so many records, however many doses there are.
FULL_RING = 2500


class Life(Scene):
    """One box, and all that happens to it."""

    def live(self) -> list[str]:
        """Let everything happen; what is wrong, if anything is, and no further than there."""
        for event in self.events:
            self.happens(event)
            if self.problems:
                return self.problems
        self.happens(("end",))
        return self.problems

    def happens(self, event: Event) -> None:
        what, *numbers = event
        self.note(f"== {event}")
        EVENTS[what](self, *numbers)
        if self.ahead is not None:
            self.calm()
        self.look()


def wait(life: Scene, seconds: int) -> None:
    life.box.wait(seconds)


def next_due(life: Scene, offset_s: int) -> None:
    """Until so long after, or before, something becomes due."""
    if life.ahead is None:
        life.box.wait(600)
        return
    dues = [
        due
        for each in life.oracle.near(life.now, more_s=8 * DAY_S)
        if life.oracle.state_of(each, life.now) in ("early", "later", "rest")
        for due, _ in each.windows
        if due + offset_s > life.now
    ]
    life.box.wait(max(1, min(dues, default=life.now + DAY_S) + offset_s - life.now))


def end(life: Scene) -> None:
    """All that is open comes to its end."""
    if life.ahead is None:
        sync(life, 0)
    for _ in range(8):
        _ring_keeps(life)
        if not life.problems:
            life.box.wait(hours=20)
            life.calm()
            life.look()
    if not life.problems:
        life.judge.problems += differences(life.oracle)


def _ring_keeps(life: Scene) -> None:
    """P4: only a full journal drops its oldest records, and then it holds so many."""
    first = int(life.box.request("hello")["journal"]["first"])
    kept = sum(line.seq >= first for line in life.oracle.books.lines)
    if first > 1 and kept < FULL_RING:
        life.judge.blame("P4", f"it begins at record {first}, and holds {kept} records")


EVENTS: dict[str, Callable[..., None]] = {
    "wait": wait,
    "due": next_due,
    "press": press,
    "push": push,
    "move": move,
    "once": once,
    "off": off,
    "reset": reset,
    "sync": sync,
    "step": step,
    "fail": fail,
    "cut": cut,
    "host": host,
    "undo": undo_last,
    "end": end,
}
