"""Which days a report is about, from what was typed."""

from datetime import date
from typing import NamedTuple

from dosebell_host.errors import UsageError
from dosebell_host.pictures.period import Period
from dosebell_host.schedule.local_time import LocalTime, day_number
from dosebell_host.schedule.typed.asked_date import asked_date
from dosebell_host.schedule.typed.asked_month import asked_month

# Without a wish: this month and so many before it, which is what fits on one page.
_MONTHS_BEFORE = 2


class Asking(NamedTuple):
    """What each is called where it is asked for: options of the terminal, or fields of a form."""

    month: str = "--month"
    first: str = "--from"
    last: str = "--until"


class AskedPeriod(NamedTuple):
    """A month as `2026-11` or `october`, or the first day and the last as dates; None for what
    nobody said.
    """

    month: str | None = None
    first: str | None = None
    last: str | None = None
    asking: Asking = Asking()

    def check(self, today: date) -> None:
        """Raise `UsageError` for what can mean no days, whether they have come or not."""
        if self.month is not None and (self.first or self.last):
            month, first_day, last_day = self.asking
            fix = f"leave out {first_day} and {last_day}, or {month}"
            raise UsageError(f"{month} names all of the days", where=month, fix=fix)
        first, last = self._first(today), self._last(today)
        if first and last and first > last:
            fix = f"write the earlier date behind {self.asking.first}"
            raise UsageError(f"{last} is before {first}", where=self.asking.last, fix=fix)

    def days(self, local: LocalTime, now_s: int) -> Period:
        """The days up to the box's today, `now_s` being its own now in seconds since 2000.

        Raises `UsageError` as `check`, and where none of the days has come yet.
        """
        today = local.date(now_s)
        self.check(today)
        last = min(self._last(today) or today, today)
        first = self._first(today) or _months_before(last)
        if first > last:
            fix = "name days that are over"
            raise UsageError(f"{first} has not come yet", where=self._where(), fix=fix)
        return Period(day_number(first), day_number(last))

    def _first(self, today: date) -> date | None:
        if self.month is not None:
            return asked_month(self.month, self.asking.month, today)[0]
        if self.first is None:
            return None
        return asked_date(self.first, self.asking.first, today, past=True)

    def _last(self, today: date) -> date | None:
        if self.month is not None:
            return asked_month(self.month, self.asking.month, today)[1]
        if self.last is None:
            return None
        return asked_date(self.last, self.asking.last, today, past=True)

    def _where(self) -> str:
        return self.asking.first if self.month is None else self.asking.month


# This month and those before it.
LAST_MONTHS = AskedPeriod()


def _months_before(last: date) -> date:
    """The first day of the month so many before that of `last`."""
    months = last.year * 12 + last.month - 1 - _MONTHS_BEFORE
    return date(months // 12, months % 12 + 1, 1)
