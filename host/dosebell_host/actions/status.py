"""How a box is, in plain words: its clock, what rings, what is next, today, stock and faults."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dosebell import civil
from dosebell.plan import Window
from dosebell.record import RESTING, RINGING
from dosebell_host.actions.occurrences import Row, read_rows
from dosebell_host.actions.read_log import of_contact
from dosebell_host.box.clock_sync import ahead_of, difference_text
from dosebell_host.box.contact import Contact
from dosebell_host.box.faults import fault
from dosebell_host.box.hello import NO_BATTERY_CLOCK, NO_TIME
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.outcomes import Outcome
from dosebell_host.schedule.lines import title_of
from dosebell_host.schedule.local_time import LocalTime, day_number, day_text, from_unix
from dosebell_host.wording import duration_text

# The clock changes that a box knows end one day; it is told so long before.
WARN_BEFORE_S = 60 * civil.DAY_S

TRUST = {
    "host": "set by a laptop",
    "rtc": "kept by the battery clock",
    "reset": "carried over a restart, right to about 10 s",
    "unset": "not set",
}


@dataclass(frozen=True)
class Status:
    """A box as it is now. `said` is the box's own answer."""

    contact: Contact
    said: dict[str, Any]
    rows: list[Row]
    log: BoxLog

    @property
    def local(self) -> LocalTime:
        return self.contact.local

    @property
    def today(self) -> list[Outcome]:
        day = day_number(self.local.date(self.contact.now_s))
        return [each for each in self.log.outcomes if each.day == day]

    @property
    def coming(self) -> tuple[int, str] | None:
        """(due, dose) of what rings next.

        The box tells of the doses that do not ring now; of those that do it is their next meal,
        or else their next occurrence.
        """
        said = self.said["next"]
        found = [(from_unix(said["due"]), str(said["dose"]))] if said else []
        rings = [(self._rings_after(row), row.dose) for row in self.rows if row.calling]
        found += [(due_s, dose) for due_s, dose in rings if due_s is not None]
        return min(found, default=None)

    def _rings_after(self, row: Row) -> int | None:
        """When a dose that rings is due next if nobody takes it."""
        window, plan = self.window_of(row), self.contact.plan
        if window is None:
            return None
        if later := [due_s for due_s in window.dues if due_s > self.contact.now_s]:
            return later[0]
        dose = next(each for each in plan.doses if each.id == row.dose)
        after = plan.at_or_after(dose, window.day, window.slot + 1)
        return plan.window(dose, *after).dues[0] if after else None

    def window_of(self, row: Row) -> Window | None:
        """All the windows of a row's current occurrence."""
        dose = self.contact.plan.dose(row.dose)
        if dose is None or not row.date:
            return None
        return self.contact.plan.window(dose, civil.day_from_iso(row.date), row.slot)

    def again(self, due_s: int, dose: str) -> str:
        """The meal at which one that is not taken rings a second time; "" for one of its own."""
        for row in self.rows:
            window = self.window_of(row) if row.dose == dose else None
            if window and due_s in window.dues[1:]:
                plan, place = self.contact.plan, window.dues.index(due_s)
                meals = next(each.meals for each in plan.doses if each.id == dose) or ()
                return plan.meals[meals[place]][0]
        return ""

    @property
    def zone_ends_soon(self) -> bool:
        until = self.said.get("zone_until")
        if not self.contact.lines or until is None:
            return False
        return from_unix(until) - self.contact.now_s < WARN_BEFORE_S

    def to_json(self) -> dict[str, Any]:
        hello, local = self.contact.hello, self.local
        ahead_s = ahead_of(hello, self.contact.laptop())
        return {
            "device_id": hello.device_id,
            "firmware": hello.firmware,
            "board": hello.board,
            "revision": hello.revision or None,
            "title": title_of(self.contact.lines) or None,
            "timezone": self.contact.plan.zone_name or None,
            "clock": {
                "at": None if hello.utc is None else local.iso(from_unix(hello.utc)),
                "trust": hello.trust,
                "ahead_s": None if ahead_s is None else round(ahead_s, 1),
                "battery": hello.battery_clock,
            },
            "ringing": [row.dose for row in self.rows if row.calling],
            "next": self._next_json(),
            "doses": [_row_json(row, self.window_of(row), local) for row in self.rows],
            "today": [_outcome_json(each, local) for each in self.today],
            "faults": self.said["faults"],
            "zone_until": _iso(local, self.said.get("zone_until")) if self.contact.lines else None,
            "uptime_s": self.said["uptime_s"],
            "heap_free": self.said["heap_free"],
        }

    def _next_json(self) -> dict[str, Any] | None:
        if self.coming is None:
            return None
        due_s, dose = self.coming
        again = bool(self.again(due_s, dose))
        return {"dose": dose, "due": self.local.iso(due_s), "again": again}


def read_status(contact: Contact) -> Status:
    """Ask the box how it is."""
    said = contact.link.call("status")
    return Status(contact, said, read_rows(contact.link), of_contact(contact))


