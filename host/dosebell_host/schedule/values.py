"""Single values of a schedule: text in, checked value out, or `Wrong` with what would be right.

Each reader takes whatever TOML gave (a value of any type) and knows nothing of its place.
"""

import math
import re
import unicodedata
from datetime import date, datetime, time

from dosebell_host.schedule.limits import (
    DAY_S,
    FIRST_YEAR,
    HOUR_S,
    LAST_YEAR,
    MAX_TEXT_BYTES,
    MINUTE_S,
)

_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_LOOSE_TIME = re.compile(r"\s*([01]?[0-9]|2[0-3])[:.]([0-5][0-9])\s*([ap]m)?\s*", re.IGNORECASE)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(
    r"(?=.)(?:([0-9]{1,5})d)?(?:([0-9]{1,5})h)?(?:([0-9]{1,5})m)?(?:([0-9]{1,7})s)?"
)
_UNITS_S = (DAY_S, HOUR_S, MINUTE_S, 1)
# Besides Tab and friends, everything that some reader takes for the end of a line, that turns the
# direction of writing, or that makes two names look like one.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)
_CONTROLS = {*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029}
_UNITS = ("IU", "mcg", "\u00b5g", "ug", "mg", "g")
_SHOWN_CHARS = 40
_SHOWN_INT_MAX = 10**15


# Where something stands in a table or a list, and on the way down to a key.
Place = str | int
KeyPath = tuple[Place, ...]
# What is wrong with a value: where in it, why, and what would be right.
Problem = tuple[KeyPath, str, str]


class Wrong(ValueError):
    """A value is not right: `message` says why, `fix` what would be."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix

    @property
    def problems(self) -> list[Problem]:
        """All that is wrong."""
        return [((), self.message, self.fix)]


class ManyWrong(Wrong):
    """Several things are wrong inside a value; the message and the fix are the first one's."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(*problems[0][1:])
        self._problems = problems

    @property
    def problems(self) -> list[Problem]:
        return self._problems


def show(value: object) -> str:
    """The value as the file has it, short enough for a sentence."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{_printable(value)}"'
    if isinstance(value, int) and abs(value) > _SHOWN_INT_MAX:
        return "a number this large"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "a table"
    return str(value)


def _printable(text: str) -> str:
    shown = text if len(text) <= _SHOWN_CHARS else f"{text[: _SHOWN_CHARS - 1]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in shown)


def time_of_day(value: object) -> int:
    """ "HH:MM" as minutes since midnight, 0 to 1439."""
    if isinstance(value, time):
        clock = value.strftime("%H:%M")
        raise Wrong(f"the time {clock} is not in quotes", f'write "{clock}"')
    if isinstance(value, str) and (match := _TIME.fullmatch(value)):
        return int(match[1]) * 60 + int(match[2])
    raise Wrong(f"{show(value)} is not a time of day", _time_fix(value))


def _time_fix(value: object) -> str:
    match = _LOOSE_TIME.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return 'write "HH:MM" from "00:00" to "23:59", such as "07:30"'
    hour, half = int(match[1]), (match[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return f'write "{hour:02d}:{match[2]}"'


def time_text(minute: int) -> str:
    """Minutes since midnight as HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def duration(value: object, *, low_s: int, high_s: int, zero: bool = False) -> int:
    """A duration such as "1h30m" in seconds, from `low_s` to `high_s`, or 0 where allowed."""
    fix = f'write a duration from "{duration_value(low_s)}" to "{duration_value(high_s)}"'
    fix += ', or "0m"' if zero else ""
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise Wrong(f'{show(value)} is not a duration such as "90m" or "1h30m"', fix)
    seconds = sum(int(n or 0) * unit for n, unit in zip(match.groups(), _UNITS_S, strict=True))
    if not (low_s <= seconds <= high_s or (zero and seconds == 0)):
        raise Wrong(f"{show(value)} is too {'short' if seconds < low_s else 'long'}", fix)
    return seconds


def duration_value(seconds: int) -> str:
    """Seconds in the form of the file: 5400 is "1h30m", 0 is "0m"."""
    text = ""
    for unit_s, letter in zip(_UNITS_S, "dhms", strict=True):
        number, seconds = divmod(seconds, unit_s)
        text += f"{number}{letter}" if number else ""
    return text or "0m"


def quiet_hours(value: object) -> tuple[int, int] | None:
    """ "HH:MM-HH:MM" as minutes of the day (from, to); "none" as None."""
    if value == "none":
        return None
    start, _, end = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not (_TIME.fullmatch(start) and _TIME.fullmatch(end)):
        raise Wrong(f"{show(value)} is not a span of hours", 'write "22:00-06:30", or "none"')
    if start == end:
        raise Wrong(f"{show(value)} ends where it begins", 'write two different times, or "none"')
    return time_of_day(start), time_of_day(end)


