"""The values of a dose as the fields of a form show them, and as they are typed into these.

A reader takes one text, cleaned of blanks at its ends, and gives the value that TOML has for it;
None takes the key out. It raises `Wrong` with the sentence that stands beside the field.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from dosebell_host.schedule import limits, values
from dosebell_host.schedule.days import LAST_OF_MONTH, WEEKDAYS, Days, read_days
from dosebell_host.schedule.decompiler import days_toml
from dosebell_host.schedule.lines import days_words
from dosebell_host.schedule.toml_edit import Value
from dosebell_host.schedule.values import Wrong, duration_value, show, time_text
from dosebell_host.wizard.day_words import read_course
from dosebell_host.wizard.meal_words import read_days_apart
from dosebell_host.wording import and_list

_NTH = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
_BETWEEN = re.compile(r"[,;/\s]+")
_MAX_DIGITS = 9
_SUNDAY = WEEKDAYS[-1]


def shown_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def shown_times(value: object) -> str:
    """`08:00 and 20:00`, in the order of the file."""
    return and_list(value) if isinstance(value, list) and value else ""


def shown_days(value: object) -> str:
    """Words that are read back as the same rule."""
    try:
        days = read_days(value)
    except Wrong:
        return ""
    if days.kind == "month":
        return f"the {and_list([_nth(day) for day in days.numbers])}"
    return days_words(days)


def shown_date(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else ""


def shown_number(value: object) -> str:
    return str(value) if isinstance(value, int) else ""


def shown_places(value: object) -> str:
    """`3`, `1 2 3 4 5 6 7` from Monday on, and one of them for each time as `1; 2`."""
    if not isinstance(value, list):
        return shown_number(value)
    week = len(value) == len(WEEKDAYS) and all(isinstance(each, int) for each in value)
    entries = [value] if week else value
    return "; ".join(_entry_text(entry) for entry in entries)


def read_optional(typed: str) -> str | None:
    return values.text(typed) or None


def read_times(typed: str) -> tuple[int, ...]:
    """Minutes of the day, sorted, each once."""
    from dosebell_host.wizard.when_words import read_when

    return read_when(typed, ()).at


def read_day_rule(typed: str, today: date) -> tuple[Value, date | None, date | None]:
    """The rule, and the first and the last day where the words say them."""
    course = read_course(typed, today)
    return _toml(course.days), course.start, course.end


def read_day(typed: str) -> date | None:
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise Wrong(f"{show(typed)} is not a date", "write it as 2026-01-31") from None
    return values.calendar_date(day)


def read_places(typed: str) -> Value | None:
    entries = [_entry(part) for part in typed.split(";")] if typed else []
    if len(entries) > 1:
        return entries
    return entries[0] if entries else None


def read_duration(bounds_s: tuple[int, int]) -> Callable[[str], str | None]:
    low_s, high_s = bounds_s

    def read(typed: str) -> str | None:
        if not typed:
            return None
        squeezed = "".join(typed.split()).lower()
        return duration_value(values.duration(squeezed, low_s=low_s, high_s=high_s))

    return read


def read_count(bounds: tuple[int, int]) -> Callable[[str], int | None]:
    low, high = bounds
    return lambda typed: _whole(typed, low, high) if typed else None


def shown_own_days(meal: Mapping[str, object]) -> str:
    """The weekdays with a time of their own, as `sat and sun 09:00`."""
    days: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        if isinstance(at := meal.get(day), str):
            days.setdefault(at, []).append(day)
    return ", ".join(f"{and_list(each)} {at}" for at, each in days.items())


def read_own_days(typed: str) -> dict[str, str]:
    """Times by weekday, from `sat and sun 9.00, mon 8:15`."""
    apart = read_days_apart(typed)
    return {WEEKDAYS[day]: time_text(minute) for day, minute in apart.items()}


def _toml(days: Days) -> Value:
    value: Value = tomllib.loads(f"days = {days_toml(days)}")["days"]
    return value


def _nth(day: int) -> str:
    return "last day" if day == LAST_OF_MONTH else f"{day}{_NTH.get(day, 'th')}"


def _entry_text(entry: Any) -> str:
    numbers: Sequence[object] = entry if isinstance(entry, list) else [entry]
    return " ".join(map(str, numbers))


def _entry(part: str) -> int | list[int]:
    low, high = limits.PLACE
    numbers = [_whole(each, low, high) for each in _BETWEEN.split(part.strip()) if each]
    if len(numbers) not in (1, len(WEEKDAYS)):
        fix = f"write one number, or seven from Monday to {_SUNDAY.capitalize()}day"
        raise Wrong(f"{show(part.strip())} has {len(numbers)} numbers", fix)
    return numbers[0] if len(numbers) == 1 else numbers


def _whole(typed: str, low: int, high: int) -> int:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _MAX_DIGITS
    return values.whole_number(int(typed) if is_number else typed, low=low, high=high)
