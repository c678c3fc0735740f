"""Medicines and illnesses in a person's own words: what they mean, and what they do not."""

import pytest

from advice_texts import CLEAN, D3, MK7, Mg, a_dose, findings, takes, the_finding
from dosebell_host.reference.condition_words import meanings_of
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
        ("stones in my kidney", ("D3-CONTRA", "error")),
        ("raised calcium", ("D3-CONTRA", "error")),
        ("colique néphrétique 2020", ("D3-CONTRA", "error")),
        ("piedra en el riñón", ("D3-CONTRA", "error")),
        ("munuaiskivet", ("D3-CONTRA", "error")),
        ("Hodgkin's disease", ("D3-CAUTION", "warning")),
        ("confined to bed", ("D3-CAUTION", "warning")),
        ("borstkanker", ("D3-CAUTION", "warning")),
        ("rak piersi", ("D3-CAUTION", "warning")),
        ("рак", ("D3-CAUTION", "warning")),
        ("nierfalen", ("D3-CAUTION", "warning")),
        ("Chron's disease", ("ABSORB", "note")),
        ("enfermedad celíaca", ("ABSORB", "note")),
        ("weight loss surgery 2015", ("ABSORB", "note")),
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
        "high calcium diet",
        "planning pregnancy",
        "nursing home",
        "not sure about kidney stones",
        "no kidney function",
        "no kidneys",
        "not severe kidney disease",
        "not well",
        "no hair",
        "none of your business",
        "healthy appetite",
        "kidney",
        "stage 4",
    ],
)
def test_what_is_no_illness_that_anybody_knows_is_told(written: str) -> None:
    assert findings(a_dose(D3(10)), person=ill(written)) == {("COND-UNKNOWN", "warning")}


@pytest.mark.parametrize(
    "written",
    [
        "no kidney stones",
        "never had cancer",
        "no cancer, no kidney stones",
        "not pregnant",
        "nicht schwanger",
        "keine Nierensteine",
        "pas de calculs rénaux",
        "no kidney problems or sarcoidosis",
        "kidney stones: none",
        "Nierensteine: nein",
        "I don't have kidney stones",
        "none that I know of",
        "nichts Besonderes",
        "family history of sarcoidosis",
        "mother had breast cancer",
        "healthy kidneys",
        "kidneys are fine",
        "Nieren ok",
        "healthy",
        "gesund",
        "I am healthy",
        "no problems, healthy",
        "none",
        "None known",
        "no known illness",
        "no known medical conditions",
        "keine",
        "keine bekannt",
        "nichts",
        "n/a",
        "nil",
        "ninguna",
    ],
)
def test_what_someone_does_not_have_is_no_finding(written: str) -> None:
    assert findings(a_dose(D3(10), Mg(100)), person=ill(written)) == set()


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("no cancer, kidney stones 2019", "D3-CONTRA"),
        ("kidney stones, no surgery", "D3-CONTRA"),
        ("kidney stones without pain", "D3-CONTRA"),
        ("no cancer but sarcoidosis", "D3-CAUTION"),
        ("keine Nierensteine, aber Sarkoidose", "D3-CAUTION"),
        ("mother had cancer; I have kidney stones", "D3-CONTRA"),
        ("gluten-free diet because of coeliac disease", "ABSORB"),
        ("healthy, kidney stones in the past", "D3-CONTRA"),
        ("CKD 4, no dialysis", "D3-CONTRA"),
    ],
)
def test_what_is_denied_hides_nothing_else(written: str, rule: str) -> None:
    assert rule in {found for found, _ in findings(a_dose(D3(10)), person=ill(written))}


