"""Dates as people write them: `24.12.`, `24 Dec`, `December 24th`, `tomorrow`, `on friday`.

What names no year and what names only a weekday is the next such day, today included; where days
that are over are asked for, as of a log, it is the last one.
"""

import re
from datetime import date, timedelta

from dosebell_host.schedule.local_time import day_text
from dosebell_host.schedule.values import Wrong, calendar_date, show

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_NEAR_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1, "day after tomorrow": 2}
# Those that are of one date in every year; when Easter is stands in a calendar.
_FEASTS = {"christmas eve": "24 december", "christmas day": "25 december"}
_FEASTS |= {"new years eve": "31 december", "new years day": "1 january"}
_FEAST = re.compile(r"\b(?:christmas|new\s+year['’]?s)\s+(?:eve|day)\b", re.IGNORECASE)
_WEEK = timedelta(days=7)
_LEAP_YEAR = 2028

_NAME = r"(?P<name>[a-z]{3,9})\.?"
_YEAR = r"(?:,?\s+(?P<year>\d{4}))?"
_NTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.?(?:\s?(?P<year>\d{4}))?",
        rf"{_NTH}\s*(?:of\s+)?{_NAME}{_YEAR}",
        rf"{_NAME}\s+(?:the\s+)?{_NTH}{_YEAR}",
    )
)
_SLASHES = re.compile(r"\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?")
_BESIDE = re.compile(r"^(?:(?:on|from|the|this|coming)\s+)+(?=\S)", re.IGNORECASE)
_NEXT_OR_LAST = re.compile(r"(?P<way>next|last)\s+(?P<day>[a-z]+)\.?", re.IGNORECASE)
# "Thu 24 Dec" and "Thursday, 24.12.": the date says it all.
_WITH_WEEKDAY = re.compile(r"(?P<weekday>[a-z]{2,9})\.?,?\s+(?P<date>(?:the\s+)?\S*\d.*)", re.I)
_FIX = 'write it as "24.12.2026", "24 Dec 2026" or "2026-12-24"'


class NoDate(Wrong):
    """A text is no date at all; other `Wrong` ones are dates that cannot be meant."""


def read_date_words(text: str, today: date, past: bool = False) -> date:
    """The date that a text means; `past` where days that are over are asked for.

    Raises `NoDate` for others, and `Wrong` for a date that cannot be meant.
    """
    typed = " ".join(text.split())
    bare = _bare(typed)
    if _SLASHES.fullmatch(bare):
        raise Wrong(f"{show(typed)} may have the day or the month first", _FIX)
    near = _NEAR_DAYS.get(bare.lower())
    if near is not None:
        return today + timedelta(days=near)
    if (weekday := _weekday(bare)) is not None:
        return _on_weekday(weekday, today, past)
    if (match := _NEXT_OR_LAST.fullmatch(bare)) and (
        weekday := _weekday(match["day"])
    ) is not None:
        step = 1 if match["way"].lower() == "next" else -1
        if past or step > 0:
            return _next_or_last(weekday, typed, today, step)
    if match := _with_weekday(bare):
        day = read_date_words(match["date"], today, past)
        return _checked(day, match["weekday"], typed)
    for form in _FORMS:
        if match := form.fullmatch(bare):
            return _date(match, typed, today, past)
    raise NoDate(f"{show(typed)} is no date", _FIX)


def is_near_day(text: str) -> bool:
    """Whether it is counted from today, as `tomorrow`."""
    return _BESIDE.sub("", " ".join(text.lower().split())) in _NEAR_DAYS


def is_with_weekday(text: str) -> bool:
    """Whether it is a weekday and then a number, as of `Thu 24 Dec`."""
    return _with_weekday(text) is not None


def names_no_year(text: str) -> bool:
    """Whether a date in words is one of every year, so that only today tells which is meant."""
    bare = _bare(" ".join(text.split()))
    if match := _with_weekday(bare):
        bare = match["date"]
    found = (form.fullmatch(bare) for form in _FORMS)
    return any(match is not None and not match["year"] for match in found)


def month_named(name: str) -> int:
    """From 1 on; 0, which no date has, for what is no month."""
    short = name.lower()
    short = "sep" if short == "sept" else short
    return next((n for n, each in enumerate(_MONTHS, 1) if each.startswith(short)), 0)


def _bare(text: str) -> str:
    """Without what stands in front of a date and tells nothing, and with a date for a feast."""
    return _FEAST.sub(lambda match: _FEASTS[_plain(match[0])], _BESIDE.sub("", text))


def _plain(feast: str) -> str:
    return " ".join(re.sub("['’]", "", feast.lower()).split())


def _weekday(word: str) -> int | None:
    """From 0 for Monday on: `monday`, `mon`, `Tues.`."""
    name = word.lower().removesuffix(".")
    found = [day for day, each in enumerate(_WEEKDAYS) if each.startswith(name)]
    return found[0] if len(found) == 1 and len(name) >= 2 else None


def _on_weekday(weekday: int, today: date, past: bool) -> date:
    days = (weekday - today.weekday()) % len(_WEEKDAYS)
    return today + timedelta(days=days - len(_WEEKDAYS) if past and days else days)


def _next_or_last(weekday: int, typed: str, today: date, step: int) -> date:
    """On a Friday "next Friday" is a week ahead. Of two people who say it on a Wednesday one means
    the day after tomorrow, and of two who say "last Monday" then one the day before yesterday.
    """
    first = _on_weekday(weekday, today + timedelta(days=step), past=step < 0)
    if first == today + step * _WEEK:
        return first
    both = f"{day_text(first)} or {day_text(first + step * _WEEK)}"
    fix = f'write the date, as "{first.day} {first:%b}"'
    raise Wrong(f"{show(typed)} may be {both}", fix)


def _with_weekday(text: str) -> re.Match[str] | None:
    match = _WITH_WEEKDAY.fullmatch(text)
    return match if match and _weekday(match["weekday"]) is not None else None


def _checked(day: date, weekday: str, typed: str) -> date:
    if day.weekday() == _weekday(weekday):
        return day
    raise Wrong(f"{show(typed)} is a {day:%A} in {day.year}", _FIX)


def _date(match: re.Match[str], typed: str, today: date, past: bool) -> date:
    parts = match.groupdict()
    year = int(parts["year"]) if parts["year"] else None
    month = month_named(parts["name"]) if parts.get("name") else int(parts["month"])
    # The 29th of February has no next year.
    step = -1 if past else 1
    near = range(today.year, today.year + 9 * step, step)
    for each in [year] if year else near:
        try:
            day = date(each, month, int(parts["day"]))
        except ValueError:
            continue
        if year or (day <= today if past else day >= today):
            return calendar_date(day)
    if 1 <= month <= 12:
        _check_day(int(parts["day"]), year, month)
    raise NoDate(f"{show(typed)} is no date", _FIX)


def _check_day(day: int, year: int | None, month: int) -> None:
    """Raise `Wrong` for a day that the month has not, in a leap year where none is named."""
    of_next_month = date(year or _LEAP_YEAR, month, 28) + timedelta(days=4)
    last = (of_next_month.replace(day=1) - timedelta(days=1)).day
    if not 1 <= day <= last:
        of_year = f" {year}" if year else ""
        fix = f"write a day from 1 to {last}"
        raise Wrong(f"there is no {day} {_MONTHS[month - 1].title()}{of_year}", fix)
