"""What the checks hold back, what accepting changes, and what the person is told of both."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MEALS,
    MK7,
    TODAY,
    Mg,
    a_dose,
    a_schedule,
    accepted,
    takes,
    verdict,
)
from desk import Desk
from domain import D3K2, Box, compiled
from dosebell_host.advice.judge import judge
from dosebell_host.schedule.catch_up import meals_in_force
from dosebell_host.schedule.compiler import compile_schedule, decompile
from dosebell_host.schedule.read_file import parse

TOO_MUCH = a_schedule(a_dose(D3(125), MK7()))
WITH_LUNCH = MEALS + 'lunch = { at = "12:30", fat_g = 15 }\n'
FALLBACK = a_dose(D3(10), MK7(), with_=["breakfast", "lunch"])


def with_warfarin(*parts: str) -> str:
    return a_schedule(*parts, person=takes("warfarin 18:00"), meals=WITH_LUNCH)


AGREED = with_warfarin(FALLBACK, accepted("K2-VKA"))


@pytest.fixture
def desk() -> Desk:
    """At a date, which decides whether an acceptance still holds."""
    return Desk(Box.with_schedule(D3K2, at="2026-11-23 06:00"))


def file(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def in_force(desk: Desk) -> str:
    assert desk.box is not None
    revision: str = desk.box.request("hello")["revision"]
    return revision


def test_an_error_holds_a_push_back_before_anything_is_sent(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, TOO_MUCH)
    result = desk.types("push", path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines()[:3] == [
        "  ERRORS (1)",
        "    D3-UL  pill: 125 mcg (5,000 IU) of vitamin D a day",
        "      The upper limit for adults is 100 mcg (4,000 IU) a day unless a prescriber",
    ]
    assert result.stderr.splitlines()[-1] == (
        f"{path}: held back by 1 error, nothing was sent; put it right, or accept it in the file"
        " with [[accept]] (dosebell check --help shows how)."
    )
    assert in_force(desk) == compiled(D3K2).revision


def test_a_held_push_as_json_has_the_findings(desk: Desk, tmp_path: Path) -> None:
    error = desk.gets("push", file(tmp_path, TOO_MUCH), code=1)["error"]
    assert (error["code"], error["fix"].partition(",")[0]) == ("held-back", "put it right")
    assert [each["rule"] for each in error["findings"] if each["severity"] == "error"] == ["D3-UL"]


def test_a_push_is_held_back_without_a_box(desk: Desk, tmp_path: Path) -> None:
    desk.box = None
    assert desk.types("push", file(tmp_path, TOO_MUCH)).exit_code == 1


def test_an_accepted_error_is_pushed_and_shown_every_time(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, TOO_MUCH + accepted("D3-UL"))
    for _ in range(2):
        result = desk.types("push", path, "--yes")
        assert (result.exit_code, result.stderr) == (0, "")
        assert "    D3-UL  pill: 125 mcg (5,000 IU) of vitamin D a day" in result.stdout
        assert '      accepted until 2027-06-30: "agreed with my doctor"' in result.stdout
    assert desk.types("check", path).exit_code == 0


def test_an_acceptance_is_not_sent(desk: Desk, tmp_path: Path) -> None:
    plain, with_accept = (parse(text, "x") for text in (TOO_MUCH, TOO_MUCH + accepted("D3-UL")))
    assert with_accept.accepts
    assert compile_schedule(plain) == compile_schedule(with_accept)


def test_an_acceptance_ends(desk: Desk, tmp_path: Path) -> None:
    last_day = file(tmp_path, TOO_MUCH + accepted("D3-UL", until="2026-11-23"))
    assert desk.types("check", last_day).exit_code == 0
    over = file(tmp_path, TOO_MUCH + accepted("D3-UL", until="2026-11-22"))
    result = desk.types("check", over)
    assert result.exit_code == 1
    assert "      was accepted until 2026-11-22, which is over" in result.stdout


def test_each_rule_is_accepted_by_itself() -> None:
    high = a_dose(D3(250), prescribed=True)
    text = a_schedule(high, accepted("D3-COURSE"))
    assert [each.rule for each in verdict(text).held] == ["D3-LOAEL"]


def test_warnings_are_shown_and_do_not_hold_back(desk: Desk, tmp_path: Path) -> None:
    text = a_schedule(a_dose(Mg(360)))
    result = desk.types("push", file(tmp_path, text), "--yes")
    assert result.exit_code == 0
    assert "    MG-UL  pill: 360 mg of magnesium a day" in result.stdout
    assert desk.types("check", tmp_path / "mine.toml").exit_code == 0
    assert desk.types("check", "--strict", tmp_path / "mine.toml").exit_code == 1
    accepted_warning = file(tmp_path, text + accepted("MG-UL"))
    assert desk.types("check", "--strict", accepted_warning).exit_code == 0


def test_k2_beside_warfarin_is_held_back_until_the_clinic_agreed() -> None:
    assert [each.rule for each in verdict(with_warfarin(FALLBACK)).held] == ["K2-VKA"]
    agreed = verdict(AGREED)
    assert agreed.held == []
    found = {each.rule: each for each in agreed.findings}
    assert (found["K2-VKA"].severity, bool(found["K2-VKA"].accepted)) == ("warning", True)
    assert found["K2-VKA-STEADY"].seen == (
        "pill asks for a catch-up with lunch; the box gets it without"
    )
    steady = with_warfarin(a_dose(D3(10), MK7()), accepted("K2-VKA"))
    assert "K2-VKA-STEADY" not in {each.rule for each in verdict(steady).findings}


def test_what_the_clinic_agreed_to_has_no_catch_up(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, AGREED)
    result = desk.types("push", path, "--yes")
    assert result.exit_code == 0
    assert (
        "! pill rings with its first meal only, without a catch-up (K2-VKA is accepted)"
        in result.stdout.splitlines()
    )
    assert desk.gets("push", path)["without_catch_up"] == ["pill"]
    [item] = desk.gets("preview", path, "--from", "2026-11-24", "--days", "1")["items"]
    assert (item["meal"], item["fallback"]) == ("breakfast", [])


def test_a_schedule_without_catch_up_comes_back_with_the_same_revision() -> None:
    sent = compiled(AGREED)
    assert compiled(decompile(sent.lines)).revision == sent.revision
    alone = AGREED.replace('with = ["breakfast", "lunch"]', 'with = ["breakfast"]')
    assert compiled(alone).revision == sent.revision


@pytest.mark.parametrize(
    "text",
    [
        with_warfarin(FALLBACK),
        AGREED.replace("warfarin", "apixaban"),
        AGREED.replace("vitamin-k2", "vitamin-e"),
        AGREED.replace("K2-VKA", "D3-UL"),
    ],
    ids=["not accepted", "another medicine", "no vitamin K", "another rule"],
)
def test_only_vitamin_k_that_was_agreed_to_loses_its_catch_up(text: str) -> None:
    schedule = parse(text, "plan.toml")
    assert meals_in_force(schedule, schedule.doses[0]) == ("breakfast", "lunch")


def test_the_zone_can_be_changed_whatever_the_checks_say(desk: Desk, tmp_path: Path) -> None:
    until = accepted("D3-UL", until="2026-11-23")
    assert desk.types("push", file(tmp_path, TOO_MUCH + until), "--yes").exit_code == 0
    assert desk.box is not None
    desk.box.wait(hours=48)
    result = desk.types("push", "--timezone", "Europe/London")
    assert result.exit_code == 0, result.output
    assert "was accepted until 2026-11-23, which is over" in result.stdout


def test_a_rebuilt_file_is_shown_what_is_known_and_not_held(desk: Desk, tmp_path: Path) -> None:
    rebuilt = file(tmp_path, decompile(compiled(TOO_MUCH).lines))
    assert desk.types("push", rebuilt, "--yes").exit_code == 1
    result = desk.types("push", rebuilt, "--unchecked", "--yes")
    assert result.exit_code == 0
    assert "D3-UL  pill" in result.stdout
    written = file(tmp_path, TOO_MUCH)
    assert desk.types("push", written, "--unchecked").exit_code == 1


def test_what_check_prints(desk: Desk, tmp_path: Path) -> None:
    text = a_schedule(a_dose(D3(125), MK7(), take="2 capsules"), person=CLEAN)
    path = file(tmp_path, text)
    result = desk.types("check", path)
    assert result.exit_code == 1
    assert (
        result.stdout
        == f"""\
{path}: held back by 1 error: 1 dose, zone Europe/Berlin, next rings Mon 23 Nov 08:00
  pill: "2 capsules" together hold vitamin-d3 125 mcg, vitamin-k2 MK-7 100 mcg
  ERRORS (1)
    D3-UL  pill: 125 mcg (5,000 IU) of vitamin D a day
      The upper limit for adults is 100 mcg (4,000 IU) a day unless a prescriber
        set it. Thirst, much urine, constipation, confusion: signs of too much
        calcium; see a doctor. (IOM 2011, 3 more: --explain D3-UL)
  1 note more: dosebell check {path} --verbose
  A push waits until this is put right, or accepted: dosebell check --help
