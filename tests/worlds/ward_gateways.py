"""Gateways of a ward in simulated time: the real outbox and ward, boxes that are read by it, and a
hand that kills a gateway at any step, cuts it off, or carries its boxes to another one.

Each question and each writing, of the gateway's own history as of the database, is a step. A
gateway that is killed at one, before or after it was done, has its history as it was, and nothing
else: it starts anew.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from dosebell_host.actions.read_log import log_of_history
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UserError
from dosebell_host.history.box_log import always
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.sqlite import SqliteFile
from dosebell_host.history.store import History
from dosebell_host.history.tables.tables import Tables
from dosebell_host.ward.outcomes_of import outcome_of
from dosebell_host.ward.tables import WardTables
from dosebell_host.ward.ward import Added, Batch, Ward
from dosebell_host.watch.database.gateway import Gateway, Identity
from dosebell_host.watch.elsewhere import Elsewhere
from ward_boxes import WardBox

SINK = "database test"
DAY_S = 86_400
# Long after all of the lives.
BEGAN_S = 1_900_000_000.0


class KilledError(BaseException):
    """What nobody catches."""


def _killed() -> None:
    raise KilledError


@dataclass
class Fate:
    """After how many more steps something happens, None for never: by itself, the gateway is
    killed. `is_done` is whether what it did in that step is still done.
    """

    steps: int | None = None
    is_done: bool = False
    happens: Callable[[], None] = _killed

    @contextmanager
    def step(self) -> Iterator[None]:
        if self.steps is None or self.steps > 0:
            self.steps = None if self.steps is None else self.steps - 1
            yield
            return
        self.steps = None
        if self.is_done:
            yield
            self.happens()
        else:
            self.happens()
            yield


class MortalTables:
    """Tables whose program may be killed at each step; `is_cut` tells whether they are away."""

    def __init__(
        self, tables: Tables, fate: Fate, is_cut: Callable[[], bool] = lambda: False
    ) -> None:
        self._tables = tables
        self._fate = fate
        self._is_cut = is_cut

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        with self._step():
            found = self._tables.rows(query, *values)
        return found

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._step():
            self._tables.write(query, rows)

    @contextmanager
    def alone_with(self, name: str) -> Iterator[None]:
        tables: Any = self._tables
        with self._step(), tables.alone_with(name):
            yield

    def close(self) -> None:
        self._tables.close()

    @contextmanager
    def _step(self) -> Iterator[None]:
        if self._is_cut():
            raise UserError("no database answers there", fix="start it there")
        with self._fate.step():
            yield


class Tally:
    """What was tried, and what came of it."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def table(self) -> str:
        """For a person to read."""
        width = max(map(len, self.counts))
        return "\n".join(f"{name:{width}} {n:8}" for name, n in self.counts.items())


class CountedWard(Ward):
    """Counts what is sent to it."""

    tally: Tally

    def add(self, batch: Batch) -> Added:
        added = super().add(batch)
        self.tally.counts["lines sent"] += len(batch.lines)
        self.tally.counts["lines sent again"] += added.known
        return added


class SimulatedGateway:
    """A machine with boxes; `opens` connects with the database."""

    def __init__(
        self,
        name: str,
        history: Tables,
        opens: Callable[[], WardTables],
        reach: Reach,
        tally: Tally,
    ) -> None:
        self.name = name
        self.boxes: list[WardBox] = []
        self.fate = Fate()
        self.is_cut = False
        self.notes: list[str] = []
        self.tally = tally
        self._tables = history
        self._opens = opens
        self._reach = reach
        self.start()

    def start(self) -> None:
        """Begin, also after it was killed: it knows what its history says."""
        self._open: list[WardTables] = []
        self.history = History(MortalTables(self._tables, self.fate))
        self.gateway = Gateway(
            Identity(SINK, self.name, f"instance of {self.name}"),
            self.history,
            self._open_ward,
            self._reach,
            self.notes.append,
            Elsewhere(),
        )

    def stop(self) -> None:
        """The database notices that its connection is gone."""
        for tables in self._open:
            tables.close()

    def read_boxes(self, day: int, days: int) -> None:
        """Its watcher reads its boxes, and says which have something new."""
        for box in self.boxes:
            with self._may_die():
                if box.read_into(self.history, day, days, self._reach.clock()):
                    self.gateway.look_back(box.device_id)

    def rounds(self) -> None:
        """Do what is to be done now; it is started again where it is killed on the way."""
        wait_s = 0.0
        while wait_s <= 0:
            with self._may_die():
                wait_s = self.gateway.round()

    @contextmanager
    def _may_die(self) -> Iterator[None]:
        try:
            yield
        except KilledError:
            self.tally.counts["gateways killed"] += 1
            self.fate.steps = None
            self.stop()
            self.start()

    def _open_ward(self) -> Ward:
        self._open.append(self._opens())
        tables: Any = MortalTables(self._open[-1], self.fate, lambda: self.is_cut)
        ward = CountedWard(tables, self._reach.clock)
        ward.tally = self.tally
        return ward


