"""One of several times moved, as people say it: `12:00 to 13:00`, `from noon to one`.

"5 to 8" is five minutes to eight as well. Where the dose has a time at five, that one is moved;
else it stays one time, as long as the minutes are such as people tell.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dosebell_host.errors import UsageError
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.wizard.clock_words import HALF_DAY_MIN, open_hour, read_clock
from dosebell_host.wording import and_list

_TO = re.compile(r"\s+(?:to|->|→)\s+", re.IGNORECASE)
_FROM = re.compile(r"^(?:from|at)\s+", re.IGNORECASE)
_ANY_MIN = 0
# Nobody says "eleven to twelve" and means minutes.
_TOLD_MIN = 5


class OneMoved(NamedTuple):
    """Minutes of the day: where one of the times is, and where it goes."""

    old: int
    new: int


def says_one(words: Sequence[str]) -> bool:
    """Whether the words may say that one time goes to another."""
    return any(_cut(" ".join(words)))


def one_moved(words: Sequence[str], there: Sequence[int], name: str) -> OneMoved | None:
    """The one of the times that are `there`, minutes of the day, and its new one; None where the
    words say no such thing. Raises `UsageError` for an old time that is none of those, or two.
    """
    line = " ".join(words)
    sides = list(_cut(line))
    for left, right in sides:
        if found := [minute for minute in there if _may_be(left, minute)]:
            if len(found) > 1:
                either = " or ".join(map(time_text, found))
                fix = f'write "{time_text(found[0])} to {right}" or the other one'
                raise UsageError(f"{show(left)} may be {either}", where="TIME", fix=fix)
            return OneMoved(found[0], _near(right, found[0]))
    if not sides or _is_spoken(line, sides[0][0]):
        return None
    fix = f"it is at {and_list(map(time_text, there))}"
    raise UsageError(f"{name} is not at {sides[0][0]}", where="TIME", fix=fix)


def _cut(line: str) -> Iterator[tuple[str, str]]:
    """Each way in which the words are two times."""
    line = _FROM.sub("", line.strip())
    for match in _TO.finditer(line):
        left, right = line[: match.start()], line[match.end() :]
        if _is_clock(left) and _is_clock(right):
            yield left, right


def _is_clock(typed: str) -> bool:
    try:
        read_clock(typed, _ANY_MIN)
    except Wrong:
        return False
    return True


def _is_spoken(line: str, minutes: str) -> bool:
    """Whether they are minutes to an hour: `ten to eight`, `5 to 8`."""
    return _is_clock(line) and not (minutes.isdecimal() and int(minutes) % _TOLD_MIN)


def _may_be(typed: str, minute: int) -> bool:
    if open_hour(typed):
        return (read_clock(typed, minute) - minute) % HALF_DAY_MIN == 0
    return read_clock(typed, minute) == minute


def _near(typed: str, old: int) -> int:
    """The new time; of a clock with twelve hours the one nearer to the old one."""
    minute = read_clock(typed, old)
    if not open_hour(typed):
        return minute
    both = (minute % HALF_DAY_MIN, minute % HALF_DAY_MIN + HALF_DAY_MIN)
    return min(both, key=lambda each: abs(each - old))
