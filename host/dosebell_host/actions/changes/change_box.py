"""A change of the schedule that a box has, by the file that this laptop pushed to it."""

from dosebell_host.actions.changes.original import ChangeWishes, Edit, Original, text_of
from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.pull import file_in_force
from dosebell_host.actions.push import PushReport, push_change
from dosebell_host.actions.push_file import Document
from dosebell_host.advice.held_back import HeldBack
from dosebell_host.box.reach import Reach
from dosebell_host.history.store import Pushed
from dosebell_host.schedule.decompiler import is_rebuilt
from dosebell_host.schedule.local_time import now_s
from dosebell_host.talk import Talk
from dosebell_host.wording import command_text

BLIND = (
    "this laptop lacks the file that was pushed, and so the person and the medicines: what the"
    " checks say of this change is said without knowing them"
)


def change_box(wishes: ChangeWishes, edit: Edit, talk: Talk, reach: Reach) -> PushReport:
    """Change what is in force there, and push it once whoever sits there agrees.

    Raises what `edit` raises, `UserError` where the result does not check, and as a push does.
    """
    with contacted(wishes.port, talk, reach, wishes.sync) as contact:
        kept = file_in_force(contact)
        text = text_of(kept.file, kept.file_name)
        source = Original(text, kept.file_name, now_s(reach.clock), "nothing was sent")
        changed = source.checked(edit(source))
        blind = is_rebuilt(kept.file)
        if changed.verdict.held and not blind:
            raise HeldBack(kept.file_name, changed.verdict)
        pushed = Pushed(kept.file_name, changed.text.encode())
        told = tuple(changed.brought.lines(_rest(wishes.port, kept.file_name)))
        document = Document(changed.plan, pushed, changed.verdict, told)
        report = push_change(contact, document, talk, [BLIND] if blind else [])
        if report.sent and not blind:
            talk.note(_own_copy(wishes.port, kept.file_name))
        return report


def _rest(port: str | None, name: str) -> str:
    """How all that the checks say of the schedule of a box is read."""
    return f"{command_text(port, 'pull', '-o', name)}, then {command_text(None, 'check', name)}"


def _own_copy(port: str | None, name: str) -> str:
    """The file from which the next push may come is an older one now."""
    pull = command_text(port, "pull", "-o", name)
    return f"Your own {name} is as it was: `{pull}` brings it up to date."
