"""Which days a page of the history shows: what was asked for in its address, and what is near.

A month, so many days up to today, or from one date to another; without a wish the last 30 days.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from dosebell_host.errors import UsageError
from dosebell_host.pictures.period import MONTHS, Period
from dosebell_host.report.asked_period import AskedPeriod
from dosebell_host.schedule.local_time import LocalTime, date_of, day_number, read_month
from dosebell_host.schedule.typed.said_days import Asking

USUAL_DAYS = "30d"
_DAYS = (("30d", "last 30 days"), ("90d", "last 90 days"))
KEYS = ("month", "days", "from", "until", "dose")
# As the form of the page has them.
_FIELDS = Asking("Month", "From", "Until")


class AskedDays(NamedTuple):
    """What the address says: of `month`, `days`, `first` and `last` at most one way."""

    month: str | None = None
    days: str | None = None
    first: str | None = None
    last: str | None = None
    dose: str | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "AskedDays":
        """A field of a form that is empty, or blank, says nothing."""
        return cls(*(query.get(key, "").strip() or None for key in KEYS))

    def check(self) -> None:
        """Raise `UsageError` for two ways at once."""
        said = (self.month, self.days, self.first or self.last)
        if sum(each is not None for each in said) > 1:
            raise UsageError("a month, a number of days and dates exclude each other")

    def first_day(self, local: LocalTime, now_s: int) -> int:
        """From which day number on is read."""
        return self.asked().days(local, now_s).first_day

    def last_day(self, local: LocalTime, now_s: int) -> int | None:
        """Up to which day number is read, where one is named."""
        return self.asked().day_numbers(local.date(now_s))[1]

    def asked(self) -> AskedPeriod:
        """The same as a report is asked for it. Raises `UsageError` for what makes no sense."""
        self.check()
        if self.month or self.first or self.last:
            return AskedPeriod(self.month, self.first, self.last, _FIELDS)
        return AskedPeriod(first=self.days or USUAL_DAYS, asking=_FIELDS)

    def query(self, **changed: str | None) -> str:
        """The address of the same with some of it changed; what names days replaces all of it."""
        said = dict(zip(KEYS, self, strict=True))
        if changed.keys() - {"dose"}:
            said = {"dose": self.dose}
        said |= changed
        return urlencode({key: value for key, value in said.items() if value})


class DaysLink(NamedTuple):
    """A link to other days: its words, its query, and whether it is what is shown."""

    words: str
    query: str
    is_current: bool = False


def near(asked: AskedDays, period: Period, today: int) -> list[DaysLink]:
    """The month before and after, and the last so many days; never a month that has not come."""
    last = date_of(period.last_day)
    before, after = _month_before(last), _month_after(last)
    own = last.strftime("%Y-%m")
    months = [before, own, after] if asked.month else [before, own]
    found = [
        DaysLink(_month_words(month), asked.query(month=month), month == asked.month)
        for month in months
        if day_number(read_month(month, "month")[0]) <= today
    ]
    is_usual = not (asked.month or asked.days or asked.first or asked.last)
    for days, words in _DAYS:
        is_current = asked.days == days or (is_usual and days == USUAL_DAYS)
        found.append(DaysLink(words, asked.query(days=days), is_current))
    return found


def _month_before(day: date) -> str:
    return (day.replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def _month_after(day: date) -> str:
    return (day.replace(day=28) + timedelta(days=4)).strftime("%Y-%m")


def _month_words(month: str) -> str:
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"
