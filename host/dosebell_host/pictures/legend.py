"""The legend: what each kind of mark means, for those that are drawn, and for no others."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from dosebell import record
from dosebell_host.pictures.chronology import DUE, WINDOW
from dosebell_host.pictures.marks import (
    BACK_DATED,
    EXTRA,
    MARKS,
    PARTLY,
    diamond,
    dot,
    mark_on,
    ring,
)
from dosebell_host.pictures.markup import Markup
from dosebell_host.pictures.months import WEEKEND, WORST
from dosebell_host.pictures.picture import Picture, Sheet, at

SIZE = 12.0
_MIDDLE = SIZE / 2


class Sign(NamedTuple):
    """What it means, and how it is drawn on a sheet of `SIZE`."""

    words: str
    draw: Callable[[Sheet], None]


def legend(pictures: Iterable[Picture]) -> Iterator[tuple[Markup, str]]:
    """Each sign that is in any of them, as a small picture of its own, and its words."""
    drawn = frozenset[str]().union(*(each.kinds for each in pictures))
    for kind, sign in SIGNS.items():
        if kind in drawn:
            sheet = Sheet(SIZE, sign.words, "")
            sign.draw(sheet)
            yield sheet.svg(SIZE), sign.words


def _status(status: str, words: str) -> Sign:
    def draw(sheet: Sheet) -> None:
        mark_on(sheet, status, _MIDDLE, _MIDDLE, _MIDDLE - 2)

    return Sign(words, draw)


def _hollow(sheet: Sheet) -> None:
    ring(sheet, BACK_DATED, _MIDDLE, _MIDDLE, 3)


def _framed(sheet: Sheet) -> None:
    dot(sheet, record.TAKEN, _MIDDLE, _MIDDLE, 2)
    diamond(sheet, EXTRA, _MIDDLE, _MIDDLE, _MIDDLE - 1)


def _tint(sheet: Sheet) -> None:
    sheet.area(WEEKEND, 2, 0, SIZE - 4, SIZE)


def _band(sheet: Sheet) -> None:
    sheet.area(WINDOW, 0, 1, SIZE, SIZE - 2, 0.2)


def _level(y: float, kind: str, width: float) -> Callable[[Sheet], None]:
    def draw(sheet: Sheet) -> None:
        sheet.path(kind, f"M0 {at(y)}h{at(SIZE)}", stroke="currentColor", stroke_width=width)

    return draw


SIGNS = {
    **{status: _status(status, MARKS[status].words) for status in MARKS},
    PARTLY: _status(PARTLY, "some taken, some not: filled as far as taken"),
    EXTRA: Sign("one more, soon after the one before", _framed),
    BACK_DATED: Sign("noted later", _hollow),
    WORST: Sign("worst week", _level(SIZE - 2, WORST, 1.6)),
    WEEKEND: Sign("Saturday, Sunday", _tint),
    WINDOW: Sign("the box reminds", _band),
    DUE: Sign("due", _level(_MIDDLE, DUE, 0.9)),
}
