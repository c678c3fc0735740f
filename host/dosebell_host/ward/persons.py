"""Who has which box, from which day on: said by a person, and kept for ever."""

import itertools
from typing import Any, NamedTuple

from dosebell_host.errors import JOINERS, UserError
from dosebell_host.history.store import History
from dosebell_host.history.tables.tables import Tables
from dosebell_host.schedule.local_time import day_iso
from dosebell_host.ward.tables import WardTables
from dosebell_host.wording import printable

_LONGEST = 64
_CODE = "person"


class Assignment(NamedTuple):
    """A person has a box, from a day number on, until the day before another has it; None for no
    end. The person is "" where nobody has it, and `box` is what the box is called, or "".
    """

    device_id: str
    box: str
    person: str
    from_day: int
    until_day: int | None

    def to_json(self) -> dict[str, Any]:
        return {
            "device_id": self.device_id,
            "name": self.box or None,
            "person": self.person or None,
            "from": day_iso(self.from_day),
            "until": None if self.until_day is None else day_iso(self.until_day),
        }

    @property
    def text(self) -> str:
        """For the list."""
        until = f" until {day_iso(self.until_day)}" if self.until_day is not None else ""
        which = f"{self.box} ({self.device_id})" if self.box else self.device_id
        return f"{which}: {self.person or 'nobody'}, from {day_iso(self.from_day)}{until}"


def held(tables: Tables, device_id: str | None = None) -> list[Assignment]:
    """Who has, had and will have that box, or any, the first of each first."""
    rows = tables.rows("SELECT device_id, person, from_day FROM persons ORDER BY 1, 3")
    names = History(tables).names()
    found = []
    for ident, of_box in itertools.groupby(rows, key=lambda row: str(row[0])):
        own = [(str(person), int(from_day)) for _, person, from_day in of_box]
        # Who was said to have it once more has it still.
        own = [next(said) for _, said in itertools.groupby(own, key=lambda each: each[0])]
        ends = [from_day - 1 for _, from_day in own[1:]]
        for (person, from_day), until in zip(own, [*ends, None], strict=True):
            found.append(Assignment(ident, names.get(ident, ""), person, from_day, until))
    return [each for each in found if device_id in (None, each.device_id)]


def give(tables: WardTables, device_id: str, person: str, from_day: int) -> None:
    """From that day number on that person has the box, "" for nobody.

    Raises `UserError` where somebody else has it from that very day on.
    """
    tables.write(
        "INSERT INTO persons (device_id, person, from_day) VALUES (?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        [(device_id, person, from_day)],
    )
    rows = tables.rows(
        "SELECT person FROM persons WHERE device_id = ? AND from_day = ?", device_id, from_day
    )
    if rows and rows[0][0] != person:
        day, other = day_iso(from_day), rows[0][0]
        what = f"{other} has that box" if other else "nobody has that box"
        raise UserError(
            f"{what} from {day} on, and a day is one person's",
            fix=f"`dosebell ward who {device_id} --from {day} --forget` takes that back first",
            code=_CODE,
        )


def forget(tables: WardTables, device_id: str, from_day: int) -> None:
    """Take back what was said of that day number, and of no other.

    Raises `UserError` where nothing was.
    """
    which = (device_id, from_day)
    if not tables.rows("SELECT 1 FROM persons WHERE device_id = ? AND from_day = ?", *which):
        what = f"nobody was said to have the box {device_id} from {day_iso(from_day)} on"
        raise UserError(what, fix="`dosebell ward who` lists what was said", code=_CODE)
    tables.write("DELETE FROM persons WHERE device_id = ? AND from_day = ?", [which])


def name_of_person(text: str) -> str:
    """The name that was typed. Raises `UserError` where it is none."""
    name = " ".join(text.split()).strip(JOINERS)
    if not name or len(name) > _LONGEST or name != printable(name):
        shown = printable(text)[:_LONGEST]
        fix = f"write 1 to {_LONGEST} letters, as Anna Müller"
        raise UserError(f'"{shown}" is no name of a person', fix=fix, code=_CODE)
    return name
