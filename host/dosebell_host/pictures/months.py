"""The month grid: a row a month, a column a day, one mark a day."""

from collections import Counter
from collections.abc import Iterable

from dosebell import civil, record
from dosebell_host.history.measures import Counts, counts
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.marks import MARKS, day_status, mark_on
from dosebell_host.pictures.period import MONTHS, Month, Period
from dosebell_host.pictures.picture import SMALL, Cell, Numbers, Picture, Sheet
from dosebell_host.wording import and_list

_LEFT, _CELL, _ROW, _HEAD, _RADIUS = 40.0, 9.0, 12.0, 12.0, 3.2
WIDTH = _LEFT + 31 * _CELL + 2
_LABELLED_DAYS = (1, 5, 10, 15, 20, 25, 30)

_CAPTION = "Day by day: a mark a day; Saturdays and Sundays are grey."
COUNTED = ("due", "taken", "late", "missed", "skipped", "not known", "off by plan")


def month_grid(name: str, period: Period, shown: Iterable[Outcome]) -> Picture:
    """What became of one dose, day by day."""
    by_day: dict[int, list[Outcome]] = {}
    for each in shown:
        by_day.setdefault(each.day, []).append(each)
    statuses = {day: day_status(found) for day, found in by_day.items()}
    months = list(period.months())
    sheet = Sheet(WIDTH, f"{name}: day by day", _description(statuses, period))
    _days_of_month(sheet)
    for place, month in enumerate(months):
        _row(sheet, _HEAD + place * _ROW, month, statuses)
    svg = sheet.svg(_HEAD + len(months) * _ROW + 2)
    return Picture(svg, _numbers(name, months, by_day), _CAPTION)


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


def _row(sheet: Sheet, top: float, month: Month, statuses: dict[int, str | None]) -> None:
    sheet.text(1, top + _ROW - 3, _month_words(month), _LEFT - 3, SMALL)
    first = civil.day_of(month.year, month.number, 1)
    for day in month.days:
        x = _LEFT + (day - first) * _CELL
        if civil.weekday(day) >= 5:
            sheet.area("weekend", x, top, _CELL, _ROW)
        status = statuses.get(day)
        if status:
            mark_on(sheet, status, x + _CELL / 2, top + _ROW / 2, _RADIUS)
    end = _LEFT + (month.days[-1] + 1 - first) * _CELL
    sheet.line("row", _LEFT + (month.days[0] - first) * _CELL, top, end, top)


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
        days = (_dates(own, status) for status in (record.MISSED, record.UNKNOWN))
        rows.append((month.name, *counted(counts(found)), *days))
    head = ("month", *COUNTED, "missed on", "not known on")
    return Numbers(f"{name}: month by month", head, tuple(rows))


def _dates(own: dict[int, list[Outcome]], status: str) -> str:
    """The days of the month on which any occurrence came to that."""
    days = [day for day, group in own.items() if any(each.status == status for each in group)]
    return ", ".join(str(civil.date_of(day)[2]) for day in days)
