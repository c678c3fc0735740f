"""`dosebell remove`: one dose taken out of a schedule."""

from functools import partial
from typing import TYPE_CHECKING

from dosebell_host.actions.changes.change import Changed, change
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.which import dose_meant, unknown_dose
from dosebell_host.editing.blocks import without_block
from dosebell_host.errors import UserError
from dosebell_host.talk import Talk

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach


def remove(wishes: ChangeWishes, dose: str, talk: Talk, reach: "Reach") -> "Changed | PushReport":
    """Take the dose out, with the comments that are its own.

    Raises `UserError` where there is none, or no other one, and as `change` does.
    """
    return change(wishes, partial(without_dose, dose), talk, reach)


def without_dose(word: str, source: Original) -> str:
    """The text without that dose. Raises `UserError` where there is none, or no other one."""
    found = dose_meant(source.schedule, word)
    if found is None:
        raise unknown_dose(source.schedule, word)
    place, dose = found
    if len(source.schedule.doses) == 1:
        fix = "add another one first, or push another file"
        raise UserError(f"{dose.id} is the only dose", fix=fix, code="only-dose")
    return source.titled(without_block(source.text, "dose", place))
