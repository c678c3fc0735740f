"""Medicines that minerals or vitamin A get in the way of, and minerals among each other."""

import pytest

from advice_texts import (
    D3,
    MEALS,
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
    verdict,
)
from dosebell_host.advice.fixes.correct import corrected
from dosebell_host.advice.rules.table import RULES
from dosebell_host.reference import published_limits
from dosebell_host.reference.recognised import known_medicines

IRON, ZINC = content("iron", 14, "mg"), content("zinc", 10, "mg")
CALCIUM, SELENIUM = content("calcium", 500, "mg"), content("selenium", 55)
ANTACID = content("aluminium-hydroxide", 400, "mg")
CAROTENE = content("vitamin-a", 800, form="beta-carotene")

ERROR, WARNING, NOTE = "error", "warning", "note"


@pytest.mark.parametrize(
    "medicine",
    ["isotretinoin", "Roaccutane 20 mg", "acitretin", "Neotigason", "bexarotene", "Targretin"],
)
def test_a_retinoid_beside_preformed_vitamin_a(medicine: str) -> None:
    person = takes(medicine)
    assert findings(a_dose(retinol(1)), person=person) == {("VITA-RETINOID", ERROR)}
    oil = a_dose(content("cod-liver-oil", 5, "g"))
    assert findings(oil, person=person) == {("VITA-RETINOID", ERROR)}
    # Nobody said which form: it may be retinol.
    unsaid = a_dose(content("vitamin-a", 800, "mcg"))
    assert findings(unsaid, person=person) == {("VITA-RETINOID", ERROR)}
    assert findings(a_dose(CAROTENE, D3(10)), person=person) == set()


@pytest.mark.parametrize(
    ("medicine", "part", "severity"),
    [
        ("levodopa", IRON, WARNING),
        ("Sinemet 25/100", IRON, WARNING),
        ("Madopar", IRON, WARNING),
        ("methyldopa", IRON, WARNING),
        ("CellCept", IRON, NOTE),
        ("levodopa", ZINC, None),
        ("ropinirole", IRON, None),
    ],
)
def test_iron_that_no_label_gives_hours_for_is_said_to_be_unknown(
    medicine: str, part: str, severity: str | None
) -> None:
    found = findings(a_dose(part), person=takes(f"{medicine} 20:00"))
    assert found == ({("IRON-ASK", severity)} if severity else set())


# A medicine, a mineral, and minutes before and after it: too close, then far enough.
DISTANCES: list[tuple[str, str, str, str, str]] = [
    ("cefdinir", IRON, ERROR, "10:01 13:59", "10:00 14:00"),
    ("Omnicef", Mg(100), ERROR, "10:01 13:59", "10:00 14:00"),
    ("mycophenolate mofetil", Mg(100), WARNING, "10:01 13:59", "10:00 14:00"),
    ("Tivicay", Mg(100), ERROR, "06:01 13:59", "06:00 14:00"),
    ("dolutegravir", CALCIUM, WARNING, "06:01 13:59", "06:00 14:00"),
    ("Biktarvy", IRON, WARNING, "06:01 13:59", "06:00 14:00"),
    ("Genvoya", Mg(100), ERROR, "10:01 13:59", "10:00 14:00"),
    ("Stribild", ZINC, WARNING, "10:01 13:59", "10:00 14:00"),
    ("Vocabria", Mg(100), ERROR, "10:01 15:59", "10:00 16:00"),
    ("cabotegravir tablets", IRON, WARNING, "10:01 15:59", "10:00 16:00"),
    ("raltegravir", ANTACID, ERROR, "06:01 17:59", "06:00 18:00"),
    ("Isentress", Mg(100), WARNING, "06:01 17:59", "06:00 18:00"),
    ("eltrombopag", CALCIUM, ERROR, "08:01 13:59", "08:00 14:00"),
    ("Revolade", SELENIUM, ERROR, "08:01 13:59", "08:00 14:00"),
    ("penicillamine", IRON, ERROR, "10:01 13:59", "10:00 14:00"),
    ("deferiprone", ZINC, ERROR, "08:01 15:59", "08:00 16:00"),
    ("Plaquenil", ANTACID, WARNING, "08:01 15:59", "08:00 16:00"),
    ("rosuvastatin", ANTACID, WARNING, "12:00 13:59", "11:59 14:00"),
]


@pytest.mark.parametrize(("medicine", "part", "severity", "near", "far"), DISTANCES)
def test_both_sides_of_the_hours_of_a_label(
    medicine: str, part: str, severity: str, near: str, far: str
) -> None:
    person = takes(f"{medicine} 12:00")
    for time in near.split():
        assert ("MIN-BOUND", severity) in findings(at(time, part), person=person)
    for time in far.split():
        assert "MIN-BOUND" not in {rule for rule, _ in findings(at(time, part), person=person)}


