"""What can be put right by itself, what is left alone, and that nothing of the file is lost."""

import datetime as dt
import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice_strategies import HEAD, PERSONS, doses, written
from advice_texts import (
    CLEAN,
    COMMENTED,
    D3,
    DAY,
    LEAN,
    LEVO,
    MEALS,
    MK4,
    MK7,
    TODAY,
    Mg,
    a_dose,
    a_schedule,
    accepted,
    at,
    content,
    takes,
    verdict,
)
from dosebell_host.advice.findings import NOTE
from dosebell_host.advice.fixes.correct import corrected
from dosebell_host.advice.fixes.corrections import CORRECTIONS
from dosebell_host.advice.rules.table import RULES

EXACT = {"early": "0m"}


def told(*parts: str, person: str = CLEAN, meals: str = LEAN) -> list[str]:
    """Each correction of a schedule, in words."""
    text = a_schedule(*parts, person=person, meals=meals)
    return [each.text() for each in corrected(text, "plan.toml", TODAY)[1]]


@pytest.mark.parametrize(
    ("dose", "person", "sentence"),
    [
        # A mineral and levothyroxine: four hours, and five where it may be taken an hour early.
        (at("08:00", Mg(100), **EXACT), LEVO, "08:00 -> 11:00, 4 h after levothyroxine at 07:00"),
        (at("08:00", Mg(100)), LEVO, "08:00 -> 12:00, 5 h after levothyroxine at 07:00"),
        (a_dose(Mg(100)), LEVO, "breakfast -> lunch, 5 h 30 min after levothyroxine at 07:00"),
        (
            a_dose(Mg(100), with_=["breakfast", "lunch"]),
            LEVO,
            "breakfast, lunch -> lunch, 5 h 30 min after levothyroxine at 07:00",
        ),
        # In the evening it stays in the evening.
        (
            at("21:00", Mg(100), **EXACT),
            takes("levothyroxine 22:30"),
            "21:00 -> 18:30, 4 h before levothyroxine at 22:30",
        ),
        # Only the time that is in the way moves; where none alone will do, all move alike.
        (
            a_dose(Mg(50), at=["08:00", "20:00"], **EXACT),
            LEVO,
            "08:00, 20:00 -> 11:00, 20:00, 4 h after levothyroxine at 07:00",
        ),
        (
            a_dose(Mg(50), at=["08:00", "09:30"], late="30m", **EXACT),
            LEVO,
            "08:00, 09:30 -> 11:00, 12:30, 4 h after levothyroxine at 07:00",
        ),
        # No meal is far enough from both antibiotics.
        (
            a_dose(Mg(100), **EXACT),
            takes("ciprofloxacin 09:00", "ciprofloxacin 21:00"),
            "breakfast -> lunch, 3 h 30 min after ciprofloxacin at 09:00",
        ),
        (
            at("09:00", Mg(100), **EXACT),
            takes("doxycycline 12:00"),
            "09:00 -> 14:00, 2 h after doxycycline at 12:00",
        ),
        (
            at("07:40", Mg(100), **EXACT),
            takes("alendronate 07:00"),
            "07:40 -> 09:00, 2 h after alendronate at 07:00",
        ),
        (
            at("07:15", MK7(), **EXACT),
            takes("Fosamax 07:00"),
            "07:15 -> 07:30, 30 min after Fosamax (alendronate) at 07:00",
        ),
        (
            a_dose(D3(10)),
            takes("orlistat 08:00"),
            "breakfast -> lunch, 4 h 30 min after orlistat at 08:00",
        ),
        (
            at("09:00", D3(10), **EXACT),
            takes("Questran 08:00"),
            "09:00 -> 14:00, 6 h after Questran (cholestyramine) at 08:00",
        ),
        (
            at("09:00", D3(10), **EXACT),
            takes("mineral oil 08:00"),
            "09:00 -> 12:00, 4 h after mineral oil (liquid paraffin) at 08:00",
        ),
        # Fat: a meal that is known to have it, else one of which nothing is known.
        (a_dose(D3(10)), CLEAN, "breakfast -> dinner, which has 20 g of fat"),
        (a_dose(MK4(100)), CLEAN, "breakfast -> dinner, which has 20 g of fat"),
        (
            a_dose(D3(10), at=["22:00"], food="empty"),
            CLEAN,
            "22:00 -> dinner, which has 20 g of fat",
        ),
        (a_dose(D3(10), at=["18:00"]), CLEAN, "18:00 -> dinner, which has 20 g of fat"),
        # Nobody is asked for two at once.
        (
            a_dose(MK7(), late="13h"),
            CLEAN,
            "late 13h -> late 12h, so that two never come close together",
        ),
    ],
)
def test_a_dose_goes_to_the_next_best_place(dose: str, person: str, sentence: str) -> None:
    assert told(dose, person=person) == [f"pill: {sentence}"]


