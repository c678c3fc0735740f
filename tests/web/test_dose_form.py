"""A dose and the meals as forms: what is typed changes just that in the file, and what is wrong
stands beside its field.
"""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.days import Days, read_days
from dosebell_host.schedule.toml_lines import comments
from dosebell_host.web.draft import words
from dosebell_host.web.draft.dose_form import FIELDS, edited_dose, shown_dose
from dosebell_host.web.draft.meals_form import edited_meals, shown_meals
from strategies import Written, schedules

TODAY = date(2026, 11, 29)
FILES = {path.name: path.read_text(encoding="utf-8") for path in schedules_dir().glob("*.toml")}

MINE = """\
version = 1
timezone = "Europe/Berlin"
[meals]
breakfast = "07:30"       # with coffee
dinner = { at = "18:30", sun = "19:00", fat_g = 12 }
[[dose]]
id = "d3k2"
name = "D3"               # from the chemist
with = ["breakfast", "dinner"]
days = "daily"
late = "3h"
stock = { count = 90, low = 7 }
[[dose]]
id = "drops"
name = "Drops"
at = ["20:00", "08:00"]
place = [2, 1]
"""


def changed(before: str, *replaced: tuple[str, str]) -> str:
    for old, new in replaced:
        assert old in before
        before = before.replace(old, new)
    return before


def typed(**fields: str | list[str]) -> dict[str, list[str]]:
    return {name: said if isinstance(said, list) else [said] for name, said in fields.items()}


def filled(text: str, place: int, fields: dict[str, list[str]]) -> dict[str, list[str]]:
    """The whole form, as a browser sends it, with these fields typed over."""
    return shown_dose(tomllib.loads(text)["dose"][place]) | fields


@given(schedules())
def test_a_form_that_is_sent_as_it_was_shown_changes_nothing(written: Written) -> None:
    for place, dose in enumerate(written.document["dose"]):
        done = edited_dose(written.text, place, shown_dose(dose), TODAY)
        assert (done.text, done.wrong, done.understood) == (written.text, {}, [])
    done = edited_meals(written.text, shown_meals(written.document["meals"]))
    assert (done.text, done.wrong, done.understood) == (written.text, {}, [])


# For each key of a dose: what somebody types, and what the file says then.
GOOD: dict[str, list[tuple[str, Any]]] = {
    "name": [("Zinc 10 mg", "Zinc 10 mg"), ('a "b" \\ c', 'a "b" \\ c')],
    "take": [("2 tablets", "2 tablets"), ("", None)],
    "contents": [
        (
            "D3 2000 IE; K2 MK-7 100 µg, lutein 10 mg",
            [
                {"nutrient": "vitamin-d3", "amount": 2000, "unit": "IU"},
                {"nutrient": "vitamin-k2", "form": "MK-7", "amount": 100, "unit": "mcg"},
                {"nutrient": "lutein", "amount": 10, "unit": "mg"},
            ],
        ),
        (
            "magnesium citrate 1,000 mg and zinc 10 mg",
            [
                {"nutrient": "magnesium", "form": "citrate", "amount": 1000, "unit": "mg"}
                | {"basis": "compound"},
                {"nutrient": "zinc", "amount": 10, "unit": "mg"},
            ],
        ),
        ("nothing", []),
        ("", None),
    ],
    "place": [("4", 4), ("1 2 3 4 5 6 7", [1, 2, 3, 4, 5, 6, 7]), ("1; 2", [1, 2]), ("", None)],
    "food": [("fat", "fat"), ("", None)],
    "days": [
        ("daily", "daily"),
        ("Mon and Thu", ["mon", "thu"]),
        ("21 on, 7 off", {"on": 21, "off": 7}),
        ("the 1st and the last", {"monthdays": [1, -1]}),
    ],
    "start": [("2026-12-01", date(2026, 12, 1)), ("", None)],
    "end": [("2030-01-31", date(2030, 1, 31)), ("", None)],
    "early": [("30 m", "30m"), ("", None)],
    "late": [("1h30m", "1h30m"), ("", None)],
}


