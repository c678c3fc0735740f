"""`dosebell check` and `dosebell preview`, as the person who types them sees them."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from desk import Desk
from dosebell_host.advice.checked import check as checked
from dosebell_host.advice.checked import check_lines
from dosebell_host.advice.judge import judge
from dosebell_host.cli import main
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.plan_file import load

BREAKFAST = """
version = 1
title = "D3 + K2"
timezone = "Europe/Berlin"
[meals]
breakfast = { at = "07:30", sat = "09:00", sun = "09:00" }
lunch = "12:30"
[[dose]]
id = "d3k2"
name = "Vitamin D3 + K2"
take = "1 capsule"
with = ["breakfast", "lunch"]
days = "daily"
stock = { count = 3, low = 1 }
"""
DROPS = """
[[dose]]
id = "drops"
name = "Eye drops"
at = ["08:00", "20:00"]
days = ["sat"]
early = "30m"
late = "2h"
"""
HOSPITAL = """
[[except]]
from = 2026-11-22
to = 2026-11-22
off = true
reason = "hospital"
"""


def dosebell(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def items(*words: str | Path) -> list[dict[str, Any]]:
    done = dosebell(*words, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return found


def plan(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_occurrence_stands_there_by_due_with_where_it_falls_back_to(tmp_path: Path) -> None:
    path = plan(tmp_path, BREAKFAST + DROPS)
    assert items("preview", path, "--from", "2026-11-21", "--days", "1") == [
        {
            "dose": "drops",
            "date": "2026-11-21",
            "slot": 0,
            "meal": None,
            "opens": "2026-11-21T07:30:00+01:00",
            "due": "2026-11-21T08:00:00+01:00",
            "closes": "2026-11-21T10:00:00+01:00",
            "place": None,
            "fallback": [],
        },
        {
            "dose": "d3k2",
            "date": "2026-11-21",
            "slot": 0,
            "meal": "breakfast",
            "opens": "2026-11-21T08:00:00+01:00",
            "due": "2026-11-21T09:00:00+01:00",
            "closes": "2026-11-21T12:00:00+01:00",
            "place": None,
            "fallback": [
                {
                    "meal": "lunch",
                    "due": "2026-11-21T12:30:00+01:00",
                    "closes": "2026-11-21T15:30:00+01:00",
                }
            ],
        },
        {
            "dose": "drops",
            "date": "2026-11-21",
            "slot": 1,
            "meal": None,
            "opens": "2026-11-21T19:30:00+01:00",
            "due": "2026-11-21T20:00:00+01:00",
            "closes": "2026-11-21T22:00:00+01:00",
            "place": None,
            "fallback": [],
        },
    ]


def test_a_place_is_that_of_the_date_and_a_number_says_which_where_it_is_asked_for(
    tmp_path: Path,
) -> None:
    """On a Saturday and a Sunday, with the organiser's last two compartments."""
    week = BREAKFAST.replace("stock =", "place = [1, 2, 3, 4, 5, 6, 7]\nstock =")
    each = week.replace("[meals]", '[alerts]\nanswer = "each"\n[meals]')
    path = plan(tmp_path, each + DROPS)
    found = items("preview", path, "--from", "2026-11-21", "--days", "2")
    assert [(item["dose"], item["place"]) for item in found] == [
        ("drops", None),
        ("d3k2", 6),
        ("drops", None),
        ("d3k2", 7),
    ]
    shown = dosebell("preview", path, "--from", "2026-11-21", "--days", "1").stdout
    assert "08:00  drops             number 2, until 10:00" in shown
    assert "09:00  d3k2   breakfast  place 6, until 12:00, else lunch" in shown


@pytest.mark.parametrize("typed", ["24 Dec 2026", "24.12.2026", "24th December 2026"])
def test_the_first_date_is_one_as_people_write_it(tmp_path: Path, typed: str) -> None:
    path = plan(tmp_path, BREAKFAST)
    found = items("preview", path, "--from", typed, "--days", "1")
    assert [each["date"] for each in found] == ["2026-12-24"]
    done = dosebell("preview", path, "--from", "12/24")
    assert done.stderr.startswith('--from: "12/24" may have the day or the month first; write it')


