"""Words of every day for medicines, the other half of a combination, and what is no medicine."""

import pytest

from advice_texts import CLEAN, D3, MK7, Mg, a_dose, content, findings, takes, the_finding
from dosebell_host.reference.medicine_index import nearest_medicine
from dosebell_host.reference.medicines import names_of_medicines
from dosebell_host.reference.medicines_everyday import everyday_names
from dosebell_host.reference.nearest import key_of, keys_of
from dosebell_host.reference.recognised import known_medicines

ASK = ("MED-ASK", "warning")
THIAZIDE = ("D3-THIAZIDE", "warning")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("water tablet", {ASK, THIAZIDE}),
        ("my water pills", {ASK, THIAZIDE}),
        ("Wassertablette", {ASK, THIAZIDE}),
        ("plaspillen", {ASK, THIAZIDE}),
        ("Entwaesserungstablette", {ASK, THIAZIDE}),
        ("vätskedrivande", {ASK, THIAZIDE}),
        ("tabletka moczopędna", {ASK, THIAZIDE}),
        ("BP meds", {ASK, THIAZIDE, ("D3-DILTIAZEM", "note")}),
        ("blood pressure tablet (check with doctor)", {ASK, THIAZIDE, ("D3-DILTIAZEM", "note")}),
        ("Herzpille", {ASK, ("D3-DIGOXIN", "warning"), ("D3-DILTIAZEM", "note")}),
        ("blood pressure pill", {ASK, THIAZIDE, ("D3-DILTIAZEM", "note")}),
        ("tablet for blood pressure", {ASK, THIAZIDE, ("D3-DILTIAZEM", "note")}),
        ("heart valve pill", {ASK, ("D3-DIGOXIN", "warning"), ("D3-DILTIAZEM", "note")}),
        ("heart pill", {ASK, ("D3-DIGOXIN", "warning"), ("D3-DILTIAZEM", "note")}),
        ("calcium channel blocker", {ASK, ("D3-DILTIAZEM", "note")}),
        ("sleeping tablet", {ASK}),
        ("painkiller", {ASK}),
        ("stomach tablet", {ASK}),
        ("cholesterol tablets", {ASK, ("D3-STATIN", "note")}),
        # A powder for cholesterol is a resin, and that meets the vitamin.
        ("cholesterol powder 09:00", {ASK, ("VIT-RESIN", "warning")}),
        ("powder for cholesterol 09:00", {ASK, ("VIT-RESIN", "warning")}),
        ("pill for the heart", {ASK, ("D3-DIGOXIN", "warning"), ("D3-DILTIAZEM", "note")}),
        ("metformin + water tablet", {ASK, THIAZIDE}),
        ("acne tablets", {ASK}),
        ("hair tablets", {ASK}),
        ("eye vitamins", {ASK}),
    ],
)
def test_a_word_of_every_day_is_asked_about_and_counts_meanwhile(
    written: str, found: set[tuple[str, str]]
) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == found


@pytest.mark.parametrize(
    "written",
    [
        *(
            "measure blood pressure",
            "blood pressure reading",
            "Blutdruck messen",
            "bloeddruk meten",
        ),
        *("Blutdruck kontrollieren", "bloeddruk meten", "blood pressure diary"),
        "digital thermometer",
        *("bone broth", "bone density scan"),
    ],
)
def test_what_is_measured_drunk_or_visited_is_no_medicine(written: str) -> None:
    dose = a_dose(name=written, ident="other")
    assert findings(a_dose(D3(10), MK7()), dose) == {("CONTENTS-NONE", "note")}


@pytest.mark.parametrize("written", ["mineral water", "eau minérale", "Mineralwasser"])
def test_mineral_water_is_no_multivitamin(written: str) -> None:
    person = takes("levothyroxine 06:30", f"{written} 07:00")
    assert findings(a_dose(D3(10)), person=person) == set()


@pytest.mark.parametrize(
    ("contents", "listed"),
    [
        (D3(10), ("stomach tablet 09:00", "levothyroxine 07:00")),
        (Mg(100), ("thyroid tablet 07:00",)),
        (D3(10), ("eye vitamins 09:00", "levothyroxine 07:00")),
        (D3(10), ("hair tablets 09:00", "levothyroxine 07:00")),
    ],
)
def test_of_what_it_only_may_be_nothing_is_an_error(
    contents: str, listed: tuple[str, ...]
) -> None:
    found = findings(a_dose(contents), person=takes(*listed))
    assert found == {ASK, ("MIN-LEVO", "warning")}


