"""Pushes a text that was made from the schedule of a box, some time after that was looked at.

Meanwhile somebody else may have pushed another one: whoever pushes is asked then, and told what
the box would lose of that.
"""

from typing import NamedTuple

from dosebell_host.actions.changes.change_box import BLIND
from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.push import PushReport, push_change
from dosebell_host.actions.push_file import Document, document_of, with_advice
from dosebell_host.advice.held_back import HeldBack
from dosebell_host.box.contact import Contact
from dosebell_host.box.reach import Reach
from dosebell_host.schedule.decompiler import is_rebuilt
from dosebell_host.schedule.difference import difference
from dosebell_host.schedule.local_time import now_s
from dosebell_host.talk import Talk

_OTHER_SCHEDULE = "the box has got another schedule since this was begun, and that one would go"
_OTHER_FILE = (
    "the file of this schedule was changed since this was begun, in what the box never sees: the"
    " person, the medicines, what was accepted, or comments; that would go"
)


class DraftToPush(NamedTuple):
    """A text for the box at `port`; the revision that box had when the text was begun, and the
    text of that, "" where there was none.
    """

    port: str
    name: str
    text: str
    begun_at: str
    begun_text: str
    sync: bool = True


def push_draft(draft: DraftToPush, talk: Talk, reach: Reach) -> PushReport:
    """Put it on the box; asks where something would be lost, also of what came meanwhile.

    Raises `UserError` with all that is wrong with the text, `HeldBack` by the checks, and what a
    push raises.
    """
    document = with_advice(document_of(draft.text.encode(), draft.name), now_s(reach.clock))
    blind = is_rebuilt(document.source.file)
    if document.verdict and document.verdict.held and not blind:
        raise HeldBack(draft.name, document.verdict)
    with contacted(draft.port, talk, reach, draft.sync) as contact:
        doubts = _came_meanwhile(contact, document, draft)
        return push_change(contact, document, talk, [*doubts, *([BLIND] if blind else [])])


def _came_meanwhile(contact: Contact, document: Document, draft: DraftToPush) -> list[str]:
    """That the box has another schedule, or this laptop another file of it, than the text was made
    from, and what pushing undoes of it.
    """
    now = contact.hello.revision
    if now == draft.begun_at:
        kept = contact.history.pushed(contact.hello.device_id, now)
        same = not kept or kept.file in (draft.begun_text.encode(), document.source.file)
        return [] if same else [_OTHER_FILE]
    if now == document.compiled.revision:
        return []
    before = contact.history.schedule(draft.begun_at) or []
    since = [change.text() for change in difference(before, contact.lines)] if before else []
    return [_OTHER_SCHEDULE, *(f"changed there since: {each}" for each in since)]
