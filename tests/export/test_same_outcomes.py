"""One outcome, the same in every format: what log, report, CSV, JSON and FHIR tell of any life.

The JSON of the log is counted here; all the others have to say the same, dose by dose.
"""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from documents import faults
from dosebell_host.terminal.contract.schema import document
from kept_lives import with_history

SEEDS = range(100, 160)
# The words of FHIR for what was over; a late one was taken.
IN_FHIR = {"taken": "completed", "late": "completed", "unknown": "unknown"}
NOT_DONE = {"missed": "missed", "skipped": "skipped", "off": "off"}
Told = list[tuple[str, str]]


@pytest.fixture(params=SEEDS)
def desk(request: pytest.FixtureRequest, data_folder: Path) -> Desk:
    """A laptop that kept one life, in which something was due."""
    data_folder.mkdir()
    with_history(data_folder, request.param)
    desk = Desk()
    if not desk.gets("log")["days"]:
        pytest.skip("nothing was due in that life")
    return desk


def test_every_format_tells_the_same(desk: Desk, tmp_path: Path) -> None:
    told = [(day["date"], each) for day in desk.gets("log")["days"] for each in day["doses"]]
    text = desk.types("export", "json").stdout
    assert list(faults(json.loads(text), document("export json"))) == []
    items = json.loads(text)["outcomes"]
    of_log = [{"date": date, **each} for date, each in told]
    assert [{key: each[key] for key in of_log[0]} for each in items] == of_log
    rows = list(csv.DictReader(io.StringIO(desk.types("export", "csv").stdout)))
    assert rows == [{key: in_csv(value) for key, value in each.items()} for each in items]
    assert Counter(of_fhir(desk)) == Counter(
        (each["dose"], word) for each in items if (word := in_fhir(each["status"]))
    )
    # And no other counts than the report has, whose days end today.
    first = min(each["date"] for each in items)
    words = ("--from", first, "--until", "2099-01-01", "--yes", "-o", tmp_path / "sheet.html")
    report = desk.gets("report", *words)
    shown = [each for each in items if each["date"] <= report["until"]]
    assert {each["dose"]: counts_of(each) for each in report["adherence"]} == {
        dose: found
        for dose in {each["dose"] for each in shown}
        if any((found := counted([e for e in shown if e["dose"] == dose])).values())
        or dose in {each["dose"] for each in report["adherence"]}
    }


def in_csv(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def in_fhir(status: str) -> str:
    """`completed`, `unknown`, or the first word of the reason why it was not taken."""
    return IN_FHIR.get(status, NOT_DONE.get(status, ""))


def of_fhir(desk: Desk) -> Told:
    """The dose and the word of each resource but those in error."""
    found = []
    for entry in json.loads(desk.types("export", "fhir").stdout)["entry"]:
        each = entry["resource"]
        if each["resourceType"] != "MedicationAdministration":
            continue
        dose = each["identifier"][0]["value"].split(".")[1]
        reason = each.get("statusReason", [{"text": each["status"]}])[0]["text"]
        if each["status"] != "entered-in-error":
            found.append((dose, reason.partition(" ")[0].rstrip(":")))
    return found


def counted(items: list[dict[str, Any]]) -> dict[str, int]:
    states = Counter(each["status"] for each in items)
    taken = states["taken"] + states["late"]
    return {"taken": taken, **{key: states[key] for key in ("late", *NOT_DONE, "unknown")}}


def counts_of(measures: dict[str, Any]) -> dict[str, int]:
    return {key: measures[key] for key in ("taken", "late", *NOT_DONE, "unknown")}
