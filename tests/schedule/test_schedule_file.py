"""Schedule files: what is read from a good one, and what is said of one that is none at all."""

import datetime as dt
import os
import re
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from dosebell_host.errors import UserError
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.days import Days
from dosebell_host.schedule.model import (
    Accept,
    Content,
    ExceptDays,
    Lab,
    Meal,
    Person,
    PersonsMedicine,
    Stock,
)
from dosebell_host.schedule.read_file import load
from other_user import not_as_root
from schedule_texts import PLAN, edited, read, sentences
from strategies import Written, schedules

READY_MADE = Path(__file__).parents[2] / "schedules"


def test_every_key_is_read() -> None:
    plan = read(PLAN)
    dose, drops = plan.doses
    assert (plan.version, plan.title, plan.timezone) == (1, "With breakfast", "Europe/Berlin")
    assert plan.meals == (
        Meal("breakfast", (450, 450, 450, 450, 450, 450, 540), 12, "two eggs"),
        Meal("lunch", (750,) * 7),
        Meal("dinner", (1110,) * 7),
    )
    assert (dose.id, dose.name, dose.take) == ("d3k2", "Vitamin D3", "")
    assert (dose.with_meals, dose.at, dose.food) == (("breakfast", "lunch"), (), "fat")
    assert (dose.days, dose.start, dose.end) == (Days("daily"), dt.date(2026, 1, 1), None)
    assert (dose.early_s, dose.late_s) == (3600, 10800)
    assert dose.contents == (Content(nutrient="vitamin-d3", amount=1000, unit="IU"),)
    assert dose.stock == Stock(count=90, per_intake=1, low=7)
    assert (drops.at, drops.with_meals, drops.days) == ((480, 1200), (), Days("week", (0, 3)))
    assert plan.exceptions == (
        ExceptDays(
            first=dt.date(2026, 12, 24),
            last=dt.date(2027, 1, 2),
            meals={"breakfast": 600},
            off=False,
            reason="",
        ),
    )
    assert plan.person and plan.person.age == 52
    assert plan.person.medicines == (PersonsMedicine(name="levothyroxine", at=(390,)),)
    assert plan.accepts == (
        Accept(rule="D3-UL", reason="agreed with my doctor", until=dt.date(2026, 12, 31)),
    )


def test_alerts_have_the_values_of_the_design_where_the_file_is_silent() -> None:
    alerts = read(edited('[alerts]\nnag = "10m"\n', "")).alerts
    assert (alerts.nag_s, alerts.snooze_s, alerts.quiet) == (600, 900, None)
    assert (alerts.max_sound_s, alerts.long_press_s) == (1200, 2)


@pytest.mark.parametrize(
    ("old", "new", "food"),
    [
        ('food = "fat"\n', "", "any"),
        ('food = "fat"\n', 'food = "empty"\n', "empty"),
        ('with = ["breakfast", "lunch"]\nfood = "fat"\n', 'at = ["08:00"]\n', None),
    ],
)
def test_food_left_out_means_any_with_a_meal_and_nothing_at_a_time(
    old: str, new: str, food: str | None
) -> None:
    assert read(edited(old, new)).doses[0].food == food


def test_what_only_the_checks_read_is_read_too() -> None:
    dose = edited(
        "stock = { count = 90 }",
        """
medicine = "colecalciferol"
route = "oral"
prescribed = true
review = 2027-01-15""",
    )
    person = """
conditions = ["kidney stones"]
kidney = "mild"
pregnant = false
breastfeeding = true
planning_pregnancy = true
bedtime = "22:30"
labs = [{ every_months = 6, target_low = 20, target_high = 50.5, unit = "ng/mL" }]
want_pair = true
medicines = [{ name = "Fosamax", at = ["07:00"], days = ["sun"], end = 2027-01-01 }]
"""
    plan = read(f"{dose.split('medicines = ')[0]}{person}")
    first = plan.doses[0]
    assert (first.medicine, first.route, first.prescribed, first.review) == (
        "colecalciferol",
        "oral",
        True,
        dt.date(2027, 1, 15),
    )
    assert plan.person == Person(
        age=52,
        medicines=(
            PersonsMedicine(
                name="Fosamax", at=(420,), days=Days("week", (6,)), end=dt.date(2027, 1, 1)
            ),
        ),
        conditions=("kidney stones",),
        kidney="mild",
        breastfeeding=True,
        planning_pregnancy=True,
        bedtime=1350,
        labs=(Lab(every_months=6, target_low=20, target_high=50.5, unit="ng/mL"),),
        want_pair=True,
    )