@pytest.mark.parametrize(
    ("contents", "listed", "found"),
    [
        (content("vitamin-a", 800), "acne tablets", {("VITA-RETINOID", "warning")}),
        (content("vitamin-a", 800), "Aknetabletten", {("VITA-RETINOID", "warning")}),
        (content("vitamin-a", 800), "psoriasis tablets", {("VITA-RETINOID", "warning")}),
        (Mg(100), "acne tablets 09:00", {("MIN-TETRA", "warning")}),
        (Mg(100), "malaria tablets 09:00", {("MIN-TETRA", "warning")}),
        (content("iron", 14, "mg"), "Parkinson's tablets", {("IRON-ASK", "warning")}),
        (Mg(100), "HIV tablets 09:00", {("MIN-BOUND", "warning")}),
        (Mg(100), "transplant tablets 09:00", {("MIN-BOUND", "warning")}),
    ],
)
def test_what_an_illness_is_treated_with_counts_until_it_is_told(
    contents: str, listed: str, found: set[tuple[str, str]]
) -> None:
    assert findings(a_dose(contents), person=takes(listed)) == {ASK} | found


@pytest.mark.parametrize(
    "written", ["zinc for skin", "zinc tablets for acne", "Zink für die Haut", "iron for anaemia"]
)
def test_what_a_mineral_is_for_is_no_medicine_of_which_it_is_the_salt(written: str) -> None:
    person = takes(f"{written} 08:00", "levothyroxine 07:00")
    assert findings(a_dose(D3(10)), person=person) == {("MIN-LEVO", "error")}


def test_the_question_says_what_it_is_taken_for() -> None:
    found = the_finding("MED-ASK", a_dose(D3(10)), person=takes("water tablet"))
    assert found.seen == (
        '"water tablet": which one is it? Until that is written, the checks take it for a thiazide'
    )
    asked = the_finding("MED-ASK", a_dose(D3(10)), person=takes("sleeping tablet"))
    assert asked.seen == '"sleeping tablet": which one is it?'
    thiazide = the_finding("D3-THIAZIDE", a_dose(D3(10)), person=takes("water tablet"))
    assert thiazide.seen == (
        "water tablet (perhaps a thiazide), and 10 mcg (400 IU) of vitamin D a day"
    )


