"""One outcome, the same in every format: the row that CSV and JSON have of it."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from dosebell_host.export.doses import DoseLabels
from dosebell_host.history.box_log import outcome_json
from dosebell_host.history.log_csv import csv_text, safe_cell
from dosebell_host.history.outcomes import Outcome
from dosebell_host.schedule.local_time import LocalTime, day_iso

COLUMNS = ("date", "dose", "name", "slot", "due", "status", "taken_at", "late_s", "back_dated")
# RFC 4180 ends a line so.
LINE_END = "\r\n"

_IN_WORDS = ("dose", "name")


def rows(
    shown: Iterable[Outcome], labels: DoseLabels, local: LocalTime
) -> Iterator[dict[str, Any]]:
    """A row an outcome, as `log --json` tells of it, with its date and what it was called."""
    for each in shown:
        yield {
            "date": day_iso(each.day),
            "name": labels.of(each.dose, each.due_s).name,
            **outcome_json(each, local),
            "back_dated": each.back_dated,
        }


def rows_csv(told: Iterable[dict[str, Any]]) -> str:
    """The rows for a spreadsheet; `late_s` is in seconds, and times have their offset."""
    return csv_text(COLUMNS, map(_cells, told), LINE_END)


def _cells(row: dict[str, Any]) -> list[object]:
    words = {key: safe_cell(row[key]) for key in _IN_WORDS}
    shown = row | words | {"back_dated": "yes" if row["back_dated"] else "no"}
    return [shown[key] for key in COLUMNS]


def document_text(head: dict[str, Any], key: str, items: Iterable[dict[str, Any]]) -> str:
    """One JSON document: the head, then each item on a line of its own, so that two of them can be
    compared line by line.
    """
    opened = json.dumps(head, ensure_ascii=False).removesuffix("}")
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in items)
    return f'{opened}, "{key}": [\n{lines}\n]}}\n'