@pytest.mark.parametrize(("line", "expected"), [("medicines = []", ()), ("age = 52", None)])
def test_no_medicines_is_not_the_same_as_silence(line: str, expected: tuple[()] | None) -> None:
    person = read(f"{PLAN.split('[person]')[0]}[person]\n{line}\n").person
    assert person and person.medicines == expected


def test_the_person_may_be_left_out() -> None:
    assert read(PLAN.split("[person]")[0]).person is None


def test_a_meal_may_name_all_seven_days_instead() -> None:
    week = ", ".join(
        f'{day} = "0{hour}:00"'
        for hour, day in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
    )
    meals = read(edited('dinner = "18:30"', f"snack = {{ {week} }}")).meals
    assert meals[2] == Meal("snack", (0, 60, 120, 180, 240, 300, 360))


def test_a_file_with_windows_line_ends_and_a_byte_order_mark_is_read() -> None:
    assert read(b"\xef\xbb\xbf" + PLAN.replace("\n", "\r\n").encode()) == read(PLAN)


def test_load_reads_a_file_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLAN, encoding="utf-8")
    assert load(path) == load(str(path)) == read(PLAN)


@pytest.mark.parametrize("path", sorted(READY_MADE.glob("*.toml")), ids=lambda path: path.stem)
def test_the_ready_made_schedules_are_good(path: Path) -> None:
    assert compile_schedule(load(path)).revision


def test_the_ready_made_schedules_are_there() -> None:
    assert sorted(path.stem for path in READY_MADE.glob("*.toml")) == [
        "blood-test",
        "d3-k2-breakfast",
        "d3-k2-magnesium-evening",
        "d3-k2-mk4-three-meals",
        "d3-weekly",
        "dinner-no-breakfast",
        "four-doses-a-day",
        "late-breakfasts-and-a-holiday",
        "organiser-14",
        "organiser-7",
        "prescribed-loading-course",
        "with-a-bisphosphonate",
        "with-levothyroxine",
    ]


def test_the_lines_to_switch_on_in_the_default_schedule_are_good_too() -> None:
    text = (READY_MADE / "d3-k2-breakfast.toml").read_text(encoding="utf-8")
    plan = read(re.sub(r"^# (\[+\w+\]+|\w+ = )", r"\1", text, flags=re.MULTILINE))
    assert plan.exceptions[0].meals == {"breakfast": 600}
    assert plan.person and plan.person.age == 52