def test_what_is_due_together_stands_in_the_order_of_the_file(tmp_path: Path) -> None:
    together = BREAKFAST + DROPS.replace('"08:00"', '"09:00"')
    found = items("preview", plan(tmp_path, together), "--from", "2026-11-21", "--days", "1")
    assert [item["dose"] for item in found] == ["d3k2", "drops", "drops"]


def test_text_is_grouped_by_day_and_aligned(tmp_path: Path) -> None:
    path = plan(tmp_path, BREAKFAST + DROPS + HOSPITAL)
    done = Desk().types("preview", path, "--from", "2026-11-21", "--days", "3")
    assert done.stdout == (
        "D3 + K2, times in Europe/Berlin\n"
        "  d3k2   Vitamin D3 + K2, 1 capsule\n"
        "  drops  Eye drops\n"
        "Until a time: so long it can be taken; after it the dose is noted as missed.\n"
        "\n"
        "Sat 21 Nov 2026\n"
        "  08:00  drops             until 10:00\n"
        "  09:00  d3k2   breakfast  until 12:00, else lunch 12:30 until 15:30\n"
        "  20:00  drops             until 22:00\n"
        "\n"
        "Sun 22 Nov 2026\n"
        "  09:00  d3k2   breakfast  skipped: hospital\n"
        "\n"
        "Mon 23 Nov 2026\n"
        "  07:30  d3k2   breakfast  until 10:30, else lunch 12:30 until 15:30\n"
        "\n"
        "d3k2 runs out on Wed 25 Nov 2026, if there are 3 on Sat 21 Nov.\n"
    )


COURSE = DROPS.replace(
    "[[dose]]", "[[dose]]\nend = 2026-11-26\nstock = { count = 21, per_intake = 1, low = 7 }"
)


def stock_lines(path: Path, first: str) -> list[str]:
    """What is said of stock on the Monday of the desk, from a date on."""
    shown = Desk().types("preview", path, "--from", first, "--days", "1").stdout
    return [line for line in shown.splitlines() if "if there are" in line]


def of_drops(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("drops")]


def test_stock_is_counted_today_whichever_days_are_looked_at(tmp_path: Path) -> None:
    path = plan(tmp_path, BREAKFAST)
    expected = "d3k2 runs out on Thu 26 Nov 2026, if there are 3 on Mon 23 Nov."
    assert stock_lines(path, "23.11.2026") == stock_lines(path, "20.12.2026") == [expected]


def test_nothing_is_said_of_the_stock_of_a_course_that_is_over_by_then(tmp_path: Path) -> None:
    path = plan(tmp_path, BREAKFAST + COURSE)
    lasts = "drops lasts to its last day, if there are 21 on Mon 23 Nov."
    assert of_drops(stock_lines(path, "26.11.2026")) == [lasts]
    assert of_drops(stock_lines(path, "27.11.2026") + stock_lines(path, "20.12.2026")) == []


def test_an_occurrence_that_is_switched_off_says_why(tmp_path: Path) -> None:
    off = plan(tmp_path, BREAKFAST + HOSPITAL)
    [item] = items("preview", off, "--from", "2026-11-22", "--days", "1")
    assert item["skipped"] == "hospital"
    without = plan(tmp_path, BREAKFAST + HOSPITAL.replace('reason = "hospital"', ""))
    [item] = items("preview", without, "--from", "2026-11-22", "--days", "1")
    assert item["skipped"] == "off"


