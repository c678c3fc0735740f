"""What a schedule means, written a second time: plain, slow, with nothing of the product in it.

The device reckons with integers and a table of offsets. This module reads the same schedule as
`tomllib` gives it and asks `datetime` and `zoneinfo` instead, one day and one dose at a time, so
that a mistake in the one is unlikely to be repeated in the other.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Table = dict[str, Any]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
DEFAULT_EARLY = "1h"
DEFAULT_LATE = "3h"
SECOND = timedelta(seconds=1)

# The month after one with a given day may lack that day, the one after it never does.
LONGEST_MONTHDAY_GAP_DAYS = 62


@dataclass(frozen=True)
class Occurrence:
    """One instance of a dose; `meal`, `due` and `closes` are those of its first window.

    `fallback` holds (meal, due, closes) of each later window, which opens at its own due.
    All instants are aware and in UTC; `date` is the local date the rule names.
    """

    dose: str
    date: date
    slot: int
    meal: str | None
    opens: datetime
    due: datetime
    closes: datetime
    fallback: list[tuple[str, datetime, datetime]]
    off: bool


@dataclass
class _Candidate:
    """An occurrence before its neighbours are known: when it is due, but not yet how long."""

    date: date
    slot: int
    meals: list[str | None]
    dues: list[datetime]
    opens: datetime = field(default=datetime.max.replace(tzinfo=UTC))


def occurrences(schedule: Table, first: date, days: int) -> list[Occurrence]:
    """Every occurrence dated in [first, first + days), by due, then in the file's order."""
    found = [
        occurrence
        for dose in schedule["dose"]
        for occurrence in _occurrences_of(schedule, dose, first, days)
    ]
    return sorted(found, key=lambda occurrence: occurrence.due)


def _occurrences_of(schedule: Table, dose: Table, first: date, days: int) -> Iterator[Occurrence]:
    # A window leans on its neighbours, so the search starts early and ends late enough to find
    # them, and one more in each direction, in case a neighbour falls on another one's instant.
    reach = 2 * _longest_gap_days(dose) + 1
    row = _row(schedule, dose, first - timedelta(days=reach), days + 2 * reach)
    for index, candidate in enumerate(row):
        if first <= candidate.date < first + timedelta(days=days):
            following = row[index + 1] if index + 1 < len(row) else None
            yield _occurrence(schedule, dose, candidate, following)


def _row(schedule: Table, dose: Table, first: date, days: int) -> list[_Candidate]:
    """The candidates of one dose in the order of (date, slot), each with its opening."""
    early = duration(dose.get("early", DEFAULT_EARLY))
    row: list[_Candidate] = []
    for candidate in _candidates(schedule, dose, first, days):
        previous = row[-1] if row else None
        # What falls on the instant of the one before is that occurrence, not another.
        if previous is not None and previous.dues[0] == candidate.dues[0]:
            continue
        candidate.opens = candidate.dues[0] - early
        if previous is not None:
            candidate.opens = max(candidate.opens, _midpoint(previous.dues[-1], candidate.dues[0]))
        row.append(candidate)
    return row


def _candidates(schedule: Table, dose: Table, first: date, days: int) -> Iterator[_Candidate]:
    zone = ZoneInfo(schedule["timezone"])
    for day in (first + timedelta(days=n) for n in range(days)):
        if not falls_on(dose, day):
            continue
        if "with" in dose:
            times = [meal_time(schedule, meal, day) for meal in dose["with"]]
            dues = [first_instant(datetime.combine(day, t), zone) for t in times]
            yield _Candidate(day, 0, list(dose["with"]), dues)
        else:
            for slot, t in enumerate(sorted({clock_time(text) for text in dose["at"]})):
                due = first_instant(datetime.combine(day, t), zone)
                yield _Candidate(day, slot, [None], [due])


def _occurrence(
    schedule: Table, dose: Table, candidate: _Candidate, following: _Candidate | None
) -> Occurrence:
    late = duration(dose.get("late", DEFAULT_LATE))
    closes = []
    for index, due in enumerate(candidate.dues):
        limits = [due + late, *candidate.dues[index + 1 : index + 2]]
        if following is not None:
            limits.append(following.opens)
        closes.append(min(limits))
    windows = list(zip(candidate.meals, candidate.dues, closes, strict=True))
    return Occurrence(
        dose=dose["id"],
        date=candidate.date,
        slot=candidate.slot,
        meal=candidate.meals[0],
        opens=candidate.opens,
        due=candidate.dues[0],
        closes=closes[0],
        fallback=[(str(meal), due, close) for meal, due, close in windows[1:]],
        off=any(entry.get("off", False) for entry in exceptions_on(schedule, candidate.date)),
    )


def falls_on(dose: Table, day: date) -> bool:
    """Whether the dose's rule names this local date."""
    if not dose.get("start", date.min) <= day <= dose.get("end", date.max):
        return False
    days = dose["days"]
    if days == "daily":
        return True
    if isinstance(days, list):
        return WEEKDAYS[day.weekday()] in days
    if "monthdays" in days:
        last = calendar.monthrange(day.year, day.month)[1]
        return any(day.day == (last if n == -1 else n) for n in days["monthdays"])
    passed: int = (day - dose["start"]).days
    if "every" in days:
        return bool(passed % days["every"] == 0)
    return bool(passed % (days["on"] + days["off"]) < days["on"])


def _longest_gap_days(dose: Table) -> int:
    """No two neighbouring dates of the dose lie further apart than this."""
    days = dose["days"]
    if days == "daily":
        return 1
    if isinstance(days, list):
        return 7
    if "monthdays" in days:
        return LONGEST_MONTHDAY_GAP_DAYS
    return int(days["every"] if "every" in days else days["off"] + 1)


def exceptions_on(schedule: Table, day: date) -> list[Table]:
    """The exceptions in force on this local date, in the file's order."""
    return [entry for entry in schedule.get("except", []) if entry["from"] <= day <= entry["to"]]


def meal_time(schedule: Table, meal: str, day: date) -> time:
    """When this meal is eaten on this local date: an exception beats the weekday, it the rest."""
    for entry in exceptions_on(schedule, day):
        if meal in entry.get("meals", {}):
            return clock_time(entry["meals"][meal])
    usual = schedule["meals"][meal]
    if isinstance(usual, str):
        return clock_time(usual)
    weekday = WEEKDAYS[day.weekday()]
    return clock_time(usual[weekday] if weekday in usual else usual["at"])


def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first UTC instant at which a clock in `zone` shows `wall` (naive) or a later time."""
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _shown(instant, zone) == wall:
        return instant
    # No clock ever shows `wall`: it lies in a gap. Fold 0 reckoned with the offset from before
    # the gap, so `instant` is past it, and two days earlier is before any gap there ever was.
    before, after = instant - timedelta(days=2), instant
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if _shown(middle, zone) >= wall:
            after = middle
        else:
            before = middle
    return after


def _shown(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


def _midpoint(earlier: datetime, later: datetime) -> datetime:
    return earlier + (later - earlier) // SECOND // 2 * SECOND


def clock_time(text: str) -> time:
    """The time of day written as "07:30"."""
    hours, minutes = text.split(":")
    return time(int(hours), int(minutes))


def duration(text: str) -> timedelta:
    """The length written as "90m", "3h", "14d" or "1h30m"."""
    parts = re.findall(r"(\d+)\s*([smhd])", text)
    return sum((timedelta(**{UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
