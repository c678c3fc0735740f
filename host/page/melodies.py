"""Every melody over time, higher tones higher up, from the firmware's own table."""

from math import log

from dosebell import pattern
from page import svg, words

SHOWN_MS = 4000
LEFT, PER_SECOND = 350, 138
RIGHT = LEFT + SHOWN_MS * PER_SECOND // 1000
TOP, ROW, HEAD, NOTE = 74, 52, 40, 10
# The lowest and the highest tone there are, with a little air.
LOW_HZ, HIGH_HZ = 480, 1150

GROUPS = (
    (True, "A ring: for a minute, then again", "repeats"),
    (False, "Once, as an answer to a press", "once"),
)


def drawing() -> str:
    """The whole sheet as SVG."""
    names = [
        [name for name in shown() if pattern.MELODIES[name][0] is group[0]] for group in GROUPS
    ]
    height = TOP + sum(HEAD + len(group) * ROW for group in names) + 16
    sheet = svg.Drawing(RIGHT + 90, height, "Every melody, over four seconds")
    sheet.text(24, 34, "What it sounds like", 20, bold=True)
    sheet.text(24, 56, "higher up: a higher tone", 13, svg.MUTED)
    for second in range(SHOWN_MS // 1000 + 1):
        sheet.text(_x(second * 1000), 56, f"{second} s", 12, svg.MUTED, anchor="middle")
    _seconds(sheet, 64, height - 16)
    y = TOP
    for (_, heading, often), group in zip(GROUPS, names, strict=True):
        sheet.text(24, y + 26, heading, 15, svg.MUTED, bold=True)
        y += HEAD
        for at, name in enumerate(group):
            _row(sheet, y, name, often, at % 2 == 0)
            y += ROW
    return str(sheet)


def shown() -> list[str]:
    """The names of all melodies that sound."""
    return [name for name in pattern.MELODIES if name != pattern.SILENT]


def notes(name: str) -> list[tuple[int, int, int]]:
    """(from, to, Hz) of each tone within the time shown, in milliseconds."""
    found: list[tuple[int, int, int]] = []
    since_ms, sounding_hz = 0, 0
    for at_ms in range(0, SHOWN_MS + 1, 10):
        hz = pattern.tone_hz(name, at_ms) if at_ms < SHOWN_MS else 0
        if hz != sounding_hz:
            if sounding_hz:
                found.append((since_ms, at_ms, sounding_hz))
            since_ms, sounding_hz = at_ms, hz
    return found


def _row(sheet: svg.Drawing, y: int, name: str, often: str, banded: bool) -> None:
    if banded:
        sheet.box(12, y, RIGHT + 66, ROW, svg.BAND, radius=4)
        _seconds(sheet, y, y + ROW)
    tones = notes(name)
    middle = y + ROW / 2
    sheet.text(24, middle - 3, name, 14, bold=True)
    pitches = " ".join(dict.fromkeys(str(hz) for _, _, hz in tones))
    sheet.text(24, middle + 15, f"{pitches} Hz", 12, svg.MUTED)
    sheet.text(154, middle - 3, words.SOUNDS[name], 13, svg.MUTED)
    for from_ms, to_ms, hz in tones:
        width = _x(to_ms) - _x(from_ms)
        sheet.box(_x(from_ms), _y(y, hz), width, NOTE, svg.SOUND, svg.SOUND_EDGE, 2)
    sheet.text(RIGHT + 14, middle + 5, often, 12, svg.MUTED)


def _seconds(sheet: svg.Drawing, y: int, to_y: int) -> None:
    for second in range(SHOWN_MS // 1000 + 1):
        x = _x(second * 1000)
        sheet.line(x, y, x, to_y)


def _x(at_ms: int) -> float:
    return LEFT + at_ms * PER_SECOND / 1000


def _y(top: int, hz: int) -> float:
    """Musical intervals are equally high wherever they stand."""
    share = log(hz / LOW_HZ) / log(HIGH_HZ / LOW_HZ)
    return round(top + (ROW - NOTE - 4) * (1 - share) + 2, 1)
