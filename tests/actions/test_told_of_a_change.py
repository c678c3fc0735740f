"""What is told of the checks after a change: in full what that brought, and the rest counted."""

import json
from datetime import date
from pathlib import Path

import pytest

from desk import Desk
from domain import Box
from dosebell_host.actions.changes.original import Original
from dosebell_host.actions.changes.remove import without_dose
from dosebell_host.advice.brought import brought, touched_doses
from dosebell_host.advice.findings import ERROR, NOTE
from dosebell_host.advice.judge import judge
from dosebell_host.schedule import read_file

HEAD = """\
version = 1
timezone = "Europe/Berlin"

[meals]
breakfast = "07:30"
dinner = "18:30"
"""
IRON = """
[[dose]]
id = "iron"
name = "Iron 14 mg"
at = ["12:00"]
contents = [{ nutrient = "iron", amount = 14, unit = "mg" }]
"""
CALCIUM = """
[[dose]]
id = "calcium"
name = "Calcium 500 mg"
at = ["12:30"]
contents = [{ nutrient = "calcium", amount = 500, unit = "mg" }]
"""
D3 = """
[[dose]]
id = "d3"
name = "Vitamin D3 1000 IU"
with = ["breakfast"]
food = "any"
contents = [{ nutrient = "vitamin-d3", amount = 1000, unit = "IU" }]
"""
YELLOW = """
[[dose]]
id = "yellow"
name = "Yellow drops"
at = ["08:00", "20:00"]
medicine = "yellow drops"

[person]
medicines = []
"""
MINE = HEAD + IRON + CALCIUM + D3 + YELLOW
TOO_MUCH = MINE.replace("1000 IU", "5000 IU").replace("amount = 1000", "amount = 5000")
IS_TOLD = {"CA-IRON", "MED-UNKNOWN", "D3-UL"}
TODAY = date(2026, 11, 23)
AT_S = 848_642_400


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    return path


def told(printed: str) -> list[str]:
    """The rules that are told in full, and what is said of the rest."""
    lines = [line.strip() for line in printed.splitlines()]
    rules = [rule for line in lines for rule in sorted(IS_TOLD) if line.startswith(rule)]
    return rules + [line for line in lines if "there before" in line]


def test_a_change_tells_what_it_brings_and_counts_what_was_there(file: Path) -> None:
    desk, before = Desk(), f"there before: dosebell check {file}"
    said = {
        ("move", "breakfast", "08:00"): [f"2 warnings were {before}"],
        ("move", "iron", "13:00"): ["CA-IRON", f"1 warning more was {before}"],
        ("add", "green drops", "--when", "9"): ["MED-UNKNOWN", f"2 warnings more were {before}"],
        ("remove", "calcium"): [f"2 warnings were {before}"],
    }
    assert {words: told(desk.types(*words, "-f", file).stdout) for words in said} == said


LEVOTHYROXINE = """
[[dose]]
id = "levo"
name = "Levothyroxine 50 mcg"
at = ["04:30"]
"""
ZINC = """
[[dose]]
id = "zinc"
name = "Zinc 10 mg"
with = ["dinner"]
"""
LISTED = """
[person]
medicines = [{ name = "doxycycline", at = "13:00" }]
"""


def test_a_warning_that_names_one_medicine_less_is_no_news(file: Path) -> None:
    desk = Desk()
    file.write_text(HEAD + LEVOTHYROXINE + ZINC + LISTED, encoding="utf-8")
    both = 'CONTENTS-NONE  zinc: "Zinc 10 mg" without contents; it reads like zinc; you'
    assert both in desk.types("check", file).stdout
    done = desk.types("remove", "levo", "-f", file).stdout
    assert done.splitlines()[0] == f"  1 warning was there before: dosebell check {file}"
    # One that names another medicine is news.
    again = desk.types("add", "levothyroxine 50 mcg", "--when", "4:30", "-f", file).stdout
    assert both in again


def test_check_and_a_program_are_told_all_of_it(file: Path) -> None:
    desk = Desk()
    found = desk.gets("move", "breakfast", "08:00", "-f", file)["findings"]
    assert {each["rule"] for each in found if each["severity"] != NOTE} == {
        "CA-IRON",
        "MED-UNKNOWN",
    }
    assert told(desk.types("check", file).stdout) == ["MED-UNKNOWN", "CA-IRON"]


def test_a_push_tells_all_of_it_and_a_change_of_the_box_what_that_brings(file: Path) -> None:
    desk = Desk(Box.bare("2026-11-23 06:00"))
    assert told(desk.types("push", file).stdout) == ["MED-UNKNOWN", "CA-IRON"]
    assert told(desk.types("move", "breakfast", "08:00").stdout) == [
        "2 warnings were there before: dosebell pull -o mine.toml, then dosebell check mine.toml"
    ]


