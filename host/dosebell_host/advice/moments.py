"""When something is taken, as minutes of a week, and how far two such moments can be apart.

A week is a circle of 10,080 minutes from Monday 00:00. A rule for days that is no weekday rule may
meet any weekday, so it is counted on all seven: better a caution too many than one too few.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from dosebell_host.schedule.days import Days

DAY_MIN = 1_440
WEEK_MIN = 7 * DAY_MIN
EVERY_WEEKDAY = (0, 1, 2, 3, 4, 5, 6)

Moments = tuple[int, ...]
Span = tuple[date | None, date | None]


def weekdays_of(days: Days, start: date | None) -> tuple[int, ...]:
    """The weekdays (0 is Monday) on which a rule can fall."""
    if days.kind == "week":
        return days.numbers
    if days.kind == "every" and days.numbers[0] % 7 == 0 and start:
        return (start.weekday(),)
    return EVERY_WEEKDAY


def weekdays_between(first: date, last: date) -> tuple[int, ...]:
    """The weekdays that lie in a span of dates, both ends included."""
    count = min(7, (last - first).days + 1)
    return tuple(sorted((first + timedelta(offset)).weekday() for offset in range(count)))


def at_times(weekdays: Iterable[int], minutes: Iterable[int]) -> Moments:
    """The same times of day on each of these weekdays."""
    times = tuple(minutes)
    return tuple(sorted({weekday * DAY_MIN + minute for weekday in weekdays for minute in times}))


@lru_cache(maxsize=4096)
def closest_after(moments: Moments, others: Moments) -> tuple[int, int, int] | None:
    """The least wait from one of `others` to one of `moments` that follows it.

    Returns (minutes between, the moment, the other), or None where either is empty.
    """
    if not moments or not others:
        return None
    # Either way finds every closest pair; the shorter list makes it faster.
    if len(moments) < len(others):
        pairs = [(m, others[bisect_left(others, m + 1) - 1]) for m in moments]
    else:
        pairs = [(moments[bisect_left(moments, o) % len(moments)], o) for o in others]
    return min(((moment - other) % WEEK_MIN, moment, other) for moment, other in pairs)


def clock(moment: int) -> str:
    """The time of day of a moment, as 07:30."""
    hours, minutes = divmod(moment % DAY_MIN, 60)
    return f"{hours:02d}:{minutes:02d}"


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans of dates share a day; None is an end that is open."""
    starts = [span[0] for span in (one, other) if span[0]]
    ends = [span[1] for span in (one, other) if span[1]]
    return not (starts and ends) or max(starts) <= min(ends)
