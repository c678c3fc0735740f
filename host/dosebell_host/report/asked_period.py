"""Which days a report is about, from what was typed."""

from datetime import date

from dosebell_host.errors import UsageError
from dosebell_host.pictures.period import Period
from dosebell_host.schedule.local_time import LocalTime, day_number
from dosebell_host.schedule.typed.said_days import SaidDays

# Without a wish: this month and so many before it, which is what fits on one page.
_MONTHS_BEFORE = 2


class AskedPeriod(SaidDays):
    """The days that were asked for, as far as they are over."""

    def check(self, today: date) -> None:
        """Raise `UsageError` for what can mean no days, whether they have come or not."""
        self.ends(today)

    def days(self, local: LocalTime, now_s: int) -> Period:
        """The days up to the box's today, `now_s` being its own now in seconds since 2000.

        Raises `UsageError` as `check`, and where none of the days has come yet.
        """
        today = local.date(now_s)
        said_first, said_last = self.ends(today)
        last = min(said_last or today, today)
        first = said_first or _months_before(last)
        if first > last:
            fix = "name days that are over"
            raise UsageError(f"{first} has not come yet", where=self._where(), fix=fix)
        return Period(day_number(first), day_number(last))

    def _where(self) -> str:
        return self.asking.first if self.month is None else self.asking.month


# This month and those before it.
LAST_MONTHS = AskedPeriod()


def _months_before(last: date) -> date:
    """The first day of the month so many before that of `last`."""
    months = last.year * 12 + last.month - 1 - _MONTHS_BEFORE
    return date(months // 12, months % 12 + 1, 1)
