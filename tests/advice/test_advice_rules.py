"""Every rule is reached by an example; what a rule says, and of whom it does not speak."""

import datetime as dt
import re
from typing import Any

import pytest

from advice_texts import (
    CLEAN,
    D3,
    MEALS,
    MK4,
    MK7,
    Mg,
    a_dose,
    a_schedule,
    accepted,
    at,
    content,
    findings,
    retinol,
    takes,
    the_finding,
    verdict,
)
from dosebell_host.advice.explain import explained
from dosebell_host.advice.reasons import NOT_RULES, REASONS
from dosebell_host.advice.rules.table import RULES
from dosebell_host.reference.medicine_index import nearest_medicine
from dosebell_host.reference.recognised import known_medicines
from dosebell_host.reference.sources import SOURCES

COURSE: dict[str, Any] = {"days": ["sun"], "prescribed": True}
TWO_MEALS = MEALS + 'lunch = "12:30"\ndinner = "18:30"\n'


def ill(condition: str) -> str:
    return CLEAN + f'conditions = ["{condition}"]\n'


# An example of each rule: what it finds there, and how grave it is.
EXAMPLES: dict[str, tuple[list[str], dict[str, Any], str]] = {
    "D3-FAT": ([at("08:00", D3(10), food="empty")], {}, "warning"),
    "K2-FAT": ([at("08:00", MK4(100), food="empty")], {}, "warning"),
    "D3-LATE": ([at("21:00", D3(10), food="empty")], {}, "note"),
    "D3-SLOT": ([a_dose(D3(10), at=["08:00"])], {}, "note"),
    "BP-FIRST": ([at("07:20", MK7())], {"person": takes("Actonel 07:00")}, "error"),
    "MISS-DOUBLE": ([a_dose(D3(10), late="13h")], {}, "error"),
    "D3-UL": ([a_dose(D3(101))], {}, "error"),
    "D3-LOAEL": ([a_dose(D3(250), prescribed=True)], {}, "error"),
    "D3-RDA": ([a_dose(D3(16))], {}, "note"),
    "D3-SUM": ([a_dose(D3(5)), a_dose(D3(5), ident="b")], {}, "note"),
    "D3-SINGLE": ([a_dose(D3(20_000, "IU"), days=["sun"])], {}, "error"),
    "D3-COURSE": ([a_dose(D3(1250), **COURSE)], {}, "error"),
    "K2-HIGH": ([a_dose(MK4(2, "mg"))], {}, "warning"),
    "K-AI": ([a_dose(MK7())], {}, "note"),
    "MG-UL": ([a_dose(Mg(351))], {}, "warning"),
    "MG-ELEM": ([a_dose(Mg(400, None))], {}, "error"),
    "VITA-UL": ([a_dose(retinol(6000, "IU"))], {}, "warning"),
    "AGE-ADULT": ([a_dose(D3(10))], {"person": CLEAN.replace("52", "12")}, "error"),
    "UNIT-IU": ([a_dose(content("vitamin-k2", 100, "IU", form="MK-7"))], {}, "error"),
    "UNIT-SLIP": ([a_dose(MK7(100, "mg"))], {}, "error"),
    "K2-PAIR": ([a_dose(D3(10))], {"person": CLEAN + "want_pair = true\n"}, "note"),
    "MK4-SPLIT": ([a_dose(MK4(15, "mg"))], {}, "note"),
    "MK4-MCG": ([a_dose(MK4(420))], {}, "note"),
    "MK7-ONCE": ([a_dose(MK7(), ident="a"), at("20:00", MK7(), ident="b")], {}, "note"),
    "K2-FORM": ([a_dose(content("vitamin-k2", 100))], {}, "note"),
    "K2-TOPICAL": ([a_dose(MK4(100), route="topical")], {}, "note"),
    "D3-INTERVAL": ([a_dose(D3(10), days=["sun"])], {}, "note"),
    "D3-WEEKDAY": ([a_dose(D3(175), name="WEEKLY: vitamin D3")], {}, "error"),
    "K2-VKA": ([a_dose(MK7())], {"person": takes("Sintrom")}, "error"),
    "K2-VKA-STEADY": (
        [a_dose(MK7(), days=["mon", "thu"]), accepted("K2-VKA")],
        {"person": takes("Marevan")},
        "warning",
    ),
    "D3-THIAZIDE": ([a_dose(D3(10))], {"person": takes("Losartan/HCT 50 mg")}, "warning"),
    "D3-DIGOXIN": ([a_dose(D3(10))], {"person": takes("Lanoxin")}, "warning"),
    "D3-ANALOG": ([a_dose(D3(10))], {"person": takes("Rocaltrol")}, "error"),
    "D3-DILTIAZEM": ([a_dose(D3(10))], {"person": takes("verapamil")}, "note"),
    "VIT-ORLISTAT": ([at("10:00", retinol(10))], {"person": takes("alli 08:00")}, "warning"),
    "VIT-RESIN": ([a_dose(MK7())], {"person": takes("Questran 08:00")}, "error"),
    "VIT-MINOIL": (
        [a_dose(content("vitamin-e", 10, "mg"))],
        {"person": takes("liquid paraffin 08:00")},
        "warning",
    ),
    "D3-INDUCER": ([a_dose(D3(10))], {"person": takes("phenytoin")}, "note"),
    "D3-STEROID": ([a_dose(D3(10))], {"person": takes("prednisolone")}, "note"),
    "K-ABX": ([a_dose(MK7())], {"person": takes("cefalexin", "warfarin")}, "note"),
    "D3-STATIN": ([a_dose(D3(10))], {"person": takes("Zocor")}, "note"),
    "MIN-LEVO": (
        [a_dose(content("iron", 14, "mg"))],
        {"person": takes("Euthyrox 07:00")},
        "error",
    ),
    "MIN-BP": (
        [a_dose(content("calcium", 500, "mg"))],
        {"person": takes("Fosamax 07:00")},
        "warning",
    ),
    "MIN-QUIN": (
        [a_dose(content("zinc", 10, "mg"))],
        {"person": takes("levofloxacin 09:00")},
        "error",
    ),
    "MIN-TETRA": ([a_dose(Mg(100))], {"person": takes("doxycycline 13:00")}, "warning"),
    "D3-CONTRA": ([a_dose(D3(1))], {"person": ill("hypercalcemia")}, "error"),
    "D3-CAUTION": ([a_dose(D3(1))], {"person": ill("sarcoidosis")}, "warning"),
    "ABSORB": ([a_dose(MK7())], {"person": ill("Crohn's")}, "note"),
    "PREG-D": ([a_dose(D3(10))], {"person": CLEAN + "breastfeeding = true\n"}, "note"),
    "PREG-A": ([a_dose(retinol(1))], {"person": CLEAN + "planning_pregnancy = true\n"}, "error"),
    "PREG-K2": ([a_dose(MK7())], {"person": CLEAN + "pregnant = true\n"}, "note"),
    "KIDNEY-MG": ([a_dose(Mg(10))], {"person": CLEAN + 'kidney = "moderate"\n'}, "error"),
    "D3-TARGET": (
        [a_dose(D3(10))],
        {"person": CLEAN + 'labs = [{ target_low = 150, unit = "nmol/L" }]\n'},
        "warning",
    ),
    "D3-TEST": ([a_dose(D3(10))], {"person": CLEAN + "labs = [{ every_months = 6 }]\n"}, "note"),
    "D3-CALCIUM": ([a_dose(D3(50))], {}, "note"),
    "LAB-UNIT": ([a_dose(D3(10))], {"person": CLEAN + "labs = [{ target_low = 30 }]\n"}, "error"),
    "PERSON-NONE": ([a_dose(D3(10))], {"person": None}, "note"),
    "K2-NO-LIST": ([a_dose(MK7())], {"person": "age = 52\n"}, "warning"),
    "MED-UNKNOWN": ([a_dose(D3(10))], {"person": takes("warferin")}, "warning"),
    "MED-TIME": ([a_dose(Mg(100))], {"person": takes("levothyroxine")}, "warning"),
    "COND-UNKNOWN": ([a_dose(D3(10))], {"person": ill("sarcoidosys")}, "warning"),
    "NUTRIENT-UNKNOWN": ([a_dose(content("magnesum", 10, "mg"))], {}, "warning"),
    "ACCEPT-UNKNOWN": ([a_dose(D3(10)), accepted("D3-ULL")], {}, "warning"),
    "VITA-RETINOID": ([a_dose(retinol(1))], {"person": takes("Roaccutane")}, "error"),
    "MIN-BOUND": (
        [a_dose(content("iron", 14, "mg"))],
        {"person": takes("Omnicef 07:00")},
        "error",
    ),
    "NUTR-ASK": (
        [a_dose(content("turmeric", 500, "mg"))],
        {"person": takes("warfarin")},
        "warning",
    ),
    "IRON-ASK": ([a_dose(content("iron", 14, "mg"))], {"person": takes("Madopar")}, "warning"),
    "CA-IRON": (
        [a_dose(content("calcium", 500, "mg")), a_dose(content("iron", 14, "mg"), ident="fe")],
        {},
        "warning",
    ),
    "CA-CONTRA": (
        [a_dose(content("calcium", 500, "mg"))],
        {"person": ill("kidney stones")},
        "error",
    ),
    "CA-CAUTION": (
        [a_dose(content("calcium", 500, "mg"))],
        {"person": ill("sarcoidosis")},
        "warning",
    ),
    "CA-THIAZIDE": (
        [a_dose(content("calcium", 500, "mg"))],
        {"person": takes("indapamide")},
        "warning",
    ),
    "CA-DIGOXIN": (
        [a_dose(content("calcium", 500, "mg"))],
        {"person": takes("digoxin")},
        "warning",
    ),
    "CA-ANALOG": (
        [a_dose(content("calcium", 500, "mg"))],
        {"person": takes("calcitriol")},
        "warning",
    ),
    "CA-UL": ([a_dose(content("calcium", 1501, "mg"))], {}, "warning"),
    "NUTR-UL": ([a_dose(content("zinc", 41, "mg"))], {}, "warning"),
    "E-THINNER": (
        [a_dose(content("vitamin-e", 400, "IU"))],
        {"person": takes("Eliquis")},
        "warning",
    ),
    "SALT-UNKNOWN": ([a_dose(content("zinc", 50, "mg", basis="compound"))], {}, "note"),
    "BIOTIN-TEST": (
        [a_dose(content("biotin", 5, "mg"))],
        {"person": takes("levothyroxine")},
        "warning",
    ),
    "KIDNEY-ASK": ([a_dose(D3(10))], {"person": ill("one kidney")}, "warning"),
    "COND-ASK": ([a_dose(D3(10))], {"person": ill("cirrhosis")}, "warning"),
    "CONTENTS-NONE": ([a_dose(name="Magnesium")], {}, "warning"),
    "NAME-LACKS": ([a_dose(D3(10), name="D3 + K2")], {"person": takes("warfarin")}, "warning"),
    "NAME-AMOUNT": ([a_dose(D3(10), name="D3 1000 IU")], {}, "warning"),
    "MED-ASK": ([a_dose(D3(10))], {"person": takes("water tablet")}, "warning"),
    "MED-ROUTE": ([a_dose(Mg(10))], {"person": takes("ofloxacin eye drops")}, "note"),
    "D3-UNCOUNTED": ([a_dose(D3(10))], {"person": takes("Fosavance 01:00")}, "warning"),
}
ON_REQUEST = {"K2-DOAC": ([a_dose(MK7())], takes("Eliquis"), "note")}


