"""Calcium without vitamin D: the illnesses and medicines that its labels name."""

import pytest

from advice_texts import CLEAN, D3, Mg, a_dose, at, content, findings, takes, the_finding

CALCIUM = content("calcium", 500, "mg")
ERROR, WARNING = "error", "warning"


def ill(*conditions: str) -> str:
    written = ", ".join(f'"{each}"' for each in conditions)
    return f"{CLEAN}conditions = [{written}]\n"


@pytest.mark.parametrize("written", ["Lanitop", "beta-acetyldigoxin", "Metildigoxin 0.1 mg"])
def test_digoxin_by_its_kin_is_told_beside_calcium(written: str) -> None:
    assert findings(a_dose(CALCIUM), person=takes(written)) == {("CA-DIGOXIN", WARNING)}


def test_what_holds_calcium_is_named_in_one_order() -> None:
    two = [a_dose(CALCIUM, ident=ident) for ident in ("zz", "aa")]
    told = {
        the_finding("CA-DIGOXIN", *doses, person=takes("digoxin")).seen
        for doses in (two, two[::-1])
    }
    assert told == {"digoxin, and calcium in aa and calcium in zz"}


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("hypercalcaemia", {("CA-CONTRA", ERROR)}),
        ("Hyperkalzämie", {("CA-CONTRA", ERROR)}),
        ("high urine calcium", {("CA-CONTRA", ERROR)}),
        ("kidney stones", {("CA-CONTRA", ERROR)}),
        ("Nierensteine", {("CA-CONTRA", ERROR)}),
        ("CKD 4", {("CA-CONTRA", ERROR)}),
        ("hyperparathyroidism", {("CA-CAUTION", WARNING)}),
        ("sarcoidosis", {("CA-CAUTION", WARNING)}),
        ("bedridden", {("CA-CAUTION", WARNING)}),
        ("bone metastases", {("CA-CAUTION", WARNING)}),
        ("CKD 3a", {("CA-CAUTION", WARNING)}),
        # Labels of calcium say nothing of these.
        ("tuberculosis", set()),
        ("lymphoma", set()),
        ("gallstones", set()),
        ("no kidney stones", set()),
    ],
)
def test_calcium_alone_with_an_illness(condition: str, found: set[tuple[str, str]]) -> None:
    assert findings(a_dose(CALCIUM), person=ill(condition)) == found
    assert findings(a_dose(content("zinc", 10, "mg")), person=ill(condition)) == set()


def test_what_is_prescribed_is_a_warning() -> None:
    """On dialysis calcium binds phosphate: that is a prescription."""
    dose = a_dose(CALCIUM, prescribed=True)
    assert findings(dose, person=ill("dialysis")) == {("CA-CONTRA", WARNING)}
    person = takes("calcium carbonate", and_='conditions = ["kidney stones"]\n')
    assert findings(a_dose(content("zinc", 10, "mg")), person=person) == {("CA-CONTRA", WARNING)}


@pytest.mark.parametrize(
    ("medicine", "seen"),
    [
        ("Adcal-D3", "kidney stones, and Adcal-D3 (calcium and vitamin D)"),
        ("Rennie", "kidney stones, and Rennie (antacid), which may hold calcium"),
        ("Calcichew", "kidney stones, and Calcichew (calcium carbonate)"),
    ],
)
def test_calcium_among_the_medicines_is_told_as_well(medicine: str, seen: str) -> None:
    person = takes(medicine, and_='conditions = ["kidney stones"]\n')
    found = the_finding("CA-CONTRA", a_dose(Mg(9)), person=person)
    assert (found.severity, found.doses, found.seen) == (WARNING, (), seen)


@pytest.mark.parametrize("medicine", ["colecalciferol", "Vitamin D3 1000 IU", "Fosavance"])
def test_vitamin_d_among_the_medicines_is_told_as_well(medicine: str) -> None:
    zinc = at("20:00", content("zinc", 9, "mg"))
    stones = takes(f"{medicine} 06:00", and_='conditions = ["kidney stones"]\n')
    assert ("D3-CONTRA", WARNING) in findings(zinc, person=stones)
    sarcoid = takes(f"{medicine} 06:00", and_='conditions = ["sarcoidosis"]\n')
    assert ("D3-CAUTION", WARNING) in findings(zinc, person=sarcoid)


@pytest.mark.parametrize(
    ("medicine", "found"),
    [
        ("hydrochlorothiazide", {("CA-THIAZIDE", WARNING)}),
        ("indapamide", {("CA-THIAZIDE", WARNING)}),
        ("Ramipril comp", {("CA-THIAZIDE", WARNING)}),
        ("digoxin", {("CA-DIGOXIN", WARNING)}),
        ("Lanoxin 125", {("CA-DIGOXIN", WARNING)}),
        ("calcitriol", {("CA-ANALOG", WARNING)}),
        ("alfacalcidol 0.25 µg", {("CA-ANALOG", WARNING)}),
        ("ramipril", set()),
        ("furosemide", set()),
    ],
)
def test_calcium_alone_beside_a_medicine(medicine: str, found: set[tuple[str, str]]) -> None:
    assert findings(a_dose(CALCIUM), person=takes(medicine)) == found
    assert findings(a_dose(Mg(100)), person=takes(medicine)) == set()


def test_beside_vitamin_d_each_thing_is_told_once() -> None:
    both = a_dose(CALCIUM, D3(10))
    apart = (a_dose(CALCIUM, ident="ca"), a_dose(D3(10)))
    stones = ill("kidney stones")
    assert findings(both, person=stones) == {("D3-CONTRA", ERROR)}
    assert findings(*apart, person=stones) == {("D3-CONTRA", ERROR), ("CA-CONTRA", ERROR)}
    assert findings(both, person=takes("digoxin")) == {("D3-DIGOXIN", WARNING)}
    # One sentence names both.
    assert findings(*apart, person=takes("indapamide")) == {("D3-THIAZIDE", WARNING)}


def test_the_sentence_names_what_was_seen() -> None:
    dose = a_dose(CALCIUM, ident="ca")
    found = the_finding("CA-CONTRA", dose, person=ill("kidney stones"))
    assert (found.doses, found.seen) == (("ca",), "kidney stones, and calcium in ca")
    assert "say not to take it with kidney stones unless a doctor decides" in found.message
    found = the_finding("CA-DIGOXIN", dose, person=takes("Lanoxin"))
    assert found.seen == "Lanoxin (digoxin), and calcium in ca"
