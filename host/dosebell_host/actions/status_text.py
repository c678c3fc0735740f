"""How a box is, for a person: what matters first, faults last."""

from collections.abc import Iterator

from dosebell.record import RESTING, RINGING
from dosebell_host.actions.doses.stocks import outlook_of
from dosebell_host.actions.next_due import window_of
from dosebell_host.actions.status import TRUST, Status
from dosebell_host.box.clock_verdict import difference_text
from dosebell_host.box.hello import NO_BATTERY_CLOCK, NO_TIME
from dosebell_host.box.meanings import fault
from dosebell_host.box.replies import DoseRow
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.stock import course_text, left_or_empty
from dosebell_host.schedule.lines import flashes_by_dose, title_of, which_text
from dosebell_host.schedule.local_time import day_text, from_unix
from dosebell_host.wording import and_list, beyond_text, duration_text

# What a warning is about that there is nothing to be done about but to build the box anew.
POWER = "Power"


def status_lines(status: Status, name: str = "") -> Iterator[str]:
    """The status for a person: what matters first, faults last; `name` is the box's, where it has
    one here.
    """
    hello = status.hello
    title = title_of(status.lines)
    yield _line("Box", ", ".join(filter(None, (name, hello.device_id, title))))
    yield _line("Clock", clock_words(status))
    if not hello.revision:
        yield _line("Schedule", "none yet: `dosebell push FILE` gives it one")
    else:
        yield from _reminders(status)
    for label, text in warnings(status):
        yield _line(label, text)


def _reminders(status: Status) -> Iterator[str]:
    names = {dose.id: dose.name for dose in status.plan.doses}
    calling = [row for row in status.rows if row.calling]
    for row in calling:
        state = "rings" if row.state == RINGING else "is snoozed"
        which = which_words(status, row)
        until = f"{f'{which}, ' if which else ''}until {time_words(row.closes_s, status)}"
        yield _line("Now", f"{row.dose} {state}, {until}: {names.get(row.dose, row.dose)}")
    if not calling:
        yield _line("Now", "nothing rings")
    if status.plan.each and not status.unknown_to_box:
        flashes = flashes_by_dose(status.lines).items()
        yield _line("Flashes", "; ".join(f"{dose} {count}" for dose, count in flashes))
    for row in status.rows:
        if row.is_open and not row.calling:
            yield _line("Open", open_words(status, row))
    yield _line("Next", next_words(status))
    yield _line("Today", ", ".join(_today(each, status) for each in status.today) or "nothing yet")
    for row in status.rows:
        if row.stock is not None:
            yield _line("Stock", f"{row.dose}: {_left(row, row.stock, status)}")


def which_words(status: Status, row: DoseRow) -> str:
    """How the light or a plate tells the dose from the others; "" where nothing does."""
    dose, window = status.plan.dose(row.dose), window_of(status.plan, row)
    if dose is None or window is None:
        return ""
    return which_text(status.plan, dose, window.day, window.slot)


def open_words(status: Status, row: DoseRow) -> str:
    """That a dose which does not ring can be taken, and until when."""
    window = window_of(status.plan, row)
    closes_s = window.closes[-1] if window else row.closes_s
    is_early = row.due_s is not None and row.due_s > status.now_s and row.state != RESTING
    until = f"can be taken{' already,' if is_early else ''} until {time_words(closes_s, status)}"
    dues = window.dues if window else ()
    later = next((due_s for due_s in dues if due_s > status.now_s), None)
    if row.state != RESTING or later is None:
        return f"{row.dose} {until}"
    return f"{row.dose} rests; rings again at {time_words(later, status)}, {until}"


def warnings(status: Status) -> Iterator[tuple[str, str]]:
    """What is wrong with the box, or will be: each with a word for what it is about."""
    if keys := status.unknown_to_box:
        takes = ", and a press takes all that rings" if "answer" in keys else ""
        yield "Too old", f"it does not know {and_list(keys)}{takes}: `dosebell flash`"
    for name in status.said.faults:
        yield "Fault", str(fault(name))
    if status.zone_ends_soon:
        end = day_text(status.local.date(status.zone_until_s or 0), year=True)
        yield "Time zone", f"clock changes are known until {end}: push your file again"
    if not status.hello.battery_clock:
        yield POWER, NO_BATTERY_CLOCK


def clock_words(status: Status) -> str:
    """The box's clock, whether it can be trusted, and how it stands to this laptop's."""
    hello = status.hello
    if hello.utc is None:
        return NO_TIME
    moment = status.local.datetime(from_unix(hello.utc))
    shown = f"{day_text(moment.date(), year=True)} {moment:%H:%M:%S}"
    zone = status.plan.zone_name
    trust = TRUST.get(hello.trust, hello.trust)
    if hello.virtual:
        # It may well live at another time, or at another speed.
        return f"{shown}{f' {zone}' if zone else ''}, {trust}"
    apart = difference_text(status.ahead_s)
    return f"{shown}{f' {zone}' if zone else ''}, {trust}, {apart}"


def next_words(status: Status) -> str:
    """What rings next, and in how long."""
    if status.coming is None:
        return "nothing is planned"
    due_s, dose, meal = status.coming
    moment = status.local.datetime(due_s)
    wait = duration_text(max(0, due_s - status.now_s))
    if meal:
        return (
            f"{dose} again at {meal}, {time_words(due_s, status)}, in {wait}, if not taken by then"
        )
    return f"{dose} on {day_text(moment.date())} at {moment:%H:%M}, in {wait}"


def _today(each: Outcome, status: Status) -> str:
    at = f" {time_words(each.taken_s, status)}" if each.taken_s is not None else ""
    return f"{each.dose} {each.status}{at}"


def _left(row: DoseRow, count: int, status: Status) -> str:
    outlook = outlook_of(status.plan, row, status.now_s)
    if count < 0 or outlook is None:
        return beyond_text(row.dose, count) if count < 0 else left_or_empty(count)
    left = ", ".join(filter(None, [left_or_empty(count), course_text(outlook)]))
    return f"{left}{': time to buy more' if outlook.is_low else ''}"


def _line(label: str, text: str) -> str:
    return f"{label:<10}{text}"


def time_words(utc_s: int | None, status: Status) -> str:
    """The time of day, with the date where that is not today's; "" for None."""
    if utc_s is None:
        return ""
    day, local = status.local.date(utc_s), status.local
    date = "" if day == local.date(status.now_s) else f"{day_text(day)} "
    return f"{date}{local.clock(utc_s)}"
