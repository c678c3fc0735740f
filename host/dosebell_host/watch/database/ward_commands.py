"""What a person does with the database of a ward: make it, judge it anew, say who has a box."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import Any, NamedTuple

from dosebell_host import __version__
from dosebell_host.actions.boxes import meant_box
from dosebell_host.errors import UserError
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.store import History
from dosebell_host.resources import config_file
from dosebell_host.schedule.local_time import LaptopClock, day_number
from dosebell_host.talk import Note, Talk
from dosebell_host.ward import persons, schema
from dosebell_host.ward.persons import Assignment
from dosebell_host.watch.config import load
from dosebell_host.watch.database.entry import DatabaseEntry, of_address
from dosebell_host.watch.database.make import open_ward

_WATCHED_FROM_BOXES = 2


class Made(NamedTuple):
    """The tables of a ward are there; `before` is the version that they had, 0 for none."""

    url: str
    before: int

    def to_json(self) -> dict[str, Any]:
        return {
            "database": self.url,
            "version": len(schema.MIGRATIONS),
            "before": self.before or None,
        }

    def lines(self) -> Iterator[str]:
        if self.before == len(schema.MIGRATIONS):
            yield f"The ward in {self.url} is up to date."
        else:
            yield f"The ward in {self.url} is {'up to date now' if self.before else 'made'}."


class Rebuilt(NamedTuple):
    """So many boxes are judged anew."""

    url: str
    boxes: int

    def to_json(self) -> dict[str, Any]:
        return {"database": self.url, "boxes": self.boxes}

    def lines(self) -> Iterator[str]:
        plural = "box is" if self.boxes == 1 else "boxes are"
        yield f"The outcomes of {self.boxes} {plural} judged anew."


class Said(NamedTuple):
    """What is meant by `ward who`: all boxes, or one; and what is said of it."""

    box: str | None = None
    person: str | None = None
    from_day: date | None = None
    nobody: bool = False
    forget: bool = False


def make(which: str | None, note: Note) -> Made:
    """Make the tables, or bring them up to date."""
    entry = database_meant(which, note)
    with closing(PostgresTables(entry.url, entry.password)) as tables:
        return Made(entry.url, schema.init(tables, __version__))


def rebuild(which: str | None, talk: Talk, laptop: LaptopClock) -> Rebuilt:
    """Judge every dose of every box anew."""
    entry = database_meant(which, talk.note)
    with (
        closing(open_ward(entry, laptop)) as ward,
        talk.progress("Judging anew", _WATCHED_FROM_BOXES) as progress,
    ):
        return Rebuilt(entry.url, ward.rebuild(progress))


def who(which: str | None, said: Said, today: date, talk: Talk) -> list[Assignment]:
    """Who has which box, once that is so what was said.

    Raises `UserError` where no such box is known, or another has it from that day on.
    """
    with _tables(which, talk.note) as tables:
        if said.box is None:
            return persons.held(tables)
        device_id = meant_box(History(tables), said.box, "the ward").device_id
        from_day = day_number(said.from_day or today)
        if said.forget:
            persons.forget(tables, device_id, from_day)
        elif said.nobody:
            persons.give(tables, device_id, "", from_day)
        elif said.person is not None:
            persons.give(tables, device_id, persons.name_of_person(said.person), from_day)
        return persons.held(tables, device_id)


def database_meant(which: str | None, note: Note) -> DatabaseEntry:
    """The database at that address, or of the settings, where there is one or it is named.

    Raises `UserError` where that is none, or not just one.
    """
    if which and ("://" in which or "@" in which):
        return of_address(which)
    path = config_file()
    entries = [each.entry for each in load(path, note) if isinstance(each.entry, DatabaseEntry)]
    found = [each for each in entries if which in (None, each.address)]
    if len(found) == 1:
        return found[0]
    known = " or ".join(f"--database {each.address}" for each in entries)
    fix = f"name one: {known}" if known else "name one: --database postgresql://USER@HOST/NAME"
    what = f"no database is called {which}" if which else "no database of a ward is named"
    if entries and not which:
        what = "there are several databases of wards"
    raise UserError(what, where=str(path), fix=fix, code="config")


@contextmanager
def _tables(which: str | None, note: Note) -> Iterator[PostgresTables]:
    entry = database_meant(which, note)
    with closing(PostgresTables(entry.url, entry.password, schema.check_version)) as tables:
        yield tables
