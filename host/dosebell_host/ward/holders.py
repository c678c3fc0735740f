"""Who has which box on which day, as the table of persons tells it.

A box belongs to one person on each day; what it noted before a person had it is none of theirs.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dosebell_host.history.store import Tables

_ALL = "SELECT device_id, person, from_day FROM persons ORDER BY device_id, from_day"
_OF_BOX = "SELECT person, from_day FROM persons WHERE device_id = ? ORDER BY from_day"


class Holder(NamedTuple):
    """Who has a box, from one day number to another, both included; None for no end. The `person`
    is "" where nobody has it.
    """

    person: str = ""
    first_day: int | None = None
    last_day: int | None = None

    def has(self, day: int) -> bool:
        return self.first_of(day) == day == self.last_of(day)

    def first_of(self, day: int | None) -> int | None:
        """That day number, None for the first of all, or the first one of this person's."""
        return day if self.first_day is None else max(self.first_day, day or self.first_day)

    def last_of(self, day: int | None) -> int | None:
        """That day number, None for the last of all, or the last one of this person's."""
        if self.last_day is None:
            return day
        return self.last_day if day is None else min(self.last_day, day)


# Of a box of which nobody has ever said whose it is.
ANYBODY = Holder()


def holders_on(tables: Tables, day: int) -> dict[str, Holder]:
    """Who has each box on that day, by its id; a box of which nobody said is not among them."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for device_id, *row in tables.rows(_ALL):
        rows.setdefault(device_id, []).append(tuple(row))
    return {device_id: holding(_holders(own), day) for device_id, own in rows.items()}


def holders_of(tables: Tables, device_id: str) -> list[Holder]:
    """Who had that box, and when, the first of them first; none where nobody ever said."""
    return _holders(tables.rows(_OF_BOX, device_id))


def holding(holders: Sequence[Holder], day: int) -> Holder:
    """Whoever of them has the box on that day; before the first of them nobody has."""
    if not holders:
        return ANYBODY
    before = (holders[0].first_day or 0) - 1
    return next((each for each in holders if each.has(day)), Holder(last_day=before))


def _holders(rows: Iterable[tuple[Any, ...]]) -> list[Holder]:
    """Each until the day before the next one."""
    begun = [(str(person), int(from_day)) for person, from_day in rows]
    ends = [from_day - 1 for _, from_day in begun[1:]]
    return [
        Holder(person, from_day, last_day)
        for (person, from_day), last_day in zip(begun, [*ends, None], strict=False)
    ]
