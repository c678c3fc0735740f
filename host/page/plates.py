"""Plates for a pill organiser: a hole for each lamp, its number, and what the light says of it.

The lengths are tenths of a millimetre. The holes are as far apart as the lamps of a strip that has
30 to the metre, so that it lies behind a row as it comes.
"""

from typing import NamedTuple

from page import svg
from page.rhythms import flashes, lit_spans

BLACK = "#000000"
PITCH = 1000 / 3
CELL = 370
LEFT, TOP = 90, 240
HOLE = 30
DOT, DOT_PITCH = 16, 26
# A rhythm in the legend is drawn so long, in milliseconds, and so wide and high.
SHOWN_MS, STRIP, LAMP = 6000, 520, 44

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = ("morning", "noon", "evening", "night")
SMALL_PRINT = (
    "Not now? Hold the button for 2 seconds: it is put off, and rings again later.",
    "Pressed by mistake? Within 10 minutes hold it for 8 seconds: the last press is undone.",
    "The squares are flashes: so many of the box's light mean this compartment, where it asks for",
    "one at a time. After six it pauses briefly, and the next row follows. They count no pills.",
    "After a press it shines for a second; then it asks for the next, or is done.",
    "Print it in its own size: the holes are for the lamps, 33.3 mm apart, as 30 on a metre are.",
)
LEGEND = {
    "due": "a lamp blinks: take it now, then press",
    "snoozed": "a flash now and then: put off",
}


class Plate(NamedTuple):
    """Rows of compartments: what stands above each column, and beside each row."""

    heads: tuple[str, ...]
    sides: tuple[str, ...] = ("",)

    @property
    def compartments(self) -> int:
        return len(self.heads) * len(self.sides)


PLATES = {
    plate.compartments: plate
    for plate in (
        Plate(HOURS),
        Plate(WEEK),
        Plate(WEEK, (HOURS[0], HOURS[2])),
        Plate(WEEK, HOURS),
    )
}


def drawing(count: int) -> str:
    """The plate with so many compartments, as SVG; each fits on A4."""
    plate = PLATES[count]
    columns, rows = len(plate.heads), len(plate.sides)
    width, height = max(1900, round(_x(columns)) + 270), _y(rows) + 550
    title = f"A plate for {count} compartments"
    sheet = svg.Drawing(width, height, title, printed=True)
    sheet.text(LEFT, 130, "It blinks? Take what lies there. Then press.", 72, BLACK, bold=True)
    for column, head in enumerate(plate.heads):
        sheet.text(_x(column) + 24, TOP - 20, head, 42, BLACK)
    for row, side in enumerate(plate.sides):
        sheet.text(_x(columns) + 24, _y(row) + CELL / 2, side, 42, BLACK)
        for column in range(columns):
            _cell(sheet, _x(column), _y(row), row * columns + column + 1)
    _legend(sheet, _y(rows) + 60)
    return str(sheet)


def _x(column: int) -> float:
    return round(LEFT + column * PITCH, 1)


def _y(row: int) -> int:
    return TOP + row * CELL


def _cell(sheet: svg.Drawing, x: float, y: float, place: int) -> None:
    sheet.box(x, y, round(PITCH, 1), CELL, "none", BLACK)
    sheet.box(round(x + PITCH - 24 - 2 * HOLE, 1), y + 34, 2 * HOLE, 2 * HOLE, "none", BLACK, HOLE)
    sheet.text(x + 24, y + 100, str(place), 84, BLACK, bold=True)
    for row, dots in enumerate(flashes(place)):
        for dot in range(dots):
            sheet.box(x + 28 + dot * DOT_PITCH, y + 140 + row * DOT_PITCH, DOT, DOT, BLACK)
    # Room to write what lies there.
    for line in (CELL - 80, CELL - 30):
        sheet.line(x + 24, y + line, round(x + PITCH - 24, 1), y + line, BLACK)


def _legend(sheet: svg.Drawing, y: int) -> None:
    for at, name in enumerate(LEGEND):
        _strip(sheet, y + at * 80, name)
        sheet.text(LEFT + 3 * HOLE + STRIP + 40, y + at * 80 + 40, LEGEND[name], 48, BLACK)
    y += 80 * len(LEGEND) + 30
    for at, words in enumerate(SMALL_PRINT):
        sheet.text(LEFT, y + at * 50, words, 36, BLACK)


def _strip(sheet: svg.Drawing, y: int, name: str) -> None:
    """The rhythm of a lamp, beside its hole, on above off."""
    sheet.box(LEFT, y - 6, 2 * HOLE, 2 * HOLE, "none", BLACK, HOLE)
    left = LEFT + 3 * HOLE
    sheet.line(left, y + LAMP, left + STRIP, y + LAMP, BLACK)
    for on_ms, off_ms in lit_spans(name, SHOWN_MS):
        x = round(left + on_ms * STRIP / SHOWN_MS)
        sheet.box(x, y, max(4, round(left + off_ms * STRIP / SHOWN_MS) - x), LAMP, BLACK)
