"""The card for the person who takes the pills: one A5 page, black on white, its rhythms as drawn.

The lengths are tenths of a millimetre.
"""

from dosebell import pattern
from page import svg
from page.rhythms import lit_spans

WIDTH, HEIGHT = 1480, 2100
LEFT, RIGHT = 110, 1370
BLACK = "#000000"
TITLE, HEADING, WORDS, SMALL = 96, 66, 54, 42
# A rhythm is drawn so long, in milliseconds, and so wide.
SHOWN_MS, STRIP = 3000, 400
LAMP = 52

ANSWERS = (
    ("all-taken", "all taken today"),
    ("not-yet", "not yet; taking it now? press again"),
    ("missed-today", "something was missed today"),
    ("nothing", "nothing was planned until now"),
)


SMALL_PRINT = "It is a reminder, not a medical device: it knows the press, not the pill."


def drawing() -> str:
    """The card as SVG."""
    sheet = svg.Drawing(WIDTH, HEIGHT, "The quick card of a dosebell", printed=True)
    _ring(sheet)
    _part(
        sheet,
        745,
        "Not now?",
        "Hold the button for 2 seconds, until the light",
        "ticks. It rings again in a quarter of an hour;",
        "until then it flashes now and then.",
    )
    _part(sheet, 1060, "Did I take it?", "Press once while it is quiet. The light answers:")
    for at, (name, words) in enumerate(ANSWERS):
        _answer(sheet, 1168 + at * 74, name, words)
    _part(
        sheet,
        1550,
        "Pressed by mistake?",
        "Within 10 minutes: hold it for 8 seconds, until",
        "it has ticked twice. The press is undone.",
    )
    _part(sheet, 1800, "Any other light?", "Show it to:", "Phone:")
    for y in (1884, 1950):
        sheet.line(LEFT + 320, y, RIGHT, y, BLACK)
    sheet.text(LEFT, 2040, SMALL_PRINT, 36, BLACK)
    return str(sheet)


def _ring(sheet: svg.Drawing) -> None:
    """What the card is for, larger than the rest."""
    sheet.box(60, 60, WIDTH - 120, 590, "none", BLACK, 40)
    sheet.text(LEFT, 180, "It blinks and rings?", TITLE, BLACK, bold=True)
    _strip(sheet, 222, "due")
    sheet.text(LEFT, 384, "Take it. Then press.", TITLE, BLACK, bold=True)
    _answer(sheet, 430, "taken", "a long light: it is noted")
    _answer(sheet, 530, "taken-low", "and 4 blinks: packet nearly empty")


def _part(sheet: svg.Drawing, y: int, heading: str, *lines: str) -> None:
    sheet.text(LEFT, y, heading, HEADING, BLACK, bold=True)
    for at, words in enumerate(lines):
        sheet.text(LEFT, y + 76 + at * 66, words, WORDS, BLACK)


def _answer(sheet: svg.Drawing, y: int, name: str, words: str) -> None:
    _strip(sheet, y, name)
    sheet.text(LEFT + STRIP + 40, y + 46, words, SMALL, BLACK)


def _strip(sheet: svg.Drawing, y: int, name: str) -> None:
    """The rhythm, on above off; only its lit parts are filled. A long one is drawn narrower."""
    shown_ms = max(SHOWN_MS, pattern.length_ms(name))
    sheet.line(LEFT, y + LAMP, LEFT + STRIP, y + LAMP, BLACK)
    for on_ms, off_ms in lit_spans(name, shown_ms):
        x = round(LEFT + on_ms * STRIP / shown_ms)
        to_x = round(LEFT + off_ms * STRIP / shown_ms)
        sheet.box(x, y, to_x - x, LAMP, BLACK)
