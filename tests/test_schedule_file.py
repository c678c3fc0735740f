"""What a person sees who writes a schedule: what is read, and every sentence about what is not."""

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import Written, schedules

from dosebell_host.compiler import compile_schedule
from dosebell_host.days import Days
from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.model import Meal
from dosebell_host.schedule_file import Schedule, load, parse
from dosebell_host.toml_lines import key_lines

READY_MADE = Path(__file__).parent.parent / "schedules"

PLAN = """\
version = 1
title = "With breakfast"
timezone = "Europe/Berlin"
[meals]
breakfast = { at = "07:30", sun = "09:00", fat_g = 12, eat = "two eggs" }
lunch = "12:30"
dinner = "18:30"
[alerts]
nag = "10m"
[[dose]]
id = "d3k2"
name = "Vitamin D3"
with = ["breakfast", "lunch"]
food = "fat"
days = "daily"
start = 2026-01-01
late = "3h"
contents = [{ nutrient = "vitamin-d3", amount = 1000, unit = "IU" }]
stock = { count = 90 }
[[dose]]
id = "drops"
name = "Eye drops"
at = ["20:00", "08:00"]
days = ["thu", "mon"]
[[except]]
from = 2026-12-24
to = 2027-01-02
meals = { breakfast = "10:00" }
[person]
age = 52
medicines = [{ name = "levothyroxine", at = "06:30" }]
[[accept]]
rule = "D3-UL"
reason = "agreed with my doctor"
until = 2026-12-31
"""


def edited(old: str, new: str) -> str:
    """The plan with one piece of text changed."""
    assert PLAN.count(old) == 1, f"{old!r} is not there once"
    return PLAN.replace(old, new)


def read(text: str | bytes) -> Schedule:
    return parse(text, "plan.toml")


def sentences(text: str | bytes) -> list[str]:
    """What the person is told about this text."""
    with pytest.raises(UserError) as caught:
        read(text)
    return str(caught.value).split("\n")


# ---- what is read


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
    assert [content.model_dump() for content in dose.contents] == [
        {"nutrient": "vitamin-d3", "form": "", "amount": 1000, "unit": "IU"}
    ]
    assert dose.stock and dose.stock.model_dump() == {"count": 90, "per_intake": 1, "low": 7}
    assert (drops.at, drops.with_meals, drops.days) == ((480, 1200), (), Days("week", (0, 3)))
    assert [entry.model_dump() for entry in plan.exceptions] == [
        {
            "first": dt.date(2026, 12, 24),
            "last": dt.date(2027, 1, 2),
            "meals": {"breakfast": 600},
            "off": False,
            "reason": "",
        }
    ]
    assert plan.person and plan.person.model_dump() == {
        "age": 52,
        "medicines": ({"name": "levothyroxine", "at": 390},),
    }
    assert [accepted.model_dump() for accepted in plan.accepts] == [
        {"rule": "D3-UL", "reason": "agreed with my doctor", "until": dt.date(2026, 12, 31)}
    ]


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


def test_the_four_ready_made_schedules_are_there() -> None:
    assert sorted(path.stem for path in READY_MADE.glob("*.toml")) == [
        "d3-k2-breakfast",
        "d3-k2-mk4-three-meals",
        "d3-weekly",
        "four-doses-a-day",
    ]


def test_the_lines_to_switch_on_in_the_default_schedule_are_good_too() -> None:
    text = (READY_MADE / "d3-k2-breakfast.toml").read_text(encoding="utf-8")
    plan = read(re.sub(r"^# (\[+\w+\]+|\w+ = )", r"\1", text, flags=re.MULTILINE))
    assert plan.exceptions[0].meals == {"breakfast": 600}
    assert plan.person and plan.person.age == 52