def test_without_a_meal_known_to_have_fat_an_undescribed_one_will_do() -> None:
    assert told(a_dose(D3(10)), meals=DAY) == ["pill: breakfast -> lunch, which is a meal"]


def test_fewer_meals_where_no_shorter_time_helps() -> None:
    three = a_dose(MK7(), with_=["breakfast", "lunch", "dinner"], late="1h")
    meals = LEAN.replace("19:00", "19:30")
    assert told(three, meals=meals) == [
        "pill: breakfast, lunch, dinner -> breakfast, lunch, so that two never come close together"
    ]


@pytest.mark.parametrize(
    ("parts", "person", "meals"),
    [
        # A medicine is never moved, nor what somebody prescribed.
        ([at("08:00", Mg(100), medicine="iron")], LEVO, LEAN),
        ([at("08:00", Mg(100), prescribed=True)], LEVO, LEAN),
        ([at("07:15", ident="statin", medicine="simvastatin")], takes("Fosamax 07:00"), LEAN),
        # Nor what is one by its name only, or what nobody can tell to be a supplement.
        ([at("07:15", D3(10), ident="statin", name="Zocor")], takes("Fosamax 07:00"), LEAN),
        ([at("07:15", ident="pill")], takes("Fosamax 07:00"), LEAN),
        ([at("07:15", content("levothyroxine", 50))], takes("Fosamax 07:00"), LEAN),
        # What was accepted is right.
        ([at("08:00", Mg(100)), accepted("MIN-LEVO")], LEVO, LEAN),
        # There is no place in this day.
        (
            [at("08:00", Mg(100))],
            takes(*(f"levothyroxine {h:02}:00" for h in range(1, 24, 4))),
            LEAN,
        ),
        # No meal with fat, and none that might have some.
        ([a_dose(D3(10))], CLEAN, 'breakfast = { at = "08:00", fat_g = 2 }\n'),
        # Some fat is a note: it still works with less.
        ([a_dose(D3(10))], CLEAN, LEAN.replace("= 2 ", "= 5 ")),
        # With a meal it would be one intake a day and half the amount.
        ([a_dose(D3(10), at=["08:00", "20:00"], food="empty")], CLEAN, LEAN),
        # Amounts, weekdays and lists are for a person to decide.
        ([a_dose(D3(500), days="daily")], CLEAN, MEALS),
        ([a_dose(Mg(400, None))], CLEAN, MEALS),
        ([a_dose(MK7())], takes("warfarin"), MEALS),
    ],
)
def test_what_is_not_obvious_is_left_alone(parts: list[str], person: str, meals: str) -> None:
    text = a_schedule(*parts, person=person, meals=meals)
    assert verdict(text).findings != ()
    assert corrected(text, "plan.toml", TODAY) == (text, [])


def test_two_things_in_one_file_are_both_put_right() -> None:
    both = [a_dose(D3(10), ident="d3"), at("08:00", Mg(100), ident="mg")]
    text = a_schedule(*both, person=LEVO, meals=LEAN)
    new, done = corrected(text, "plan.toml", TODAY)
    assert [(each.rule, each.dose) for each in done] == [("MIN-LEVO", "mg"), ("D3-FAT", "d3")]
    assert verdict(new).held == verdict(new).warned == []