@pytest.mark.parametrize(
    ("count", "per_intake", "runs_out"),
    [(3, 1, "2026-11-24"), (0, 1, "2026-11-21"), (5, 2, "2026-11-23"), (10_000, 1, None)],
)
def test_stock_is_out_on_the_first_date_it_does_not_cover(
    tmp_path: Path, count: int, per_intake: int, runs_out: str | None
) -> None:
    stock = f"stock = {{ count = {count}, per_intake = {per_intake} }}"
    text = BREAKFAST.replace("stock = { count = 3, low = 1 }", stock)
    done = dosebell("preview", plan(tmp_path, text), "--from", "2026-11-21", "--json")
    assert json.loads(done.stdout)["stock"] == [{"dose": "d3k2", "runs_out": runs_out}]


def test_days_off_use_no_stock(tmp_path: Path) -> None:
    path = plan(tmp_path, BREAKFAST + HOSPITAL)
    done = dosebell("preview", path, "--from", "2026-11-21", "--json")
    assert json.loads(done.stdout)["stock"] == [{"dose": "d3k2", "runs_out": "2026-11-25"}]


def test_a_due_pushed_past_midnight_keeps_its_date(tmp_path: Path) -> None:
    # In Nuuk the clocks go from 23:00 to midnight that Saturday.
    text = BREAKFAST.replace("Europe/Berlin", "America/Nuuk") + DROPS.replace("08:00", "23:30")
    path = plan(tmp_path, text)
    found = items("preview", path, "--from", "2027-03-27", "--days", "1")
    assert [(item["dose"], item["due"]) for item in found] == [
        ("d3k2", "2027-03-27T09:00:00-02:00"),
        ("drops", "2027-03-27T20:00:00-02:00"),
        ("drops", "2027-03-28T00:00:00-01:00"),
    ]
    assert "  Sun 28 Mar 00:00  drops" in dosebell("preview", path, "--from", "2027-03-27").stdout
    assert items("preview", path, "--from", "2027-03-28")[0]["date"] == "2027-03-28"


def test_a_window_that_closes_on_another_day_says_which() -> None:
    weekly = schedules_dir() / "d3-weekly.toml"
    text = dosebell("preview", weekly, "--from", "2026-11-22", "--days", "1").stdout
    assert "until 18:30, else dinner 18:30 until Wed 25 Nov 18:30\n" in text


def test_days_on_which_nothing_is_due_are_said(tmp_path: Path) -> None:
    path = schedules_dir() / "d3-weekly.toml"
    assert "Nothing is due from Mon 23 Nov 2026 to Tue 24 Nov 2026.\n" in (
        dosebell("preview", path, "--from", "2026-11-23", "--days", "2").stdout
    )
    assert "Nothing is due on Mon 23 Nov 2026.\n" in (
        dosebell("preview", path, "--from", "2026-11-23", "--days", "1").stdout
    )


def test_seven_days_from_today_are_shown_unless_asked_otherwise(tmp_path: Path) -> None:
    assert len(items("preview", plan(tmp_path, BREAKFAST))) == 7


def test_beyond_2050_it_warns_beside_the_result(tmp_path: Path) -> None:
    done = dosebell("preview", plan(tmp_path, BREAKFAST), "--from", "2050-06-01", "--json")
    assert len(json.loads(done.stdout)["items"]) == 7
    assert done.stderr.startswith("From 2050 on the box knows no clock changes")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--days", "0"], "--days: 0 days cannot be previewed; write 1 to 3660.\n"),
        (["--days", "3661"], "--days: 3661 days cannot be previewed; write 1 to 3660.\n"),
        (
            ["--from", "soon"],
            '--from: "soon" is no date; write it as "24.12.2026", "24 Dec 2026" or'
            ' "2026-12-24".\n',
        ),
        (["--from", "2026-02-30"], '--from: "2026-02-30" is no date; write it as 2026-11-23.\n'),
        (
            ["--from", "1999-01-01"],
            "--from: the year 1999 is too far away; write one in the years 2025 to 2099.\n",
        ),
    ],
)
def test_a_wrong_option_is_told_with_what_is_right(
    tmp_path: Path, options: list[str], sentence: str
) -> None:
    done = dosebell("preview", plan(tmp_path, BREAKFAST), *options)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", sentence)


