"""The days that a person asks for: a month, or from one day to another.

They are asked for by options of the terminal and by fields of a page, and what is wrong is told of
the one that was typed.
"""

from datetime import date
from typing import NamedTuple

from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import day_number
from dosebell_host.schedule.typed.asked_date import asked_date, asked_first_date
from dosebell_host.schedule.typed.asked_month import asked_month
from dosebell_host.wording import and_list


class Asking(NamedTuple):
    """What each is called where it is asked for: options of the terminal, or fields of a form."""

    month: str = "--month"
    first: str = "--from"
    last: str = "--until"


class SaidDays(NamedTuple):
    """A month as `2026-11` or `october`, or the first day and the last as dates, the first one
    also as `30d`; None for what nobody said.
    """

    month: str | None = None
    first: str | None = None
    last: str | None = None
    asking: Asking = Asking()

    def ends(self, today: date) -> tuple[date | None, date | None]:
        """The first day and the last, whether they have come or not; None for what nobody said.

        Raises `UsageError` for what can mean no days.
        """
        if self.month is not None:
            self._check_month_is_alone()
            return asked_month(self.month, self.asking.month, today)
        first, last = self._first(today), self._last(today)
        if first and last and first > last:
            fix = f"write the earlier date behind {self.asking.first}"
            raise UsageError(f"{last} is before {first}", where=self.asking.last, fix=fix)
        return first, last

    def day_numbers(self, today: date) -> tuple[int | None, int | None]:
        """As `ends`, as the device counts days."""
        first, last = self.ends(today)
        return _day_number(first), _day_number(last)

    def _check_month_is_alone(self) -> None:
        month, first, last = self.asking
        said = ((first, self.first), (last, self.last))
        beside = [name for name, text in said if text is not None]
        if beside:
            fix = f"leave out {and_list(beside)}, or {month}"
            raise UsageError(f"{month} names all of the days", where=month, fix=fix)

    def _first(self, today: date) -> date | None:
        said = self.first
        return None if said is None else asked_first_date(said, self.asking.first, today)

    def _last(self, today: date) -> date | None:
        said = self.last
        return None if said is None else asked_date(said, self.asking.last, today, past=True)


def _day_number(day: date | None) -> int | None:
    return None if day is None else day_number(day)
