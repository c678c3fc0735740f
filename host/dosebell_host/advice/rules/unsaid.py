"""What is said of a dose only by its name: contents that are missing, other, or not known."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from dosebell_host.advice.findings import NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import Item
from dosebell_host.advice.rules.blood_tests import names_a_test
from dosebell_host.advice.words import drug_words, near_hint
from dosebell_host.reference import nutrients, published_limits, units
from dosebell_host.reference.conditions import CAUTION, CONTRA
from dosebell_host.reference.labels import (
    Named,
    is_multi,
    is_vague,
    named_in,
    nutrients_of,
    pieces_of,
    reads_like_a_supplement,
)
from dosebell_host.reference.medicine_words import names_a_salt
from dosebell_host.reference.medicines import (
    BISPHOSPHONATE,
    BONE_AFTER_FOOD,
    D_ANALOG,
    DIGOXIN,
    DOAC,
    IRON_BOUND,
    LEVOTHYROXINE,
    MINERAL,
    MINERAL_BOUND,
    MINERAL_OIL,
    ORLISTAT,
    QUINOLONE,
    RESIN,
    RETINOID,
    TETRACYCLINE,
    THIAZIDE,
    VITAMIN_D,
    VITAMIN_K,
    VKA,
)
from dosebell_host.reference.nearest import label_words
from dosebell_host.reference.nutrients import (
    AL,
    BIOTIN,
    CA,
    FE,
    LIVER_OIL,
    MG,
    MINERALS,
    SE,
    TITLES,
    ZN,
    A,
    D,
    E,
    K,
)
from dosebell_host.wording import and_list

_IN_THE_GUT = frozenset({ORLISTAT, RESIN, MINERAL_OIL})
_BOUND = frozenset(
    {LEVOTHYROXINE, QUINOLONE, TETRACYCLINE, BISPHOSPHONATE, BONE_AFTER_FOOD, MINERAL_BOUND}
)
_BLOOD_CALCIUM = frozenset({THIAZIDE, DIGOXIN})
# What each nutrient matters to among the medicines.
_MATTERS_TO: dict[str, frozenset[str]] = {
    K: _IN_THE_GUT | {VKA},
    D: _IN_THE_GUT | _BLOOD_CALCIUM | {D_ANALOG},
    A: _IN_THE_GUT | {RETINOID},
    LIVER_OIL: _IN_THE_GUT | _BLOOD_CALCIUM | {D_ANALOG, RETINOID},
    E: _IN_THE_GUT | {VKA, DOAC},
    CA: _BOUND | _BLOOD_CALCIUM,
    FE: _BOUND | {IRON_BOUND},
    **dict.fromkeys((MG, ZN, AL), _BOUND),
    SE: frozenset({MINERAL_BOUND}),
    BIOTIN: frozenset({LEVOTHYROXINE}),
}
# To DOACs only vitamin E matters, and only much of it.
_ANY = frozenset[str]().union(*_MATTERS_TO.values()) - {DOAC}

# Nutrients that a dose has by the medicine that it is; rules of their own speak about them.
_SAID_BY = {MINERAL: MINERALS, VITAMIN_D: {D}, VITAMIN_K: {K}}


def _listed(intake: Intake, classes: Iterable[str], item: Item) -> list[str]:
    """The medicines of these classes beside a dose, as sentences name them."""
    return sorted(
        {drug_words(each) for each in intake.listed(*classes) if each.dose_id != item.id}
    )


def _you(listed: list[str]) -> list[str]:
    return [f"you listed {and_list(listed)}"] if listed else []


def without_contents(intake: Intake) -> Iterator[Seen]:
    """CONTENTS-NONE."""
    for item in intake.items:
        if not (item.dose.contents or item.dose.medicine or names_a_test(item.dose.name)):
            yield from _without_contents(intake, item)


def _without_contents(intake: Intake, item: Item) -> Iterator[Seen]:
    said_none = "contents" in item.dose.given()
    if said_none and not reads_like_a_supplement(item.dose.name):
        return
    from dosebell_host.advice.from_names import reads_as

    reading = reads_as(item.dose)
    # Nobody swallows drops for the eyes, so no medicine is in their way.
    drugs = [] if reading.outside else _listed(intake, _ANY, item)
    words = [f'"{item.dose.name}" without contents']
    words += [f"it reads like {and_list(reading.words)}"] if reading.words else []
    words[-1] += near_hint(reading.near or None)
    severity = WARNING if reading.matters or reading.near or drugs else NOTE
    yield Seen(severity, (item.id,), "; ".join([*words, *_you(drugs)]))


_APART = (
    "What is in it was not counted. Write each nutrient by its own name, with its own amount, as"
    " the label says."
)


def lacking(intake: Intake) -> Iterator[Seen]:
    """NAME-LACKS: a nutrient stands in the name and not in the contents."""
    for item in intake.items:
        if lacks := _lacking_of(item):
            why = [word for each in lacks for word in _why(intake, each.short, item)]
            shorts = dict.fromkeys(each.short for each in lacks)
            words = f"the name says {and_list([TITLES[each] for each in shorts])}, contents do not"
            said = "; ".join(dict.fromkeys([words, *why]))
            yield Seen(WARNING if why else NOTE, (item.id,), said)
        elif item.taken_in and is_multi(item.dose.name):
            yield from _one_of_many(intake, item)


def _one_of_many(intake: Intake, item: Item) -> Iterator[Seen]:
    """A multivitamin of which the contents name one vitamin."""
    titles = {TITLES.get(part.short, part.content.nutrient) for part in item.parts}
    drugs = _listed(intake, _ANY, item)
    if len(titles) == 1 and drugs:
        said = f"the name says several vitamins, contents only {titles.pop()}"
        yield Seen(WARNING, (item.id,), "; ".join([said, *_you(drugs)]))


def _lacking_of(item: Item) -> list[Named]:
    held = {part.short for part in item.parts}
    classes = {a_class for each in item.medicines for a_class in each.classes}
    said = {
        short for a_class, shorts in _SAID_BY.items() if a_class in classes for short in shorts
    }
    # Most names say no more than the contents, and what names mean takes long to load.
    if not held or not {each.short for each in named_in(item.dose.name)} - held - said - {""}:
        return []
    from dosebell_host.advice.from_names import lacking_in

    return lacking_in(item.dose, held | said)


def _why(intake: Intake, short: str, item: Item) -> Iterator[str]:
    """Why it matters to this person that a nutrient may be in a dose."""
    yield from _you(_listed(intake, _MATTERS_TO.get(short, ()), item))
    if short in (A, LIVER_OIL) and (intake.pregnant or intake.plans_pregnancy):
        yield "you are pregnant, or plan to be"
    if short in (D, LIVER_OIL, CA):
        yield from intake.conditions(CONTRA) + intake.conditions(CAUTION)
    if short == MG and intake.kidney in ("severe", "moderate"):
        yield f"{intake.kidney} kidney disease"


class _Puzzle(NamedTuple):
    """What there is to say of a content that is not one known nutrient."""

    hint: str
    # Whether it says for certain that there is something in it that was not counted.
    sure: bool
    message: str = ""


def unknown_nutrient(intake: Intake) -> Iterator[Seen]:
    """NUTRIENT-UNKNOWN: one that may matter beside a medicine, or that is near to a known one."""
    for item in intake.items:
        for name in dict.fromkeys(content.nutrient for content in item.dose.contents):
            # What is a medicine counts as one.
            if (puzzle := _puzzle(name)) and not (item.medicines and _is_medicine(name)):
                drugs = _listed(intake, _ANY, item) if item.taken_in else []
                severity = WARNING if puzzle.sure or drugs else NOTE
                seen = "; ".join([f'"{name}"{puzzle.hint}', *_you(drugs)])
                yield Seen(severity, (item.id,), seen, {"name": name}, message=puzzle.message)


def _is_medicine(name: str) -> bool:
    from dosebell_host.reference.recognised import reading_of

    return bool(reading_of(name).certain)


def _puzzle(name: str) -> _Puzzle | None:
    found = nutrients_of(name)
    if len(found) > 1:
        titles = dict.fromkeys(TITLES.get(each.short, "something else") for each in found)
        return _Puzzle(f" is {and_list(list(titles))}", True, _APART)
    if found:
        return None
    if is_vague(name):
        return _Puzzle(" is a mixture", True, _APART)
    near = nutrients.nearest_nutrient(name)
    return _Puzzle(near_hint(near), near is not None)


def other_amount(intake: Intake) -> Iterator[Seen]:
    """NAME-AMOUNT: the amount in a name is not the one in the contents."""
    for item in intake.items:
        named = [each for each in named_in(item.dose.name) if each.short and each.amount]
        for short in dict.fromkeys(each.short for each in named if item.parts):
            said = [(each.amount or 0, each.unit) for each in named if each.short == short]
            contents = [part.content for part in item.parts if part.short == short]
            held = [(each.amount, each.unit) for each in contents]
            if held and not _agree(item, short, said, held):
                words = (_amount_words(short, each) for each in (said, held))
                seen = f"the name says {{}} of {TITLES[short]}, contents {{}}".format(*words)
                yield Seen(WARNING, (item.id,), seen)


# Amounts with their units, as a label gives them.
_Amounts = Sequence[tuple[units.Number, str]]


def _readings(short: str, amounts: _Amounts) -> list[Fraction]:
    """How much they may be together, in µg: an IU of vitamin E may be three things."""
    per_iu = published_limits.E_MCG_PER_IU_OF_ANY if short == E else ()
    found = []
    for of_one in per_iu or (0,):
        each = [
            units.exact(amount) * of_one
            if of_one and unit == "IU"
            else units.mcg_of(short, amount, unit)
            for amount, unit in amounts
        ]
        known = [mcg for mcg in each if mcg is not None]
        found += [sum(known, Fraction(0))] if len(known) == len(each) else []
    return found


def _amount_words(short: str, amounts: _Amounts) -> str:
    """One sum where it is one for certain, else as they are written."""
    readings = set(_readings(short, amounts))
    if len(readings) == 1:
        return units.d_text(readings.pop()) if short == D else units.mcg_text(readings.pop())
    return " + ".join(f"{units.number(amount)} {unit}" for amount, unit in amounts)


def _agree(item: Item, short: str, said: _Amounts, held: _Amounts) -> bool:
    """Whether two amounts are one: also of several pieces, or of a salt and the metal in it."""
    if said == held:
        return True
    names = [_readings(short, each) for each in (said, *([one] for one in said))]
    named = {mcg * n for found in names for mcg in found for n in (1, pieces_of(item.dose.take))}
    contents = _readings(short, held)
    if not (named and contents):
        # A unit that says nothing of this nutrient has a rule of its own.
        return True
    pairs = [(one, other) for one in named for other in contents]
    return any(
        abs(one - other) <= other * published_limits.LABEL_DISAGREES_ABOVE for one, other in pairs
    ) or any(_is_metal_of(item, short, *sorted(pair)) for pair in pairs)


def _is_metal_of(item: Item, short: str, less: Fraction, more: Fraction) -> bool:
    """Whether the lesser of two amounts may be the metal in the greater one, which is a salt."""
    parts = [part for part in item.parts if part.short == short]
    salts = [part.form or part.content.basis == "compound" for part in parts]
    if short not in MINERALS or not (any(salts) or names_a_salt(label_words(item.dose.name))):
        return False
    shares = published_limits.SALT_SHARES.get(short, {}).values()
    most = max(shares, default=Fraction(1))
    # With its water, or with what else is in a tablet, a salt may hold half as much.
    return min(shares, default=Fraction(0)) / 2 <= less / more <= most
