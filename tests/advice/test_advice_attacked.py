"""What a pharmacist found who attacked the checks, each with its neighbours."""

import pytest

from advice_texts import (
    CLEAN,
    MK7,
    TODAY,
    Mg,
    a_dose,
    a_schedule,
    at,
    content,
    findings,
    takes,
    the_finding,
)
from dosebell_host.advice.fixes.correct import corrected
from dosebell_host.reference.condition_words import meanings_of


@pytest.mark.parametrize(
    "name",
    [
        "Magnesium valproate 200 mg",
        "Esomeprazole magnesium 40 mg",
        "Atorvastatin calcium 20 mg",
        "Insulin zinc 20 IU",
        "Nifedipine calcium antagonist 20 mg",
        "Omeprazole magnesium 20 mg",
    ],
)
def test_a_medicine_that_is_a_salt_gets_no_mineral_and_is_not_moved(name: str) -> None:
    dose = at("08:00", ident="drug", name=name)
    text = a_schedule(dose, person=takes("levothyroxine 07:00"))
    new, _ = corrected(text, "plan.toml", TODAY)
    assert ("contents" in new, 'at = ["08:00"]' in new) == (False, True)


def test_a_mineral_with_its_salt_is_proposed_all_the_same() -> None:
    dose = at("08:00", ident="mg", name="Magnesium citrate 100 mg")
    text = a_schedule(dose, person=takes("levothyroxine 07:00"))
    assert "contents" in corrected(text, "plan.toml", TODAY)[0]


@pytest.mark.parametrize("keys", ["", "contents = []\n"])
def test_a_medicine_that_is_only_a_name_of_a_dose_counts(keys: str) -> None:
    warfarin = at("18:00", ident="w", name="Warfarin 3 mg") + keys
    assert ("K2-VKA", "error") in findings(a_dose(MK7(100)), warfarin, person=CLEAN)


@pytest.mark.parametrize(
    ("written", "swallowed"),
    [
        ("ciprofloxacin tablets for ear infection", True),
        ("ciprofloxacin 500 mg for my ear", True),
        ("doxycycline for skin", True),
        ("ciprofloxacin IV then oral", True),
        ("ciprofloxacin eye drops", False),
        ("ofloxacin ear drops", False),
        ("ciprofloxacin IV", False),
    ],
)
def test_what_it_is_for_is_no_way_of_taking_it(written: str, swallowed: bool) -> None:
    found = findings(a_dose(Mg(100)), person=takes(f"{written} 08:30"))
    assert any(rule in ("MIN-QUIN", "MIN-TETRA") for rule, _ in found) is swallowed


def test_a_retinoid_on_the_skin_is_not_the_one_that_is_swallowed() -> None:
    vitamin_a = a_dose(content("vitamin-a", 800, "mcg"))
    assert ("VITA-RETINOID", "error") in findings(vitamin_a, person=takes("isotretinoin"))
    assert findings(vitamin_a, person=takes("isotretinoin gel")) == {("MED-ROUTE", "note")}


@pytest.mark.parametrize("medicine", ["Tivicay 08:00", "CellCept 08:00", "Plaquenil 08:00"])
def test_no_label_asks_for_no_time_at_all(medicine: str) -> None:
    part = content("iron", 14, "mg") if "Tivicay" in medicine else Mg(100)
    for rule, _ in findings(a_dose(part), person=takes(medicine)):
        if rule == "MIN-BOUND":
            assert " 0 min" not in the_finding(rule, a_dose(part), person=takes(medicine)).message


@pytest.mark.parametrize(
    ("written", "same_as"),
    [("eGFR<30", "eGFR 29"), ("eGFR below 30", "eGFR 29"), ("eGFR 30", "eGFR 31")],
)
def test_below_a_number_is_below_it(written: str, same_as: str) -> None:
    assert [kind for kind, _ in meanings_of(written)] == [kind for kind, _ in meanings_of(same_as)]
