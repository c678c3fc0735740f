"""The person: age, illnesses, blood tests, and what the file leaves unsaid."""

from collections.abc import Iterator

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.rules.vitamin_d import with_condition
from dosebell_host.advice.rules.vitamin_k import antagonist
from dosebell_host.advice.spacing import calcium_alone, perhaps_calcium
from dosebell_host.advice.words import ids_of, near_hint
from dosebell_host.reference import published_limits, units
from dosebell_host.reference.conditions import ABSORB, ASK, CAUTION, CONTRA, KIDNEY_ASK, NONE
from dosebell_host.reference.labels import names_only_nutrients
from dosebell_host.reference.medicines import VKA
from dosebell_host.reference.nutrients import CA, FAT_SOLUBLE, MG, D
from dosebell_host.reference.units import number
from dosebell_host.schedule.model import Lab


def adult(intake: Intake) -> Iterator[Seen]:
    """AGE-ADULT."""
    if intake.age is not None and intake.age < published_limits.ADULT_YEARS:
        yield Seen(ERROR, (), f"age {intake.age}")


def contra(intake: Intake) -> Iterator[Seen]:
    """D3-CONTRA."""
    return with_condition(intake, CONTRA, ERROR)


def caution(intake: Intake) -> Iterator[Seen]:
    """D3-CAUTION."""
    return with_condition(intake, CAUTION, WARNING)


# Of what D3-CAUTION names, labels of calcium name these [78] [78b].
_CALCIUM_CAUTION = frozenset(
    {
        *("sarcoidosis", "primary hyperparathyroidism", "lying still for long", "cancer"),
        *("mild kidney disease", "moderate kidney disease"),
    }
)


def calcium_contra(intake: Intake) -> Iterator[Seen]:
    """CA-CONTRA: what a doctor has prescribed, somebody has decided."""
    conditions = intake.conditions(CONTRA)
    things = [*calcium_alone(intake), *perhaps_calcium(intake)] if conditions else []
    for thing, prescribed in things:
        for condition in conditions:
            seen = f"{condition}, and {thing.what}"
            names = {"condition": condition}
            yield Seen(WARNING if prescribed else ERROR, thing.doses, seen, names)


def calcium_caution(intake: Intake) -> Iterator[Seen]:
    """CA-CAUTION."""
    conditions = [each for each in intake.conditions(CAUTION) if each in _CALCIUM_CAUTION]
    for thing, _ in calcium_alone(intake) if conditions else ():
        for condition in conditions:
            seen = f"{condition}, and {thing.what}"
            yield Seen(WARNING, thing.doses, seen, {"condition": condition})


def absorbs_badly(intake: Intake) -> Iterator[Seen]:
    """ABSORB."""
    items = [item for item in intake.holding(*FAT_SOLUBLE) if item.swallowed]
    for condition in intake.conditions(ABSORB) if items else ():
        yield Seen(NOTE, ids_of(items), condition)


def which_kidneys(intake: Intake) -> Iterator[Seen]:
    """KIDNEY-ASK: an illness that may leave the kidneys well or not, and nobody said which."""
    items = intake.holding(D, MG, CA)
    measured = any(each.startswith("eGFR") for each in intake.conditions(NONE))
    if items and intake.kidney == "unknown" and not measured:
        for condition in intake.conditions(KIDNEY_ASK):
            yield Seen(WARNING, ids_of(items), condition)


def unanswered(intake: Intake) -> Iterator[Seen]:
    """COND-ASK: an illness that is known, and nothing that was read says what follows from it."""
    for condition in intake.conditions(ASK):
        yield Seen(WARNING, (), condition)


def target(intake: Intake) -> Iterator[Seen]:
    """D3-TARGET."""
    for lab in intake.labs:
        values = [value for value in (lab.target_low, lab.target_high) if value is not None]
        in_ng_ml = [units.ng_ml(v) if lab.unit == "nmol/L" else units.exact(v) for v in values]
        if lab.unit and any(value > published_limits.LAB_CONCERN_NG_ML for value in in_ng_ml):
            yield Seen(WARNING, (), f"25(OH)D target {_target(lab)}")


def lab_unit(intake: Intake) -> Iterator[Seen]:
    """LAB-UNIT."""
    for lab in intake.labs:
        values = [value for value in (lab.target_low, lab.target_high) if value is not None]
        no_unit = bool(values) and lab.unit is None
        high = any(
            units.exact(value) > published_limits.LAB_ONLY_NMOL_ABOVE_NG_ML for value in values
        )
        if no_unit or (lab.unit == "ng/mL" and high):
            yield Seen(ERROR, (), f"25(OH)D target {_target(lab)}")


def _target(lab: Lab) -> str:
    values = [number(value) for value in (lab.target_low, lab.target_high) if value is not None]
    return f"{' to '.join(values)} {lab.unit or 'without a unit'}"


def routine_test(intake: Intake) -> Iterator[Seen]:
    """D3-TEST."""
    for lab in intake.labs:
        if lab.every_months is not None:
            yield Seen(NOTE, (), f"25(OH)D every {lab.every_months} months")


def no_person(intake: Intake) -> Iterator[Seen]:
    """PERSON-NONE."""
    if intake.person is None:
        yield Seen(NOTE, (), "no [person] in the file")


def unknown_medicine(intake: Intake) -> Iterator[Seen]:
    """MED-UNKNOWN."""
    # Where K2-VKA takes one for an antagonist, it says how to say what it is.
    told = {taken.written for taken in intake.listed(VKA)} if any(antagonist(intake)) else set()
    for name in intake.unknown_medicines:
        if name in told or names_only_nutrients(name):
            continue
        near = _nearest_medicine(name)
        yield Seen(WARNING, (), f'"{name}"{near_hint(near)}', {"name": name})


def _nearest_medicine(name: str) -> str | None:
    from dosebell_host.reference.medicine_index import nearest_medicine

    return nearest_medicine(name)


def unknown_condition(intake: Intake) -> Iterator[Seen]:
    """COND-UNKNOWN."""
    names = sorted(set(intake.person.conditions if intake.person else ()))
    if not names:
        return
    from dosebell_host.reference.condition_words import meanings_of, nearest_condition

    for name in names:
        if not meanings_of(name):
            yield Seen(
                WARNING, (), f'"{name}"{near_hint(nearest_condition(name))}', {"name": name}
            )