def test_every_rule_has_an_example() -> None:
    assert EXAMPLES.keys() | ON_REQUEST.keys() == RULES.keys() == REASONS.keys()


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_finds_its_example(rule: str) -> None:
    parts, where, severity = EXAMPLES[rule]
    found = verdict(a_schedule(*parts, **where)).findings
    assert (rule, severity) in {(each.rule, each.severity) for each in found}


def test_what_is_no_alarm_is_told_on_request_only() -> None:
    parts, person, severity = ON_REQUEST["K2-DOAC"]
    text = a_schedule(*parts, person=person)
    assert "K2-DOAC" not in {each.rule for each in verdict(text).findings}
    asked = verdict(text, on_request=True).findings
    assert ("K2-DOAC", severity) in {(each.rule, each.severity) for each in asked}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_finding_has_all_it_needs(rule: str) -> None:
    parts, where, _ = EXAMPLES[rule]
    for each in verdict(a_schedule(*parts, **where)).findings:
        assert each.severity in RULES[each.rule].severities
        assert each.seen and each.message and each.sources
        assert not re.search(r"[{}]", each.message)


def test_nothing_says_to_start_stop_or_change_a_medicine() -> None:
    # As an order at the head of a sentence, or as advice to "you".
    verbs = "start stop quit discontinue increase reduce lower raise double skip switch change"
    telling = re.compile(
        rf"(^|you (should|must|can|may|need to) |please )({verbs.replace(' ', '|')})\b",
        re.IGNORECASE,
    )
    said = [rule.message for rule in RULES.values()]
    said += [text for reason in REASONS.values() for text in (reason.why, reason.popular)]
    said += [reason.why for reason in NOT_RULES.values()]
    sentences = [sentence for text in said for sentence in re.split(r"(?<=[.;])\s", text)]
    assert [sentence for sentence in sentences if telling.search(sentence)] == []
    assert telling.search("Stop the warfarin.") and telling.search("You should reduce it.")


