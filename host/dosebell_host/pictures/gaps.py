"""Gaps: a line an intake, so that what is left out is seen as a hole, and how long it was."""

from collections.abc import Sequence

from dosebell import record
from dosebell_host.history.measures import Measures
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.marks import hatch
from dosebell_host.pictures.occasions import Occasion
from dosebell_host.pictures.period import DateAxis, Period, runs_of_days, weekday_words
from dosebell_host.pictures.picture import SMALL, Cell, Numbers, Picture, Sheet, at
from dosebell_host.pictures.text_width import width_of
from dosebell_host.wording import duration_text

WIDTH = 330.0
_TOP, _STRIP, _BELOW = 24.0, 14.0, 14.0
_EDGE = 2.0
_CAPTION = "Gaps: a line an intake; the longest time without one stands above."


def gap_strip(name: str, period: Period, shown: Sequence[Occasion], found: Measures) -> Picture:
    """The intakes of one dose along the days, and above them the longest time without one."""
    axis = DateAxis(period, _EDGE, WIDTH - 2 * _EDGE)
    outcomes = [each.outcome for each in shown]
    sheet = Sheet(WIDTH, f"{name}: gaps", _description(period, found))
    bottom = _TOP + _STRIP
    for run in runs_of_days(each.day for each in outcomes if each.state == record.UNKNOWN):
        width = len(run) * axis.day_width
        hatch(sheet, record.UNKNOWN, axis.start(run[0]), _TOP, width, _STRIP, 3)
    places = _places(axis, shown)
    for x in places.values():
        look = {"stroke": "currentColor", "stroke_width": 1.1}
        sheet.path("intake", f"M{at(x)} {at(_TOP)}v{at(_STRIP)}", **look)
    sheet.line("strip", _EDGE, bottom, WIDTH - _EDGE, bottom)
    axis.draw(sheet, bottom, bottom)
    if found.longest_gap is not None:
        ends = (places[found.longest_gap.from_s], places[found.longest_gap.to_s])
        _bracket(sheet, ends, duration_text(found.longest_gap.length_s))
    return sheet.picture(bottom + _BELOW, _numbers(name, found, outcomes), _CAPTION)


def _places(axis: DateAxis, shown: Sequence[Occasion]) -> dict[int, float]:
    """Where each intake is, by its instant."""
    return {
        each.outcome.taken_s: axis.start(each.day) + each.taken_min / 1440 * axis.day_width
        for each in shown
        if each.outcome.taken_s is not None and each.taken_min is not None
    }


def _bracket(sheet: Sheet, ends: tuple[float, float], words: str) -> None:
    left, right = ends
    y = _TOP - 8
    steps = f"M{at(left)} {at(_TOP - 3)}V{at(y)}H{at(right)}V{at(_TOP - 3)}"
    sheet.path("longest", steps, stroke="currentColor", stroke_width=1.0)
    half = width_of(words, SMALL, bold=True) / 2
    middle = min(max((left + right) / 2, half), WIDTH - half)
    sheet.text(middle, y - 4, words, WIDTH, SMALL, "middle", bold=True)


def _description(period: Period, found: Measures) -> str:
    longest = "none" if found.longest_gap is None else duration_text(found.longest_gap.length_s)
    run = found.longest_run
    days = f"{run.days} missed in a row at most" if run else "none missed"
    return f"A line an intake, {period.text}; longest time without one: {longest}; days: {days}."


def _numbers(name: str, found: Measures, outcomes: Sequence[Outcome]) -> Numbers:
    rows: list[tuple[Cell, ...]] = []
    gap = found.longest_gap
    if gap is not None:
        days = {each.taken_s: each.day for each in outcomes}
        ends = (weekday_words(days[gap.from_s]), weekday_words(days[gap.to_s]))
        length = duration_text(gap.length_s)
        rows.append(("longest time without it", length, *ends, gap.unknown, gap.off))
    for run in found.missed_runs:
        ends = (weekday_words(run.first_day), weekday_words(run.last_day))
        days_words = "1 day" if run.days == 1 else f"{run.days} days"
        rows.append(("missed in a row", days_words, *ends, 0, 0))
    ends = ("from the dose of", "to the dose of")
    head = ("what", "how long", *ends, "not known in it", "off by plan in it")
    return Numbers(f"{name}: gaps", head, tuple(rows))
