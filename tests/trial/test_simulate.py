"""`dosebell simulate`: the firmware lives through what the person on the command line tells."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from desk import Desk
from domain import dose, plan
from dosebell import civil, clock
from dosebell_host.cli import main
from dosebell_host.resources import schedules_dir

BREAKFAST = schedules_dir() / "d3-k2-breakfast.toml"
READY_MADE = sorted(schedules_dir().glob("*.toml"))


def dosebell(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def simulated(*words: str | Path) -> list[dict[str, Any]]:
    done = dosebell("simulate", *words, "--json")
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    found: list[dict[str, Any]] = json.loads(done.stdout)["items"]
    return found


def story(*words: str | Path) -> list[str]:
    """What happened from the first ring on, in short: local time, kind, and the meal that rang."""
    items = [item for item in simulated(*words) if item["date"] or item["kind"] in ("boot", "gap")]
    return [
        f"{item['at'][5:16]} {item['kind']} {item['detail'].get('meal', '')}".strip()
        for item in items[1:]
    ]


def test_days_and_presses_may_be_said_in_words() -> None:
    # Monday 06:00.
    desk = Desk()
    in_words = ("--from", "wednesday 6am", "--press", "wed 7:41", "--off", "thu 7:00/thu 7:35")
    written = ("--from", "2026-11-25T06:00", "--press", "2026-11-25T07:41")
    off = ("--off", "2026-11-26T07:00/2026-11-26T07:35")
    said = desk.gets("simulate", BREAKFAST, "--days", "2", *in_words)
    assert said == desk.gets("simulate", BREAKFAST, "--days", "2", *written, *off)


def test_a_record_has_its_local_time_and_its_occurrence() -> None:
    items = simulated(
        BREAKFAST, "--from", "2026-11-23T06:00", "--days", "1", "--press", "2026-11-23T07:41"
    )
    assert [item["kind"] for item in items] == ["boot", "schedule", "stock", "ringing", "taken"]
    assert items[3:] == [
        {
            "at": "2026-11-23T07:30:00+01:00",
            "kind": "ringing",
            "dose": "d3k2",
            "date": "2026-11-23",
            "slot": 0,
            "detail": {"n": 0, "meal": "breakfast"},
        },
        {
            "at": "2026-11-23T07:41:00+01:00",
            "kind": "taken",
            "dose": "d3k2",
            "date": "2026-11-23",
            "slot": 0,
            "detail": {"late_s": 660, "left": 89},
        },
    ]


def test_text_tells_each_record_in_plain_words_and_adds_them_up() -> None:
    done = dosebell(
        "simulate", BREAKFAST, "--from", "2026-11-23T06:00", "--days", "2",
        "--press", "2026-11-23T07:41", "--long", "2026-11-24T12:31",
    )  # fmt: skip
    assert done.stdout == (
        "Mon 23 Nov 2026 06:00:00        the box is switched on\n"
        "Mon 23 Nov 2026 06:00:00        schedule 44bbead7a8e09aa4 is in force\n"
        "Mon 23 Nov 2026 06:00:00  d3k2  90 in stock\n"
        "Mon 23 Nov 2026 07:30:00  d3k2  rings with breakfast\n"
        "Mon 23 Nov 2026 07:41:00  d3k2  taken 11 min after it was due, 89 left\n"
        "Tue 24 Nov 2026 07:30:00  d3k2  rings with breakfast\n"
        "Tue 24 Nov 2026 10:30:00  d3k2  rests until the next meal\n"
        "Tue 24 Nov 2026 12:30:00  d3k2  rings with lunch\n"
        "Tue 24 Nov 2026 12:31:02  d3k2  snoozed\n"
        "Tue 24 Nov 2026 15:30:00  d3k2  missed\n"
        "\n"
        "d3k2  1 of 2 taken (50 %), 1 missed\n"
    )


def test_a_box_without_power_rings_when_it_is_back_within_the_window() -> None:
    assert story(
        BREAKFAST, "--from", "2026-11-23", "--days", "1",
        "--off", "2026-11-23T07:00/2026-11-23T08:15", "--press", "2026-11-23T08:20",
    ) == ["11-23T08:15 boot", "11-23T08:15 ringing breakfast", "11-23T08:20 taken"]  # fmt: skip


def test_a_window_that_passed_without_power_is_unknown() -> None:
    assert story(
        BREAKFAST, "--from", "2026-11-23", "--days", "1",
        "--off", "2026-11-23T07:00/2026-11-23T16:00",
    ) == ["11-23T16:00 boot", "11-23T16:00 unknown"]  # fmt: skip


def test_a_box_that_is_off_at_the_end_has_no_more_to_tell() -> None:
    assert story(
        BREAKFAST, "--from", "2026-11-23", "--days", "1", "--off", "2026-11-23T07:35/2026-11-30",
    ) == ["11-23T07:30 ringing breakfast"]  # fmt: skip


def test_a_press_while_the_power_is_off_does_nothing() -> None:
    assert story(
        BREAKFAST, "--from", "2026-11-23", "--days", "1",
        "--off", "2026-11-23T07:00/2026-11-23T08:15", "--press", "2026-11-23T08:00",
    )[:2] == ["11-23T08:15 boot", "11-23T08:15 ringing breakfast"]  # fmt: skip


def test_a_time_may_carry_an_offset_of_its_own() -> None:
    pressed = ("--press", "2026-11-23T06:41Z")
    assert story(BREAKFAST, "--from", "2026-11-22T23:00:00Z", "--days", "1", *pressed) == [
        "11-23T07:30 ringing breakfast",
        "11-23T07:41 taken",
    ]


def test_a_time_that_comes_twice_is_its_first_passing_and_a_skipped_one_is_after_the_gap() -> None:
    autumn = simulated(BREAKFAST, "--from", "2026-10-25T02:30", "--days", "1")
    assert autumn[0]["at"] == "2026-10-25T02:30:00+02:00"
    spring = simulated(BREAKFAST, "--from", "2027-03-28T02:30", "--days", "1")
    assert spring[0]["at"] == "2027-03-28T03:00:00+02:00"


def test_days_are_local_days_also_when_the_clocks_change() -> None:
    items = simulated(schedules_dir() / "four-doses-a-day.toml", "--from", "2026-10-25T22:30",
                      "--days", "1")  # fmt: skip
    assert items[-1]["at"] == "2026-10-26T22:00:00+01:00"
    # The day before has 25 hours, and the last of them is simulated, too.
    off = ("--off", "2026-10-25T23:30/2026-10-25T23:45")
    assert story(BREAKFAST, "--from", "2026-10-25", "--days", "1", *off)[-1] == "10-25T23:45 boot"


def test_a_person_who_never_forgets_answers_one_place_after_the_other(tmp_path: Path) -> None:
    due = 'at = ["08:00"]'
    text = plan(*[dose(f"d{n}", due, f"place = {n}") for n in (1, 2, 3)], alerts='answer = "each"')
    path = tmp_path / "three.toml"
    path.write_text(text, encoding="utf-8")
    found = simulated(path, "--from", "2026-11-23", "--days", "1", "--forget", "0", "--seed", "1")
    assert [item["dose"] for item in found if item["kind"] == "taken"] == ["d1", "d2", "d3"]


def test_a_person_who_never_forgets_takes_all_and_one_who_always_does_misses_all() -> None:
    period = (BREAKFAST, "--from", "2026-11-23", "--days", "30", "--seed", "1")
    always = [item["kind"] for item in simulated(*period, "--forget", "0") if item["date"]]
    assert always == ["ringing", "taken"] * 30
    never = [item["kind"] for item in simulated(*period, "--forget", "1") if item["date"]]
    assert never == ["ringing", "resting", "ringing", "missed"] * 30


def test_the_same_seed_is_the_same_person() -> None:
    period = (BREAKFAST, "--from", "2026-11-23", "--days", "60", "--forget", "0.5")
    first, again, other = (simulated(*period, "--seed", seed) for seed in "778")
    assert first == again != other


def test_a_person_is_told_by_their_seed_where_none_was_given() -> None:
    period = (BREAKFAST, "--from", "2026-11-23", "--days", "9", "--forget", "0.5", "--json")
    done = dosebell("simulate", *period)
    document = json.loads(done.stdout)
    assert done.stderr == (
        "What is forgotten was drawn by lot; to see the same days again, add --seed"
        f" {document['seed']}.\n"
    )
    assert simulated(*period[:-1], "--seed", str(document["seed"])) == document["items"]


@pytest.mark.parametrize("path", READY_MADE, ids=lambda path: path.stem)
def test_what_is_previewed_is_what_rings(path: Path) -> None:
    days = ("--from", "2026-11-28", "--days", "250")
    previewed = json.loads(dosebell("preview", path, *days, "--json").stdout)["items"]
    lived = simulated(path, *days, "--forget", "0", "--seed", "1")
    # A person who never forgets answers every first ring, so nothing rings at a later meal.
    rang = [(i["dose"], i["date"], i["slot"], i["at"]) for i in lived if i["kind"] == "ringing"]
    asked = [i for i in previewed if "skipped" not in i]
    assert rang == [(i["dose"], i["date"], i["slot"], i["due"]) for i in asked]


def test_no_record_is_lost_in_years(tmp_path: Path) -> None:
    path = tmp_path / "often.toml"
    times = [f"{hour:02}:00" for hour in range(6, 22, 2)]
    path.write_text(
        'version = 1\ntimezone = "UTC"\n[[dose]]\nid = "often"\nname = "Often"\n'
        f'days = "daily"\nat = {times}\nlate = "10m"\nearly = "0m"\n',
        encoding="utf-8",
    )
    # More than the box itself keeps, which is some 8,000 records.
    kinds = [item["kind"] for item in simulated(path, "--from", "2026-02-01", "--days", "700")]
    assert kinds[2:] == ["ringing", "missed"] * 8 * 700


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--days", "0"], "--days: 0 days cannot be simulated; write 1 to 3660."),
        (
            ["--press", "7:30"],
            '--press: "7:30" is no date and time; write it as 2026-11-23T07:30 or "monday 07:30".',
        ),
        (
            ["--press", "2026-11-25T00:00"],
            "--press: that time is not simulated;"
            " write a time in the days that --from and --days span.",
        ),
        (
            ["--long", "2026-11-22T23:59"],
            "--long: that time is not simulated;"
            " write a time in the days that --from and --days span.",
        ),
        (
            ["--off", "2026-11-23T07:30"],
            '--off: "2026-11-23T07:30" is no span of time;'
            " write it as 2026-11-23T07:00/2026-11-23T09:30.",
        ),
        (
            ["--off", "2026-11-23T09:00/2026-11-23T07:00"],
            "--off: the power comes back before it goes; write the earlier time first.",
        ),
        (
            ["--off", "2026-11-23T07:00/2026-11-23T09:00"] * 2,
            "--off: two of them overlap; write them as one.",
        ),
        (["--forget", "2"], "--forget: 2.0 is no share; write 0 to 1."),
        (
            ["--from", "2025-01-01"],
            "--from: no box believes a clock of that time;"
            f" stay after {civil.iso(clock.EARLIEST_S // civil.DAY_S)} and before 2100-01-01.",
        ),
    ],
)
def test_a_story_that_cannot_be_told_says_why(options: list[str], sentence: str) -> None:
    done = dosebell("simulate", BREAKFAST, "--from", "2026-11-23", "--days", "2", *options)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", sentence + "\n")
