"""Amounts of minerals and vitamins by published levels; which reading of a salt, and who asks."""

from fractions import Fraction
from typing import Any

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MEALS,
    Mg,
    a_dose,
    accepted,
    at,
    content,
    findings,
    takes,
    the_finding,
)
from dosebell_host.advice.rules.blood_tests import names_a_test
from dosebell_host.advice.rules.table import RULES
from dosebell_host.reference import published_limits
from dosebell_host.reference.condition_words import meanings_of

ERROR, WARNING, NOTE = "error", "warning", "note"


def ill(condition: str) -> str:
    return CLEAN + f'conditions = ["{condition}"]\n'


@pytest.mark.parametrize(
    ("nutrient", "unit", "europe", "us"),
    [
        ("iron", "mg", 40, 45),
        ("zinc", "mg", 25, 40),
        ("selenium", "mcg", 255, 400),
        ("iodine", "mcg", 600, 1100),
        ("pyridoxine", "mg", 12, 100),
        ("vitamin-e", "mg", 300, 1000),
    ],
)
def test_both_sides_of_both_levels(nutrient: str, unit: str, europe: int, us: int) -> None:
    def told(amount: float, **keys: Any) -> set[tuple[str, str]]:
        return findings(a_dose(content(nutrient, amount, unit), **keys))

    assert told(europe) == set()
    assert told(europe + 0.1) == told(us) == {("NUTR-UL", NOTE)}
    assert told(us + 0.1) == {("NUTR-UL", WARNING)}
    assert told(us * 5, prescribed=True) == set()
    twice = [a_dose(content(nutrient, us * 0.6, unit), ident=ident) for ident in "ab"]
    found = the_finding("NUTR-UL", *twice)
    assert (found.severity, found.doses) == (WARNING, ("a", "b"))
    assert f"{europe:,} {unit} in Europe, {us:,} {unit} in the US" in found.message


def test_every_level_is_tested_here() -> None:
    shorts = {"fe", "zn", "se", "iodine", "b6", "e"}
    assert published_limits.UPPER_LEVELS_EU_MG.keys() == shorts
    assert published_limits.UPPER_LEVELS_US_MG.keys() == shorts


@pytest.mark.parametrize(
    ("written", "unit", "noted", "warned"),
    [
        ("niacin", "mg", 35, 900),
        ("vitamin-b3", "mg", 35, 900),
        ("folic-acid", "mcg", 1000, 1000),
        ("vitamin-c", "mg", 2000, None),
        ("kupfer", "mg", 5, 10),
        ("manganese", "mg", 11, None),
        ("molybdenum", "mcg", 600, 2000),
        ("choline", "mg", 3500, None),
    ],
)
def test_both_sides_of_the_levels_of_what_is_in_no_sum(
    written: str, unit: str, noted: int, warned: int | None
) -> None:
    def told(amount: float, **keys: Any) -> set[tuple[str, str]]:
        return findings(a_dose(content(written, amount, unit), **keys))

    assert told(noted) == set()
    assert told(noted + 0.1) == {("NUTR-UL", WARNING if warned == noted else NOTE)}
    if warned:
        assert told(warned + 0.1) == {("NUTR-UL", WARNING)}
    assert told(noted * 50, prescribed=True) == set()
    assert told(noted * 50, days=["mon"]) != set() != told(noted * 0.6, at=["08:00", "20:00"])
    assert told(noted * 6, days=["mon"]) == set()
    found = the_finding("NUTR-UL", a_dose(content(written, noted + 0.1, unit)))
    assert found.message.startswith(f"An upper level of {written} is {noted:,} {unit} a day.")


# Standard atomic weights.
WEIGHTS = {"H": 1.008, "C": 12.011, "N": 14.007, "O": 15.999, "P": 30.974, "S": 32.06}
WEIGHTS |= {"Cl": 35.45, "mg": 24.305, "ca": 40.078}

# How many of the metal, and what is with it, as (how many, formula).
SALTS: dict[str, dict[str, tuple[int, int, dict[str, int]]]] = {
    "mg": {
        "oxide": (1, 1, {"O": 1}),
        "hydroxide": (1, 2, {"O": 1, "H": 1}),
        "carbonate": (1, 1, {"C": 1, "O": 3}),
        "chloride": (1, 2, {"Cl": 1}),
        "sulfate": (1, 1, {"S": 1, "O": 4}),
        "citrate": (3, 2, {"C": 6, "H": 5, "O": 7}),
        "malate": (1, 1, {"C": 4, "H": 4, "O": 5}),
        "lactate": (1, 2, {"C": 3, "H": 5, "O": 3}),
        "taurate": (1, 2, {"C": 2, "H": 6, "N": 1, "O": 3, "S": 1}),
        "aspartate": (1, 2, {"C": 4, "H": 6, "N": 1, "O": 4}),
        "threonate": (1, 2, {"C": 4, "H": 7, "O": 5}),
        "orotate": (1, 2, {"C": 5, "H": 3, "N": 2, "O": 4}),
        "gluconate": (1, 2, {"C": 6, "H": 11, "O": 7}),
    },
    "ca": {
        "carbonate": (1, 1, {"C": 1, "O": 3}),
        "phosphate": (3, 2, {"P": 1, "O": 4}),
        "chloride": (1, 2, {"Cl": 1}),
        "citrate": (3, 2, {"C": 6, "H": 5, "O": 7}),
        "lactate": (1, 2, {"C": 3, "H": 5, "O": 3}),
        "gluconate": (1, 2, {"C": 6, "H": 11, "O": 7}),
    },
}


