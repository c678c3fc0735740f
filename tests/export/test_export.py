"""`dosebell export`, as a person types it: what is written where, and what is said."""

import csv
import io
import json
from pathlib import Path

import pytest

from desk import Desk
from documents import faults
from domain import D3K2_DOSE, DROPS_DOSE, Box, dose, plan
from dosebell_host.terminal.contract.schema import document

HEAD = "date,dose,name,slot,due,status,taken_at,late_s,back_dated"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def desk() -> Desk:
    """A box on a Tuesday evening; on Monday all was taken but the drops of 20:00."""
    box = Box.with_schedule(plan(D3K2_DOSE, DROPS_DOSE), at="2026-11-23 06:00")
    box.until("08:10")
    box.press()
    return Desk(box.until("2026-11-24 21:00"))


def test_a_row_says_what_became_of_a_dose(desk: Desk) -> None:
    result = desk.types("export", "csv", "--until", "2026-11-23")
    assert result.stdout_bytes.decode().split("\r\n") == [
        HEAD,
        "2026-11-23,d3k2,D3K2,0,2026-11-23T07:30:00+01:00,taken,2026-11-23T08:10:00+01:00,2400,no",
        "2026-11-23,drops,DROPS,0,2026-11-23T08:00:00+01:00,taken,2026-11-23T08:10:00+01:00,600,no",
        "2026-11-23,drops,DROPS,1,2026-11-23T20:00:00+01:00,missed,,,no",
        "",
    ]


def test_what_a_person_said_later_is_marked(desk: Desk) -> None:
    words = ("--date", "2026-11-23", "--time", "20:00", "--at", "2026-11-23T20:15")
    assert desk.types("take", "drops", *words).exit_code == 0
    part = ("--until", "2026-11-23", "--dose", "drops")
    last = desk.types("export", "csv", *part).stdout.splitlines()[-1]
    assert last.endswith(",taken,2026-11-23T20:15:00+01:00,900,yes")
    resource = json.loads(desk.types("export", "fhir", *part).stdout)["entry"][-1]["resource"]
    assert resource["status"] == "completed"
    assert resource["effectiveDateTime"] == "2026-11-23T20:15:00+01:00"
    assert resource["note"] == [{"text": "The time is what the person said later."}]


def test_json_has_the_same_rows_as_described(desk: Desk) -> None:
    found = json.loads(desk.types("export", "json", "--until", "2026-11-23").stdout)
    assert list(faults(found, document("export json"))) == []
    assert found["outcomes"][2] == {
        "date": "2026-11-23",
        "dose": "drops",
        "name": "DROPS",
        "slot": 1,
        "due": "2026-11-23T20:00:00+01:00",
        "status": "missed",
        "taken_at": None,
        "late_s": None,
        "back_dated": False,
    }


@pytest.mark.parametrize(
    ("words", "dates"),
    [
        (["--from", "2026-11-24"], ["2026-11-24"]),
        (["--since", "1d"], ["2026-11-24"]),
        (["--until", "2026-11-23"], ["2026-11-23"]),
        (["--month", "2026-11"], ["2026-11-23", "2026-11-24"]),
        (["--month", "2026-10"], []),
        ([], ["2026-11-23", "2026-11-24"]),
    ],
)
def test_a_part_is_chosen_as_in_the_log(desk: Desk, words: list[str], dates: list[str]) -> None:
    for name in ("csv", "json", "fhir"):
        result = desk.types("export", name, *words)
        assert result.exit_code == 0
        assert ("Nothing is noted of that time." in result.stderr) == (dates == [])
    rows = csv.DictReader(io.StringIO(desk.types("export", "csv", *words).stdout))
    assert list(dict.fromkeys(row["date"] for row in rows)) == dates


def test_of_one_dose_nothing_else_is_told(desk: Desk) -> None:
    entries = json.loads(desk.types("export", "fhir", "--dose", "drops").stdout)["entry"]
    told = [entry["resource"]["identifier"][0]["value"].split(".")[1:2] for entry in entries]
    assert told == [[], *[["drops"]] * 4]


def test_records_are_those_of_the_log(desk: Desk) -> None:
    found = json.loads(desk.types("export", "json", "--records", "--dose", "drops").stdout)
    assert found["records"] == desk.gets("log", "--dose", "drops")["items"]
    rows = desk.types("export", "csv", "--records").stdout_bytes
    assert rows.replace(b"\r\n", b"\n") == desk.types("log", "--records", "--csv").stdout_bytes


def test_a_file_is_written_and_one_that_is_there_asked_about(desk: Desk, folder: Path) -> None:
    first = desk.types("export", "csv", "-o", "all.csv")
    assert (first.exit_code, first.stdout, first.stderr) == (0, "", "Written to all.csv.\n")
    assert (folder / "all.csv").read_bytes().startswith(f"{HEAD}\r\n".encode())
    (folder / "all.csv").write_text("my own")
    second = desk.types("export", "csv", "-o", "all.csv")
    assert second.exit_code == 1 and "all.csv would be overwritten" in second.stderr
    assert (folder / "all.csv").read_text() == "my own"


