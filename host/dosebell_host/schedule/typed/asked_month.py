"""The month that an option names: as programs write it, or in words: `october`, `last month`.

What a program may write is read first and alone, as it is of dates. One without a year is the last
such month, this one included, for months that are over are asked for.
"""

import re
from datetime import date, timedelta

from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import read_month
from dosebell_host.schedule.typed.date_words import month_named
from dosebell_host.schedule.values import show

_OF_PROGRAM = re.compile(r"[\d-]*")
_NAMED = re.compile(r"(?:in\s+)?(?P<name>[a-z]{3,9})\.?,?(?:\s+(?P<year>\d{4}))?", re.IGNORECASE)
_FIX = 'write it as 2026-11, "november" or "last month"'


def asked_month(typed: str, option: str, today: date) -> tuple[date, date]:
    """The first and the last day of the month. Raises `UsageError`, with `option` as the place,
    where it is none.
    """
    if _OF_PROGRAM.fullmatch(typed.strip()):
        return read_month(typed, option)
    first = _first_day(" ".join(typed.lower().split()), today)
    if first is None:
        raise UsageError(f"{show(typed)} is no month", where=option, fix=_FIX)
    return read_month(f"{first:%Y-%m}", option)


def _first_day(words: str, today: date) -> date | None:
    this = today.replace(day=1)
    if words == "this month":
        return this
    if words == "last month":
        return (this - timedelta(days=1)).replace(day=1)
    match = _NAMED.fullmatch(words)
    number = month_named(match["name"]) if match else 0
    if not (match and number):
        return None
    year = int(match["year"]) if match["year"] else today.year - (number > today.month)
    return date(max(year, 1), number, 1)
