"""The date that an option names: as programs write it, or in the words that a question takes.

What a program may write is read first and alone, so that words change the meaning of no script.
"""

import re
from datetime import date, timedelta

from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import read_date
from dosebell_host.schedule.values import Wrong

_OF_PROGRAM = re.compile(r"\d{8}|\d{4}-?W?[\d-]*")
_DAYS_BACK = re.compile(r"(\d{1,5})(d?)")


def asked_date(typed: str, option: str, today: date, past: bool = False) -> date:
    """The date; one without a year is the next such date, or where it is `past` the last one.

    Raises `UsageError`, with `option` as the place, where it is none.
    """
    if _OF_PROGRAM.fullmatch(typed.strip()):
        return read_date(typed, option)
    from dosebell_host.schedule.typed.date_words import read_date_words

    try:
        return read_date_words(typed, today, past)
    except Wrong as wrong:
        raise UsageError(wrong.message, where=option, fix=wrong.fix) from None


def asked_first_date(typed: str, option: str, today: date) -> date:
    """The first day of a part of the past: a date, or as `30d` so many days up to today.

    Raises `UsageError`, with `option` as the place, where it is none.
    """
    match = _DAYS_BACK.fullmatch(typed.strip())
    if not match:
        return asked_date(typed, option, today, past=True)
    if not match[2]:
        fix = f"write {match[1]}d for so many days, or a date as 2026-11-23"
        raise UsageError(f'"{typed}" is no date', where=option, fix=fix)
    return today - timedelta(days=int(match[1]) - 1)