def test_every_ready_made_schedule_is_right() -> None:
    files = sorted(schedules_dir().glob("*.toml"))
    done = dosebell("check", *files)
    assert done.exit_code == 0
    heads = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert [line.split(": ok: ")[0] for line in heads] == list(map(str, files))


def test_a_good_file_is_told_with_what_rings_next(tmp_path: Path) -> None:
    path = plan(tmp_path, BREAKFAST + DROPS + HOSPITAL)
    local = load(path).local
    saturday_s = local.read("2026-11-21T20:01", "")
    assert list(check_lines(checked(path), saturday_s)) == [
        f"{path}: ok: 2 doses, zone Europe/Berlin, next rings Mon 23 Nov 07:30"
    ]
    next_year = plan(tmp_path, BREAKFAST.replace("[[dose]]", "[[dose]]\nstart = 2027-01-01"))
    assert list(check_lines(checked(next_year), saturday_s)) == [
        f"{path}: ok: 1 dose, zone Europe/Berlin, next rings Fri 1 Jan 2027 07:30"
    ]
    over = plan(tmp_path, BREAKFAST.replace("[[dose]]", "[[dose]]\nend = 2026-11-20"))
    assert list(check_lines(checked(over), saturday_s)) == [
        f"{path}: ok: 1 dose, zone Europe/Berlin, nothing rings any more"
    ]


def test_all_that_is_wrong_is_told_at_once_and_for_every_file(tmp_path: Path) -> None:
    good, bad = plan(tmp_path, BREAKFAST), tmp_path / "bad.toml"
    bad.write_text(BREAKFAST.replace('"lunch"', '"lunhc"').replace("count", "cuont"), "utf-8")
    done = dosebell("check", bad, good, tmp_path / "none.toml")
    assert done.exit_code == 1
    lines = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert len(lines) == 5
    assert lines[0].startswith(f'{bad}:12: dose[1] "d3k2" with')
    assert 'did you mean "lunch"?' in lines[0]
    assert 'did you mean "count"?' in "".join(lines[1:3])
    assert lines[3].startswith(f"{good}: ok: 1 dose")
    assert lines[4] == (
        f"{tmp_path / 'none.toml'}: there is no such file; check the name and the folder."
    )


def test_check_as_json_has_one_item_a_file(tmp_path: Path) -> None:
    good, none = plan(tmp_path, BREAKFAST), tmp_path / "none.toml"
    done = dosebell("--json", "check", good, none)
    assert done.exit_code == 1
    verdict = judge(load(good).schedule, dt.date(2026, 11, 22))
    assert [each.rule for each in verdict.findings] == ["CONTENTS-NONE", "PERSON-NONE"]
    assert json.loads(done.stdout) == {
        "schema": 1,
        "items": [
            {
                "file": str(good),
                "ok": True,
                "revision": load(good).compiled.revision,
                "problems": [],
                "findings": [finding.to_json() for finding in verdict.findings],
                "sums": [],
                "corrections": [],
                "fixed": None,
            },
            {
                "file": str(none),
                "ok": False,
                "revision": None,
                "problems": [
                    {
                        "code": "file",
                        "message": "there is no such file",
                        "where": str(none),
                        "fix": "check the name and the folder",
                    }
                ],
                "findings": [],
                "sums": [],
                "corrections": [],
                "fixed": None,
            },
        ],
    }


def test_a_dose_too_long_for_the_box_is_told_with_its_file(tmp_path: Path) -> None:
    contents = ", ".join(
        f'{{ nutrient = "nutrient-number-{n}", form = "{"x" * 24}", amount = 1000, unit = "mcg" }}'
        for n in range(10, 30)
    )
    path = plan(tmp_path, f"{BREAKFAST}contents = [{contents}]\n")
    done = dosebell("check", path)
    assert done.exit_code == 1
    assert done.stdout.startswith(f'{path}: dose[1] "d3k2": takes ')
