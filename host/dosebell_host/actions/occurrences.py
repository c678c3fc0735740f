"""Which occurrence a person means: the one that rings, or a date, a slot, a time of day.

Every request to the box names the occurrence, so that one sent twice does nothing twice.
"""

import difflib
import re
import shlex
from typing import NamedTuple

from dosebell import civil, record
from dosebell.dose import Dose
from dosebell.plan import Plan, Window
from dosebell.schedule import MAX_TIMES
from dosebell_host.box.client import Meant
from dosebell_host.box.contact import Contact
from dosebell_host.box.hello import DUE
from dosebell_host.box.replies import DoseRow
from dosebell_host.errors import HOW_TO_INSTALL, UsageError, UserError
from dosebell_host.history.box_log import BoxLog, Since, lately, since_day
from dosebell_host.history.records import Entry
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.local_time import LocalTime, date_of, day_number
from dosebell_host.schedule.typed.asked_date import asked_date
from dosebell_host.schedule.typed.dose_words import dose_meant
from dosebell_host.schedule.values import show

TAKE = "take"
SKIP = "skip"
SNOOZE = "snooze"
UNDO = "undo"

_TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
# How far back an occurrence is looked for by the time at which it was taken.
_LOOK_BACK_S = 16 * civil.DAY_S


class WhichOne(NamedTuple):
    """Which occurrence of a dose is meant, as it was typed: its date, its number among those of
    that date, the `time` of day at which it was due, and when it was taken; None for what nobody
    said.
    """

    date: str | None = None
    slot: int | None = None
    time: str | None = None
    at: str | None = None

    @property
    def of_day(self) -> bool:
        """Whether it is said by its date, or its place there."""
        return (self.date, self.slot, self.time) != (None, None, None)

    @property
    def clock(self) -> str:
        """The `time` as `08:00`, "" without one. Raises `UsageError` where it is none."""
        if self.time is None:
            return ""
        match = _TIME_OF_DAY.fullmatch(self.time.strip())
        if not match:
            what = f"{show(self.time)} is no time of day"
            raise UsageError(what, where="--time", fix="write it as 15:00")
        return f"{int(match[1]):02}:{match[2]}"

    def check(self) -> None:
        """Raise `UsageError` where it cannot be meant, whatever the box has."""
        if self.clock and self.slot is not None:
            raise UsageError("--time and --slot both say which one", fix="leave out --slot")

    def refuse_unnamed(self) -> None:
        """Raise `UsageError` where it is said of no dose."""
        if self.of_day:
            raise UsageError("a date or a time alone says nothing", fix="name the dose, too")


# Nobody said which: the one that is open, or the last one.
UNSAID = WhichOne()


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


def since_which(contact: Contact, which: WhichOne) -> Since:
    """Since when the log tells of what is meant, and what stands in its place.

    Raises `UsageError` for a date or a time that is none.
    """
    which.check()
    if which.date is not None:
        return since_day(_date_in(which.date, contact))
    if which.at is None or which.of_day:
        return lately
    return since_day(_local_day(contact, instant(contact, which.at, None) - _LOOK_BACK_S))


def calling(contact: Contact, log: BoxLog, what: str) -> list[Meant]:
    """All that ring. Raises `UserError` with what to type where nothing does."""
    rows = read_rows(contact)
    found = [current_of(row, contact.plan) for row in rows if row.calling]
    if not found:
        said = (_skipped_today(row, contact, log) or _taken_today(row, contact) for row in rows)
        done = ", ".join(filter(None, said))
        rings = f"nothing rings now: {done}" if done else "nothing rings now"
        raise UserError(rings, fix=_what_is_open(rows, contact.local, what), code="open")
    return found


def named(contact: Contact, log: BoxLog, dose: str, which: WhichOne, what: str = TAKE) -> Meant:
    """The occurrence of a dose that is meant; the one that is open where nothing says which."""
    which.check()
    row = next(row for row in read_rows(contact) if row.dose == dose)
    if not which.of_day:
        if which.at is None:
            return _current(row, contact, log, what)
        return _around(contact, log, dose, instant(contact, which.at, None))
    day = _today(contact) if which.date is None else _date_in(which.date, contact)
    found = _on_day(contact, log, dose, day)
    if meant := [each for each in found if _is_named(each, which, contact)]:
        return _likeliest(meant, log, what)
    return _one_of(found, contact, row, civil.iso(day), which)


def current_of(row: DoseRow, plan: Plan) -> Meant:
    """The current occurrence of a row; there is one."""
    dose, day, due_s = plan.dose(row.dose), civil.day_from_iso(row.date), row.first_due_s
    if due_s is None and dose is not None:
        # A box of release 0.1.0 says it only by the schedule.
        due_s = plan.dues(dose, day, row.slot)[0]
    return Meant(row.dose, row.date, row.slot, due_s or 0)


def exact_words(contact: Contact, log: BoxLog, what: str, meant: Meant) -> str:
    """The command that means this occurrence and no other."""
    found = _on_day(contact, log, meant.dose, civil.day_from_iso(meant.date))
    place = f" {_place(meant, found, contact)}" if len(found) > 1 else ""
    return f"dosebell {what} {meant.dose} --date {meant.date}{place}"


