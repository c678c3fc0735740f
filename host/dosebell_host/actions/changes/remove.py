"""`dosebell remove`: one dose taken out of a schedule."""

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
    """Take the dose out, with the comments that are its own, and tell how it comes back.

    Raises `UserError` where there is none, or no other one, and as `change` does.
    """
    back: list[str] = []

    def edit(source: Original) -> str:
        from dosebell_host.actions.changes.way_back import way_back

        text = without_dose(dose, source)
        back.extend(way_back(source, _place_of(dose, source), text, wishes))
        return text

    done = change(wishes, edit, talk, reach)
    talk.tell(back)
    return done


def without_dose(word: str, source: Original) -> str:
    """The text without that dose. Raises `UserError` where there is none, or no other one."""
    place = _place_of(word, source)
    if len(source.schedule.doses) == 1:
        fix = "add another one first, or push another file"
        ident = source.schedule.doses[place].id
        raise UserError(f"{ident} is the only dose", fix=fix, code="only-dose")
    return source.titled(without_block(source.text, "dose", place))


def _place_of(word: str, source: Original) -> int:
    found = dose_meant(source.schedule, word)
    if found is None:
        raise unknown_dose(source.schedule, word)
    return found[0]
