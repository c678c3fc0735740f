"""What people say beside a name in one breath: `amoxicillin three times a day for 7 days`.

Days and times are taken out of the name and proposed as answers to the later questions. Whatever
still speaks of times then was not read, and that is told instead of becoming a name.
"""

import re

from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.clock_words import read_clock

_DATE = (
    r"(?:today|tomorrow|\d{1,2}(?:st|nd|rd|th|\.)?\s(?:of )?[a-z]{3,9}(?: \d{4})?"
    r"|\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{4})?|\d{4}-\d\d-\d\d)"
)
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays|weekends?)"
_COURSE = re.compile(
    r"\bfor (?:\d{1,4}|one|two|three|four) (?:days?|weeks?)\b"
    rf"|\b(?:from|starting|since|until|till) {_DATE}(?!\w)"
    rf"|\b(?:(?:on|every|each) )*{_DAY}(?:(?:,? and |, ?| ){_DAY})*\b"
    r"|\bevery (?:other|second|third|\d{1,3}) (?:days?|weeks?)\b",
    re.IGNORECASE,
)
# How often alone does not say on which day: that is asked.
_OFTEN = re.compile(
    r"\b(?:once|twice) (?:a|per|every) (?:week|month)\b|\bweekly\b|\bmonthly\b", re.IGNORECASE
)
_MINUTES = r"half|(?:a )?quarter|five|ten|twenty|\d{1,2}"
_HOUR = r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|[1-9]"
_BARE = rf"{_HOUR}|1\d|2[0-3]"
AT_NIGHT = "at night"
_OF_DAY = r"mornings?|afternoons?|evenings?|nights?|tonight|bed\s?-?time|bed"
# "Evening primrose oil" is a name.
_PART = re.compile(
    r"\b(?:(?:in|at|on|every|each|before|after|for|by)\s+(?:(?:the|my)\s+)?)+"
    rf"(?P<one>{_OF_DAY})\b|\b(?P<two>{_OF_DAY})\b"
    r"(?=\s*(?:$|[^\w\s-]|\d|(?:at|with|before|after|on|for)\b))",
    re.IGNORECASE,
)
# "Evening 8" has no "at".
_PART_AND_HOUR = re.compile(rf"(\b(?:{_OF_DAY})),? (?=(?:{_BARE})\s*$)", re.IGNORECASE)
# The times that may be called so, in minutes of the day.
_WITHIN = {
    "in the morning": frozenset(range(720)),
    "in the afternoon": frozenset(range(720, 1440)),
    "in the evening": frozenset(range(720, 1440)),
    AT_NIGHT: frozenset(range(360)) | frozenset(range(1080, 1440)),
}
_HOUR_ALONE = re.compile(rf"(?:{_BARE})(?=\s*$|\s+(?:in|at)\b)", re.IGNORECASE)
_CLOCK = re.compile(
    rf"(?:\bat )?\b((?:{_MINUTES}) (?:past|to) (?:{_HOUR})"
    rf"|(?<=\bat )(?:{_BARE})(?: o['’]?clock)?)"
    r"(?![\w.,:]*\d| ?(?:mg|mcg|µg|g|ml|iu|units?|tab|cap|drop|pill|puff))\b",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"\b(?:times|every|each|until|till|tomorrow|today|weeks?|months?|past|twice|once|starting"
    r"|o['’]?clock|daily|\d+ (?:days?|hours?)|breakfast|supper|or (?:at )?\d+)\b",
    re.IGNORECASE,
)
UNREADABLE = Wrong(
    "I could not read all of this", "name only the medicines here, I ask the times next"
)


def without_course(text: str) -> tuple[str, str]:
    """The text with a `|` where days stood, and those days, as `for 7 days from tomorrow`."""
    days = " ".join(match[0].strip() for match in _COURSE.finditer(text))
    return _OFTEN.sub("|", _COURSE.sub("|", text)), days


def without_part(text: str) -> tuple[str, str]:
    """The text with a `|` where a part of the day stood, and that part, as `at night`, or ""."""
    text = _PART_AND_HOUR.sub(r"\1 at ", text)
    found = {_part_called(match["one"] or match["two"]) for match in _PART.finditer(text)}
    if len(found) > 1:
        raise UNREADABLE
    return _PART.sub("|", text), "".join(found)


def _part_called(word: str) -> str:
    part = f"in the {word.lower().removesuffix('s')}"
    return part if part in _WITHIN else AT_NIGHT


def part_alone(text: str) -> str:
    """The part of the day that a text is, as `every night`; "" where it is more than that."""
    match = _PART.fullmatch(text.strip())
    return _part_called(match["one"] or match["two"]) if match else ""


def with_part(clock: str, part: str) -> str:
    """The time in the part of the day that was said with it. Raises `Wrong` where it is not."""
    try:
        read_clock(f"{clock} {part}")
    except Wrong:
        if read_clock(clock) not in _WITHIN[part]:
            raise UNREADABLE from None
        return clock
    return f"{clock} {part}"


def with_at(text: str) -> str:
    """`at 9` for an hour alone, which among times is one of them."""
    return f"at {text}" if _HOUR_ALONE.match(text) else text


def without_spoken_clocks(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with a `|` where a time in words stood, as `at half past six`, and those times."""
    return _CLOCK.sub("|", text), tuple(match[1] for match in _CLOCK.finditer(text))


def refuse_unread(name: str) -> str:
    """The name; `Wrong` where something in it still speaks of when it is taken."""
    if _UNREAD.search(name):
        raise UNREADABLE
    return name
