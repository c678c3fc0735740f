"""Times of day as people write them: `8`, `8.15`, `8am`, `22h`, `noon`, `half past six`.

A bare `8` is a time only as the answer to a question for one; among other words it may be a number
of tablets. What leaves the half of the day open, as `half past six`, is taken as the one nearer to
where it is known to be about, as that of a meal; else it is asked for.
"""

import re
from typing import NamedTuple

from dosebell_host.schedule.values import Wrong, show, time_of_day, time_text

_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)"
_HOUR = r"(?P<hour>2[0-4]|[01]?\d)"
_MINUTE = r"(?P<minute>[0-5]\d)"
_UHR = r"(?:\s*(?:uhr|o['’]?clock)\b)"
_WORDS = {"noon": 720, "midday": 720, "midnight": 0}
HALF_DAY_MIN = 720
_DAY_MIN = 2 * HALF_DAY_MIN

# As the answer to a question for a time: nothing else is meant by it.
_ALONE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_HOUR}\s?[:.h]\s?{_MINUTE}(?:{_HALF}|{_UHR}|\s*h)?",
        rf"{_HOUR}(?:{_HALF}|\s*uhr|\s*h)",
        r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)",
    )
)
_NUMBERS = tuple("one two three four five six seven eight nine ten eleven twelve".split())
_MINUTES = {"half": 30, "quarter": 15, "a quarter": 15, "five": 5, "ten": 10, "twenty": 20}
_NUMBER = re.compile(rf"\b({'|'.join(_NUMBERS)})\b(?! (?:past|to)\b)", re.IGNORECASE)
_SPOKEN = re.compile(
    rf"(?P<minute>{'|'.join(_MINUTES)}|[1-5]?\d) (?P<way>past|to) (?P<hour>1[0-2]|[1-9])",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?P<hour>2[0-3]|1\d|0?\d)")
_OPEN = re.compile(rf"(?:1[0-2]|[1-9])(?:\s?[:.]\s?{_MINUTE})?")
_OCLOCK = re.compile(r"\s*\bo['’]?clock\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:at|about|around|by|roughly|ca\.?|approx\.?)\s+)+", re.IGNORECASE)
# What it comes before or after tells nothing that the time does not.
_BESIDE = re.compile(
    r",?\s+(?:(?:just|shortly|right)\s+)?(?:before|after)\s+(?:my\s+)?"
    r"(?:breakfast|lunch|dinner|supper|eating|food|meals?|sleep)$",
    re.IGNORECASE,
)
_PART = re.compile(
    r",?\s+(?:in the (?P<day>morning|afternoon|evening)"
    r"|(?P<night>at night|tonight|every night|(?:at|before|for|by) (?:my )?bed\s?-?(?:time)?))$",
    re.IGNORECASE,
)
_MINUTE_OF = re.compile(r"[:.]\d\d")
# Until here a clock at night shows the next morning.
_NIGHT_ENDS = 5
# Among other words, where 2.5 may be an amount: a dot wants something beside it that tells.
_AMONG = re.compile(
    rf"(?P<at>\bat\s+|@\s*)?(?<![\d.,:]){_HOUR}(?!\d)(?:(?P<sign>[:.]){_MINUTE}(?![\d:]))?"
    rf"(?P<told>{_HALF}|{_UHR})?|\b(?P<word>noon|midday|midnight)\b",
    re.IGNORECASE,
)


def read_clock(text: str, near: int | None = None) -> int:
    """The minute of the day that a text means; `near` is the minute about which it is, if that is
    known, as of a meal. Raises `Wrong` where it is no time of day, or may be two.
    """
    typed = _bared(text)
    if typed.lower() in _WORDS:
        return _WORDS[typed.lower()]
    half, typed = _half_of_day(_NUMBER.sub(_as_digits, typed))
    for pattern in _ALONE:
        if match := pattern.fullmatch(typed):
            own = _half(match)
            minute = _minute(match["hour"], match.groupdict().get("minute"), own or half)
            if minute is not None:
                return minute
    minute = _by_hour(_OCLOCK.sub("", typed), half, near, text.strip())
    return time_of_day(text.strip()) if minute is None else minute


class OpenHour(NamedTuple):
    """That a time may be of either half of the day; `bare` where its minutes are not written."""

    bare: bool


def open_hour(text: str) -> OpenHour | None:
    """Whether a text is a time as a clock with twelve hours shows it, and nothing says which half
    of the day is meant; None for all else, as for `08` and `8am`.
    """
    half, typed = _half_of_day(_NUMBER.sub(_as_digits, _bared(text)))
    match = _OPEN.fullmatch(_OCLOCK.sub("", typed))
    return None if half or not match else OpenHour(bare=not match["minute"])


def _bared(text: str) -> str:
    """Without what stands around a time and tells nothing."""
    return _BESIDE.sub("", _LEADING.sub("", text.strip().strip("()").strip()))


def _by_hour(typed: str, half: str, near: int | None, said: str) -> int | None:
    """A bare hour, or a time in words; None for all else. `said` is what was typed."""
    if match := _BARE.fullmatch(typed):
        is_open = near is not None and typed in map(str, range(1, 12))
        minute = _minute(match["hour"], None, half)
        return minute if half or not is_open or minute is None else _nearer(minute, near, said)
    if match := _SPOKEN.fullmatch(" ".join(typed.split())):
        word = match["minute"].lower()
        beside = _MINUTES.get(word) or int(word)
        hour = int(match["hour"]) % 12 + (12 if half == "p" else 0)
        minute = (hour * 60 + (beside if match["way"].lower() == "past" else -beside)) % _DAY_MIN
        return minute if half else _nearer(minute, near, said)
    return None


def _nearer(minute: int, near: int | None, said: str) -> int:
    """Of the two times that a clock with twelve hours shows alike, the one nearer to `near`."""
    first, second = sorted((minute % HALF_DAY_MIN, minute % HALF_DAY_MIN + HALF_DAY_MIN))
    if near is not None:
        return min(first, second, key=lambda each: _apart(each, near))
    either = f'"{time_text(first)}" or "{time_text(second)}"'
    raise Wrong(f"{show(said)} may be the first or the second half of the day", f"write {either}")


def _apart(one: int, other: int) -> int:
    return min((one - other) % _DAY_MIN, (other - one) % _DAY_MIN)


def _half_of_day(typed: str) -> tuple[str, str]:
    """`a`, `p` or "", as words behind the time say, and the text without them."""
    match = _PART.search(typed)
    if not match:
        return "", typed
    rest = typed[: match.start()]
    if match["day"]:
        return ("a" if match["day"].lower() == "morning" else "p"), rest
    hours = re.findall(r"\d+", _MINUTE_OF.sub("", rest))
    early = bool(hours) and (int(hours[-1]) <= _NIGHT_ENDS or int(hours[-1]) == 12)
    return ("a" if early else "p"), rest


def _as_digits(match: re.Match[str]) -> str:
    return str(_NUMBERS.index(match[0].lower()) + 1)


def without_clocks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a `|` where each time of day stood, and those times as they stood there."""
    found: list[str] = []

    def taken_out(match: re.Match[str]) -> str:
        if _among(match) is None:
            return match[0]
        found.append(match[0].removeprefix(match["at"] or ""))
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