def share(metal: str, atoms: int, times: int, formula: dict[str, int]) -> float:
    rest = times * sum(WEIGHTS[element] * count for element, count in formula.items())
    return atoms * WEIGHTS[metal] / (atoms * WEIGHTS[metal] + rest)


def test_the_share_of_each_salt_is_that_of_its_formula() -> None:
    computed = {
        metal: {
            name: Fraction(round(share(metal, *salt) * 1000), 1000) for name, salt in salts.items()
        }
        for metal, salts in SALTS.items()
    }
    computed["mg"]["threonate"] = Fraction(83, 1000)  # 82.5, and the greater of two is kept.
    assert computed == published_limits.SALT_SHARES


def which(*doses: str, **where: Any) -> set[tuple[str, str]]:
    found = findings(*doses, **where)
    return {each for each in found if each[0].startswith(("MG", "KIDNEY"))}


@pytest.mark.parametrize(
    ("doses", "found"),
    [
        # A multivitamin's 50 mg: as the metal or as a salt, nothing follows from it.
        ([a_dose(Mg(50, None))], set()),
        ([a_dose(Mg(250, None))], set()),
        ([a_dose(Mg(251, None))], {("MG-ELEM", NOTE)}),
        ([a_dose(Mg(350, "unknown"))], {("MG-ELEM", NOTE)}),
        ([a_dose(Mg(351, None))], {("MG-ELEM", ERROR)}),
        ([a_dose(Mg(400, None, form="glycinate"))], {("MG-ELEM", ERROR)}),
        ([a_dose(Mg(400, "compound", form="glycinate"))], set()),
        ([a_dose(Mg(400, "compound"))], set()),
        ([a_dose(Mg(600, "compound"))], {("MG-ELEM", ERROR)}),
        ([a_dose(Mg(600, "compound", form="citrate"))], set()),
        ([a_dose(Mg(600, "compound", form="oxide"))], {("MG-UL", WARNING)}),
        # Together with what is said for certain.
        ([a_dose(Mg(50, None)), a_dose(Mg(200), ident="b")], set()),
        ([a_dose(Mg(50, None)), a_dose(Mg(240), ident="b")], {("MG-ELEM", NOTE)}),
        (
            [a_dose(Mg(50, None)), a_dose(Mg(340), ident="b")],
            {("MG-UL", NOTE), ("MG-ELEM", ERROR)},
        ),
        # Both readings say the same.
        ([a_dose(Mg(50, None)), a_dose(Mg(400), ident="b")], {("MG-UL", WARNING)}),
    ],
)
def test_which_magnesium_is_asked_only_where_it_matters(
    doses: list[str], found: set[tuple[str, str]]
) -> None:
    assert which(*doses) == found


def test_who_is_asked_is_the_one_that_left_it_open() -> None:
    found = the_finding("MG-ELEM", a_dose(Mg(50, None)), a_dose(Mg(340), ident="b"))
    assert (found.doses, found.seen) == (
        ("pill",),
        "50 mg, basis not said",
    )
    glycinate = the_finding("MG-ELEM", a_dose(Mg(400, None, form="bisglycinate")))
    assert glycinate.seen == "400 mg, basis not said; as glycinate about 56 mg"


@pytest.mark.parametrize("kidney", ["moderate", "severe"])
def test_bad_kidneys_are_one_fact_and_told_once(kidney: str) -> None:
    person = CLEAN + f'kidney = "{kidney}"\n'
    assert which(a_dose(Mg(100)), person=person) == {("KIDNEY-MG", ERROR)}
    assert which(a_dose(Mg(50, None)), person=person) == {("KIDNEY-MG", ERROR)}
    assert which(a_dose(Mg(280)), person=person) == {("KIDNEY-MG", ERROR)}
    # That it is far too much is another one.
    assert which(a_dose(Mg(360)), person=person) == {("KIDNEY-MG", ERROR), ("MG-UL", WARNING)}
    found = the_finding("KIDNEY-MG", a_dose(Mg(280)), person=person)
    assert found.seen == f"280 mg of magnesium a day, and kidney = {kidney}"
    # What a doctor has agreed to, or prescribed, is told by its amount.
    agreed = which(a_dose(Mg(280)), accepted("KIDNEY-MG"), person=person)
    assert agreed == {("KIDNEY-MG", ERROR), ("MG-UL", NOTE)}
    assert which(a_dose(Mg(280), prescribed=True), person=person) == {("MG-UL", NOTE)}