def test_every_source_is_in_the_list_and_is_used() -> None:
    used = {key for rule in RULES.values() for key in (*rule.sources, *rule.against)}
    assert used <= SOURCES.keys()
    # Read for the reasons behind rules, or for the tables that `--explain` prints.
    assert SOURCES.keys() - used == {"19", "42"}


def test_a_source_has_its_level_and_its_address() -> None:
    without = {key for key, source in SOURCES.items() if not source.urls}
    # Our own sum and choices, articles, and two of which only a copy was read.
    assert without == {"44", "house", "article", "5", "69b"}
    urls = [url for source in SOURCES.values() for url in source.urls]
    assert all(re.fullmatch(r"https?://\S+", url) for url in urls)
    assert len(set(urls)) == len(urls)


@pytest.mark.parametrize("rule", [*RULES, *NOT_RULES])
def test_every_rule_can_be_explained(rule: str) -> None:
    found = explained(rule.lower())
    assert found.name == rule
    assert found.to_json()["reasoning"]


@pytest.mark.parametrize(
    ("written", "generic"),
    [
        ("Coumadin", "warfarin"),
        ("Marevan 3 mg", "warfarin"),
        ("MARCUMAR", "phenprocoumon"),
        ("Sintrom", "acenocoumarol"),
        ("Fosamax", "alendronate"),
        ("fosamax once weekly 70mg", "alendronate"),
        ("L-Thyroxin 75", "levothyroxine"),
        ("vitamin K antagonist", "vitamin K antagonist"),
        ("Hyzaar", "hydrochlorothiazide"),
        ("Rifampin", "rifampicin"),
    ],
)
def test_a_medicine_is_known_by_many_names(written: str, generic: str) -> None:
    assert [medicine.name for medicine in known_medicines(written)] == [generic]


