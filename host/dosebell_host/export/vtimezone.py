"""The zone of a schedule as a VTIMEZONE: the box's own table, so that a calendar shows just what
the box will do, whatever a laptop or a calendar knows of that zone.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from dosebell import civil
from dosebell.plan import Plan
from dosebell.zone import Zone

# No zone changes twice within so long.
_STEP_S = civil.DAY_S // 4
_EPOCH = datetime(2000, 1, 1)


class Shift(NamedTuple):
    """At that instant, in seconds since 2000, the offset from UTC becomes another."""

    at_s: int
    before_s: int
    after_s: int


def vtimezone(plan: Plan, from_s: int, until_s: int) -> Timezone:
    """The zone of the plan with every change of its clocks between two instants."""
    made = Timezone()
    made.add("tzid", plan.zone_name)
    offset_s = plan.zone.local(from_s) - from_s
    # What holds before the first change has no beginning here.
    made.add_component(_observance(Shift(-offset_s, offset_s, offset_s)))
    for shift in _shifts(plan.zone, from_s, until_s):
        made.add_component(_observance(shift))
    return made


def _observance(shift: Shift) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if shift.after_s > shift.before_s else TimezoneStandard()
    # As the clock shows it just before.
    made.add("dtstart", local_text_time(shift.at_s + shift.before_s))
    made.add("tzoffsetfrom", timedelta(seconds=shift.before_s))
    made.add("tzoffsetto", timedelta(seconds=shift.after_s))
    return made


def local_text_time(local_s: int) -> datetime:
    """Seconds of local time since 2000 as a date and time without an offset."""
    return _EPOCH + timedelta(seconds=local_s)


def _shifts(zone: Zone, from_s: int, until_s: int) -> Iterator[Shift]:
    for at_s in range(from_s, until_s, _STEP_S):
        before_s, after_s = _offset_s(zone, at_s), _offset_s(zone, at_s + _STEP_S)
        if before_s != after_s:
            yield Shift(_first_s(zone, at_s, at_s + _STEP_S), before_s, after_s)


def _first_s(zone: Zone, low_s: int, high_s: int) -> int:
    """The first instant with the offset of `high_s`, where `low_s` has another."""
    after_s = _offset_s(zone, high_s)
    while high_s - low_s > 1:
        middle_s = (low_s + high_s) // 2
        if _offset_s(zone, middle_s) == after_s:
            high_s = middle_s
        else:
            low_s = middle_s
    return high_s


def _offset_s(zone: Zone, at_s: int) -> int:
    return zone.local(at_s) - at_s
