"""What minerals and vitamin A get in the way of, beyond thyroid, bones and most antibiotics; and
what may matter beside a medicine or an illness, and nobody says from how much on.
"""

from collections.abc import Iterator

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake, Taken
from dosebell_host.advice.items import Item
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
from dosebell_host.reference import nutrients, published_limits
from dosebell_host.reference.conditions import THYROID
from dosebell_host.reference.labels import named_in, nutrients_of
from dosebell_host.reference.medicines import (
    ANTITHYROID,
    DOAC,
    IRON_BOUND,
    LEVOTHYROXINE,
    MINERAL_BOUND,
    RETINOID,
    VKA,
)
from dosebell_host.reference.nutrients import (
    AL,
    CA,
    CAROTENE,
    FE,
    IODINE,
    LIVER_OIL,
    MG,
    SE,
    ZN,
    A,
    Nutrient,
)
from dosebell_host.schedule.model import Content
from dosebell_host.wording import and_list

# Which minerals the label of each medicine names, and how grave it is to be too close to them.
_NAMED: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {
    "cefdinir": ((ERROR, frozenset({FE, MG, AL})),),
    "mycophenolate": ((WARNING, frozenset({MG, AL})),),
    "dolutegravir": ((ERROR, frozenset({MG, AL})), (WARNING, frozenset({CA, FE}))),
    "bictegravir": ((ERROR, frozenset({MG, AL})), (WARNING, frozenset({CA, FE}))),
    "elvitegravir": ((ERROR, frozenset({MG, AL})), (WARNING, frozenset({CA, FE, ZN}))),
    "cabotegravir": ((ERROR, frozenset({MG, AL})), (WARNING, frozenset({CA, FE, ZN}))),
    "raltegravir": ((ERROR, frozenset({AL})), (WARNING, frozenset({MG}))),
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
# The labels of these want none of them beside it, whatever the hours.
_NOT_AT_ALL = frozenset({"raltegravir"})
_RATHER_NOT = (
    "Aluminium and magnesium bind this medicine: even 6 h apart an antacid took half of it away,"
    " and its label wants none beside it. Ask your pharmacist; only a supplement may go elsewhere."
)
# Of iron and this one, studies say either.
_UNSURE = "mycophenolate"

_PERHAPS = (
    "If it is a form of vitamin A, its label says not to add more of it unless the doctor says so."
    " Ask the prescriber, and write its own name."
)


_POTASSIUM = "potassium"
_IODINE = Nutrient(IODINE)
# By the names of nutrients. Beside warfarin they stand on the list of a clinic [80], and
# glucosamine, which is sold with chondroitin, in the statement of an authority [80b].
_MAY_MATTER_TO: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        "glucosamine chondroitin coq10 coenzyme-q10 fish-oil omega-3 epa dha".split(),
        frozenset({VKA}),
    ),
    **dict.fromkeys(("turmeric", "curcumin"), frozenset({VKA, DOAC})),
    **dict.fromkeys(("psyllium", "fibre", "fiber"), frozenset({VKA, LEVOTHYROXINE})),
    "copper": frozenset({MINERAL_BOUND}),
    IODINE: frozenset({ANTITHYROID}),
}
# A choice of dosebell: a multivitamin has less, a tablet of potassium several times as much.
_POTASSIUM_MUCH_MG = 100
_ILL_KIDNEYS = frozenset({"mild", "moderate", "severe"})


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
            fed = name in _WITH_FOOD and severity == WARNING
            message = _FOOD if fed else _RATHER_NOT if name in _NOT_AT_ALL else ""
            for thing in minerals(intake, *sorted(shorts)):
                which = thing.doses, "" if thing.doses else thing.what
                if which in told or (fed and _with_food(intake, thing, taken, apart)):
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


def may_matter(intake: Intake) -> Iterator[Seen]:
    """NUTR-ASK."""
    if not (intake.taken or intake.kidney in _ILL_KIDNEYS or intake.conditions(THYROID)):
        return
    for item in intake.items:
        for content in item.dose.contents if item.taken_in else ():
            for severity, beside in _beside(intake, item, content):
                seen = f"{content.nutrient}, and {and_list(beside)}"
                yield Seen(severity, (item.id,), seen)


def _beside(intake: Intake, item: Item, content: Content) -> Iterator[tuple[str, list[str]]]:
    """What it may matter to, as sentences name it, and how grave that is."""
    names = _names_of(content)
    classes = frozenset[str]().union(*(_MAY_MATTER_TO.get(name, ()) for name in names))
    others = [each for each in intake.taken if each.dose_id != item.id]
    drugs = {drug_words(each) for each in others if each.is_a(*classes)}
    if drugs:
        yield WARNING, sorted(drugs)
    elif IODINE in names and (illnesses := intake.conditions(THYROID)):
        yield NOTE, illnesses
    if _POTASSIUM in names and (keepers := _keepers(intake, others)):
        few = content.unit == "mg" and content.amount < _POTASSIUM_MUCH_MG
        yield NOTE if few else WARNING, keepers


def _keepers(intake: Intake, others: list[Taken]) -> list[str]:
    """What keeps potassium in the blood."""
    # Most files have no potassium, and need none of these names.
    from dosebell_host.reference.medicines_pressure import keeps_potassium

    drugs = {drug_words(each) for each in others if keeps_potassium(each.written)}
    return sorted(drugs) + [f"{intake.kidney} kidney disease"] * (intake.kidney in _ILL_KIDNEYS)


def _names_of(content: Content) -> set[str]:
    """The nutrient by the names of the tables, in any language; none that other rules judge."""
    if nutrients.is_counted(content.nutrient) and nutrients.known(content.nutrient) != _IODINE:
        return set()
    named = {each.nutrient for each in named_in(content.nutrient)}
    shorts = {each.short for each in nutrients_of(content.nutrient)}
    return {content.nutrient, *named} | ({IODINE} & shorts)
