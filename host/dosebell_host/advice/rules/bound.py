"""What minerals and vitamin A get in the way of, beyond thyroid, bones and most antibiotics."""

from collections.abc import Iterator

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake, Taken
from dosebell_host.advice.spacing import (
    Apart,
    Swallowed,
    both_ways,
    may_be_close,
    minerals,
    near,
    too_close,
)
from dosebell_host.advice.words import drug_words, ids_of
from dosebell_host.reference import published_limits
from dosebell_host.reference.medicines import IRON_BOUND, MINERAL_BOUND, RETINOID
from dosebell_host.reference.nutrients import AL, CA, CAROTENE, FE, LIVER_OIL, MG, SE, ZN, A

# Which minerals the label of each medicine names, and how grave it is to be too close to them.
_NAMED: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "cefdinir": ((ERROR, frozenset({FE, MG, AL})),),
    "mycophenolate": ((WARNING, frozenset({MG, AL})),),
    "dolutegravir": ((ERROR, frozenset({MG, AL})), (WARNING, frozenset({CA, FE}))),
    "bictegravir": ((ERROR, frozenset({MG, AL})), (WARNING, frozenset({CA, FE}))),
    "eltrombopag": ((ERROR, frozenset({CA, FE, MG, ZN, SE, AL})),),
    "penicillamine": ((ERROR, frozenset({FE})),),
    "deferiprone": ((ERROR, frozenset({FE, ZN, AL})),),
    "hydroxychloroquine": ((WARNING, frozenset({AL})),),
    "rosuvastatin": ((WARNING, frozenset({AL})),),
}
# Their labels allow calcium and iron at the same time as food.
_WITH_FOOD = frozenset({"dolutegravir", "bictegravir"})
_FOOD = (
    "Minerals bind this medicine. Its label wants them {dose_after} after it or {dose_before}"
    " before it. Together with food its label allows calcium and iron."
)
# Of iron and this one, studies say either.
_UNSURE = "mycophenolate"

_PERHAPS = (
    "If it is a form of vitamin A, its label says not to add more of it unless the doctor says so."
    " Ask the prescriber, and write its own name."
)


def _generic(taken: Taken) -> str:
    """Its name, also where it only may be the one."""
    return taken.medicine.name.removeprefix("perhaps ")


def retinoid(intake: Intake) -> Iterator[Seen]:
    """VITA-RETINOID: vitamin A that is not carotene for certain, beside a form of it."""
    items = [
        item
        for item in intake.holding(A, LIVER_OIL)
        if any(part.form != CAROTENE for part in item.of(A, LIVER_OIL))
    ]
    # Of what it only may be, nothing is an error, nor of what somebody has put on the list.
    ours = f"vitamin A in {', '.join(ids_of(items))}"
    found = [(ERROR, ids_of(items), ours)] if items else []
    found += [(WARNING, (), name) for name in intake.listed_a]
    for taken in intake.listed(RETINOID) if found else ():
        doubt = bool(taken.medicine.doubt)
        for severity, ids, what in found:
            seen = f"{drug_words(taken)}, and {what}"
            yield Seen(WARNING if doubt else severity, ids, seen, message=_PERHAPS * doubt)


def bound(intake: Intake) -> Iterator[Seen]:
    """MIN-BOUND."""
    for taken in intake.listed(MINERAL_BOUND):
        name = _generic(taken)
        before, after = published_limits.MINERAL_BOUND_MIN[name]
        told: set[tuple[tuple[str, ...], str]] = set()
        for severity, shorts in _NAMED[name]:
            apart = Apart(before, after)
            if severity == WARNING:
                apart = Apart(before_warn=before, after_warn=after)
            message = _FOOD if name in _WITH_FOOD and severity == WARNING else ""
            for thing in minerals(intake, *sorted(shorts)):
                which = thing.doses, "" if thing.doses else thing.what
                if which in told or (message and _with_food(intake, thing, taken, apart)):
                    continue
                for seen in too_close([thing], [taken], apart):
                    # An antacid with magnesium and calcium is one thing: the graver is told.
                    told.add(which)
                    yield seen._replace(message=message)


def _with_food(intake: Intake, thing: Swallowed, taken: Taken, apart: Apart) -> bool:
    """Whether a dose goes down with food and the medicine, and is far from it at other times."""
    items = [item for item in intake.items if item.id in thing.doses]
    fed = bool(items) and all(item.meals or item.dose.food in ("fat", "any") for item in items)
    one, other = thing.moments, taken.moments
    at_once = set(one) & set(other)
    alone, other_alone = (tuple(m for m in each if m not in at_once) for each in (one, other))
    far = not (may_be_close(alone, other, apart) or may_be_close(one, other_alone, apart))
    return bool(fed and at_once) and far


def binders(intake: Intake, taken: Taken) -> list[Swallowed]:
    """What is taken of the minerals that the label of a medicine names."""
    shorts = {short for _, named in _NAMED.get(_generic(taken), ()) for short in named}
    return minerals(intake, *sorted(shorts)) if shorts else []


def iron_ask(intake: Intake) -> Iterator[Seen]:
    """IRON-ASK: iron beside a medicine of which it is known, and no hours are."""
    for taken in intake.listed(IRON_BOUND):
        severity = NOTE if _generic(taken) == _UNSURE else WARNING
        for thing in minerals(intake, FE):
            if taken.dose_id not in thing.doses:
                yield Seen(severity, thing.doses, f"{drug_words(taken)}, and {thing.what}")


def calcium_and_iron(intake: Intake) -> Iterator[Seen]:
    """CA-IRON: iron is the graver one; of zinc it is a note."""
    calcium = minerals(intake, CA)
    iron = minerals(intake, FE)
    zinc = [each for each in minerals(intake, ZN) if each.doses not in [e.doses for e in iron]]
    minutes = published_limits.CALCIUM_IRON_MIN
    for severity, others in ((WARNING, iron), (NOTE, zinc)):
        for thing in calcium:
            for other in others:
                for seen in near(thing, other, both_ways(0, minutes)):
                    doses = tuple(sorted({*thing.doses, *other.doses}))
                    yield seen._replace(severity=severity, doses=doses)
