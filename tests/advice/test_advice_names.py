"""Medicines and illnesses in a person's own words: what they mean, and what they do not."""

import pytest

from advice_texts import CLEAN, D3, MK7, Mg, a_dose, findings, takes, the_finding
from dosebell_host.reference.conditions import meanings_of
from dosebell_host.reference.recognised import known_medicines


def ill(condition: str) -> str:
    return CLEAN + f'conditions = ["{condition}"]\n'


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("history of kidney stones", ("D3-CONTRA", "error")),
        ("Kidney stones (2019)", ("D3-CONTRA", "error")),
        ("calcium-oxalate kidney stones", ("D3-CONTRA", "error")),
        ("renal calculi", ("D3-CONTRA", "error")),
        ("hyper-calcaemia", ("D3-CONTRA", "error")),
        ("severe kidney failure", ("D3-CONTRA", "error")),
        ("lung cancer", ("D3-CAUTION", "warning")),
        ("pulmonary tuberculosis", ("D3-CAUTION", "warning")),
        ("leukaemia", ("D3-CAUTION", "warning")),
        ("CKD stage 3", ("D3-CAUTION", "warning")),
        ("severe chronic kidney disease", ("D3-CONTRA", "error")),
        ("Morbus Crohn", ("ABSORB", "note")),
        ("kidney stones and Crohn's disease", ("D3-CONTRA", "error")),
        ("kidney stones and Crohn's disease", ("ABSORB", "note")),
    ],
)
def test_an_illness_is_known_inside_other_words(written: str, rule: tuple[str, str]) -> None:
    found = findings(a_dose(D3(10)), person=ill(written))
    assert rule in found
    assert ("COND-UNKNOWN", "warning") not in found


@pytest.mark.parametrize(
    "written",
    [
        "no kidney stones",
        "never had cancer",
        "family history of sarcoidosis",
        "mother had breast cancer",
        "healthy kidneys",
        "mild kidney disease",
        "high calcium diet",
        "planning pregnancy",
        "nursing home",
        "no known illness",
    ],
)
def test_what_someone_does_not_have_is_not_taken_for_theirs(written: str) -> None:
    assert findings(a_dose(D3(10)), person=ill(written)) == {("COND-UNKNOWN", "warning")}


def test_the_longest_name_counts() -> None:
    assert meanings_of("non-Hodgkin lymphoma") == (("caution", "lymphoma"),)


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Xarelto (blood thinner)", ["rivaroxaban"]),
        ("blood thinner: Eliquis 5 mg", ["apixaban"]),
        ("Marcumar, a blood thinner", ["phenprocoumon"]),
        # The one beside aspirin may well be warfarin.
        ("aspirin, blood thinner", ["vitamin K antagonist", "aspirin"]),
        ("aspirin and a blood thinner", ["vitamin K antagonist", "aspirin"]),
        ("blood thinner", ["vitamin K antagonist"]),
        ("ramipril + thiazide", ["thiazide", "ramipril"]),
    ],
)
def test_a_word_for_a_class_yields_to_the_medicine_it_describes(
    written: str, names: list[str]
) -> None:
    assert sorted(each.name for each in known_medicines(written)) == sorted(names)


def test_a_blood_thinner_that_does_not_work_through_vitamin_k_is_no_alarm() -> None:
    assert findings(a_dose(MK7()), person=takes("Xarelto (blood thinner)")) == set()


@pytest.mark.parametrize(
    ("written", "generic"),
    [
        ("Prednisolon 5 mg", "prednisolone"),
        ("Hydrochlorothiazid", "hydrochlorothiazide"),
        ("Carbamazepin 200", "carbamazepine"),
        ("digoxine", "digoxin"),
        ("Alendronsäure", "alendronate"),
        ("Ramipril/Hydrochlorothiazid", "hydrochlorothiazide"),
    ],
)
def test_the_last_letter_of_another_language_is_known(written: str, generic: str) -> None:
    assert generic in [each.name for each in known_medicines(written)]


def test_the_spelling_of_another_language_keeps_its_distance() -> None:
    found = the_finding("MIN-TETRA", a_dose(Mg(100)), person=takes("Minocyclin 09:00"))
    assert (found.severity, found.seen) == (
        "error",
        "magnesium at 08:00, Minocyclin (minocycline) at 09:00: 1 h apart",
    )
