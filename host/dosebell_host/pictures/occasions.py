"""Outcomes by the clock on the wall: when each was due, could be taken, and was.

Minutes are counted from the midnight that begins the date of the occurrence, by the zone that was
set then; an intake after the next midnight has more than 1440.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dosebell import record
from dosebell.plan import Plan
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.outcomes import Outcome
from dosebell_host.schedule.local_time import LocalTime, day_number


class Occasion(NamedTuple):
    """An outcome and its times of day; None where nobody here knows them."""

    outcome: Outcome
    taken_min: int | None = None
    due_min: int | None = None
    opens_min: int | None = None
    closes_min: int | None = None

    @property
    def day(self) -> int:
        return self.outcome.day


def occasions(log: BoxLog, shown: Iterable[Outcome]) -> Iterator[Occasion]:
    """Each of the outcomes but those that were cancelled, which were none."""
    walls = Walls(log)
    for each in shown:
        if each.state != record.CANCELLED:
            yield _occasion(each, *walls.at(each.due_s))


class Walls:
    """Which schedule was in force at an instant, and the clock on the wall then."""

    def __init__(self, log: BoxLog) -> None:
        pushes = sorted(log.pushes)
        self._since = [since_s for since_s, _ in pushes]
        self._plans = [log.plans.get(revision) for _, revision in pushes]
        self._locals = [LocalTime(plan.zone) if plan else log.local for plan in self._plans]
        self._usual = log.local

    def at(self, instant_s: int | None) -> tuple[Plan | None, LocalTime]:
        """The schedule, None where this laptop never saw it, and the local time."""
        place = 0 if instant_s is None else bisect_right(self._since, instant_s)
        return (self._plans[place - 1], self._locals[place - 1]) if place else (None, self._usual)


def _occasion(outcome: Outcome, plan: Plan | None, local: LocalTime) -> Occasion:
    def minutes(instant_s: int | None) -> int | None:
        return None if instant_s is None else minutes_of(local, outcome.day, instant_s)

    due_s = outcome.due_s
    dose = plan.dose(outcome.dose) if plan is not None else None
    place = plan.at(dose, due_s) if plan and dose and due_s is not None else None
    window = plan.window(dose, *place) if plan and dose and place else None
    return Occasion(
        outcome,
        minutes(outcome.taken_s),
        minutes(due_s),
        minutes(None if window is None else window.opens),
        minutes(None if window is None else window.closes[-1]),
    )


def minutes_of(local: LocalTime, day: int, instant_s: int) -> int:
    """The time of day as minutes since the midnight that begins a day."""
    moment = local.datetime(instant_s)
    return (day_number(moment.date()) - day) * 1440 + moment.hour * 60 + moment.minute


def clock_words(minutes: int) -> str:
    """Such as `07:30`, and `00:20 next day`."""
    days, left = divmod(minutes, 1440)
    clock = f"{left // 60:02}:{left % 60:02}"
    if not days:
        return clock
    which = {1: "next day", -1: "day before"}.get(days, f"{days:+} days")
    return f"{clock} {which}"