@pytest.mark.parametrize(
    ("medicine", "part"),
    [
        ("cefdinir", CALCIUM),
        ("Isentress", CALCIUM),
        ("raltegravir", IRON),
        ("mycophenolate", CALCIUM),
        ("penicillamine", CALCIUM),
        ("deferiprone", Mg(100)),
        ("hydroxychloroquine", CALCIUM),
        ("Crestor", Mg(100)),
        ("cefalexin", IRON),
    ],
)
def test_what_the_label_does_not_name_is_not_told(medicine: str, part: str) -> None:
    assert findings(at("12:00", part), person=takes(f"{medicine} 12:00")) == set()


def test_what_is_injected_meets_no_mineral() -> None:
    person = takes("Vocabria injection 12:00")
    assert findings(at("12:00", IRON), person=person) == {("MED-ROUTE", NOTE)}


def test_of_raltegravir_it_is_said_that_hours_are_not_enough() -> None:
    found = the_finding("MIN-BOUND", at("08:00", ANTACID), person=takes("raltegravir 12:00"))
    assert found.message.startswith("Aluminium and magnesium bind this medicine: even 6 h apart")


def test_every_medicine_of_the_table_has_both_its_sides_here() -> None:
    named = {medicine.name for row in DISTANCES for medicine in known_medicines(row[0])}
    assert named == published_limits.MINERAL_BOUND_MIN.keys()


def test_a_mineral_that_is_a_listed_medicine_counts() -> None:
    person = takes("eltrombopag 12:00", "ferrous sulfate 12:30", "levodopa 20:00")
    assert findings(a_dose(D3(10)), person=person) == {
        ("MIN-BOUND", ERROR),
        ("IRON-ASK", WARNING),
    }


def test_the_sentence_names_what_the_label_names() -> None:
    found = the_finding("MIN-BOUND", at("11:00", IRON), person=takes("cefdinir 12:00"))
    assert (found.seen, found.message) == (
        "iron at 11:00, cefdinir at 12:00: 1 h apart",
        "Minerals bind this medicine. Its label wants them 2 h after it or 2 h before it. Only a"
        " supplement may go elsewhere.",
    )
    with_food = the_finding("MIN-BOUND", at("11:00", IRON), person=takes("Tivicay 12:00"))
    assert with_food.message.endswith("Together with food its label allows calcium and iron.")


@pytest.mark.parametrize("medicine", ["Tivicay", "dolutegravir 50 mg", "Biktarvy"])
@pytest.mark.parametrize("part", [CALCIUM, IRON])
def test_with_food_and_at_the_same_time_its_label_allows_calcium_and_iron(
    medicine: str, part: str
) -> None:
    person = takes(f"{medicine} 08:00")
    text = a_schedule(a_dose(part), person=person, meals=f'{MEALS}lunch = "12:30"\n')
    assert {each.rule for each in verdict(text).findings} == set()
    assert corrected(text, "plan.toml", TODAY) == (text, [])
    assert findings(at("08:00", part, food="any"), person=person) == set()
    # Later, on an empty stomach, or with magnesium in it, it is another thing.
    assert findings(at("08:30", part), person=person) == {("MIN-BOUND", WARNING)}
    empty = at("08:00", part, food="empty")
    assert findings(empty, person=person) == {("MIN-BOUND", WARNING)}
    assert findings(a_dose(part, Mg(50)), person=person) == {("MIN-BOUND", ERROR)}
    twice = a_dose(part, at=["08:00", "20:00"], food="any")
    assert findings(twice, person=takes(f"{medicine} 08:00")) == set()
    assert findings(twice, person=takes(f"{medicine} 09:00")) == {("MIN-BOUND", WARNING)}


def test_an_antacid_with_several_minerals_is_one_finding() -> None:
    person = takes("dolutegravir 08:00", "Gaviscon 09:00")
    found = verdict(a_schedule(a_dose(D3(10)), person=person)).findings
    assert [each.severity for each in found if each.rule == "MIN-BOUND"] == [ERROR]
    both = a_dose(Mg(50), CALCIUM, food="empty", at=["09:00"])
    found = verdict(a_schedule(both, person=takes("dolutegravir 08:00"))).findings
    assert [each.severity for each in found if each.rule == "MIN-BOUND"] == [ERROR]


def test_without_a_time_its_hours_are_asked_for() -> None:
    assert findings(a_dose(IRON), person=takes("cefdinir")) == {("MED-TIME", WARNING)}
    assert findings(a_dose(CALCIUM), person=takes("cefdinir")) == set()


def test_no_retinoid_and_no_bound_medicine_is_called_unknown() -> None:
    names = "isotretinoin acitretin bexarotene levodopa methyldopa cefdinir mycophenolate"
    assert [len(known_medicines(name)) for name in names.split()] == [1] * 7


