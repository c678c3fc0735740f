"""What a push would do to a box: what changes, what is cancelled, and what rings when."""

from typing import Any, NamedTuple

from dosebell import civil
from dosebell_host.actions.push_file import Document
from dosebell_host.actions.rehearsal import Cancelled, Rehearsal, rehearse
from dosebell_host.box.contact import Contact
from dosebell_host.errors import UserError
from dosebell_host.schedule.catch_up import catches_up_no_more
from dosebell_host.schedule.difference import GONE, Change, difference
from dosebell_host.schedule.lines import keys_beyond
from dosebell_host.schedule.local_time import date_of, day_text
from dosebell_host.wording import and_list

# The box's word for what goes because its time is another one.
_CHANGED = "changed"


class Proposal(NamedTuple):
    """What a push would do."""

    document: Document
    changes: list[Change]
    rehearsal: Rehearsal
    # Nothing to do: just this schedule is in force.
    same: bool

    @property
    def losses(self) -> list[str]:
        """What would be lost, one line each; empty where nobody needs to be asked."""
        gone = [f"{change.what} {change.about} goes" for change in self.changes if _lost(change)]
        return gone + self.cancelled_texts

    @property
    def cancelled_texts(self) -> list[str]:
        """What is cancelled, one line each: when that dose rings next, and how to note it now."""
        return [f"{cancelled_text(e)}{self._goes_on(e)}" for e in self.rehearsal.cancelled]

    def _goes_on(self, each: Cancelled) -> str:
        at_s = self.rehearsal.first_s.get(each.dose)
        if each.why != _CHANGED or at_s is None:
            return ""
        moment = self.document.file.local.datetime(at_s)
        day = moment.date()
        when = "today" if day == date_of(each.day) else f"on {day_text(day)}"
        return (
            f"; it rings next {when} at {moment:%H:%M}. If it was taken already, note that before"
            f" the push: dosebell take {each.dose}"
        )

    @property
    def without_catch_up(self) -> list[str]:
        """The doses that ring with their first meal only, beside a vitamin K antagonist."""
        schedule = self.document.file.schedule
        return [dose.id for dose in schedule.doses if catches_up_no_more(schedule, dose)]

    def findings_json(self) -> list[dict[str, Any]]:
        """What the checks say of the file."""
        verdict = self.document.verdict
        return [each.to_json() for each in verdict.findings] if verdict else []

    def to_json(self, pushed: bool) -> dict[str, Any]:
        local = self.document.file.local
        return {
            "revision": self.document.compiled.revision,
            "changes": [change.to_json() for change in self.changes],
            "cancelled": [cancelled_json(each) for each in self.rehearsal.cancelled],
            "first": {dose: local.iso(at_s) for dose, at_s in self.rehearsal.first_s.items()},
            "pushed": pushed,
            "findings": self.findings_json(),
            "without_catch_up": self.without_catch_up,
        }


def propose(contact: Contact, document: Document) -> Proposal:
    """What pushing the document to this box would change, cancel and ring.

    Raises `UserError` where the box does not know what the file asks for.
    """
    compiled = document.compiled
    _refuse_beyond(contact, document)
    now_s = contact.now_s if contact.hello.utc is not None else None
    rehearsal = rehearse(
        contact.history.recent_lines(contact.hello.device_id),
        contact.lines,
        contact.plan,
        document.file.plan,
        compiled.revision,
        now_s,
    )
    changes = difference(contact.lines, compiled.lines)
    same = contact.hello.revision == compiled.revision
    return Proposal(document, changes, rehearsal, same)


def _refuse_beyond(contact: Contact, document: Document) -> None:
    keys = keys_beyond(contact.hello.features, document.compiled.lines)
    if keys:
        raise UserError(
            f"this box does not know {and_list(keys)} yet, which the file says",
            where=document.source.file_name,
            fix="`dosebell flash` first, which gives it this release, then push again",
            code="features",
        )


def cancelled_text(each: Cancelled) -> str:
    """A cancelled occurrence as one line."""
    why = {
        "removed": "is open now and goes",
        _CHANGED: "is open now and is not asked for as it is, because its time has changed",
        "off": "is open now and is skipped, because nothing is taken that day",
        "too-soon": "would come too soon after the last intake and is left out",
    }.get(each.why, each.why)
    return f"{each.dose} of {civil.iso(each.day)} {why}"


def cancelled_json(each: Cancelled) -> dict[str, Any]:
    date = civil.iso(each.day)
    return {"dose": each.dose, "date": date, "slot": each.slot, "why": each.why}


def _lost(change: Change) -> bool:
    return change.kind == GONE and change.what == "dose"
