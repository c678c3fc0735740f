"""`dosebell report`, as a person types it, and what they find in the file."""

import os
from pathlib import Path

import pytest

from desk import Desk
from domain import D3K2_DOSE, DROPS_DOSE, Box, dose, plan
from dosebell_host.errors import UserError
from dosebell_host.history.person import person_of
from dosebell_host.report.pdf import find_browser, on_paper, paper_of, print_pdf
from laptop import opened
from read_tables import tables_in

BOTH = plan(D3K2_DOSE, DROPS_DOSE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sheet.html"


def desk_after_some_days(text: str = BOTH) -> Desk:
    """Ten days, of which every third is forgotten."""
    box = Box.with_schedule(text, at="2026-11-20 06:00")
    for day in range(20, 30):
        box.until(f"2026-11-{day} 08:10")
        if day % 3:
            box.press()
    return Desk(box.until("2026-11-29 21:00"))


def test_a_report_is_one_file_and_says_in_a_sentence_what_is_in_it(file: Path) -> None:
    desk = desk_after_some_days()
    result = desk.types("report", "-o", file)
    assert (result.exit_code, result.stderr) == (0, f"Written to {file}.\n")
    assert result.stdout.splitlines()[0].startswith("14 of 29 taken")
    page = file.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    # It needs nothing from anywhere, and runs nothing.
    for sign in ("<script", "http://", "https://", " src=", "url(", "@import"):
        assert sign not in page.replace("http://www.w3.org/2000/svg", ""), sign


def test_a_report_as_json_tells_the_same(file: Path) -> None:
    desk = desk_after_some_days()
    found = desk.gets("report", "-o", file, "--month", "2026-11")
    log = desk.gets("log")
    assert found["adherence"] == log["adherence"]
    del found["adherence"], found["overall"]
    assert found == {
        "device_id": log["device_id"],
        "file": str(file),
        "pdf": None,
        "from": "2026-11-20",
        "until": "2026-11-29",
    }


def test_a_report_is_made_without_the_box_from_what_this_laptop_read(file: Path) -> None:
    desk = desk_after_some_days()
    desk.types("report", "-o", file)
    with_box = tables_in(file.read_text(encoding="utf-8"))
    desk.box = None
    result = desk.types("report", "-o", file, "--yes")
    assert result.exit_code == 0 and "does not answer" in result.stderr
    page = file.read_text(encoding="utf-8")
    assert tables_in(page) == with_box
    assert "does not answer" in page


def test_only_the_days_asked_for_are_in_it(file: Path) -> None:
    desk = desk_after_some_days()
    desk.types("report", "-o", file, "--from", "2026-11-22", "--until", "2026-11-24")
    tables = tables_in(file.read_text(encoding="utf-8"))
    each = next(table for table in tables if table.caption == "D3K2: each time")
    assert [(row["date"], row["what came of it"]) for row in each.rows] == [
        ("2026-11-22", "taken"),
        ("2026-11-23", "taken"),
        ("2026-11-24", "missed"),
    ]


def test_another_file_is_not_overwritten_unasked(file: Path) -> None:
    file.write_text("mine", encoding="utf-8")
    refused = desk_after_some_days().types("report", "-o", file)
    assert refused.exit_code == 1 and "would be overwritten" in refused.stderr
    assert file.read_text(encoding="utf-8") == "mine"


def test_without_a_name_the_file_is_called_after_its_days(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert desk_after_some_days().types("report").exit_code == 0
    assert (tmp_path / "report-2026-11-20-to-2026-11-29.html").exists()


def test_whatever_a_person_or_a_box_wrote_is_text(file: Path) -> None:
    evil = '<b>&"\\"><script>alert(1)</script>'
    text = plan(dose("d3k2", 'at = ["08:00"]', f"take = '{evil[:40]}'"))
    text = text.replace('name = "D3K2"', f"name = '{evil}'")
    text = text.replace("version = 1", f"version = 1\ntitle = '{evil}'")
    desk = desk_after_some_days(text)
    assert desk.types("report", "-o", file).exit_code == 0
    page = file.read_text(encoding="utf-8")
    assert "<script" not in page and "<b>&" not in page
    assert page.count("&lt;b&gt;&amp;") > 5


def test_a_fault_that_a_box_makes_up_is_text(file: Path, data_folder: Path) -> None:
    desk = desk_after_some_days()
    device_id = desk.gets("log")["device_id"]
    (journal,) = {item["journal"] for item in desk.gets("log")["items"]}
    kept = opened(data_folder)
    noted = "9999 1 1795500000 host fault - - - what=<script>alert(1)</script>&quot;"
    kept.add_records(device_id, journal, [noted])
    kept.close()
    desk.box = None
    desk.types("report", "-o", file)
    page = file.read_text(encoding="utf-8")
    assert "Fault: &lt;script&gt;alert(1)&lt;/script&gt;&amp;quot;." in page
    assert "<script" not in page


def test_what_the_box_noted_of_itself_is_told(file: Path) -> None:
    box = Box.with_schedule(BOTH, at="2026-11-20 06:00")
    box.power_cut("2026-11-21 12:00", "2026-11-23 12:00")
    desk = Desk(box.until("2026-11-25 12:00"))
    desk.types("log")
    box.push(plan(D3K2_DOSE, zone="America/New_York"))
    box.until("2026-11-26 12:00")
    desk.types("report", "-o", file)
    page = file.read_text(encoding="utf-8")
    zones = "Since Wed 25 Nov 2026 the zone is America/New_York, and no longer Europe/Berlin."
    assert zones in page
    assert "Nothing is known from Sat 21 Nov" in page
    assert "no longer in the schedule" in page and "until Wed 25 Nov 2026: at 08:00" in page


def test_advice_is_told_where_it_is_asked_for(file: Path, tmp_path: Path) -> None:
    schedule = tmp_path / "mine.toml"
    schedule.write_text(BOTH, encoding="utf-8")
    desk = Desk(Box.bare("2026-11-20 06:00", "Europe/Berlin"))
    desk.types("push", schedule, "--yes")
    desk.types("report", "-o", file)
    without = file.read_text(encoding="utf-8")
    desk.types("report", "-o", file, "--advice", "--yes")
    page = file.read_text(encoding="utf-8")
    findings = desk.gets("check", schedule, "--verbose")["items"][0]["findings"]
    assert findings and all(each["message"][:30] in page for each in findings)
    assert "What the rules of dosebell say" not in without


def test_without_the_file_advice_says_so(file: Path) -> None:
    desk_after_some_days().types("report", "-o", file, "--advice")
    assert "does not have the file that was pushed" in file.read_text(encoding="utf-8")


def test_days_that_make_no_sense_touch_no_box(file: Path) -> None:
    result = Desk().types("report", "-o", file, "--month", "2026-13")
    assert (result.exit_code, file.exists()) == (2, False)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (None, ""),
        (b"", ""),
        (b'[person]\nname = " Anna "\n', "Anna"),
        (b"[person]\nage = 52\n", ""),
        (b"[person]\nname = 7\n", ""),
        (b'person = "Anna"\n', ""),
        (b"\xff\xfe[person", ""),
    ],
)
def test_the_person_is_whom_the_file_names(file: bytes | None, name: str) -> None:
    assert person_of(file) == name


