"""What a dose was called when it was due, and what it held then: a label may change, and what was
taken under the old one stays what it was.
"""

from bisect import bisect_right
from collections.abc import Iterator
from math import isfinite
from typing import NamedTuple

from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.label import labels
from dosebell_host.schedule.lines import read_lines


class Held(NamedTuple):
    """One nutrient of a whole intake: its name, its form or "", how much, and in which unit."""

    nutrient: str
    form: str
    amount: float
    unit: str

    @property
    def text(self) -> str:
        return f"{self.nutrient} ({self.form})" if self.form else self.nutrient


class DoseLabel(NamedTuple):
    """One dose as a schedule has it: its name, how it is taken, and what is in an intake."""

    name: str
    how: str = ""
    contents: tuple[Held, ...] = ()


# The lines of each schedule that was in force, by its revision.
Texts = dict[str, list[str]]


class DoseLabels:
    """The labels of all doses that a box ever had, by the time at which they were in force."""

    def __init__(self, log: BoxLog, texts: Texts) -> None:
        self.in_force = dict(_labels(log.lines))
        read = {revision: dict(_labels(lines)) for revision, lines in texts.items()}
        pushes = sorted((at_s, which) for at_s, which in log.pushes if which in read)
        self._since_s = [at_s for at_s, _ in pushes]
        self._read = [read[which] for _, which in pushes]
        # The newest label of each dose, for what is older than all that is known.
        self.newest: dict[str, DoseLabel] = {}
        for each in (*self._read, self.in_force):
            self.newest.update(each)

    def of(self, dose: str, due_s: int | None) -> DoseLabel:
        """The label of a dose that was first due then, None for nobody knows when."""
        then = 0 if due_s is None else bisect_right(self._since_s, due_s)
        found = self._read[then - 1].get(dose) if then else None
        return found or self.newest.get(dose) or DoseLabel(dose)


def _labels(lines: list[str]) -> Iterator[tuple[str, DoseLabel]]:
    contents = {
        fields["id"]: tuple(_contents(fields.get("contents", "")))
        for kind, fields in read_lines(lines)
        if kind == "dose" and "id" in fields
    }
    for dose, (name, how) in labels(lines).items():
        yield dose, DoseLabel(name, how, contents[dose])


def _contents(field: str) -> Iterator[Held]:
    """`vitamin-k2/MK-7:100 mcg=...` as compiled lines have it; nothing of what is none."""
    for content in filter(None, field.split(";")):
        what, _, how_much = content.partition(":")
        nutrient, _, form = what.partition("/")
        amount, _, unit = how_much.partition("=")[0].partition(" ")
        try:
            held = Held(nutrient, form, float(amount), unit.partition(" ")[0])
        except ValueError:
            continue
        if isfinite(held.amount):
            yield held