# ---- what is wrong with one value


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("version = 1\n", "", "plan.toml: version: is missing; add version = 1."),
        (
            "version = 1",
            "version = 2",
            "plan.toml:1: version: 2 is not a format this release reads; write version = 1.",
        ),
        (
            "version = 1",
            "version = true",
            "plan.toml:1: version: true is not a format this release reads; write version = 1.",
        ),
        (
            'timezone = "Europe/Berlin"\n',
            "",
            'plan.toml: timezone: is missing; add timezone = "Europe/Berlin", or where you live.',
        ),
        (
            '"Europe/Berlin"',
            '"Berlin"',
            'plan.toml:3: timezone: "Berlin" is no time zone; write "Europe/Berlin".',
        ),
        (
            '"Europe/Berlin"',
            "1",
            'plan.toml:3: timezone: 1 is no time zone; write a name such as "Europe/Berlin".',
        ),
        (
            'lunch = "12:30"',
            'lunch = "12.30 pm"',
            'plan.toml:6: meals.lunch: "12.30 pm" is not a time of day; write "12:30".',
        ),
        (
            'at = "07:30"',
            'at = "7:30"',
            'plan.toml:5: meals.breakfast.at: "7:30" is not a time of day; write "07:30".',
        ),
        (
            'lunch = "12:30"',
            "lunch = 12:30:00",
            'plan.toml:6: meals.lunch: the time 12:30 is not in quotes; write "12:30".',
        ),
        (
            'lunch = "12:30"',
            'lunch = "24:00"',
            'plan.toml:6: meals.lunch: "24:00" is not a time of day; '
            'write "HH:MM" from "00:00" to "23:59", such as "07:30".',
        ),
        (
            "lunch =",
            '"Late lunch" =',
            'plan.toml:6: meals.Late lunch: "Late lunch" is not a short name; '
            'write 1 to 16 of a-z, 0-9 and "-", such as "late-lunch".',
        ),
        (
            'at = "07:30", sun',
            'mon = "07:30", sun',
            "plan.toml:5: meals.breakfast: has no time on tue, wed, thu, fri, sat; "
            'add at = "07:30" for the days without a time of their own.',
        ),
        (
            "fat_g = 12",
            "fat_g = nan",
            "plan.toml:5: meals.breakfast.fat_g: nan does not fit here; "
            "write a number from 0 to 1000.",
        ),
        (
            'nag = "10m"',
            'nag = "10 min"',
            'plan.toml:9: alerts.nag: "10 min" is not a duration such as "90m" or "1h30m"; '
            'write a duration from "1m" to "3h".',
        ),
        (
            'late = "3h"',
            'late = "5m"',
            'plan.toml:17: dose[1] "d3k2" late: "5m" is too short; '
            'write a duration from "10m" to "14d".',
        ),
        (
            'nag = "10m"',
            'quiet = "22:00-22:00"',
            'plan.toml:9: alerts.quiet: "22:00-22:00" ends where it begins; '
            'write two different times, or "none".',
        ),
        (
            'nag = "10m"',
            'quiet = "at night"',
            'plan.toml:9: alerts.quiet: "at night" is not a span of hours; '
            'write "22:00-06:30", or "none".',
        ),
        (
            'id = "d3k2"',
            'id = "D3 & K2"',
            'plan.toml:11: dose[1] "D3 & K2" id: "D3 & K2" is not a short name; '
            'write 1 to 16 of a-z, 0-9 and "-", such as "d3-k2".',
        ),
        (
            'name = "Vitamin D3"\n',
            "",
            'plan.toml:10: dose[1] "d3k2" name: is missing; add name = "Vitamin D3 1000 IU".',
        ),
        (
            '"Vitamin D3"',
            '" "',
            'plan.toml:12: dose[1] "d3k2" name: " " is empty; write 1 to 64 bytes of text.',
        ),
        (
            '"Vitamin D3"',
            '"Vitamin\\tD3"',
            'plan.toml:12: dose[1] "d3k2" name: there is a control character (U+0009) in it; '
            "take it out.",
        ),
        (
            '"Vitamin D3"',
            f'"{"µ" * 33}"',
            f'plan.toml:12: dose[1] "d3k2" name: "{"µ" * 33}" has 66 bytes in UTF-8; '
            "shorten it to 64.",
        ),
        (
            'food = "fat"',
            'food = "fatty"',
            'plan.toml:14: dose[1] "d3k2" food: "fatty" is not known here; '
            'write one of "fat", "any", "empty".',
        ),
        (
            "start = 2026-01-01",
            'start = "2026-01-01"',
            'plan.toml:16: dose[1] "d3k2" start: the date "2026-01-01" is in quotes; '
            "write 2026-01-01 without them.",
        ),
        (
            "start = 2026-01-01",
            "start = 2026-01-01 08:00:00",
            'plan.toml:16: dose[1] "d3k2" start: 2026-01-01 08:00:00 has a time of day; '
            "write 2026-01-01.",
        ),
        (
            "start = 2026-01-01",
            'start = "tomorrow"',
            'plan.toml:16: dose[1] "d3k2" start: "tomorrow" is not a date; '
            "write it as 2026-01-31, without quotes.",
        ),
        (
            "start = 2026-01-01",
            "start = 2100-01-01",
            'plan.toml:16: dose[1] "d3k2" start: 2100-01-01 is too far away; '
            "write a date in the years 2025 to 2099.",
        ),
        (
            "amount = 1000",
            "amount = 0",
            'plan.toml:18: dose[1] "d3k2" contents[1].amount: 0 is not an amount; '
            "write a number above 0, at most 1000000000.",
        ),
        (
            'unit = "IU"',
            'unit = "iu"',
            'plan.toml:18: dose[1] "d3k2" contents[1].unit: "iu" is not known here; '
            'write one of "IU", "mcg", "µg", "ug", "mg", "g".',
        ),
        (
            'amount = 1000, unit = "IU"',
            'amount = 1000, unit = "IU", form = "MK/7"',
            'plan.toml:18: dose[1] "d3k2" contents[1].form: "MK/7" is not the name of a form; '
            'write 1 to 24 letters, digits, spaces and ".()+-", such as "MK-7".',
        ),
        (
            "stock = { count = 90 }",
            "stock = 90",
            'plan.toml:19: dose[1] "d3k2" stock: 90 is not a table; write { ... }.',
        ),
        (
            "count = 90",
            "count = 90.0",
            'plan.toml:19: dose[1] "d3k2" stock.count: 90.0 does not fit here; '
            "write a whole number from 0 to 1000000.",
        ),
        (
            "count = 90",
            "low = 7",
            'plan.toml:19: dose[1] "d3k2" stock.count: is missing; add count = 90.',
        ),
        (
            '["20:00", "08:00"]',
            '["20:00", "8am"]',
            'plan.toml:23: dose[2] "drops" at[2]: "8am" is not a time of day; '
            'write "HH:MM" from "00:00" to "23:59", such as "07:30".',
        ),
        (
            '["20:00", "08:00"]',
            '"08:00"',
            'plan.toml:23: dose[2] "drops" at: "08:00" is not a list; '
            "write a list of 1 to 8 in [ ].",
        ),
        (
            '["20:00", "08:00"]',
            '["08:00", "08:00"]',
            'plan.toml:23: dose[2] "drops" at: 08:00 stands there twice; name it once.',
        ),
        (
            'meals = { breakfast = "10:00" }',
            "off = false",
            "plan.toml:28: except[1].off: false does not fit here; "
            "write true, or take the line out.",
        ),
        (
            "age = 52",
            "age = -1",
            "plan.toml:30: person.age: -1 does not fit here; write a whole number from 0 to 130.",
        ),
        (
            '{ name = "levothyroxine", at = "06:30" }',
            '"levothyroxine"',
            'plan.toml:31: person.medicines[1]: "levothyroxine" is not a table; write { ... }.',
        ),
        (
            "until = 2026-12-31\n",
            "",
            "plan.toml:32: accept[1].until: is missing; add until = 2026-12-31.",
        ),
    ],
)
def test_a_wrong_value_gets_its_place_and_what_would_be_right(
    old: str, new: str, sentence: str
) -> None:
    assert sentences(edited(old, new)) == [sentence]