@pytest.mark.parametrize(
    ("written", "near"),
    [("warferin", "warfarin"), ("levothyroxin sodum", "levothyroxine"), ("xqzzy", None)],
)
def test_an_unknown_medicine_gets_the_nearest_known(written: str, near: str | None) -> None:
    found = nearest_medicine(written) if not known_medicines(written) else "levothyroxine"
    assert found == near


def test_an_unknown_medicine_is_told_with_the_nearest() -> None:
    found = the_finding("MED-UNKNOWN", a_dose(D3(10)), person=takes("Coumadim"))
    assert found.seen == '"Coumadim"; did you mean "coumadin"?'


def test_a_cream_is_not_the_steroid_that_is_swallowed() -> None:
    cream = takes("hydrocortisone cream")
    assert findings(a_dose(D3(10)), person=cream) == {("MED-ROUTE", "note")}


def test_a_dose_that_is_a_medicine_counts_as_listed_with_its_times() -> None:
    thyroid = at("07:00", ident="thyroid", medicine="levothyroxine", food="empty")
    found = the_finding("MIN-LEVO", a_dose(Mg(100)), thyroid)
    assert found.doses == ("pill",)
    assert found.seen == "magnesium at 08:00, levothyroxine at 07:00: 1 h apart"


def test_a_dose_that_is_an_unknown_medicine_is_told() -> None:
    assert findings(at("07:00", ident="x", medicine="blimp")) == {("MED-UNKNOWN", "warning")}


def test_a_medicine_that_is_a_mineral_counts_as_one() -> None:
    person = takes("levothyroxine 06:00", "ferrous sulfate 08:00")
    assert ("MIN-LEVO", "error") in findings(a_dose(D3(10)), person=person)


def test_distances_reach_across_midnight() -> None:
    late = at("23:00", Mg(100))
    found = the_finding("MIN-TETRA", late, person=takes("doxycycline 01:00"))
    assert (found.severity, found.seen) == (
        "error",
        "magnesium at 23:00, doxycycline at 01:00: 2 h apart",
    )