def test_for_a_program_the_file_is_told_or_where_it_is(desk: Desk) -> None:
    told = desk.gets("export", "csv")
    assert (told["format"], told["items"], told["file"]) == ("csv", 6, None)
    assert told["text"].startswith(HEAD)
    written = desk.gets("export", "ics", "-o", "plan.ics")
    assert (written["file"], written["text"], written["items"]) == ("plan.ics", None, 270)


def test_without_the_box_the_same_is_told(desk: Desk) -> None:
    words = [("csv",), ("fhir",), ("csv", "--records"), ("ics", "--from", "2026-11-24")]
    with_box = [desk.types("export", *each).stdout_bytes for each in words]
    desk.box = None
    assert [desk.types("export", *each).stdout_bytes for each in words] == with_box


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-5", "@SUM(A1)"])
def test_no_name_is_a_formula(name: str) -> None:
    text = plan(dose("drops", 'at = ["08:00"]').replace("DROPS", name))
    desk = Desk(Box.with_schedule(text, at="2026-11-23 06:00").until("20:00"))
    (row,) = csv.DictReader(io.StringIO(desk.types("export", "csv").stdout))
    assert (row["name"], row["status"]) == (f"'{name}", "missed")
    found = json.loads(desk.types("export", "json").stdout)
    assert found["outcomes"][0]["name"] == name


@pytest.mark.parametrize("name", ['He said "no", 2; x', "💊" * 16, "فيتامين د ٣", "é" * 32])
def test_a_name_of_any_letters_comes_through(name: str) -> None:
    quoted = name.replace('"', '\\"')
    text = plan(dose("drops", 'at = ["08:00"]').replace("DROPS", quoted))
    desk = Desk(Box.with_schedule(text, at="2026-11-23 06:00").until("20:00"))
    (row,) = csv.DictReader(io.StringIO(desk.types("export", "csv").stdout_bytes.decode()))
    found = json.loads(desk.types("export", "json").stdout_bytes)["outcomes"][0]
    bundle = json.loads(desk.types("export", "fhir").stdout_bytes)
    concept = bundle["entry"][2]["resource"]["medicationCodeableConcept"]
    assert {row["name"], found["name"], concept["text"]} == {name}


def test_two_doses_of_one_name_stay_two() -> None:
    one, two = (dose(each, 'at = ["08:00"]').replace(each.upper(), "Iron") for each in "ab")
    desk = Desk(Box.with_schedule(plan(one, two), at="2026-11-23 06:00").until("20:00"))
    rows = csv.DictReader(io.StringIO(desk.types("export", "csv").stdout))
    assert [(row["dose"], row["name"]) for row in rows] == [("a", "Iron"), ("b", "Iron")]
    urls = [e["request"]["url"] for e in json.loads(desk.types("export", "fhir").stdout)["entry"]]
    assert len(urls) == len(set(urls)) == 5


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["csv", "--dose", "aspirin"], 1, 'the log has no dose "aspirin"; there is d3k2, drops'),
        (["csv", "--month", "novembre"], 2, '--month: "novembre" is no month'),
        (["fhir", "--month", "2026-11", "--from", "3d"], 2, "names all of the days"),
        (["json", "--from", "2026-11-24", "--until", "2026-11-23"], 2, "is before"),
        (["csv", "-o", "nosuch/all.csv"], 1, "cannot be written (No such file or directory)"),
        (["ics", "-o", "/dev/null"], 1, "is not a regular file"),
        (["csv", "--device", "nobody"], 1, "nobody"),
        (["fhir", "--subject", "Anna"], 2, "--subject: is no reference to a person"),
        (["fhir", "--subject", "Medication/1"], 2, "--subject: is no reference to a person"),
        (["ics", "--days", "0"], 2, "0 days cannot be previewed"),
        (["ics", "--from", "soon"], 2, '--from: "soon" is no date'),
        (["ics", "nosuch.toml"], 1, "nosuch.toml: there is no such file"),
        (["ics", "my.toml", "--device", "mother"], 2, "both say whose schedule"),
        (["pdf"], 2, "No such command 'pdf'"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(
    desk: Desk, words: list[str], code: int, said: str
) -> None:
    result = desk.types("export", *words)
    assert result.exit_code == code
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


@pytest.mark.parametrize("name", ["csv", "json", "fhir", "ics"])
def test_where_no_box_was_ever_there_that_is_told(name: str) -> None:
    result = Desk().types("export", name)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "dosebell" in result.stderr


@pytest.mark.parametrize("name", ["csv", "json", "fhir"])
def test_a_box_that_noted_nothing_yet_makes_an_empty_file(name: str) -> None:
    result = Desk(Box.bare("2026-11-23 06:00")).types("export", name)
    assert result.exit_code == 0 and "Nothing is noted of that time." in result.stderr


def test_a_box_without_a_schedule_has_no_calendar() -> None:
    result = Desk(Box.bare("2026-11-23 06:00")).types("export", "ics")
    assert result.exit_code == 1
    assert "no schedule of this box is known" in result.stderr
