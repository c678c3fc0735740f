"""The chronology: x is the date, y the time of day, a dot an intake, the window a band.

It shows at once what is late, what is left out, how long, and what nobody knows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from dosebell import civil, record
from dosebell_host.history.outcomes import LATE
from dosebell_host.pictures.lanes import LANE, draw_lanes, lanes
from dosebell_host.pictures.marks import BACK_DATED, EXTRA, MARKS, diamond, dot, hatch, ring
from dosebell_host.pictures.occasions import Occasion, clock_words
from dosebell_host.pictures.period import DateAxis, Period
from dosebell_host.pictures.picture import SMALL, Numbers, Picture, Sheet, at

WIDTH = 330.0
_LEFT, _RIGHT, _TOP, _BELOW = 72.0, 4.0, 5.0, 14.0
# How high the plot is where it is due once a day, and where there are several bands in it.
_ONE_BAND, _BANDS, _ABOVE_LANES = 45.0, 54.0, 3.0
_CAPTION = "When it was taken: a dot an intake, at its time of day"
# A range of the day is at least so long; a window of days is not shown to its end.
_LEAST_MIN, _AFTER_DUE_MIN = 240, 720
_STEPS_MIN = (60, 120, 180, 240, 360, 720, 1440)
_MOST_TICKS = 4
_LEAST_RADIUS, _MOST_RADIUS = 1.4, 2.6
# So far apart are two labels beside the plot at least, in pixels.
_LABEL_ROOM = 8.5
# One of so many times is usual.
_USUAL = 10
WINDOW, DUE = "window", "due"


class _Hours(NamedTuple):
    """Which part of the day is shown, from the bottom up."""

    first_min: int
    last_min: int
    height: float

    @property
    def bottom(self) -> float:
        return _TOP + self.height

    def y(self, minutes: float) -> float:
        inside = min(max(minutes, self.first_min), self.last_min)
        part = (inside - self.first_min) / (self.last_min - self.first_min)
        return _TOP + self.height * (1 - part)

    def ticks(self) -> range:
        long_min = self.last_min - self.first_min
        step = next((each for each in _STEPS_MIN if long_min / each <= _MOST_TICKS), long_min)
        return range(-(-self.first_min // step) * step, self.last_min + 1, step)


def chronology(name: str, period: Period, shown: Sequence[Occasion]) -> Picture:
    """Every intake of one dose at its time of day."""
    axis = DateAxis(period, _LEFT, WIDTH - _LEFT - _RIGHT)
    hours, below = _hours(shown), lanes(shown)
    top_lane = hours.bottom + _ABOVE_LANES
    bottom = top_lane + LANE * len(below)
    sheet = Sheet(WIDTH, f"{name}: when it was taken", _description(period, shown))
    _windows(sheet, axis, hours, shown)
    _unknown(sheet, axis, hours, shown)
    _times_of_day(sheet, hours, shown)
    axis.draw(sheet, _TOP, bottom)
    draw_lanes(sheet, axis, below, shown, top_lane)
    for each in shown:
        _intake(sheet, axis, hours, each)
    return sheet.picture(bottom + _BELOW, _numbers(name, shown), _CAPTION)


def _hours(shown: Sequence[Occasion]) -> _Hours:
    """From the hour in which anything opens or is taken to the one in which it ends."""
    seen = [minutes for each in shown for minutes in _seen(each)]
    first, last = (min(seen), max(seen)) if seen else (6 * 60, 22 * 60)
    first, last = first // 60 * 60, -(-last // 60) * 60
    lacking = max(0, _LEAST_MIN - (last - first))
    height = _BANDS if len({each.outcome.slot for each in shown}) > 1 else _ONE_BAND
    return _Hours(first - lacking // 120 * 60, last + -(-lacking // 120) * 60, height)


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
        sheet.area(WINDOW, x, top, width, low - top)
        steps = f"M{at(x)} {at(hours.y(due))}h{at(width)}"
        look = {"stroke": "currentColor", "stroke_width": 0.9, "stroke_opacity": 0.6}
        sheet.path(DUE, steps, **look)


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
        bottom = hours.bottom if opens is None else hours.y(opens)
        width = len(days) * axis.day_width
        hatch(sheet, record.UNKNOWN, axis.start(days[0]), top, width, bottom - top)


def _usual_dues(shown: Sequence[Occasion]) -> list[int]:
    """The times at which it was due now and again, the most usual first."""
    dues = Counter(each.due_min for each in shown if each.due_min is not None)
    return [due for due, times in dues.most_common() if times * _USUAL >= dues.total()]


def _times_of_day(sheet: Sheet, hours: _Hours, shown: Sequence[Occasion]) -> None:
    """Beside the plot when it usually was due, and where that leaves room whole hours, which have
    a line.
    """
    dues = _usual_dues(shown)
    placed: list[float] = []
    for minutes in (*dues, *hours.ticks()):
        y = hours.y(minutes)
        if any(abs(y - other) < _LABEL_ROOM for other in placed):
            continue
        placed.append(y)
        words = clock_words(minutes % 1440)
        if minutes in dues:
            words = f"due {words}"
        else:
            sheet.line("hour", _LEFT, y, WIDTH - _RIGHT, y)
        sheet.text(_LEFT - 3, y + 3, words, _LEFT - 4, SMALL, "end")


def _intake(sheet: Sheet, axis: DateAxis, hours: _Hours, each: Occasion) -> None:
    if each.taken_min is None:
        return
    x, y = axis.middle(each.day), hours.y(each.taken_min)
    # As large as a day is wide, if it can be seen then.
    radius = min(_MOST_RADIUS, max(_LEAST_RADIUS, axis.day_width * 0.5))
    if each.outcome.back_dated:
        ring(sheet, BACK_DATED, x, y, radius + 0.9)
    else:
        dot(sheet, LATE if each.outcome.late else record.TAKEN, x, y, radius)
    if each.outcome.soon:
        diamond(sheet, EXTRA, x, y, radius + 2.6)


def _description(period: Period, shown: Sequence[Occasion]) -> str:
    taken = sum(each.taken_min is not None for each in shown)
    states = Counter(each.outcome.status for each in shown)
    return (
        f"Intakes by date and time of day, {period.text}; a grey band is the window."
        f" Intakes: {taken}, {sum(each.outcome.soon for each in shown)} of them soon after the one"
        f" before; missed: {states[record.MISSED]},"
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
