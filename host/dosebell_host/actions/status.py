"""How a box is, in plain words: its clock, what rings, what is next, today, stock and faults."""

from dataclasses import dataclass
from typing import Any

from dosebell import civil
from dosebell.plan import Window
from dosebell_host.actions.occurrences import DoseRow, read_rows
from dosebell_host.actions.read_log import of_contact
from dosebell_host.box.clock_sync import ahead_of
from dosebell_host.box.contact import Contact
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.outcomes import Outcome
from dosebell_host.schedule.lines import title_of
from dosebell_host.schedule.local_time import LocalTime, day_number, from_unix

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
    rows: list[DoseRow]
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

    def _rings_after(self, row: DoseRow) -> int | None:
        """When a dose that rings is due next if nobody takes it."""
        window, plan = self.window_of(row), self.contact.plan
        if window is None:
            return None
        if later := [due_s for due_s in window.dues if due_s > self.contact.now_s]:
            return later[0]
        dose = next(each for each in plan.doses if each.id == row.dose)
        after = plan.at_or_after(dose, window.day, window.slot + 1)
        return plan.window(dose, *after).dues[0] if after else None

    def window_of(self, row: DoseRow) -> Window | None:
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


def _iso(local: LocalTime, unix_s: int | None) -> str | None:
    return None if unix_s is None else local.iso(from_unix(unix_s))


def _row_json(row: DoseRow, window: Window | None, local: LocalTime) -> dict[str, Any]:
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
