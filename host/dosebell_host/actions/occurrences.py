"""Which occurrence a person means: the one that rings, or a date, a slot, a time of day.

Every request to the box names dose, date and slot, so that one sent twice does nothing twice.
"""

import difflib
import re
from typing import NamedTuple

from dosebell import civil
from dosebell.dose import Dose
from dosebell.plan import Plan, Window
from dosebell_host.box.contact import Contact
from dosebell_host.box.replies import DoseRow
from dosebell_host.errors import UserError
from dosebell_host.schedule.local_time import LocalTime, day_number, read_date

_TIME_OF_DAY = re.compile(r"\d{1,2}:\d\d")
# How far back an occurrence is looked for by the time at which it was taken.
_LOOK_BACK_S = 16 * civil.DAY_S


class Occurrence(NamedTuple):
    """One occurrence, as requests name it."""

    dose: str
    date: str
    slot: int


def read_rows(contact: Contact) -> list[DoseRow]:
    """Every dose of the box. Raises `BadReply` where those are not the ones of its schedule."""
    rows: list[DoseRow] = []
    start: int | None = 0
    while start is not None:
        page = contact.client.dose_list(start)
        rows += page.rows
        start = page.next
    doses = {dose.id: max(1, len(dose.times or ())) for dose in contact.plan.doses}
    if [row.dose for row in rows] != list(doses) or any(r.slot >= doses[r.dose] for r in rows):
        what = "these are not the doses of its schedule"
        raise contact.client.bad_reply("dose.list", what)
    return rows


def calling(contact: Contact, what: str) -> list[Occurrence]:
    """All that ring. Raises `UserError` with what to type where nothing does."""
    rows = read_rows(contact)
    found = [_target(row) for row in rows if row.calling]
    if not found:
        taken = ", ".join(filter(None, (_taken_today(row, contact) for row in rows)))
        rings = f"nothing rings now: {taken}" if taken else "nothing rings now"
        raise UserError(rings, fix=_what_is_open(rows, contact.local, what), code="open")
    return found


def named(
    contact: Contact,
    dose: str,
    date: str | None,
    slot: int | None,
    at: str | None,
    what: str = "take",
) -> Occurrence:
    """The occurrence of a dose that these options mean; without any, the one that is open."""
    rows = read_rows(contact)
    row = next((row for row in rows if row.dose == dose), None)
    device_dose = contact.plan.dose(dose)
    if row is None or device_dose is None:
        raise _unknown_dose(dose, [row.dose for row in rows])
    if date is None and slot is None and at is None:
        return _current(row, contact, what)
    if date is None and slot is None and at is not None:
        return _around(contact, device_dose, instant(contact, at, None))
    day = day_number(read_date(date, "--date")) if date else _today(contact)
    return _on_day(contact, row, device_dose, day, slot)


def instant(contact: Contact, at: str, date: str | None) -> int:
    """What `--at` means, in seconds since 2000: a time of day is one of `date`, else of today."""
    if _TIME_OF_DAY.fullmatch(at.strip()):
        day = date or contact.local.date(contact.now_s).isoformat()
        at = f"{day}T{at.strip():0>5}"
    return contact.local.read(at, "--at")


def unknown_dose(contact: Contact, dose: str) -> UserError:
    """The error for a dose that the schedule in force does not have."""
    return _unknown_dose(dose, [each.id for each in contact.plan.doses])


def _current(row: DoseRow, contact: Contact, what: str) -> Occurrence:
    if row.is_open:
        return _target(row)
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
    past = contact.plan.occurrences(dose, now_s - _LOOK_BACK_S, now_s) if dose else ()
    taken = bool(_taken_today(row, contact))
    earlier = [(day, slot) for _due, day, slot in past if day < today or not taken]
    # What rings now or later can be snoozed, but nothing of another day.
    if not earlier or what == "snooze":
        return ""
    day, slot = earlier[-1]
    which = f" --slot {slot}" if slot else ""
    return f"for an earlier one: dosebell {what} {row.dose} --date {civil.iso(day)}{which}"


def _around(contact: Contact, dose: Dose, at_s: int) -> Occurrence:
    """The occurrence whose window holds that instant."""
    plan = contact.plan
    start_s, end_s = at_s - _LOOK_BACK_S, at_s + _LOOK_BACK_S
    for _due, day, slot in plan.occurrences(dose, start_s, end_s):
        window = plan.window(dose, day, slot)
        if window.opens <= at_s < window.closes[-1]:
            return Occurrence(dose.id, civil.iso(day), slot)
    raise UserError(
        f"{dose.id} was not open at {contact.local.minute(at_s)}",
        fix="say which one is meant: --date YYYY-MM-DD",
        code="open",
    )


def _on_day(contact: Contact, row: DoseRow, dose: Dose, day: int, slot: int | None) -> Occurrence:
    windows = {window.slot: window for window in _windows(contact.plan, dose, day)}
    date = civil.iso(day)
    if not windows:
        raise UserError(f"{dose.id} is not planned on {date}", code="no-occurrence")
    if slot is None and len(windows) > 1 and row.is_open and row.date == date:
        slot = row.slot
    if slot is None and len(windows) == 1:
        slot = next(iter(windows))
    if slot not in windows:
        times = [f"--slot {n} for {contact.local.clock(w.dues[0])}" for n, w in windows.items()]
        what = f"{dose.id} has no slot {slot} on {date}"
        if slot is None:
            what = f"{dose.id} is planned {len(windows)} times on {date}"
        raise UserError(what, fix=f"say which: {', '.join(times)}", code="slot")
    return Occurrence(dose.id, date, slot or 0)


def _windows(plan: Plan, dose: Dose, day: int) -> list[Window]:
    """The occurrences of one date."""
    found = []
    place = plan.at_or_after(dose, day, 0)
    while place is not None and place[0] == day:
        found.append(plan.window(dose, *place))
        place = plan.at_or_after(dose, day, place[1] + 1)
    return found


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


def _target(row: DoseRow) -> Occurrence:
    return Occurrence(row.dose, row.date, row.slot)


def _today(contact: Contact) -> int:
    return day_number(contact.local.date(contact.now_s))