def calendar_date(value: object) -> date:
    """A TOML date in the years the device's calendar is tested for."""
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        raise Wrong(f"the date {show(value)} is in quotes", f"write {value.strip()} without them")
    if isinstance(value, datetime):
        raise Wrong(f"{value} has a time of day", f"write {value.date()}")
    if not isinstance(value, date):
        raise Wrong(f"{show(value)} is not a date", "write it as 2026-01-31, without quotes")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Wrong(
            f"{value} is too far away", f"write a date in the years {FIRST_YEAR} to {LAST_YEAR}"
        )
    return value


def text(value: object) -> str:
    """At most 64 bytes of UTF-8 on one line; may be empty."""
    if not isinstance(value, str):
        raise Wrong(f"{show(value)} is not text", 'write it in quotes: "..."')
    if unseen := _UNSEEN.search(value):
        raise Wrong(f"{_unseen(ord(unseen[0]))} in it", "take it out")
    size = len(value.encode())
    if size > MAX_TEXT_BYTES:
        raise Wrong(f"{show(value)} has {size} bytes in UTF-8", f"shorten it to {MAX_TEXT_BYTES}")
    return value


def _unseen(code: int) -> str:
    kind = "a control" if code in _CONTROLS else "an invisible"
    return f"there is {kind} character (U+{code:04X})"


def full_text(value: object) -> str:
    """As `text`, and not empty."""
    if not text(value).strip():
        raise Wrong(f"{show(value)} is empty", f"write 1 to {MAX_TEXT_BYTES} bytes of text")
    return text(value)


def slug(value: object, *, length: int, example: str = "d3k2") -> str:
    """A short name for machines and people: a-z, 0-9 and "-"."""
    if isinstance(value, str) and re.fullmatch(rf"[a-z0-9-]{{1,{length}}}", value):
        return value
    better = ""
    if isinstance(value, str):
        plain = unicodedata.normalize("NFKD", value[:200]).encode("ascii", "ignore").decode()
        better = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:length].strip("-")
    raise Wrong(
        f"{show(value)} is not a short name",
        f'write 1 to {length} of a-z, 0-9 and "-", such as "{better or example}"',
    )


def form_name(value: object) -> str:
    """The form of a nutrient, such as "MK-7"."""
    allowed = re.compile(r"[A-Za-z0-9 .()+-]{1,24}")
    if isinstance(value, str) and allowed.fullmatch(value) and value.strip():
        return value
    raise Wrong(
        f"{show(value)} is not the name of a form",
        'write 1 to 24 letters, digits, spaces and ".()+-", such as "MK-7"',
    )


def whole_number(value: object, *, low: int, high: int) -> int:
    """An integer from `low` to `high`; `true` and `7.0` are none."""
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return value
    raise Wrong(f"{show(value)} does not fit here", f"write a whole number from {low} to {high}")


def fat_grams(value: object, *, low: int, high: int) -> int | float:
    """Grams of fat, a number from `low` to `high`."""
    number = _number(value)
    if number is None or not low <= number <= high:
        raise Wrong(f"{show(value)} does not fit here", f"write a number from {low} to {high}")
    return number


def amount(value: object, *, high: int) -> int | float:
    """How much of a nutrient, a number above 0."""
    number = _number(value)
    if number is None or not 0 < number <= high:
        raise Wrong(f"{show(value)} is not an amount", f"write a number above 0, at most {high}")
    return number


def _number(value: object) -> int | float | None:
    if isinstance(value, float):
        return _simplest(value) if math.isfinite(value) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _simplest(number: float) -> int | float:
    # 1000 and 1000.0 are one amount, so they must compile to one text.
    return int(number) if number.is_integer() else number


def one_of(value: object, *, choices: tuple[str, ...]) -> str:
    """One of a few words, spelled exactly so."""
    if isinstance(value, str) and value in choices:
        return value
    words = ", ".join(f'"{choice}"' for choice in choices)
    raise Wrong(f"{show(value)} is not known here", f"write one of {words}")


def unit(value: object) -> str:
    """A unit of amount; the three spellings of microgram become "mcg"."""
    # U+00B5 is what keyboards type, U+03BC is the Greek letter that looks the same.
    typed = value.replace("\u03bc", "\u00b5") if isinstance(value, str) else value
    if isinstance(typed, str) and typed not in _UNITS:
        # Whoever wrote the right one loads nothing for the others.
        from dosebell_host.reference.medicine_words import IN_UNITS

        if re.fullmatch(IN_UNITS, typed, re.IGNORECASE):
            raise Wrong(f"{show(value)} is not known here", 'write "IU"')
    word = one_of(typed, choices=_UNITS)
    return "mcg" if word in ("\u00b5g", "ug") else word


def lab_unit(value: object) -> str:
    """A unit of 25(OH)D, whatever its capitals."""
    units = {"ng/ml": "ng/mL", "nmol/l": "nmol/L"}
    typed = units.get(value.lower(), value) if isinstance(value, str) else value
    return one_of(typed, choices=tuple(units.values()))


def only_true(value: object) -> bool:
    """`true`; the key is left out otherwise."""
    if value is not True:
        raise Wrong(f"{show(value)} does not fit here", "write true, or take the line out")
    return True


def yes_no(value: object) -> bool:
    """`true` or `false`."""
    if not isinstance(value, bool):
        raise Wrong(f"{show(value)} does not fit here", "write true or false")
    return value
