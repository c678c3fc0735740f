"""The history of one box: its pictures, its measures, its weeks and its days.

All of it is read from a log by what also makes the report, so that both say the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dosebell_host.history.measures import Measures
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.legend import legend
from dosebell_host.pictures.markup import Markup
from dosebell_host.pictures.period import Period, weekday_words
from dosebell_host.report.contents import Contents, DoseShown
from dosebell_host.report.make import DrawnReport
from dosebell_host.report.measures_table import measures_table, needed
from dosebell_host.report.page import figure, html_table
from dosebell_host.report.summary import Week
from dosebell_host.schedule.local_time import LocalTime, date_of, day_number
from dosebell_host.web.pages.asked_days import AskedDays, DaysLink, near
from dosebell_host.web.pages.dose_names import DoseNames, dose_names
from dosebell_host.web.pages.outcome_words import outcome_mark, outcome_words

# Days are listed one by one where there are no more; every week has its link besides.
MOST_DAYS = 92


@dataclass(frozen=True)
class DrawnDose:
    """One dose: what it is called, how it is taken, and its pictures as markup."""

    dose: str
    name: str
    rules: tuple[str, ...]
    figures: tuple[Markup, ...]


@dataclass(frozen=True)
class WeekRow:
    """One week, its measures, and what shows just its days."""

    words: str
    query: str
    is_worst: bool
    cells: tuple[str, ...]


class DayCell(NamedTuple):
    """One occurrence: its status, its mark and its words."""

    status: str
    mark: str
    words: str


@dataclass(frozen=True)
class DayRow:
    """One day, and what became of each dose on it, one cell a dose."""

    date: str
    words: str
    cells: tuple[tuple[DayCell, ...], ...]


@dataclass(frozen=True)
class HistoryShown:
    """The page. `heads` are those of the measures of a week, `columns` the doses of the days."""

    period: Period
    text: str
    query: str
    asked: AskedDays
    choices: tuple[DaysLink, ...]
    doses_to_choose: tuple[DaysLink, ...]
    summary: tuple[str, ...]
    notes: tuple[str, ...]
    legend: tuple[tuple[Markup, str], ...]
    doses: tuple[DrawnDose, ...]
    measures: Markup
    heads: tuple[str, ...]
    weeks: tuple[WeekRow, ...]
    columns: tuple[str, ...]
    has_days: bool
    days: tuple[DayRow, ...]


def history_of(report: DrawnReport, asked: AskedDays, doses: Sequence[str]) -> HistoryShown:
    """What is shown of a log that is read; `doses` are those that one can choose."""
    told, log = report.contents, report.log
    names = dose_names(log.lines)
    shown = [
        each
        for each in log.outcomes
        if each.day in told.period.days and asked.dose in (None, each.dose)
    ]
    columns = list(dict.fromkeys(dose.dose for dose in told.doses))
    has_days = len(told.period.days) <= MOST_DAYS
    today = day_number(log.local.date(log.now_s))
    return HistoryShown(
        period=told.period,
        text=told.period.text,
        query=asked.query(),
        asked=asked,
        choices=tuple(near(asked, told.period, today)),
        doses_to_choose=tuple(_choices(asked, doses, names)),
        summary=told.summary,
        notes=told.notes,
        legend=tuple(_legend(told)),
        doses=tuple(map(_drawn, told.doses)),
        measures=html_table(measures_table(told)),
        heads=tuple(column.head for column in needed(told.overall) if not column.of_one),
        weeks=tuple(_weeks(told, asked)),
        columns=tuple(names[dose].name for dose in columns),
        has_days=has_days,
        days=tuple(_days(shown, columns, log.local)) if has_days else (),
    )


def _choices(asked: AskedDays, doses: Iterable[str], names: DoseNames) -> Iterator[DaysLink]:
    yield DaysLink("all doses", asked.query(dose=None), asked.dose is None)
    for dose in doses:
        yield DaysLink(names[dose].name, asked.query(dose=dose), asked.dose == dose)


def _drawn(dose: DoseShown) -> DrawnDose:
    figures = map(figure, (*dose.pictures, *dose.more))
    return DrawnDose(dose.dose, dose.name, dose.rules, tuple(figures))


def _legend(told: Contents) -> Iterator[tuple[Markup, str]]:
    pictures = (each for dose in told.doses for each in (*dose.pictures, *dose.more))
    return legend(pictures)


def _weeks(told: Contents, asked: AskedDays) -> Iterator[WeekRow]:
    """The last one first."""
    for week in reversed(told.weeks):
        yield WeekRow(
            words=_span(week),
            query=asked.query(**_from_until(week)),
            is_worst=week == told.worst,
            cells=tuple(_cells(week.measures, told.overall)),
        )


def _from_until(week: Week) -> dict[str, str | None]:
    ends = (week.days[0], week.days[-1])
    return dict(zip(("from", "until"), (date_of(day).isoformat() for day in ends), strict=True))


def _span(week: Week) -> str:
    return " to ".join(map(weekday_words, dict.fromkeys((week.days[0], week.days[-1]))))


def _cells(found: Measures, overall: Measures) -> Iterator[str]:
    for column in needed(overall):
        if not column.of_one:
            yield str(column.cell(found))


def _days(shown: Iterable[Outcome], columns: Sequence[str], local: LocalTime) -> Iterator[DayRow]:
    """The last one first."""
    by_day: dict[int, dict[str, list[Outcome]]] = {}
    for each in shown:
        by_day.setdefault(each.day, {}).setdefault(each.dose, []).append(each)
    for day, own in sorted(by_day.items(), reverse=True):
        cells = (tuple(_cell(each, local) for each in own.get(dose, ())) for dose in columns)
        yield DayRow(date_of(day).isoformat(), weekday_words(day), tuple(cells))


def _cell(each: Outcome, local: LocalTime) -> DayCell:
    return DayCell(each.status, outcome_mark(each), outcome_words(each, local))
