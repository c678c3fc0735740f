"""What a dose holds altogether, where `take` names more than one piece."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import Part
from dosebell_host.reference import units
from dosebell_host.reference.labels import pieces_of
from dosebell_host.reference.nutrients import D


class Sum(NamedTuple):
    """The contents used for a dose of several pieces."""

    dose: str
    take: str
    contents: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        return {"dose": self.dose, "take": self.take, "contents": list(self.contents)}

    def text(self) -> str:
        return f'{self.dose}: "{self.take}" together hold {", ".join(self.contents)}'


def sums_of(intake: Intake) -> Iterator[Sum]:
    """The sum used for every dose whose `take` names more than one."""
    for item in sorted(intake.items, key=lambda item: item.id):
        if item.parts and pieces_of(item.dose.take) > 1:
            yield Sum(item.id, item.dose.take, tuple(map(_written, item.parts)))


def _written(part: Part) -> str:
    content = part.content
    name = f"{content.nutrient} {content.form}".strip()
    amount = f"{units.number(content.amount)} {content.unit}"
    mcg = units.mcg_of(part.short, content.amount, content.unit)
    if part.short == D and content.unit == "IU" and mcg is not None:
        amount += f" ({units.number(mcg)} mcg)"
    return f"{name} {amount}"
