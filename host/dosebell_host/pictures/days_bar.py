"""One bar a day for some weeks, small enough for a row of a table: how much of it was taken.

Each bar is cut into shares, from the bottom: full is taken, half as wide is taken late, a frame
with a cross is missed, one with a dash is skipped, slanting lines are not known.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from dosebell import record
from dosebell_host.history.measures import OFF
from dosebell_host.history.outcomes import LATE, OPEN
from dosebell_host.pictures.marks import MARKS, cross, dash, dot, hatch
from dosebell_host.pictures.markup import Markup
from dosebell_host.pictures.period import Period, day_words
from dosebell_host.pictures.picture import Sheet, at
from dosebell_host.wording import and_list

# How many occurrences of a day ended in each status.
DayCounts = tuple[tuple[str, int], ...]

_DAY, _BAR, _HIGH = 7.0, 6.0, 24.0
_EDGE = 0.5
# More days than these are counted, not named.
_MOST_NAMED = 5
# As many pictures as are on a page of many people, and on that of the day before.
_KEPT = 1024

Share = Callable[[Sheet, str, float, float, float], None]


@lru_cache(_KEPT)
def days_bar(first_day: int, days: tuple[DayCounts, ...]) -> Markup:
    """What became of all doses of some days from that day number on, one bar a day."""
    sheet = Sheet(_DAY * len(days), _words(first_day, days), "")
    sheet.line("row", 0, _HIGH, sheet.width, _HIGH)
    for place, counts in enumerate(days):
        _bar(sheet, place * _DAY + _EDGE, counts)
    return sheet.svg(_HIGH + 1)


def key() -> Iterator[tuple[Markup, str]]:
    """Each kind of share as a small picture of its own, and its words."""
    for status in _SHARES:
        sheet = Sheet(_DAY, MARKS[status].words, "")
        _bar(sheet, _EDGE, ((status, 1),))
        yield sheet.svg(_HIGH + 1), MARKS[status].words


def _bar(sheet: Sheet, x: float, counts: DayCounts) -> None:
    shown = [(status, n) for status, n in counts if status in _SHARES]
    total, bottom = sum(n for _, n in shown), _HIGH
    for status, n in sorted(shown, key=lambda each: _ORDER.index(each[0])):
        high = _HIGH * n / total
        bottom -= high
        _SHARES[status](sheet, status, x, bottom, high)


def _full(sheet: Sheet, status: str, x: float, y: float, high: float) -> None:
    _filled(sheet, status, x, y, _BAR, high)


def _half(sheet: Sheet, status: str, x: float, y: float, high: float) -> None:
    _filled(sheet, status, x, y, _BAR / 2, high)


def _filled(sheet: Sheet, status: str, x: float, y: float, wide: float, high: float) -> None:
    steps = f"M{at(x)} {at(y)}h{at(wide)}v{at(high)}h{at(-wide)}z"
    sheet.path(status, steps, color=MARKS[status].colour, fill="currentColor")


def _framed(draw: Share) -> Share:
    def share(sheet: Sheet, status: str, x: float, y: float, high: float) -> None:
        inside = high - 2 * _EDGE
        steps = f"M{at(x + _EDGE)} {at(y + _EDGE)}h{at(_BAR - 1)}v{at(inside)}h{at(1 - _BAR)}z"
        look = {"stroke": "currentColor", "stroke_width": 0.9}
        sheet.path(status, steps, color=MARKS[status].colour, **look)
        draw(sheet, status, x + _BAR / 2, y + high / 2, min(2.4, high / 3))

    return share


def _hatched(sheet: Sheet, status: str, x: float, y: float, high: float) -> None:
    hatch(sheet, status, x + _EDGE, y + _EDGE, _BAR - 1, high - 2 * _EDGE, 2.5)


def _specks(sheet: Sheet, status: str, x: float, y: float, high: float) -> None:
    """Nothing was due, or nothing has come of it yet."""
    dot(sheet, status, x + _BAR / 2, y + high - 2, 0.9)
    if status == OPEN:
        dot(sheet, status, x + _BAR / 2, y + high - 5, 0.9)


# From the bottom of a bar to its top.
_SHARES: dict[str, Share] = {
    record.TAKEN: _full,
    LATE: _half,
    OPEN: _specks,
    OFF: _specks,
    record.SKIPPED: _framed(dash),
    record.UNKNOWN: _hatched,
    record.MISSED: _framed(cross),
}
_ORDER = tuple(_SHARES)


def _words(first_day: int, days: Sequence[DayCounts]) -> str:
    """The same for who hears it: on which days not all was taken."""
    period = Period(first_day, first_day + len(days) - 1)
    said = [
        f"{MARKS[status].words} on {_named(found)}"
        for status in (record.MISSED, record.UNKNOWN, record.SKIPPED, LATE)
        if (found := _days_with(first_day, days, status))
    ]
    taken = [n for n in days if n and {status for status, _ in n} <= {record.TAKEN, OFF}]
    noted = sum(map(bool, days))
    all_taken = f"all taken on {len(taken)} of {noted} days" if noted else "nothing is noted"
    return f"{period.text}: {'; '.join([all_taken, *said])}"


def _days_with(first_day: int, days: Sequence[DayCounts], status: str) -> list[int]:
    return [first_day + n for n, counts in enumerate(days) if status in dict(counts)]


def _named(found: list[int]) -> str:
    if len(found) > _MOST_NAMED:
        return f"{len(found)} days"
    return and_list(map(day_words, found))
