"""A salt in a name is no mineral, and what is not swallowed meets nothing in the gut."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advice_texts import (
    D3,
    MEALS,
    Mg,
    a_dose,
    a_schedule,
    at,
    findings,
    takes,
    the_finding,
    verdict,
)
from dosebell_host.reference.medicines import MINERAL, VKA, names_of_medicines
from dosebell_host.reference.recognised import reading_of
from medicine_labels import OF_MINERALS, OF_OTHER_SUBSTANCES

SALTS = (
    *("calcium", "calcium trihydrate", "(as calcium)", "magnesium", "magnesium dihydrate", "zinc"),
    *("iron", "hemicalcium calcium salt", "cálcica", "magnésico"),
)
FORMS = (
    *("20 mg tablets", "Filmtabletten", "comprimés", "oral solution", "capsules, hard", "sachets"),
    *("Sandoz", "ratiopharm", "Teva forte", "once daily with food", "XR", "retard N2"),
)
OUTSIDE = ("eye drops", "cream", "Augentropfen", "nasal spray", "patch", "vaginal tablets")
INJECTED = ("injection", "solution for infusion", "Fertigspritze", "pre-filled pen")
# Our own names of medicines that are no minerals and hold none; "plus" would join what follows.
OURS = sorted(
    name.strip()
    for name, each in names_of_medicines()
    if MINERAL not in each.classes and not name.endswith((" plus", " d", " k"))
)
LEVO_AND = "levothyroxine 07:00"


def classes_of(written: str) -> frozenset[str]:
    return frozenset(each for one in reading_of(written).taken_for for each in one.classes)


def is_mineral(written: str) -> bool:
    return MINERAL in classes_of(written)


@pytest.mark.parametrize(
    "written",
    [
        "atorvastatin calcium",
        "Rosuvastatin calcium 10 mg",
        "esomeprazole magnesium",
        "Esomeprazol magnésico 40 mg",
        "calcium channel blocker",
        "Fenoprofen calcium",
        "calcium folinate",
        "zinc cream",
        "iron infusion",
        "Losartan calcium/amlodipine",
    ],
)
def test_what_is_no_mineral_moves_nobody(written: str) -> None:
    errors = {
        (rule, severity)
        for rule, severity in findings(a_dose(D3(10)), person=takes(f"{written} 08:00", LEVO_AND))
        if rule.startswith("MIN-")
    }
    assert errors == set()


@pytest.mark.parametrize(
    "written", ["calcium", "calcium carbonate", "Magnesium Verla", "ferrous fumarate 210 mg"]
)
def test_a_mineral_beside_levothyroxine_is_an_error_all_the_same(written: str) -> None:
    found = findings(a_dose(D3(10)), person=takes(f"{written} 08:00", LEVO_AND))
    assert found == {("MIN-LEVO", "error")}


@pytest.mark.parametrize(
    "written", ["atorvastatin and calcium", "simvastatin + magnesium", "alendronate with calcium"]
)
def test_a_mineral_beside_another_medicine_is_one(written: str) -> None:
    assert is_mineral(written)


@pytest.mark.parametrize(
    ("written", "question"),
    [
        (
            "Fenoprofen calcium",
            "is the calcium swallowed for itself, or the salt of a medicine?",
        ),
        ("Magnesium Xyzol", "is the magnesium swallowed for itself, or the salt of a medicine?"),
    ],
)
def test_whether_it_is_a_salt_is_asked_where_nobody_can_tell(written: str, question: str) -> None:
    found = the_finding("MED-ASK", a_dose(D3(10)), person=takes(f"{written} 08:00", LEVO_AND))
    assert (found.severity, found.seen) == ("warning", f'"{written}": {question}')


@pytest.mark.parametrize("label", OF_MINERALS)
def test_a_mineral_of_a_label_is_one(label: str) -> None:
    assert is_mineral(label)


def test_no_label_of_another_substance_is_a_mineral_or_a_blood_thinner() -> None:
    assert len(OF_OTHER_SUBSTANCES) > 300
    wrong = [label for label in OF_OTHER_SUBSTANCES if {MINERAL, VKA} & classes_of(label)]
    assert wrong == []


def test_no_word_of_salt_or_form_makes_a_mineral_of_a_label() -> None:
    """Every label and every name of our tables with every word of salt, form and maker."""
    labels = [each for each in (*OF_OTHER_SUBSTANCES, *OURS) if not each.endswith("plus")]
    wrong = [
        f"{label} {word}"
        for label in labels
        if not is_vitamin(label)
        for word in (*SALTS, *FORMS, *OUTSIDE, *INJECTED)
        if is_mineral(f"{label} {word}")
    ]
    assert wrong == []


def is_vitamin(label: str) -> bool:
    """A vitamin has no salts: a mineral beside it is swallowed."""
    named = {each.name for each in reading_of(label).medicines}
    vitamins = {"vitamin b12", "folic acid", "cyanocobalamin"}
    return bool({"vitamin-d", "vitamin-k"} & classes_of(label)) or bool(named & vitamins)


@settings(max_examples=400)
@given(
    st.sampled_from([name.strip() for name, each in names_of_medicines() if each.classes]),
    st.lists(st.sampled_from([*FORMS, *OUTSIDE, *INJECTED, *SALTS[:6]]), max_size=3),
)
def test_words_of_form_salt_and_maker_silence_no_rule_silently(
    name: str, words: list[str]
) -> None:
    """What no longer counts is said: by which word it is not swallowed, or what is asked."""
    reading = reading_of(" ".join([name, *words]))
    lost = classes_of(name) - frozenset(each for one in reading.taken_for for each in one.classes)
    assert not lost or reading.route or reading.question or reading.unknown


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("moxifloxacin eye drops", "09:00"),
        ("Ciprofloxacin ear drops", "09:00"),
        ("ciprofloxacin Augentropfen", "09:00"),
        ("ciprofloxacino colirio", "09:00"),
        ("levofloxacin infusion", "09:00"),
        ("tetracycline ointment", "09:00"),
        ("ibandronate injection", "08:00"),
        ("Bonviva Fertigspritze", "08:00"),
        ("ibandronate i.v.", "08:00"),
        ("ibandronate 3 mg i. v.", "08:00"),
        ("Bonviva IV", "08:00"),
        ("ibandronate (iv)", "08:00"),
        ("ibandronate i.m.", "08:00"),
        ("Bonviva IM", "08:00"),
        ("ibandronate s.c.", "08:00"),
        ("ciprofloxacin i.v.", "09:00"),
        ("zinc cream", "08:00"),
        ("hydrocortisone inhaler", "08:00"),
    ],
)
def test_what_is_not_swallowed_is_in_no_way_and_that_is_said(written: str, time: str) -> None:
    person = takes(f"{written} {time}")
    assert findings(a_dose(Mg(100)), person=person) == {("MED-ROUTE", "note")}


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("moxifloxacin tablets", "MIN-QUIN"),
        ("ciprofloxacin tablets and eye drops", "MIN-QUIN"),
        ("levothyroxine drops", "MIN-LEVO"),
        ("ibandronate 150 mg", "BP-FIRST"),
    ],
)
def test_what_is_swallowed_is_in_the_way(written: str, rule: str) -> None:
    found = findings(at("08:10", Mg(100)), person=takes(f"{written} 08:00"))
    assert (rule, "error") in found


@pytest.mark.parametrize("written", ["warfarin injection", "digoxin injection"])
def test_what_acts_in_the_blood_counts_by_any_way(written: str) -> None:
    assert classes_of(written) == classes_of(written.split()[0])


def test_the_way_is_told() -> None:
    found = the_finding("MED-ROUTE", a_dose(Mg(100)), person=takes("moxifloxacin eye drops 09:00"))
    assert (found.severity, found.seen) == (
        "note",
        '"moxifloxacin eye drops", by the word "eye"',
    )


@pytest.mark.parametrize(
    "keys",
    [{"route": "topical"}, {"name": "Moxifloxacin eye drops"}, {"take": "1 drop in each eye"}],
)
def test_a_dose_says_by_its_name_or_route_that_nobody_swallows_it(keys: dict[str, str]) -> None:
    drops = at("10:00", ident="moxi", medicine="moxifloxacin", **keys)
    swallowed = at("10:00", ident="moxi", medicine="moxifloxacin")
    assert ("MIN-QUIN", "error") in findings(a_dose(Mg(100)), swallowed)
    assert findings(a_dose(Mg(100)), drops) == {("MED-ROUTE", "note")}


def test_every_message_about_a_mineral_names_a_mineral() -> None:
    """As many medicines as a file may have, all with salts in their names, and no MIN- finding."""
    listed = [f"{label[:40].rstrip()} 08:00" for label in OF_OTHER_SUBSTANCES[:60]]
    text = a_schedule(a_dose(D3(10)), person=takes(*listed, LEVO_AND), meals=MEALS)
    assert [each.rule for each in verdict(text).findings if each.rule.startswith("MIN-")] == []