def test_a_weekly_medicine_touches_only_its_day() -> None:
    weekly = CLEAN.replace(
        "medicines = []", 'medicines = [{ name = "Fosamax", at = "07:50", days = ["sun"] }]'
    )
    on_sunday = 'breakfast = { at = "09:00", sun = "08:00", fat_g = 12 }\n'
    other_days = 'breakfast = { at = "08:00", sun = "09:00", fat_g = 12 }\n'
    assert ("BP-FIRST", "error") in findings(a_dose(D3(10)), person=weekly, meals=on_sunday)
    assert findings(a_dose(D3(10)), person=weekly, meals=other_days) == set()


def test_breakfast_itself_can_be_too_close_to_the_bone_medicine() -> None:
    person = takes("alendronate 07:45")
    found = the_finding("BP-FIRST", at("12:00", D3(10)), person=person)
    assert (found.doses, found.seen) == (
        (),
        "breakfast at 08:00, alendronate at 07:45: 15 min apart",
    )


def test_a_meal_that_an_exception_moves_counts_too() -> None:
    holiday = '[[except]]\nfrom = 2026-12-24\nto = 2026-12-24\nmeals = { breakfast = "10:00" }\n'
    person = takes("levothyroxine 06:00")
    meals = 'breakfast = { at = "11:00", fat_g = 12 }\n'
    assert findings(a_dose(Mg(100)), person=person, meals=meals) == set()
    moved = holiday.replace("10:00", "09:30")
    assert ("MIN-LEVO", "error") in findings(a_dose(Mg(100)), moved, person=person, meals=meals)


def test_the_meal_it_falls_back_to_counts_too() -> None:
    dose = a_dose(Mg(100), with_=["breakfast", "lunch"])
    person = takes("ciprofloxacin 16:00")
    assert findings(a_dose(Mg(100)), person=person, meals=TWO_MEALS) == set()
    assert ("MIN-QUIN", "error") in findings(dose, person=person, meals=TWO_MEALS)


def test_a_course_of_antibiotics_that_is_over_is_over() -> None:
    person = CLEAN.replace(
        "medicines = []", 'medicines = [{ name = "doxycycline", at = "09:00", end = 2026-11-22 }]'
    )
    assert ("MIN-TETRA", "error") in findings(a_dose(Mg(100)), person=person)
    tomorrow = dt.date(2026, 11, 23)
    assert findings(a_dose(Mg(100)), person=person, today=tomorrow) == set()


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        # With a beginning and no end it has lasted until today, 2026-11-22.
        ("start = 2026-11-12", {("K-ABX", "note")}),
        ("start = 2026-11-13", set()),
        ("start = 2026-12-24", set()),
        ('days = "daily"', set()),
    ],
)
def test_an_antibiotic_without_an_end_has_lasted_until_today(
    dates: str, found: set[tuple[str, str]]
) -> None:
    listed = f'[{{ name = "cefalexin", {dates} }}]'
    assert findings(a_dose(D3(10)), person=CLEAN.replace("[]", listed)) == found


@pytest.mark.parametrize("rule", ["d3-ul", "D3 UL", "D3-ULL"])
def test_a_misspelt_rule_is_told_with_the_nearest(rule: str) -> None:
    found = the_finding("ACCEPT-UNKNOWN", a_dose(D3(10)), accepted(rule))
    assert found.seen == f'"{rule}"; did you mean "D3-UL"?'


def test_vitamin_k_in_iu_is_told_as_it_is_written() -> None:
    odd = a_dose(content("vitamin-k2", 100, "IU", form="MK-7"))
    found = the_finding("K2-VKA", odd, person=takes("warfarin"))
    assert found.seen == "warfarin, and vitamin K: pill 100 IU"
    found = the_finding("K-AI", odd)
    assert found.seen == "in a unit that says no amount"


def test_a_form_of_vitamin_d_that_is_a_medicine_counts_among_the_contents() -> None:
    active = a_dose(content("calcitriol", 0.25), ident="rx")
    assert findings(active) == set()
    found = the_finding("D3-ANALOG", active, a_dose(D3(10)))
    assert (found.doses, found.seen) == (("pill",), "calcitriol, and vitamin D besides")


def test_a_course_of_one_intake_is_told_in_words_that_fit() -> None:
    once: dict[str, Any] = {"start": dt.date(2026, 11, 29), "end": dt.date(2026, 11, 29)}
    found = the_finding("D3-COURSE", a_dose(D3(7501), **COURSE, **once))
    assert found.seen.startswith("1 intake makes 7,501 mcg (300,040 IU) in all")