@pytest.mark.parametrize(
    "medicine",
    [
        "Actonel 35 mg",
        "risedronate 35 mg, after waking, before breakfast",
        "Risedronat 35 mg nach dem Aufstehen",
        "risedronate before food",
        "Risedronat vor dem Frühstück",
    ],
)
def test_the_usual_risedronate_comes_first(medicine: str) -> None:
    found = findings(a_dose(D3(10)), person=takes(f"{medicine} 08:10"))
    assert ("BP-FIRST", ERROR) in found


AFTER_BREAKFAST = [
    "Atelvia",
    "Atelvia 35 mg",
    "risedronate delayed-release",
    "risedronate DR 35",
    "risedronate, after breakfast",
    "risedronate gastro-resistant",
    "Actonel DR",
    "Actonel EC 35 mg",
    "Actonel GR 35 mg",
    "Actonel 35 mg magensaftresistente Tabletten",
    "Risedronat magensaftresistent",
    "risedronato gastrorresistente",
    "risédronate gastro-résistant 35 mg",
    "risedronato gastroresistente 35 mg",
    "risedronaat maagsapresistent",
    "Risedronat enterotabletter",
    "risedronate enteric-coated",
    "Risedronat 35 mg nach dem Frühstück",
    "risédronate après le petit déjeuner",
    "risedronato después del desayuno",
]


@pytest.mark.parametrize("medicine", AFTER_BREAKFAST)
def test_risedronate_for_after_breakfast_need_not_come_first(medicine: str) -> None:
    """Breakfast is at 08:00."""
    person = takes(f"{medicine} 08:15")
    assert findings(a_dose(D3(10)), person=person) == set()
    found = the_finding("MIN-BP", a_dose(CALCIUM), person=person)
    assert (found.severity, found.message) == (
        "warning",
        "By its label this bone medicine is taken right after breakfast, and calcium, antacids"
        " and iron belong to another time of the day: 2 h are careful.",
    )
    assert findings(at("10:15", CALCIUM), person=person) == set()


@pytest.mark.parametrize("medicine", ["risedronate", "Actonel 35 mg", "risedronate sodium"])
def test_the_other_risedronate_comes_first(medicine: str) -> None:
    found = findings(a_dose(D3(10)), person=takes(f"{medicine} 08:15"))
    assert found == {("BP-FIRST", ERROR)}


def test_for_after_breakfast_and_no_time_only_minerals_matter() -> None:
    assert findings(a_dose(D3(10)), person=takes("Atelvia")) == set()
    assert findings(a_dose(CALCIUM), person=takes("Atelvia")) == {("MED-TIME", WARNING)}


@pytest.mark.parametrize("rule", ["VITA-RETINOID", "MIN-BOUND", "IRON-ASK", "CA-IRON"])
def test_the_rules_of_this_file_have_sources(rule: str) -> None:
    assert RULES[rule].sources


@pytest.mark.parametrize(
    ("doses", "found"),
    [
        ([a_dose(CALCIUM), a_dose(IRON, ident="fe")], {("CA-IRON", WARNING)}),
        ([a_dose(CALCIUM), a_dose(ZINC, ident="zn")], {("CA-IRON", NOTE)}),
        ([a_dose(CALCIUM), at("09:59", IRON, ident="fe")], {("CA-IRON", WARNING)}),
        ([a_dose(CALCIUM), at("10:00", IRON, ident="fe")], set()),
        ([a_dose(CALCIUM), at("06:01", IRON, ident="fe")], {("CA-IRON", WARNING)}),
        ([a_dose(CALCIUM), at("06:00", IRON, ident="fe")], set()),
        # One tablet cannot be taken apart, and nobody swallows an ointment.
        ([a_dose(CALCIUM, IRON, ZINC)], set()),
        ([a_dose(CALCIUM), a_dose(IRON, ident="fe", route="topical")], set()),
        ([a_dose(CALCIUM, days=["mon"]), a_dose(IRON, ident="fe", days=["tue"])], set()),
        ([a_dose(Mg(100)), a_dose(IRON, ident="fe")], set()),
    ],
)
def test_iron_and_calcium_at_one_meal(doses: list[str], found: set[tuple[str, str]]) -> None:
    assert findings(*doses) == found


def test_iron_as_a_listed_medicine_and_calcium() -> None:
    found = the_finding("CA-IRON", a_dose(CALCIUM), person=takes("ferrous fumarate 08:30"))
    assert found.seen == "calcium at 08:00, ferrous fumarate (iron) at 08:30: 30 min apart"


def test_putting_right_brings_no_iron_to_the_calcium() -> None:
    """Calcium is too near to levothyroxine; lunch would do, but there is iron."""
    doses = [a_dose(CALCIUM, early="0m"), at("12:30", IRON, ident="fe")]
    meals = f'{MEALS}lunch = "12:30"\ndinner = "19:00"\n'
    text = a_schedule(*doses, person=takes("levothyroxine 07:00"), meals=meals)
    new, done = corrected(text, "plan.toml", TODAY)
    assert [each.text() for each in done] == [
        "pill: breakfast -> dinner, 12 h after levothyroxine at 07:00"
    ]
    assert verdict(new).findings == ()
