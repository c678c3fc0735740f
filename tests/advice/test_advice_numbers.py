"""Every number that a finding tells is the constant that judged it."""

import re
from fractions import Fraction

import pytest

from advice_texts import D3, MK7, Mg, a_dose, a_schedule, at, content, takes, the_finding, verdict
from dosebell_host.advice.limit_words import with_limits
from dosebell_host.advice.rules.table import RULES
from moved_limits import move

# Numbers that are names: of a vitamin, of a test, of the year of a guideline.
NAMES = re.compile(r"\b(MK-[47]|[DK][123]|D3-\w+|25\(OH\)D|B6|2024)|K2")
BLANK = re.compile(r"\{\w+(\[\w+\])?(:\w+)?\}")


@pytest.mark.parametrize("rule", RULES)
def test_no_sentence_has_a_number_of_its_own(rule: str) -> None:
    for sentence in (RULES[rule].message, RULES[rule].condition):
        rest = NAMES.sub("", BLANK.sub("", sentence))
        assert re.findall(r"\d+", rest) == [], sentence


@pytest.mark.parametrize("rule", RULES)
def test_every_constant_of_a_sentence_is_there(rule: str) -> None:
    for sentence in (RULES[rule].message, RULES[rule].condition):
        assert not re.search(r"\{[A-Z]", with_limits(sentence))


def named_hours(medicine: str) -> list[str]:
    """The hours that the sentence about an antibiotic and magnesium an hour before names."""
    found = the_finding("MIN-QUIN", at("11:00", Mg(100)), person=takes(f"{medicine} 12:00"))
    return re.findall(r"\d+ h", found.message)


@pytest.mark.parametrize(
    ("medicine", "hours"),
    [
        ("ciprofloxacin", ["2 h", "6 h"]),
        ("Avelox 400 mg", ["4 h", "8 h"]),
        ("moxifloxacin", ["4 h", "8 h"]),
        ("Tavanic", ["2 h", "2 h"]),
        ("ofloxacin 200 mg", ["2 h", "2 h"]),
        # Those without a label of their own among the sources.
        *((name, ["2 h", "6 h"]) for name in ("gatifloxacin", "prulifloxacin", "Peflacine")),
        ("norfloxacin", ["2 h", "2 h"]),
        ("Baxdela", ["2 h", "6 h"]),
        ("quinolone", ["2 h", "6 h"]),
    ],
)
def test_an_antibiotic_is_told_the_hours_it_is_judged_by(medicine: str, hours: list[str]) -> None:
    assert named_hours(medicine) == hours


def test_a_changed_limit_changes_the_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    move(
        monkeypatch,
        QUINOLONE_AFTER_MINERAL_MIN={"moxifloxacin": 540},
        D_UPPER_MCG=90,
        MG_US_MG=340,
    )
    assert named_hours("moxifloxacin") == ["4 h", "9 h"]
    d3, mg = the_finding("D3-UL", a_dose(D3(95))), the_finding("MG-UL", a_dose(Mg(345)))
    assert "90 mcg (3,600 IU)" in d3.message
    assert "340 mg a day (IOM)" in mg.message


@pytest.mark.parametrize(
    ("medicine", "wait"),
    [("alendronate", "30 min"), ("Boniva", "1 h"), ("Didronel", "2 h"), ("clodronate", "2 h")],
)
def test_each_bone_medicine_is_told_its_own_wait(medicine: str, wait: str) -> None:
    found = the_finding("BP-FIRST", at("12:10", MK7()), person=takes(f"{medicine} 12:00"))
    assert f"with plain water, {wait} before anything else" in found.message
    minerals = the_finding("MIN-BP", at("12:10", Mg(9)), person=takes(f"{medicine} 12:00"))
    assert f"its label asks for {wait} at least" in minerals.message


@pytest.mark.parametrize(
    ("mcg", "told"),
    [
        # 1,000 mcg a week: 5,714.3 IU a day say more than anyone measures.
        (Fraction(1000, 7), "142.9 mcg (5,714 IU)"),
        (125, "125 mcg (5,000 IU)"),
        # It is over the limit, so it may not look like the limit.
        (Fraction(10_001, 100), "100.01 mcg (4,000.4 IU)"),
    ],
)
def test_iu_are_whole_unless_that_would_hide_what_is_over(mcg: Fraction, told: str) -> None:
    from dosebell_host.reference.units import d_text

    assert d_text(mcg) == told


def test_a_weekly_capsule_has_whole_iu_a_day() -> None:
    weekly = a_dose(D3(40_000, "IU"), days=["sun"])
    found = the_finding("D3-UL", weekly)
    assert found.seen == "142.9 mcg (5,714 IU) of vitamin D a day"
    much = a_dose(content("retinol", "1111.1", "mcg"), content("retinol", 1000, "mcg"))
    assert "2,111.1 mcg RAE (7,037 IU)" in the_finding("VITA-UL", much).seen


def test_sums_have_no_fractions_of_an_iu() -> None:
    text = a_schedule(a_dose(D3(7000, "IU"), take="2 capsules", days=["sun"]))
    assert [each.to_json()["contents"] for each in verdict(text).sums] == [
        ["vitamin-d3 7,000 IU (175 mcg)"]
    ]
