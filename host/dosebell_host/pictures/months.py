"""The month grid: a row a month, a column a day, one mark a day."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable

from dosebell import civil, record
from dosebell_host.history.measures import Counts, counts
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.marks import EXTRA, MARKS, PARTLY, day_status, diamond, mark_on, partly
from dosebell_host.pictures.period import MONTHS, Month, Period, runs_of_days
from dosebell_host.pictures.picture import SMALL, Cell, Numbers, Picture, Sheet, at
from dosebell_host.wording import and_list

_LEFT, _CELL, _ROW, _HEAD, _RADIUS = 40.0, 9.0, 12.0, 12.0, 3.2
WIDTH = _LEFT + 31 * _CELL + 2
_LABELLED_DAYS = (1, 5, 10, 15, 20, 25, 30)

_CAPTION = "Day by day: a mark a day"
# So large is the diamond around a day with one more, and the mark within it.
_FRAME, _FRAMED = 4.6, 2.1
_FAINT = 0.07
WEEKEND, WORST = "weekend", "worst"
COUNTED = ("due", "taken", "late", "missed", "skipped", "not known", "off by plan")


def month_grid(
    name: str, period: Period, shown: Iterable[Outcome], worst: Collection[int] = ()
) -> Picture:
    """What became of one dose, day by day; the days that are `worst` are underlined."""
    by_day: dict[int, list[Outcome]] = {}
    for each in shown:
        by_day.setdefault(each.day, []).append(each)
    statuses = {day: day_status(found) for day, found in by_day.items()}
    months = list(period.months())
    sheet = Sheet(WIDTH, f"{name}: day by day", _description(statuses, period))
    _days_of_month(sheet)
    for place, month in enumerate(months):
        _row(sheet, _HEAD + place * _ROW, month, by_day, worst)
    height = _HEAD + len(months) * _ROW + 2
    return sheet.picture(height, _numbers(name, months, by_day), _CAPTION)


def counted(found: Counts) -> tuple[int, ...]:
    """How many of each, in the order of `COUNTED`."""
    return (
        *(found.due, found.taken, found.late, found.missed),
        *(found.skipped, found.unknown, found.off),
    )


def _days_of_month(sheet: Sheet) -> None:
    for day in _LABELLED_DAYS:
        x = _LEFT + (day - 0.5) * _CELL
        sheet.text(x, _HEAD - 3, str(day), 2 * _CELL, SMALL, "middle")


def _row(
    sheet: Sheet,
    top: float,
    month: Month,
    by_day: dict[int, list[Outcome]],
    worst: Collection[int],
) -> None:
    sheet.text(1, top + _ROW - 3, _month_words(month), _LEFT - 3, SMALL)
    first = civil.day_of(month.year, month.number, 1)

    def start(day: int) -> float:
        return _LEFT + (day - first) * _CELL

    for day in month.days:
        if civil.weekday(day) >= 5:
            sheet.area(WEEKEND, start(day), top, _CELL, _ROW, _FAINT)
        _day(sheet, start(day) + _CELL / 2, top + _ROW / 2, by_day.get(day, []))
    sheet.line("row", start(month.days[0]), top, start(month.days[-1] + 1), top)
    for run in runs_of_days(day for day in month.days if day in worst):
        steps = f"M{at(start(run[0]))} {at(top + _ROW - 0.5)}h{at(len(run) * _CELL)}"
        sheet.path(WORST, steps, stroke="currentColor", stroke_width=1.6)


def _day(sheet: Sheet, x: float, y: float, own: list[Outcome]) -> None:
    """The mark of a day, and a diamond around it where one more came soon after another."""
    status, is_extra = day_status(own), any(each.soon for each in own)
    radius = _FRAMED if is_extra else _RADIUS
    if status == PARTLY:
        found = counts(own)
        partly(sheet, x, y, radius, found.taken / found.due)
    elif status:
        mark_on(sheet, status, x, y, radius)
    if is_extra:
        diamond(sheet, EXTRA, x, y, _FRAME)


def _month_words(month: Month) -> str:
    return f"{MONTHS[month.number - 1]} {month.year % 100:02}"


def _description(statuses: dict[int, str | None], period: Period) -> str:
    days_of = Counter(status for status in statuses.values() if status)
    said = [f"{MARKS[status].words}: {days_of[status]}" for status in MARKS if days_of[status]]
    days = and_list(said) if said else "nothing is noted"
    return f"A mark a day, {period.text}; days by mark: {days}."


def _numbers(name: str, months: list[Month], by_day: dict[int, list[Outcome]]) -> Numbers:
    rows: list[tuple[Cell, ...]] = []
    for month in months:
        own = {day: by_day[day] for day in month.days if day in by_day}
        found = [each for group in own.values() for each in group]
        days = (_dates(own, is_so) for is_so in _DATED.values())
        rows.append((month.name, *counted(counts(found)), *days))
    head = ("month", *COUNTED, *_DATED)
    return Numbers(f"{name}: month by month", head, tuple(rows))


def _dates(own: dict[int, list[Outcome]], is_so: Callable[[Outcome], bool]) -> str:
    """The days of the month on which that is so of any occurrence."""
    days = [day for day, group in own.items() if any(map(is_so, group))]
    return ", ".join(str(civil.date_of(day)[2]) for day in days)


_DATED: dict[str, Callable[[Outcome], bool]] = {
    "missed on": lambda each: each.status == record.MISSED,
    "not known on": lambda each: each.status == record.UNKNOWN,
    "one more on": lambda each: each.soon,
}
