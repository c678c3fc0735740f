"""One trolley of a home: its boxes, or the gateway that they are plugged into.

    python -m page.trolley boxes FOLDER   its boxes, a month old
    python -m page.trolley watch FOLDER   `dosebell watch`, for virtual boxes only

In the folder of the trolley stands which boxes it has, and there its gateway finds them. A box
goes on at `SPEED` with somebody who answers as in the month before. One that is pulled out was
read before that, and is there no more.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path

from dosebell import civil
from dosebell_host import cli, resources
from dosebell_host.box.client import Client
from dosebell_host.box.contact import meet
from dosebell_host.box.link import Link
from dosebell_host.box.reach import Reach
from dosebell_host.box.running_virtuals import register
from dosebell_host.history.store import History, open_history
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.threaded import running
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.terminal.options import Settings
from page.month import Habits, lived

SPEED = 60.0
READY = "ready"
_BOXES = "boxes.json"


@dataclass(frozen=True)
class BoxOfTrolley:
    """What a box is called, by which file it rings, and how its person answers."""

    name: str
    schedule: str
    forgets: float
    seed: int
    # Seconds ago it was pulled out; 0 where it is plugged in.
    pulled_out_s: int = 0

    @property
    def habits(self) -> Habits:
        return Habits(Path(self.schedule), self.forgets, self.seed)


def write_boxes(folder: Path, boxes: list[BoxOfTrolley]) -> None:
    """Say which boxes a trolley has."""
    said = json.dumps([asdict(each) for each in boxes])
    (folder / _BOXES).write_text(said, encoding="utf-8")


def live_in(folder: Path) -> None:
    """From now on this process keeps there what it knows, and finds its settings there."""
    os.environ[resources.FOLDER_VARIABLE] = str(folder)
    os.environ[resources.CONFIG_VARIABLE] = str(folder / resources.CONFIG_NAME)


def no_usb() -> Reach:
    """This laptop without what is plugged into it, which is somebody's own."""
    return Reach(plugged=list, mounted=lambda: iter(()))


def boxes(folder: Path) -> None:
    """Serve them until somebody ends it; a line says when they are there, and which is which."""
    said = (folder / _BOXES).read_text(encoding="utf-8")
    found = [BoxOfTrolley(**each) for each in json.loads(said)]
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    now = time.time()
    with ExitStack() as stack:
        with closing(open_history(_note)) as history:
            worlds = [_met(history, each, now) for each in found]
        for each, (world, _) in zip(found, worlds, strict=True):
            if not each.pulled_out_s:
                stack.enter_context(_served(world, each))
        ids = {each.name: device_id for each, (_, device_id) in zip(found, worlds, strict=True)}
        print(READY, json.dumps(ids), flush=True)
        stop.wait()


def watch() -> None:
    """Stay with them."""
    cli.main(["watch"], obj=Settings(reach=no_usb))


def _met(history: History, each: BoxOfTrolley, now: float) -> tuple[World, str]:
    """A box that has lived its month, and was read at its end."""
    seen_at = now - each.pulled_out_s
    world = lived(history, from_unix(seen_at), _note, each.habits)
    client = Client(Link(Wire(world), each.name))
    contact = meet(client, history, _note, laptop=lambda: world.now_ms / 1000 + civil.UNIX_2000)
    history.name_box(contact.hello.device_id, each.name)
    return world, contact.hello.device_id


@contextlib.contextmanager
def _served(world: World, each: BoxOfTrolley) -> Iterator[None]:
    person = each.habits.person()
    with running(world, Pace(world.now_ms, SPEED)) as (server, port), register(port):
        server.on_pass = lambda: person.listen(world)
        yield


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    _, what, where = sys.argv
    live_in(Path(where))
    if what == "watch":
        watch()
    else:
        boxes(Path(where))
