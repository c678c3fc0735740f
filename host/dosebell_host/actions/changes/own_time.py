"""A dose that came with a meal gets times of its own; the meal stays, and what else comes with it.

What the file said of food by that meal alone is written out, so that it still holds, and a name
that only the meal told from others loses that.
"""

import tomllib
from collections.abc import Sequence

from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.editing.keys import with_key, with_key_renamed
from dosebell_host.errors import UserError
from dosebell_host.schedule.model import DoseEntry
from dosebell_host.schedule.values import time_text
from dosebell_host.wording import command_text

ALONE = "--alone"
_FOOD_BEHIND = ("id", "name", "take", "at")


def at_own_times(source: Original, place: int, minutes: Sequence[int]) -> str:
    """The text with the dose at that place (from 0), which has meals, at these minutes instead."""
    table, dose = ("dose", place), source.schedule.doses[place]
    text = with_key_renamed(source.text, table, "with", "at", list(map(time_text, minutes)))
    if dose.food and "food" not in tomllib.loads(text)["dose"][place]:
        text = with_key(text, table, "food", dose.food, (*_FOOD_BEHIND, "food"))
    name = _without_meal(dose)
    if all(each.name != name for each in source.schedule.doses):
        text = with_key(text, table, "name", name)
    return source.titled(text)


def move_text(wishes: ChangeWishes, *words: str) -> str:
    """The command `dosebell move WORDS` for what the wishes mean."""
    file = ["--file", str(wishes.file)] if wishes.file else []
    return command_text(wishes.port, "move", *words, *file)


def alone_text(wishes: ChangeWishes, dose: DoseEntry, minutes: Sequence[int]) -> str:
    """The command that gives just this dose these times."""
    return move_text(wishes, dose.id, *map(time_text, minutes), ALONE)


def once_text(dose: DoseEntry) -> str:
    """How often a dose with meals is taken: several of them are chances of one intake."""
    return f"{dose.id} is taken once, with {' or else '.join(dose.with_meals)}"


def refuse_chances(wishes: ChangeWishes, dose: DoseEntry, minute: int) -> None:
    """Refuse to move one of several meals alone: the others would be an intake more each.

    Raises `UserError` with the command for that one time.
    """
    if len(dose.with_meals) > 1:
        message = f"{once_text(dose)}; each time of its own would be an intake more"
        fix = f"give it just that one: {alone_text(wishes, dose, [minute])}"
        raise UserError(message, fix=fix, code="with-meal")


def _without_meal(dose: DoseEntry) -> str:
    """`metformin` for `metformin (lunch)`."""
    for meal in dose.with_meals:
        if (bare := dose.name.removesuffix(f"({meal})").strip()) and bare != dose.name:
            return bare
    return dose.name
