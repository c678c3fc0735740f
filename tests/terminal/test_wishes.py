"""What people wish for, each done by commands alone and read back by `preview`.

Nobody here opens an editor or knows what TOML is.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import Desk
from domain import Box

# The usual mornings of these people; without a terminal each answer is an option.
AT_HOME = ("--timezone", "Berlin", "--d3", "none", "--k2", "none")
MONDAY = ("--from", "2026-11-23", "--days", "1")


class Life:
    """One person's laptop and file; `types` says what went wrong where something did."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk()
        self.file = folder / "my.toml"

    def types(self, *words: object) -> str:
        done = self.desk.types(*words)
        assert done.exit_code == 0, done.output
        return str(done.stdout)

    def new(self, *words: object) -> str:
        return self.types("new", self.file, *AT_HOME, *words)

    def changes(self, *words: object) -> list[str]:
        """The difference that a change tells."""
        told = self.types(*words, "--file", self.file)
        return [line for line in told.splitlines() if line.startswith(("+ ", "- ", "~ "))]

    def day(self, *words: str) -> list[str]:
        """What rings on those days, as `preview` shows it: the time and the dose."""
        shown = self.types("preview", self.file, *(words or MONDAY))
        rings = re.findall(r"^  (\d\d:\d\d)  (\S+)", shown, re.MULTILINE)
        return [" ".join(each) for each in rings]


@pytest.fixture
def life(tmp_path: Path) -> Iterator[Life]:
    yield Life(tmp_path)


def test_a_thyroid_patient_with_calcium_at_noon(life: Life) -> None:
    said = life.new(
        *("--dose", "levothyroxine 50 mcg; 6.30", "--dose", "calcium 500 mg; noon"),
        *("--medicines", "none"),
    )
    assert ": ok: 2 doses" in said
    assert life.day() == ["06:30 levothyroxine", "12:00 calcium"]
    # Beside the tablet it would take its effect away, and the file stays as it was.
    refused = life.desk.types("move", "calcium", "8am", "--file", life.file)
    assert (refused.exit_code, "MIN-LEVO" in refused.stderr) == (1, True)
    assert life.day() == ["06:30 levothyroxine", "12:00 calcium"]


def test_metformin_twice_with_meals(life: Life) -> None:
    life.new(
        *("--dose", "metformin 500 mg; breakfast and dinner; daily; 1 tablet; 60"),
        *("--medicines", "none"),
    )
    assert life.day() == ["07:30 metformin-1", "18:30 metformin-2"]
    shown = life.types("preview", life.file, *MONDAY)
    assert "metformin-1 runs out on Wed 23 Dec 2026, if there are 30" in shown


def test_eye_drops_four_times(life: Life) -> None:
    life.new("--dose", "latanoprost eye drops; 08:00 20:00", "--medicines", "none")
    assert life.changes("move", "latanoprost", "8:00", "12:00", "16:00", "20:00") == [
        "~ dose latanoprost-eye: at 08:00, 20:00 -> 08:00, 12:00, 16:00, 20:00",
        "~ dose latanoprost-eye: late 3h -> 2h",
    ]
    assert life.day() == [f"{time} latanoprost-eye" for time in "08:00 12:00 16:00 20:00".split()]


def test_antibiotics_for_seven_days(life: Life) -> None:
    life.new("--dose", "levothyroxine; 06:30", "--medicines", "none")
    title, change = life.changes(
        "add", "amoxicillin 500 mg", "--when", "8am and 8pm", "--days", "for 7 days"
    )
    assert title == "~ schedule: title levothyroxine -> levothyroxine, amoxicillin"
    assert change == (
        "+ dose amoxicillin: amoxicillin, 08:00, 20:00, daily, from 2026-11-23 to 2026-11-29"
    )
    fortnight = life.day("--from", "2026-11-20", "--days", "14")
    assert len([each for each in fortnight if each.endswith("amoxicillin")]) == 14
    assert life.day("--from", "2026-11-30", "--days", "1") == ["06:30 levothyroxine"]
    life.changes("remove", "amoxicillin")
    assert life.day() == ["06:30 levothyroxine"]


def test_a_weekly_d3(life: Life) -> None:
    life.types(
        *("new", life.file, "--timezone", "Berlin", "--d3", "7000 units", "--k2", "none"),
        *("--days", "sunday", "--eat", "two eggs", "--medicines", "none"),
    )
    assert life.day() == []
    assert life.day("--from", "2026-11-23", "--days", "14") == ["07:30 d3", "07:30 d3"]


