"""A log as CSV for a spreadsheet: a row an occurrence, or a row a record.

A cell that begins as a formula does is made text, so that no name in a schedule is run.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.outcomes import Outcome
from dosebell_host.history.records import Entry
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import LocalTime, day_iso

OUTCOME_COLUMNS = ("date", "dose", "slot", "status", "taken_at", "late_minutes", "name")
RECORD_COLUMNS = (
    *("journal", "seq", "boot", "at", "trust", "kind"),
    *("dose", "date", "slot", "due", "detail"),
)

# What a box wrote as it liked; numbers and times are our own, and no formula begins with a digit.
_IN_WORDS = ("journal", "trust", "kind", "dose", "detail")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def outcomes_csv(shown: Iterable[Outcome], log: BoxLog) -> str:
    """Every occurrence with its status: taken, late, missed, unknown, skipped, off, open or
    cancelled.
    """
    names = _names(log.lines)
    local = log.local
    return csv_text(OUTCOME_COLUMNS, (_outcome(each, names, local) for each in shown))


def records_csv(shown: Iterable[Entry], local: LocalTime, line_end: str = "\n") -> str:
    """Every record, as `--json` has them."""
    return csv_text(RECORD_COLUMNS, (_record(entry, local) for entry in shown), line_end)


def csv_text(
    columns: Sequence[str], rows: Iterable[Sequence[object]], line_end: str = "\n"
) -> str:
    """A head and rows; the cells that hold words of others went through `safe_cell`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def safe_cell(cell: str | None) -> str | None:
    """The words of others as text, whatever a spreadsheet makes of its first character."""
    return f"'{cell}" if cell and cell.startswith(_FORMULA) else cell


def _outcome(each: Outcome, names: dict[str, str | None], local: LocalTime) -> tuple[object, ...]:
    taken = "" if each.taken_s is None else local.iso(each.taken_s, " ")
    late = "" if each.late_s is None else round(each.late_s / 60)
    name = names.get(each.dose)
    return day_iso(each.day), safe_cell(each.dose), each.slot, each.status, taken, late, name


def _record(entry: Entry, local: LocalTime) -> list[object]:
    told = entry.to_json(local)
    said = entry.said.items()
    told["detail"] = ",".join([f"{key}={value}" if value else key for key, value in said])
    for key in _IN_WORDS:
        told[key] = safe_cell(told[key])
    return [told[key] for key in RECORD_COLUMNS]


def _names(lines: list[str]) -> dict[str, str | None]:
    return {dose.id: safe_cell(dose.name) for dose in plan_of(lines).doses}
