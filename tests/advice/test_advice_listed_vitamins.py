"""Vitamin D among the medicines: counted where its amount is known, and else said."""

from itertools import product

import pytest

from advice_texts import CLEAN, D3, MK7, TODAY, a_dose, a_schedule, at, findings, takes, verdict
from dosebell_host.advice.intake import intake_of
from dosebell_host.reference.recognised import reading_of
from dosebell_host.reference.units import number
from dosebell_host.schedule.read_file import parse


def lists(*entries: str) -> str:
    """A person with medicines as tables of the file."""
    return CLEAN.replace("[]", f"[{', '.join(f'{{ {each} }}' for each in entries)}]")


def total(person: str, *doses: str) -> str:
    """mcg of vitamin D a day of a schedule, the most of any time."""
    intake = intake_of(parse(a_schedule(*doses, person=person), "x"), TODAY)
    return number(max((phase.total for phase in intake.phases("d")), default=0))


@pytest.mark.parametrize(
    ("listed", "mcg"),
    [
        ('name = "colecalciferol 800 IU"', "20"),
        ('name = "Vitamin D3 25 µg"', "25"),
        ('name = "Adcal-D3 1500 mg/400 IU"', "10"),
        ('name = "vitamina D 2.000 UI"', "50"),
        ('name = "ergocalciferol 400 IU"', "10"),
        ('name = "colecalciferol 800 IU", at = ["08:00", "20:00"]', "40"),
        # Once a week, by the file, by the name, by the label.
        ('name = "colecalciferol 20,000 IU", days = ["sun"]', "71.4"),
        ('name = "Dekristol 20.000 I.E. weekly"', "71.4"),
        ('name = "colecalciferol 7000 IU once a week"', "25"),
        ('name = "Fosavance 70 mg/5600 IU"', "20"),
        # Not counted: how much, how often, or whether it is vitamin D at all.
        ('name = "Adcal-D3"', "0"),
        ('name = "Fosavance"', "0"),
        ('name = "colecalciferol 20,000 IU"', "0"),
        ('name = "Adcal-D3 400 IU, 2 tablets"', "0"),
        ('name = "calcitriol 0.25 mcg"', "0"),
        ('name = "colecalciferol 800 IU", end = 2026-11-21', "0"),
        ('name = "vitamin D cream 400 IU"', "0"),
    ],
)
def test_how_much_vitamin_d_is_among_the_medicines(listed: str, mcg: str) -> None:
    assert total(lists(listed), a_dose(MK7())) == mcg


def test_it_is_in_the_sum() -> None:
    person = lists('name = "colecalciferol 800 IU"')
    dose = a_dose(D3(3600, "IU"))
    assert findings(dose, person=person) == {
        ("D3-SUM", "note"),
        ("D3-UL", "error"),
    }
    [several] = [
        each for each in verdict(a_schedule(dose, person=person)).findings if each.rule == "D3-SUM"
    ]
    assert several.seen == "colecalciferol 800 IU (listed) 20 mcg + pill 90 mcg a day"
    assert findings(dose) == {("D3-CALCIUM", "note")}


def test_just_below_the_limit_it_is_a_note() -> None:
    person = lists('name = "colecalciferol 400 IU"')
    found = findings(a_dose(D3(90)), person=person)
    assert found == {("D3-SUM", "note"), ("D3-CALCIUM", "note")}


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Adcal-D3", "how much vitamin D one intake has is not said"),
        ("Fosavance", "how much vitamin D one intake has is not said"),
        ("colecalciferol 20,000 IU", "how often is not said"),
        ("Calcichew D3 Forte", "how much vitamin D one intake has is not said"),
    ],
)
def test_what_is_not_counted_is_said(name: str, why: str) -> None:
    text = a_schedule(a_dose(D3(10)), person=takes(name))
    [found] = [each for each in verdict(text).findings if each.rule == "D3-UNCOUNTED"]
    assert (found.severity, found.seen) == ("warning", f"{name}: {why}")
    alone = a_schedule(a_dose(MK7()), person=takes(name))
    assert {each.severity for each in verdict(alone).findings if each.rule == "D3-UNCOUNTED"} == {
        "note"
    }


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ({"medicine": "Adcal-D3"}, {("D3-UNCOUNTED", "warning")}),
        ({"medicine": "Adcal-D3", "contents_": True}, {("D3-SUM", "note")}),
    ],
)
def test_a_dose_that_is_such_a_medicine_says_it_in_its_contents(
    keys: dict[str, object], found: set[tuple[str, str]]
) -> None:
    contents = [D3(10)] if keys.pop("contents_", None) else []
    calcium = at("12:00", *contents, ident="calcium", **keys)
    assert findings(a_dose(D3(5)), calcium) == found


def test_calcium_with_vitamin_d_is_a_mineral_too() -> None:
    person = takes("Adcal-D3 400 IU 08:00", "levothyroxine 07:00")
    assert ("MIN-LEVO", "error") in findings(a_dose(MK7()), person=person)


def test_a_mineral_without_a_time_beside_levothyroxine_is_asked_for_its_time() -> None:
    person = takes("calcium", "levothyroxine 07:00")
    assert findings(a_dose(D3(10)), person=person) == {("MED-TIME", "warning")}


def test_what_a_prescriber_gave_is_no_error_by_itself() -> None:
    person = lists('name = "colecalciferol 20,000 IU", days = ["sun"]')
    assert {severity for _, severity in findings(a_dose(MK7()), person=person)} == {"note"}


def test_the_bone_medicine_is_not_too_close_to_its_own_vitamin() -> None:
    person = takes("Fosavance 5600 IU 07:00")
    assert findings(at("12:00", MK7()), person=person) == set()


SINGLE = [f"Vitamin {each}" for each in ("A", "B6", "B12", "C", "D", "D3", "E", "K", "K2")]
SINGLE += ["iron", "zinc", "calcium", "magnesium", "folic acid"]
PIECES = ["1 tablet", "tablets", "pill", "2 pills", "capsules", "500 mg tablets", "drops"]


def taken_for(written: str) -> tuple[set[frozenset[str]], bool, str]:
    """The classes by which the rules know it, whether they do not know it, and what is asked."""
    found = reading_of(written)
    return {each.classes for each in found.medicines}, found.unknown, found.question


@pytest.mark.parametrize(("single", "piece"), list(product(SINGLE, PIECES)))
def test_one_vitamin_or_mineral_in_a_piece_is_what_it_is_alone(single: str, piece: str) -> None:
    assert taken_for(f"{single} {piece}") == taken_for(single)


@pytest.mark.parametrize(
    "several",
    [
        *(
            "vitamin tablets",
            "1 vitamin pill",
            "multi vitamin C tablet",
            "Vitamin B complex tablets",
        ),
        *(
            "Vitamin A-Z tablets",
            "Vitamin A to Z tablets",
            "vitamin A D E K tablet",
            "the vitamins",
        ),
    ],
)
def test_what_may_hold_several_is_asked_for_all_the_same(several: str) -> None:
    assert reading_of(several).question == "what does one intake hold?"
