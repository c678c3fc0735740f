"""`dosebell stock DOSE N --file`: a dose of a file begins to be counted, from N pieces on."""

from functools import partial
from typing import TYPE_CHECKING

from dosebell_host.actions.changes.change import AS_IT_IS, Changed, change
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.which import dose_meant, unknown_dose
from dosebell_host.editing.keys import with_key
from dosebell_host.errors import UsageError, UserError
from dosebell_host.schedule.values import show
from dosebell_host.talk import Talk
from dosebell_host.wizard.dose_text import stock_value
from dosebell_host.wording import command_text

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach


def begin_to_count(
    wishes: ChangeWishes, dose: str, amount: str, talk: Talk, reach: "Reach"
) -> "Changed | PushReport":
    """Write how many are left of a dose that is not counted yet.

    Raises `UserError` where it is, for then the box knows what is left; and as `change` does.
    """
    if not amount.isdecimal():
        fix = "write how many there are, as 90"
        raise UsageError(f"{show(amount)} is no count to begin with", fix=fix)
    return change(wishes, partial(_counted, dose, amount), talk, reach)


def _counted(word: str, amount: str, source: Original) -> str:
    found = dose_meant(source.schedule, word)
    if found is None:
        raise unknown_dose(source.schedule, word)
    place, dose = found
    if dose.stock:
        fix = f"{AS_IT_IS}; the box counts on: {command_text(None, 'stock', dose.id, amount)}"
        raise UserError(f"{dose.id} is counted already", fix=fix, code="same")
    value = stock_value(int(amount), dose.take)
    return with_key(source.text, ("dose", place), "stock", value)
