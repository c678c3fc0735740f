"""What a reader of a report should know of the box in that time."""

from collections import Counter
from collections.abc import Iterable, Iterator

from dosebell import record
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.record_text import words
from dosebell_host.history.records import Entry
from dosebell_host.history.unrecorded import bounds
from dosebell_host.pictures.period import Period, weekday_words
from dosebell_host.report.in_force import InForceFrom
from dosebell_host.schedule.local_time import day_number
from dosebell_host.wording import sentence

# Of each sort so many are told one by one.
_TOLD_AT_MOST = 3


def box_notes(log: BoxLog, period: Period, forces: Iterable[InForceFrom]) -> Iterator[str]:
    """Changes of the zone, faults, and times of which nothing is known, in sentences."""
    yield from _zone_changes(log, forces)
    yield from _few(_faults(log, period), "other faults")
    yield from _few(_gaps(log, period), "other such times")


def _zone_changes(log: BoxLog, forces: Iterable[InForceFrom]) -> Iterator[str]:
    before = ""
    for each in forces:
        plan = log.plans.get(each.revision)
        zone = plan.zone_name if plan else before
        if before and zone != before:
            day = weekday_words(each.first_day)
            yield f"Since {day} the zone is {zone}, and no longer {before}."
        before = zone


def _faults(log: BoxLog, period: Period) -> Iterator[str]:
    noted = Counter(
        words(entry, log.local)
        for entry in log.entries
        if entry.kind == record.FAULT
        and entry.utc_s is not None
        and day_number(log.local.date(entry.utc_s)) in period.days
    )
    for what, times in noted.items():
        yield f"{sentence(what)}{f', {times} times' if times > 1 else ''}."


def _gaps(log: BoxLog, period: Period) -> Iterator[str]:
    for entry in log.entries:
        if entry.kind == record.GAP and _is_in(entry, log, period):
            yield f"{sentence(words(entry, log.local))}."


def _is_in(gap: Entry, log: BoxLog, period: Period) -> bool:
    first, last = (day_number(log.local.date(at)) for at in bounds(gap))
    return first <= period.last_day and last >= period.first_day


def _few(sentences: Iterable[str], what: str) -> Iterator[str]:
    found = list(sentences)
    yield from found[:_TOLD_AT_MOST]
    if len(found) > _TOLD_AT_MOST:
        yield f"There are {len(found) - _TOLD_AT_MOST} {what}."