def test_the_sum_of_vitamin_d_is_told_once() -> None:
    doses = [a_dose(D3(4000, "IU")), a_dose(D3(400, "IU"), ident="multi")]
    found = the_finding("D3-UL", *doses)
    assert (found.doses, found.seen) == (
        ("multi", "pill"),
        "110 mcg (4,400 IU) of vitamin D a day",
    )
    assert findings(*doses) == {("D3-UL", ERROR), ("D3-SUM", NOTE)}


CALCIUM = content("calcium", 1000, "mg")


@pytest.mark.parametrize(
    ("doses", "found"),
    [
        ([a_dose(CALCIUM)], set()),
        ([a_dose(CALCIUM), at("20:00", CALCIUM, ident="b")], {("CA-UL", WARNING)}),
        ([a_dose(CALCIUM, ident=i) for i in "abc"], {("CA-UL", ERROR)}),
        ([a_dose(content("calcium", 2000, "mg"), prescribed=True)], set()),
        ([a_dose(CALCIUM), a_dose(CALCIUM, ident="b", prescribed=True)], {("CA-UL", WARNING)}),
        (
            [a_dose(CALCIUM), a_dose(content("calcium", 1600, "mg"), ident="b", prescribed=True)],
            set(),
        ),
        ([a_dose(CALCIUM), a_dose(CALCIUM, ident="b", route="topical")], set()),
    ],
)
def test_calcium_has_its_levels(doses: list[str], found: set[tuple[str, str]]) -> None:
    assert findings(*doses) == found


SIGNS = "Thirst, much urine, constipation, confusion: signs of too much calcium; see a doctor."


def test_where_calcium_may_be_too_high_its_signs_are_told() -> None:
    told = {name for name, rule in RULES.items() if rule.message.endswith(SIGNS)}
    assert told == {"D3-UL", "D3-LOAEL", "D3-CALCIUM", "D3-THIAZIDE", "CA-UL"} | {
        "CA-THIAZIDE",
        "CA-ANALOG",
    }


@pytest.mark.parametrize(
    ("keys", "severity"),
    [
        # What this program proposes: a later meal, and the time it would take anyway.
        ({"with_": ["breakfast", "lunch", "dinner"]}, WARNING),
        ({"with_": ["breakfast", "lunch"]}, None),
        ({"with_": ["breakfast"], "late": "13h"}, ERROR),
        ({"with_": ["breakfast", "lunch", "dinner"], "medicine": "lisinopril"}, ERROR),
        ({"with_": ["breakfast", "lunch", "dinner"], "prescribed": True}, ERROR),
    ],
)
def test_a_meal_to_fall_back_to_holds_nothing_back(
    keys: dict[str, Any], severity: str | None
) -> None:
    meals = MEALS + 'lunch = "12:30"\ndinner = "18:30"\n'
    found = findings(a_dose(D3(10), **keys), meals=meals)
    assert found == ({("MISS-DOUBLE", severity)} if severity else set())


@pytest.mark.parametrize(
    ("time", "late"),
    [
        ("19:30", ""),
        ("19:31", "2 h 59 min before bedtime at 22:30"),
        ("22:30", "0 min after bedtime at 22:30"),
        ("23:15", "45 min after bedtime at 22:30"),
        ("01:29", "2 h 59 min after bedtime at 22:30"),
        ("01:30", ""),
        ("08:00", ""),
    ],
)
def test_after_bedtime_is_late_as_well(time: str, late: str) -> None:
    dose = a_dose(D3(10), at=[time], food="empty")
    found = findings(dose)
    assert (("D3-LATE", NOTE) in found) == bool(late)
    if late:
        assert the_finding("D3-LATE", dose).seen == f"{time}, {late}"


