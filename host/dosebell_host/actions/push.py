"""`dosebell push`: puts a schedule on a box, and shows what it changes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.parts.lamps_beyond import beyond_the_lamps
from dosebell_host.actions.practice import offer_practice
from dosebell_host.actions.proposal import Proposal, propose
from dosebell_host.actions.push_file import (
    Document,
    document_in_zone,
    document_wanted,
    with_advice,
)
from dosebell_host.actions.push_text import proposal_lines, pushed_line
from dosebell_host.box.contact import Contact
from dosebell_host.box.hello import NO_BATTERY_CLOCK, NO_TIME, Hello
from dosebell_host.box.reach import Reach
from dosebell_host.box.transfer import in_force, transfer
from dosebell_host.errors import UserError
from dosebell_host.schedule.local_time import now_s
from dosebell_host.schedule.zones import zone_warning
from dosebell_host.talk import Progress, Talk, no_progress

# A shorter schedule is on the box before a bar could be read.
_LONG_LINES = 60

PUSH_QUESTION = "Push it to the box?"


@dataclass(frozen=True)
class PushWishes:
    """What is to be pushed, and how: a file, or the schedule in force in another time zone.

    `unchecked` lets a file through that was rebuilt from a box.
    """

    port: str | None = None
    file: Path | None = None
    zone: str | None = None
    dry_run: bool = False
    unchecked: bool = False
    sync: bool = True


class PushReport(NamedTuple):
    """What was proposed to a box, and whether anything was sent to it."""

    proposal: Proposal
    device_id: str
    sent: bool

    def to_json(self) -> dict[str, Any]:
        return self.proposal.to_json(self.sent)


def push(wishes: PushWishes, talk: Talk, reach: Reach) -> PushReport:
    """Tell what it changes, ask where something would be lost, and put it on the box.

    All that is wrong with the file is raised before a box is looked for: `UsageError` where there
    is not one thing to push, `UserError` where it can't be, `HeldBack` by the checks. Afterwards
    whatever goes wrong says which schedule is in force.
    """
    at_s = now_s(reach.clock)
    document = document_wanted(wishes.file, wishes.zone, wishes.unchecked, at_s)
    with contacted(wishes.port, talk, reach, wishes.sync) as contact:
        if document is None:
            document = with_advice(document_in_zone(contact, wishes.zone or ""), at_s)
        if doubt := zone_warning(document.file.schedule.timezone):
            talk.note(doubt)
        proposal = propose(contact, document)
        if doubt := beyond_the_lamps(contact, document.file.schedule):
            talk.note(doubt)
        talk.tell(proposal_lines(proposal))
        sent = not wishes.dry_run and _agreed_and_sent(contact, proposal, proposal.losses, talk)
        _note_clock(contact.hello, talk)
        if not wishes.dry_run:
            offer_practice(contact.client, wishes.port, talk)
        return PushReport(proposal, contact.hello.device_id, sent)


def push_change(contact: Contact, document: Document, talk: Talk, doubts: list[str]) -> PushReport:
    """Put a change of the schedule in force on the box: whoever sits there is asked first.

    Elsewhere it is done as any push is: only a loss, or one of the `doubts`, needs a yes.
    """
    proposal = propose(contact, document)
    talk.tell(proposal_lines(proposal))
    losses = [*doubts, *proposal.losses]
    if not losses and proposal.changes and talk.confirm(PUSH_QUESTION) is False:
        raise UserError("nothing was done", code="declined")
    sent = _agreed_and_sent(contact, proposal, losses, talk)
    _note_clock(contact.hello, talk)
    return PushReport(proposal, contact.hello.device_id, sent)


def carry_out(contact: Contact, proposal: Proposal, progress: Progress = no_progress) -> bool:
    """Push, and keep the file; whether anything had to be sent.

    Where the revision is in force already, only a newer zone table is a reason to send.
    """
    compiled = proposal.document.compiled
    sent = not (proposal.same and in_force(contact.client, compiled))
    if sent:
        transfer(contact.client, compiled, progress)
    contact.history.save_schedule(compiled.revision, compiled.lines)
    contact.history.save_push(
        contact.hello.device_id, compiled.revision, proposal.document.source, contact.laptop()
    )
    contact.look_again()
    # So that it is known by its title from now on.
    contact.history.note_box(contact.hello.met(contact.usb_serial, contact.laptop()))
    return sent


def _agreed_and_sent(contact: Contact, proposal: Proposal, losses: list[str], talk: Talk) -> bool:
    if losses:
        talk.agree(losses, "Push it")
    with talk.progress("Pushing", _LONG_LINES) as progress:
        sent = carry_out(contact, proposal, progress)
    talk.tell([pushed_line(proposal, contact.hello.device_id, sent)])
    return sent


def _note_clock(hello: Hello, talk: Talk) -> None:
    """What a box cannot do for whoever relies on it now."""
    if hello.utc is None:
        talk.note(f"Its clock is {NO_TIME}.")
    if not hello.battery_clock:
        talk.note(f"This box has {NO_BATTERY_CLOCK}.")