@given(st.sampled_from(sorted(FILES)), st.integers(0, 9), st.sampled_from(sorted(GOOD)), st.data())
def test_one_field_changes_one_key_of_any_file_and_keeps_all_comments(
    name: str, place: int, field: str, data: st.DataObject
) -> None:
    text = FILES[name]
    wanted = tomllib.loads(text)
    dose = wanted["dose"][place % len(wanted["dose"])]
    said, value = data.draw(st.sampled_from(GOOD[field]))
    if said != shown_dose(dose)[field][0]:
        dose.pop(field, None)
        if value is not None:
            dose[field] = value
        # What is counted from a day begins today, unless the file says otherwise.
        if isinstance(value, dict) and "on" in value:
            dose.setdefault("start", TODAY)
    sent = filled(text, place % len(wanted["dose"]), typed(**{field: said}))
    done = edited_dose(text, place % len(wanted["dose"]), sent, TODAY)
    assert (tomllib.loads(done.text), done.wrong) == (wanted, {})
    assert sorted(comments(done.text)) == sorted(comments(text))


@given(schedules())
def test_what_a_field_shows_is_read_as_what_the_file_says(written: Written) -> None:
    for dose in written.document["dose"]:
        shown = {name: each[0] if each else "" for name, each in shown_dose(dose).items()}
        rule, _, _ = words.read_day_rule(shown["days"], TODAY)
        says = read_days(dose.get("days", "daily"))
        assert read_days(rule) == (
            Days("daily") if says == Days("week", tuple(range(7))) else says
        )
        assert words.read_places(shown["place"]) == _simplest(dose.get("place"))
        assert words.read_day(shown["start"]) == dose.get("start")
    tables = (each for each in written.document["meals"].values() if isinstance(each, dict))
    for meal in tables:
        own = {day: at for day, at in meal.items() if len(day) == 3 and day != "eat"}
        assert words.read_own_days(words.shown_own_days(own)) == own


def _simplest(place: Any) -> Any:
    """One entry for the one time there is, is the entry itself."""
    return place[0] if isinstance(place, list) and len(place) == 1 else place


@pytest.mark.parametrize(
    ("place", "fields", "replaced", "understood"),
    [
        (0, typed(meals=["breakfast"]), [('"breakfast", "dinner"', '"breakfast"')], []),
        (
            0,
            typed(when="times", times="8.15"),
            [('with = ["breakfast", "dinner"]', 'at = ["08:15"]')],
            ['"8.15" was read as 08:15'],
        ),
        (
            1,
            typed(when="meal", meals=["dinner", "breakfast"], place="3"),
            [
                ('at = ["20:00", "08:00"]', 'with = ["breakfast", "dinner"]'),
                ("place = [2, 1]", "place = 3"),
            ],
            [],
        ),
        (1, typed(times="08:00 and 21:00"), [('"20:00"', '"21:00"')], []),
        (
            1,
            typed(times="8:3, 12:00, 14:00"),
            [],
            [],
        ),
        (0, typed(count="60", per_intake="2"), [("90, low", "60, per_intake = 2, low")], []),
        (0, typed(count=""), [("\nstock = { count = 90, low = 7 }", "")], []),
        (1, typed(count="30"), [("place = [2, 1]", "place = [2, 1]\nstock = { count = 30 }")], []),
        (
            1,
            typed(days="for 7 days"),
            [
                (
                    "place = [2, 1]",
                    'place = [2, 1]\ndays = "daily"\nstart = 2026-11-29\nend = 2026-12-05',
                )
            ],
            ['"for 7 days" was read as daily from 2026-11-29 to 2026-12-05'],
        ),
    ],
)
def test_what_is_typed_stands_in_the_file(
    place: int,
    fields: dict[str, list[str]],
    replaced: list[tuple[str, str]],
    understood: list[str],
) -> None:
    done = edited_dose(MINE, place, filled(MINE, place, fields), TODAY)
    if not replaced:
        assert list(done.wrong) == ["times"]
        return
    assert (done.text, done.understood) == (changed(MINE, *replaced), understood)