@pytest.mark.parametrize(
    ("medicine", "amount", "unit", "told"),
    [
        ("warfarin", 400, "IU", True),
        ("Xarelto", 268, "mg", True),
        ("heparin", 400, "IU", True),
        ("enoxaparin 40 mg", 400, "IU", True),
        ("Clexane", 400, "IU", True),
        ("fondaparinux", 400, "IU", True),
        ("Aspirin 100 mg", 400, "IU", True),
        ("ASS 100", 268, "mg", True),
        ("clopidogrel", 268, "mg", True),
        ("Brilique", 268, "mg", True),
        ("aspirin", 15, "mg", False),
        ("paracetamol", 268, "mg", False),
        ("warfarin", 15, "mg", False),
        ("warfarin", 268, "IU", False),
        ("lisinopril", 400, "IU", False),
    ],
)
def test_vitamin_e_beside_what_makes_blood_clot_less(
    medicine: str, amount: int, unit: str, told: bool
) -> None:
    found = findings(a_dose(content("vitamin-e", amount, unit)), person=takes(medicine))
    assert found == ({("E-THINNER", WARNING)} if told else set())


HAIR, MULTI = content("biotin", 10_000), content("vitamin-b7", 50)
TEST = a_dose(ident="test", name="Blood test: TSH", days={"every": 182}, start="x").replace(
    '"x"', "2027-01-04"
)


@pytest.mark.parametrize(
    ("part", "others", "person", "severity"),
    [
        (HAIR, [], takes("Euthyrox 05:00"), WARNING),
        (MULTI, [], takes("levothyroxine 05:00"), NOTE),
        (HAIR, [TEST], CLEAN, WARNING),
        (HAIR, [], takes("carbimazole"), WARNING),
        (HAIR, [], takes("Thiamazol 10 mg"), WARNING),
        (HAIR, [], takes("methimazole"), WARNING),
        (HAIR, [], takes("PTU"), WARNING),
        (MULTI, [], takes("propylthiouracil"), NOTE),
        (HAIR, [], ill("hypothyroidism"), WARNING),
        (HAIR, [], ill("Hashimoto"), WARNING),
        (HAIR, [], ill("Schilddrüsenunterfunktion"), WARNING),
        (HAIR, [], ill("Graves' disease since 2019"), WARNING),
        (HAIR, [], ill("no hypothyroidism"), None),
        (HAIR, [], CLEAN, None),
        (content("biotin", 30), [], takes("levothyroxine 05:00"), None),
    ],
)
def test_biotin_where_blood_is_tested(
    part: str, others: list[str], person: str, severity: str | None
) -> None:
    found = findings(a_dose(part), *others, person=person)
    assert found == ({("BIOTIN-TEST", severity)} if severity else set())


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("eGFR 90", set()),
        ("egfr: 62 ml/min/1.73 m2", set()),
        ("eGFR 59", {("D3-CAUTION", WARNING), ("KIDNEY-MG", ERROR)}),
        ("eGFR 30", {("D3-CAUTION", WARNING), ("KIDNEY-MG", ERROR)}),
        ("GFR 29 mL/min", {("D3-CONTRA", ERROR), ("KIDNEY-MG", ERROR)}),
        ("one kidney", {("KIDNEY-ASK", WARNING)}),
        ("one kidney, eGFR 80", set()),
        ("kidney transplant 2015", {("KIDNEY-ASK", WARNING)}),
        ("polycystic kidney disease", {("KIDNEY-ASK", WARNING)}),
        ("ulcerative colitis", {("ABSORB", NOTE)}),
        ("IBD", {("ABSORB", NOTE)}),
        ("primary biliary cholangitis", {("ABSORB", NOTE)}),
        ("liver cirrhosis", {("COND-ASK", WARNING)}),
        ("liver transplant", {("COND-ASK", WARNING)}),
        ("transplant", {("COND-ASK", WARNING)}),
        ("hypoparathyroidism", {("COND-ASK", WARNING)}),
        ("no kidney transplant", set()),
        ("gallstones", set()),
    ],
)
def test_more_illnesses_are_known(condition: str, found: set[tuple[str, str]]) -> None:
    assert findings(a_dose(D3(10), Mg(100)), person=ill(condition)) == found


def test_one_kidney_that_works_is_no_question() -> None:
    for kidney in ("none", "mild"):
        person = ill("one kidney") + f'kidney = "{kidney}"\n'
        assert "KIDNEY-ASK" not in {rule for rule, _ in findings(a_dose(D3(10)), person=person)}
    assert findings(a_dose(content("biotin", 5)), person=ill("one kidney")) == set()


def test_hyperparathyroidism_is_not_its_reverse() -> None:
    assert meanings_of("hyperparathyroidism")[0][0] == "caution"


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Blood test: vitamin D (25-OH)", True),
        ("INR check", True),
        ("Lab work at Dr. Hill", True),
        ("Bluttest Vitamin D", True),
        ("Vitamin D3 1000 IU", False),
        ("Blood pressure tablet", False),
        ("Testosterone", False),
    ],
)
def test_a_blood_test_is_known_by_its_name(name: str, is_one: bool) -> None:
    assert names_a_test(name) is is_one