def test_the_last_dose_of_a_hard_day_is_put_right_in_the_same_run() -> None:
    """However long the search was for the doses before it."""
    k2 = [a_dose(MK7(), ident=name) for name in ("k2", "more-k2")]
    before_it = "30 min before Fosamax (alendronate) at 07:45"
    assert told(
        *k2,
        at("06:00", Mg(100), D3(10), ident="mg"),
        person=takes("orlistat 13:00", "Fosamax 07:45"),
        meals='breakfast = { at = "08:00", fat_g = 5 }\nlunch = { at = "13:00", fat_g = 10 }\n',
    ) == [
        f"k2: breakfast -> 07:15, {before_it}",
        f"more-k2: breakfast -> 07:15, {before_it}",
        "mg: 06:00 -> 17:00, 9 h 15 min after Fosamax (alendronate) at 07:45",
    ]


def test_every_corrector_belongs_to_a_rule() -> None:
    assert CORRECTIONS.keys() < RULES.keys()


@settings(max_examples=100)
@given(st.lists(doses(), min_size=1, max_size=4), st.sampled_from(PERSONS))
def test_nothing_gets_worse_and_once_is_enough(made: list[dict[str, Any]], person: str) -> None:
    text = HEAD + "".join(written(dose, number) for number, dose in enumerate(made)) + person
    new, done = corrected(text, "plan.toml", TODAY)
    before, after = grave(text), grave(new)
    assert {(rule, doses) for rule, doses, _ in after} <= {
        (rule, doses) for rule, doses, _ in before
    }
    assert (new == text) == (done == [])
    assert corrected(new, "plan.toml", TODAY) == (new, [])
    assert amounts(new) == amounts(text)


def grave(text: str) -> set[tuple[str, tuple[str, ...], str]]:
    """The errors and warnings."""
    found = verdict(text).findings
    return {(each.rule, each.doses, each.severity) for each in found if each.severity != NOTE}


def amounts(text: str) -> list[Any]:
    """What is in each dose, how often a day and on which days: no correction may touch that."""
    return [
        (dose.get("contents"), len(dose.get("at", [0])), dose["days"])
        for dose in tomllib.loads(text)["dose"]
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
def test_every_comment_stays(newline: str) -> None:
    text = COMMENTED.replace("\n", newline)
    new, done = corrected(text, "plan.toml", TODAY)
    assert [each.text() for each in done] == [
        "mg: breakfast -> lunch, 5 h 30 min after levothyroxine at 07:00"
    ]
    old_lines = '  with = [   # why breakfast?\n    "breakfast",  # because\n  ]   # with water\n'
    new_lines = '  # why breakfast?\n  # because\n  with = ["lunch"]   # with water\n'
    assert new == COMMENTED.replace(old_lines, new_lines).replace("\n", newline)


def test_a_key_that_is_missing_is_written_beside_the_place() -> None:
    text = a_schedule(a_dose(D3(10), at=["22:00"]), meals=LEAN)
    place = 'at = ["22:00"]'
    new, _ = corrected(text, "plan.toml", TODAY)
    assert new == text.replace(place, 'food = "fat"\nwith = ["dinner"]')


def test_doses_written_as_inline_tables_are_put_right_too() -> None:
    dose = 'dose = [{ id = "d3", name = "D3", at = ["22:00"], days = "daily", contents = ['
    text = f"version = 1\n{dose}{D3(10)}] }}]\n" + a_schedule(meals=LEAN).partition("\n")[2]
    new, done = corrected(text, "plan.toml", TODAY)
    assert len(done) == 1
    assert new == text.replace('at = ["22:00"],', 'food = "fat", with = ["dinner"],')


def test_the_date_of_the_check_is_the_one_that_counts() -> None:
    """A course that is over by then is in nobody's way."""
    course = '[person]\nmedicines = [{ name = "doxycycline", at = "08:00", end = 2026-11-30 }]\n'
    text = a_schedule(at("08:00", Mg(100)), person=None) + course
    assert corrected(text, "plan.toml", TODAY)[1] != []
    assert corrected(text, "plan.toml", dt.date(2026, 12, 1)) == (text, [])
