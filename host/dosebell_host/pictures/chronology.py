"""The chronology: x is the date, y the time of day, a dot an intake, the window a band.

It shows at once what is late, what is left out, how long, and what nobody knows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from dosebell import civil, record
from dosebell_host.history.measures import OFF
from dosebell_host.history.outcomes import LATE
from dosebell_host.pictures.marks import MARKS, dot, hatch, mark_on, ring
from dosebell_host.pictures.occasions import Occasion, clock_words
from dosebell_host.pictures.period import DateAxis, Period
from dosebell_host.pictures.picture import SMALL, Numbers, Picture, Sheet, at

WIDTH = 330.0
_LEFT, _RIGHT, _TOP, _PLOT, _BELOW = 45.0, 4.0, 5.0, 54.0, 14.0
_LANES, _LANE = _TOP + _PLOT + 5, 9.5
_CAPTION = "When it was taken; in the grey band the box reminds."
# A range of the day is at least so long; a window of days is not shown to its end.
_LEAST_MIN, _AFTER_DUE_MIN = 240, 720
_STEPS_MIN = (60, 120, 180, 240, 360, 720, 1440)
_MOST_TICKS = 4
_MOST_LANES = 4
BACK_DATED, EXTRA = "back-dated", "extra"


class _Hours(NamedTuple):
    """Which part of the day is shown, from the bottom up."""

    first_min: int
    last_min: int

    def y(self, minutes: float) -> float:
        inside = min(max(minutes, self.first_min), self.last_min)
        part = (inside - self.first_min) / (self.last_min - self.first_min)
        return _TOP + _PLOT * (1 - part)

    def ticks(self) -> range:
        long_min = self.last_min - self.first_min
        step = next((each for each in _STEPS_MIN if long_min / each <= _MOST_TICKS), long_min)
        return range(-(-self.first_min // step) * step, self.last_min + 1, step)


def chronology(name: str, period: Period, shown: Sequence[Occasion]) -> Picture:
    """Every intake of one dose at its time of day."""
    axis = DateAxis(period, _LEFT, WIDTH - _LEFT - _RIGHT)
    hours, lanes = _hours(shown), _lanes(shown)
    bottom = _LANES + _LANE * len(lanes)
    sheet = Sheet(WIDTH, f"{name}: when it was taken", _description(period, shown))
    _windows(sheet, axis, hours, shown)
    _unknown(sheet, axis, hours, shown)
    _hour_lines(sheet, hours)
    axis.draw(sheet, _TOP, bottom)
    _lane_marks(sheet, axis, lanes, shown)
    for each in shown:
        _intake(sheet, axis, hours, each)
    return Picture(sheet.svg(bottom + _BELOW), _numbers(name, shown), _CAPTION)


def _hours(shown: Sequence[Occasion]) -> _Hours:
    """From the hour in which anything opens or is taken to the one in which it ends."""
    seen = [minutes for each in shown for minutes in _seen(each)]
    first, last = (min(seen), max(seen)) if seen else (6 * 60, 22 * 60)
    first, last = first // 60 * 60, -(-last // 60) * 60
    lacking = max(0, _LEAST_MIN - (last - first))
    return _Hours(first - lacking // 120 * 60, last + -(-lacking // 120) * 60)


def _seen(each: Occasion) -> Iterator[int]:
    if each.taken_min is not None:
        yield each.taken_min
    if each.due_min is None:
        return
    yield each.due_min
    if each.opens_min is not None and each.closes_min is not None:
        yield max(each.opens_min, each.due_min - _AFTER_DUE_MIN)
        yield min(each.closes_min, each.due_min + _AFTER_DUE_MIN)


def _windows(sheet: Sheet, axis: DateAxis, hours: _Hours, shown: Sequence[Occasion]) -> None:
    """The bands, days with the same one as one piece; in each a line at the due."""
    for (_, _, opens, due, closes), group in groupby(_numbered(shown), key=_window_key):
        if opens is None or due is None or closes is None:
            continue
        days = [each.day for _, each in group]
        x, width = axis.start(days[0]), len(days) * axis.day_width
        top, low = hours.y(closes), hours.y(opens)
        sheet.area("window", x, top, width, low - top)
        steps = f"M{at(x)} {at(hours.y(due))}h{at(width)}"
        look = {"stroke": "currentColor", "stroke_width": 0.9, "stroke_opacity": 0.6}
        sheet.path("due", steps, **look)


def _numbered(shown: Sequence[Occasion]) -> Iterator[tuple[int, Occasion]]:
    """By slot and day, with a number that stays the same from one day to the next."""
    slots = sorted(shown, key=attrgetter("outcome.slot", "day"))
    return ((place - each.day, each) for place, each in enumerate(slots))


def _window_key(numbered: tuple[int, Occasion]) -> tuple[int | None, ...]:
    place, each = numbered
    return place, each.outcome.slot, each.opens_min, each.due_min, each.closes_min


def _unknown(sheet: Sheet, axis: DateAxis, hours: _Hours, shown: Sequence[Occasion]) -> None:
    """What nobody knows, as long as it could have been taken; of all hours where even that is
    not known.
    """
    unknown = [each for each in shown if each.outcome.status == record.UNKNOWN]
    for (_, _, opens, _, closes), group in groupby(_numbered(unknown), key=_window_key):
        days = [each.day for _, each in group]
        top = _TOP if closes is None else hours.y(closes)
        bottom = _TOP + _PLOT if opens is None else hours.y(opens)
        width = len(days) * axis.day_width
        hatch(sheet, record.UNKNOWN, axis.start(days[0]), top, width, bottom - top)


def _hour_lines(sheet: Sheet, hours: _Hours) -> None:
    for minutes in hours.ticks():
        y = hours.y(minutes)
        sheet.line("hour", _LEFT, y, WIDTH - _RIGHT, y)
        words = f"{minutes // 60 % 24:02}:00"
        sheet.text(_LEFT - 3, y + 3, words, _LEFT - 4, SMALL, "end")


def _lanes(shown: Sequence[Occasion]) -> dict[int, str]:
    """By slot the row in which its days that were not taken are marked, and what it is called."""
    dues: dict[int, Counter[int]] = {}
    for each in shown:
        dues.setdefault(each.outcome.slot, Counter())[each.due_min or 0] += 1
    if not 1 < len(dues) <= _MOST_LANES:
        return {0: "missed"}
    # The latest on top, as above.
    usual = {slot: dues[slot].most_common(1)[0][0] for slot in dues}
    return {
        slot: f"× {clock_words(usual[slot])[:5]}"
        for slot in sorted(usual, key=lambda slot: -usual[slot])
    }


def _lane_marks(
    sheet: Sheet, axis: DateAxis, lanes: dict[int, str], shown: Sequence[Occasion]
) -> None:
    """What each lane is called, and in it a mark a day of what has no intake that shows it."""
    numbers = {slot: number for number, slot in enumerate(lanes)}
    for slot, words in lanes.items():
        y = _LANES + numbers[slot] * _LANE
        sheet.text(_LEFT - 3, y + _LANE - 1.7, words, _LEFT - 4, SMALL, "end")
    marked = {
        (numbers.get(each.outcome.slot, 0), each.outcome.status, axis.middle(each.day))
        for each in shown
        if each.outcome.status in _IN_LANE
    }
    for lane, status, x in sorted(marked):
        mark_on(sheet, status, x, _LANES + (lane + 0.5) * _LANE, _radius(axis, 2.3, 3.0))


_IN_LANE = (record.MISSED, record.SKIPPED, OFF)


def _radius(axis: DateAxis, least: float, most: float) -> float:
    """As large as a day is wide, if it can be seen then."""
    return min(most, max(least, axis.day_width * 0.5))


def _intake(sheet: Sheet, axis: DateAxis, hours: _Hours, each: Occasion) -> None:
    if each.taken_min is None:
        return
    x, y = axis.middle(each.day), hours.y(each.taken_min)
    radius = _radius(axis, 1.4, 2.6)
    if each.outcome.back_dated:
        ring(sheet, BACK_DATED, x, y, radius + 0.9)
    else:
        dot(sheet, LATE if each.outcome.late else record.TAKEN, x, y, radius)
    if each.outcome.soon:
        ring(sheet, EXTRA, x, y, radius + 2.4)


def _description(period: Period, shown: Sequence[Occasion]) -> str:
    taken = sum(each.taken_min is not None for each in shown)
    states = Counter(each.outcome.status for each in shown)
    return (
        f"Intakes by date and time of day, {period.text}; a grey band is the window."
        f" Intakes: {taken}, missed: {states[record.MISSED]},"
        f" {MARKS[record.UNKNOWN].words}: {states[record.UNKNOWN]}."
    )


def _numbers(name: str, shown: Sequence[Occasion]) -> Numbers:
    """Every occurrence with its times."""
    rows = tuple(
        (
            civil.iso(each.day),
            _clock(each.due_min),
            _clock(each.taken_min),
            _told(each),
        )
        for each in shown
    )
    return Numbers(f"{name}: each time", ("date", "due", "taken", "what came of it"), rows)


def _clock(minutes: int | None) -> str:
    return "" if minutes is None else clock_words(minutes)


def _told(each: Occasion) -> str:
    words = MARKS[each.outcome.status].words
    words += ", noted later" if each.outcome.back_dated else ""
    return words + (", soon after the one before" if each.outcome.soon else "")
