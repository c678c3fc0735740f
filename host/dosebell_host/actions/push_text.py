"""What a push changes, for a person to read before and after it."""

from collections.abc import Iterable, Iterator

from dosebell_host.actions.proposal import Proposal
from dosebell_host.actions.push_file import Document
from dosebell_host.advice.check_text import advice_lines
from dosebell_host.schedule.lines import alike_by_dose, flashes_by_dose
from dosebell_host.schedule.local_time import day_text


def proposal_lines(proposal: Proposal) -> Iterator[str]:
    """What would change, what is cancelled, and when what is new first rings."""
    yield from _advice(proposal.document)
    for dose in proposal.without_catch_up:
        yield f"! {dose} rings with its first meal only, without a catch-up (K2-VKA is accepted)"
    if not proposal.changes:
        yield "Nothing changes: just this schedule is in force."
    for change in proposal.changes:
        yield change.text()
    for cancelled in proposal.cancelled_texts:
        yield f"! {cancelled}"
    yield from _counted(proposal)
    local = proposal.document.file.local
    for dose, at_s in proposal.rehearsal.first_s.items():
        moment = local.datetime(at_s)
        yield f"  {dose} first rings on {day_text(moment.date(), year=True)} at {moment:%H:%M}"


def _advice(document: Document) -> Iterable[str]:
    if document.told is not None:
        return document.told
    return advice_lines(document.verdict) if document.verdict else ()


def _counted(proposal: Proposal) -> Iterator[str]:
    """How often the light flashes for which dose, where one at a time is asked for."""
    if not proposal.document.file.plan.each:
        return
    for dose, flashes in flashes_by_dose(proposal.document.compiled.lines).items():
        yield f"  flashes for {dose}: {flashes}"
    for dose, number in alike_by_dose(proposal.document.compiled.lines).items():
        yield (
            f"! {number} flashes mean {dose}, which has no place, or what lies in place {number}:"
            f" give {dose} a place of its own"
        )


def pushed_line(proposal: Proposal, device_id: str, sent: bool) -> str:
    """What was done in the end."""
    revision = proposal.document.compiled.revision
    if not sent:
        return f"The box {device_id} has it already (revision {revision})."
    return f"Pushed to the box {device_id} and read back (revision {revision})."
