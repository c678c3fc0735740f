"""What a schedule will do: its occurrences, computed by the device's own scheduler.

Nothing here knows a rule of the calendar: the compiled lines go through the very code that runs
in the box, so what is previewed is what will ring.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from dosebell import civil
from dosebell.dose import Dose
from dosebell.plan import Plan, Window
from dosebell_host.errors import UsageError
from dosebell_host.history.run_out import midnight_s, run_out_day
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.local_time import LocalTime, date_of, day_number
from dosebell_host.schedule.plan_file import PlanFile, load

DAYS = (1, 3660)

BEYOND_TABLE = (
    "From 2050 on the box knows no clock changes: what is shown for then may be an hour off."
)

# A dose that an exception switches off without a word of why.
OFF = "off"


class Ring(NamedTuple):
    """One meal of an occurrence (`meal` is None for fixed times); instants since 2000."""

    meal: str | None
    due_s: int
    closes_s: int


class PlannedOccurrence(NamedTuple):
    """One occurrence, with the ring it begins with and those it falls back to."""

    dose: Dose
    day: int
    slot: int
    opens_s: int
    rings: tuple[Ring, ...]
    # Why it will be skipped, or None where it rings.
    skipped: str | None

    @property
    def due_s(self) -> int:
        return self.rings[0].due_s


@dataclass(frozen=True)
class StockForecast:
    """When a dose's stock is used up: the date it no longer covers, or None within the horizon."""

    dose: Dose
    count: int
    runs_out: date | None


class Preview(NamedTuple):
    """The occurrences of the dates [first, first + days), by due, and how long the stock lasts
    that the file counts on the day `counted`.
    """

    file: PlanFile
    first: date
    days: int
    occurrences: list[PlannedOccurrence]
    stock: list[StockForecast]
    counted: date

    @property
    def doubt(self) -> str:
        """What a reader should know of what lies past the end of the device's zone table; "" where
        nothing does.
        """
        until_s = self.file.plan.zone.until
        return BEYOND_TABLE if any(each.due_s >= until_s for each in self.occurrences) else ""

    def to_json(self) -> dict[str, Any]:
        local = self.file.local
        return {
            "items": [_item(each, local) for each in self.occurrences],
            "stock": [
                {"dose": each.dose.id, "runs_out": each.runs_out and each.runs_out.isoformat()}
                for each in self.stock
            ],
        }


def preview_file(path: Path, first: str | None, days: int, at_s: int) -> Preview:
    """The preview of a file from the date `first` on, as it was typed; None for that of `at_s`
    (seconds since 2000). Raises `UserError` with what is wrong with the file.
    """
    return preview_of(load(path), first, days, at_s)


def preview_of(file: PlanFile, first: str | None, days: int, at_s: int) -> Preview:
    """As `preview_file`, of one that was read already."""
    today = file.local.date(at_s)
    if first is None:
        return preview(file, today, days, today)
    from dosebell_host.schedule.typed.asked_date import asked_date

    return preview(file, asked_date(first, "--from", today), days, today)


def preview(file: PlanFile, first: date, days: int, today: date | None = None) -> Preview:
    """Every occurrence whose date is in [first, first + days), and the stock as of `today`, or as
    of `first` where that is earlier. Raises `UsageError` on bad days.
    """
    check_days(days)
    found = [
        _occurrence(file, dose, window)
        for dose in file.plan.doses
        for window in windows(file.plan, dose, first, days)
    ]
    # The sort is stable, so what is due together stays in the order of the file.
    found.sort(key=lambda occurrence: occurrence.due_s)
    # What is left is counted now, however late the days are that are looked at.
    counted = min(first, today or first)
    stock = [_stock(file.plan, dose, counted) for dose in file.plan.doses if dose.stock]
    return Preview(file, first, days, found, stock, counted)


def check_days(days: int) -> None:
    """Raise `UsageError` for so many days that nobody looks at them."""
    if not DAYS[0] <= days <= DAYS[1]:
        fix = f"write {DAYS[0]} to {DAYS[1]}"
        raise UsageError(f"{days} days cannot be previewed", where="--days", fix=fix)


def windows(plan: Plan, dose: Dose, first: date, days: int) -> Iterator[Window]:
    """The occurrences of a dose whose dates are in [first, first + days), in order."""
    start, end = day_number(first), day_number(first) + days
    # What is due just at the last midnight can still bear the date before: a zone change that
    # skips an hour at midnight pushes it there.
    begins_s, ends_s = midnight_s(plan, start), midnight_s(plan, end) + 1
    for _due, day, slot in occurrences(plan, dose, begins_s, ends_s):
        if start <= day < end:
            yield plan.window(dose, day, slot)


def _occurrence(file: PlanFile, dose: Dose, window: Window) -> PlannedOccurrence:
    names = [file.plan.meals[meal][0] for meal in dose.meals] if dose.meals else [None]
    rings = tuple(map(Ring, names, window.dues, window.closes))
    reason = _reason(file, date_of(window.day)) if window.off else None
    return PlannedOccurrence(dose, window.day, window.slot, window.opens, rings, reason)


def _reason(file: PlanFile, day: date) -> str:
    """Why nothing rings that day: the device needs no reasons, so the file is asked."""
    for entry in file.schedule.exceptions:
        if entry.off and entry.first <= day <= entry.last:
            return entry.reason or OFF
    return OFF


def _stock(plan: Plan, dose: Dose, today: date) -> StockForecast:
    """The first date that the stock no longer covers, when it is full as written on `today`."""
    count = dose.stock[0] if dose.stock else 0
    start_s = midnight_s(plan, day_number(today))
    day = run_out_day(plan, dose, count, start_s, DAYS[1])
    return StockForecast(dose, count, None if day is None else date_of(day))


def _item(occurrence: PlannedOccurrence, local: LocalTime) -> dict[str, Any]:
    first, *others = occurrence.rings
    item: dict[str, Any] = {
        "dose": occurrence.dose.id,
        "date": civil.iso(occurrence.day),
        "slot": occurrence.slot,
        "meal": first.meal,
        "opens": local.iso(occurrence.opens_s),
        "due": local.iso(first.due_s),
        "closes": local.iso(first.closes_s),
        "place": occurrence.dose.place(occurrence.day, occurrence.slot) or None,
        "fallback": [
            {"meal": ring.meal, "due": local.iso(ring.due_s), "closes": local.iso(ring.closes_s)}
            for ring in others
        ],
    }
    if occurrence.skipped is not None:
        item["skipped"] = occurrence.skipped
    return item