# Where a key of many parts may stand, also behind strings that a reader of lines takes for others.
DEEP_KEYS = (
    ("", " = 1\n"),
    ("[", "]\n"),
    ("[[ ", " ]]\n"),
    ("a = { b = 1, ", " = 1 }"),
    ("a = { b = '''\n' ''', ", " = 1 }"),
    ('a = { b = """\n" \\"""", ' + "c = '\"', ", " = 1 }"),
    ("# it's\n", " = 1\n"),
)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "plan.toml: the file is empty; start from one of the ready-made schedules."),
        (" \n\t\n", "plan.toml: the file is empty; start from one of the ready-made schedules."),
        (
            "a = [1, 2\n",
            "plan.toml:2:1: no valid TOML: unclosed array; "
            "check the quotes, brackets and commas there.",
        ),
        (
            PLAN.replace("start = 2026-01-01", "start = 2026-02-30"),
            "plan.toml:16:9: no valid TOML: invalid date or datetime; "
            "write a date that exists as YEAR-MONTH-DAY, such as 2026-01-31.",
        ),
        (b'title = "\xff"', "plan.toml: byte 10 is not UTF-8; save the file as UTF-8."),
        (PLAN.encode("utf-16"), "plan.toml: byte 1 is not UTF-8; save the file as UTF-8."),
        ("title = '\ud800'", "plan.toml: a character is not UTF-8; save the file as UTF-8."),
        (
            "a = " + "[" * 100_000,
            "plan.toml: the brackets go too deep; write lists and tables as the examples do.",
        ),
        (
            "a." * 100_000 + "b = 1",
            "plan.toml: the keys go too deep; write lists and tables as the examples do.",
        ),
        *(
            (
                before + ".".join([part] * 17) + behind,
                "plan.toml: the keys go too deep; write lists and tables as the examples do.",
            )
            for part in ("a", "''", '"a b"', "'a b'", r'"\""', '"a.b"')
            for before, behind in DEEP_KEYS
        ),
        (
            "version = " + "1" * 5000,
            "plan.toml: a number in it is too long; write numbers as the label has them.",
        ),
    ],
)
def test_what_is_no_toml_is_said_in_one_sentence(text: str | bytes, sentence: str) -> None:
    assert sentences(text) == [sentence]


def test_a_time_without_quotes_gets_the_quoted_form() -> None:
    (sentence,) = sentences(edited('lunch = "12:30"', "lunch = 12:30"))
    assert sentence.startswith("plan.toml:6:")
    assert sentence.endswith('; write a time in quotes: "12:30".')


def test_a_file_may_have_256_kb_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    room = 256 * 1024 - len(PLAN)
    path.write_text(PLAN + "#" * room)
    assert load(path) == read(PLAN)
    path.write_text(PLAN + "#" * (room + 1))
    with pytest.raises(UserError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: the file is too large; keep it under 256 kB."


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "nothing.toml"
    with pytest.raises(UserError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: there is no such file; check the name and the folder."


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(tmp_path)
    assert str(caught.value) == f"{tmp_path}: is a folder; name a file in it."


@pytest.mark.skipif(os.name != "posix", reason="needs the rights of POSIX")
@pytest.mark.parametrize("shut", ["plan.toml", "."], ids=["the file", "its folder"])
def test_a_file_that_one_may_not_read(shut: str) -> None:
    # Not in `tmp_path`, which nobody else may enter.
    with TemporaryDirectory() as name:
        file = Path(name) / "plan.toml"
        file.touch()
        os.chmod(name, 0o755)
        (Path(name) / shut).chmod(0)
        with not_as_root(), pytest.raises(UserError) as caught:
            load(file)
        os.chmod(name, 0o755)
    assert str(caught.value).startswith(f"{file}: you have no right to read it; change its")


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file of Linux")
def test_a_file_that_cannot_be_read() -> None:
    # The memory of this process, where there is none.
    with pytest.raises(UserError) as caught:
        load("/proc/self/mem")
    assert str(caught.value) == (
        "/proc/self/mem: cannot be read (Input/output error); try another file."
    )


def test_a_name_no_file_can_have() -> None:
    with pytest.raises(UserError) as caught:
        load("plan\0.toml")
    assert caught.value.code == "file"


@settings(max_examples=100)
@given(schedules())
def test_any_valid_schedule_is_read(plan: Written) -> None:
    assert tomllib.loads(plan.text) == plan.document
    read_back = read(plan.text)
    assert read_back.timezone == plan.document["timezone"]
    assert {meal.name for meal in read_back.meals} == set(plan.document["meals"])
    assert [dose.name for dose in read_back.doses] == [d["name"] for d in plan.document["dose"]]
