"""How a box is: its clock, what rings, what is next, today, stock and faults."""

from dataclasses import dataclass
from typing import Any

from dosebell import civil, record
from dosebell.plan import Plan, Window
from dosebell_host.actions.doses.stocks import outlook_of
from dosebell_host.actions.next_due import NextDue, next_due, window_of
from dosebell_host.actions.occurrences import read_rows
from dosebell_host.actions.read_log import of_contact
from dosebell_host.box.clock_verdict import ahead_of
from dosebell_host.box.contact import Contact
from dosebell_host.box.hello import Hello
from dosebell_host.box.replies import BoxStatus, DoseRow
from dosebell_host.history import box_log
from dosebell_host.history.outcomes import Outcome, of_late
from dosebell_host.schedule.lines import keys_beyond, number_of, title_of
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
    """A box as it was when it was asked. `said` is what it said of itself, `now_s` its time then
    or else this laptop's, in seconds since 2000, and `lines` are those of the schedule in force.

    `ahead_s` is how far its clock is ahead of this laptop's, None while it is unset.
    """

    hello: Hello
    said: BoxStatus
    rows: list[DoseRow]
    lines: list[str]
    plan: Plan
    local: LocalTime
    now_s: int
    ahead_s: float | None
    today: list[Outcome]
    # Of whichever day, what ended within the last one: at midnight nobody is needed any less.
    of_late: list[Outcome]
    coming: NextDue | None

    @property
    def zone_until_s(self) -> int | None:
        """Until when the box knows the changes of the clocks; None without a schedule."""
        return self.said.zone_until_s if self.lines else None

    @property
    def zone_ends_soon(self) -> bool:
        until_s = self.zone_until_s
        return until_s is not None and until_s - self.now_s < WARN_BEFORE_S

    @property
    def unknown_to_box(self) -> list[str]:
        """The keys of its schedule that this box passes over, as after a rollback."""
        return keys_beyond(self.hello.features, self.lines)

    def to_json(self) -> dict[str, Any]:
        hello, local = self.hello, self.local
        return {
            "device_id": hello.device_id,
            "firmware": hello.firmware,
            "board": hello.board,
            "revision": hello.revision or None,
            "title": title_of(self.lines) or None,
            "timezone": self.plan.zone_name or None,
            "clock": {
                "at": None if hello.utc is None else local.iso(from_unix(hello.utc)),
                "trust": hello.trust,
                "ahead_s": None if self.ahead_s is None else round(self.ahead_s, 1),
                "battery": hello.battery_clock,
            },
            "answer": "each" if self.plan.each else "all",
            "unknown_to_box": self.unknown_to_box,
            "ringing": [row.dose for row in self.rows if row.calling],
            "next": None if self.coming is None else _next_json(self.coming, local),
            "doses": [self._row_json(row) for row in self.rows],
            "today": [box_log.outcome_json(each, local) for each in self.today],
            "faults": list(self.said.faults),
            "zone_until": _iso(local, self.zone_until_s),
            "uptime_s": self.said.uptime_s,
            "heap_free": self.said.heap_free,
        }

    def _row_json(self, row: DoseRow) -> dict[str, Any]:
        window, dose = window_of(self.plan, row), self.plan.dose(row.dose)
        return _row_json(row, window, self.local) | {
            "number": number_of(self.plan, dose) if dose else None,
            "place": (dose.place(window.day, window.slot) or None) if dose and window else None,
            **self._stock_json(row),
        }

    def _stock_json(self, row: DoseRow) -> dict[str, Any]:
        """What is left, and how long that lasts; nothing of a dose that is not counted."""
        outlook = outlook_of(self.plan, row, self.now_s)
        if outlook is None:
            return dict.fromkeys(("low", "is_low", "is_empty", "days_left"))
        return {
            "low": outlook.low,
            "is_low": outlook.is_low,
            "is_empty": outlook.is_empty,
            "days_left": outlook.days_left,
        }


def read_status(contact: Contact) -> Status:
    """Ask the box how it is."""
    said = contact.client.status()
    rows = read_rows(contact)
    today = day_number(contact.local.date(contact.now_s))
    found = of_contact(contact, box_log.today).outcomes
    return Status(
        hello=contact.hello,
        said=said,
        rows=rows,
        lines=contact.lines,
        plan=contact.plan,
        local=contact.local,
        now_s=contact.now_s,
        ahead_s=ahead_of(contact.hello, contact.laptop()),
        today=told_of_day(
            [each for each in found if each.day == today],
            [row for row in rows if row.date == civil.iso(today)],
        ),
        of_late=of_late(found, contact.now_s),
        coming=next_due(contact.plan, rows, said.next, contact.now_s),
    )


def told_of_day(found: list[Outcome], rows: list[DoseRow]) -> list[Outcome]:
    """Those of one day, without what an edit of the schedule cancelled where it put another one in
    its place: of one dose and time only one thing is so. `rows` are those of that day.
    """
    asked = {(row.dose, row.slot) for row in rows}
    stands = {(e.dose, e.slot) for e in found if e.state != record.CANCELLED}
    return [
        each
        for each in found
        if each.state != record.CANCELLED or (each.dose, each.slot) not in stands | asked
    ]


def _iso(local: LocalTime, utc_s: int | None) -> str | None:
    return None if utc_s is None else local.iso(utc_s)


def _next_json(coming: NextDue, local: LocalTime) -> dict[str, Any]:
    due = local.iso(coming.due_s)
    return {"dose": coming.dose, "due": due, "again": bool(coming.again_at)}


def _row_json(row: DoseRow, window: Window | None, local: LocalTime) -> dict[str, Any]:
    return {
        "dose": row.dose,
        "state": row.state,
        "open": row.is_open,
        "date": row.date or None,
        "slot": row.slot if row.date else None,
        "due": _iso(local, row.due_s),
        # A meal missed is not the end of it: `closes` is that of the last meal.
        "closes": _iso(local, window.closes[-1] if window else row.closes_s),
        "window_closes": _iso(local, row.closes_s),
        "intake": _iso(local, row.intake_s),
        "stock": row.stock,
    }
