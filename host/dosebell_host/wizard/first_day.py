"""On which day a course begins that says no first one: on that of the first time still to come.

Seven days that begin at 15:40 with breakfast would lose the first of seven, for the breakfast of
today is over. So they are counted from tomorrow, and it is said which time is over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from dosebell_host.schedule.days import Days
from dosebell_host.wizard.day_words import Course, read_course
from dosebell_host.wizard.when_words import When


@dataclass(frozen=True)
class Now:
    """The date and the minute of the day where the person lives, and the minutes of the meals of
    that date by their names.
    """

    day: date
    minute: int = 0
    meals: Mapping[str, int] = field(default_factory=dict)

    def course(self, text: str, when: When) -> Course:
        """The days that a text means for what is taken then. Raises `Wrong` for others."""
        course = read_course(text, self.day)
        minutes = self._minutes(when)
        over = tuple(minute for minute in minutes if minute < self.minute)
        if not over or course.start != self.day or not _has(course.days, self.day):
            return course
        first = self.day + timedelta(days=len(over) == len(minutes))
        return replace(read_course(text, self.day, first), over=over)

    def _minutes(self, when: When) -> list[int]:
        """Those at which something rings for the first time; a second meal stands in for one."""
        meals = when.meals[:1] if when.fallback else when.meals
        return [*when.at, *(self.meals[meal] for meal in meals if meal in self.meals)]


def minute_of(at: datetime) -> int:
    """The minute of the day."""
    return at.hour * 60 + at.minute


def _has(days: Days, day: date) -> bool:
    """Whether a course that begins on this day is taken on it."""
    of_day = {"week": day.weekday(), "month": day.day}.get(days.kind)
    return of_day is None or of_day in days.numbers
