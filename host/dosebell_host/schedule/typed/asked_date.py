"""The date that an option names: as programs write it, or in the words that a question takes.

What a program may write is read first and alone, so that words change the meaning of no script.
"""

import re
from datetime import date

from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import read_date

_OF_PROGRAM = re.compile(r"\d{8}|\d{4}-?W?[\d-]*")


def asked_date(typed: str, option: str, today: date, past: bool = False) -> date:
    """The date; one without a year is the next such date, or where it is `past` the last one.

    Raises `UsageError`, with `option` as the place, where it is none.
    """
    if _OF_PROGRAM.fullmatch(typed.strip()):
        return read_date(typed, option)
    from dosebell_host.schedule.typed.date_words import read_date_words
    from dosebell_host.schedule.values import Wrong

    try:
        return read_date_words(typed, today, past)
    except Wrong as wrong:
        raise UsageError(wrong.message, where=option, fix=wrong.fix) from None
