"""From one day to another, as people write it: `24 to 27 December`, `24.12.-27.12.`.

A line is cut at each word or dash that may stand between two dates, until both sides are dates. A
bare day of the month is of the month that the other side names. What names no year is the next
such time, or the one that has begun already; where its days would lie half a year apart it rather
ends before it begins, which is told.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import NamedTuple

from dosebell_host.schedule.local_time import day_text
from dosebell_host.schedule.typed.date_words import (
    NoDate,
    is_near_day,
    is_with_weekday,
    names_no_year,
    read_date_words,
)
from dosebell_host.schedule.values import Wrong, show

_BETWEEN = re.compile(
    r"\s+(?:up\s+)?(?:to|until|till|til|through|and|bis)\s+|\s*[-\u2013\u2014]\s*", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:from|between|starting|von|vom)\s+", re.IGNORECASE)
_DAY = re.compile(r"(?:the\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?", re.IGNORECASE)
# "24-27" without its month.
_DAYS = re.compile(rf"(?:{_DAY.pattern}[-\u2013])?{_DAY.pattern}", re.IGNORECASE)
_COUNT = r"(?:for\s+)?(?P<count>\d{1,3}|an?|one|two|three|four)\s+(?P<unit>day|week)s?"
_LASTING = re.compile(_COUNT, re.IGNORECASE)
# "For a week from Monday": how long it is stands in front.
_TURNED = re.compile(rf"(?P<lasting>{_COUNT})\s+(?:from|starting)\s+(?P<first>.+)", re.IGNORECASE)
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_UNIT_DAYS = {"day": 1, "week": 7}
# Two months, of which one has a day 31.
_LONGEST_MONTHS = 62
_HALF_A_YEAR = timedelta(days=183)
# As "Thursday 24 December 2026 to Saturday the 2nd of January 2027" has.
_WORDS_AT_MOST = 12
# Each place where a line may be cut is tried.
_CHARS_AT_MOST = 200
_ORDER = "write the first day, then the last"


class DateRange(NamedTuple):
    """Both days are included."""

    first: date
    last: date


def range_of(text: str, today: date) -> DateRange | None:
    """The days that a text means, None where it is no range of days.

    Raises `Wrong` for one that ends before it begins.
    """
    line = _LEADING.sub("", " ".join(text.split()))
    if turned := _TURNED.fullmatch(line):
        line = f"{turned['first']} {turned['lasting']}"
    if len(line) > _CHARS_AT_MOST:
        return None
    for left, right in _cut(line):
        with suppress(NoDate):
            return _read(left, right, today)
    return None


def dates_in(words: Sequence[str], today: date) -> tuple[list[date], list[str]]:
    """The first day of a line in words, the last where it names one, and the words behind them.

    Raises `Wrong` where it does not begin with a date, or ends before it begins.
    """
    most = min(_WORDS_AT_MOST, len(words))
    for used in range(most, 0, -1):
        if found := range_of(" ".join(words[:used]), today):
            return [*found], list(words[used:])
    for used in range(most, 1, -1):
        with suppress(NoDate):
            return [read_date_words(" ".join(words[:used]), today)], list(words[used:])
    try:
        return [read_date_words(words[0], today)], list(words[1:])
    except NoDate:
        # All of them are told, for "next" alone was meant by nobody.
        return [read_date_words(" ".join(words), today)], []


def read_last(text: str, first: date, today: date) -> date:
    """The last day of those that begin with `first`: a date, a day of the month, or how long it
    is, as `a week`. Raises `Wrong` for others, and for a day before the first.
    """
    typed = " ".join(text.split())
    if match := _LASTING.fullmatch(typed):
        count = _COUNTS.get(match["count"].lower()) or int(match["count"])
        return first + timedelta(days=max(count, 1) * _UNIT_DAYS[match["unit"].lower()] - 1)
    if day := _DAY.fullmatch(typed):
        return _next_with_day(int(day[1]), first, typed)
    last = read_date_words(typed, today if is_near_day(typed) else first)
    if names_no_year(typed) and last - first > _HALF_A_YEAR:
        last = read_date_words(typed, first, past=True)
    if last < first:
        told = f"{day_text(last, year=True)} is before {day_text(first, year=True)}"
        raise Wrong(told, _ORDER)
    return last


def _cut(line: str) -> Iterator[tuple[str, str]]:
    """Everywhere where one date may end and the other begin, the surest first."""
    for match in _BETWEEN.finditer(line):
        yield line[: match.start()], line[match.end() :]
    for match in re.finditer(" ", line):
        left, right = line[: match.start()], line[match.end() :]
        # Of two numbers beside each other the second one is no day, and "Thu 24 Dec" is one date.
        in_a_date = is_with_weekday(line) and " " not in left
        if not (_DAYS.fullmatch(left) or _DAY.fullmatch(right) or in_a_date):
            yield left, right


def _read(left: str, right: str, today: date) -> DateRange:
    """Raises `NoDate` where a side is none, and `Wrong` where they are in the wrong order."""
    day = _DAY.fullmatch(left)
    if day and not _DAY.fullmatch(right):
        last = read_date_words(right, today)
        first = _with_day(last, int(day[1]), left)
        return DateRange(first, read_last(last.isoformat(), first, today))
    if names_no_year(left) and (begun := _begun(left, right, today)):
        return begun
    first = read_date_words(left, today)
    return DateRange(first, read_last(right, first, today))


def _begun(left: str, right: str, today: date) -> DateRange | None:
    """Those that have begun and not ended yet, if there are such."""
    with suppress(Wrong):
        first = read_date_words(left, today, past=True)
        last = read_last(right, first, today)
        if last >= today and last - first <= _HALF_A_YEAR:
            return DateRange(first, last)
    return None


def _with_day(month: date, day: int, typed: str) -> date:
    """That day of the same month."""
    try:
        return month.replace(day=day)
    except ValueError:
        raise Wrong(f"{show(typed)} is no day of {month:%B}", _ORDER) from None


def _next_with_day(day: int, first: date, typed: str) -> date:
    """The next one with that number, from `first` on."""
    for days in range(_LONGEST_MONTHS):
        if (each := first + timedelta(days=days)).day == day:
            return each
    raise Wrong(f"{show(typed)} is no day of a month", _ORDER)
