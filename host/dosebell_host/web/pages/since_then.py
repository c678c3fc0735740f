"""What a box said when it was last looked at, brought up to what this laptop has read since.

A command or a page has answered, and the watcher looks again only in a moment: what has an answer
rings no more, and a page that said so would make somebody answer twice.
"""

from dataclasses import replace

from dosebell import civil
from dosebell.record import SNOOZED, TERMINAL
from dosebell_host.actions.occurrences import current_of
from dosebell_host.actions.status import Status, told_of_day
from dosebell_host.box.replies import DoseRow
from dosebell_host.history.box_log import BoxLog
from dosebell_host.schedule.local_time import day_number


def brought_up(status: Status, log: BoxLog) -> Status:
    """The status, with what the log tells of its day."""
    today = day_number(status.local.date(status.now_s))
    ended = {(each.dose, each.due_s) for each in log.outcomes if each.state in TERMINAL}
    put_off = _put_off(log)
    rows = [_row(status, row, ended, put_off) for row in status.rows]
    asked = [row for row in rows if row.date == civil.iso(today)]
    found = [each for each in log.outcomes if each.day == today]
    return replace(status, rows=rows, today=told_of_day(found, asked))


Named = set[tuple[str, int | None]]


def _put_off(log: BoxLog) -> Named:
    """What was last noted as snoozed."""
    last = {entry.occurrence: entry for entry in log.entries if entry.day is not None}
    return {(each.dose, each.due_s) for each in last.values() if each.kind == SNOOZED}


def _row(status: Status, row: DoseRow, ended: Named, put_off: Named) -> DoseRow:
    if not row.is_open:
        return row
    named = row.dose, current_of(row, status.plan).due_s
    if named in ended:
        return row._replace(state="", is_open=False, date="")
    return row._replace(state=SNOOZED) if row.calling and named in put_off else row
