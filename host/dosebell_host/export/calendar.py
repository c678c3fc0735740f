"""What is planned, as a calendar: an event an occurrence, for other calendars to show.

An event is named by box, dose, date and time of day. So a dose at another time is another event,
and the one before it is told as cancelled where the calendar was written before: programs that
import a file know by that what fell away. The same name with other words is the same event again,
with the next SEQUENCE. What did not change keeps its bytes, so that two exports of one schedule
are equal. What is over, and what lies beyond the days that are asked for, is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar import Alarm, Calendar, Event

from dosebell import civil
from dosebell.dose import Dose
from dosebell.plan import Plan, Window
from dosebell_host import __version__
from dosebell_host.export.vtimezone import local_text_time, vtimezone
from dosebell_host.schedule.local_time import LocalTime, date_of, day_number
from dosebell_host.trial.preview import DAYS, check_days, windows

# So long an event stands in a calendar. How long the box waits stands in its description.
_SHOWN = timedelta(minutes=15)
_DOMAIN = "@dosebell"
_CANCELLED = "CANCELLED"
_UID_DATE = re.compile(r"-(\d{8})-\d{4}-", re.ASCII)


@dataclass(frozen=True)
class CalendarPlan:
    """What a calendar is made from. `who` names the box in each event, for ever; `takes` says how
    much of each dose; `stamp_s` is when this schedule came, in seconds since 2000.
    """

    plan: Plan
    title: str
    who: str
    takes: dict[str, str]
    first: date
    days: int
    stamp_s: int
    alarm: bool = False


class Written(NamedTuple):
    """A calendar as a file, and how many events of it are planned."""

    data: bytes
    events: int


class _OfDay(NamedTuple):
    """An event, and the day number it is of."""

    event: Event
    day: int


def written(planned: CalendarPlan, before: bytes = b"") -> Written:
    """The calendar, told to those who know it as it was `before`, b"" for nobody does.

    Raises `UsageError` for so many days that nobody plans them.
    """
    check_days(planned.days)
    kept = _kept(planned, before)
    first_day = day_number(planned.first)
    end_day = first_day + planned.days
    # What was told of later days may have fallen away as well.
    last_kept = max((each.day for each in kept.values()), default=0)
    days = min(max(planned.days, last_kept + 1 - first_day), DAYS[1])
    events = {str(each.event["uid"]): each for each in _events(planned, days)}
    shown = [
        _told(each, kept.get(uid), planned) for uid, each in events.items() if each.day < end_day
    ]
    gone = [_gone(each, planned) for uid, each in kept.items() if uid not in events]
    return Written(_calendar(planned, [*shown, *gone], days).to_ical(), len(shown))


def _calendar(planned: CalendarPlan, events: list[Event], days: int) -> Calendar:
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//dosebell//dosebell {__version__}//EN")
    if planned.title:
        made.add("x-wr-calname", planned.title)
    begins_s = planned.plan.zone.instant(day_number(planned.first) * civil.DAY_S)
    ends_s = begins_s + (days + planned.plan.zone.slack_days + 1) * civil.DAY_S
    made.add_component(vtimezone(planned.plan, begins_s - civil.DAY_S, ends_s))
    for event in events:
        made.add_component(event)
    return made


def _events(planned: CalendarPlan, days: int) -> Iterator[_OfDay]:
    """By due, as the preview has them; what an exception switches off does not ring."""
    found = [
        (window.dues[0], dose, window)
        for dose in planned.plan.doses
        for window in windows(planned.plan, dose, planned.first, days)
        if not window.off
    ]
    found.sort(key=lambda each: each[0])
    for _due_s, dose, window in found:
        yield _OfDay(_event(planned, dose, window), window.day)


def _event(planned: CalendarPlan, dose: Dose, window: Window) -> Event:
    zone = planned.plan.zone
    moment = local_text_time(zone.local(window.dues[0]))
    name = f"{dose.id}-{date_of(window.day):%Y%m%d}-{moment:%H%M}-{planned.who}{_DOMAIN}"
    made = Event()
    made.add("uid", name)
    made.add("summary", dose.name)
    made.add("description", "\n".join(_description(planned, dose, window)))
    made.add("dtstart", moment, parameters={"TZID": planned.plan.zone_name})
    made.add("duration", _SHOWN)
    made.add("transp", "TRANSPARENT")
    if planned.alarm:
        made.add_component(_alarm(dose.name))
    return made


def _description(planned: CalendarPlan, dose: Dose, window: Window) -> Iterator[str]:
    local = LocalTime(planned.plan.zone)
    if take := planned.takes.get(dose.id):
        yield take
    if dose.meals:
        meals = [planned.plan.meals[meal][0] for meal in dose.meals]
        others = zip(meals[1:], window.dues[1:], strict=True)
        later = [f"else with {meal} at {local.clock(due_s)}" for meal, due_s in others]
        yield ", ".join([f"With {meals[0]}", *later]) + "."
    clocks = (local.clock_on(window.day, at_s) for at_s in (window.opens, window.closes[-1]))
    yield "From {} to {}.".format(*clocks)


def _alarm(name: str) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", name)
    made.add("trigger", timedelta())
    return made


def _told(each: _OfDay, before: _OfDay | None, planned: CalendarPlan) -> Event:
    """The event with its number and time: those of before, where it is still as it was."""
    if before is None:
        return _stamped(each.event, 0, _stamp(planned))
    sequence, stamp = _sequence(before.event), before.event["dtstamp"].dt
    again = _stamped(each.event, sequence, stamp)
    if again.to_ical() == before.event.to_ical():
        return again
    return _stamped(again, sequence + 1, max(stamp, _stamp(planned)))


def _gone(before: _OfDay, planned: CalendarPlan) -> Event:
    """The event told as cancelled; what was told so already stays so."""
    event = before.event
    if event.get("status") == _CANCELLED:
        return event
    event.subcomponents.clear()
    event["status"] = _CANCELLED
    return _stamped(event, _sequence(event) + 1, max(event["dtstamp"].dt, _stamp(planned)))


def _stamped(event: Event, sequence: int, stamp: datetime) -> Event:
    for key in ("sequence", "dtstamp"):
        event.pop(key, None)
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    return event


def _stamp(planned: CalendarPlan) -> datetime:
    return datetime.fromtimestamp(planned.stamp_s + civil.UNIX_2000, UTC)


def _sequence(event: Event) -> int:
    return int(event.get("sequence", 0))


def _kept(planned: CalendarPlan, before: bytes) -> dict[str, _OfDay]:
    """What that file has of this box and is not over yet; nothing where it is no calendar."""
    try:
        calendar = Calendar.from_ical(before) if before else Calendar()
    except (ValueError, KeyError, IndexError):
        return {}
    ending, first_day = f"-{planned.who}{_DOMAIN}", day_number(planned.first)
    found = {}
    for event in calendar.walk("VEVENT"):
        uid = str(event.get("uid", ""))
        day = _day_of(uid) if uid.endswith(ending) and _is_whole(event) else None
        if day is not None and day >= first_day:
            found[uid] = _OfDay(event, day)
    return found


def _is_whole(event: Event) -> bool:
    return isinstance(getattr(event.get("dtstamp"), "dt", None), datetime) and "dtstart" in event


def _day_of(uid: str) -> int | None:
    match = _UID_DATE.search(uid)
    try:
        return day_number(datetime.strptime(match[1], "%Y%m%d").date()) if match else None
    except ValueError:
        return None
