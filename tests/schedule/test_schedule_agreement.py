"""Values of a schedule that are right alone and wrong together, and all problems at once."""

import pytest

from dosebell_host.errors import ManyErrors
from dosebell_host.schedule.compiler import compile_schedule
from schedule_texts import PLAN, edited, read, sentences


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'food = "fat"\n',
            'at = ["08:00"]\n',
            'plan.toml:13: dose[1] "d3k2" with: has both "at" and "with"; '
            "take one of the two out.",
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
        'plan.toml:3: dose[1]: has neither "at" nor "with"; write one of the two.',
    ]


def test_a_missing_id_is_proposed_as_one_that_no_other_dose_has() -> None:
    """It said `add id = "d3k2"` of the second dose, which the first one had."""
    rest = 'name = "A"\nat = ["08:00"]\n'
    ids = ["", 'id = "dose-1"\n', "", 'id = "d3k2"\n', ""]
    doses = [f"[[dose]]\n{ident}{rest}" for ident in ids]
    found = sentences('version = 1\ntimezone = "UTC"\n' + "".join(doses))
    assert found == [
        'plan.toml:3: dose[1] id: is missing; add id = "dose-6".',
        'plan.toml:10: dose[3] id: is missing; add id = "dose-3".',
        'plan.toml:17: dose[5] id: is missing; add id = "dose-5".',
    ]


def test_a_dose_without_days_is_daily() -> None:
    without = read(edited('days = "daily"\n', ""))
    assert without.doses[0].days == read(PLAN).doses[0].days
    assert compile_schedule(without).lines == compile_schedule(read(PLAN)).lines


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'id = "drops"',
            "id = “drops”",
            "plan.toml:21:6: no valid TOML: invalid value;"
            ' write straight quotes, " and ", instead of “.',
        ),
        (
            'at = ["20:00", "08:00"]',
            "at = [„20:00“]",
            "plan.toml:23:7: no valid TOML: invalid value;"
            ' write straight quotes, " and ", instead of „.',
        ),
        (
            'name = "Eye drops"',
            'name = "Eye drops”',
            "plan.toml:22:19: no valid TOML: illegal character '\\n';"
            ' write straight quotes, " and ", instead of ”.',
        ),
    ],
)
def test_curly_quotes_are_called_by_their_name(old: str, new: str, sentence: str) -> None:
    assert sentences(edited(old, new)) == [sentence]


def test_curly_quotes_inside_of_straight_ones_are_text() -> None:
    assert read(edited('"Eye drops"', '"Eye “drops”"')).doses[1].name == "Eye “drops”"


def test_two_doses_in_one_bracket_each_are_told_to_have_two() -> None:
    found = sentences(PLAN.replace("[[dose]]", "[dose]"))
    assert found == [
        "plan.toml:20:6: no valid TOML: cannot declare ('dose',) twice;"
        " head each of them with [[dose]], in two brackets."
    ]


def test_tables_in_a_list_are_told_all_that_is_wrong_with_each() -> None:
    old = 'contents = [{ nutrient = "vitamin-d3", amount = 1000, unit = "IU" }]'
    found = sentences(edited(old, 'contents = [{ amunt = 1, unit = 5, nutrient = "D3" }, 7]'))
    assert [line.removeprefix('plan.toml:18: dose[1] "d3k2" ') for line in found] == [
        'contents[1].nutrient: "D3" is not a short name; '
        'write 1 to 24 of a-z, 0-9 and "-", such as "d3".',
        "contents[1].amount: is missing; add amount = 1000.",
        'contents[1].unit: 5 is not known here; write one of "IU", "mcg", "µg", "ug", "mg", "g".',
        'contents[1].amunt: unknown key "amunt"; did you mean "amount"?',
        "contents[2]: 7 is not a table; write { ... }.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("dose = 3", "2: dose: 3 is not a list of tables; head each table with [[dose]]."),
        (
            "[dose]",
            "2: dose: a table is not a list of tables; head each table with [[dose]], in two"
            " brackets, for there may be several.",
        ),
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
    found = sentences("".join(f"k{n} = 1\n" for n in range(250)) + PLAN)
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
