"""What a person does with the database of a ward: make it, judge it anew, say who has a box."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

from dosebell_host import __version__
from dosebell_host.actions.boxes import meant_box
from dosebell_host.errors import UserError
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.store import History
from dosebell_host.resources import config_file
from dosebell_host.schedule.local_time import LaptopClock, date_of, day_number
from dosebell_host.schedule.typed.asked_date import asked_date
from dosebell_host.schedule.values import show
from dosebell_host.talk import Note, Talk
from dosebell_host.ward import persons, schema
from dosebell_host.ward.persons import Assignment
from dosebell_host.ward.ward import Ward
from dosebell_host.ward.zones import ward_time
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
    """What is meant by `ward who`: all boxes, or one; and what is said of it, with the day from
    which on it holds as it was typed.
    """

    box: str | None = None
    person: str | None = None
    first: str | None = None
    nobody: bool = False
    forget: bool = False


def make(which: str | None, talk: Talk, laptop: LaptopClock) -> Made:
    """Make the tables, or bring them up to date, with what each dose came to. Whoever ends that
    before it is done leaves the rest to the gateways.
    """
    entry = database_meant(which, talk.note)
    with closing(PostgresTables(entry.url, entry.password)) as tables:
        made = Made(entry.url, schema.init(tables, __version__))
        with talk.progress("Judging anew", _WATCHED_FROM_BOXES) as progress:
            Ward(tables, laptop).judge_stale(progress)
    return made


def rebuild(which: str | None, talk: Talk, laptop: LaptopClock) -> Rebuilt:
    """Judge every dose of every box anew."""
    entry = database_meant(which, talk.note)
    with (
        closing(open_ward(entry, laptop)) as ward,
        talk.progress("Judging anew", _WATCHED_FROM_BOXES) as progress,
    ):
        return Rebuilt(entry.url, ward.rebuild(progress))


def who(which: str | None, said: Said, now: float, talk: Talk) -> list[Assignment]:
    """Who has which box, once that is so what was said; a day in words is counted from the home's
    today, and without one it holds from then on, `now` being Unix seconds by this laptop's clock.

    Raises `UsageError` where the day is none, and `UserError` where no such box is known, or
    another has it from that day on.
    """
    with tables_meant(which, talk.note) as tables:
        if said.box is None:
            return persons.held(tables)
        device_id = meant_box(History(tables), said.box, "the ward").device_id
        today = ward_time(tables, now).day(now)
        from_day = today if said.first is None else _asked_day(said.first, today)
        if said.forget:
            persons.forget(tables, device_id, from_day)
        elif said.nobody:
            persons.give(tables, device_id, "", from_day)
        elif said.person is not None:
            persons.give(tables, device_id, persons.name_of_person(said.person), from_day)
        return persons.held(tables, device_id)


def _asked_day(first: str, today: int) -> int:
    return day_number(asked_date(first, "--from", date_of(today)))


def database_meant(which: str | None, note: Note) -> DatabaseEntry:
    """The database at that address, or of the settings, where there is one or it is named. An
    address that stands in the settings is meant as there, with its password.

    Raises `UserError` where that is none, or not just one.
    """
    is_address = which is not None and ("://" in which or "@" in which)
    given = of_address(which) if which is not None and is_address else None
    path = config_file()
    loaded = [each.entry for each in load(path, note) if isinstance(each.entry, DatabaseEntry)]
    # Two that are equal for a person at a keyboard are one.
    entries = list({(each.url, each.password): each for each in loaded}.values())
    found = [each for each in entries if which in (None, each.address, each.url)]
    if len(found) == 1:
        return found[0]
    if given is not None and not found:
        return given
    raise _not_one(which, found or entries, bool(found), str(path))


def _not_one(
    which: str | None, entries: Sequence[DatabaseEntry], are_several: bool, where: str
) -> UserError:
    places = [each.address for each in entries]
    names = [each.address if places.count(each.address) == 1 else each.url for each in entries]
    known = " or ".join(f"--database {each}" for each in dict.fromkeys(names))
    fix = f"name one: {known}" if known else "name one: --database postgresql://USER@HOST/NAME"
    if are_several:
        what = "there are several databases of wards"
    elif which is None:
        what = "no database of a ward is named"
    else:
        what = f"no database is called {show(which)}"
    if len(set(names)) < len(names):
        fix = "give one password to all entries of one address"
    return UserError(what, where=where, fix=fix, code="config")


@contextmanager
def tables_meant(which: str | None, note: Note) -> Iterator[PostgresTables]:
    """The tables of the ward that is meant, for as long as the block runs. Raises `UserError` as
    `database_meant`, and where nobody answers there.
    """
    entry = database_meant(which, note)
    with closing(PostgresTables(entry.url, entry.password, schema.check_version)) as tables:
        yield tables
