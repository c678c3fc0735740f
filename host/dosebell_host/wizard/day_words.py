"""On which days, as people say it: `daily`, `mon and thu`, `every 3 days`, `sun for 8 weeks`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dosebell_host.schedule.days import LAST_OF_MONTH, WEEKDAYS, Days
from dosebell_host.schedule.limits import CYCLE_DAYS
from dosebell_host.schedule.typed.date_range import DateRange, range_of
from dosebell_host.schedule.typed.date_words import is_near_day, read_date_words
from dosebell_host.schedule.values import Wrong, show, time_text, whole_number
from dosebell_host.wording import and_list

_FIX = (
    'write "daily", "mon and thu", "every 3 days", "21 on, 7 off" or "the 1st", and after it'
    ' "for 7 days", if it ends'
)
_FOR = re.compile(r",?\s*\bfor (\d{1,4}|one|two|three|four) (day|week)s?\b")
# A day of the month and its month, in numbers or by its name, with or without the year.
_DATE = (
    r"today|tomorrow|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of )?[a-z]{3,9}\.?(?:,? \d{4})?"
    r"|\d{1,2}\.\s?\d{1,2}\.?(?:\s?\d{4})?|[\d/-]+"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}(?:st|nd|rd|th)?\b"
    r"(?:,?\s\d{4})?"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_FROM = re.compile(rf",?\s*\b(?:from|starting|since) ({_DATE}|(?:on )?{_WEEKDAY})")
# "Monday to Friday" are days of every week.
_UNTIL = re.compile(rf",?\s*\b(?:(?:until|till|to) ({_DATE})|(?:until|till) ({_WEEKDAY}))")
_TO_WEEKDAY = re.compile(r"\s+(?:to|through|thru)\s+|\s*[-\u2013\u2014]\s*")
_NUMBERS = {"one": 1, "two": 2, "other": 2, "second": 2, "three": 3, "third": 3, "four": 4}
_UNIT_DAYS = {"day": 1, "week": 7}
_GROUPS = {
    "weekdays": range(5),
    "workdays": range(5),
    "weekends": range(5, 7),
    "weekend": range(5, 7),
}
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Course:
    """The days on which something is taken, from the first to the last, where there are such.

    `over` are the minutes of today at which it can be taken no more.
    """

    days: Days
    start: date | None = None
    end: date | None = None
    over: tuple[int, ...] = field(default=(), compare=False)


def read_course(text: str, today: date, first: date | None = None) -> Course:
    """The days that a text means; `daily` where it says nothing. What would be counted from today
    is so from `first`, where that is another. Raises `Wrong` for others.
    """
    try:
        return _course(text, today, first or today)
    except Wrong:
        if found := _course_between(text, today):
            return found
        raise


def _course(text: str, today: date, first: date) -> Course:
    rest = " ".join(text.lower().replace("(", " ").replace(")", " ").split())
    rest, lasts = _taken(_FOR, rest)
    rest, start_text = _taken(_FROM, rest)
    rest, end_text = _taken(_UNTIL, rest)
    start = read_date_words(start_text[0], today) if start_text else None
    end = _end(next(filter(None, end_text)), start, today) if end_text else None
    days = _days(rest.strip(" ,"), text)
    if start in (None, today) and (lasts or days.kind in ("every", "cycle")):
        start = first
    if lasts and start:
        end = start + timedelta(days=_number(lasts[0]) * _UNIT_DAYS[lasts[1]] - 1)
    if start and end and end < start:
        raise Wrong(f"{show(text)} ends before it begins", "write the first day, then the last")
    return Course(days, start, end)


def _course_between(text: str, today: date) -> Course | None:
    """What has its first and its last day as one, behind the days or alone: `24 to 27 December`.

    Raises `Wrong` where those end before they begin.
    """
    words = text.lower().replace(",", " ").split()
    for n in range(len(words)):
        between = " ".join(words[n:])
        if found := range_of(between, today):
            _refuse_weekdays(between.removeprefix("from "), found, text)
            return Course(_days(" ".join(words[:n]), text), *found)
    return None


def _refuse_weekdays(between: str, found: DateRange, text: str) -> None:
    """From Monday to Friday may be those of every week, or the next ones only."""
    if (days := read_weekdays(between)) is not None:
        every = f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}" if len(days) > 1 else between
        once = f"from {found.first.day} {found.first:%b} to {found.last.day} {found.last:%b}"
        fix = f'write "{every}" for every week, or "{once}"'
        raise Wrong(f"{show(text)} can be read in two ways", fix)


def _end(text: str, start: date | None, today: date) -> date:
    return read_date_words(text, today if start is None or is_near_day(text) else start)


def read_weekdays(text: str) -> tuple[int, ...] | None:
    """The weekdays that words name, from 0 for Monday on: `weekdays`, `sat and sun`; else None."""
    found = _weekdays(text.lower())
    return None if found is None else found.numbers or tuple(range(len(WEEKDAYS)))


def course_words(course: Course) -> str:
    """The days in words, as the difference has them."""
    from dosebell_host.schedule.lines import days_words
    from dosebell_host.schedule.local_time import day_text

    first, last = course.start, course.end
    words = [days_words(course.days)]
    if first:
        words.append(f"from {day_text(first, year=last is None or first.year != last.year)}")
    if last:
        words.append(f"to {day_text(last, year=True)}, that day included")
    return " ".join(words) + (_over_words(course.over) if course.over else "")


def _over_words(minutes: Sequence[int]) -> str:
    times = and_list([time_text(minute) for minute in minutes])
    return f"; {times} of today {'is' if len(minutes) == 1 else 'are'} over"


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what the pattern finds, and the groups of that."""
    match = pattern.search(text)
    return (text[: match.start()] + text[match.end() :], match.groups()) if match else (text, ())


