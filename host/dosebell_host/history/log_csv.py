"""A log as CSV for a spreadsheet: a row an occurrence, or a row a record.

A cell that begins as a formula does is made text, so that no name in a schedule is run.
"""

import csv
import io
from collections.abc import Iterable

from dosebell import civil
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.records import Entry
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import LocalTime

OUTCOME_COLUMNS = ("date", "dose", "slot", "status", "taken_at", "late_minutes", "name")
RECORD_COLUMNS = (
    *("journal", "seq", "boot", "at", "trust", "kind"),
    *("dose", "date", "slot", "due", "detail"),
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def outcomes_csv(shown: Iterable[Outcome], log: BoxLog) -> str:
    """Every occurrence with its status: taken, late, missed, unknown, skipped, off, open or
    cancelled.
    """
    names = _names(log.lines)
    local = log.local
    return _csv(OUTCOME_COLUMNS, (_outcome(each, names, local) for each in shown))


def records_csv(shown: Iterable[Entry], local: LocalTime) -> str:
    """Every record, as `--json` has them."""
    return _csv(RECORD_COLUMNS, (_record(entry, local) for entry in shown))


def _outcome(each: Outcome, names: dict[str, str], local: LocalTime) -> list[object]:
    taken = "" if each.taken_s is None else local.datetime(each.taken_s).isoformat(" ")
    late = "" if each.late_s is None else round(each.late_s / 60)
    name = names.get(each.dose, "")
    return [civil.iso(each.day), each.dose, each.slot, each.status, taken, late, name]


def _record(entry: Entry, local: LocalTime) -> list[object]:
    found = entry.to_json(local)
    detail = ",".join(f"{key}={value}" if value else key for key, value in entry.said.items())
    return ["" if found[key] is None else found[key] for key in RECORD_COLUMNS[:-1]] + [detail]


def _names(lines: list[str]) -> dict[str, str]:
    return {dose.id: dose.name for dose in plan_of(lines).doses}


def _csv(columns: tuple[str, ...], rows: Iterable[list[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def _safe(cell: object) -> object:
    # A number stays a number, also a negative one; only text can hide a formula.
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
