"""Beside which field of a form a finding of the checks stands, or what is wrong with a schedule.

A finding names its doses, and its rule tells of what of them it speaks. What speaks of no dose,
or of the person, stands at the top.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from dosebell_host.advice.findings import Finding
from dosebell_host.errors import KeyProblem, UserError
from dosebell_host.web.draft.meals_form import at_field

# The fields of a dose that findings speak of.
NAME, WHEN, FOOD, DAYS, END = "name", "when", "food", "days", "end"
LATE, CONTENTS, PERSON = "late", "contents", ""

_RULES = {
    WHEN: (
        "D3-LATE D3-SLOT BP-FIRST VIT-ORLISTAT VIT-RESIN VIT-MINOIL MIN-LEVO MIN-BP MIN-QUIN"
        " MIN-TETRA MIN-BOUND CA-IRON MK7-ONCE"
    ),
    FOOD: "D3-FAT K2-FAT",
    LATE: "MISS-DOUBLE",
    DAYS: "D3-INTERVAL D3-WEEKDAY",
    END: "D3-COURSE",
    NAME: "NAME-AMOUNT MED-ASK MED-ROUTE MED-UNKNOWN",
    CONTENTS: (
        "D3-UL D3-LOAEL D3-RDA D3-SUM D3-SINGLE K2-HIGH K-AI MG-UL MG-ELEM VITA-UL UNIT-IU"
        " UNIT-SLIP K2-PAIR MK4-SPLIT MK4-MCG K2-FORM K2-TOPICAL K2-VKA K2-VKA-STEADY K2-DOAC"
        " D3-THIAZIDE D3-DIGOXIN D3-ANALOG D3-DILTIAZEM D3-INDUCER D3-STEROID D3-STATIN"
        " D3-CONTRA D3-CAUTION ABSORB PREG-D PREG-A PREG-K2 KIDNEY-MG D3-CALCIUM K2-NO-LIST"
        " NUTRIENT-UNKNOWN NUTR-ASK VITA-RETINOID IRON-ASK CA-UL CA-CONTRA CA-CAUTION CA-THIAZIDE"
        " CA-DIGOXIN CA-ANALOG NUTR-UL E-THINNER SALT-UNKNOWN BIOTIN-TEST KIDNEY-ASK COND-ASK"
        " D3-UNCOUNTED CONTENTS-NONE NAME-LACKS"
    ),
    PERSON: (
        "AGE-ADULT K-ABX D3-TARGET D3-TEST LAB-UNIT PERSON-NONE MED-TIME COND-UNKNOWN"
        " ACCEPT-UNKNOWN"
    ),
}
FIELD_OF_RULE = {rule: name for name, rules in _RULES.items() for rule in rules.split()}

# The keys of the file by the fields that hold them; any other stands under its own name.
_FIELD_OF_KEY = {
    "with": "meals",
    "at": "times",
    "medicine": NAME,
    "route": CONTENTS,
    "prescribed": CONTENTS,
    "review": END,
    "id": NAME,
}


@dataclass(frozen=True)
class Beside:
    """What stands where: by dose and field, by the field of a meal, and at the top."""

    doses: dict[str, dict[str, list[Finding]]] = field(default_factory=dict)
    top: list[Finding] = field(default_factory=list)

    def of(self, dose: str) -> list[Finding]:
        """All that stands beside one dose."""
        return [each for found in self.doses.get(dose, {}).values() for each in found]


def placed(findings: Iterable[Finding], doses: Iterable[str]) -> Beside:
    """The findings beside these doses (their ids), each at the field that it speaks of."""
    beside = Beside({dose: {} for dose in doses})
    for each in findings:
        name = FIELD_OF_RULE.get(each.rule, CONTENTS)
        about = [dose for dose in each.doses if dose in beside.doses]
        if not about or name == PERSON:
            beside.top.append(each)
            continue
        for dose in about:
            beside.doses[dose].setdefault(name, []).append(each)
    return beside


def problem_field(problem: UserError, place: int | None = None) -> str:
    """The field of the form beside which a problem stands, "" for none of it.

    `place` is that of the dose (from 0) whose form it is, None for the form of the meals.
    """
    path = problem.path if isinstance(problem, KeyProblem) else ()
    if place is None:
        return at_field(str(path[1])) if path[:1] == ("meals",) and len(path) > 1 else ""
    if path[:2] != ("dose", place) or len(path) < 3:
        return ""
    key = path[-1] if path[2] == "stock" and len(path) > 3 else path[2]
    return _FIELD_OF_KEY.get(str(key), str(key))
