"""The mark of each status: its shape says it, its colour only helps.

mark_on(sheet, "missed", x, y, 3)
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from dosebell import record
from dosebell_host.history.measures import OFF
from dosebell_host.history.outcomes import LATE, OPEN, Outcome
from dosebell_host.pictures.picture import Sheet, at

PARTLY = "partly"
# No status, but something of an intake.
BACK_DATED, EXTRA = "back-dated", "extra"

Draw = Callable[[Sheet, str, float, float, float], None]


class Mark(NamedTuple):
    """What it means in a few words, its colour on white paper, and how it is drawn."""

    words: str
    colour: str
    draw: Draw


def mark_on(sheet: Sheet, status: str, x: float, y: float, radius: float) -> None:
    """Draw a mark around that point."""
    MARKS[status].draw(sheet, status, x, y, radius)


def day_status(shown: Iterable[Outcome]) -> str | None:
    """One word for all occurrences of a dose on a day: the worst that is known; None for none."""
    found = {each.status for each in shown if each.state != record.CANCELLED}
    if not found:
        return None
    if found & _TAKEN and found & _NOT_TAKEN:
        return PARTLY
    return next(status for status in _WORST_FIRST if status in found)


_TAKEN = {record.TAKEN, LATE}
_NOT_TAKEN = {record.MISSED, record.SKIPPED}
_WORST_FIRST = (record.MISSED, record.UNKNOWN, record.SKIPPED, LATE, OPEN, record.TAKEN, OFF)


def partly(sheet: Sheet, x: float, y: float, radius: float, share: float) -> None:
    """A glass that is filled as far as a dose was taken that day, 0 to 1."""
    left, top, wide, high = x - radius * 0.7, y - radius * 1.1, radius * 1.4, radius * 2.2
    frame = f"M{at(left)} {at(top)}h{at(wide)}v{at(high)}h{at(-wide)}z"
    _stroke(sheet, PARTLY, frame, 0.9)
    full = f"M{at(left)} {at(top + high)}v{at(-high * share)}h{at(wide)}v{at(high * share)}z"
    sheet.path(PARTLY, full, **_colour(PARTLY), fill="currentColor")


def diamond(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    """A frame on its tip, around another mark."""
    steps = f"M{at(x - radius)} {at(y)}" + "".join(
        f"l{at(right * radius)} {at(down * radius)}" for right, down in ((1, -1), (1, 1), (-1, 1))
    )
    _stroke(sheet, kind, f"{steps}z", 1.1)


def dot(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    """A full dot: the round end of a line without a length."""
    look = {**_colour(kind), "stroke": "currentColor", "stroke_linecap": "round"}
    sheet.path(kind, f"M{at(x)} {at(y)}h0", **look, stroke_width=2 * radius)


def ring(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    """A hollow dot."""
    _stroke(sheet, kind, _circle(x, y, radius - 0.5), 1.2)


def _half(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    ring(sheet, kind, x, y, radius)
    inner = at(radius - 0.5)
    steps = f"M{at(x)} {at(y - radius + 0.5)}a{inner} {inner} 0 0 1 0 {at(2 * radius - 1)}z"
    sheet.path(kind, steps, **_colour(kind), fill="currentColor")


def cross(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    """Two strokes through each other."""
    far = radius * 0.85
    steps = f"M{at(x - far)} {at(y - far)}l{at(2 * far)} {at(2 * far)}"
    steps += f"m0 {at(-2 * far)}l{at(-2 * far)} {at(2 * far)}"
    _stroke(sheet, kind, steps, min(1.7, 0.5 * radius))


def dash(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    """A short level stroke."""
    _stroke(sheet, kind, f"M{at(x - radius)} {at(y)}h{at(2 * radius)}", min(1.7, 0.8 * radius))


def _two_thirds(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    partly(sheet, x, y, radius, 2 / 3)


def _hatched(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    hatch(sheet, kind, x - radius, y - radius, 2 * radius, 2 * radius, 3)


def _speck(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    dot(sheet, kind, x, y, 0.8)


def _specks(sheet: Sheet, kind: str, x: float, y: float, radius: float) -> None:
    for step in (-1, 0, 1):
        dot(sheet, kind, x + step * radius * 0.75, y, 0.8)


def hatch(
    sheet: Sheet, kind: str, x: float, y: float, width: float, height: float, step: float = 4
) -> None:
    """An outlined box full of slanting lines: something that nobody knows."""
    steps = f"M{at(x)} {at(y)}h{at(width)}v{at(height)}h{at(-width)}z"
    # Each line begins at the left or lower edge and goes up to the right.
    along = step
    while along < width + height:
        start_x, start_y = max(0.0, along - height), min(height, along)
        run = min(start_y, width - start_x)
        steps += f"M{at(x + start_x)} {at(y + start_y)}l{at(run)} {at(-run)}"
        along += step
    _stroke(sheet, kind, steps, 0.7)


def _circle(x: float, y: float, radius: float) -> str:
    half = f"a{at(radius)} {at(radius)} 0 1 0"
    return f"M{at(x - radius)} {at(y)}{half} {at(2 * radius)} 0{half} {at(-2 * radius)} 0"


def _stroke(sheet: Sheet, kind: str, steps: str, width: float) -> None:
    sheet.path(kind, steps, **_colour(kind), stroke="currentColor", stroke_width=width)


def _colour(kind: str) -> dict[str, object]:
    return {"color": MARKS[kind].colour} if kind in MARKS else {}


_GREEN, _AMBER, _RED, _GREY = "#116329", "#8a5a00", "#b3261e", "#57606a"

# In the order of a legend.
MARKS = {
    record.TAKEN: Mark("taken", _GREEN, dot),
    LATE: Mark("taken late", _AMBER, _half),
    PARTLY: Mark("some taken, some not", _AMBER, _two_thirds),
    record.MISSED: Mark("missed", _RED, cross),
    record.SKIPPED: Mark("skipped", _RED, dash),
    record.UNKNOWN: Mark("not known", _GREY, _hatched),
    OFF: Mark("off by plan", _GREY, _speck),
    OPEN: Mark("not answered yet", _GREY, _specks),
}