SEVERE = {("D3-CONTRA", "error"), ("KIDNEY-MG", "error")}
MODERATE = {("D3-CAUTION", "warning"), ("KIDNEY-MG", "error")}
MILD = {("D3-CAUTION", "warning")}


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("CKD 3a", MODERATE),
        ("CKD 3b", MODERATE),
        ("CKD3a", MODERATE),
        ("ckd stage 3b", MODERATE),
        ("CKD G3b A2", MODERATE),
        ("stage 3 kidney disease", MODERATE),
        ("chronic kidney disease since 2019", MODERATE),
        ("Niereninsuffizienz", MODERATE),
        ("Nierenschwäche", MODERATE),
        ("Nierenschwaeche", MODERATE),
        ("chronische Niereninsuffizienz Stadium 3", MODERATE),
        ("insuffisance rénale", MODERATE),
        ("stage 4 kidney disease", SEVERE),
        ("kidney disease, stage 5", SEVERE),
        ("kidney disease (severe)", SEVERE),
        ("kidney disease stage IV", SEVERE),
        ("CKD 5", SEVERE),
        ("schwere Niereninsuffizienz", SEVERE),
        ("hochgradige Niereninsuffizienz", SEVERE),
        ("Niereninsuffizienz IV", SEVERE),
        ("Niereninsuffizienz II", MILD),
        ("terminale Niereninsuffizienz", SEVERE),
        ("Dialyse", SEVERE),
        ("on dialysis since March", SEVERE),
        ("dialysepflichtig", SEVERE),
        ("Niereninsuffizienz Grad 4", SEVERE),
        ("mild kidney disease", MILD),
        ("leichte Nierenschwäche", MILD),
        ("CKD 2", MILD),
        ("CKD stage 1", MILD),
        ("stage 4 kidney cancer", MILD),
    ],
)
def test_how_badly_kidneys_work(written: str, found: set[tuple[str, str]]) -> None:
    assert findings(a_dose(D3(10), Mg(100)), person=ill(written)) == found


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("Nierensteine", ("D3-CONTRA", "error")),
        ("Nierensteine 2019", ("D3-CONTRA", "error")),
        ("Hyperkalzämie", ("D3-CONTRA", "error")),
        ("Hyperkalzaemie", ("D3-CONTRA", "error")),
        ("Hypercalcémie", ("D3-CONTRA", "error")),
        ("cálculos renales", ("D3-CONTRA", "error")),
        ("Sarkoidose", ("D3-CAUTION", "warning")),
        ("Überfunktion der Nebenschilddrüse", ("D3-CAUTION", "warning")),
        ("Ueberfunktion der Nebenschilddruesen", ("D3-CAUTION", "warning")),
        ("Brustkrebs", ("D3-CAUTION", "warning")),
        ("bettlägerig", ("D3-CAUTION", "warning")),
        ("schwanger", ("PREG-D", "note")),
        ("Schwangerschaft", ("PREG-D", "note")),
        ("schwanger, 20. Woche", ("PREG-D", "note")),
        ("5 months pregnant", ("PREG-D", "note")),
        ("stillend", ("PREG-D", "note")),
        ("Zöliakie", ("ABSORB", "note")),
        ("Leberzirrhose", ("COND-ASK", "warning")),
        ("Einzelniere", ("KIDNEY-ASK", "warning")),
    ],
)
def test_illnesses_are_known_in_other_languages(written: str, rule: tuple[str, str]) -> None:
    found = findings(a_dose(D3(10)), person=ill(written))
    assert found == {rule}


@pytest.mark.parametrize(
    "written",
    ["Überfunktion der Schilddrüse", "Hypothyreose", "Osteoporose", "Bluthochdruck", "Diabetes"],
)
def test_what_no_rule_is_about_is_known_all_the_same(written: str) -> None:
    assert findings(a_dose(D3(10)), person=ill(written)) == set()


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


@pytest.mark.parametrize(
    ("brand", "generic"),
    [
        ("Thyrax Duotab 25 microgram", "levothyroxine"),
        ("L-Thyrox HEXAL 75", "levothyroxine"),
        ("Prothyrid", "levothyroxine"),
        ("alendroninezuur 70 mg", "alendronate"),
        ("Ciflox 500", "ciprofloxacin"),
        ("Tolexine", "doxycycline"),
        ("Vibracina", "doxycycline"),
        ("Bassado", "doxycycline"),
        ("digossina", "digoxin"),
        ("Lanacordin", "digoxin"),
        ("Resincolestiramina", "cholestyramine"),
        ("Vasosan P", "cholestyramine"),
        ("Cortancyl 20 mg", "prednisone"),
        ("Deltacortene", "prednisone"),
        ("Losferron", "iron"),
        ("Doliprane 1000", "doliprane"),
        ("Nolotil", "nolotil"),
    ],
)
def test_brands_of_other_countries_are_known(brand: str, generic: str) -> None:
    assert [each.name for each in known_medicines(brand)] == [generic]
