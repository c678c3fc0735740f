"""`make web`: a virtual box that has lived a month, at its own speed from then on, and its page.

`python -m page.month` keeps all of it in a folder that is removed at the end, so that nobody's own
history comes into it. The month is lived by the real firmware in a simulated world, with somebody
who forgets now and then.
"""

import os
import sys
from contextlib import closing
from pathlib import Path
from random import Random
from typing import NamedTuple

from dosebell import civil
from dosebell_host import resources
from dosebell_host.actions.proposal import propose
from dosebell_host.actions.push import carry_out
from dosebell_host.actions.push_file import read_document
from dosebell_host.box.client import Client
from dosebell_host.box.contact import meet
from dosebell_host.box.link import Link
from dosebell_host.box.reach import Reach
from dosebell_host.box.running_virtuals import register
from dosebell_host.history.store import History, open_history
from dosebell_host.schedule.limits import DAY_S
from dosebell_host.schedule.local_time import now_s
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.threaded import running
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.talk import Note
from dosebell_host.trial.simulate import ForgetfulPerson
from dosebell_host.web.serve import WebWishes, run
from page.own_folder import own_folder

SCHEDULE = "four-doses-a-day.toml"
DAYS = 31
FORGETS = 0.12


class Habits(NamedTuple):
    """What somebody takes, by which file, and which share of it is forgotten."""

    schedule: Path
    forgets: float = FORGETS
    seed: int = 1

    def person(self) -> ForgetfulPerson:
        return ForgetfulPerson(self.forgets, Random(self.seed))


def usual() -> Habits:
    return Habits(resources.schedules_dir() / SCHEDULE)


def lived(history: History, until_s: int, note: Note, habits: Habits | None = None) -> World:
    """A box at that moment, in seconds since 2000, that was given a schedule a month before."""
    habits = habits or usual()
    world = World(until_s - DAYS * DAY_S)
    world.power_on()
    _push(world, history, note, habits.schedule)
    person = habits.person()
    while world.now_s < until_s:
        next_s = world.now_s + world.deadline_ms() // 1000 + 1
        world.run_until(min([until_s, next_s, *person.presses_s]))
        person.listen(world)
    return world


def _push(world: World, history: History, note: Note, schedule: Path) -> None:
    client = Client(Link(Wire(world), "the virtual box"))
    contact = meet(client, history, note, laptop=lambda: world.now_ms / 1000 + civil.UNIX_2000)
    document = read_document(schedule, unchecked=True)
    carry_out(contact, propose(contact, document))


def main(words: list[str]) -> None:
    """Serve it; `--no-open` and `--lan` are those of `dosebell web`."""
    reach, wishes = Reach(), WebWishes("--no-open" in words, None, "--lan" in words)
    with own_folder("dosebell-web-") as folder:
        os.environ[resources.FOLDER_VARIABLE] = str(folder)
        with closing(open_history(_note)) as history:
            world = lived(history, now_s(reach.clock), _note)
        with running(world, Pace.of_this_laptop()) as (_, port), register(port):
            run(wishes, reach, _note, say_link)


def say_link(link: str) -> None:
    """Where the page is, as `dosebell web` says it."""
    print(f"ready {link}", flush=True)


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