DAYS_FORMS = (
    'write "daily", ["mon", "thu"], { every = 3 }, { on = 21, off = 7 } or { monthdays = [1, -1] }'
)
DAYS_NAMES = 'write the days as "mon", "tue", "wed", "thu", "fri", "sat", "sun"'
MONTH_DAYS = "write days of the month from 1 to 31, or -1 for the last, such as [1, -1]"


@pytest.mark.parametrize(
    ("days", "problem"),
    [
        ('"weekly"', f'"weekly" is not a rule for days; {DAYS_FORMS}'),
        ("7", f"7 is not a rule for days; {DAYS_FORMS}"),
        ('["Monday", "tue"]', f'"Monday": no such day of the week; {DAYS_NAMES}'),
        ("[]", f'the list of days is empty; {DAYS_NAMES}, or "daily"'),
        ('["tue", "mon", "tue"]', "tue stands there twice; name each day once"),
        ("{}", f"a table with no key is not a rule for days; {DAYS_FORMS}"),
        (
            "{ every = 3, on = 1 }",
            f"a table with every, on is not a rule for days; {DAYS_FORMS}",
        ),
        ("{ on = 3 }", f"a table with on is not a rule for days; {DAYS_FORMS}"),
        ("{ every = 0 }", "every = 0 does not fit here; write a whole number from 1 to 3650"),
        (
            "{ on = 3651, off = 7 }",
            "on = 3651 does not fit here; write a whole number from 1 to 3650",
        ),
        ("{ on = 3, off = 0 }", "off = 0 does not fit here; write a whole number from 1 to 3650"),
        ("{ monthdays = 1 }", f"monthdays = 1 names no day; {MONTH_DAYS}"),
        ("{ monthdays = [] }", f"monthdays = a list names no day; {MONTH_DAYS}"),
        ("{ monthdays = [0] }", f"monthdays: 0 is no day of the month; {MONTH_DAYS}"),
        ("{ monthdays = [1, 32] }", f"monthdays: 32 is no day of the month; {MONTH_DAYS}"),
        ("{ monthdays = [true] }", f"monthdays: true is no day of the month; {MONTH_DAYS}"),
        ("{ monthdays = [-1, 3, -1] }", "-1 stands there twice; name each day once"),
    ],
)
def test_a_wrong_rule_for_days_gets_the_right_ones(days: str, problem: str) -> None:
    text = edited('days = "daily"', f"days = {days}")
    assert sentences(text) == [f'plan.toml:15: dose[1] "d3k2" days: {problem}.']


