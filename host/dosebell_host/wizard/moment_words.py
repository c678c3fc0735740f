"""A moment that an option names: as programs write it, or in words: `monday 07:30`, `yesterday at
8pm`.

What a program may write is handed on as it is, and words as a program would have written them, so
that both are read by one reader. A date alone is its first instant, as it is of programs.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import is_of_program
from dosebell_host.schedule.typed.date_words import NoDate, is_near_day, read_date_words
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.wizard.clock_words import read_clock

_BETWEEN = re.compile(r"(?:,?\s+at\s+|,?\s+)", re.IGNORECASE)
# Nobody says a moment in more; each place where it may be cut is tried.
_CHARS_AT_MOST = 100
_EXAMPLE = "2026-11-23T07:30"
_FIX = f'write it as {_EXAMPLE} or "monday 07:30"'


class WhichMoment(NamedTuple):
    """What tells the moment that is meant: `today`; the `first` day that can be meant, where that
    is another one; whether it is `past`; and the day `of_clock` to which a time of day alone
    belongs, where there is such a day: then a date alone is no moment.
    """

    today: date
    first: date | None = None
    past: bool = False
    of_clock: date | None = None


def as_programs_write(typed: str, option: str, which: WhichMoment) -> str:
    """The moment as `2026-11-23T07:30`.

    Raises `UsageError`, with `option` as the place, for words that are none. What looks like a
    program's is not read here.
    """
    if is_of_program(typed):
        return typed
    try:
        return _moment(" ".join(typed.split()), which)
    except Wrong as wrong:
        raise UsageError(wrong.message, where=option, fix=wrong.fix) from None


def _moment(words: str, which: WhichMoment) -> str:
    """Raises `NoDate` for what is no moment, and `Wrong` for one that cannot be meant."""
    if len(words) > _CHARS_AT_MOST:
        raise NoDate(f"{show(words)} is no date and time", _FIX)
    for day_words, clock_words in _cut(words):
        try:
            day = _day(day_words, which)
        except NoDate:
            continue
        if not clock_words and which.of_clock is not None:
            raise Wrong(f"{show(words)} leaves open when", f'write the time, too: "{words} 20:00"')
        return f"{day}T{time_text(read_clock(clock_words))}" if clock_words else str(day)
    if which.of_clock is not None:
        return f"{which.of_clock}T{time_text(read_clock(words))}"
    raise NoDate(f"{show(words)} is no date and time", _FIX)


def _cut(words: str) -> Iterator[tuple[str, str]]:
    """Everywhere where a date may end and a time begin, the longest date first."""
    yield words, ""
    for match in reversed(list(_BETWEEN.finditer(words))):
        yield words[: match.start()], words[match.end() :]


def _day(words: str, which: WhichMoment) -> date:
    first = which.first or which.today
    base = which.today if is_near_day(words) else first
    return read_date_words(words, base, which.past)
