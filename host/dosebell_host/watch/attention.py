"""What of a box needs somebody, as sentences.

It is judged by what the box last said and by the time that has passed since: a box that falls
silent while a dose is open does not get better by it. Where something is not known, that is what
needs somebody. Nothing here is advice on a medicine.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dosebell import record
from dosebell_host.actions.doses.stocks import outlook_of
from dosebell_host.actions.next_due import window_of
from dosebell_host.actions.status import WARN_BEFORE_S, Status
from dosebell_host.box.clock_verdict import difference_text
from dosebell_host.box.hello import NO_TIME
from dosebell_host.box.meanings import fault
from dosebell_host.box.replies import DoseRow
from dosebell_host.schedule.local_time import LocalTime, day_text, from_unix
from dosebell_host.watch.view import BoxView
from dosebell_host.wording import duration_text

# A box that has not been heard for so long is not just starting anew.
NOT_HEARD_S = 120
# A dose that nobody has answered for so long after it was due.
UNANSWERED_S = 1800
# A clock that is off by more is not put right in passing.
CLOCK_OFF_S = 120

NEVER_HEARD = "never-heard"
NOT_HEARD = "not-heard"
UNANSWERED = "unanswered"
UNKNOWN = "unknown"
MISSED = "missed"
CLOCK_UNSET = "clock-unset"
CLOCK_OFF = "clock-off"
FAULT = "fault"
STOCK_LOW = "stock-low"
STOCK_EMPTY = "stock-empty"
NO_SCHEDULE = "no-schedule"
UNREADABLE = "schedule-unreadable"
ZONE_ENDS = "zone-ends"


class Need(NamedTuple):
    """One thing that needs somebody: a code, a sentence, and the dose that it is about or "", with
    when that was first due in seconds since 2000, None where that is not known.
    """

    code: str
    text: str
    dose: str = ""
    due_s: int | None = None


def attention(view: BoxView, now: float, watched_since: float = 0.0) -> list[Need]:
    """Why somebody should look at that box, the most urgent first; `now`, and since when it is
    watched, are Unix seconds by this laptop's clock.
    """
    found = list(_of_presence(view, now, watched_since))
    if view.status is not None:
        now_s = box_now_s(view, view.status, now)
        found += [reason for judge in _JUDGES for reason in judge(view.status, now_s)]
    return sorted(found, key=lambda reason: _ORDER.index(reason.code))


def box_now_s(view: BoxView, status: Status, now: float) -> int:
    """The box's own time now, as far as it is known, in seconds since 2000."""
    passed_s = 0.0 if view.heard_at is None else max(0.0, now - view.heard_at)
    return status.now_s + int(passed_s)


def _of_presence(view: BoxView, now: float, watched_since: float) -> Iterator[Need]:
    if view.heard_at is None or view.status is None:
        if abs(now - watched_since) >= NOT_HEARD_S:
            yield Need(NEVER_HEARD, "It has not been heard since the watch began.")
        return
    silent_s = now - view.heard_at
    # A clock that went back tells as little of how long that is.
    if abs(silent_s) >= NOT_HEARD_S:
        since = moment_words(from_unix(view.heard_at), from_unix(now), view.status.local)
        yield Need(NOT_HEARD, f"It has not been heard since {since}.")


def _of_doses(status: Status, now_s: int) -> Iterator[Need]:
    """What nobody has answered; where the box was not heard since, that is not known."""
    is_known = now_s - status.now_s < NOT_HEARD_S
    for dose, due_s in sorted(open_dues(status), key=lambda each: each[1]):
        late_s, at = now_s - due_s, _called(status, dose, due_s, now_s)
        if late_s < UNANSWERED_S:
            continue
        if is_known:
            text = f"{at} is not answered, {duration_text(late_s)} later."
            yield Need(UNANSWERED, text, dose, due_s)
        else:
            yield Need(UNKNOWN, f"It is not known whether {at} was answered.", dose, due_s)


