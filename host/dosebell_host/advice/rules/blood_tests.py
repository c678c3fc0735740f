"""Blood tests: which doses are reminders of one, and what disturbs it."""

from collections.abc import Iterator

from dosebell_host.advice.findings import NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.words import drug_words, ids_of
from dosebell_host.reference import published_limits
from dosebell_host.reference.conditions import THYROID
from dosebell_host.reference.medicines import ANTITHYROID, LEVOTHYROXINE
from dosebell_host.reference.nearest import key_of
from dosebell_host.reference.nutrients import BIOTIN
from dosebell_host.reference.units import mcg_text

_TESTS = frozenset({"test", "tests", "check", "checks", "sample", "draw", "count", "work"})
_TESTED = frozenset({"blood", "lab", "laboratory", "inr", "tsh", "thyroid", "calcium"})
# Words that say it alone, also inside others: "Blutentnahme", "laborkontrolle".
_ALONE = ("bluttest", "blutabnahme", "blutentnahme", "laborkontrolle", "prise de sang", "25 oh")


def names_a_test(name: str) -> bool:
    """Whether a dose of this name is a blood test: nothing of it is swallowed."""
    key = key_of(name)
    words = set(key.split())
    return bool(words & _TESTS and words & _TESTED) or any(each in key for each in _ALONE)


def biotin(intake: Intake) -> Iterator[Seen]:
    """BIOTIN-TEST: biotin, and a reason to think that blood will be tested."""
    items = [
        item
        for item in intake.holding(BIOTIN)
        if item.single(BIOTIN) > published_limits.BIOTIN_QUIET_MCG
    ]
    why = _why_tested(intake)
    if items and why:
        most = max(item.single(BIOTIN) for item in items)
        severity = WARNING if most >= published_limits.BIOTIN_MUCH_MCG else NOTE
        yield Seen(severity, ids_of(items), f"{mcg_text(most)} of biotin, and {why}")


def _why_tested(intake: Intake) -> str:
    for taken in intake.listed(LEVOTHYROXINE, ANTITHYROID):
        return f"{drug_words(taken)}, for which blood is tested"
    for condition in intake.conditions(THYROID):
        return f"{condition}, for which blood is tested"
    tests = [item.id for item in intake.items if names_a_test(item.dose.name)]
    return f"{tests[0]} is a blood test" if tests else "a blood test" * bool(intake.labs)
