"""Which occurrence a person means: the one that rings, or a date, a slot, a time of day.

Every request to the box names the occurrence, so that one sent twice does nothing twice.
"""

import difflib
import re

from dosebell import civil, record
from dosebell.dose import Dose
from dosebell.plan import Plan, Window
from dosebell.schedule import MAX_TIMES
from dosebell_host.box.client import Meant
from dosebell_host.box.contact import Contact
from dosebell_host.box.hello import DUE
from dosebell_host.box.replies import DoseRow
from dosebell_host.errors import HOW_TO_INSTALL, UserError
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.records import Entry
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.local_time import LocalTime, day_number, read_date

TAKE = "take"
SKIP = "skip"
SNOOZE = "snooze"
UNDO = "undo"

_TIME_OF_DAY = re.compile(r"\d{1,2}:\d\d")
# How far back an occurrence is looked for by the time at which it was taken.
_LOOK_BACK_S = 16 * civil.DAY_S


def read_rows(contact: Contact) -> list[DoseRow]:
    """Every dose of the box. Raises `BadReply` where those are not the ones of its schedule."""
    rows: list[DoseRow] = []
    start: int | None = 0
    while start is not None:
        page = contact.client.dose_list(start)
        rows += page.rows
        start = page.next
    if contact.is_plan_unknown:
        return rows
    doses = {dose.id: max(1, len(dose.times or ())) for dose in contact.plan.doses}
    if [row.dose for row in rows] != list(doses) or any(r.slot >= doses[r.dose] for r in rows):
        what = "these are not the doses of its schedule"
        raise contact.client.bad_reply("dose.list", what)
    return rows


def calling(contact: Contact, what: str) -> list[Meant]:
    """All that ring. Raises `UserError` with what to type where nothing does."""
    rows = read_rows(contact)
    found = [_target(row, contact.plan) for row in rows if row.calling]
    if not found:
        taken = ", ".join(filter(None, (_taken_today(row, contact) for row in rows)))
        rings = f"nothing rings now: {taken}" if taken else "nothing rings now"
        raise UserError(rings, fix=_what_is_open(rows, contact.local, what), code="open")
    return found


def named(
    contact: Contact,
    log: BoxLog,
    dose: str,
    date: str | None,
    slot: int | None,
    at: str | None,
    what: str = TAKE,
) -> Meant:
    """The occurrence of a dose that these options mean; without any, the one that is open."""
    rows = read_rows(contact)
    row = next((row for row in rows if row.dose == dose), None)
    if row is None:
        raise _unknown_dose(dose, [row.dose for row in rows])
    if date is None and slot is None and at is None:
        return _current(row, contact, what)
    if date is None and slot is None and at is not None:
        return _around(contact, log, dose, instant(contact, at, None))
    day = day_number(read_date(date, "--date")) if date else _today(contact)
    found = _on_day(contact, log, dose, day)
    if slot is not None and (meant := [each for each in found if each.slot == slot]):
        return _likeliest(meant, log, what)
    return _one_of(found, contact, row, civil.iso(day), slot)


def instant(contact: Contact, at: str, date: str | None) -> int:
    """What `--at` means, in seconds since 2000: a time of day is one of `date`, else of today."""
    if _TIME_OF_DAY.fullmatch(at.strip()):
        day = date or contact.local.date(contact.now_s).isoformat()
        at = f"{day}T{at.strip():0>5}"
    return contact.local.read(at, "--at")


def of_record(contact: Contact, entry: Entry) -> Meant:
    """The occurrence that a record names. Raises `UserError` where the box cannot be told which:
    one of release 0.1.0 knows none but those of its schedule in force.
    """
    day, plan, dose = entry.day or 0, contact.plan, contact.plan.dose(entry.dose)
    is_planned = dose is not None and plan.has(dose, day, entry.slot)
    planned_s = plan.dues(dose, day, entry.slot)[0] if dose and is_planned else 0
    due_s = planned_s if entry.due_s is None else entry.due_s
    # A dose that it does not have is what the box itself says no to.
    if due_s != planned_s and dose is not None and DUE not in contact.hello.features:
        what = f"{dose.id} of {civil.iso(day)} is of an older schedule, which this box cannot name"
        raise UserError(what, fix=f"{HOW_TO_INSTALL}, which also upgrades it", code="older")
    return Meant(entry.dose, civil.iso(day), entry.slot, due_s)


def unknown_dose(contact: Contact, dose: str) -> UserError:
    """The error for a dose that the schedule in force does not have."""
    return _unknown_dose(dose, [each.id for each in contact.plan.doses])


def _current(row: DoseRow, contact: Contact, what: str) -> Meant:
    if row.is_open:
        return _target(row, contact.plan)
    when = "nothing is planned any more"
    if row.due_s is not None:
        when = f"it is next due on {contact.local.minute(row.due_s)}"
    closed = f"{_taken_today(row, contact) or f'{row.dose} is not open now'}; {when}"
    raise UserError(closed, fix=_for_an_earlier(row, contact, what), code="open")


def _taken_today(row: DoseRow, contact: Contact) -> str:
    if row.intake_s is None or day_number(contact.local.date(row.intake_s)) != _today(contact):
        return ""
    return f"{row.dose} was taken today at {contact.local.clock(row.intake_s)}"


