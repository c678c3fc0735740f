"""What may matter beside a medicine or an illness, and nobody says from how much on."""

import pytest

from advice_texts import CLEAN, a_dose, content, findings, takes, the_finding

ASK, NOTED = ("NUTR-ASK", "warning"), ("NUTR-ASK", "note")
THYROID = CLEAN + 'conditions = ["Hyperthyreose"]\n'
KIDNEYS = CLEAN + 'kidney = "moderate"\n'


@pytest.mark.parametrize("nutrient", ["turmeric", "glucosamine", "coq10", "fish-oil", "psyllium"])
@pytest.mark.parametrize(
    ("listed", "found"), [("Marcumar", {ASK}), ("paracetamol", set()), ("none", set())]
)
def test_what_may_matter_to_an_antagonist_is_said_beside_one_only(
    nutrient: str, listed: str, found: set[tuple[str, str]]
) -> None:
    assert findings(a_dose(content(nutrient, 500, "mg")), person=takes(listed)) == found


@pytest.mark.parametrize(
    ("nutrient", "amount", "unit", "person", "found"),
    [
        ("turmeric", 500, "mg", takes("Eliquis"), {ASK}),
        ("fish-oil", 500, "mg", takes("Eliquis"), set()),
        ("psyllium", 5, "g", takes("L-Thyroxin 07:00"), {ASK}),
        ("copper", 1, "mg", takes("penicillamine 20:00"), {ASK}),
        ("kelp", 150, "mcg", takes("carbimazole"), {ASK}),
        ("iodine", 150, "mcg", THYROID, {NOTED}),
        ("iodine", 150, "mcg", CLEAN, set()),
        ("selenium", 55, "mcg", THYROID, set()),
        ("potassium", 100, "mg", takes("ramipril 5 mg"), {ASK}),
        ("potassium", 99, "mg", takes("ramipril 5 mg"), {NOTED}),
        ("kalium", 800, "mg", takes("Spironolacton 25"), {ASK}),
        ("potassium", 800, "mg", takes("Diovan"), {ASK}),
        ("potassium", 800, "mg", takes("Concor plus"), set()),
        ("potassium", 800, "mg", takes("metformin"), set()),
        ("potassium", 800, "mg", KIDNEYS, {ASK}),
        ("potassium", 800, "mg", CLEAN, set()),
    ],
)
def test_what_may_matter_is_said_where_it_may(
    nutrient: str, amount: float, unit: str, person: str, found: set[tuple[str, str]]
) -> None:
    assert findings(a_dose(content(nutrient, amount, unit)), person=person) == found


def test_what_is_not_known_is_said_with_both_names() -> None:
    found = the_finding(
        "NUTR-ASK", a_dose(content("glucosamine", 1500, "mg")), person=takes("Coumadin")
    )
    assert (found.doses, found.seen) == (("pill",), "glucosamine, and Coumadin (warfarin)")
