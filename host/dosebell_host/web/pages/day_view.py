"""One day of one box: what became of each dose, and every record that the box wrote of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from dosebell_host.history.box_log import BoxLog, Choice
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.record_text import words
from dosebell_host.history.records import Entry
from dosebell_host.pictures.period import weekday_words
from dosebell_host.schedule.local_time import LocalTime, date_of, day_number
from dosebell_host.web.pages.dose_names import DoseNames, dose_names
from dosebell_host.web.pages.outcome_words import outcome_mark, outcome_words


@dataclass(frozen=True)
class DayOutcome:
    """What became of one occurrence."""

    status: str
    mark: str
    name: str
    due: str
    words: str


@dataclass(frozen=True)
class DayRecord:
    """One record: when the box wrote it, of which dose, what it says, and its number."""

    at: str
    name: str
    words: str
    number: str


@dataclass(frozen=True)
class DayShown:
    """The page; `before` and `after` are the dates beside it, "" where that has not come yet."""

    date: str
    words: str
    before: str
    after: str
    outcomes: tuple[DayOutcome, ...]
    records: tuple[DayRecord, ...]


def day_of(log: BoxLog, day: int) -> DayShown:
    """What is noted of a day number."""
    names, chosen = dose_names(log.lines), Choice(first_day=day, last_day=day)
    today = day_number(log.local.date(log.now_s))
    return DayShown(
        date=date_of(day).isoformat(),
        words=weekday_words(day),
        before=date_of(day - 1).isoformat(),
        after=date_of(day + 1).isoformat() if day < today else "",
        outcomes=tuple(_outcomes(chosen.outcomes(log), names, log.local)),
        records=tuple(_record(each, names, log.local) for each in _timed(chosen, log)),
    )


def _timed(chosen: Choice, log: BoxLog) -> Iterator[Entry]:
    """One without a time may be of any day, and so is of none here."""
    return (each for each in chosen.entries(log) if each.utc_s is not None)


def _outcomes(found: list[Outcome], names: DoseNames, local: LocalTime) -> Iterator[DayOutcome]:
    for each in found:
        yield DayOutcome(
            status=each.status,
            mark=outcome_mark(each),
            name=names[each.dose].name,
            due="" if each.due_s is None else local.clock(each.due_s),
            words=outcome_words(each, local),
        )


def _record(entry: Entry, names: DoseNames, local: LocalTime) -> DayRecord:
    at = local.second(entry.utc_s or 0)
    name = names[entry.dose].name if entry.dose else ""
    return DayRecord(at, name, words(entry, local), f"{entry.journal}:{entry.seq}")