def _for_an_earlier(row: DoseRow, contact: Contact, what: str) -> str:
    """What to type to put right the last occurrence; before today's where that was taken."""
    dose, now_s, today = contact.plan.dose(row.dose), contact.now_s, _today(contact)
    past = occurrences(contact.plan, dose, now_s - _LOOK_BACK_S, now_s) if dose else ()
    taken = bool(_taken_today(row, contact))
    earlier = [(day, slot) for _due, day, slot in past if day < today or not taken]
    # What rings now or later can be snoozed, but nothing of another day.
    if not earlier or what == "snooze":
        return ""
    day, slot = earlier[-1]
    which = f" --slot {slot}" if slot else ""
    return f"for an earlier one: dosebell {what} {row.dose} --date {civil.iso(day)}{which}"


def _around(contact: Contact, log: BoxLog, dose_id: str, at_s: int) -> Meant:
    """The occurrence whose window holds that instant, in the schedule of that time."""
    then = log.plan_at(at_s) if DUE in contact.hello.features else None
    for plan in filter(None, (then, contact.plan)):
        dose = plan.dose(dose_id)
        if dose is None:
            continue
        for due_s, day, slot in occurrences(plan, dose, at_s - _LOOK_BACK_S, at_s + _LOOK_BACK_S):
            window = plan.window(dose, day, slot)
            if window.opens <= at_s < window.closes[-1]:
                return Meant(dose_id, civil.iso(day), slot, due_s)
    raise UserError(
        f"{dose_id} was not open at {contact.local.minute(at_s)}",
        fix="say which one is meant: --date YYYY-MM-DD",
        code="open",
    )


def _on_day(contact: Contact, log: BoxLog, dose_id: str, day: int) -> list[Meant]:
    """The occurrences of one date: those of the schedule in force, and where another one was in
    force then, those that the log tells of.
    """
    date, dose = civil.iso(day), contact.plan.dose(dose_id)
    planned = [
        Meant(dose_id, date, window.slot, window.dues[0])
        for window in (_windows(contact.plan, dose, day) if dose else ())
    ]
    if DUE not in contact.hello.features:
        return planned
    noted = [
        Meant(dose_id, date, each.slot, each.due_s)
        for each in log.outcomes
        if (each.dose, each.day) == (dose_id, day)
        and each.due_s is not None
        and each.state != record.CANCELLED
    ]
    dues = {each.due_s for each in planned}
    moved = [each for each in noted if each.due_s not in dues]
    if not moved:
        return planned
    begun_s = max((at_s for at_s, _ in log.pushes), default=0)
    known = {each.due_s for each in noted}
    real = [each for each in planned if each.due_s >= begun_s or each.due_s in known]
    return sorted([*real, *moved], key=lambda each: each.due_s)


def _likeliest(meant: list[Meant], log: BoxLog, what: str) -> Meant:
    """Of two that have one slot after a push on that date, the later one is in force; but only
    what is answered can be undone.
    """
    states = {(each.dose, each.due_s): each.state for each in log.outcomes}
    answered = [
        e for e in meant if states.get((e.dose, e.due_s)) in (record.TAKEN, record.SKIPPED)
    ]
    return answered[-1] if what == UNDO and answered else meant[-1]


def _one_of(
    found: list[Meant], contact: Contact, row: DoseRow, date: str, slot: int | None
) -> Meant:
    """The only one of a date, or that which is open."""
    if not found:
        raise UserError(f"{row.dose} is not planned on {date}", code="no-occurrence")
    if slot is None and len(found) > 1 and row.is_open and row.date == date:
        return _target(row, contact.plan)
    if slot is None and len(found) == 1:
        return found[0]
    times = [f"--slot {each.slot} for {contact.local.clock(each.due_s)}" for each in found]
    message = f"{row.dose} has no slot {slot} on {date}"
    if slot is None:
        message = f"{row.dose} is planned {len(found)} times on {date}"
    raise UserError(message, fix=f"say which: {', '.join(times)}", code="slot")


def _windows(plan: Plan, dose: Dose, day: int) -> list[Window]:
    """The occurrences of one date."""
    slots = [slot for slot in range(MAX_TIMES) if plan.has(dose, day, slot)]
    return [plan.window(dose, day, slot) for slot in slots]


def _what_is_open(rows: list[DoseRow], local: LocalTime, what: str) -> str:
    openings = [row for row in rows if row.is_open and row.due_s is not None]
    if openings:
        due = ", ".join(f"{row.dose} (due {local.minute(row.due_s or 0)})" for row in openings)
        if what == "snooze":
            return f"open is {due}"
        return f"open is {due}: dosebell {what} {' '.join(row.dose for row in openings)}"
    coming = [row.due_s for row in rows if row.due_s is not None]
    if not coming:
        return "and nothing is planned"
    return f"the next is due on {local.minute(min(coming))}"


def _unknown_dose(dose: str, known: list[str]) -> UserError:
    near = difflib.get_close_matches(dose, known, n=1, cutoff=0.5)
    fix = f"did you mean {near[0]}?" if near else f"the box has: {', '.join(known) or 'none'}"
    return UserError(f'the box has no dose "{dose}"', fix=fix, code="no-dose")


def _target(row: DoseRow, plan: Plan) -> Meant:
    """The current occurrence of a row; there is one."""
    dose, day, due_s = plan.dose(row.dose), civil.day_from_iso(row.date), row.first_due_s
    if due_s is None and dose is not None:
        # A box of release 0.1.0 says it only by the schedule.
        due_s = plan.dues(dose, day, row.slot)[0]
    return Meant(row.dose, row.date, row.slot, due_s or 0)


def _today(contact: Contact) -> int:
    return day_number(contact.local.date(contact.now_s))
