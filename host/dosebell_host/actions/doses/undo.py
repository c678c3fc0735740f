"""An answer is taken back: the last one for as long as the button would, any other by its name."""

from collections.abc import Iterator, Sequence
from functools import partial

from dosebell import civil, record
from dosebell.presses import UNDO_S
from dosebell_host.actions.answers import (
    Answered,
    answer_text,
    answered_records,
    is_answer,
    standing_answers,
)
from dosebell_host.actions.occurrences import (
    UNDO,
    UNSAID,
    WhichOne,
    dose_called,
    exact_words,
    named,
    of_record,
    since_which,
)
from dosebell_host.actions.read_log import of_contact
from dosebell_host.box.client import Meant
from dosebell_host.box.contact import Contact
from dosebell_host.errors import UserError
from dosebell_host.history.box_log import BoxLog, always, lately, since_day
from dosebell_host.history.records import Entry
from dosebell_host.history.unrecorded import LONGEST_WINDOW_S
from dosebell_host.schedule.limits import MAX_NAME_CHARS
from dosebell_host.wording import and_list, duration_text

_ANSWERED = (record.TAKEN, record.SKIPPED)


def undo(contact: Contact, dose: str | None = None, which: WhichOne = UNSAID) -> Answered:
    """Take back the last answer, or that of a dose, or the one that is named.

    Raises `UserError` where none is meant, and, with the exact words for it, where the last one
    is older than the button takes back: what was taken days ago must not become missed by a slip.
    """
    log, meant = _meant(contact, dose, which)
    return undo_each(contact, log, meant)


def undo_each(contact: Contact, log: BoxLog, meant: Sequence[Meant]) -> Answered:
    """Take back what each of these occurrences was noted as; `log` tells what stood before."""
    before = {entry.key for entry in log.entries}
    entries: list[Entry] = []
    for target in meant:
        request = partial(contact.client.dose_undo, target)
        entries += answered_records(contact, target, request, entries)
    lines = [
        _standing_text(log, entry) if entry.key in before else answer_text(contact, entry)
        for entry in entries
    ]
    contact.look_again()
    return Answered(entries, lines, [], contact.local)


def _meant(contact: Contact, dose: str | None, which: WhichOne) -> tuple[BoxLog, list[Meant]]:
    """What is to be taken back, and the log of its days."""
    if dose and (which.of_day or not _is_noted(contact, dose)):
        dose = dose_called(contact, dose, UNDO)
    if dose and which.of_day:
        log = of_contact(contact, since_which(contact, which))
        return log, [named(contact, log, dose, which, UNDO)]
    which.check()
    which.refuse_unnamed()
    log, answers = _standing(contact, dose)
    if not answers:
        what = _taken_back(log, dose, answers) or "nothing is noted as taken or skipped"
        raise UserError(what, fix="see `dosebell log`", code="open")
    last = answers[-1]
    together = [last] if dose else _of_one_press(answers)
    meant = [of_record(contact, each) for each in together]
    if last.utc_s is None or contact.now_s - last.utc_s > UNDO_S:
        words = [exact_words(contact, log, UNDO, each) for each in meant]
        raise _too_old(contact, together, words, _taken_back(log, dose, answers))
    return log, meant


def _is_noted(contact: Contact, dose: str) -> bool:
    """Whether a record calls a dose just that, maybe one that is planned no more."""
    # No other word can be an id, and the database is asked for no other.
    is_like_an_id = dose.isascii() and len(dose) <= MAX_NAME_CHARS
    return is_like_an_id and any(each.dose == dose for each in _newest(contact, dose))


def _standing(contact: Contact, dose: str | None) -> tuple[BoxLog, list[Entry]]:
    """A log and the answers in it that nobody took back, of the dose or of all: the last one of
    all that is kept is among them, and what one press answered with it.
    """
    last = next((each for each in _newest(contact, dose) if is_answer(each)), None)
    # What one press answers was open then. Where the last answer was taken back, the one before
    # it may be of any day.
    of_late = since_day((last.day or 0) - LONGEST_WINDOW_S // civil.DAY_S) if last else lately
    for since in (of_late, always):
        log = of_contact(contact, since)
        answers = [each for each in standing_answers(log.entries) if dose in (None, each.dose)]
        if last is None or (answers and answers[-1].key == last.key):
            break
    return log, answers


def _newest(contact: Contact, dose: str | None) -> Iterator[Entry]:
    """The records of the dose, or all of them, the newest first."""
    found = contact.history.newest(contact.hello.device_id, f"% {dose} %" if dose else "%")
    return (each for each in found if dose in (None, each.dose))


def _too_old(
    contact: Contact, together: Sequence[Entry], words: Sequence[str], taken_back: str
) -> UserError:
    """The error that names an older answer, and what to type where just that one is meant."""
    told = and_list(_which(entry) for entry in together)
    last = together[-1]
    when = f" at {contact.local.minute(last.at_s)}" if last.at_s is not None else ""
    message = f"the last answer is older than {duration_text(UNDO_S)}"
    if taken_back:
        message = f"{taken_back}, and the answer before is older than {duration_text(UNDO_S)}"
    return UserError(
        f"{message}: {told}, {last.kind}{when}",
        fix=f"to take that back all the same: {and_list(words)}",
        code="old",
    )


def _taken_back(log: BoxLog, dose: str | None, answers: Sequence[Entry]) -> str:
    """That nothing was answered since the last undo, "" where something was."""
    undone = [
        entry
        for entry in log.entries
        if entry.kind == record.UNDONE
        and entry.detail.get("was") in _ANSWERED
        and "clock" not in entry.detail
        and dose in (None, entry.dose)
    ]
    places = {entry.key: place for place, entry in enumerate(log.entries)}
    if not undone or (answers and places[undone[-1].key] < places[answers[-1].key]):
        return ""
    return f"{_which(undone[-1])} is taken back already"


def _standing_text(log: BoxLog, entry: Entry) -> str:
    """What the box says of an occurrence where it changed nothing."""
    was_undone = any(
        each.kind == record.UNDONE and each.occurrence == entry.occurrence for each in log.entries
    )
    if not was_undone:
        return f"{_which(entry)}: is not answered yet."
    counts = f"counts as {entry.kind}" if "undone" in entry.detail else "asks again"
    return f"{_which(entry)}: is taken back already, and {counts}."


def _which(entry: Entry) -> str:
    return f"{entry.dose} of {civil.iso(entry.day or 0)}"


def _of_one_press(standing: Sequence[Entry]) -> list[Entry]:
    """The last answer. A press takes all that rings, in one go, and all of that goes back; what a
    laptop says comes one by one, and two commands may fall into one second.
    """
    last = standing[-1]
    together = [last]
    for entry in reversed(standing[:-1]):
        after = together[0]
        follows = (entry.journal, entry.seq + 1) == (after.journal, after.seq)
        is_pressed = _is_pressed(entry) and _is_pressed(last)
        if not (follows and is_pressed and (entry.boot, entry.utc_s) == (last.boot, last.utc_s)):
            break
        together.insert(0, entry)
    return together


def _is_pressed(entry: Entry) -> bool:
    """Whether the button said so: a laptop's word is marked, and a correction says what `was`."""
    return entry.kind == record.TAKEN and not {"by", "was"} & entry.detail.keys()