def status_lines(status: Status) -> Iterator[str]:
    """The status for a person: what matters first, faults last."""
    hello = status.contact.hello
    title = title_of(status.contact.lines)
    yield _line("Box", f"{hello.device_id}{f', {title}' if title else ''}")
    yield _line("Clock", _clock(status))
    if not status.contact.lines:
        yield _line("Schedule", "none yet: `dosebell push FILE` gives it one")
    else:
        yield from _reminders(status)
    yield from _warnings(status)


def _reminders(status: Status) -> Iterator[str]:
    names = {dose.id: dose.name for dose in status.contact.plan.doses}
    local = status.local
    calling = [row for row in status.rows if row.calling]
    for row in calling:
        state = "rings" if row.state == RINGING else "is snoozed"
        until = _time(row.closes_s, local)
        yield _line("Now", f"{row.dose} {state}, until {until}: {names[row.dose]}")
    if not calling:
        yield _line("Now", "nothing rings")
    for row in status.rows:
        if row.is_open and not row.calling:
            yield _line("Open", _open(status, row))
    yield _line("Next", _next(status))
    yield _line("Today", ", ".join(_today(each, local) for each in status.today) or "nothing yet")
    for row in status.rows:
        if row.stock is not None:
            yield _line("Stock", f"{row.dose}: {row.stock} left{_low(row, status)}")


def _open(status: Status, row: Row) -> str:
    window, local = status.window_of(row), status.local
    closes_s = window.closes[-1] if window else row.closes_s
    until = f"can be taken until {_time(closes_s, local)}"
    dues = window.dues if window else ()
    later = next((due_s for due_s in dues if due_s > status.contact.now_s), None)
    if row.state != RESTING or later is None:
        return f"{row.dose} {until}"
    return f"{row.dose} rests; rings again at {_time(later, local)}, {until}"


def _warnings(status: Status) -> Iterator[str]:
    for name in status.said["faults"]:
        yield _line("Fault", str(fault(name)))
    if status.zone_ends_soon:
        until = status.local.date(from_unix(status.said["zone_until"]))
        end = day_text(until, year=True)
        yield _line("Time zone", f"clock changes are known until {end}: push your file again")
    if not status.contact.hello.battery_clock:
        yield _line("Power", NO_BATTERY_CLOCK)


def _clock(status: Status) -> str:
    hello = status.contact.hello
    if hello.utc is None:
        return NO_TIME
    moment = status.local.datetime(from_unix(hello.utc))
    shown = f"{day_text(moment.date(), year=True)} {moment:%H:%M:%S}"
    zone = status.contact.plan.zone_name
    trust = TRUST.get(hello.trust, hello.trust)
    if hello.virtual:
        # It may well live at another time, or at another speed.
        return f"{shown}{f' {zone}' if zone else ''}, {trust}"
    apart = difference_text(ahead_of(hello, status.contact.laptop()))
    return f"{shown}{f' {zone}' if zone else ''}, {trust}, {apart}"


def _next(status: Status) -> str:
    if status.coming is None:
        return "nothing is planned"
    due_s, dose = status.coming
    moment = status.local.datetime(due_s)
    wait = duration_text(max(0, due_s - status.contact.now_s))
    if meal := status.again(due_s, dose):
        return f"{dose} again at {meal}, {moment:%H:%M}, in {wait}, if not taken by then"
    return f"{dose} on {day_text(moment.date())} at {moment:%H:%M}, in {wait}"


def _today(each: Outcome, local: LocalTime) -> str:
    at = f" {_time(each.taken_s, local)}" if each.taken_s is not None else ""
    return f"{each.dose} {each.status}{at}"


def _low(row: Row, status: Status) -> str:
    stock = next((dose.stock for dose in status.contact.plan.doses if dose.id == row.dose), None)
    low = stock is not None and row.stock is not None and row.stock <= stock[2]
    return ": time to buy more" if low else ""


def _line(label: str, text: str) -> str:
    return f"{label:<10}{text}"


def _time(utc_s: int | None, local: LocalTime) -> str:
    return "" if utc_s is None else f"{local.datetime(utc_s):%H:%M}"


def _iso(local: LocalTime, unix_s: int | None) -> str | None:
    return None if unix_s is None else local.iso(from_unix(unix_s))


def _row_json(row: Row, window: Window | None, local: LocalTime) -> dict[str, Any]:
    def iso(utc_s: int | None) -> str | None:
        return None if utc_s is None else local.iso(utc_s)

    return {
        "dose": row.dose,
        "state": row.state,
        "open": row.is_open,
        "date": row.date or None,
        "slot": row.slot if row.date else None,
        "due": iso(row.due_s),
        # A meal missed is not the end of it: `closes` is that of the last meal.
        "closes": iso(window.closes[-1] if window else row.closes_s),
        "window_closes": iso(row.closes_s),
        "intake": iso(row.intake_s),
        "stock": row.stock,
    }


def _outcome_json(each: Outcome, local: LocalTime) -> dict[str, Any]:
    at = None if each.taken_s is None else local.iso(each.taken_s)
    return {"dose": each.dose, "slot": each.slot, "status": each.status, "taken_at": at}