"""
    )
    told = desk.types("check", "-v", path).stdout
    assert "NOTES (1)\n    K-AI  pill" in told
    # Whoever wants to read on gets an address in one piece.
    assert "\n      http://books.nap.edu/openbook.php?record_id=13050&page=14\n" in told


def test_check_as_json(desk: Desk, tmp_path: Path) -> None:
    path = file(tmp_path, a_schedule(a_dose(D3(5000, "IU"))))
    [item] = desk.gets("check", path, code=1)["items"]
    [found] = item["findings"]
    sources = found.pop("sources")
    assert [source["id"] for source in sources] == ["15", "16", "17", "68"]
    assert sources[1]["urls"] == ["https://doi.org/10.2903/j.efsa.2023.8145"]
    assert (item["ok"], found) == (
        False,
        {
            "rule": "D3-UL",
            "severity": "error",
            "doses": ["pill"],
            "seen": "125 mcg (5,000 IU) of vitamin D a day",
            "message": "The upper limit for adults is 100 mcg (4,000 IU) a day unless a prescriber"
            " set it. Thirst, much urine, constipation, confusion: signs of too much calcium; see"
            " a doctor.",
            "accepted": None,
        },
    )


def test_the_help_says_what_the_checks_are_not(desk: Desk) -> None:
    text = " ".join(desk.types("check", "--help").stdout.split())
    assert "dosebell is a reminder, not a medical device." in text
    assert "silence does not mean that something is safe" in text


def test_explaining_the_fat_rule_shows_the_table_and_what_to_add(desk: Desk) -> None:
    lines = desk.types("check", "--explain", "D3-FAT").stdout.splitlines()
    assert "   13.4 g  yes        2 scrambled eggs (122 g)" in lines
    assert "    9.7 g  not quite  natto 88 g (K2-rich; warfarin: see K2-VKA)" in lines
    assert "    2.0 g  no         2 slices toast with jam" in lines
    assert "  With eggs, nuts, avocado, cheese or whole milk." in lines
    assert "Where popular advice differs" in lines
    table: list[dict[str, Any]] = desk.gets("check", "--explain", "D3-FAT")["fat_table"]
    assert (len(table), table[0]["fat_g"]) == (30, 13.4)


def test_explaining_tells_the_level_of_each_source(desk: Desk) -> None:
    text = desk.types("check", "--explain", "d3-ul").stdout
    assert "(its own text, or its abstract, was read)" in " ".join(text.split())
    assert "(known from what others write of it)" in " ".join(text.split())
    assert "V1" not in text
    assert "An article calls 2,000 to 5,000 IU a maintenance dose." in text


def test_what_is_no_rule_is_told_with_the_nearest(desk: Desk) -> None:
    result = desk.types("check", "--explain", "D3-FATT")
    assert (result.exit_code, result.stderr) == (
        2,
        '--explain: "D3-FATT" is no rule; did you mean D3-FAT?\n',
    )
    assert (
        "There is no official D3:K2 ratio." in desk.types("check", "--explain", "K2-RATIO").stdout
    )
    assert desk.types("check").exit_code == 2


def test_check_reads_no_rules_before_it_is_asked() -> None:
    code = "import sys, dosebell_host.cli; print([m for m in sys.modules if 'advice' in m])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_verdict_is_the_same_in_json_and_in_python() -> None:
    found = judge(parse(TOO_MUCH, "x"), TODAY).to_json()
    assert json.loads(json.dumps(found)) == found
