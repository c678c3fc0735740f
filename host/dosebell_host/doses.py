"""Answers for a person: taken, skipped, snoozed, taken back, and how many are left."""

import re
from dataclasses import dataclass
from typing import Any

from dosebell import civil, record
from dosebell_host import records
from dosebell_host.clock_sync import duration_text
from dosebell_host.contact import Contact
from dosebell_host.errors import DeviceRefused, UsageError, UserError
from dosebell_host.local_time import LocalTime
from dosebell_host.occurrences import Target, calling, instant, named, read_rows, unknown_dose
from dosebell_host.records import Entry
from dosebell_host.refusals import sentence

TAKE = "take"
SKIP = "skip"
SNOOZE = "snooze"

# Without a name, an undo reaches back only so far: what is older is not "the last one".
UNDO_WITHIN_S = 12 * civil.HOUR_S

_AMOUNT = re.compile(r"[+-]?\d{1,7}")


@dataclass(frozen=True)
class Answered:
    """The records the box wrote, or had written already, and what a person should beware of."""

    entries: list[Entry]
    warnings: list[str]

    def to_json(self, local: LocalTime) -> dict[str, Any]:
        items = [entry.to_json(local) for entry in self.entries]
        return {"items": items, "warnings": self.warnings}


@dataclass(frozen=True)
class Stock:
    """How many pieces of a dose are left."""

    dose: str
    count: int
    per_intake: int
    low: int

    def to_json(self) -> dict[str, Any]:
        return {**vars(self), "is_low": self.count <= self.low}


def targets(
    contact: Contact, doses: tuple[str, ...], date: str | None, slot: int | None, at: str | None
) -> list[Target]:
    """The occurrences meant: those of the doses named, else all that ring."""
    if doses:
        return [named(contact, dose, date, slot, at) for dose in doses]
    if date or slot is not None:
        raise UsageError("a date or a slot alone says nothing", fix="name the dose, too")
    return calling(contact)


def answer(contact: Contact, what: str, meant: list[Target], at: str | None = None) -> Answered:
    """`take`, `skip` or `snooze` these occurrences, one after the other."""
    entries: list[Entry] = []
    for target in meant:
        params = target.params()
        if at is not None:
            params["utc"] = instant(contact, at, target.date) + civil.UNIX_2000
        entries += _answered(contact, f"dose.{what}", params, entries)
    warnings = [text for entry in entries for text in _warnings(contact, entry)]
    contact.look_again()
    return Answered(entries, warnings)


def undo(contact: Contact, dose: str | None, date: str | None, slot: int | None) -> Answered:
    """Take back the last answer, or that of a dose, or that of one date."""
    entries: list[Entry] = []
    for target in _to_undo(contact, dose, date, slot):
        entries += _answered(contact, "dose.undo", target.params(), entries)
    contact.look_again()
    return Answered(entries, [])


def stock(contact: Contact, dose: str, amount: str | None) -> Stock:
    """How many are left, after `amount` if there is one: `+30` and `-2` count from what is left,
    a bare number is the new count.
    """
    found = next((each for each in contact.plan.doses if each.id == dose), None)
    if found is None:
        raise unknown_dose(contact, dose)
    row = next(row for row in read_rows(contact.link) if row.dose == dose)
    if found.stock is None or row.stock is None:
        fix = f"add a line such as stock = {{ count = 90 }} to {dose} in your file, and push it"
        what = f"the schedule does not count the stock of {dose}"
        raise UserError(what, fix=fix, code="no-stock")
    count = row.stock if amount is None else _counted(row.stock, amount)
    if amount is not None:
        contact.link.call("dose.stock", {"dose": dose, "count": count})
        contact.look_again()
    return Stock(dose, count, found.stock[1], found.stock[2])


def stock_text(left: Stock) -> str:
    """How many are left, as a sentence."""
    intakes = left.count // left.per_intake
    low = ". Time to buy more" if left.count <= left.low else ""
    return f"{left.dose}: {left.count} left, enough for {intakes} intakes{low}."