# ---- limits, from both sides


def a_dose(line: str) -> str:
    return f'version = 1\ntimezone = "UTC"\n[[dose]]\nid = "a"\nname = "A"\n{line}\n'


def an_alert(line: str) -> str:
    return a_dose('at = ["08:00"]\ndays = "daily"') + f"[alerts]\n{line}\n"


def a_daily_dose(line: str) -> str:
    return a_dose(f'at = ["08:00"]\ndays = "daily"\n{line}')


def many_doses(count: int) -> str:
    rest = 'name = "A"\nat = ["08:00"]\ndays = "daily"\n'
    doses = "".join(f'[[dose]]\nid = "a{n}"\n{rest}' for n in range(count))
    return f'version = 1\ntimezone = "UTC"\n{doses}'


def many_exceptions(count: int) -> str:
    entry = "[[except]]\nfrom = 2026-01-01\nto = 2026-01-01\noff = true\n"
    return many_doses(1) + entry * count


def many_meals(count: int) -> str:
    return many_doses(1) + "[meals]\n" + "".join(f'm{n} = "08:00"\n' for n in range(count))


def many_times(count: int) -> str:
    times = ", ".join(f'"{hour:02d}:00"' for hour in range(count))
    return a_dose(f'at = [{times}]\ndays = "daily"')


def a_meal(line: str) -> str:
    return many_doses(1) + f"[meals]\n{line}\n"


def a_person(line: str) -> str:
    return many_doses(1) + f"[person]\n{line}\n"


def text_of(size: int) -> str:
    """So many bytes of UTF-8."""
    return "µ" * (size // 2) + "x" * (size % 2)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        (many_doses(64), many_doses(65)),
        (many_doses(1), many_doses(0)),
        (many_exceptions(32), many_exceptions(33)),
        (many_meals(12), many_meals(13)),
        (many_times(8), many_times(9)),
        (many_times(1), many_times(0)),
        (an_alert('nag = "1m"'), an_alert('nag = "59s"')),
        (an_alert('nag = "3h"'), an_alert('nag = "3h1s"')),
        (an_alert('snooze = "1m"'), an_alert('snooze = "59s"')),
        (an_alert('snooze = "180m"'), an_alert('snooze = "181m"')),
        (an_alert('max_sound = "0m"'), an_alert('max_sound = "59s"')),
        (an_alert('max_sound = "1m"'), an_alert('max_sound = "1s"')),
        (an_alert('max_sound = "24h"'), an_alert('max_sound = "24h1s"')),
        (an_alert('long_press = "1s"'), an_alert('long_press = "0s"')),
        (an_alert('long_press = "5s"'), an_alert('long_press = "6s"')),
        (an_alert('quiet = "00:00-23:59"'), an_alert('quiet = "00:00-24:00"')),
        (a_daily_dose('early = "0m"'), a_daily_dose('early = "-1m"')),
        (a_daily_dose('early = "14d"'), a_daily_dose('early = "14d1s"')),
        (a_daily_dose('late = "10m"'), a_daily_dose('late = "9m59s"')),
        (a_daily_dose('late = "336h"'), a_daily_dose('late = "15d"')),
        (a_daily_dose("start = 2025-01-01"), a_daily_dose("start = 2024-12-31")),
        (a_daily_dose("end = 2099-12-31"), a_daily_dose("end = 2100-01-01")),
        (
            a_daily_dose("start = 2026-01-02\nend = 2026-01-02"),
            a_daily_dose("start = 2026-01-02\nend = 2026-01-01"),
        ),
        (a_daily_dose(f'take = "{text_of(64)}"'), a_daily_dose(f'take = "{text_of(65)}"')),
        (a_daily_dose("stock = { count = 0 }"), a_daily_dose("stock = { count = -1 }")),
        (a_daily_dose("stock = { count = 1000000 }"), a_daily_dose("stock = { count = 1000001 }")),
        (
            a_daily_dose("stock = { count = 0, per_intake = 1 }"),
            a_daily_dose("stock = { count = 0, per_intake = 0 }"),
        ),
        (
            a_daily_dose("stock = { count = 0, low = 0 }"),
            a_daily_dose("stock = { count = 0, low = -1 }"),
        ),
        (
            a_daily_dose('contents = [{ nutrient = "a", amount = 0.001, unit = "g" }]'),
            a_daily_dose('contents = [{ nutrient = "a", amount = 0.0, unit = "g" }]'),
        ),
        (
            a_daily_dose('contents = [{ nutrient = "a", amount = 1000000000, unit = "g" }]'),
            a_daily_dose('contents = [{ nutrient = "a", amount = 1000000001, unit = "g" }]'),
        ),
        (
            a_daily_dose(f'contents = [{{ nutrient = "{"a" * 24}", amount = 1, unit = "g" }}]'),
            a_daily_dose(f'contents = [{{ nutrient = "{"a" * 25}", amount = 1, unit = "g" }}]'),
        ),
        (
            a_dose('at = ["00:00", "23:59"]\ndays = "daily"'),
            a_dose('at = ["00:00", "23:60"]\ndays = "daily"'),
        ),
        (
            a_dose('at = ["08:00"]\ndays = { every = 3650 }\nstart = 2026-01-01'),
            a_dose('at = ["08:00"]\ndays = { every = 3651 }\nstart = 2026-01-01'),
        ),
        (
            a_dose('at = ["08:00"]\ndays = { monthdays = [31] }'),
            a_dose('at = ["08:00"]\ndays = { monthdays = [-2] }'),
        ),
        (a_meal("m = { at = '08:00', fat_g = 0 }"), a_meal("m = { at = '08:00', fat_g = -0.1 }")),
        (
            a_meal("m = { at = '08:00', fat_g = 1e3 }"),
            a_meal("m = { at = '08:00', fat_g = 1001 }"),
        ),
        (a_meal(f"{'m' * 16} = '08:00'"), a_meal(f"{'m' * 17} = '08:00'")),
        (many_doses(1).replace("a0", "a" * 16), many_doses(1).replace("a0", "a" * 17)),
        (a_person("age = 0"), a_person("age = -1")),
        (a_person("age = 130"), a_person("age = 131")),
        (a_person('medicines = [{ name = "a" }]'), a_person('medicines = [{ name = "" }]')),
    ],
)
def test_a_limit_holds_from_both_sides(good: str, bad: str) -> None:
    assert read(good)
    assert len(sentences(bad)) == 1


