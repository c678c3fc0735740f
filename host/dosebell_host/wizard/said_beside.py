"""What people say beside a name in one breath: `amoxicillin three times a day for 7 days`.

Days and times are taken out of the name and proposed as answers to the later questions. Whatever
still speaks of times then was not read, and that is told instead of becoming a name.
"""

import re

from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.clock_words import read_clock
from dosebell_host.wizard.when_words import read_when

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
_CLOCK = re.compile(
    rf"(?:\bat )?\b((?:{_MINUTES}) (?:past|to) (?:{_HOUR})"
    rf"|(?<=\bat )(?:{_HOUR}|1\d|2[0-3])(?: o['’]?clock)?)"
    r"(?![\w.,:]*\d| ?(?:mg|mcg|µg|g|ml|iu|units?|tab|cap|drop|pill|puff))\b"
    r"((?: in the (?:morning|afternoon|evening)| at night| at bed ?time)?)",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"\b(?:times|every|each|until|till|tomorrow|today|weeks?|months?|past|twice|once|starting"
    r"|o['’]?clock|daily|\d+ (?:days?|hours?)|breakfast|supper)\b",
    re.IGNORECASE,
)
# About when most is taken that does not say which half of the day it means.
_MORNING_MIN = 450


def without_course(text: str) -> tuple[str, str]:
    """The text with a `|` where days stood, and those days, as `for 7 days from tomorrow`."""
    days = " ".join(match[0].strip() for match in _COURSE.finditer(text))
    return _OFTEN.sub("|", _COURSE.sub("|", text)), days


def without_spoken_clocks(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with a `|` where a time in words stood, as `at half past six`, and those times."""
    found = tuple(_minute(f"{match[1]}{match[2]}") for match in _CLOCK.finditer(text))
    return _CLOCK.sub("|", text), found


def refuse_unread(name: str) -> str:
    """The name; `Wrong` where something in it still speaks of when it is taken."""
    if _UNREAD.search(name):
        fix = "name only the medicines here, I ask the times next"
        raise Wrong("I could not read all of this", fix)
    return name


def _minute(said: str) -> int:
    try:
        return read_when(said, ()).at[0]
    except Wrong:
        return read_clock(said, _MORNING_MIN)
