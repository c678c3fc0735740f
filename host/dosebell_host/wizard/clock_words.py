"""Times of day as people write them: `8.15`, `8am`, `6:30 p.m.`, `22h`, `noon`, each with one
reading. A bare `8` has none: it may be the morning, the evening or a number of tablets.
"""

import re

from dosebell_host.schedule.values import time_of_day

_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)"
_HOUR = r"(?P<hour>2[0-4]|[01]?\d)"
_MINUTE = r"(?P<minute>[0-5]\d)"
_UHR = r"(?:\s*(?:uhr|o['’]?clock)\b)"
_WORDS = {"noon": 720, "midday": 720, "midnight": 0}

# As the answer to a question for a time: nothing else is meant by it.
_ALONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_HOUR}\s?[:.h]\s?{_MINUTE}(?:{_HALF}|{_UHR}|\s*h)?",
        rf"{_HOUR}(?:{_HALF}|\s*uhr|\s*h)",
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)",
    )
)
# Among other words, where 2.5 may be an amount: a dot wants something beside it that tells.
_AMONG = re.compile(
    rf"(?P<at>\bat\s+|@\s*)?(?<![\d.,:]){_HOUR}(?!\d)(?:(?P<sign>[:.]){_MINUTE}(?![\d:]))?"
    rf"(?P<told>{_HALF}|{_UHR})?|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)


def read_clock(text: str) -> int:
    """The minute of the day that a text means. Raises `Wrong` where it is no time of day."""
    typed = text.strip().strip("()").strip()
    if typed.lower() in _WORDS:
        return _WORDS[typed.lower()]
    for pattern in _ALONE:
        if match := pattern.fullmatch(typed):
            minute = _minute(match["hour"], match.groupdict().get("minute"), _half(match))
            if minute is not None:
                return minute
    return time_of_day(typed)


def without_clocks(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with a `|` where each time of day stood, and those times as minutes of the day."""
    found: list[int] = []

    def taken_out(match: re.Match[str]) -> str:
        minute = _among(match)
        if minute is None:
            return match[0]
        found.append(minute)
        return "|"

    return _AMONG.sub(taken_out, text), tuple(found)


def _among(match: re.Match[str]) -> int | None:
    if match["word"]:
        return _WORDS[match["word"].lower()]
    if match["told"] or match["sign"] == ":" or (match["at"] and match["sign"]):
        return _minute(match["hour"], match["minute"], _half(match))
    return None


def _half(match: re.Match[str]) -> str:
    return match.groupdict().get("half") or ""


def _minute(hour_text: str, minute_text: str | None, half: str) -> int | None:
    """None where there is no such time, as 13 pm."""
    hour, minute = int(hour_text), int(minute_text or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return hour * 60 + minute if hour < 24 else None