def test_times_that_come_near_to_each_other_get_a_shorter_window() -> None:
    done = edited_dose(MINE, 1, typed(times="08:00, 10:00"), TODAY)
    assert tomllib.loads(done.text)["dose"][1]["late"] == "1h"


# A label with more than a form shows.
LABELLED = MINE.replace(
    'days = "daily"\n',
    """\
days = "daily"
contents = [                                                        # the whole capsule
  { nutrient = "vitamin-d3", amount = 25, unit = "µg", iu = 1000 }, # both units
  { nutrient = "magnesium", form = "citrate", amount = 300, unit = "mg", basis = "compound" },
]
""",
)


@pytest.mark.parametrize(
    ("said", "replaced"),
    [
        (
            "vitamin-d3 25 µg, magnesium citrate 400 mg (compound)",
            [("amount = 300", "amount = 400")],
        ),
        (
            "vitamin-d3 25 µg, magnesium 60 mg (elemental)",
            [
                ('form = "citrate", amount = 300', "amount = 60"),
                ('"compound"', '"elemental"'),
            ],
        ),
        # The other unit would say another amount now.
        (
            "D3 50 µg, magnesium citrate 300 mg (compound)",
            [('amount = 25, unit = "µg", iu = 1000', 'amount = 50, unit = "mcg"')],
        ),
    ],
)
def test_what_is_typed_over_the_contents_leaves_the_rest_of_them(
    said: str, replaced: list[tuple[str, str]]
) -> None:
    sent = filled(LABELLED, 0, typed(contents=said))
    assert edited_dose(LABELLED, 0, sent, TODAY).text == changed(LABELLED, *replaced)


def test_a_content_more_or_less_keeps_what_the_form_does_not_show_and_all_comments() -> None:
    sent = filled(LABELLED, 0, typed(contents="zinc 10 mg\r\nvitamin-d3 25 µg"))
    done = edited_dose(LABELLED, 0, sent, TODAY)
    assert tomllib.loads(done.text)["dose"][0]["contents"] == [
        {"nutrient": "zinc", "amount": 10, "unit": "mg"},
        {"nutrient": "vitamin-d3", "amount": 25, "unit": "µg", "iu": 1000},
    ]
    assert sorted(comments(done.text)) == sorted(comments(LABELLED))


@pytest.mark.parametrize(
    "said",
    [
        "D3",
        "1000 IU",
        "D3 1000",
        "D3 lots",
        "D3 1000 IU quercetin 500 mg",
        "2 x D3 1000 IU",
        "lutein 10mg zeaxanthin 2 mg",
        "D3 1000 IU, K2",
    ],
)
def test_contents_that_leave_something_open_are_told(said: str) -> None:
    done = edited_dose(MINE, 0, filled(MINE, 0, typed(contents=said)), TODAY)
    [told] = done.wrong["contents"]
    assert "does not say what it is, how much and in which unit; write it as the label" in told
    assert done.text == MINE


def test_a_point_that_may_be_one_of_thousands_is_told() -> None:
    done = edited_dose(MINE, 0, filled(MINE, 0, typed(contents="lutein 1.000 mg")), TODAY)
    assert done.wrong["contents"] == ['"1.000 mg" can be read in two ways; write "1000" or "2.5"']


WRONG = {
    "contents": ("D3 lots", '"D3 lots" does not say what it is, how much and in which unit'),
    "name": ("", '"" is empty; write 1 to 64 bytes of text'),
    "times": ("soon", '"soon" is not a time of day; write "HH:MM" from "00:00" to "23:59"'),
    "days": ("monthly", '"monthly" does not say the day; write the day, as "the 1st"'),
    "start": ("1.2.26", '"1.2.26" is not a date; write it as 2026-01-31'),
    "place": ("40", "40 does not fit here; write a whole number from 1 to 32"),
    "count": ("many", '"many" does not fit here; write a whole number from 0 to 1000000'),
    "late": ("5m", '"5m" is too short; write a duration from "10m" to "14d"'),
    "food": ("much", '"much" is not known here; write one of "", "fat", "any", "empty"'),
}


