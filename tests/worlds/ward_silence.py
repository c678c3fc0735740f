"""Gateways of a ward whose people are told who is not heard, minute by minute.

Boxes fall silent and come back, gateways die and start anew, the database goes away; `told` is
everything that anybody was told, by which gateway.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

from domain import Box
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.history.sqlite import SqliteFile, connected_for_threads
from dosebell_host.history.store import History
from dosebell_host.ward.ward import Ward
from dosebell_host.watch.database.gateway import Gateway, Identity
from dosebell_host.watch.elsewhere import Elsewhere
from dosebell_host.watch.kind import Around
from dosebell_host.watch.tell.entry import TellEntry
from dosebell_host.watch.tell.service import MessageService
from dosebell_host.watch.tell.tell_sink import TellSink
from dosebell_host.watch.tell.whose import Persons
from dosebell_host.watch.view import BoxView, Presence
from mqtt_boxes import moments
from ward_databases import Opens
from ward_gateways import BEGAN_S, SINK

_MINUTE_S = 60
# A look after a message was told.
_MOMENT_S = 10


@cache
def _view() -> BoxView:
    """A box that is well."""
    [moment] = moments(Box.with_schedule(), Path(mkdtemp()), "07:10")
    return replace(moment.view, title="")


class _Post:
    """Where messages go."""

    def __init__(self, put: Callable[[str], None]) -> None:
        self._put = put

    def check(self, address: object) -> None:
        pass

    def send(self, address: object, text: str) -> None:
        self._put(text.partition(": ")[2])


@dataclass
class _Program:
    """A running watch."""

    gateway: Gateway
    tell: TellSink


class Said(NamedTuple):
    """Who told last of a thing that it is silent, or not any more, and when."""

    gateway: str
    holds: bool
    at_s: float


class Machine:
    """A gateway's machine: it may be off, its boxes may not answer."""

    def __init__(self, world: "Silence", name: str, boxes: list[str], when: list[str]) -> None:
        self.name = name
        self.is_cut = False
        self.silent: set[str] = set()
        self.heard: dict[str, float] = {}
        self.boxes = boxes
        self._world = world
        self._folder = Path(mkdtemp())
        url = {"name": name, "url": "json://localhost", "when": when}
        self._entry = TellEntry.read(url) if when else None
        self.program: _Program | None = None
        self.died_s = 0.0
        self.start()

    def start(self) -> None:
        world, elsewhere = self._world, Elsewhere()
        self.heard = {}
        gateway = Gateway(
            Identity(SINK, self.name, self.name),
            History(SqliteFile(self._folder / "history", print, connect=connected_for_threads)),
            self._open_ward,
            Reach(clock=lambda: world.now_s, elapsed_s=lambda: world.now_s),
            world.notes.append,
            elsewhere,
        )
        entry = self._entry or TellEntry.read({"name": "x", "url": "json://x", "when": ["low"]})
        tell = TellSink(
            entry,
            "tell",
            Around(world.notes.append, elsewhere=elsewhere),
            MessageService(_Post(lambda text: world.hear(self.name, text)), entry.url),
            Persons(
                lambda: History(
                    SqliteFile(self._folder / "history", print, connect=connected_for_threads)
                )
            ),
            self._folder / "told",
        )
        self.program = _Program(gateway, tell)

    def die(self) -> None:
        if self.program is not None:
            self.program.gateway.close()
        self.program, self.died_s = None, self._world.now_s

    def look(self) -> None:
        if self.program is None:
            return
        now = self._world.now_s
        self.heard |= {box: now for box in self.boxes if box not in self.silent}
        views = [
            replace(
                _view(),
                device_id=box,
                presence=Presence.SILENT if box in self.silent else Presence.HERE,
                heard_at=self.heard.get(box),
            )
            for box in {*self.boxes, *self.heard}
        ]
        self.program.gateway.show(views)
        self.program.gateway.round()
        self.program.tell.show(views, now)
        self.program.tell.tell()

    def _open_ward(self) -> Ward:
        if self.is_cut:
            raise UserError("no database answers there", fix="start it there")
        return Ward(self._world.opens(), lambda: self._world.now_s)


class Silence:
    """Some machines, by name with their boxes, at the database that `opens` connects with."""

    def __init__(self, opens: Opens, machines: dict[str, list[str]], when: str) -> None:
        self.opens = opens
        self.now_s = BEGAN_S
        self.notes: list[str] = []
        self.told: list[tuple[str, str]] = []
        self.last: dict[str, Said] = {}
        self.again = 0
        self.pool: ThreadPoolExecutor | None = None
        self.machines = {
            name: Machine(self, name, boxes, [when] if when else [])
            for name, boxes in machines.items()
        }

    def hear(self, gateway: str, text: str) -> None:
        """Somebody is told; where the one that told the same died right afterwards, and left no
        note of it, that is no second message but the same one.
        """
        about, holds = _about(text)
        before = self.last.get(about)
        self.last[about] = said = Said(gateway, holds, self.now_s)
        if before and before.holds == holds and self._has_died_after(before):
            self.again += 1
        else:
            self.told.append((said.gateway, text))

    def _has_died_after(self, said: "Said") -> bool:
        died_s = self.machines[said.gateway].died_s
        return said.at_s <= died_s <= said.at_s + _MOMENT_S

    def states(self) -> dict[str, list[bool]]:
        """Of each thing in order whether it was told to be silent, or heard again."""
        found: dict[str, list[bool]] = {}
        for _, text in self.told:
            about, holds = _about(text)
            found.setdefault(about, []).append(holds)
        return found

    def minutes(self, count: int) -> None:
        for _ in range(count):
            for seconds in (_MINUTE_S - _MOMENT_S, _MOMENT_S):
                self.now_s += seconds
                self._each(Machine.look)

    def _each(self, does: Callable[[Machine], None]) -> None:
        """One after the other, or all at the same moment."""
        if self.pool is None:
            for machine in self.machines.values():
                does(machine)
        else:
            list(self.pool.map(does, self.machines.values()))

    def close(self) -> None:
        for machine in self.machines.values():
            machine.die()

    @property
    def texts(self) -> list[str]:
        """What was told, without the times."""
        return [text.partition(" since ")[0].rstrip(".") for _, text in self.told]


def _about(text: str) -> tuple[str, bool]:
    """What a message is about, and whether that begins to be silent."""
    return text.partition(" has not ")[0].partition(" is heard ")[0], " has not " in text
