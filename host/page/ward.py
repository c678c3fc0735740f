"""`make ward`: a home on this machine, with a real database, a real broker, and its page in front.

Three trolleys have four virtual boxes each, every one with a month behind it and somebody who
answers it well, or not so well; one runs low, and one was pulled out three hours ago. A gateway a
trolley, `dosebell watch`, brings what they note to PostgreSQL, and tells mosquitto what is now.
`dosebell web` shows all of it. Everything lies in a folder that is removed at the end.
"""

import json
import secrets
import sys
import time
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dosebell_host import resources
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.store import History
from dosebell_host.history.tables.tables import Tables
from dosebell_host.schedule.local_time import from_unix, laptop_local_time
from dosebell_host.talk import Talk
from dosebell_host.ward.gateways import HeardBox
from dosebell_host.ward.ward import Ward
from dosebell_host.watch.database.ward_commands import Said, make, who
from dosebell_host.web.serve import WebWishes, run
from page.ending import noticed_at_once, pause, write_down
from page.month import DAYS, say_link
from page.own_folder import own_folder
from page.process import Process, as_user, unprivileged
from page.servers import MissingError, Mosquitto, Postgres, check_installed
from page.trolley import READY, SPEED, BoxOfTrolley, live_in, no_usb, write_boxes

_PULLED_OUT_S = 3 * 3600
_BEGINS_WITHIN_S = 120.0
# What the database is called.
_NAME = "ward"


class Lives(NamedTuple):
    """Who lives here: a name, what they take by which file, and which share they forget."""

    person: str
    schedule: str
    forgets: float = 0.03
    is_low: bool = False
    is_pulled_out: bool = False


HOME = {
    "east": (
        Lives("Anna Albers", "d3-k2-breakfast.toml"),
        Lives("Bruno Bergmann", "four-doses-a-day.toml", forgets=0.3),
        Lives("Clara Czerny", "organiser-7.toml"),
        Lives("Dora Dittrich", "d3-k2-mk4-three-meals.toml", forgets=0.1),
    ),
    "west": (
        Lives("Emil Eberhardt", "organiser-14.toml"),
        Lives("Frieda Fuchs", "d3-weekly.toml"),
        Lives("Gustav Grünwald", "with-levothyroxine.toml", forgets=0.2),
        Lives("Hanna Hoffmann", "four-doses-a-day.toml", is_pulled_out=True),
    ),
    "hall": (
        Lives("Ida Ilgner", "d3-k2-breakfast.toml", is_low=True),
        Lives("Jakob Jansen", "with-a-bisphosphonate.toml", forgets=0.08),
        Lives("Karla Krüger", "organiser-7.toml"),
        Lives("Ludwig Lehmann", "four-doses-a-day.toml", forgets=0.5),
    ),
}
# How many were in a bottle a month ago, so that few are left now; of the file it is a full one.
_FULL, _FEW = "count = 90", "count = 35"


class Trolley(NamedTuple):
    """One with its folder, and the boxes on it by what they are called."""

    folder: Path
    boxes: dict[str, Lives]

    @property
    def name(self) -> str:
        return self.folder.name

    def process(self, what: str) -> Process:
        """Its boxes, or its gateway."""
        command = [sys.executable, "-m", "page.trolley", what, str(self.folder)]
        return Process(command, self.folder / f"{what}.log")


def main(words: list[str]) -> None:
    """Serve the home until somebody ends it; `--no-open` and `--lan` are as of `dosebell web`."""
    write_down()
    wishes = WebWishes("--no-open" in words, None, "--lan" in words)
    try:
        check_installed()
        with ExitStack() as stack:
            _begin(stack)
            with noticed_at_once():
                run(wishes, no_usb(), _note, say_link)
    except MissingError as missing:
        sys.exit(str(missing))
    except KeyboardInterrupt:
        sys.exit(130)


def _begin(stack: ExitStack) -> None:
    """All but the page, for as long as that is served."""
    folder = stack.enter_context(own_folder("dosebell-ward-"))
    if unprivileged():
        # Whoever the servers are started by goes through it to their own.
        folder.chmod(0o711)
    _note("A database and a broker are started ...")
    database = stack.enter_context(_postgres(_within(folder, "postgres")))
    database.does(f"CREATE DATABASE {_NAME}")
    broker = stack.enter_context(_mosquitto(_within(folder, "mosquitto")))
    trolleys = [_trolley(_within(folder, name), lives) for name, lives in HOME.items()]
    count = sum(map(len, HOME.values()))
    _note(f"{count} boxes live through {DAYS} days; then they go on {SPEED:g} times as fast ...")
    for each in trolleys:
        stack.enter_context(each.process("boxes"))
    ids = {called: ident for each in trolleys for called, ident in _ids_in(each).items()}
    office = _within(folder, "office")
    _configure(office, database, "office")
    live_in(office)
    make(None, Talk(_note), time.time)
    for each in trolleys:
        _configure(each.folder, database, each.name, broker.port)
        stack.enter_context(each.process("watch"))
    with closing(PostgresTables(database.url(_NAME), database.password)) as tables:
        _note("The gateways bring what they noted ...")
        _wait_for_all(tables, len(ids))
        for each in trolleys:
            _move_in(Ward(tables, time.time), each, ids)


