"""Weekday by time of day: when in the week a dose is taken, and when it is forgotten."""

from collections.abc import Iterable, Sequence

from dosebell import civil
from dosebell_host.history.measures import Counts, counts
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.months import COUNTED, counted
from dosebell_host.pictures.occasions import Occasion
from dosebell_host.pictures.period import Period
from dosebell_host.pictures.picture import SMALL, Cell, Numbers, Picture, Sheet, at

WIDTH = 320.0
_LEFT, _HEAD, _ROW = 34.0, 14.0, 15.0
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# From which minute of the day on each part of it is.
PARTS = ((0, "night"), (300, "morning"), (660, "midday"), (900, "afternoon"), (1080, "evening"))
NO_TIME = "no time known"
_CAPTION = "By weekday: what was taken of what was due; what is not known has a question mark."

Place = tuple[int, str]


def week_grid(name: str, period: Period, shown: Sequence[Occasion]) -> Picture:
    """How much of what was due was taken, for each weekday and part of the day."""
    cells: dict[Place, list[Outcome]] = {}
    for each in shown:
        cells.setdefault((civil.weekday(each.day), _part(each)), []).append(each.outcome)
    used = [part for part in (*(words for _, words in PARTS), NO_TIME) if _is_used(part, cells)]
    sheet = Sheet(WIDTH, f"{name}: by weekday", _description(period, shown))
    width = (WIDTH - _LEFT) / max(1, len(used))
    for place, part in enumerate(used):
        middle = _LEFT + (place + 0.5) * width
        sheet.text(middle, _HEAD - 4, part, width - 4, SMALL, "middle")
    for weekday, words in enumerate(WEEKDAYS):
        top = _HEAD + weekday * _ROW
        sheet.text(1, top + _ROW - 4, words, _LEFT - 3)
        for place, part in enumerate(used):
            found = cells.get((weekday, part))
            if found:
                _cell(sheet, _LEFT + place * width, top, width - 4, counts(found))
    height = _HEAD + len(WEEKDAYS) * _ROW + 2
    return sheet.picture(height, _numbers(name, cells, used), _CAPTION)


def _part(each: Occasion) -> str:
    if each.due_min is None:
        return NO_TIME
    minutes = each.due_min % 1440
    return [words for start, words in PARTS if start <= minutes][-1]


def _is_used(part: str, cells: Iterable[Place]) -> bool:
    return any(found == part for _, found in cells)


def _cell(sheet: Sheet, x: float, top: float, width: float, found: Counts) -> None:
    """A frame, filled as far as it was taken, and how many that are."""
    y, height = top + 1, _ROW - 3
    sheet.area("share", x, y, width * found.taken / max(1, found.due), height)
    frame = f"M{at(x)} {at(y)}h{at(width)}v{at(height)}h{at(-width)}z"
    sheet.path("frame", frame, stroke="currentColor", stroke_width=0.7, stroke_opacity=0.7)
    sheet.text(x + width / 2, top + _ROW - 5, _cell_words(found), width - 4, SMALL, "middle")


def _cell_words(found: Counts) -> str:
    said = f"{found.taken}/{found.due}" if found.due else ""
    unknown = f"{found.unknown} ?" if found.unknown else ""
    return ", ".join(filter(None, (said, unknown))) or ("off" if found.off else "")


def _description(period: Period, shown: Sequence[Occasion]) -> str:
    found = counts([each.outcome for each in shown])
    return (
        f"What was taken of what was due by weekday and part of the day, {period.text};"
        f" in all {found.taken} of {found.due}."
    )


def _numbers(name: str, cells: dict[Place, list[Outcome]], used: list[str]) -> Numbers:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (f"{words}, {part}", *counted(counts(cells[weekday, part])))
        for weekday, words in enumerate(WEEKDAYS)
        for part in used
        if (weekday, part) in cells
    )
    return Numbers(f"{name}: by weekday", ("when", *COUNTED), rows)
