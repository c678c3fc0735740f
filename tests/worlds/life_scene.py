"""One box, its oracle and its judge, and what was told of them so far."""

from dataclasses import dataclass, field
from typing import Any

from domain import Box, Flash
from life_books import Line
from life_calendar import Planned, said
from life_judge import Judge
from life_oracle import Oracle
from life_plans import Document, text_of

UNIX_2000 = 946_684_800
Event = tuple[Any, ...]
# Nothing is done so shortly before or after an edge: either would be right.
BEFORE_EDGE_S = 20
AFTER_EDGE_S = 12
# A box of more doses is given less to do.
FEW_DOSES = 12


@dataclass
class Scene:
    """What happens to it is told by functions of their own: presses, pushes, clocks, cuts."""

    seed: int
    events: list[Event]
    document: Document
    start: str
    battery_clock: bool
    log: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.oracle = Oracle()
        self.judge = Judge(self.oracle)
        self.gone: list[Document] = []
        self.earlier = [self.document]
        text = text_of(self.document)
        self.box = Box.bare(
            self.start, self.document["timezone"], battery_clock=self.battery_clock
        )
        # How far the box's clock is ahead of the world; None while it knows no time.
        self.ahead: int | None = 0 if self.battery_clock else None
        # The last press that left records: world ms, occurrences; None where nobody can say.
        self.last_press: tuple[int, set[Any]] | None = None
        self.press_unsure = False
        self.pressed_unset: list[int] = []
        self.box.request("clock.set", utc=self.box.world.now_s + UNIX_2000)
        self.ahead = 0
        self.box.push(text)
        self.oracle.pushed(text, self.now)
        # So many schedules were pushed before the clock was last set or lost.
        self.reigns_known = 1
        self.read(2)
        self.note(f"seed {self.seed}, {self.document['timezone']}, battery {self.battery_clock}")
        self.note(told(self.document))

    # The story.

    @property
    def problems(self) -> list[str]:
        return self.oracle.books.problems + self.judge.problems

    def story(self) -> str:
        return "\n".join([*self.log, *("!! " + problem for problem in self.problems)])

    def note(self, what: str) -> None:
        at = "unset" if self.ahead is None else said(self.now)
        self.log.append(f"{at}  {what}")

    # Time.

    @property
    def now(self) -> int:
        """What the box takes for now, as far as the world knows."""
        return self.box.world.now_s + UNIX_2000 + (self.ahead or 0)

    def look(self, reigns_back: int = 1) -> None:
        self.box.wait(10)
        self.read(reigns_back)
        if self.ahead is not None and not self.oracle.unsettled:
            self.calm()
            self.read(reigns_back)
        if self.ahead is not None and not self.oracle.unsettled:
            self.judge.look(self.now, self.box.app.view)
        elif self.box.due:
            self.judge.blame("P5", f"{self.box.due} rings, and the clock is unset")

    def read(self, reigns_back: int = 1) -> list[Line]:
        assert isinstance(self.box.files, Flash)
        return self.judged(self.oracle.books.read(self.box.files), reigns_back)

    def judged(self, lines: list[Line], reigns_back: int) -> list[Line]:
        self.judge.read(lines, reigns_back)
        self.log += [f"        {line}" for line in lines]
        return lines

    def calm(self) -> None:
        """Wait until nothing changes by itself for a while."""
        for _ in range(60):
            if not self._edge_near():
                return
            self.box.wait(AFTER_EDGE_S)

    def _edge_near(self) -> bool:
        low, high = self.now - AFTER_EDGE_S, self.now + BEFORE_EDGE_S
        return any(
            low <= edge <= high for each in self.oracle.near(self.now) for edge in each.edges()
        )

    def in_last_call(self, each: Planned) -> bool:
        window = each.window_at(self.now)
        return window is None or window[1] - self.now < 900


def told(document: Document) -> str:
    """A schedule in a few lines: what decides when something is due."""
    answer = document["alerts"].get("answer", "all")
    lines = [f"{document['timezone']} {_values(document['meals'])} answer={answer}"]
    lines += [f"off {each['from']} to {each['to']}" for each in document.get("except", [])]
    lines += [_values(each) for each in document["dose"][:8]]
    return "\n            ".join(lines)


def _values(table: Document) -> str:
    return " ".join(f"{key}={value}" for key, value in table.items() if key != "name")