def test_a_mothers_box_beside_ones_own(life: Life, tmp_path: Path) -> None:
    life.new("--dose", "ramipril 5mg; 8am", "--medicines", "none", "--name", "Ida")
    box = life.desk.box = Box.bare("2026-11-23 06:00")
    life.types("push", life.file)
    ident = box.app.box.device_id
    assert life.types("name", ident[:6], "mother").startswith(f"mother (Ida, ramipril, {ident})")
    # Her box is changed without her file: this laptop has it.
    told = life.types("move", "ramipril", "9am", "--port", "mother")
    assert "~ dose ramipril: at 08:00 -> 09:00" in told.splitlines()
    life.types("pull", "-o", life.file, "--port", "mother", "--yes")
    assert life.day() == ["09:00 ramipril"]
    assert life.types("log", "--port", "mother").startswith(f"mother (Ida, ramipril, {ident})\n")


def test_a_holiday(life: Life) -> None:
    life.new("--dose", "metformin 500 mg; breakfast", "--medicines", "none")
    days = ("2026-12-24", "2027-01-02")
    [change] = life.changes("away", *days, "--meal", "breakfast 10 am")
    assert change == "+ exception 2026-12-24: to 2027-01-02, breakfast 10:00"
    week = life.day("--from", "2026-12-23", "--days", "3")
    assert week == ["07:30 metformin", "10:00 metformin", "10:00 metformin"]
    refused = life.desk.types("away", *days, "--file", life.file)
    assert refused.stderr.startswith(
        "meals at other times, or nothing rings: just one of the two;"
    )
    refused = life.desk.types("away", *days, "--meal", "tea 10:00", "--file", life.file)
    assert '"tea 10:00" is not read; write a meal and a time' in refused.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("24.12.", "2.1.", "--meal", "breakfast", "10"),
        ("24.12.2026", "2.1.2027", "--meal", "breakfast=10:00"),
        ("24", "Dec", "2", "Jan", "2027", "--meal", "breakfast 10"),
        ("24 December 2026", "2 January", "--meal", "breakfast 10 am"),
    ],
)
def test_a_holiday_in_the_words_of_a_calendar(life: Life, words: tuple[str, ...]) -> None:
    life.new("--dose", "metformin 500 mg; breakfast", "--medicines", "none")
    said = life.desk.types("away", *words, "--file", life.file)
    assert said.stderr.splitlines() == [
        "From Thu 24 Dec 2026 to Sat 2 Jan 2027.",
        f"See them: dosebell preview {life.file} --from 2026-12-23",
    ]
    assert "+ exception 2026-12-24: to 2027-01-02, breakfast 10:00" in said.stdout


def test_a_date_with_two_readings_is_asked_again(life: Life) -> None:
    life.new("--dose", "metformin 500 mg; breakfast", "--medicines", "none")
    refused = life.desk.types("away", "12/24", "1/2", "--off", "--file", life.file)
    assert refused.stderr.startswith('FROM TO: "12/24" may have the day or the month first; write')


def test_several_words_are_one_name(life: Life) -> None:
    life.new("--dose", "eye drops; 8, 20", "--dose", "ramipril; 8", "--medicines", "none")
    assert life.changes("remove", "eye", "drops") == [
        "~ schedule: title eye drops, ramipril -> ramipril",
        "- dose eye-drops: eye drops, 08:00, 20:00, daily",
    ]


def test_a_changed_breakfast(life: Life) -> None:
    life.new(
        *("--dose", "metformin 500 mg; breakfast", "--dose", "omega 3 capsule; breakfast"),
        *("--medicines", "none"),
    )
    refused = life.desk.types("move", "metformin", "8:00", "--file", life.file)
    assert refused.stderr.endswith(
        f"move the meal, and omega with it: dosebell move breakfast 08:00 --file {life.file};"
        f" or this dose alone: dosebell move metformin 08:00 --alone --file {life.file}.\n"
    )
    assert life.changes("move", "breakfast", "8:00") == ["~ meal breakfast: at 07:30 -> 08:00"]
    assert life.day() == ["08:00 metformin", "08:00 omega"]


def test_breakfast_is_later_on_sunday(life: Life) -> None:
    life.new("--dose", "metformin 500 mg; breakfast", "--medicines", "none")
    life.changes("move", "breakfast", "9", "--on", "sunday")
    life.changes("move", "breakfast", "8:30", "--on", "sat")
    week = life.day("--from", "2026-11-27", "--days", "3")
    assert week == ["07:30 metformin", "08:30 metformin", "09:00 metformin"]
    refused = life.desk.types("move", "metformin", "9", "--on", "sunday", "-f", life.file)
    assert refused.stderr == '--on: no meal is called "metformin"; only a meal has days apart.\n'


def test_a_name_without_end_is_shown_in_short(life: Life) -> None:
    life.new("--dose", "ramipril; 8", "--medicines", "none")
    refused = life.desk.types("remove", "x" * 100_000, "-f", life.file)
    assert refused.stderr == f'no dose is called "{"x" * 39}…"; there is ramipril.\n'