def _within(folder: Path, name: str) -> Path:
    """A folder in it that nobody else looks into."""
    found = folder / name
    found.mkdir(0o700)
    return found


def _postgres(folder: Path) -> Postgres:
    """One with a password that nobody else knows, whatever language this machine speaks."""
    return Postgres(folder, {"max_connections": "30"}, secrets.token_hex(16), "--locale=C")


def _mosquitto(folder: Path) -> Mosquitto:
    """One that keeps nothing, and lets everybody in, for it is told nothing of a person."""
    return Mosquitto(folder, "allow_anonymous true", **as_user(unprivileged(), folder))


def _trolley(folder: Path, lives: tuple[Lives, ...]) -> Trolley:
    found = {f"{folder.name}-{number}": each for number, each in enumerate(lives, 1)}
    boxes = [
        BoxOfTrolley(
            called,
            str(_file(folder, each)),
            each.forgets,
            seed=sum(map(ord, each.person)),
            pulled_out_s=_PULLED_OUT_S if each.is_pulled_out else 0,
        )
        for called, each in found.items()
    ]
    write_boxes(folder, boxes)
    return Trolley(folder, found)


def _file(folder: Path, each: Lives) -> Path:
    """The schedule, with few left of it where that is so."""
    shared = resources.schedules_dir() / each.schedule
    if not each.is_low:
        return shared
    text = shared.read_text(encoding="utf-8")
    assert _FULL in text
    own = folder / each.schedule
    own.write_text(text.replace(_FULL, _FEW), encoding="utf-8")
    return own


def _ids_in(trolley: Trolley) -> dict[str, str]:
    """The device_id of each box, once all of them are there."""
    log = trolley.folder / "boxes.log"
    until_s = time.monotonic() + _BEGINS_WITHIN_S
    while time.monotonic() < until_s:
        for line in log.read_text(encoding="utf-8").splitlines():
            if line.startswith(f"{READY} "):
                ids: dict[str, str] = json.loads(line.removeprefix(READY))
                return ids
        pause(0.05)
    raise RuntimeError(f"the boxes do not start: {log.read_text(encoding='utf-8')}")


def _wait_for_all(tables: Tables, count: int) -> None:
    """Until the database knows so many boxes."""
    until_s = time.monotonic() + _BEGINS_WITHIN_S
    while len(History(tables).boxes()) < count:
        if time.monotonic() > until_s:
            raise RuntimeError("the gateways bring nothing")
        pause(0.1)


def _move_in(ward: Ward, trolley: Trolley, ids: dict[str, str]) -> None:
    """Say who has which box, and since when the one that was pulled out is not heard."""
    now = time.time()
    today = laptop_local_time(now).date(from_unix(now))
    first = (today - timedelta(days=DAYS)).isoformat()
    for called, lives in trolley.boxes.items():
        said = Said(ids[called], lives.person, first)
        who(None, said, now, Talk(_note))
        if lives.is_pulled_out:
            heard_s = int(now) - _PULLED_OUT_S
            heard = HeardBox(ids[called], "", heard_s, "away", _said_at(heard_s))
            ward.gateways.hear(trolley.name, [heard])


def _said_at(heard_s: int) -> str:
    """What a box says of its clock that has nothing else to say, where its file has it."""
    at = datetime.fromtimestamp(heard_s, ZoneInfo("Europe/Berlin")).isoformat()
    return json.dumps({"status": {"clock": {"at": at}}})


def _configure(folder: Path, database: Postgres, gateway: str, broker: int | None = None) -> None:
    """The settings of a gateway, or of whoever only looks."""
    text = f"""\
[[database]]
url = "{database.url(_NAME)}"
password = "{database.password}"
gateway = "{gateway}"
"""
    if broker is not None:
        text += f'\n[[mqtt]]\nhost = "127.0.0.1"\nport = {broker}\n'
    file = folder / resources.CONFIG_NAME
    file.touch(0o600)
    file.write_text(text, encoding="utf-8")


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