@pytest.mark.parametrize("field", WRONG)
def test_what_does_not_fit_is_told_at_its_field_and_changes_nothing(field: str) -> None:
    said, told = WRONG[field]
    done = edited_dose(MINE, 1, typed(**{field: said}), TODAY)
    assert done.text == MINE
    assert list(done.wrong) == [field]
    assert done.wrong[field][0].startswith(told)


def test_all_that_is_wrong_is_told_at_once() -> None:
    fields = {field: [said] for field, (said, _) in WRONG.items()}
    assert set(edited_dose(MINE, 1, fields, TODAY).wrong) == set(WRONG)


def test_a_dose_with_no_meal_ticked_is_told() -> None:
    done = edited_dose(MINE, 0, typed(meals=[]), TODAY)
    assert done.wrong == {
        "meals": ["no meal is ticked; tick the meal that it is taken with, or write times"]
    }


@given(st.dictionaries(st.sampled_from(FIELDS), st.lists(st.text(max_size=30), max_size=2)))
def test_whatever_a_browser_sends_the_file_stays_one(fields: dict[str, list[str]]) -> None:
    done = edited_dose(MINE, 0, fields, TODAY)
    assert sorted(comments(done.text)) == sorted(comments(MINE))
    before, after = tomllib.loads(MINE), tomllib.loads(done.text)
    assert after["dose"][1] == before["dose"][1]
    assert after["meals"] == before["meals"]


@pytest.mark.parametrize(
    ("fields", "replaced", "understood"),
    [
        ({"at.breakfast": ["08:00"]}, [('"07:30"', '"08:00"')], []),
        (
            {"at.breakfast": ["8.15"]},
            [('"07:30"', '"08:15"')],
            ['"8.15" was read as 08:15'],
        ),
        (
            {"days.breakfast": ["sat and sun 09:00"]},
            [('"07:30"', '{ at = "07:30", sat = "09:00", sun = "09:00" }')],
            [],
        ),
        ({"days.dinner": [""]}, [(', sun = "19:00"', "")], []),
        (
            {"at.dinner": ["19:00"], "days.dinner": ["sunday 8 pm"]},
            [('at = "18:30", sun = "19:00"', 'at = "19:00", sun = "20:00"')],
            ['"sunday 8 pm" was read as sun 20:00'],
        ),
        # As the questions of the wizard take it.
        (
            {"days.dinner": ["8 pm on Sunday"]},
            [('sun = "19:00"', 'sun = "20:00"')],
            ['"8 pm on Sunday" was read as sun 20:00'],
        ),
    ],
)
def test_a_meal_moves(
    fields: dict[str, list[str]], replaced: list[tuple[str, str]], understood: list[str]
) -> None:
    done = edited_meals(MINE, fields)
    assert (done.text, done.wrong, done.understood) == (changed(MINE, *replaced), {}, understood)


@pytest.mark.parametrize(
    ("field", "said", "told"),
    [
        ("at.breakfast", "", '"" is not a time of day; write "HH:MM" from "00:00" to "23:59"'),
        ("at.dinner", "25:00", '"25:00" is not a time of day'),
        ("days.dinner", "09:00", '"09:00" does not say the day; write it as "Sunday 9"'),
        ("days.dinner", "holidays 09:00", '"holidays 09:00" is not a time of day'),
        ("days.dinner", "sat", '"sat" has a day without a time'),
    ],
)
def test_a_meal_that_cannot_be_read_stays_where_it_is(field: str, said: str, told: str) -> None:
    done = edited_meals(MINE, {field: [said]})
    assert done.text == MINE
    assert done.wrong[field][0].startswith(told)