def told(contact: Contact, entry: Entry) -> str:
    """A record as an answer to the person who asked for it."""
    date = "" if entry.day is None else civil.iso(entry.day)
    which = f"{entry.dose} of {date}"
    if entry.kind == record.TAKEN:
        at = f"{contact.local.datetime(entry.at_s or 0):%Y-%m-%d %H:%M}"
        left = f", {entry.detail['left']} left" if "left" in entry.detail else ""
        return f"{which}: taken at {at}{left}."
    if entry.kind == record.SNOOZED:
        return f"{which}: snoozed for up to {duration_text(contact.plan.snooze_s)}."
    if entry.kind == record.UNDONE:
        was = entry.detail.get("was", "answered")
        again = ", and asks again" if "open" in entry.detail else ""
        return f"{which}: no longer {was}{again}."
    return f"{which}: {entry.kind}."


def _answered(
    contact: Contact, method: str, params: dict[str, Any], before: list[Entry]
) -> list[Entry]:
    """The records of one request. A refusal says what was noted `before` it all the same."""
    try:
        return [records.parse(line) for line in contact.link.call(method, params)["records"]]
    except DeviceRefused as error:
        message, fix = f"{params['dose']}: {error.message}", error.fix
        if before:
            noted = " ".join(told(contact, entry) for entry in before)
            message, fix = f"{message}. {noted}", sentence(fix)
        raise DeviceRefused(message, fix=fix, code=error.code) from None


def _warnings(contact: Contact, entry: Entry) -> list[str]:
    if entry.kind != record.TAKEN:
        return []
    found = []
    if "soon" in entry.detail:
        found.append(
            f"{entry.dose}: this is sooner than half the usual time after the intake before"
            f"{_intake_before(contact, entry)}. It is noted; take no more for now."
        )
    left = entry.detail.get("left")
    for dose in contact.plan.doses:
        is_this = dose.id == entry.dose and dose.stock is not None and left is not None
        if is_this and int(left or 0) <= (dose.stock or ())[2]:
            found.append(f"{entry.dose}: only {left} left.")
    return found


def _intake_before(contact: Contact, entry: Entry) -> str:
    taken = [
        each.at_s
        for each in contact.history.entries(contact.hello.device_id)
        if each.kind == record.TAKEN and each.dose == entry.dose and each.seq < entry.seq
    ]
    if not taken or taken[-1] is None:
        return ""
    return f", at {contact.local.datetime(taken[-1]):%Y-%m-%d %H:%M}"


def _to_undo(
    contact: Contact, dose: str | None, date: str | None, slot: int | None
) -> list[Target]:
    if dose and (date or slot is not None):
        return [named(contact, dose, date, slot, None)]
    if date or slot is not None:
        raise UsageError("a date or a slot alone says nothing", fix="name the dose, too")
    standing = [entry for entry in _standing(contact) if dose in (None, entry.dose)]
    if not standing:
        what = "nothing is noted as taken or skipped"
        raise UserError(what, fix="see `dosebell log`", code="open")
    last = standing[-1]
    if dose is None and contact.now_s - (last.utc_s or 0) > UNDO_WITHIN_S:
        day = civil.iso(last.day or 0)
        raise UserError(
            f"the last answer is older than {duration_text(UNDO_WITHIN_S)}",
            fix=f"name it: dosebell undo {last.dose} --date {day} --slot {last.slot}",
            code="old",
        )
    # One press takes all that rings, in one go; one undo takes all of that back.
    together = [each for each in standing if _press_of(each) == _press_of(last)]
    return [Target(e.dose, civil.iso(e.day or 0), e.slot) for e in together]


def _press_of(entry: Entry) -> tuple[int, int | None, str]:
    return entry.boot, entry.utc_s, entry.kind


def _standing(contact: Contact) -> list[Entry]:
    """What people answered and nobody took back, in the order in which it was noted."""
    last: dict[tuple[str, int, int], Entry] = {}
    for entry in contact.history.entries(contact.hello.device_id):
        if entry.day is not None:
            last.pop(entry.place, None)
            last[entry.place] = entry
    answered = (record.TAKEN, record.SKIPPED)
    return [e for e in last.values() if e.kind in answered and "off" not in e.detail]


def _counted(left: int, amount: str) -> int:
    if not _AMOUNT.fullmatch(amount):
        fix = "write +30 for a new box of 30, or 90 for what you counted"
        raise UsageError(f'"{amount}" is no number of pieces', fix=fix)
    count = left + int(amount) if amount[0] in "+-" else int(amount)
    if count < 0:
        raise UserError(f"that would leave {count}", fix="write how many there are", code="stock")
    return count
