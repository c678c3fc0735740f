"""Every rhythm of the light over time, from the firmware's own table."""

from dosebell import pattern
from page import svg, words

SHOWN_MS = 6000
LEFT, PER_SECOND = 350, 92
RIGHT = LEFT + SHOWN_MS * PER_SECOND // 1000
TOP, ROW, HEAD, LAMP = 74, 36, 40, 18

# A pause between flashes that is longer parts one group from the next, in milliseconds.
GROUP_GAP_MS = 700

GROUPS = (
    (True, "While it goes on", "repeats"),
    (False, "Once, as an answer to a press", "once"),
)


def drawing() -> str:
    """The whole sheet as SVG."""
    names = [[name for name in shown() if _repeats(name) is group[0]] for group in GROUPS]
    height = TOP + sum(HEAD + len(group) * ROW for group in names) + 16
    sheet = svg.Drawing(RIGHT + 90, height, "Every rhythm of the light, over six seconds")
    sheet.text(24, 34, "What the light says", 20, bold=True)
    sheet.text(24, 56, "yellow: on", 13, svg.MUTED)
    _seconds(sheet, height)
    y = TOP
    for (_, heading, often), group in zip(GROUPS, names, strict=True):
        sheet.text(24, y + 26, heading, 15, svg.MUTED, bold=True)
        y += HEAD
        for at, name in enumerate(group):
            _row(sheet, y, name, often, at % 2 == 0)
            y += ROW
    return str(sheet)


def shown() -> list[str]:
    """The names of all patterns that light up."""
    return [name for name in [*pattern.LIGHTS, *words.COUNTS] if name != pattern.OFF]


def _repeats(name: str) -> bool:
    return name in words.COUNTS or bool(pattern.LIGHTS[name][0])


def lit_spans(name: str, until_ms: int) -> list[tuple[int, int]]:
    """(on, off) in milliseconds of each time the light is lit until then."""
    found: list[tuple[int, int]] = []
    lit_since: int | None = None
    for at_ms in range(0, until_ms + 1, 10):
        lit = at_ms < until_ms and pattern.lit(name, at_ms)
        if lit and lit_since is None:
            lit_since = at_ms
        elif not lit and lit_since is not None:
            found.append((lit_since, at_ms))
            lit_since = None
    return found


def flashes(place: int) -> list[int]:
    """How often the light flashes for a place when it asks for one at a time, group by group."""
    name = pattern.COUNT + str(place)
    groups, last_ms = [0], 0
    for on_ms, off_ms in lit_spans(name, pattern.length_ms(name)):
        if on_ms - last_ms > GROUP_GAP_MS:
            groups.append(0)
        groups[-1] += 1
        last_ms = off_ms
    return groups


def _seconds(sheet: svg.Drawing, height: int) -> None:
    for second in range(SHOWN_MS // 1000 + 1):
        x = LEFT + second * PER_SECOND
        sheet.text(x, 56, f"{second} s", 12, svg.MUTED, anchor="middle")
        sheet.line(x, 64, x, height - 16)


def _row(sheet: svg.Drawing, y: int, name: str, often: str, banded: bool) -> None:
    if banded:
        sheet.box(12, y, RIGHT + 66, ROW, svg.BAND, radius=4)
        for second in range(SHOWN_MS // 1000 + 1):
            x = LEFT + second * PER_SECOND
            sheet.line(x, y, x, y + ROW)
    middle = y + ROW / 2
    sheet.text(24, middle + 5, name, 14, bold=True)
    sheet.text(142, middle + 5, (words.LIGHTS | words.COUNTS)[name], 13, svg.MUTED)
    end_ms = SHOWN_MS if often == "repeats" else pattern.length_ms(name)
    sheet.line(LEFT, middle + LAMP / 2, _x(end_ms), middle + LAMP / 2, svg.MUTED)
    for on_ms, off_ms in lit_spans(name, SHOWN_MS):
        width = _x(off_ms) - _x(on_ms)
        sheet.box(_x(on_ms), middle - LAMP / 2, width, LAMP, svg.LIGHT, svg.LIGHT_EDGE)
    sheet.text(RIGHT + 14, middle + 5, often, 12, svg.MUTED)


def _x(at_ms: int) -> float:
    return LEFT + at_ms * PER_SECOND / 1000