# ---- what does not agree


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'food = "fat"\n',
            'at = ["08:00"]\n',
            'plan.toml:13: dose[1] "d3k2" with: has both "at" and "with"; take one of the two out.',
        ),
        (
            'with = ["breakfast", "lunch"]\n',
            "",
            'plan.toml:10: dose[1] "d3k2": has neither "at" nor "with"; write one of the two.',
        ),
        (
            '"lunch"]',
            '"luncheon"]',
            'plan.toml:13: dose[1] "d3k2" with[2]: "luncheon" is not one of the meals; '
            'did you mean "lunch"?',
        ),
        (
            '"lunch"]',
            '"tea"]',
            'plan.toml:13: dose[1] "d3k2" with[2]: "tea" is not one of the meals; '
            'add it to [meals]: tea = "...".',
        ),
        (
            '"lunch"]',
            '"breakfast"]',
            'plan.toml:13: dose[1] "d3k2" with: "breakfast" stands there twice; name it once.',
        ),
        (
            'id = "drops"',
            'id = "d3k2"',
            'plan.toml:21: dose[2] "d3k2" id: "d3k2" is the id of dose 1 already; '
            "give each dose an id of its own.",
        ),
        (
            'days = ["thu", "mon"]',
            "days = { every = 3 }",
            'plan.toml:20: dose[2] "drops" start: is missing: the days count from it; '
            "add start = 2026-01-01.",
        ),
        (
            'days = ["thu", "mon"]',
            "days = { on = 21, off = 7 }",
            'plan.toml:20: dose[2] "drops" start: is missing: the days count from it; '
            "add start = 2026-01-01.",
        ),
        (
            "start = 2026-01-01",
            "start = 2026-01-02\nend = 2026-01-01",
            'plan.toml:17: dose[1] "d3k2" end: 2026-01-01 is before start = 2026-01-02; '
            "write 2026-01-02 or a later date.",
        ),
        (
            "to = 2027-01-02",
            "to = 2026-12-23",
            "plan.toml:27: except[1].to: 2026-12-23 is before from = 2026-12-24; "
            "write 2026-12-24 or a later date.",
        ),
        (
            'meals = { breakfast = "10:00" }',
            "",
            'plan.toml:25: except[1]: has neither "meals" nor "off"; write one of the two.',
        ),
        (
            'meals = { breakfast = "10:00" }',
            'meals = { breakfast = "10:00" }\noff = true',
            'plan.toml:29: except[1].off: has both "meals" and "off"; take one of the two out.',
        ),
        (
            'meals = { breakfast = "10:00" }',
            "meals = {}",
            'plan.toml:28: except[1].meals: names no meal; write { breakfast = "10:00" }.',
        ),
        (
            'meals = { breakfast = "10:00" }',
            'meals = { brekfast = "10:00" }',
            'plan.toml:28: except[1].meals.brekfast: "brekfast" is not one of the meals; '
            'did you mean "breakfast"?',
        ),
        (
            'meals = { breakfast = "10:00" }',
            'meals = { breakfast = "10:00" }\n'
            "[[except]]\nfrom = 2027-01-02\nto = 2027-02-01\nmeals = { breakfast = '11:00' }",
            "plan.toml:32: except[2].meals.breakfast: except 1 moves this meal too, "
            "on 2027-01-02; let only one of them name it on a day.",
        ),
    ],
)
def test_what_does_not_agree_is_said(old: str, new: str, sentence: str) -> None:
    assert sentences(edited(old, new)) == [sentence]


