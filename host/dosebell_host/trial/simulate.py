"""A schedule lived through: the whole firmware under a simulated clock, and a person who presses.

The schedule goes in through the wire and the records come out through it, as from a real box.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from dosebell import record
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.history import records
from dosebell_host.history.log_text import sums
from dosebell_host.history.outcomes import outcomes
from dosebell_host.history.record_text import words
from dosebell_host.history.records import FIRST_JOURNAL, Entry
from dosebell_host.schedule.limits import DAY_S
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.schedule.plan_file import PlanFile, load
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.talk import Talk
from dosebell_host.trial.story import SHORT_PRESS_MS, Story, Told, read_story

# How long after it begins to ring a person who does not forget takes to press.
PRESS_AFTER_S = (60, 20 * 60)
NEXT_PRESS_S = 10

# Records are fetched before so many have come, long before the box would drop old ones.
FETCH_RECORDS = 1000

Event = tuple[int, Callable[[], None]]


@dataclass
class ForgetfulPerson:
    """Answers some minutes after a ring begins, or forgets it: decided once, when it begins."""

    forget: float
    random: random.Random
    presses_s: list[int] = field(default_factory=list)
    _heard: set[tuple[str, int, int]] = field(default_factory=set)

    def listen(self, world: World) -> None:
        """Notice what began to ring, and press when the time for that has come."""
        ringing = set(_ringing(world))
        if ringing - self._heard and self.random.random() >= self.forget:
            self.presses_s.append(world.now_s + self.random.randint(*PRESS_AFTER_S))
        self._heard |= ringing
        if self.presses_s and min(self.presses_s) <= world.now_s:
            self.presses_s = [at_s for at_s in self.presses_s if at_s > world.now_s]
            # Nobody presses a box that has gone quiet, or that the press before has answered.
            if ringing:
                world.press(SHORT_PRESS_MS)
                # Where one place at a time is asked for, the next is answered soon after.
                if _ringing(world):
                    self.presses_s.append(world.now_s + NEXT_PRESS_S)


class Simulation(NamedTuple):
    """A schedule, what happened to it from outside, and every record but the snapshots."""

    file: PlanFile
    story: Story
    entries: list[Entry]

    def to_json(self) -> dict[str, Any]:
        """The records, and what repeats a random person."""
        items = [_item(entry, self.file.local) for entry in self.entries]
        seed = {} if self.story.forget is None else {"seed": self.story.seed}
        return {"items": items, **seed}


def simulate_file(path: Path, told: Told, talk: Talk) -> Simulation:
    """Live through a file. Raises `UserError` with what is wrong with it, and `UsageError` where
    the story makes no sense.
    """
    file = load(path)
    story = read_story(file, told)
    if told.forget is not None and told.seed is None:
        talk.note(
            "What is forgotten was drawn by lot; to see the same days again, add --seed"
            f" {story.seed}."
        )
    return Simulation(file, story, simulate(file, story))


def simulate(file: PlanFile, story: Story) -> list[Entry]:
    """Every record but the snapshots."""
    return list(_Life(file, story).records())


def _item(entry: Entry, local: LocalTime) -> dict[str, Any]:
    told = entry.to_json(local)
    return {key: told[key] for key in ("at", "kind", "dose", "date", "slot", "detail")}


class _Life:
    """A box from the first power-on to the end of its story."""

    def __init__(self, file: PlanFile, story: Story) -> None:
        self._file = file
        self._story = story
        self._world = World(story.start_s, seed="simulate")
        self._client = Client(Link(Wire(self._world), "the simulated box"))
        self._next_seq = 0
        self._person: ForgetfulPerson | None = None
        if story.forget is not None:
            self._person = ForgetfulPerson(story.forget, random.Random(story.seed))

    def records(self) -> Iterator[Entry]:
        self._world.power_on()
        transfer(self._client, self._file.compiled)
        for at_s, act in self._events():
            while self._world.now_s < at_s:
                self._live_on(at_s)
                yield from self._fetch(FETCH_RECORDS)
            yield from self._fetch(0)
            act()

    def _events(self) -> list[Event]:
        """What happens from outside, in order; the last is the end."""
        story, world = self._story, self._world
        events: list[Event] = []
        for off in story.offs:
            events += [(off.from_s, world.power_off), (off.to_s, world.power_on)]
        events += [(press.at_s, partial(world.press, press.held_ms)) for press in story.presses]
        # The sort is stable: of what happens at one instant, power comes first.
        events.sort(key=lambda event: event[0])
        within = [event for event in events if event[0] < story.end_s]
        return [*within, (story.end_s, lambda: None)]

    def _live_on(self, until_s: int) -> None:
        """Let time pass to the next thing that the box, the person or the story does."""
        world, person = self._world, self._person
        # A day at the most, so that the records are fetched in time.
        next_s = min(until_s, world.now_s + DAY_S)
        if person is None:
            world.run_until(next_s)
            return
        deadline_s = world.now_s + world.deadline_ms() // 1000 + 1
        world.run_until(min([next_s, deadline_s, *person.presses_s]))
        person.listen(world)

    def _fetch(self, at_least: int) -> Iterator[Entry]:
        """The records that are new, if they are so many; never the snapshots."""
        app = self._world.app
        while app is not None and app.box.journal.next_seq - self._next_seq > at_least:
            page = self._client.journal_read(self._next_seq)
            self._next_seq = page.next
            entries = (records.parse(line, FIRST_JOURNAL) for line in page.lines)
            yield from (entry for entry in entries if entry.kind != record.SNAPSHOT)


def _ringing(world: World) -> Iterator[tuple[str, int, int]]:
    """(dose, first due, meal) of each window that rings."""
    for row in world.app.box.reminder.rows if world.app is not None else ():
        if row.state == record.RINGING and row.window is not None:
            yield row.dose.id, row.window.dues[0], row.meal


def simulation_lines(lived: Simulation) -> Iterator[str]:
    """One line a record, headed by its local time and its dose; then what they add up to."""
    file, entries = lived.file, lived.entries
    width = max(len(dose.id) for dose in file.schedule.doses)
    for entry in entries:
        told = f"{words(entry, file.local)}{_where(entry, file)}"
        yield f"{_moment(entry, file.local)}  {entry.dose:{width}}  {told}"
    plans = {file.compiled.revision: file.plan}
    totals = list(sums(outcomes(entries, plans.get)))
    if totals:
        yield ""
        yield from totals


def _where(entry: Entry, file: PlanFile) -> str:
    """The compartment of what begins to ring, where it has one."""
    dose = file.plan.dose(entry.dose) if entry.kind == record.RINGING else None
    if dose is None or entry.day is None:
        return ""
    place = dose.place(entry.day, entry.slot or 0)
    return f", place {place}" if place else ""


def _moment(entry: Entry, local: LocalTime) -> str:
    if entry.utc_s is None:
        return f"{'(no clock)':24}"
    moment = local.datetime(entry.utc_s)
    return f"{moment:%a} {moment.day:2} {moment:%b %Y %H:%M:%S}"