def instant(contact: Contact, at: str, date: str | None) -> int:
    """What `--at` means, in seconds since 2000: a time of day is one of `date`, else of today."""
    # Words are rare, and what reads them takes its time.
    from dosebell_host.wizard.moment_words import WhichMoment, as_programs_write

    today = contact.local.date(contact.now_s)
    of_clock = date_of(civil.day_from_iso(date)) if date else today
    which = WhichMoment(today, past=True, of_clock=of_clock)
    return contact.local.read(as_programs_write(at, "--at", which), "--at")


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


def dose_called(contact: Contact, word: str, what: str = "") -> str:
    """The id of the dose that a person's word means, who wants to do `what`.

    Raises `UserError` for what the box does not have, or where it may mean several.
    """
    if contact.is_plan_unknown:
        known = [row.dose for row in read_rows(contact)]
        if word in known:
            return word
        raise _unknown_dose(word, known)
    if found := dose_meant(contact.plan.doses, word):
        return found.id
    if what in (TAKE, SKIP, UNDO) and _is_date(word, contact):
        fix = f"if that is the date: --date {shlex.quote(word)}"
        raise UserError(f"the box has no dose {show(word)}", fix=fix, code="no-dose")
    raise _unknown_dose(word, [each.id for each in contact.plan.doses])


def _current(row: DoseRow, contact: Contact, log: BoxLog, what: str) -> Meant:
    if row.is_open:
        return current_of(row, contact.plan)
    when = "nothing is planned any more"
    if row.due_s is not None:
        when = f"it is next due on {contact.local.minute(row.due_s)}"
    if skipped := _skipped_today(row, contact, log):
        fix = f"to take that back: dosebell undo {row.dose}"
        raise UserError(f"{skipped}; {when}", fix=fix, code="open")
    closed = f"{_taken_today(row, contact) or f'{row.dose} is not open now'}; {when}"
    raise UserError(closed, fix=_for_an_earlier(row, contact, log, what), code="open")


def _skipped_today(row: DoseRow, contact: Contact, log: BoxLog) -> str:
    """That the last word on the dose is a skip of today, by whoever sits there; else ""."""
    last = next((each for each in reversed(log.entries) if each.dose == row.dose), None)
    if last is None or last.kind != record.SKIPPED or last.day != _today(contact):
        return ""
    if last.utc_s is None or "off" in last.detail:
        return ""
    return f"{row.dose} was skipped at {contact.local.clock(last.utc_s)}"


def _taken_today(row: DoseRow, contact: Contact) -> str:
    if row.intake_s is None or day_number(contact.local.date(row.intake_s)) != _today(contact):
        return ""
    return f"{row.dose} was taken today at {contact.local.clock(row.intake_s)}"


def _for_an_earlier(row: DoseRow, contact: Contact, log: BoxLog, what: str) -> str:
    """What to type to put right the last occurrence; before today's where that was taken."""
    dose, now_s, today = contact.plan.dose(row.dose), contact.now_s, _today(contact)
    past = occurrences(contact.plan, dose, now_s - _LOOK_BACK_S, now_s) if dose else ()
    taken = bool(_taken_today(row, contact))
    earlier = [
        Meant(row.dose, civil.iso(day), slot, due_s)
        for due_s, day, slot in past
        if day < today or not taken
    ]
    # What rings now or later can be snoozed, but nothing of another day.
    if not earlier or what == "snooze":
        return ""
    return f"for an earlier one: {exact_words(contact, log, what, earlier[-1])}"


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


def _is_named(each: Meant, which: WhichOne, contact: Contact) -> bool:
    """Whether it stands in that place of its date; without a place nothing does."""
    if which.clock:
        return contact.local.clock(each.due_s) == which.clock
    return which.slot is not None and each.slot == which.slot


def _one_of(
    found: list[Meant], contact: Contact, row: DoseRow, date: str, which: WhichOne
) -> Meant:
    """The only one of a date, or that which is open."""
    if not found:
        raise UserError(f"{row.dose} is not planned on {date}", code="no-occurrence")
    is_placed = which.slot is not None or which.time is not None
    if not is_placed and len(found) > 1 and row.is_open and row.date == date:
        return current_of(row, contact.plan)
    if not is_placed and len(found) == 1:
        return found[0]
    message = f"{row.dose} is planned {len(found)} times on {date}"
    if which.slot is not None:
        message = f"{row.dose} has no slot {which.slot} on {date}"
    if which.time is not None:
        message = f"{row.dose} is not due at {which.clock} on {date}"
    places = " or ".join(_place(each, found, contact) for each in found)
    raise UserError(message, fix=f"say which: {places}", code="slot")


def _place(meant: Meant, found: list[Meant], contact: Contact) -> str:
    """The option that tells one of those `found` on a date: its time, where it has one of its own.

    The hour that a clock shows twice may hold two.
    """
    clocks = [contact.local.clock(each.due_s) for each in found]
    clock = contact.local.clock(meant.due_s)
    return f"--time {clock}" if clocks.count(clock) == 1 else f"--slot {meant.slot}"


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
    return UserError(f"the box has no dose {show(dose)}", fix=fix, code="no-dose")


def _is_date(word: str, contact: Contact) -> bool:
    try:
        _date_in(word, contact)
    except UsageError:
        return False
    return True


def _date_in(typed: str, contact: Contact) -> int:
    today = contact.local.date(contact.now_s)
    return day_number(asked_date(typed, "--date", today, past=True))


def _today(contact: Contact) -> int:
    return _local_day(contact, contact.now_s)


def _local_day(contact: Contact, at_s: int) -> int:
    return day_number(contact.local.date(at_s))
