"""What a box said when it was last looked at, brought up to what this laptop has read since.

A command or a page has answered, and the watcher looks again only in a moment: what has an answer
rings no more, and a page that said so would make somebody answer twice.
"""

from collections.abc import Iterable
from dataclasses import replace

from dosebell import civil
from dosebell.record import RINGING, SNOOZED, TERMINAL, UNDONE
from dosebell_host.actions.next_due import window_of
from dosebell_host.actions.occurrences import current_of
from dosebell_host.actions.status import Status, told_of_day
from dosebell_host.box.replies import DoseRow
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.outcomes import of_late
from dosebell_host.history.records import Entry
from dosebell_host.schedule.local_time import day_number


def brought_up(status: Status, log: BoxLog) -> Status:
    """The status, with what the log tells of its day."""
    today = day_number(status.local.date(status.now_s))
    ended = {(each.dose, each.due_s) for each in log.outcomes if each.state in TERMINAL}
    put_off, again = _put_off(log), _asks_again(status, log)
    rows = [
        _again(status, row, again[row.dose])
        if row.dose in again and not row.is_open
        else _row(status, row, ended, put_off)
        for row in status.rows
    ]
    asked = [row for row in rows if row.date == civil.iso(today)]
    found = [each for each in log.outcomes if each.day == today]
    ended_of_late = of_late(log.outcomes, status.now_s)
    return replace(status, rows=rows, today=told_of_day(found, asked), of_late=ended_of_late)


Named = set[tuple[str, int | None]]


def _last(log: BoxLog) -> Iterable[Entry]:
    """What was last noted of each occurrence."""
    return {entry.occurrence: entry for entry in log.entries if entry.day is not None}.values()


def _put_off(log: BoxLog) -> Named:
    """What was last noted as snoozed."""
    return {(each.dose, each.due_s) for each in _last(log) if each.kind == SNOOZED}


def _asks_again(status: Status, log: BoxLog) -> dict[str, Entry]:
    """By dose, what was taken back since the box was looked at, and asks or rings again."""
    return {
        each.dose: each
        for each in _last(log)
        if (each.kind == RINGING or (each.kind == UNDONE and "open" in each.detail))
        and (each.utc_s or 0) >= status.now_s
    }


def _again(status: Status, row: DoseRow, entry: Entry) -> DoseRow:
    """A row whose answer was taken back: it can be answered again."""
    asks = row._replace(
        state=RINGING,
        is_open=True,
        date=civil.iso(entry.day or 0),
        slot=entry.slot,
        due_s=entry.due_s,
        first_due_s=entry.due_s,
    )
    window = window_of(status.plan, asks)
    if window is None or window.closes[-1] <= status.now_s:
        return row
    return asks._replace(closes_s=window.closes[-1])


def _row(status: Status, row: DoseRow, ended: Named, put_off: Named) -> DoseRow:
    if not row.is_open:
        return row
    named = row.dose, current_of(row, status.plan).due_s
    if named in ended:
        return row._replace(state="", is_open=False, date="")
    return row._replace(state=SNOOZED) if row.calling and named in put_off else row