@pytest.mark.parametrize(
    "other",
    [
        "from = 2027-01-03\nto = 2027-02-01\nmeals = { breakfast = '11:00' }",
        "from = 2027-01-01\nto = 2027-02-01\nmeals = { lunch = '13:00' }",
        "from = 2026-12-01\nto = 2027-02-01\noff = true",
    ],
)
def test_exceptions_may_overlap_where_they_do_not_contradict_each_other(other: str) -> None:
    text = edited("[person]", f"[[except]]\n{other}\n[person]")
    assert len(read(text).exceptions) == 2


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'with = ["breakfast", "lunch"]',
            'with = ["lunch", "breakfast"]',
            'plan.toml:13: dose[1] "d3k2" with: on mon "lunch" (12:30) is not before '
            '"breakfast" (07:30)',
        ),
        (
            'sun = "09:00"',
            'sun = "12:30"',
            'plan.toml:13: dose[1] "d3k2" with: on sun "breakfast" (12:30) is not before '
            '"lunch" (12:30)',
        ),
        (
            'meals = { breakfast = "10:00" }',
            'meals = { breakfast = "12:30" }',
            'plan.toml:28: except[1].meals: on 2026-12-24 (thu) "breakfast" (12:30) is not before '
            '"lunch" (12:30), for dose "d3k2"',
        ),
        (
            'meals = { breakfast = "10:00" }',
            'meals = { lunch = "08:30" }',
            'plan.toml:28: except[1].meals: on 2026-12-27 (sun) "breakfast" (09:00) is not before '
            '"lunch" (08:30), for dose "d3k2"',
        ),
    ],
)
def test_meals_out_of_the_order_of_the_day_are_named_with_day_and_times(
    old: str, new: str, sentence: str
) -> None:
    fix = "keep the meals of a dose in the order of the day"
    assert sentences(edited(old, new)) == [f"{sentence}; {fix}."]


def test_two_exceptions_that_are_wrong_only_together_are_found_on_their_first_common_day() -> None:
    both = """[[except]]
from = 2026-02-01
to = 2095-01-01
meals = { breakfast = "11:00" }
[[except]]
from = 2031-05-06
to = 2031-05-06
meals = { lunch = "10:30" }
"""
    head, tail = PLAN.split("[[except]]")
    assert sentences(f"{head}{both}[person]{tail.split('[person]')[1]}") == [
        'plan.toml:28: except[1].meals: on 2031-05-06 (tue) "breakfast" (11:00) is not before '
        '"lunch" (10:30), for dose "d3k2"; keep the meals of a dose in the order of the day.'
    ]


def test_an_exception_too_short_to_meet_the_one_bad_weekday_is_fine() -> None:
    # Only on Sundays would lunch at 08:30 come before breakfast; these are Monday to Saturday.
    text = edited('meals = { breakfast = "10:00" }', 'meals = { lunch = "08:30" }')
    assert read(text.replace("from = 2026-12-24", "from = 2026-12-28"))