@pytest.mark.parametrize(
    "written",
    [
        *("furosemide (water tablet)", "ramipril for blood pressure", "omeprazole, stomach"),
        *("zopiclone sleeping tablet", "bisoprolol (heart)"),
    ],
)
def test_beside_the_name_it_only_describes(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == set()


def test_names_at_once_are_read_as_one_by_one() -> None:
    names = [name for name, _ in (*names_of_medicines(), *everyday_names())]
    assert keys_of(names) == list(map(key_of, names))


@pytest.mark.parametrize(
    "written",
    ["water tablet, not a thiazide", "blood thinner (not warfarin)", "water tablet (no thiazide)"],
)
def test_an_answer_ends_it(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == {("MED-UNKNOWN", "warning")}


@pytest.mark.parametrize(
    "written",
    [
        *("water tablet", "heart pill", "blood pressure pill", "sleeping tablet", "no", "xq"),
        *("acne tablets", "hair tablets", "nail tablets", "boner pills", "blue tablets"),
        *("green powder", "fat tablets", "love pills", "night tablets", "メトホルミン"),
    ],
)
def test_nothing_is_suggested_across_words(written: str) -> None:
    assert nearest_medicine(written) in (None, written, "water tablets", "heart pills")


def test_no_suggestion_takes_one_telling_word_for_another() -> None:
    """What is suggested has each of its words a slip away from one that was written."""
    wrong = [
        (written, near)
        for word in "acne hair nail bone water heart stomach thyroid sleeping fat love".split()
        for form in ("tablet", "tablets", "pill", "pills", "medicine", "powder")
        if (near := nearest_medicine(written := f"{word} {form}")) and word not in near
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("warferin", "warfarin"),
        ("metfromin", "metformin"),
        ("levothyroxin sodum", "levothyroxine sodium"),
        ("simvastain", "simvastatin"),
        ("blimp", None),
        ("tablet", None),
    ],
)
def test_a_slip_of_the_pen_gets_a_suggestion(written: str, near: str | None) -> None:
    assert nearest_medicine(written) == near


@pytest.mark.parametrize(
    "written", ["no", "none", "nothing", "-", "None", "n/a", "keine", "no medicines", "ninguno"]
)
def test_none_is_no_medicine(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == set()


@pytest.mark.parametrize(
    "written",
    [
        *("Ramipril comp", "Candesartan plus", "Ramipril comp. AbZ 5 mg/25 mg", "Telmisartan HCT"),
        *("Bisoprolol 5/12,5", "Blopress Plus", "Losartan HCTZ 100/25", "Co-Diovan", "Delix plus"),
        *(
            "enalapril comp 10/25",
            "BisoHexal plus",
            "Atacand Plus 16 mg/12.5 mg",
            "Metoprolol comp",
        ),
        # By their own names [71b], by their endings, by a letter.
        *("Coversyl Plus", "Coversyl Plus 5 mg/1.25 mg", "Micardis Plus", "MicardisPlus 80/12.5"),
        *("CoAprovel", "Co-Aprovel", "Cozaar Comp", "Diovan HCT", "Preterax", "Bipreterax"),
        *("Esidrex", "Aquaphor 40 mg"),
        *("Natrilix SR", "Natrixam", "Tenoretic", "Moduretic", "Kalten", "Co-tenidone"),
        *("Navispare", "Edarbyclor", "Viskaldix", "Lopresoretic", "Triamteren comp", "Moducren"),
        *("Ramipril comp for blood pressure", "Triamteren comp for blood pressure"),
        *("Losartan-D", "Telma-H", "Enap-H", "Lorista H", "Tri.-Thiazid", "Hytacand"),
        *("Olmesartan/Amlodipin/HCT", "Valsartan plus", "Zestoretic 20", "Lisinopril plus"),
    ],
)
def test_half_of_a_combination_does_not_hide_the_other(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == {THIAZIDE}


@pytest.mark.parametrize(
    "written",
    [
        *("Ramipril 5 mg", "Ramipril plus Amlodipin", "Amlodipine/valsartan 5/160"),
        *(
            "Bisoprolol 2.5",
            "captopril 25",
            "sotalol",
            "Coversyl 5 mg",
            "Ramipril 5 mg 1x/d",
            "gliclazide",
            "Amiloride 5 mg",
        ),
    ],
)
def test_without_a_thiazide_there_is_none(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == set()


@pytest.mark.parametrize(
    ("written", "question"),
    [
        ("Ramipril/Fooxanil", 'what is "fooxanil" in it?'),
        ("metformin + Vixotan", 'what is "vixotan" in it?'),
        ("ibuprofen plus", "its name says that something else is in it; what is it?"),
    ],
)
def test_a_half_that_nobody_knows_is_asked_for(written: str, question: str) -> None:
    found = the_finding("MED-ASK", a_dose(D3(10)), person=takes(written))
    assert found.seen == f'"{written}": {question}'


@pytest.mark.parametrize(
    "written",
    [
        *(
            "Xarelto, for my atrial fibrillation",
            "metformin with evening meal",
            "aspirin 75 mg/day",
        ),
        *("buprenorphine patch", "salbutamol 100 mcg/dose"),
    ],
)
def test_a_remark_is_no_other_half(written: str) -> None:
    assert ASK not in findings(a_dose(D3(10)), person=takes(written))


@pytest.mark.parametrize(
    ("written", "generic"),
    [
        ("Atorvastatina", "atorvastatin"),
        ("levotiroxina", "levothyroxine"),
        ("Lewotyroksyna", "levothyroxine"),
        ("doksycyklina", "doxycycline"),
        ("Ciprofloxacino 500", "ciprofloxacin"),
        ("idroclorotiazide", "hydrochlorothiazide"),
        ("Hidroclorotiazida", "hydrochlorothiazide"),
        ("fenitoína", "phenytoin"),
        ("Левотироксин", "levothyroxine"),
    ],
)
def test_a_medicine_is_known_as_other_languages_spell_it(written: str, generic: str) -> None:
    assert generic in [each.name for each in known_medicines(written)]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("selenium 200 mcg", "selenium"),
        ("Selen 200 µg Tabletten", "selenium"),
        ("vitamin E 400 IU", "vitamin E"),
        ("Vitamin A + vitamin B6", "vitamin A and vitamin B6"),
        ("biotina", "biotin"),
    ],
)
def test_a_supplement_among_the_medicines_is_known_and_belongs_into_a_dose(
    written: str, title: str
) -> None:
    found = the_finding("MED-ASK", a_dose(D3(10)), person=takes(written))
    assert (found.seen, found.message) == (
        f'"{written}": {title} among the medicines',
        "Of what is listed as a medicine only vitamin D counts in the sums. Write it as a dose,"
        " with its amount in contents as the label says.",
    )
    assert findings(a_dose(D3(10)), person=takes(written)) == {ASK}


@pytest.mark.parametrize("written", ["vitamin C", "omega-3 1000 mg", "Q10", "copper 2 mg"])
def test_one_that_no_rule_speaks_about_is_no_question(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == set()


@pytest.mark.parametrize("written", ["selenium cream", "vitamin A cream", "vitamin E ointment"])
def test_one_for_the_skin_is_counted_nowhere(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == set()


@pytest.mark.parametrize(
    ("written", "contents", "rule"),
    [
        ("dolomite 08:00", D3(10), "MIN-LEVO"),
        ("ZMA 08:00", D3(10), "MIN-LEVO"),
        ("oyster shell 08:00", D3(10), "MIN-LEVO"),
    ],
)
def test_what_only_labels_call_so_is_a_mineral_among_the_medicines(
    written: str, contents: str, rule: str
) -> None:
    found = findings(a_dose(contents), person=takes("levothyroxine 07:30", written))
    assert found == {(rule, "error")}


@pytest.mark.parametrize(
    ("written", "retinoid", "found"),
    [
        ("vitamin A 5000 IU", "acitretin", {ASK, ("VITA-RETINOID", "warning")}),
        ("retinol", "acne tablets", {ASK, ("VITA-RETINOID", "warning")}),
        ("cod liver oil 400 IU", "Roaccutane", {("VITA-RETINOID", "warning")}),
        ("vitamin A + D3 400 IU", "Roaccutane", {("VITA-RETINOID", "warning")}),
        # Carotene is none, and the acid is the medicine itself.
        ("beta carotene", "acitretin", {ASK}),
        ("vitamin A acid (Roaccutane)", "metformin", set()),
    ],
)
def test_vitamin_a_among_the_medicines_is_told_beside_a_form_of_it(
    written: str, retinoid: str, found: set[tuple[str, str]]
) -> None:
    told = findings(a_dose(MK7()), person=takes(written, retinoid))
    assert {each for each in told if not each[0].startswith("D3-")} == found


@pytest.mark.parametrize("written", ["vitamin A 10000 IU", "Lebertran", "cod liver oil"])
def test_vitamin_a_among_the_medicines_is_told_in_a_pregnancy(written: str) -> None:
    for key in ("pregnant", "planning_pregnancy"):
        person = takes(written, and_=f"{key} = true\n")
        assert ("PREG-A", "warning") in findings(a_dose(Mg(100)), person=person)
    assert "PREG-A" not in {rule for rule, _ in findings(a_dose(Mg(100)), person=takes(written))}


def test_what_is_over_is_told_no_more() -> None:
    listed = '{ name = "retinol", end = 2026-11-21 }, { name = "acitretin" }'
    person = CLEAN.replace("[]", f"[{listed}]")
    assert "VITA-RETINOID" not in {rule for rule, _ in findings(a_dose(D3(10)), person=person)}


@pytest.mark.parametrize("written", ["selenium blimp", "vitamin E cruxadil", "blimp"])
def test_beside_a_supplement_a_word_that_nobody_knows_is_said(written: str) -> None:
    assert findings(a_dose(D3(10)), person=takes(written)) == {("MED-UNKNOWN", "warning")}


def test_a_list_of_none_is_a_list() -> None:
    person = CLEAN.replace("medicines = []", 'medicines = ["none"]')
    assert findings(a_dose(D3(10)), person=person) == set()
