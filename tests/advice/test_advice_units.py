"""Amounts in one unit and in another: exactly, both ways."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice_texts import D3, TODAY, a_dose, a_schedule, content, verdict
from dosebell_host.advice.intake import intake_of
from dosebell_host.reference import units
from dosebell_host.reference.units import iu_of, mcg_of, ng_ml, nmol_l, number
from dosebell_host.schedule.read_file import parse

AMOUNTS = st.one_of(
    st.integers(1, 10**9),
    st.floats(1e-6, 1e9, allow_nan=False, allow_infinity=False),
    st.fractions(Fraction(1, 10**6), 10**9),
)


@pytest.mark.parametrize(
    ("nutrient", "iu", "mcg"),
    [
        ("d", 4000, 100),
        ("d", 5000, 125),
        ("d", 10_000, 250),
        ("d", 600, 15),
        ("d", 800, 20),
        ("d", 50_000, 1250),
        ("a", 10_000, 3000),
        ("a", 5000, 1500),
        ("a", 2000, 600),
    ],
)
def test_the_values_of_the_evidence(nutrient: str, iu: int, mcg: int) -> None:
    assert mcg_of(nutrient, iu, "IU") == mcg
    assert iu_of(nutrient, mcg) == iu


@pytest.mark.parametrize(("ng", "nmol"), [(60, 150), (80, 200), (50, 125), (20, 50)])
def test_blood_values_of_the_evidence(ng: int, nmol: int) -> None:
    assert nmol_l(ng) == nmol
    assert ng_ml(nmol) == ng


@given(AMOUNTS, st.sampled_from(["d", "a"]))
def test_iu_there_and_back(amount: units.Number, nutrient: str) -> None:
    mcg = mcg_of(nutrient, amount, "IU")
    assert mcg is not None
    assert iu_of(nutrient, mcg) == units.exact(amount)


@given(AMOUNTS)
def test_blood_values_there_and_back(amount: units.Number) -> None:
    assert ng_ml(nmol_l(amount)) == nmol_l(ng_ml(amount)) == units.exact(amount)


@given(AMOUNTS, st.sampled_from(["mcg", "mg", "g"]))
def test_masses_there_and_back(amount: units.Number, unit: str) -> None:
    mcg = mcg_of("k", amount, unit)
    assert mcg is not None
    assert units.amount_in(unit, mcg) == units.exact(amount)


@pytest.mark.parametrize("nutrient", ["k", "mg", "e", ""])
def test_iu_of_others_say_nothing(nutrient: str) -> None:
    assert (mcg_of(nutrient, 100, "IU"), iu_of(nutrient, 100)) == (None, None)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (5000, "5,000"),
        (100.1, "100.1"),
        (Fraction(1250, 7), "178.6"),
        # Rounded to one place this would look like the limit it is over.
        (Fraction(10_004, 100), "100.04"),
        (0.25, "0.3"),
        (12_500, "12,500"),
    ],
)
def test_numbers_for_people(value: units.Number, shown: str) -> None:
    assert number(value) == shown


def test_three_tenths_are_three_tenths() -> None:
    # As floats, 0.1 + 0.2 is more than 0.3.
    doses = [a_dose(D3(amount), ident=f"d{amount}".replace(".", "-")) for amount in (0.1, 0.2)]
    intake = intake_of(parse(a_schedule(*doses), "x"), TODAY)
    assert intake.phases("d")[0].total == Fraction(3, 10)


@pytest.mark.parametrize(
    ("text", "short", "mcg"),
    [
        (content("calcifediol", 10), "d", 25),
        (content("vitamin-d2", 400, "IU"), "d", 10),
        (content("vitamin-a", 1000, "IU", form="retinyl palmitate"), "a", 300),
        (content("beta-carotene", 1000, "mcg"), "a", 0),
        (content("vitamin-a", 1, "mg", form="beta-carotene"), "a", 0),
        (content("magnesium", 400, "mg", form="glycinate", basis="compound"), "mg", 56_400),
        (content("magnesium", 400, "mg", form="citrate", basis="compound"), "mg", 64_800),
        (content("magnesium-citrate", 400, "mg", basis="compound"), "mg", 64_800),
        # The least that any salt of it holds; what it may be at most is for MG-ELEM.
        (content("magnesium", 400, "mg", basis="compound"), "mg", 23_600),
        (content("magnesium", 400, "mg"), "mg", 23_600),
        (content("magnesium", 400, "mg", form="oxide"), "mg", 241_200),
        (content("calcium", 500, "mg"), "ca", 500_000),
        (content("calcium", 1250, "mg", form="carbonate", basis="compound"), "ca", 500_000),
        (content("calcium-citrate", 1000, "mg", basis="compound"), "ca", 241_000),
        (content("calcium", 1000, "mg", basis="compound"), "ca", 400_000),
        (content("zinc", 50, "mg", basis="compound"), "zn", 0),
        (content("vitamin-e", 100, "IU"), "e", 67_000),
        (content("vitamin-e", 100, "mg"), "e", 100_000),
        (content("magnesium", 400, "mg", basis="elemental"), "mg", 400_000),
    ],
)
def test_what_an_intake_counts_as(text: str, short: str, mcg: int) -> None:
    (item,) = intake_of(parse(a_schedule(a_dose(text)), "x"), TODAY).items
    assert item.single(short) == mcg


@pytest.mark.parametrize(
    ("days", "mcg_a_day"),
    [
        ('"daily"', "175"),
        ('["sun"]', "25"),
        ('["mon", "thu"]', "50"),
        ("{ every = 7 }\nstart = 2026-01-01", "25"),
        ("{ every = 28 }\nstart = 2026-01-01", "6.3"),
        ("{ monthdays = [1] }", "5.7"),
        ("{ monthdays = [-1] }", "5.7"),
        ("{ on = 21, off = 7 }\nstart = 2026-01-01", "131.3"),
        # The fullest 28 days count, where the rest is long.
        ("{ on = 60, off = 60 }\nstart = 2026-01-01", "175"),
        ("{ on = 1, off = 99 }\nstart = 2026-01-01", "1.8"),
    ],
)
def test_averages_over_the_days(days: str, mcg_a_day: str) -> None:
    text = a_schedule(a_dose(D3(175))).replace('days = "daily"', f"days = {days}")
    (item,) = intake_of(parse(text, "x"), TODAY).items
    assert number(item.average("d")) == mcg_a_day


def test_several_times_a_day_add_up() -> None:
    found = verdict(a_schedule(a_dose(D3(40), at=["08:00", "14:00", "20:00"], food="fat")))
    assert "120 mcg (4,800 IU)" in found.findings[0].seen


def test_a_course_and_what_follows_it_are_not_added() -> None:
    loading = a_dose(D3(90), ident="loading").replace("[[dose]]", "[[dose]]\nend = 2026-12-31")
    after = a_dose(D3(20), ident="after").replace("[[dose]]", "[[dose]]\nstart = 2027-01-01")
    rules = {each.rule for each in verdict(a_schedule(loading, after)).findings}
    assert not rules & {"D3-UL", "D3-SUM"}
    both = after.replace("2027-01-01", "2026-12-31")
    rules = {each.rule for each in verdict(a_schedule(loading, both)).findings}
    assert rules >= {"D3-UL", "D3-SUM"}


def test_what_several_pieces_hold_is_printed() -> None:
    text = a_schedule(a_dose(D3(2000, "IU"), take="2 capsules"), a_dose(D3(1), ident="one"))
    assert [each.to_json() for each in verdict(text).sums] == [
        {"dose": "pill", "take": "2 capsules", "contents": ["vitamin-d3 2,000 IU (50 mcg)"]}
    ]


@pytest.mark.parametrize("take", ["two drops", "3 x 1 drop", "both pills", "12 drops"])
def test_words_for_several(take: str) -> None:
    assert verdict(a_schedule(a_dose(D3(10), take=take))).sums


@pytest.mark.parametrize("take", ["1 capsule", "1 capsule of 1.2 g", "half a tablet", "", "1/2"])
def test_words_for_one(take: str) -> None:
    assert not verdict(a_schedule(a_dose(D3(10), take=take))).sums
