"""How and when a thing is taken is no part of its name, and no other medicine."""

import re

import pytest

from advice_texts import D3, a_dose, findings, takes
from dosebell_host.reference.medicine_words import without_manner
from dosebell_host.reference.medicines import D_ANALOG, names_of_medicines
from dosebell_host.reference.medicines_everyday import everyday_names, everyday_words
from dosebell_host.reference.recognised import known_medicines, reading_of

CLOCKS = [f"at {hour}{end}" for hour in range(25) for end in ("", ":00", " am", "pm", " o'clock")]
TIMES = """at ten; at half past ten; at noon; at midnight; at night; at bedtime; at tea time
before bed; when I get up; first thing; last thing at night; in the morning; before sleep
half an hour before breakfast; 30 minutes before lunch; with supper; at breakfast; after lunch
on Mondays; once a week on Mondays at 10; every other day; mon wed fri; mon and thu; at weekends
every 8 hours; one a day; 2 a day; twice a day; three times daily; weekly; first of the month
as needed; when needed; if needed; as required; half; a half; one; one and a half; a quarter
um 10 Uhr; à 10 heures; a las 10; alle 10"""
WITH = """with water; with a glass of water; with plenty of water; in water; dissolved in water
with a sip of water; with some cold water; in half a cup of water; without water; drink water
with milk; with orange juice; with coffee; with a biscuit; with yoghurt; with food; with butter
on an empty stomach; on a full stomach; auf nüchternen Magen; à jeun; en ayunas; mit viel Wasser
mit einem Glas Wasser; avec de l'eau; con un bicchiere d'acqua; con agua; met water
the yellow ones; with my other tablets; with the others; swallow whole; chewed; from the fridge"""
PHRASES = [*CLOCKS, *re.split("; |\n", f"{TIMES}\n{WITH}")]
UNKNOWN = ["Zzqq", "Zzqq tablets", "Lumigan", "the yellow drops"]
KNOWN = ["metformin", "iron", "calcium 500 mg", "levothyroxine", "Marcumar", "water tablet"]
JOINED = ["{} {}", "{}, {}", "{} ({})"]

# What may be said of a name that nobody knows.
OF_UNKNOWN_NAMES = {"CONTENTS-NONE", "MED-UNKNOWN"}


def meaning(written: str) -> object:
    found = reading_of(written)
    return {(each.name, each.classes) for each in found.medicines}, found.question, found.near


@pytest.mark.parametrize("name", [*UNKNOWN, *KNOWN])
def test_no_word_of_how_and_when_changes_what_a_name_means(name: str) -> None:
    said = (joined.format(name, phrase) for joined in JOINED for phrase in PHRASES)
    assert [each for each in said if meaning(each) != meaning(name)] == []


@pytest.mark.parametrize("name", UNKNOWN)
def test_no_word_of_how_and_when_makes_a_finding_of_an_unknown_name(name: str) -> None:
    found = {
        rule: phrase
        for phrase in PHRASES
        for dose in (a_dose(name=f"{name} {phrase}"),)
        for rule, _ in findings(a_dose(D3(10)), dose.replace('"pill"', '"other"'))
    }
    assert found.keys() <= OF_UNKNOWN_NAMES, found


@pytest.mark.parametrize(
    "written",
    [
        "iron once a week on Mondays at 10",
        "Lumigan at 10",
        "eye drops at 10",
        "zzqq at 10",
        "zzqq at10",
        "at 10 in the morning zzqq",
    ],
)
def test_a_clock_time_is_no_brand(written: str) -> None:
    found = findings(a_dose(D3(10), ident="d3"), person=takes(written))
    assert found <= {("MED-UNKNOWN", "warning"), ("MED-ASK", "warning")}


@pytest.mark.parametrize(
    "written", ["AT10", "at10", "A.T. 10", "A.T.10", "AT 10", "at 10 drops", "Zzqq AT10"]
)
def test_the_brand_by_itself_or_in_one_word_is_that_medicine(written: str) -> None:
    [found] = known_medicines(written)
    assert found.classes == {D_ANALOG}


def test_nothing_is_taken_out_of_a_known_name() -> None:
    known = (
        name
        for rows in (names_of_medicines(), everyday_names(), everyday_words())
        for name, _ in rows
    )
    spelt = (each for name in known for each in (name, name.upper(), name.title()))
    assert [each for each in spelt if without_manner(each) != each] == []


@pytest.mark.parametrize(
    "written",
    [
        "with a water tablet",
        "metformin with water pills",
        "with milk of magnesia",
        "for the stomach",
        "at 10 mg",
    ],
)
def test_what_a_thing_is_and_what_it_is_for_stays(written: str) -> None:
    assert without_manner(written) == written
