"""An answer to what somebody was shown, as on a page: to exactly that occurrence.

What was shown may be old by then. Somebody else may have answered meanwhile, or its time may be
over and another one ring; a tap must never be taken for an answer to something else than was read.
What stands already is told, with its time, and nothing is said to the box.
"""

from dosebell import civil, record
from dosebell_host.actions.answers import (
    Answered,
    answer_each,
    answer_text,
    standing_answers,
)
from dosebell_host.actions.doses.undo import undo_each
from dosebell_host.actions.occurrences import TAKE, current_of, exact_words, read_rows
from dosebell_host.actions.read_log import of_contact
from dosebell_host.box.client import Meant
from dosebell_host.box.contact import Contact
from dosebell_host.errors import UserError
from dosebell_host.history.box_log import BoxLog, since_day
from dosebell_host.history.records import Entry


def answer_shown(contact: Contact, what: str, shown: Meant) -> Answered:
    """`take`, `skip` or `snooze` the occurrence that was shown as open.

    Raises `UserError` where it is open no more and nobody has answered it, `DeviceRefused` where
    the box says no.
    """
    log = _log_of(contact, shown)
    standing = _standing(log, shown)
    if standing is not None:
        return Answered([standing], [answer_text(contact, standing, True)], [], contact.local)
    _check_open(contact, log, what, shown)
    return answer_each(contact, log, what, [shown])


def undo_shown(contact: Contact, shown: Meant, answered_s: int | None) -> Answered:
    """Take back the answer that was shown; `answered_s` is when it was taken, in seconds since
    2000, None for one that was skipped.

    Raises `UserError` where another answer stands by now.
    """
    log = _log_of(contact, shown)
    standing = _standing(log, shown)
    if standing is not None and answered_s != _taken_s(standing):
        raise UserError(
            f"since that was shown, it was answered anew. {answer_text(contact, standing, True)}",
            fix="Look again, and take that back if you mean it",
            code="stands",
        )
    return undo_each(contact, log, [shown])


def _log_of(contact: Contact, shown: Meant) -> BoxLog:
    return of_contact(contact, since_day(civil.day_from_iso(shown.date)))


def _standing(log: BoxLog, shown: Meant) -> Entry | None:
    """What people answered, if nobody took it back."""
    answers = {entry.occurrence: entry for entry in standing_answers(log.entries)}
    return answers.get((shown.dose, shown.due_s))


def _taken_s(entry: Entry) -> int | None:
    return entry.at_s if entry.kind == record.TAKEN else None


def _check_open(contact: Contact, log: BoxLog, what: str, shown: Meant) -> None:
    row = next((row for row in read_rows(contact) if row.dose == shown.dose), None)
    if row is not None and row.is_open and current_of(row, contact.plan).due_s == shown.due_s:
        return
    state = next(
        (e.status for e in log.outcomes if (e.dose, e.due_s) == (shown.dose, shown.due_s)), ""
    )
    noted = f": it is noted as {state}" if state and state != "open" else ""
    fix = "look again"
    if what == TAKE and contact.plan.dose(shown.dose) is not None:
        fix = f"if it was taken: {exact_words(contact, log, what, shown)} --at HH:MM"
    raise UserError(
        f"{shown.dose} of {shown.date} is not open any more{noted}", fix=fix, code="open"
    )
