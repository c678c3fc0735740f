"""The same doses as users of other libraries write them, each in its natural way.

All of them know the zone. What they give is Unix seconds, in order, for each dose.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

Instants = dict[str, list[float]]


@dataclass(frozen=True)
class Rule:
    """One dose: at a time of day, on days as the schedule file, cron and RFC 5545 write them."""

    ident: str
    at: str
    days: str = '"daily"'
    cron: str = "* * *"
    rrule: str = "FREQ=DAILY"

    @property
    def hour(self) -> int:
        return int(self.at[:2])

    @property
    def minute(self) -> int:
        return int(self.at[3:])


@dataclass(frozen=True)
class Task:
    """The rules whose instants in [begin, end) are wanted; both are midnights of the zone."""

    rules: list[Rule]
    zone: str
    begin: datetime
    end: datetime

    @classmethod
    def years(cls, rules: list[Rule], zone: str, first: int, count: int) -> "Task":
        begin, end = (
            datetime(year, 1, 1, tzinfo=ZoneInfo(zone)) for year in (first, first + count)
        )
        return cls(rules, zone, begin, end)

    def first(self, rule: Rule) -> datetime:
        """The rule's time on the first date."""
        return self.begin.replace(hour=rule.hour, minute=rule.minute)

    @property
    def last(self) -> datetime:
        return self.end - timedelta(seconds=1)


def dateutil(task: Task) -> Callable[[], Instants]:
    from dateutil.rrule import rrulestr

    def instants() -> Instants:
        return {rule.ident: [each.timestamp() for each in dates(rule)] for rule in task.rules}

    def dates(rule: Rule) -> Any:
        return rrulestr(rule.rrule, dtstart=task.first(rule)).replace(until=task.last)

    return instants


def croniter(task: Task) -> Callable[[], Instants]:
    from croniter import croniter as cron

    # It gives what comes after its start.
    start = task.begin - timedelta(seconds=1)
    end_s = task.end.timestamp()

    def instants() -> Instants:
        return {rule.ident: list(takewhile(is_within, times(rule))) for rule in task.rules}

    def is_within(at_s: float) -> bool:
        return at_s < end_s

    def times(rule: Rule) -> Any:
        return cron(f"{rule.minute} {rule.hour} {rule.cron}", start).all_next(float)

    return instants


def icalendar(task: Task) -> Callable[[], Instants]:
    import recurring_ical_events
    from icalendar import Calendar

    calendar = Calendar.from_ical("\r\n".join(_calendar_lines(task)))

    def instants() -> Instants:
        found: Instants = {rule.ident: [] for rule in task.rules}
        for event in recurring_ical_events.of(calendar).between(task.begin, task.end):
            found[str(event["UID"])].append(event["DTSTART"].dt.timestamp())
        return {ident: sorted(times) for ident, times in found.items()}

    return instants


def _calendar_lines(task: Task) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    for rule in task.rules:
        yield "BEGIN:VEVENT"
        yield f"UID:{rule.ident}"
        yield f"DTSTART;TZID={task.zone}:{task.first(rule):%Y%m%dT%H%M%S}"
        yield f"RRULE:{rule.rrule}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


# By the names that people install them under.
ALTERNATIVES: dict[str, Callable[[Task], Callable[[], Instants]]] = {
    "dateutil.rrule": dateutil,
    "croniter": croniter,
    "recurring-ical-events": icalendar,
}
