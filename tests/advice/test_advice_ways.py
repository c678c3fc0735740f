"""Doses whose name says that nobody swallows them: no gut, and sums only of what gets inside."""

import pytest

from advice_texts import (
    CLEAN,
    D3,
    LEVO,
    MEALS,
    MK7,
    TODAY,
    Mg,
    a_dose,
    a_schedule,
    at,
    content,
    findings,
    retinol,
    takes,
    the_finding,
)
from dosebell_host.advice.fixes.correct import corrected

IRON, CALCIUM = content("iron", 14, "mg"), content("calcium", 500, "mg")
K1 = content("vitamin-k1", 100)
NOTED = {("MED-ROUTE", "note")}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("Iron infusion", IRON),
        ("Ferinject i.v.", IRON),
        ("Iron IV", IRON),
        ("Eiseninfusion", IRON),
        ("Calcium injection", CALCIUM),
        ("Magnesium oil spray", Mg(100)),
        ("Magnesiumöl", Mg(100)),
        ("Magnesium lotion", Mg(100)),
        ("Bath & Body magnesium lotion", Mg(100)),
        ("Magnesium bath flakes", Mg(100)),
        ("Magnesium butter", Mg(100)),
        ("Magnesium roll-on", Mg(100)),
        ("Magnesium skin spray", Mg(100)),
        ("Zinksalbe", content("zinc", 10, "mg")),
        ("Zinc cream", content("zinc", 10, "mg")),
        ("huile de magnésium", Mg(100)),
    ],
)
def test_what_nobody_swallows_is_in_no_medicines_way(name: str, part: str) -> None:
    assert ("MIN-LEVO", "error") in findings(a_dose(part), person=LEVO)
    assert findings(a_dose(part, name=name), person=LEVO) == NOTED


@pytest.mark.parametrize(
    "name",
    [
        "Magnesium",
        "Magnesium spray",
        "Iron oral spray",
        "Iron tablets after the infusion",
        "Magnesium Trinkampulle",
        "Magnesium drink shot",
        "Zinc for skin, hair and nails",
        "Zinc peau cheveux ongles",
        "Eye vitamins with zinc",
        "Augenvitamine mit Zink",
        "Magnesium im Beutel",
        "Iron Infused gummies",
        "Butter flavoured magnesium",
        "Magnesium, cream flavour",
        "SC Nutrition magnesium",
        "Magnesium with fish oil",
        "Iron drops",
        "Bath & Body vitamins",
        "Bed Bath and Beyond magnesium",
    ],
)
def test_what_may_be_swallowed_is_in_the_way(name: str) -> None:
    assert ("MIN-LEVO", "error") in findings(a_dose(Mg(100), name=name), person=LEVO)


def test_the_file_says_it_better_than_the_name() -> None:
    dose = a_dose(Mg(100), name="Magnesium oil spray", route="oral")
    assert findings(dose, person=LEVO) == {("MIN-LEVO", "error")}


@pytest.mark.parametrize("name", ["Vitamin D3 injection", "D3 i.m.", "Vitamin D3 IM"])
def test_an_injection_counts_in_sums_and_needs_no_food(name: str) -> None:
    dose = at("22:00", D3(125), name=name, food="empty")
    assert findings(dose) == {("D3-UL", "error")} | NOTED
    assert ("D3-SINGLE", "error") in findings(a_dose(D3(300_000, "IU"), name=name))


def test_vitamin_k_counts_beside_its_antagonist_by_any_way() -> None:
    warfarin = takes("warfarin 18:00")
    injected = a_dose(K1, name="Vitamin K injection")
    assert ("K2-VKA", "error") in findings(injected, person=warfarin)
    on_skin = a_dose(MK7(100), name="Vitamin K2 cream")
    assert ("K2-VKA", "warning") in findings(on_skin, person=warfarin)
    assert ("K2-VKA", "error") not in findings(on_skin, person=warfarin)


@pytest.mark.parametrize("name", ["Vitamin D patch", "Retinol cream"])
def test_what_is_on_the_skin_counts_in_no_sum(name: str) -> None:
    assert findings(a_dose(D3(300), retinol(4000), name=name)) == NOTED


def test_it_is_said_by_which_word() -> None:
    found = the_finding("MED-ROUTE", a_dose(IRON, ident="fe", name="Iron infusion"))
    assert (found.severity, found.doses, found.seen) == (
        "note",
        ("fe",),
        '"Iron infusion", by the word "infusion"',
    )
    assert "counts in every sum" in found.message
    skin = the_finding("MED-ROUTE", a_dose(Mg(9), name="Magnesium oil spray"))
    assert skin.seen == '"Magnesium oil spray", by the word "magnesium oil"'
    assert "in no sum" in skin.message


def test_what_holds_nothing_that_rules_know_is_not_told() -> None:
    assert findings(a_dose(content("vitamin-b12", 1000), name="B12 injection")) == set()


@pytest.mark.parametrize(
    "name",
    [
        "Iron infusion 500 mg",
        "Magnesium oil spray 100 mg",
        "Vitamin D3 injection 300000 IU",
        "Vitamin D3 100000 IU i.m.",
        "Vitamin K1 injection 10 mg",
        "Zinc cream 10 mg",
    ],
)
def test_no_contents_are_proposed_for_what_nobody_swallows(name: str) -> None:
    person = takes("warfarin 18:00", "levothyroxine 07:00")
    text = a_schedule(a_dose(name=name), person=person, meals=MEALS)
    assert corrected(text, "plan.toml", TODAY) == (text, [])


def test_bone_medicine_and_calcium_meet_no_injection() -> None:
    person = CLEAN.replace("[]", '[{ name = "alendronate", at = "07:00" }]')
    iron = at("07:10", IRON, ident="fe", name="Iron injection")
    assert findings(iron, person=person) == NOTED
    calcium = at("07:10", CALCIUM, ident="ca", name="Calcium 500 mg")
    assert findings(iron, calcium) == NOTED
