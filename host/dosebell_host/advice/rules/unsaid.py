"""Doses that say nothing of their contents, and names that say something else than them."""

from collections.abc import Iterator
from fractions import Fraction

from dosebell_host.advice.findings import NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import Item
from dosebell_host.advice.rules.blood_tests import names_a_test
from dosebell_host.advice.words import drug_words
from dosebell_host.reference import published_limits, units
from dosebell_host.reference.labels import named_in, pieces_of, reads_like_a_supplement
from dosebell_host.reference.medicines import (
    BISPHOSPHONATE,
    D_ANALOG,
    DIGOXIN,
    LEVOTHYROXINE,
    MINERAL_OIL,
    ORLISTAT,
    QUINOLONE,
    RESIN,
    TETRACYCLINE,
    THIAZIDE,
    VKA,
)
from dosebell_host.reference.nutrients import MINERALS, TITLES, D
from dosebell_host.wording import and_list

# What vitamin K, vitamin D or a mineral matters to.
_CLASSES = (
    *(VKA, LEVOTHYROXINE, QUINOLONE, TETRACYCLINE, BISPHOSPHONATE),
    *(THIAZIDE, DIGOXIN, D_ANALOG, ORLISTAT, RESIN, MINERAL_OIL),
)


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
    listed = () if reading.outside else intake.listed(*_CLASSES)
    drugs = sorted({drug_words(each) for each in listed})
    words = [f'"{item.dose.name}" without contents']
    words += [f"it reads like {and_list(reading.words)}"] if reading.words else []
    words += [f"you listed {and_list(drugs)}"] if drugs else []
    severity = WARNING if reading.matters or drugs else NOTE
    yield Seen(severity, (item.id,), "; ".join(words))


def other_amount(intake: Intake) -> Iterator[Seen]:
    """NAME-AMOUNT: the amount in a name is not the one in the contents."""
    for item in intake.items:
        for named in named_in(item.dose.name) if item.parts else ():
            whole = _held(item, named.short)
            if named.mcg and whole and not _agrees(item, named.short, named.mcg, whole):
                said, held = (_amount(named.short, each) for each in (named.mcg, whole))
                seen = f"the name says {said} of {TITLES[named.short]}, contents {held}"
                yield Seen(WARNING, (item.id,), seen)


def _held(item: Item, short: str) -> Fraction | None:
    """What the contents say of a nutrient, in µg; None where that can't be said."""
    contents = [part.content for part in item.parts if short and part.short == short]
    amounts = [units.mcg_of(short, each.amount, each.unit) for each in contents]
    known = [each for each in amounts if each is not None]
    return sum(known, Fraction(0)) if len(known) == len(amounts) else None


def _amount(short: str, mcg: Fraction) -> str:
    return units.d_text(mcg) if short == D else units.mcg_text(mcg)


def _agrees(item: Item, short: str, named: Fraction, held: Fraction) -> bool:
    """Whether two amounts are one: also of several pieces, or of a salt and the metal in it."""
    if short in MINERALS and held <= named:
        return True
    rounded = held * published_limits.LABEL_DISAGREES_ABOVE
    return any(abs(named * pieces - held) <= rounded for pieces in (1, pieces_of(item.dose.take)))