# ---- unknown keys


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("title =", "tittle =", '2: tittle: unknown key "tittle"; did you mean "title"?'),
        ("[alerts]", "[alert]", '8: alert: unknown key "alert"; did you mean "alerts"?'),
        ('nag = "10m"', 'nagg = "10m"', '9: alerts.nagg: unknown key "nagg"; did you mean "nag"?'),
        (
            'sun = "09:00"',
            'sunday = "09:00"',
            '5: meals.breakfast.sunday: unknown key "sunday"; did you mean "sun"?',
        ),
        (
            'late = "3h"',
            'lat = "3h"',
            '17: dose[1] "d3k2" lat: unknown key "lat"; did you mean "late"?',
        ),
        (
            'late = "3h"',
            'early_s = "3h"',
            '17: dose[1] "d3k2" early_s: unknown key "early_s"; did you mean "early"?',
        ),
        (
            "stock = { count = 90 }",
            "stock = { count = 90, lo = 7 }",
            '19: dose[1] "d3k2" stock.lo: unknown key "lo"; did you mean "low"?',
        ),
        (
            "until = 2026-12-31",
            "until = 2026-12-31\nzzz = 1",
            '36: accept[1].zzz: unknown key "zzz"; known here: rule, reason, until.',
        ),
    ],
)
def test_an_unknown_key_gets_the_nearest_one(old: str, new: str, sentence: str) -> None:
    assert sentences(edited(old, new)) == [f"plan.toml:{sentence}"]


# ---- all at once


def test_all_problems_come_at_once_in_the_order_of_the_file() -> None:
    text = PLAN.replace('"07:30"', '"7:30"').replace('"3h"', '"3x"').replace('"drops"', '"d3k2"')
    text = text.replace("age = 52", "age = 152").replace("version = 1", "version = 3")
    assert [line.split(": ")[0] for line in sentences(text)] == [
        "plan.toml:1",
        "plan.toml:5",
        "plan.toml:17",
        "plan.toml:21",
        "plan.toml:30",
    ]


def test_a_dose_with_nothing_in_it_is_told_all_that_is_missing() -> None:
    assert sentences('version = 1\ntimezone = "UTC"\n[[dose]]\n') == [
        'plan.toml:3: dose[1] id: is missing; add id = "d3k2".',
        'plan.toml:3: dose[1] name: is missing; add name = "Vitamin D3 1000 IU".',
        'plan.toml:3: dose[1] days: is missing; add days = "daily".',
        'plan.toml:3: dose[1]: has neither "at" nor "with"; write one of the two.',
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("dose = 3", "2: dose: 3 is not a list of tables; head each table with [[dose]]."),
        ("[dose]", "2: dose: a table is not a list of tables; head each table with [[dose]]."),
        ("dose = [1]", "2: dose[1]: 1 is not a table; write { ... }."),
        ("dose = []", " there is no dose in it; add a table headed [[dose]]."),
        ("[[meals]]", "2: meals: a list is not a table; write a table headed [meals]."),
        ("alerts = 5", "2: alerts: 5 is not a table; write { ... }."),
        ("[[person]]", "2: person: a list is not a table; write { ... }."),
    ],
)
def test_a_section_of_the_wrong_shape_is_said(text: str, sentence: str) -> None:
    assert f"plan.toml:{sentence}" in sentences(f"version = 1\n{text}\n")


def test_a_flood_of_problems_is_cut_off_and_counted() -> None:
    found = sentences(many_doses(1) + "".join(f"k{n} = 1\n" for n in range(250)))
    assert len(found) == 101
    assert found[-1] == "plan.toml: and 150 more problems."


def test_the_problems_are_there_one_by_one_for_programs() -> None:
    with pytest.raises(ManyErrors) as caught:
        read(edited('late = "3h"', 'late = "5m"').replace("age = 52", "age = 152"))
    assert caught.value.exit_code == 1
    assert [problem.to_json() for problem in caught.value.problems] == [
        {
            "code": "schedule",
            "message": '"5m" is too short',
            "where": 'plan.toml:17: dose[1] "d3k2" late',
            "fix": 'write a duration from "10m" to "14d"',
        },
        {
            "code": "schedule",
            "message": "152 does not fit here",
            "where": "plan.toml:30: person.age",
            "fix": "write a whole number from 0 to 130",
        },
    ]


# ---- files that are no schedule at all


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


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (PermissionError(13, "Permission denied"), "you have no right to read it; change its"),
        (OSError(5, "Input/output error"), "cannot be read (Input/output error); try another"),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, problem: str
) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UserError) as caught:
        load(tmp_path / "plan.toml")
    assert str(caught.value).startswith(f"{tmp_path / 'plan.toml'}: {problem}")


def test_a_name_no_file_can_have() -> None:
    with pytest.raises(UserError) as caught:
        load("plan\0.toml")
    assert caught.value.code == "file"


# ---- broken files in quantity


def test_a_file_cut_off_anywhere_is_read_or_refused_in_sentences() -> None:
    data = (READY_MADE / "d3-k2-breakfast.toml").read_bytes()
    for size in range(len(data)):
        try:
            assert compile_schedule(read(data[:size])).lines
        except UserError as error:
            assert str(error).startswith("plan.toml")


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_file_with_a_character_changed_is_read_or_refused_in_sentences(
    data: st.DataObject,
) -> None:
    place = data.draw(st.integers(0, len(PLAN) - 1))
    text = PLAN[:place] + data.draw(st.text(max_size=2)) + PLAN[place + 1 :]
    try:
        assert compile_schedule(read(text)).lines
    except UserError as error:
        assert str(error).startswith("plan.toml")


