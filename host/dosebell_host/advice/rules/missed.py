"""Missed doses: how close to the next dose the box still asks for the one before.

It asks until `late` after the last meal or time, and no longer than until the next window opens:
`early` before the next dose, but not before half-way. What somebody takes early they take on their
own account; the box warns then of what comes too soon, and this rule is about what it asks for.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from dosebell_host.advice.findings import ERROR, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import Item
from dosebell_host.advice.moments import DAY_MIN, MealCalendar, steps_of
from dosebell_host.reference.units import minutes_text
from dosebell_host.schedule.catch_up import meals_in_force
from dosebell_host.schedule.model import DoseEntry
from dosebell_host.schedule.values import time_text

# Of a medicine these checks know no such time.
_LEAFLET = (
    "Its leaflet says how late a missed one may still be taken: write that as late. Never two at"
    " once."
)


class Follow(NamedTuple):
    """One intake and the next, in minutes from the midnight before the first of them.

    `first` and `last` are when the earlier one rings first and last, `then` when the next does.
    """

    first: int
    last: int
    then: int

    def opens(self, dose: DoseEntry) -> float:
        """When the next may be taken: early, but not before half-way from the ring before."""
        return max(self.then - dose.early_s / 60, (self.last + self.then) / 2)

    def closes(self, dose: DoseEntry) -> float:
        """Until when the earlier one may be taken."""
        return min(self.last + dose.late_s / 60, self.opens(dose))

    @property
    def half(self) -> float:
        """Half the time from due to due."""
        return (self.then - self.first) / 2

    def spare(self, dose: DoseEntry) -> float:
        """Minutes from the end of the catch-up to the next dose, beyond half the time."""
        return self.then - self.closes(dose) - self.half


def doubled(intake: Intake) -> Iterator[Seen]:
    """MISS-DOUBLE."""
    times = MealCalendar(intake.schedule)
    for item in intake.items:
        follows = _of_times(item) if item.dose.at else _of_meals(item, intake, times)
        closest = min(follows, key=lambda follow: (follow.spare(item.dose), follow.first))
        if closest.spare(item.dose) < 0:
            message = _LEAFLET if item.dose.medicine else ""
            seen = _seen(item.dose, closest)
            yield Seen(_severity(item.dose), (item.id,), seen, message=message)


def _severity(dose: DoseEntry) -> str:
    """How bad two at once would be.

    Of what nobody knows the contents, as of drops for the eyes, nobody knows the harm. And a
    vitamin that falls back to a later meal does what this program proposes: it is only late.
    """
    if dose.medicine or dose.prescribed:
        return ERROR
    return ERROR if dose.contents and len(dose.with_meals) < 2 else WARNING


def _of_times(item: Item) -> set[Follow]:
    times = item.dose.at
    following = pairwise([*times, times[0] + item.gap_days * DAY_MIN])
    return {Follow(one, one, then) for one, then in following}


def _of_meals(item: Item, intake: Intake, times: MealCalendar) -> set[Follow]:
    """The first and the last meal decide; those between are closed in by them."""
    meals = meals_in_force(intake.schedule, item.dose)
    return {
        Follow(first, last, then + gap_days * DAY_MIN)
        for weekday, gap_days in steps_of(item.dose.days, item.gap_days)
        for first, last, then in times.following(meals[0], meals[-1], weekday, gap_days)
    }


def _seen(dose: DoseEntry, follow: Follow) -> str:
    closes = follow.closes(dose)
    until, then = (time_text(int(minute) % DAY_MIN) for minute in (closes, follow.then))
    left, half = (minutes_text(int(minutes)) for minutes in (follow.then - closes, follow.half))
    fewer = ", or name fewer meals" if len(dose.with_meals) > 1 else ""
    shorten = "" if dose.medicine else f", so shorten late{fewer}"
    return (
        f"asked for until {until}, {left} before the next at {then}; half the time between two"
        f" is {half}{shorten}"
    )
