"""What was taken, as FHIR names it: the label's own text, and codes where they were looked up."""

from typing import Any

from dosebell_host.export.doses import DoseLabel, Held
from dosebell_host.reference.nutrients import CALCIFEDIOL, MK7, form_of, known

# The names of D3 itself: `vitamin-d` may be D2 as well.
_D3 = frozenset("vitamin-d3 d3 vit-d3 cholecalciferol colecalciferol".split())

_UNII = "http://fdasis.nlm.nih.gov"
_ATC = "http://www.whocc.no/atc"
_D3_CODES = [
    {"system": _UNII, "code": "1C6V77QF41", "display": "Cholecalciferol"},
    {"system": _ATC, "code": "A11CC05", "display": "colecalciferol"},
]
_MK7_CODES = [{"system": _UNII, "code": "8427BML8NY", "display": "Menaquinone 7"}]


def medication(label: DoseLabel) -> dict[str, Any]:
    """What the label says. One nutrient is a concept with its codes; several are a medication of
    its own with so many ingredients, because the codes of one concept all mean the same.
    """
    if len(label.contents) > 1:
        held_together = {
            "resourceType": "Medication",
            "id": "label",
            "code": {"text": label.name},
            "ingredient": [_ingredient(each) for each in label.contents],
        }
        return {"contained": [held_together], "medicationReference": {"reference": "#label"}}
    codes = _codes(label.contents[0]) if label.contents else {}
    return {"medicationCodeableConcept": {**codes, "text": label.name}}


def _ingredient(held: Held) -> dict[str, Any]:
    amount = int(held.amount) if held.amount == int(held.amount) else held.amount
    return {
        "itemCodeableConcept": {**_codes(held), "text": held.text},
        "strength": {
            "numerator": {"value": amount, "unit": held.unit},
            "denominator": {"value": 1, "unit": "intake"},
        },
    }


def _codes(held: Held) -> dict[str, Any]:
    nutrient = known(held.nutrient)
    form = "" if nutrient is None else form_of(nutrient, held.form)
    if held.nutrient in _D3 and form != CALCIFEDIOL:
        return {"coding": _D3_CODES}
    return {"coding": _MK7_CODES} if form == MK7 else {}