def test_an_error_is_told_again_and_again(file: Path) -> None:
    file.write_text(TOO_MUCH, encoding="utf-8")
    said = told(Desk().types("move", "breakfast", "08:00", "-f", file).stdout)
    assert said == ["D3-UL", f"2 warnings more were there before: dosebell check {file}"]


@pytest.mark.parametrize("text", [MINE, TOO_MUCH])
@pytest.mark.parametrize("dose", ["iron", "calcium", "d3", "yellow"])
@pytest.mark.parametrize("comes", [False, True])
def test_nothing_new_and_no_error_is_only_counted(text: str, dose: str, comes: bool) -> None:
    less = without_dose(dose, Original(text, "mine.toml", AT_S, "nothing was done"))
    ways = (less, text) if comes else (text, less)
    before, after = (read_file.parse(each, "mine.toml") for each in ways)
    was, now = judge(before, TODAY), judge(after, TODAY)
    found = brought(was, now, touched_doses(before, after))
    errors = {each for each in now.findings if each.severity == ERROR}
    grave = {each for each in now.findings if each.severity != NOTE}
    shown = {*found.told.findings}
    assert errors | {*now.findings} - {*was.findings} <= shown <= {*now.findings}
    assert found.before == len(grave - shown)


GUESSED = "09:00, 13:00, 17:00 and 21:00"
NONE = ("--timezone", "Europe/Berlin", "--d3", "none", "--k2", "none", "--medicines", "none")


@pytest.mark.parametrize(
    ("words", "notes"),
    [
        (
            ("add", "red drops at 9, 1, 5 and 9"),
            [f"The times of red drops are taken as {GUESSED}."],
        ),
        (("add", "red drops", "--when", "9, 1, 5, 9"), [f'"9, 1, 5, 9" is taken as {GUESSED}.']),
        (("add", "red drops at 9, 1, 5 and 9", "--when", "8 and 20"), []),
        (("add", "red drops at 8am and 8pm"), []),
        (
            ("add", "iron 14 mg", "--when", "20:00"),
            ["iron 14 mg is there already: iron at 12:00."],
        ),
        (
            ("move", "iron", "half past one"),
            ['"half past one" is taken as 13:30, for iron is at 12:00 now.'],
        ),
        (
            ("move", "yellow", "8", "2", "8"),
            ['"8 2 8" is taken as 08:00, 14:00 and 20:00.'],
        ),
        (("remove", "iron"), []),
        (
            ("away", "24", "to", "27", "December", "--off"),
            [
                "From Thu 24 Dec 2026 to Sun 27 Dec 2026.",
                "See them: dosebell preview mine.toml --from 2026-12-23",
            ],
        ),
        (("stock", "iron", "90"), []),
    ],
)
def test_a_program_is_told_what_a_person_reads_beside_it(
    file: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], notes: list[str]
) -> None:
    monkeypatch.chdir(file.parent)
    done = Desk().types(*words, "-f", file.name, "--yes", "--json")
    assert json.loads(done.stdout)["notes"] == notes
    assert done.stderr.splitlines() == notes


def test_a_program_that_is_refused_is_told_what_a_person_read_before(file: Path) -> None:
    said = '"9, 1, 5, 9" is taken as 09:00, 13:00, 17:00 and 21:00.'
    refused = Desk().types("add", "iron 14 mg", "--when", "9, 1, 5, 9", "-f", file, "--json")
    document = json.loads(refused.stdout)
    assert (refused.exit_code, document["error"]["code"]) == (1, "needs-yes")
    assert document["notes"] == [said] == refused.stderr.splitlines()
    # Where nothing was told, there are none.
    assert "notes" not in Desk().gets("remove", "nothing", "-f", file, code=1)


def test_a_program_that_pushes_or_begins_a_file_is_told_too(file: Path, tmp_path: Path) -> None:
    desk = Desk(Box.bare("2026-11-23 06:00"))
    pushed = desk.types("push", file, "--json")
    assert json.loads(pushed.stdout)["notes"] == pushed.stderr.splitlines() != []
    vitamins = (
        "--timezone",
        "Europe/Berlin",
        "--d3",
        "none",
        "--k2",
        "none",
        "--medicines",
        "none",
    )
    drops = ("--dose", "drops; 9, 1, 5, 9; daily")
    made = desk.gets("new", tmp_path / "new.toml", *vitamins, *drops)
    assert made["notes"] == [f'"9, 1, 5, 9" is taken as {GUESSED}.']