def test_an_amount_that_is_no_slip_counts_in_the_sum() -> None:
    much = a_dose(MK7(1.5, "mg"))
    assert findings(much) == {("UNIT-SLIP", "error")}
    looked = accepted("UNIT-SLIP")
    assert findings(much, looked) == {("UNIT-SLIP", "error"), ("K2-HIGH", "warning")}


@pytest.mark.parametrize(
    ("eat", "severity"),
    [
        ("two eggs", None),
        ("toast with jam", "warning"),
        ("2 slices of toast with jam", "warning"),
        ("a butter croissant", None),
        ("oatmeal", "note"),
        ("corn flakes and whole milk", "note"),
        ("orange juice", "warning"),
        ("something nice", "note"),
    ],
)
def test_a_breakfast_by_its_name(eat: str, severity: str | None) -> None:
    meals = f'breakfast = {{ at = "08:00", eat = "{eat}" }}\n'
    expected = {("D3-FAT", severity)} if severity else set()
    assert findings(a_dose(D3(10)), meals=meals) == expected


def test_grams_beat_words() -> None:
    meals = 'breakfast = { at = "08:00", eat = "toast with jam", fat_g = 14 }\n'
    assert findings(a_dose(D3(10)), meals=meals) == set()


@pytest.mark.parametrize("food", ["fat", None])
def test_a_fallback_that_is_not_described_is_nothing(food: str | None) -> None:
    keys = {"food": food} if food else {}
    dose = a_dose(D3(10), with_=["breakfast", "lunch"], **keys)
    assert findings(dose, meals=TWO_MEALS) == set()


def test_mk7_without_food_is_a_note_at_most() -> None:
    assert findings(at("08:00", MK7(), food="empty")) == {("K2-FAT", "note")}


@pytest.mark.parametrize(
    ("late", "meals", "found"),
    [
        ("12h", ["breakfast"], set()),
        ("12h1m", ["breakfast"], {("MISS-DOUBLE", "error")}),
        # The last meal counts: an hour and a half after dinner is 20:00, 12 h before breakfast.
        ("1h30m", ["breakfast", "lunch", "dinner"], set()),
        ("1h31m", ["breakfast", "lunch", "dinner"], {("MISS-DOUBLE", "warning")}),
    ],
)
def test_catching_up_ends_at_half_the_interval(
    late: str, meals: list[str], found: set[tuple[str, str]]
) -> None:
    dose = a_dose(D3(10), with_=meals, late=late, food="fat")
    assert findings(dose, meals=TWO_MEALS) == found


@pytest.mark.parametrize(
    ("days", "late", "found"),
    [
        ('["sun"]', "84h", False),
        ('["sun"]', "3d12h1m", True),
        ('["mon", "thu"]', "36h", False),
        ('["mon", "thu"]', "36h1m", True),
        ("{ monthdays = [1] }", "14d", False),
        ("{ monthdays = [1, 20] }", "14d", True),
        ("{ every = 4 }\nstart = 2026-01-01", "48h", False),
        ("{ every = 4 }\nstart = 2026-01-01", "48h1m", True),
    ],
)
def test_half_the_interval_of_other_days(days: str, late: str, found: bool) -> None:
    text = a_schedule(a_dose(D3(10), late=late)).replace('days = "daily"', f"days = {days}")
    assert found == ("MISS-DOUBLE" in {each.rule for each in verdict(text).findings})


def test_half_the_interval_between_times_and_around_a_holiday() -> None:
    thrice: dict[str, Any] = {"at": ["08:00", "13:00", "18:00"], "food": "fat"}
    assert findings(a_dose(D3(3), late="2h30m", **thrice)) == set()
    assert findings(a_dose(D3(3), late="2h31m", **thrice)) == {("MISS-DOUBLE", "error")}
    drops = a_dose(at=["08:00", "12:00", "16:00", "20:00"])
    assert findings(drops) == {("MISS-DOUBLE", "warning"), ("CONTENTS-NONE", "note")}
    early = '[[except]]\nfrom = 2026-12-24\nto = 2026-12-26\nmeals = { breakfast = "05:00" }\n'
    assert findings(a_dose(D3(10), late="11h")) == set()
    # From 08:00 to 05:00 are 21 h; half of it is over at 18:30.
    assert findings(a_dose(D3(10), late="11h"), early) == {("MISS-DOUBLE", "error")}