JUNK = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), st.times()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("at on x".split()), inner)
    ),
    max_leaves=4,
)


@settings(deadline=None, max_examples=300)
@given(st.sampled_from(PLAN.split("\n")), JUNK)
def test_any_value_under_any_key_is_read_or_refused_in_sentences(line: str, junk: Any) -> None:
    key, equals, _ = line.partition(" = ")
    text = PLAN.replace(line, f"{key} = {as_toml(junk)}") if equals else PLAN
    try:
        assert compile_schedule(read(text)).lines
    except UserError as error:
        assert str(error).startswith("plan.toml:")


def as_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08X}" for c in value) + '"'
    return str(value)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{n} = 1\n" for n in range(25_000)),
        'version = 1\ntimezone = "UTC"\n' + "[[dose]]\n" * 25_000,
        "[meals]\n" + "".join(f'm{n} = "08:00"\n' for n in range(15_000)),
        "[[dose]]\nat = [" + '"08:00",' * 25_000 + "]",
        "[[dose]]\ndays = { monthdays = [" + "1," * 100_000 + "] }",
        "[[dose]]\ncontents = [{ amount = 0x" + "f" * 200_000 + " }]",
        "a" * 200_000 + " = 1",
        'title = "' + "x" * 200_000 + '"',
        "a." * 3_000 + "a = 1",
    ],
    ids=["keys", "doses", "meals", "times", "days", "digits", "key", "title", "dots"],
)
def test_a_huge_file_is_refused_soon(text: str) -> None:
    assert all(line.startswith("plan.toml") for line in sentences(text))


# ---- random good files


@settings(deadline=None, max_examples=200)
@given(schedules())
def test_any_valid_schedule_is_read(plan: Written) -> None:
    assert tomllib.loads(plan.text) == plan.document
    read_back = read(plan.text)
    assert read_back.timezone == plan.document["timezone"]
    assert {meal.name for meal in read_back.meals} == set(plan.document["meals"])
    assert [dose.name for dose in read_back.doses] == [d["name"] for d in plan.document["dose"]]


@settings(deadline=None, max_examples=200)
@given(schedules())
def test_every_key_of_any_file_is_found_on_its_line(plan: Written) -> None:
    found = key_lines(plan.text)
    lines = plan.text.split("\n")
    for path in paths(plan.document):
        key = next(str(part) for part in reversed(path) if isinstance(part, str))
        assert key in lines[found[path] - 1] or isinstance(path[-1], int)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The key path of everything in a document."""
    entries: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    inner = [found for key, entry in entries for found in paths(entry, (*path, key))]
    return [*([path] if path else []), *inner]


def test_lines_are_found_through_every_way_to_write_toml() -> None:
    text = '''\
# a comment with [brackets] = "and quotes"
"quoted key" = """
two lines, with "quotes" and \\""" inside""""
'literal' = \'\'\'
[not] = a table\'\'\'
a.b = 1   # dotted
[x.y]
"k\\u0061" = [ [1, 2], [
  3, { z = 1.5 } ] ]
[[t]]
d = 1979-05-27 07:32:00
[[t]]
[t.s]
e = {f = {}, g = []}
[[t.u]]
[[t.u]]
h = true'''
    tomllib.loads(text)
    assert key_lines(text) == {
        ("quoted key",): 2,
        ("literal",): 4,
        ("a",): 6,
        ("a", "b"): 6,
        ("x",): 7,
        ("x", "y"): 7,
        ("x", "y", "ka"): 8,
        ("x", "y", "ka", 0): 8,
        ("x", "y", "ka", 0, 0): 8,
        ("x", "y", "ka", 0, 1): 8,
        ("x", "y", "ka", 1): 8,
        ("x", "y", "ka", 1, 0): 9,
        ("x", "y", "ka", 1, 1): 9,
        ("x", "y", "ka", 1, 1, "z"): 9,
        ("t",): 10,
        ("t", 0): 10,
        ("t", 0, "d"): 11,
        ("t", 1): 12,
        ("t", 1, "s"): 13,
        ("t", 1, "s", "e"): 14,
        ("t", 1, "s", "e", "f"): 14,
        ("t", 1, "s", "e", "g"): 14,
        ("t", 1, "u"): 15,
        ("t", 1, "u", 0): 15,
        ("t", 1, "u", 1): 16,
        ("t", 1, "u", 1, "h"): 17,
    }
