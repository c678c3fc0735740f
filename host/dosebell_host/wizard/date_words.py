"""Dates as people write them: `24.12.`, `24 Dec`, `24 December 2026`, `2026-12-24`."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from dosebell_host.schedule.values import Wrong, calendar_date, show

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
_DOTS = re.compile(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.?(?:\s?(?P<year>\d{4}))?")
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<name>[a-z]{3,9})\.?(?:,?\s+(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_SLASHES = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?")
_WORDS_AT_MOST = 4
_FIX = 'write it as "24.12.2026", "24 Dec 2026" or "2026-12-24"'


def read_date_words(text: str, today: date) -> date:
    """The date that a text means; without a year the next such one. Raises `Wrong` for others."""
    typed = text.strip()
    if _SLASHES.fullmatch(typed):
        raise Wrong(f"{show(typed)} may have the day or the month first", _FIX)
    for pattern in (_ISO, _DOTS, _NAMED):
        if match := pattern.fullmatch(typed):
            return _date(match, typed, today)
    raise Wrong(f"{show(typed)} is no date", _FIX)


def dates_in(words: Sequence[str], count: int, today: date) -> tuple[list[date], list[str]]:
    """The first dates of a line in words, and the words behind them: `24 Dec 2 Jan 2027`."""
    found: list[date] = []
    rest = list(words)
    while len(found) < count and rest:
        day, used = _first_date(rest, found[-1] if found else today)
        found.append(day)
        rest = rest[used:]
    return found, rest


def _first_date(words: Sequence[str], today: date) -> tuple[date, int]:
    """The date at the beginning, of as many words as can be one."""
    for used in range(min(_WORDS_AT_MOST, len(words)), 1, -1):
        with suppress(Wrong):
            return read_date_words(" ".join(words[:used]), today), used
    return read_date_words(words[0], today), 1


def _date(match: re.Match[str], typed: str, today: date) -> date:
    parts = match.groupdict()
    year = int(parts["year"]) if parts["year"] else None
    month = _month(parts["name"]) if parts.get("name") else int(parts["month"])
    # The 29th of February has no next year.
    for each in [year] if year else range(today.year, today.year + 9):
        try:
            day = date(each, month, int(parts["day"]))
        except ValueError:
            continue
        if year or day >= today:
            return calendar_date(day)
    raise Wrong(f"{show(typed)} is no date", _FIX)


def _month(name: str) -> int:
    """From 1 on; 0, which no date has, for what is no month."""
    short = name.lower()
    short = "sep" if short == "sept" else short
    return next((n for n, each in enumerate(_MONTHS, 1) if each.startswith(short)), 0)