def test_a_browser_is_found_by_its_command() -> None:
    assert find_browser({"msedge": "/usr/bin/msedge"}.get) == "/usr/bin/msedge"
    both = {"chromium": "/bin/chromium", "msedge": "/usr/bin/msedge"}
    assert find_browser(both.get) == "/bin/chromium"


@pytest.mark.parametrize(
    ("zone", "paper"),
    [("Europe/Berlin", "A4"), ("America/New_York", "letter"), ("", "A4"), ("Asia/Tokyo", "A4")],
)
def test_paper_is_what_is_usual_there(zone: str, paper: str) -> None:
    assert paper_of(zone) == paper
    assert f"@page {{ size: {paper}; }}" in on_paper("<head></head>", paper_of(zone))


_PRINTS = """for word; do case $word in --print-to-pdf=*)
echo printed > "${word#--print-to-pdf=}";; esac; done"""


def a_browser(folder: Path, does: str) -> str:
    """A program that is called as a browser is."""
    program = folder / "browser"
    program.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize("does", ["exit 3", "true"])
def test_a_browser_that_prints_nothing_is_told(tmp_path: Path, does: str) -> None:
    with pytest.raises(UserError, match="made no PDF; open the report in a browser"):
        print_pdf(a_browser(tmp_path, does), "<html></html>", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["browser"]


def test_what_a_browser_prints_is_the_pdf(tmp_path: Path) -> None:
    assert print_pdf(a_browser(tmp_path, _PRINTS), "<html></html>", tmp_path) == b"printed\n"


def test_the_pdf_stands_beside_the_page(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chromium = Path(a_browser(file.parent, _PRINTS))
    chromium.rename(file.parent / "chromium")
    monkeypatch.setenv("PATH", str(file.parent), prepend=os.pathsep)
    found = desk_after_some_days().gets("report", "-o", file, "--pdf")
    assert found["pdf"] == str(file.with_suffix(".pdf"))
    assert file.with_suffix(".pdf").read_text() == "printed\n"


def test_one_name_is_not_given_to_two_files(file: Path) -> None:
    result = Desk().types("report", "--pdf", "-o", file.with_suffix(".pdf"))
    assert result.exit_code == 2 and f"write {file}; the PDF stands beside it" in result.stderr


def test_without_a_browser_one_sentence_says_what_to_do(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(file.parent))
    result = desk_after_some_days().types("report", "-o", file, "--pdf")
    assert (result.exit_code, file.exists()) == (1, True)
    assert result.stderr.splitlines()[-1] == (
        "no Chromium, Chrome or Edge is found here, so there is no PDF;"
        f" open {file} in a browser and print it."
    )
