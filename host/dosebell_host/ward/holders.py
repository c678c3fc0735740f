"""Whose a box is on which day, and which days of it are theirs.

A box belongs to one person on each day; what it noted before a person had it is none of theirs.
"""

from collections.abc import Sequence
from typing import NamedTuple

from dosebell_host.history.tables.tables import Tables
from dosebell_host.ward.persons import Assignment, held


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
    found: dict[str, list[Holder]] = {}
    for each in held(tables):
        found.setdefault(each.device_id, []).append(_holder(each))
    return {device_id: holding(own, day) for device_id, own in found.items()}


def holders_of(tables: Tables, device_id: str) -> list[Holder]:
    """Who had that box, and when, the first of them first; none where nobody ever said."""
    return [_holder(each) for each in held(tables, device_id)]


def holding(holders: Sequence[Holder], day: int) -> Holder:
    """Whoever of them has the box on that day; before the first of them nobody has."""
    if not holders:
        return ANYBODY
    before = (holders[0].first_day or 0) - 1
    return next((each for each in holders if each.has(day)), Holder(last_day=before))


def _holder(each: Assignment) -> Holder:
    return Holder(each.person, each.from_day, each.until_day)