class SimulatedWard:
    """Some gateways at one database, and what becomes of them in so many days.

    `opens` connects with the database, and `histories` makes the history of a gateway.
    """

    def __init__(
        self,
        count: int,
        opens: Callable[[], WardTables],
        histories: Callable[[], Tables],
        seed: int = 0,
    ) -> None:
        self.now_s = BEGAN_S
        self.tally = Tally()
        self.chance = Random(seed)
        self.opens = opens
        reach = Reach(clock=lambda: self.now_s, elapsed_s=lambda: self.now_s)
        self.gateways = [
            SimulatedGateway(f"gateway-{n}", histories(), opens, reach, self.tally)
            for n in range(count)
        ]
        self.boxes: list[WardBox] = []

    def plug(self, box: WardBox, place: int) -> None:
        """Into the gateway of that number, counted round and round."""
        self.boxes.append(box)
        self.gateways[place % len(self.gateways)].boxes.append(box)

    def carry(self) -> None:
        """A box is carried to another gateway, but not to one that knows its copy."""
        source, target = self.chance.sample(self.gateways, 2)
        if source.boxes:
            box = self.chance.choice(source.boxes)
            met = {known.device_id: known.usb_serial for known in target.history.boxes()}
            if not box.serial or met.get(box.device_id, "") in ("", box.serial):
                source.boxes.remove(box)
                target.boxes.append(box)
                self.tally.counts["boxes carried"] += 1

    def wipe(self, box: WardBox, to: WardBox, day: int, days: int) -> None:
        """The board of that box is erased, and calls itself another one from now on. Its
        gateway has read it just before.
        """
        [gateway] = [each for each in self.gateways if box in each.boxes]
        gateway.fate.steps = None
        gateway.read_boxes(day, days)
        gateway.boxes[gateway.boxes.index(box)] = to
        self.boxes[self.boxes.index(box)] = box.cut(day, days)
        self.boxes.append(to)
        self.tally.counts["boxes wiped"] += 1

    def doom(self, happens: Callable[[], None] = _killed) -> None:
        """One gateway will be killed soon, at any step, or something else happens then; none
        where each is doomed already.
        """
        spared = [each.fate for each in self.gateways if each.fate.steps is None]
        if not spared:
            return
        fate = self.chance.choice(spared)
        fate.steps = self.chance.randrange(120)
        fate.is_done, fate.happens = self.chance.random() < 0.5, happens

    def half_day(self, day: int, days: int) -> None:
        """Twelve hours pass."""
        for gateway in self.chance.sample(self.gateways, len(self.gateways)):
            gateway.read_boxes(day, days)
            gateway.rounds()
        self.now_s += DAY_S / 2

    def settle(self, days: int) -> None:
        """All is back, each box is read to its end, and all is sent."""
        for gateway in self.gateways:
            gateway.is_cut, gateway.fate.steps = False, None
        for _ in range(3):
            self.half_day(days - 1, days)
        for gateway in self.gateways:
            gateway.stop()


def _lines_in(history: History) -> list[tuple[str, str, int, str]]:
    """Every line kept there, in the same form."""
    return [
        (box.device_id, journal, seq, line)
        for box in history.boxes()
        for journal in history.journals.of(box.device_id)
        for seq, line in history.lines_behind(box.device_id, journal, -1, 1 << 30)
    ]


def log_outcomes(history: History, device_id: str) -> list[Outcome]:
    """What `dosebell log` tells of a box."""
    return log_of_history(history, device_id, BEGAN_S, always).outcomes


def wrong_in(
    ward: Ward, boxes: Sequence[WardBox], days: int, tally: Tally, path: Path
) -> list[str]:
    """Where the database differs from what the boxes have noted, and from their own logs, which
    are read from a history made at `path`.
    """
    wanted = {
        (box.device_id, journal.name, int(line.partition(" ")[0]), line)
        for box in boxes
        for journal in box.journals
        for line in journal.lines
    }
    kept = _lines_in(ward.history)
    tally.counts["lines noted by the boxes"] = len(wanted)
    tally.counts["lost"] = len(wanted - set(kept))
    tally.counts["doubled"] = len(kept) - len(set(kept))
    tally.counts["invented"] = len(set(kept) - wanted)
    names = ("lost", "doubled", "invented")
    found = [f"{tally.counts[name]} {name}" for name in names if tally.counts[name]]
    own = own_history(path, boxes, days)
    for device_id in sorted({box.device_id for box in boxes}):
        log = log_outcomes(own, device_id)
        told = log_outcomes(ward.history, device_id)
        if [box.device_id for box in boxes].count(device_id) > 1:
            # Of two boards with one id nobody can say whose schedule puts the doses in order.
            log, told = sorted(log, key=repr), sorted(told, key=repr)
        found += [f"{device_id}: log"] * (log != told)
        found += [f"{device_id}: outcomes"] * (
            sorted(log, key=repr) != kept_outcomes(ward, device_id)
        )
        tally.counts["outcomes"] += len(log)
    return found


def own_history(path: Path, boxes: Sequence[WardBox], days: int) -> History:
    """The history of a laptop that has read each of these boxes by itself."""
    history = History(SqliteFile(path, print))
    for box in boxes:
        box.read_into(history, days - 1, days, BEGAN_S)
    return history


def kept_outcomes(ward: Ward, device_id: str) -> list[Outcome]:
    """What stands in the table of outcomes."""
    rows = ward.tables.rows("SELECT * FROM outcomes WHERE device_id = ?", device_id)
    return sorted((outcome_of(tuple(row)) for row in rows), key=repr)
