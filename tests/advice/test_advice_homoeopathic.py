"""What is homoeopathic holds nothing to count; a vitamin beside it does."""

import pytest

from advice_texts import CLEAN, D3, MK7, a_dose, at, content, findings, takes
from dosebell_host.reference.labels import named_in
from dosebell_host.reference.medicine_words import without_remedies

UNKNOWN = {("MED-UNKNOWN", "warning")}
REMEDIES = (
    *("Arnica D3", "arnica d 3 Tropfen", "Arnica D3, 5 Globuli", "Bryonia D2", "Okoubaka D3"),
    *("Carduus marianus D3", "Nux vomica D6", "Ferrum phosphoricum D12", "Zincum metallicum C30"),
    *("Magnesium phosphoricum D6 Tabletten", "heiße Sieben (Magnesium phosphoricum D6)"),
    *("Calcium carbonicum Hahnemanni D12", "Schüßler 7 Magnesium phosphoricum", "Digitalis D6"),
    *("Schüssler-Salz Nr. 3 Ferrum phosphoricum", "Calcium fluoratum D12"),
)


@pytest.mark.parametrize("name", REMEDIES)
def test_it_is_no_vitamin_no_mineral_and_no_medicine_that_a_rule_speaks_about(name: str) -> None:
    morning = a_dose(D3(10), MK7(), content("calcium", 200, "mg"))
    assert findings(morning, person=takes(f"{name} 07:30")) == UNKNOWN
    assert findings(morning, a_dose(name=name, ident="b")) == {("CONTENTS-NONE", "note")}
    beside = findings(at("07:00", name=name), person=takes("levothyroxine 06:30"))
    assert beside == {("CONTENTS-NONE", "warning")}


@pytest.mark.parametrize(
    "name",
    [
        *("Vitamin D3", "Vit D3", "D3", "Calcium D3", "Ginkgo D3", "Echinacea D3 Zink", "D3 + K2"),
        *("D4000", "Vitamin D10", "Vit D6", "D2", "Vitamin C30", "Omega-3 D3", "Digitalis D3"),
        *(
            "Arnica vitamin D3",
            "Arnica D3 1000 IU",
            "Magnesium phosphoricum",
            "Calcium carbonicum",
        ),
    ],
)
def test_a_vitamin_or_a_salt_is_read_as_before(name: str) -> None:
    assert without_remedies(name) == name


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Arnica D3 + Vitamin D3", ["vitamin-d3"]),
        ("Magnesium phosphoricum D6, Magnesium 300 mg", ["magnesium"]),
        ("Schüßler 7 Magnesium phosphoricum and iron", ["iron"]),
    ],
)
def test_what_stands_beside_it_counts(name: str, held: list[str]) -> None:
    assert [each.nutrient for each in named_in(name)] == held


def test_nothing_of_it_is_said_of_who_takes_nothing_else() -> None:
    assert findings(a_dose(name="Arnica D3"), person=CLEAN) == {("CONTENTS-NONE", "note")}
