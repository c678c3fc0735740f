"""When a meal is, as people say it: `8`, `8 on weekdays, 9 on Sunday`, `8, Sundays 9`."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dosebell_host.schedule.days import WEEKDAYS
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.wizard.clock_words import read_clock
from dosebell_host.wizard.day_words import read_weekdays
from dosebell_host.wording import and_list

# An "and" parts two times only where a time or a day with a time stands behind it.
_BETWEEN = re.compile(
    r"\s*(?:[,;]|\bbut\b|\bexcept\b|(?<=\d)\s+and\b|\band\b(?=\s+(?:at\s+)?\d))\s*", re.IGNORECASE
)
# What stands between a day and its time.
_JOINING = frozenset({"on", "at", "every", "each", "and", "&", "the"})
_EXAMPLE = 'write it as "8, sunday 9"'
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class MealTime:
    """The minute of the day of a meal; `apart` has that of weekdays with another one, by their
    number from 0 for Monday on.
    """

    at: int
    apart: Mapping[int, int] = field(default_factory=dict)

    def on(self, weekday: int) -> int:
        return self.apart.get(weekday, self.at)


def read_meal_time(text: str, near: int | None = None) -> MealTime:
    """The time that a text means, and those of days apart; `near` is about when that meal is.

    Raises `Wrong` where it is no time, or the usual one is not said.
    """
    usual: list[int] = []
    by_day: dict[int, int] = {}
    for days, minute in _parts(text, near):
        if days:
            by_day |= dict.fromkeys(days, minute)
        else:
            usual.append(minute)
    if len(usual) > 1:
        raise Wrong(f"{show(text)} has two times for the same days", _EXAMPLE)
    at = usual[0] if usual else _most(text, by_day)
    return MealTime(at, {day: by_day[day] for day in sorted(by_day) if by_day[day] != at})


def read_days_apart(text: str, near: int | None = None) -> dict[int, int]:
    """The times of some weekdays, as `Sunday 9`; none where nothing is said."""
    from dosebell_host.reference.recognised import is_none

    if not text.strip() or is_none(text):
        return {}
    found: dict[int, int] = {}
    for days, minute in _parts(text, near):
        if not days:
            raise Wrong(f"{show(text)} does not say the day", 'write it as "Sunday 9"')
        found |= dict.fromkeys(days, minute)
    return dict(sorted(found.items()))


def meal_words(time: MealTime) -> str:
    """`08:00`, or `08:00, but 09:00 on Sunday`."""
    return f"{time_text(time.at)}{_but(time.apart)}"


def days_apart_words(apart: Mapping[int, int]) -> str:
    """`09:00 on Saturday and Sunday`."""
    by_time: dict[int, list[str]] = {}
    for day, minute in apart.items():
        by_time.setdefault(minute, []).append(DAY_NAMES[day])
    return ", ".join(
        f"{time_text(minute)} on {and_list(days)}" for minute, days in by_time.items()
    )


def _but(apart: Mapping[int, int]) -> str:
    return f", but {days_apart_words(apart)}" if apart else ""


def _most(text: str, by_day: Mapping[int, int]) -> int:
    """The time of most days, where none is said to be the usual one."""
    (at, count), *_ = Counter(by_day.values()).most_common(1)
    if count <= len(WEEKDAYS) // 2:
        raise Wrong(f"{show(text)} does not say the time of the other days", _EXAMPLE)
    return at


def _parts(text: str, near: int | None) -> Iterator[tuple[tuple[int, ...], int]]:
    """Weekdays, none where none are named, and the time that belongs to them."""
    waiting: tuple[int, ...] = ()
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    for part in parts or [text]:
        days, rest = _days_and_rest(part)
        waiting += days
        if rest or not days:
            yield waiting, read_clock(rest, near)
            waiting = ()
    if waiting:
        raise Wrong(f"{show(text)} has a day without a time", _EXAMPLE)


def _days_and_rest(part: str) -> tuple[tuple[int, ...], str]:
    words = part.split()
    named = [word for word in words if read_weekdays(word) is not None]
    if not named:
        return (), part
    days = {day for word in named for day in read_weekdays(word) or ()}
    rest = [word for word in words if word not in named and word.lower() not in _JOINING]
    return tuple(sorted(days)), " ".join(rest)
