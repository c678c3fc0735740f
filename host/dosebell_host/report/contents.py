"""What stands in a report, before anybody thinks of its layout."""

from collections.abc import Iterator
from typing import NamedTuple

from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.label import labels, meal_times
from dosebell_host.history.measures import Measures, by_dose, overall
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.stock import StockOutlook, counts_noted, stock_outlooks
from dosebell_host.pictures.chronology import chronology
from dosebell_host.pictures.gaps import gap_strip
from dosebell_host.pictures.months import month_grid
from dosebell_host.pictures.occasions import Occasion, occasions
from dosebell_host.pictures.period import Period, weekday_words
from dosebell_host.pictures.picture import Picture
from dosebell_host.pictures.stock import stock_forecast
from dosebell_host.pictures.week import week_grid
from dosebell_host.report.in_force import InForceFrom, in_force, rules
from dosebell_host.report.notes import box_notes
from dosebell_host.report.summary import Week, summary, weeks_of, worst_week
from dosebell_host.schedule.lines import title_of
from dosebell_host.schedule.local_time import day_number

# A chronology of more months is drawn in several, one below the other.
_MONTHS_IN_ONE = 3


class Material(NamedTuple):
    """What a report is made from. `texts` are the compiled lines by revision, as far as this
    laptop has them; `warnings` what a reader should know first; of one `dose` alone, or of all.
    """

    log: BoxLog
    period: Period
    texts: dict[str, list[str]]
    person: str = ""
    warnings: tuple[str, ...] = ()
    dose: str | None = None


class DoseShown(NamedTuple):
    """One dose: its id, its name and how it is taken, what it adds up to, and its pictures."""

    dose: str
    name: str
    rules: tuple[str, ...]
    measures: Measures
    pictures: tuple[Picture, ...]
    more: tuple[Picture, ...]


class Contents(NamedTuple):
    """The whole report, made on the day `made_day`. `summary` and `notes` are sentences."""

    person: str
    title: str
    period: Period
    doses: tuple[DoseShown, ...]
    overall: Measures
    made_day: int
    summary: tuple[str, ...]
    notes: tuple[str, ...]
    meals: tuple[str, ...]
    revision: str
    weeks: tuple[Week, ...]
    worst: Week | None


def contents(made_from: Material) -> Contents:
    """All of it, in the words of the person."""
    log, asked = made_from.log, made_from.period
    period = _noted_part(log, asked)
    shown = [
        each
        for each in log.outcomes
        if each.day in period.days and made_from.dose in (None, each.dose)
    ]
    forces = in_force(log, period)
    texts = [made_from.texts.get(each.revision, []) for each in forces] or [log.lines]
    notes = [*_shortened(asked, period), *made_from.warnings, *box_notes(log, period, forces)]
    names = {dose: name for text in texts for dose, (name, _) in labels(text).items()}
    found = weeks_of(shown, period)
    worst = worst_week(found)
    return Contents(
        person=made_from.person,
        title=title_of(texts[-1]),
        period=period,
        doses=tuple(
            each
            for each in _doses(log, period, shown, texts, forces, worst)
            if made_from.dose in (None, each.dose)
        ),
        overall=overall(shown),
        made_day=day_number(log.local.date(log.now_s)),
        summary=tuple(summary(shown, period, names, worst)),
        notes=tuple(notes),
        meals=tuple(meal_times(texts[-1])),
        revision=forces[-1].revision if forces else "",
        weeks=tuple(found),
        worst=worst,
    )


def _noted_part(log: BoxLog, period: Period) -> Period:
    """The days of it since the first that the box noted anything of."""
    noted_s = min((each.utc_s for each in log.entries if each.utc_s is not None), default=None)
    noted = [each.day for each in log.outcomes]
    noted += [] if noted_s is None else [day_number(log.local.date(noted_s))]
    first = min(noted, default=period.first_day)
    return Period(min(max(first, period.first_day), period.last_day), period.last_day)


def _shortened(asked: Period, shown: Period) -> Iterator[str]:
    if shown.first_day > asked.first_day:
        yield f"The box has noted nothing before {weekday_words(shown.first_day)}."


def _doses(
    log: BoxLog,
    period: Period,
    shown: list[Outcome],
    texts: list[list[str]],
    forces: list[InForceFrom],
    worst: Week | None,
) -> Iterator[DoseShown]:
    """Those of the schedule, in its order, then those that left it."""
    read = [labels(text) for text in texts]
    names = {dose: name for found in read for dose, (name, _) in found.items()}
    measures = {each.dose: each for each in by_dose(shown)}
    stock = stock_outlooks(log, counts_noted(log.entries))
    seen: dict[str, list[Occasion]] = {}
    for each in occasions(log, shown):
        seen.setdefault(each.outcome.dose, []).append(each)
    for dose in dict.fromkeys([*read[-1], *measures]):
        told = [found[dose][1] if dose in found else "" for found in read]
        name, own = names.get(dose, dose), seen.get(dose, [])
        found = measures.get(dose, overall(()))
        yield DoseShown(
            dose=dose,
            name=name,
            rules=tuple(rules(told, forces)),
            measures=found,
            pictures=tuple(_pictures(name, period, own, worst)) if own else (),
            more=tuple(_more(name, period, own, found, stock.get(dose))) if own else (),
        )


def _pictures(
    name: str, period: Period, own: list[Occasion], worst: Week | None
) -> Iterator[Picture]:
    yield month_grid(name, period, [each.outcome for each in own], worst.days if worst else ())
    for part in _parts(period):
        yield chronology(name, part, [each for each in own if each.day in part.days])


def _more(
    name: str,
    period: Period,
    own: list[Occasion],
    found: Measures,
    stock: StockOutlook | None,
) -> Iterator[Picture]:
    yield week_grid(name, period, own)
    yield gap_strip(name, period, own, found)
    if stock is not None:
        yield stock_forecast(name, stock)


def _parts(period: Period) -> Iterator[Period]:
    """So many months at a time."""
    months = list(period.months())
    for place in range(0, len(months), _MONTHS_IN_ONE):
        part = months[place : place + _MONTHS_IN_ONE]
        yield Period(part[0].days[0], part[-1].days[-1])
