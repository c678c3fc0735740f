"""The days that are shown, and where they lie along a picture."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from dosebell import civil
from dosebell_host.pictures.picture import SMALL, Sheet
from dosebell_host.pictures.text_width import width_of
from dosebell_host.schedule.local_time import date_of, day_text

# So much room a date has below an axis, in pixels.
_DATE_ROOM = 38
_WEEKS = "Mondays"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Month(NamedTuple):
    """One month of a period, and the day numbers of it that are in the period."""

    year: int
    number: int
    days: range

    @property
    def name(self) -> str:
        """Such as `Nov 2026`."""
        return f"{MONTHS[self.number - 1]} {self.year}"


class Period(NamedTuple):
    """From one day number to another, both included."""

    first_day: int
    last_day: int

    @property
    def days(self) -> range:
        return range(self.first_day, self.last_day + 1)

    @property
    def text(self) -> str:
        """Such as `1 Sep 2026 to 29 Nov 2026`."""
        return " to ".join(_date_text(day) for day in dict.fromkeys(self))

    def months(self) -> Iterator[Month]:
        day = self.first_day
        while day <= self.last_day:
            first = date_of(day)
            number = first.month % 12 + 1
            following = civil.day_of(first.year + (number == 1), number, 1)
            yield Month(first.year, first.month, range(day, min(following, self.last_day + 1)))
            day = following


class DateAxis(NamedTuple):
    """Days side by side from x = left on, over so many pixels."""

    period: Period
    left: float
    width: float

    @property
    def day_width(self) -> float:
        return self.width / len(self.period.days)

    def start(self, day: int) -> float:
        """The left edge of a day."""
        return self.left + (day - self.period.first_day) * self.day_width

    def middle(self, day: float) -> float:
        return self.left + (day - self.period.first_day + 0.5) * self.day_width

    def draw(self, sheet: Sheet, top: float, bottom: float) -> None:
        """A line at the start of each week; below as many of them as have room their dates, and
        left of these what they are, where the axis leaves room for that.
        """
        labelled_to = self.left
        for day in filter(is_monday, self.period.days):
            x = self.start(day)
            has_room = labelled_to <= x - _DATE_ROOM / 2 and self._holds(x + _DATE_ROOM / 2)
            # The line of a date that is told reaches down to it.
            sheet.line("week", x, top, x, bottom + (4 if has_room else 0))
            if has_room:
                sheet.text(x, bottom + 12, day_words(day), _DATE_ROOM, SMALL, "middle")
                labelled_to = x + _DATE_ROOM / 2
        if labelled_to > self.left and self.left > width_of(_WEEKS, SMALL):
            sheet.text(self.left - 3, bottom + 12, _WEEKS, self.left, SMALL, "end")

    def _holds(self, x: float) -> bool:
        return x <= self.left + self.width + 3


def runs_of_days(days: Iterable[int]) -> Iterator[list[int]]:
    """The days in order, those that follow each other together."""
    ordered = enumerate(sorted(set(days)))
    for _, group in groupby(ordered, key=lambda numbered: numbered[1] - numbered[0]):
        yield [day for _, day in group]


def is_monday(day: int) -> bool:
    return civil.weekday(day) == 0


def span_words(days: Sequence[int], year: bool) -> str:
    """The first and the last of some days, such as `17 to 20 Oct`, with the year or without."""
    first, last = days[0], days[-1]
    end = _date_text(last) if year else day_words(last)
    begins, ends = date_of(first), date_of(last)
    if first == last:
        return end
    if (begins.year, begins.month) == (ends.year, ends.month):
        return f"{begins.day} to {end}"
    of_another_year = year and begins.year != ends.year
    return f"{_date_text(first) if of_another_year else day_words(first)} to {end}"


def day_words(day: int) -> str:
    """Such as `3 Nov`."""
    date = date_of(day)
    return f"{date.day} {MONTHS[date.month - 1]}"


def weekday_words(day: int) -> str:
    """Such as `Tue 3 Nov 2026`."""
    return day_text(date_of(day), year=True)


def _date_text(day: int) -> str:
    return f"{day_words(day)} {date_of(day).year}"
