"""A preview as a person reads it: day by day, one line an occurrence."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from dosebell_host.schedule.lines import which_text
from dosebell_host.schedule.local_time import LocalTime, date_of, day_text
from dosebell_host.schedule.model import DoseEntry
from dosebell_host.schedule.plan_file import PlanFile, taken_without_ring
from dosebell_host.trial.preview import OFF, PlannedOccurrence, Preview, StockForecast

_UNTIL = "Until a time: so long it can be taken; after it the dose is noted as missed."


def preview_lines(shown: Preview) -> Iterator[str]:
    """The whole preview: the doses, the days, and when stock is used up."""
    yield from legend(shown.file)
    if any(each.skipped is None for each in shown.occurrences):
        yield _UNTIL
    for day, occurrences in groupby(shown.occurrences, key=lambda each: each.day):
        yield ""
        yield day_text(date_of(day), year=True)
        yield from _rows(shown.file, list(occurrences))
    if not shown.occurrences:
        yield ""
        yield f"Nothing is due {_span(shown)}."
    if stock := list(_stock_lines(shown)):
        yield ""
        yield from stock


def _stock_lines(shown: Preview) -> Iterator[str]:
    """How long each stock lasts; of a course that ends before the days shown there is nothing."""
    last_days = {dose.id: dose.end for dose in shown.file.schedule.doses if dose.end}
    for stock in shown.stock:
        last = last_days.get(stock.dose.id)
        if last is None or last >= shown.first:
            yield _stock_line(stock, shown.counted, last is not None)


def legend(file: PlanFile) -> Iterator[str]:
    """What the schedule is called, where its times hold, and which doses it has."""
    title = file.schedule.title
    yield f"{title + ', times in ' if title else 'Times in '}{file.schedule.timezone}"
    width = _id_width(file)
    for dose in file.schedule.doses:
        take = f", {dose.take}" if dose.take else ""
        yield f"  {dose.id:{width}}  {dose.name}{take}{_last_day(dose)}"
    if silent := taken_without_ring(file.schedule):
        yield silent


def _last_day(dose: DoseEntry) -> str:
    return f", to {day_text(dose.end, year=True)}, that day included" if dose.end else ""


def _rows(file: PlanFile, occurrences: list[PlannedOccurrence]) -> Iterator[str]:
    width = _id_width(file)
    meal_width = max(
        (len(dose.with_meals[0]) for dose in file.schedule.doses if dose.with_meals), default=0
    )
    for each in occurrences:
        day = date_of(each.day)
        meal = f"{each.rings[0].meal or '':{meal_width}}  " if meal_width else ""
        due = _time(each.due_s, day, file.local)
        which = which_text(file.plan, each.dose, each.day, each.slot)
        outcome = outcome_text(each, day, file.local)
        yield f"  {due}  {each.dose.id:{width}}  {meal}{f'{which}, ' if which else ''}{outcome}"


def outcome_text(occurrence: PlannedOccurrence, day: date, local: LocalTime) -> str:
    """Until when it rings, and where it falls back to; or why it does not ring."""
    if occurrence.skipped is not None:
        return "skipped" + (f": {occurrence.skipped}" if occurrence.skipped != OFF else "")
    spans = [
        f"{ring.meal} {_time(ring.due_s, day, local)} until {_time(ring.closes_s, day, local)}"
        for ring in occurrence.rings[1:]
    ]
    return ", else ".join([f"until {_time(occurrence.rings[0].closes_s, day, local)}", *spans])


def _stock_line(stock: StockForecast, today: date, ends: bool) -> str:
    counted = f"if there are {stock.count} on {day_text(today)}."
    if stock.runs_out is None and ends:
        return f"{stock.dose.id} lasts to its last day, {counted}"
    if stock.runs_out is None:
        return f"{stock.dose.id} lasts for ten years or more, {counted}"
    return f"{stock.dose.id} runs out on {day_text(stock.runs_out, year=True)}, {counted}"


def _span(shown: Preview) -> str:
    last = shown.first + timedelta(days=shown.days - 1)
    if last == shown.first:
        return f"on {day_text(last, True)}"
    return f"from {day_text(shown.first, True)} to {day_text(last, True)}"


def _time(utc_s: int, day: date, local: LocalTime) -> str:
    """07:30, or with its date where that is not `day`."""
    moment = local.datetime(utc_s)
    clock = f"{moment:%H:%M}"
    return clock if moment.date() == day else f"{day_text(moment.date())} {clock}"


def _id_width(file: PlanFile) -> int:
    return max(len(dose.id) for dose in file.schedule.doses)
