"""Who lives here, and how it is with each: what the page of the ward reads in a few queries.

All of it is read as rows of the tables of the ward, and judged by the time that is handed in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from dosebell_host.history.store import KnownBox
from dosebell_host.history.tables.tables import Tables
from dosebell_host.pictures.days_bar import DayCounts
from dosebell_host.schedule.local_time import LocalTime, from_unix
from dosebell_host.ward.gateways import SeenGateway, seen_gateways
from dosebell_host.ward.holders import ANYBODY, Holder, holders_on
from dosebell_host.ward.missed_now import missed_at
from dosebell_host.ward.said import RingingDose, SaidNeed, SaidOfBox, read_said
from dosebell_host.ward.zones import WardTime, ward_time

BAR_DAYS = 28
# What a dose is called now stands with one of so many days, unless it has never been due.
_NAMED_DAYS = 7

BOXES = (
    "SELECT boxes.device_id, names.name, heard.gateway, heard.heard_s, heard.said FROM boxes"
    " LEFT JOIN names ON names.device_id = boxes.device_id"
    " LEFT JOIN heard ON heard.device_id = boxes.device_id ORDER BY boxes.device_id"
)
BOX = (
    "SELECT boxes.device_id, board, boxes.usb_serial, revision, seen_at, names.name, heard_s"
    " FROM boxes LEFT JOIN names ON names.device_id = boxes.device_id"
    " LEFT JOIN heard ON heard.device_id = boxes.device_id WHERE boxes.device_id = ?"
)
COUNTED = (
    "SELECT device_id, day, status, COUNT(*) FROM outcomes WHERE day >= ?"
    " GROUP BY device_id, day, status"
)
MISSED = (
    "SELECT device_id, dose, name, day, due_s FROM outcomes"
    f" WHERE {missed_at('?')} ORDER BY due_s, name"
)
# The newest name last.
NAMES = (
    "SELECT device_id, dose, name FROM outcomes WHERE day >= ? AND device_id IN ({})"
    " GROUP BY device_id, dose, name ORDER BY MAX(day), MAX(due_s)"
)


class WardBox(NamedTuple):
    """A box of the ward, what it is called, and when a gateway heard it last, in Unix seconds;
    None for never.
    """

    box: KnownBox
    name: str
    heard_at: float | None


class DoseMissed(NamedTuple):
    """A dose that was missed: what it was called then, its day number, and when it was due, in
    seconds since 2000.
    """

    dose: str
    name: str
    day: int
    due_s: int


@dataclass(frozen=True)
class Resident:
    """A box and whoever has it, as it is now. `heard_at` is in Unix seconds, None where no gateway
    ever heard it; `days` are the last ones, today's last; `local` tells times as the box does, and
    `names` what the doses that ring are called.
    """

    device_id: str
    holder: Holder
    box_name: str
    gateway: str
    heard_at: float | None
    local: LocalTime
    needs: tuple[SaidNeed, ...]
    rings: tuple[RingingDose, ...]
    missed: tuple[DoseMissed, ...]
    days: tuple[DayCounts, ...]
    names: Mapping[str, str]


@dataclass(frozen=True)
class Home:
    """All of it: who has a box today, how many boxes are with nobody, its gateways, and its own
    local time with the day number today.
    """

    residents: tuple[Resident, ...]
    with_nobody: int
    gateways: tuple[SeenGateway, ...]
    local: LocalTime
    today: int

    @property
    def first_day(self) -> int:
        """The day number that the `days` of each begin at."""
        return self.today - BAR_DAYS + 1


def home_of(tables: Tables, now: float) -> Home:
    """Everybody who has a box, by its id; `now` is Unix seconds by this laptop's clock."""
    times = ward_time(tables, now)
    today = times.day(now)
    first_day = today - BAR_DAYS + 1
    rows = tables.rows(BOXES)
    holders = holders_on(tables, today)
    lived = [row for row in rows if _is_lived_with(holders.get(row[0], ANYBODY))]
    said = {row[0]: read_said(row[4] or "") for row in lived}
    ringing = [device_id for device_id, each in said.items() if each.rings]
    noted = _Noted(
        first_day,
        _by_box(tables.rows(COUNTED, first_day)),
        _by_box(tables.rows(MISSED, int(now), int(now))),
        _names(tables, ringing, today - _NAMED_DAYS),
    )
    found = (
        _resident(row, holders.get(row[0], ANYBODY), said[row[0]], noted, times) for row in lived
    )
    gateways = tuple(seen_gateways(tables))
    return Home(tuple(found), len(rows) - len(lived), gateways, times.home, today)


def box_of(tables: Tables, device_id: str) -> WardBox | None:
    """The box of that id; None where the ward has none."""
    rows = tables.rows(BOX, device_id)
    if not rows:
        return None
    *met, name, heard_s = rows[0]
    return WardBox(KnownBox(*met), name or "", _instant(heard_s))


class _Noted(NamedTuple):
    """Of all boxes: rows by device_id, how many outcomes of each status on each day from the first
    one on, what was missed of late, and the names of doses.
    """

    first_day: int
    counted: dict[str, list[tuple[Any, ...]]]
    missed: dict[str, list[tuple[Any, ...]]]
    names: dict[str, dict[str, str]]

    def days_of(self, device_id: str, holder: Holder) -> tuple[DayCounts, ...]:
        by_day: dict[int, list[tuple[str, int]]] = {}
        for day, status, count in self.counted.get(device_id, ()):
            by_day.setdefault(day, []).append((status, count))
        return tuple(
            tuple(sorted(by_day.get(day, ()))) if holder.has(day) else ()
            for day in range(self.first_day, self.first_day + BAR_DAYS)
        )

    def missed_by(self, device_id: str, holder: Holder) -> tuple[DoseMissed, ...]:
        return tuple(
            DoseMissed(dose, name or dose, day, from_unix(due_s))
            for dose, name, day, due_s in self.missed.get(device_id, ())
            if holder.has(day)
        )


def _is_lived_with(holder: Holder) -> bool:
    """All but a box that was said to be with nobody; before the first word nothing was said."""
    return bool(holder.person) or holder.first_day is None


def _resident(
    row: tuple[Any, ...], holder: Holder, said: SaidOfBox, noted: _Noted, times: WardTime
) -> Resident:
    device_id, box_name, gateway, heard_s, _ = row
    return Resident(
        device_id=device_id,
        holder=holder,
        box_name=box_name or "",
        gateway=gateway or "",
        heard_at=_instant(heard_s),
        local=times.boxes.get(device_id) or said.local or times.home,
        needs=said.needs,
        rings=said.rings,
        missed=noted.missed_by(device_id, holder),
        days=noted.days_of(device_id, holder),
        names=noted.names.get(device_id, {}),
    )


def _names(tables: Tables, ringing: list[str], since_day: int) -> dict[str, dict[str, str]]:
    """What the doses of these boxes are called, by box and dose."""
    found: dict[str, dict[str, str]] = {}
    if ringing:
        query = NAMES.format(", ".join("?" * len(ringing)))
        for device_id, dose, name in tables.rows(query, since_day, *ringing):
            found.setdefault(device_id, {})[dose] = name or dose
    return found


def _by_box(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    """The rows by their first column, without it."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for device_id, *row in rows:
        found.setdefault(device_id, []).append(tuple(row))
    return found


def _instant(value: object) -> float | None:
    return None if value is None else float(str(value))
