"""The box in three moments, for who has never seen one; the rhythms are the firmware's."""

from typing import NamedTuple

from page import svg
from page.rhythms import lit_spans

WIDTH, HEIGHT, LEFT, PANEL = 704, 226, 14, 230
BOX_WIDTH, BOX_HEIGHT, BOX_TOP = 128, 74, 64
SHOWN_MS, PER_SECOND, STRIP_TOP, STRIP = 4000, 44, 188, 16
GLOW, LAMP, BUTTON = 34, 22, 34


class Moment(NamedTuple):
    """What one sees, what the light tells by its rhythm, and whether a finger presses."""

    head: str
    says: str
    light: str
    rings: bool = False
    presses: bool = False


MOMENTS = (
    Moment("07:30, breakfast", "It blinks and rings.", "due", rings=True),
    Moment("You take it, and press", "A long light: it is noted.", "taken", presses=True),
    Moment("“Did I take it?”", "Press when it is quiet: all taken.", "all-taken", presses=True),
)


def drawing() -> str:
    """The whole sheet as SVG."""
    sheet = svg.Drawing(WIDTH, HEIGHT, "The box: it rings, a press notes it, and it answers")
    for number, moment in enumerate(MOMENTS):
        _moment(sheet, LEFT + number * PANEL, moment)
    return str(sheet)


def _moment(sheet: svg.Drawing, x: int, moment: Moment) -> None:
    sheet.text(x, 28, moment.head, 15, bold=True)
    sheet.text(x, 48, moment.says, 13, svg.MUTED)
    _case(sheet, x + 22, moment)
    end = x + SHOWN_MS * PER_SECOND / 1000
    sheet.line(x, STRIP_TOP + STRIP, end, STRIP_TOP + STRIP, svg.MUTED)
    for on_ms, off_ms in lit_spans(moment.light, SHOWN_MS):
        on, width = x + on_ms * PER_SECOND / 1000, (off_ms - on_ms) * PER_SECOND / 1000
        sheet.box(on, STRIP_TOP, width, STRIP, svg.LIGHT, svg.LIGHT_EDGE)
    sheet.text(end, STRIP_TOP + STRIP + 14, f"{SHOWN_MS // 1000} s", 11, svg.MUTED, anchor="end")


def _case(sheet: svg.Drawing, x: float, moment: Moment) -> None:
    """The case with its light, its button and its cable, and what comes out of it."""
    middle = BOX_TOP + 26 + BOX_HEIGHT / 2
    sheet.line(x + BOX_WIDTH, middle + 20, x + BOX_WIDTH + 26, middle + 20, svg.INK)
    sheet.box(x, BOX_TOP + 26, BOX_WIDTH, BOX_HEIGHT, svg.BAND, svg.INK, 12)
    _round(sheet, x + 36, middle, GLOW, "#fff1c2")
    _round(sheet, x + 36, middle, LAMP, svg.LIGHT, svg.LIGHT_EDGE)
    _round(sheet, x + 92, middle, BUTTON, svg.SOUND if moment.presses else svg.PAPER, svg.INK)
    if moment.presses:
        sheet.text(x + 92, BOX_TOP + 16, "press", 12, svg.SOUND, bold=True, anchor="middle")
        sheet.line(x + 92, BOX_TOP + 20, x + 92, middle - BUTTON / 2 - 2, svg.SOUND)
    if moment.rings:
        sheet.text(x + 48, BOX_TOP + 18, "♪ ♫", 16, svg.SOUND, bold=True)


def _round(
    sheet: svg.Drawing, x: float, y: float, size: float, fill: str, edge: str = "none"
) -> None:
    sheet.box(x - size / 2, y - size / 2, size, size, fill, edge, size / 2)
