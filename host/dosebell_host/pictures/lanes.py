"""The lanes below a chronology: a row for each reason why a day has no dot, a mark a day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dosebell import record
from dosebell_host.history.measures import OFF
from dosebell_host.pictures.marks import MARKS, mark_on
from dosebell_host.pictures.occasions import Occasion, clock_words
from dosebell_host.pictures.period import DateAxis
from dosebell_host.pictures.picture import SMALL, Sheet

LANE = 9.0
_MOST_TIMES = 4
_LEAST_RADIUS, _MOST_RADIUS = 1.9, 3.0


class Lane(NamedTuple):
    """What it is called, and the status that is marked in it: of one slot, or of all (None)."""

    words: str
    status: str
    slot: int | None = None

    def holds(self, each: Occasion) -> bool:
        return each.outcome.status == self.status and self.slot in (None, each.outcome.slot)


def lanes(shown: Sequence[Occasion]) -> list[Lane]:
    """From top to bottom. What is missed has its lane even where nothing is, which says so."""
    found = {each.outcome.status for each in shown}
    others = [status for status in (record.SKIPPED, OFF) if status in found]
    return [*_missed(shown), *(Lane(MARKS[status].words, status) for status in others)]


def draw_lanes(
    sheet: Sheet, axis: DateAxis, found: Sequence[Lane], shown: Sequence[Occasion], top: float
) -> None:
    """What each is called, left of the axis, and its marks."""
    radius = min(_MOST_RADIUS, max(_LEAST_RADIUS, axis.day_width * 0.5))
    for place, lane in enumerate(found):
        y = top + place * LANE
        sheet.text(axis.left - 3, y + LANE - 1.7, lane.words, axis.left - 4, SMALL, "end")
        for day in sorted({each.day for each in shown if lane.holds(each)}):
            mark_on(sheet, lane.status, axis.middle(day), y + LANE / 2, radius)


def _missed(shown: Sequence[Occasion]) -> Iterator[Lane]:
    """One a time of the day, the latest on top as in the picture above; one for all where there
    are too many.
    """
    dues: dict[int, Counter[int]] = {}
    for each in shown:
        dues.setdefault(each.outcome.slot, Counter())[each.due_min or 0] += 1
    if not 1 < len(dues) <= _MOST_TIMES:
        yield Lane(MARKS[record.MISSED].words, record.MISSED)
        return
    usual = {slot: found.most_common(1)[0][0] for slot, found in dues.items()}
    for slot in sorted(usual, key=lambda slot: -usual[slot]):
        words = f"{MARKS[record.MISSED].words} {clock_words(usual[slot])[:5]}"
        yield Lane(words, record.MISSED, slot)
