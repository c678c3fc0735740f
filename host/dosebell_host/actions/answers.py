"""Answers of a person: taken, skipped, snoozed, taken back, and how many are left."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from dosebell import civil, record
from dosebell_host.actions.doses.stocks import outlook_of
from dosebell_host.actions.occurrences import (
    SKIP,
    SNOOZE,
    TAKE,
    UNDO,
    WhichOne,
    calling,
    dose_called,
    exact_words,
    instant,
    named,
    read_rows,
    since_which,
)
from dosebell_host.actions.read_log import of_contact
from dosebell_host.box.client import Client, Meant
from dosebell_host.box.contact import Contact
from dosebell_host.errors import BadReply, DeviceRefused, UsageError, UserError
from dosebell_host.history import records
from dosebell_host.history.box_log import BoxLog, lately
from dosebell_host.history.record_text import Asked, answer_words
from dosebell_host.history.records import Entry, Occurrence
from dosebell_host.history.stock import StockOutlook, course_text, left_or_empty
from dosebell_host.schedule.local_time import LocalTime, day_number
from dosebell_host.schedule.values import show
from dosebell_host.wording import beyond_text, command_text, left_text, sentence

__all__ = [
    "SKIP",
    "SNOOZE",
    "TAKE",
    "AnswerWishes",
    "Answered",
    "answer",
    "answer_each",
    "stock",
]

# Asks the box, which replies with the records that it wrote.
Request = Callable[[], Iterable[str]]

_AMOUNT = re.compile(r"[+-]?\d{1,7}")


@dataclass(frozen=True)
class AnswerWishes:
    """What a person says, as it was typed: `what` of the `doses` named, else of all that ring.

    `date`, `slot`, `time`, when it was due, and `at`, when it was taken, say which occurrence is
    meant.
    """

    what: str
    doses: Sequence[str] = ()
    date: str | None = None
    slot: int | None = None
    at: str | None = None
    time: str | None = None

    @property
    def which(self) -> WhichOne:
        """The occurrence meant."""
        return WhichOne(self.date, self.slot, self.time, self.at)


@dataclass(frozen=True)
class Answered:
    """The records the box wrote, or had written before, each as a line too; and what a person
    should beware of.
    """

    entries: list[Entry]
    lines: list[str]
    warnings: list[str]
    local: LocalTime

    def to_json(self) -> dict[str, Any]:
        items = [entry.to_json(self.local) for entry in self.entries]
        return {"items": items, "warnings": self.warnings}


@dataclass(frozen=True)
class StockLeft:
    """How many pieces of a dose are left, and for how long."""

    dose: str
    per_intake: int
    outlook: StockOutlook

    def to_json(self) -> dict[str, Any]:
        return {
            "dose": self.dose,
            "count": self.outlook.left,
            "per_intake": self.per_intake,
            "low": self.outlook.low,
            "days_left": self.outlook.days_left,
            "is_low": self.outlook.is_low,
            "is_empty": self.outlook.is_empty,
        }


def answer(contact: Contact, wishes: AnswerWishes) -> Answered:
    """`take`, `skip` or `snooze` what is meant, one after the other.

    Raises `UsageError` for a date that is none, `UserError` where nothing is meant or another time
    is noted already, and `DeviceRefused` with what was noted before the box said no.
    """
    log, meant = _meant(contact, wishes)
    return answer_each(contact, log, wishes.what, meant, wishes.at)


def answer_each(
    contact: Contact, log: BoxLog, what: str, meant: Sequence[Meant], at: str | None = None
) -> Answered:
    """Say that of each of these occurrences; `log` tells what stood before.

    Raises as `answer`.
    """
    standing = standing_answers(log.entries)
    times = {target: None if at is None else instant(contact, at, target.date) for target in meant}
    for target, at_s in times.items():
        _refuse_other_time(contact, log, target, at_s)
    entries: list[Entry] = []
    for target, at_s in times.items():
        request = _request(contact.client, what, target, at_s)
        entries += answered_records(contact, target, request, entries)
    warnings = [text for entry in entries for text in _warnings(contact, entry)]
    before = {entry.key for entry in standing}
    lines = [answer_text(contact, entry, entry.key in before) for entry in entries]
    contact.look_again()
    return Answered(entries, lines, warnings, contact.local)


def stock(contact: Contact, dose: str, amount: str | None, shown: int | None = None) -> StockLeft:
    """How many are left, after `amount` if there is one: `+30` and `-2` count from what is left,
    a bare number is the new count.

    Raises `UserError` where so many are left no more as this person was `shown`: what is sent
    twice would be counted twice.
    """
    contact.check_plan_known()
    dose = dose_called(contact, dose)
    found = contact.plan.dose(dose)
    assert found is not None
    row = next(row for row in read_rows(contact) if row.dose == dose)
    if found.stock is None or row.stock is None:
        begin = command_text(None, "stock", dose, amount or "90", "--file", "my.toml")
        fix = f"to begin with it, in your file: {begin}, then push that"
        what = f"the schedule does not count the stock of {dose}"
        raise UserError(what, fix=fix, code="no-stock")
    if shown not in (None, row.stock):
        what = f"since that was shown, the stock of {dose} has changed: {left_text(row.stock)}"
        raise UserError(what, fix="look again, and write it once more", code="stock")
    count = row.stock if amount is None else _counted(row.stock, amount)
    if amount is not None:
        contact.client.dose_stock(dose, count)
        contact.look_again()
    outlook = outlook_of(contact.plan, row, contact.now_s, count)
    assert outlook is not None
    return StockLeft(dose, found.stock[1], outlook)


def stock_text(left: StockLeft) -> str:
    """How many are left, as a sentence."""
    outlook, count = left.outlook, left.outlook.left
    if count < 0:
        return f"{left.dose}: {beyond_text(left.dose, count)}."
    intakes = f"enough for {count // left.per_intake} intakes" if count else ""
    words = [left_or_empty(count), course_text(outlook) or intakes]
    low = ". Time to buy more" if outlook.is_low else ""
    return f"{left.dose}: {', '.join(filter(None, words))}{low}."


def answer_text(contact: Contact, entry: Entry, before: bool = False) -> str:
    """A record as an answer to the person who asked for it; `before` where it stood already."""
    date = "" if entry.day is None else civil.iso(entry.day)
    which = f"{entry.dose} of {date}"
    if entry.kind == record.TAKEN and before:
        return f"{which}: is noted already, at {_time(contact, entry)}."
    if before:
        return f"{which}: is noted already, as {entry.kind}."
    return f"{which}: {answer_words(Asked(entry, contact.local, contact.plan.snooze_s))}."


def _meant(contact: Contact, wishes: AnswerWishes) -> tuple[BoxLog, list[Meant]]:
    """The occurrences of the doses named, else all that ring, and the log of their days."""
    if not wishes.doses:
        wishes.which.refuse_unnamed()
        log = of_contact(contact, lately)
        return log, calling(contact, log, wishes.what)
    # All of them are understood before one is looked for.
    doses = [dose_called(contact, word, wishes.what) for word in wishes.doses]
    log = of_contact(contact, since_which(contact, wishes.which))
    return log, [named(contact, log, dose, wishes.which, wishes.what) for dose in doses]


def _refuse_other_time(contact: Contact, log: BoxLog, target: Meant, at_s: int | None) -> None:
    """The box keeps the first time it was told; another one must not seem to be noted."""
    for entry in standing_answers(log.entries):
        is_same = entry.occurrence == (target.dose, target.due_s)
        if not is_same or entry.kind != record.TAKEN or at_s is None:
            continue
        if at_s // civil.MINUTE_S != (entry.at_s or 0) // civil.MINUTE_S:
            raise UserError(
                f"{target.dose} is already noted at {_time(contact, entry)}; undo that first:"
                f" {exact_words(contact, log, UNDO, target)}",
                code="stands",
            )


def _time(contact: Contact, entry: Entry) -> str:
    """When it was taken: the time of day, with the date where that is another one."""
    local, at_s = contact.local, entry.at_s or 0
    return local.clock(at_s) if entry.day == day_number(local.date(at_s)) else local.minute(at_s)


def _request(client: Client, what: str, target: Meant, at_s: int | None) -> Request:
    if what == TAKE:
        return partial(client.dose_take, target, at_s)
    return partial(client.dose_skip if what == SKIP else client.dose_snooze, target)


def answered_records(
    contact: Contact, target: Meant, request: Request, before: list[Entry]
) -> Iterable[Entry]:
    """The records of one request. An error says what was noted `before` it all the same."""
    try:
        journal = contact.history.journals.now(contact.hello.device_id)
        return [records.parse(line, journal) for line in request()]
    except (DeviceRefused, BadReply) as error:
        message, fix = f"{target.dose}: {error.message}", error.fix
        if before:
            noted = " ".join(answer_text(contact, entry) for entry in before)
            message, fix = f"{message}. {noted}", sentence(fix)
        raise type(error)(message, fix=fix, code=error.code) from None


def _warnings(contact: Contact, entry: Entry) -> list[str]:
    """What to beware of with this record."""
    if entry.kind != record.TAKEN:
        return []
    found = []
    if "soon" in entry.detail:
        before_s = intake_before(contact, entry)
        at = "" if before_s is None else f", at {contact.local.minute(before_s)}"
        found.append(
            f"{entry.dose}: this is sooner than half the usual time after the intake before{at}."
            " It is noted; take no more for now."
        )
    left, dose = entry.detail.get("left"), contact.plan.dose(entry.dose)
    if left is not None and dose and dose.stock and int(left) <= dose.stock[2]:
        count = int(left)
        words = f"only {left_text(count)}" if count >= 0 else beyond_text(entry.dose, count)
        found.append(f"{entry.dose}: {words}.")
    return found


def intake_before(contact: Contact, entry: Entry) -> int | None:
    """When the dose was taken before that record, by the last that is noted, in seconds since
    2000; None where nobody knows.
    """
    noted = contact.history.newest(contact.hello.device_id, f"% {record.TAKEN} {entry.dose} %")
    taken = (
        each.at_s
        for each in noted
        if each.kind == record.TAKEN
        and each.dose == entry.dose
        # What was noted already may have others after it.
        and not (each.journal == entry.journal and each.seq >= entry.seq)
    )
    return next(taken, None)


def standing_answers(noted: Iterable[Entry]) -> list[Entry]:
    """What people answered and nobody took back, in the order in which it was noted."""
    last: dict[Occurrence, Entry] = {}
    for entry in noted:
        if entry.day is not None:
            last.pop(entry.occurrence, None)
            last[entry.occurrence] = entry
    return [entry for entry in last.values() if is_answer(entry)]


def is_answer(entry: Entry) -> bool:
    """Whether it says that a person took or skipped a dose."""
    return entry.kind in (record.TAKEN, record.SKIPPED) and "off" not in entry.detail


def check_amount(amount: str) -> None:
    """Raise `UsageError` for what is no number of pieces, whatever the box has."""
    if not _AMOUNT.fullmatch(amount):
        fix = "write +30 for a new box of 30, or 90 for what you counted"
        raise UsageError(f"{show(amount)} is no number of pieces", fix=fix)


def _counted(left: int, amount: str) -> int:
    check_amount(amount)
    count = left + int(amount) if amount[0] in "+-" else int(amount)
    if count < 0:
        raise UserError(f"that would leave {count}", fix="write how many there are", code="stock")
    return count