def open_dues(status: Status) -> set[tuple[str, int]]:
    """What can be answered, and what comes next: the doses and when they are due."""
    found = {
        (row.dose, due_s)
        for row in status.rows
        if row.is_open and (due_s := _first_due_s(status, row)) is not None
    }
    coming = status.coming
    if coming is not None and coming.dose not in {dose for dose, _ in found}:
        found.add((coming.dose, coming.due_s))
    return found


# What ended untaken, as far as the box knows: it may have been off when it was due.
_UNTAKEN = {
    record.MISSED: (MISSED, "{} was missed."),
    record.UNKNOWN: (UNKNOWN, "It is not known whether {} was taken."),
}


def _of_late(status: Status, now_s: int) -> Iterator[Need]:
    """What is untaken, for a day after that was noted: whichever day it was due on."""
    for each in status.of_late:
        if each.state in _UNTAKEN and each.is_of_late(now_s):
            code, text = _UNTAKEN[each.state]
            said = text.format(_called(status, each.dose, each.due_s, now_s))
            yield Need(code, said, each.dose, each.due_s)


def _of_clock(status: Status, now_s: int) -> Iterator[Need]:
    if status.hello.utc is None:
        yield Need(CLOCK_UNSET, f"Its clock is {NO_TIME}.")
    elif (
        not status.hello.virtual
        and status.ahead_s is not None
        and abs(status.ahead_s) >= CLOCK_OFF_S
    ):
        yield Need(CLOCK_OFF, f"Its clock is {difference_text(status.ahead_s)}.")


def _of_faults(status: Status, now_s: int) -> Iterator[Need]:
    for name in status.said.faults:
        yield Need(FAULT, f"{str(fault(name)).capitalize()}.")


def _of_stock(status: Status, now_s: int) -> Iterator[Need]:
    for row in status.rows:
        outlook, name = outlook_of(status.plan, row, status.now_s), _name(status, row.dose)
        if outlook is None or outlook.is_all_needed:
            continue
        if outlook.is_empty:
            yield Need(STOCK_EMPTY, f"By the count nothing is left of {name}.", row.dose)
        elif outlook.is_low:
            yield Need(STOCK_LOW, f"{name}: {row.stock} left, time to buy more.", row.dose)


def _of_schedule(status: Status, now_s: int) -> Iterator[Need]:
    if not status.hello.revision:
        yield Need(NO_SCHEDULE, "It has no schedule, so nothing rings.")
    elif not status.lines:
        yield Need(UNREADABLE, "Its schedule cannot be read by this release of dosebell.")
    elif status.zone_until_s is not None and status.zone_until_s - now_s < WARN_BEFORE_S:
        end = day_text(status.local.date(status.zone_until_s), year=True)
        text = f"Clock changes are known to it until {end}: push the file again."
        yield Need(ZONE_ENDS, text)


_JUDGES: tuple[Callable[[Status, int], Iterator[Need]], ...] = (
    _of_doses,
    _of_late,
    _of_clock,
    _of_faults,
    _of_stock,
    _of_schedule,
)
_ORDER = (
    UNANSWERED,
    UNKNOWN,
    MISSED,
    CLOCK_UNSET,
    NO_SCHEDULE,
    UNREADABLE,
    FAULT,
    NOT_HEARD,
    NEVER_HEARD,
    STOCK_EMPTY,
    CLOCK_OFF,
    STOCK_LOW,
    ZONE_ENDS,
)


def _first_due_s(status: Status, row: DoseRow) -> int | None:
    if row.first_due_s is not None:
        return row.first_due_s
    window = window_of(status.plan, row)
    return window.dues[0] if window else row.due_s


def _name(status: Status, dose_id: str) -> str:
    dose = status.plan.dose(dose_id)
    return dose.name if dose else dose_id


def _called(status: Status, dose_id: str, due_s: int | None, now_s: int) -> str:
    """The dose, and which of its times is meant, as far as that is known."""
    name = _name(status, dose_id)
    return name if due_s is None else f"{name} of {moment_words(due_s, now_s, status.local)}"


def moment_words(at_s: int, now_s: int, local: LocalTime) -> str:
    """The time of day, with the date where that is not today's."""
    day = local.date(at_s)
    return (
        local.clock(at_s) if day == local.date(now_s) else f"{day_text(day)} {local.clock(at_s)}"
    )