def _days(text: str, whole: str) -> Days:
    if text in ("", "daily", "every day", "each day", "once a day"):
        return Days("daily")
    if text in ("weekly", "once a week", "every week"):
        raise Wrong(f"{show(whole)} does not say the day", 'write the day, as "sunday"')
    if text in ("monthly", "once a month", "every month"):
        raise Wrong(f"{show(whole)} does not say the day", 'write the day, as "the 1st"')
    for pattern, rule in _RULES:
        if match := pattern.fullmatch(text):
            return rule(match)
    if (found := _weekdays(text)) is not None:
        return found
    raise Wrong(f"{show(whole)} is not read as days", _FIX)


def _every(match: re.Match[str]) -> Days:
    return Days("every", (_in_range(_number(match[1]) * _UNIT_DAYS[match[2]]),))


def _cycle(match: re.Match[str]) -> Days:
    return Days("cycle", (_in_range(int(match[1])), _in_range(int(match[2]))))


def _month(match: re.Match[str]) -> Days:
    days = sorted({int(number) for number in re.findall(r"\d+", match[0])})
    if not all(1 <= day <= 31 for day in days):
        raise Wrong(f"{show(match[0])}: no such day of the month", "write a day from 1 to 31")
    last = (LAST_OF_MONTH,) if "last" in match[0] else ()
    return Days("month", (*days, *last))


_N = r"(\d{1,4}|other|second|third|two|three|four)"
_NTH = r"(?:the )?(?:\d{1,2}(?:st|nd|rd|th)|last(?: day)?)"
_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Days]], ...] = (
    (re.compile(rf"every {_N} (day|week)s?"), _every),
    (re.compile(r"(\d{1,4})(?: days?)? on,?(?: and)? (\d{1,4})(?: days?)? off"), _cycle),
    (
        re.compile(
            rf"(?:monthly |every month )?(?:on )?{_NTH}(?:(?: and |, ){_NTH})*"
            r"(?: of (?:the|each|every) month)?"
        ),
        _month,
    ),
)


def _weekdays(text: str) -> Days | None:
    text = _TO_WEEKDAY.sub("-", text)
    text = re.sub(r"^(?:weekly|once a week|every week|twice a week),? ", "", text)
    words = re.sub(r"\b(?:and|on|every|each)\b|[,/&+]", " ", text).split()
    found: set[int] = set()
    for word in words:
        first, dash, last = word.partition("-")
        if word in _GROUPS:
            found.update(_GROUPS[word])
        elif dash and None not in (begin := _weekday(first), end := _weekday(last)):
            assert begin is not None
            assert end is not None
            found.update(day % 7 for day in range(begin, end + 1 + 7 * (end < begin)))
        elif (day := _weekday(word)) is not None:
            found.add(day)
        else:
            return None
    if not found:
        return None
    return Days("week", tuple(sorted(found))) if len(found) < len(WEEKDAYS) else Days("daily")


def _weekday(word: str) -> int | None:
    name = word.removesuffix(".")
    name = name.removesuffix("s") if len(name) > 4 else name
    near = [place for place, day in enumerate(_NAMES) if day.startswith(name)]
    return near[0] if len(near) == 1 and len(name) >= 2 else None


def _number(word: str) -> int:
    return _NUMBERS.get(word) or int(word)


def _in_range(number: int) -> int:
    low, high = CYCLE_DAYS
    return whole_number(number, low=low, high=high)