@pytest.mark.parametrize(
    ("name", "days", "found"),
    [
        ("WEEKLY: D3", '["sun"]', False),
        ("WEEKLY: D3", '["sun", "wed"]', True),
        ("WEEKLY: D3", "{ every = 7 }\nstart = 2026-01-01", False),
        ("D3 once a week", '"daily"', True),
        ("D3 1 capsule per week", '"daily"', True),
        ("D3 twice weekly", '["sun", "wed"]', False),
        ("D3 3 times a week", '["sun", "tue", "thu"]', False),
        ("D3 bi-weekly", "{ every = 14 }\nstart = 2026-01-01", False),
        ("D3 2 capsules weekly", '["sun", "wed"]', True),
        ("D3", '"daily"', False),
    ],
)
def test_weekly_means_one_weekday(name: str, days: str, found: bool) -> None:
    text = a_schedule(a_dose(D3(10), name=name)).replace('days = "daily"', f"days = {days}")
    assert found == ("D3-WEEKDAY" in {each.rule for each in verdict(text).findings})


def test_high_doses_that_meet_are_one_dose() -> None:
    doses = [a_dose(D3(250), ident=ident, days=["sun"]) for ident in "ab"]
    found = the_finding("D3-SINGLE", *doses)
    assert found.doses == ("a", "b")
    assert found.seen == "500 mcg (20,000 IU) of vitamin D at one time"
    apart = [a_dose(D3(250), ident="a", days=["sun"]), a_dose(D3(250), ident="b", days=["mon"])]
    assert "D3-SINGLE" not in {rule for rule, _ in findings(*apart)}


def test_what_is_prescribed_does_not_cover_what_is_added() -> None:
    little = a_dose(D3(60), ident="rx", prescribed=True)
    assert ("D3-UL", "error") in findings(little, a_dose(D3(41)))
    much = a_dose(D3(120), ident="rx", prescribed=True, review=dt.date(2027, 1, 15))
    assert ("D3-UL", "warning") in findings(much, a_dose(D3(41)))


def test_a_review_date_stands_for_an_end_until_it_is_over() -> None:
    dose = a_dose(D3(300), prescribed=True, review=dt.date(2027, 1, 15))
    assert not {"D3-COURSE", "D3-LOAEL"} & {rule for rule, _ in findings(dose)}
    later = findings(dose, today=dt.date(2027, 1, 16))
    assert {("D3-COURSE", "error"), ("D3-LOAEL", "error")} <= later


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("kidney failure", {("D3-CONTRA", "error"), ("KIDNEY-MG", "error")}),
        ("CKD", {("D3-CAUTION", "warning"), ("KIDNEY-MG", "error")}),
        ("pregnancy", {("PREG-D", "note")}),
        ("nursing", {("PREG-D", "note")}),
        ("osteoporosis", set()),
    ],
)
def test_what_has_a_key_of_its_own_counts_among_the_conditions_too(
    condition: str, found: set[tuple[str, str]]
) -> None:
    assert findings(a_dose(D3(10), Mg(100)), person=ill(condition)) == found


def test_a_medicine_may_be_its_name_alone() -> None:
    person = 'age = 52\nmedicines = ["Coumadin", { name = "levothyroxine", at = "01:00" }]\n'
    assert findings(a_dose(MK7()), person=person) == {("K2-VKA", "error")}


@pytest.mark.parametrize("unit", ["ng/mL", "ng/ml", "NG/ML"])
def test_a_blood_unit_has_any_capitals(unit: str) -> None:
    labs = f'labs = [{{ target_low = 51, unit = "{unit}" }}]\n'
    assert findings(a_dose(D3(10)), person=CLEAN + labs) == {("D3-TARGET", "warning")}


def test_a_medicine_that_has_its_times_in_the_schedule_needs_none_in_the_list() -> None:
    thyroid = at("01:00", ident="thyroid", medicine="levothyroxine", food="empty")
    assert findings(a_dose(Mg(100)), thyroid, person=takes("Euthyrox")) == set()


def test_no_person_is_one_note_and_a_warning_where_there_is_vitamin_k() -> None:
    assert findings(a_dose(D3(10)), person=None) == {("PERSON-NONE", "note")}
    assert findings(a_dose(D3(10), MK7()), person=None) == {
        ("PERSON-NONE", "note"),
        ("K2-NO-LIST", "warning"),
    }
