"""The same numbers wherever they are told: log, its JSON and its CSV, the report, its pictures.

The CSV is counted here one row at a time, and all the others have to say the same.
"""

import csv
import io
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from dosebell_host.pictures.months import COUNTED
from kept_lives import with_history
from read_tables import ReadTable, tables_in

SEEDS = range(40)
Numbers = dict[str, int]


@pytest.mark.parametrize("seed", SEEDS)
def test_log_json_csv_report_and_pictures_tell_the_same(
    seed: int, data_folder: Path, tmp_path: Path
) -> None:
    data_folder.mkdir()
    with_history(data_folder, seed)
    desk, file = Desk(), tmp_path / "sheet.html"
    rows = rows_of(desk.types("log", "--csv").stdout)
    if not rows:
        pytest.skip("nothing was due in that life")
    first = min(row["date"] for row in rows)
    log = desk.gets("log")["adherence"]
    text = desk.types("log", "--since", first).stdout
    assert of_json(log) == of_text(text) == of_csv(rows)
    # A report ends today, and some of tomorrow may be taken already.
    report = desk.gets("report", "--from", first, "--until", "2099-01-01", "-o", file)
    until_then = [row for row in rows if row["date"] <= report["until"]]
    tables = tables_in(file.read_text(encoding="utf-8"))
    expected = of_csv(until_then)
    assert of_json(report["adherence"]) == of_report(tables) == expected
    for ending in ("month by month", "each time", "by weekday"):
        assert of_pictures(tables, ending) == expected, ending
    assert of_json([report["overall"]]) == ([summed(expected)] if expected else [])
    if until_then == rows:
        assert by_dose(report["adherence"]) == by_dose(log)


def rows_of(text: str) -> list[dict[str, str]]:
    """What became of each occurrence; those that were cancelled were none."""
    rows = csv.DictReader(io.StringIO(text))
    return [row for row in rows if row["status"] != "cancelled"]


def of_csv(rows: list[dict[str, str]]) -> list[Numbers]:
    """What each dose adds up to, in the order in which the doses first appear."""
    found = []
    for dose in dict.fromkeys(row["dose"] for row in rows):
        each = Counter(row["status"] for row in rows if row["dose"] == dose)
        taken = each["taken"] + each["late"]
        found.append(
            {
                "due": taken + each["missed"] + each["skipped"],
                "taken": taken,
                "late": each["late"],
                "missed": each["missed"],
                "skipped": each["skipped"],
                "not known": each["unknown"],
                "off by plan": each["off"],
            }
        )
    return told(found)


def of_json(adherence: list[dict[str, Any]]) -> list[Numbers]:
    keys = ("planned", "taken", "late", "missed", "skipped", "unknown", "off")
    found = ([each[key] for key in keys] for each in adherence)
    return told([dict(zip(COUNTED, numbers, strict=True)) for numbers in found])


def of_text(text: str) -> list[Numbers]:
    """The lines below the table of `dosebell log`."""
    _, _, sums = text.partition("not answered yet\n")
    found = []
    for line in sums.splitlines():
        due = re.search(r"(\d+) of (\d+) taken", line)
        said = {word: re.search(rf", (\d+) {word}", line) for word in WORDS_OF_LOG}
        counts = [int(match[1]) if match else 0 for match in said.values()]
        taken = [int(due[2]), int(due[1])] if due else [0, 0]
        found.append(dict(zip(COUNTED, taken + counts, strict=True)))
    return told(found)


WORDS_OF_LOG = ("of them late", "missed", "skipped", "unknown", "off by plan")


def of_report(tables: list[ReadTable]) -> list[Numbers]:
    """The table of measures, but for its last line of all doses."""
    table = next(each for each in tables if each.caption == "What it adds up to")
    rows = table.rows[:-1] if len(table.rows) > 1 else table.rows
    found = []
    for row in rows:
        taken, due = re.findall(r"\d+", row["taken of due"])[:2]
        # A column of nothing but noughts is left out.
        others = {word: int(row.get(word, "0")) for word in COUNTED[2:]}
        found.append({"due": int(due), "taken": int(taken), **others})
    return told(found)


def of_pictures(tables: list[ReadTable], ending: str) -> list[Numbers]:
    """What the tables of one sort of picture add up to, each dose by itself."""
    doses: list[list[Numbers]] = []
    for table in tables:
        # Every dose begins with its months, or goes on with its weekdays; names may be the same.
        if table.caption.endswith((": month by month", ": by weekday")):
            doses.append([])
        if table.caption.endswith(f": {ending}"):
            counted = of_times if ending == "each time" else of_columns
            doses[-1].append(counted(table))
    return told([summed(found) for found in doses])


def of_columns(table: ReadTable) -> Numbers:
    return {word: sum(int(row[word]) for row in table.rows) for word in COUNTED}


def of_times(table: ReadTable) -> Numbers:
    each = Counter(row["what came of it"].partition(",")[0] for row in table.rows)
    taken = each["taken"] + each["taken late"]
    counts = (taken, each["taken late"], each["missed"], each["skipped"])
    due = taken + each["missed"] + each["skipped"]
    numbers = (due, *counts, each["not known"], each["off by plan"])
    return dict(zip(COUNTED, numbers, strict=True))


def summed(found: list[Numbers]) -> Numbers:
    return {word: sum(each[word] for each in found) for word in COUNTED}


def told(found: list[Numbers]) -> list[Numbers]:
    """Without the doses of which there is nothing to tell, the order of doses aside."""
    return sorted((each for each in found if any(each.values())), key=str)


def by_dose(adherence: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """All that is said of each dose of which there is anything to tell."""
    counted = ("planned", "unknown", "off")
    return {each["dose"]: each for each in adherence if any(each[key] for key in counted)}
