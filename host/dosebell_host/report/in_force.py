"""Which schedules were in force in a period, and how each dose was taken by them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dosebell_host.history.box_log import BoxLog
from dosebell_host.pictures.period import Period, weekday_words
from dosebell_host.schedule.local_time import day_number


class InForceFrom(NamedTuple):
    """A schedule that was in force in the period, from that day on."""

    first_day: int
    revision: str


def in_force(log: BoxLog, period: Period) -> list[InForceFrom]:
    """The schedules of the period, the one that it began with first."""
    pushes = [InForceFrom(day_number(log.local.date(at)), which) for at, which in log.pushes]
    before = [each for each in pushes if each.first_day < period.first_day]
    return [*before[-1:], *(each for each in pushes if each.first_day in period.days)]


def rules(told: Sequence[str], forces: Sequence[InForceFrom]) -> Iterator[str]:
    """How a dose is taken, and how it was before that changed. `told` is the rule of each of the
    schedules, "" where it has no such dose.
    """
    yield told[-1] or "no longer in the schedule"
    for place in range(len(told) - 1, 0, -1):
        if told[place] != told[place - 1]:
            before = told[place - 1] or "not in the schedule"
            yield f"until {weekday_words(forces[place].first_day)}: {before}"
