"""Minerals and vitamins by the published levels, but for vitamins D and K and magnesium."""

from collections.abc import Iterator
from fractions import Fraction

from dosebell_host.advice.findings import ERROR, NOTE, WARNING, Seen, worst
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.items import Item, Part, Phase
from dosebell_host.advice.words import drug_words, ids_of, phase_words
from dosebell_host.reference import published_limits
from dosebell_host.reference.labels import named_in
from dosebell_host.reference.medicines import DOAC, LESS_CLOTTING, VKA
from dosebell_host.reference.nutrients import CA, OTHER, TITLES, A, E
from dosebell_host.reference.units import amount_in, exact, iu_number, number

_MG_FROM_MG = 2
_ALONE = (
    "An upper level of {nutrient} is {limit} a day. Each dose was judged alone: what others hold"
    " besides counts in no sum."
)


def calcium(intake: Intake) -> Iterator[Seen]:
    """CA-UL."""
    return worst(seen for phase in intake.phases(CA) if (seen := _much_calcium(phase)))


def _much_calcium(phase: Phase) -> Seen | None:
    """What is prescribed may pass the first level by itself."""
    mg, prescribed = (amount_in("mg", mcg) for mcg in (phase.total, phase.prescribed))
    limit = published_limits.CA_UNLIKELY_HARM_MG
    if mg <= limit or (prescribed > limit and mg - prescribed <= limit):
        return None
    severity = ERROR if mg > published_limits.CA_UPPER_MG else WARNING
    seen = f"{number(mg)} mg of calcium a day{phase_words(phase)}"
    return Seen(severity, phase.ids, seen, weight=mg)


def others(intake: Intake) -> Iterator[Seen]:
    """NUTR-UL."""
    for short in published_limits.UPPER_LEVELS_EU_MG:
        found = (seen for phase in intake.phases(short) if (seen := _over(phase, short)))
        yield from worst(found)
    yield from _uncounted(intake)


def _uncounted(intake: Intake) -> Iterator[Seen]:
    """What is in no sum, by each dose alone."""
    for item in intake.items:
        for part in () if item.prescribed else item.of(OTHER):
            written = part.content.nutrient
            named = (each.nutrient for each in named_in(written) if part.mcg)
            for name in dict.fromkeys((written, *named)):
                yield from _over_in_one(item, part, name)


def _over_in_one(item: Item, part: Part, name: str) -> Iterator[Seen]:
    noted, warned = published_limits.UPPER_LEVELS_ONE_DOSE_MG.get(name, (None, None))
    mg = amount_in("mg", (part.mcg or 0) * item.intakes_per_day)
    if noted is not None and mg > noted:
        grave = warned is not None and mg > warned
        limit = _amount(exact(warned if grave and warned else noted))
        title = part.content.nutrient
        names = {"nutrient": title, "limit": limit}
        seen = f"{_amount(mg)} of {title} a day"
        yield Seen(WARNING if grave else NOTE, (item.id,), seen, names, message=_ALONE)


def _over(phase: Phase, short: str) -> Seen | None:
    """A note above Europe's level, a warning above that of IOM; what is prescribed has none."""
    mg = amount_in("mg", phase.total - phase.prescribed)
    europe = exact(published_limits.UPPER_LEVELS_EU_MG[short])
    us = exact(published_limits.UPPER_LEVELS_US_MG[short])
    if mg <= europe:
        return None
    seen = f"{_amount(mg)} of {TITLES[short]} a day{phase_words(phase)}"
    names = {"nutrient": TITLES[short], "europe": _amount(europe), "us": _amount(us)}
    return Seen(WARNING if mg > us else NOTE, phase.ids, seen, names, mg)


def _amount(mg: Fraction) -> str:
    """In the unit that labels use: selenium and iodine in mcg, the others in mg."""
    return f"{number(mg)} mg" if mg >= _MG_FROM_MG else f"{number(mg * 1_000)} mcg"


def vitamin_a(intake: Intake) -> Iterator[Seen]:
    """VITA-UL."""
    return worst(seen for phase in intake.phases(A) if (seen := _much_a(phase)))


def _much_a(phase: Phase) -> Seen | None:
    if phase.total <= published_limits.A_LONG_TERM_MCG:
        return None
    severity = ERROR if phase.total > published_limits.A_UPPER_MCG else WARNING
    iu = iu_number(phase.total / published_limits.RETINOL_MCG_PER_IU)
    amount = f"{number(phase.total)} mcg RAE ({iu} IU)"
    seen = f"{amount} of preformed vitamin A a day{phase_words(phase)}"
    return Seen(severity, phase.ids, seen, weight=phase.total)


def vitamin_e_beside_thinner(intake: Intake) -> Iterator[Seen]:
    """E-THINNER."""
    limit = published_limits.E_BLEEDING_MG
    much = [phase for phase in intake.phases(E) if amount_in("mg", phase.total) >= limit]
    for taken in intake.listed(VKA, DOAC, LESS_CLOTTING) if much else ():
        most = max(much, key=lambda phase: phase.total)
        seen = (
            f"{drug_words(taken)}, and {_amount(amount_in('mg', most.total))} of vitamin E a day"
        )
        yield Seen(WARNING, ids_of(most.items), seen)


def of_a_salt(intake: Intake) -> Iterator[Seen]:
    """SALT-UNKNOWN: what is the weight of a salt was counted in no sum."""
    for item in intake.items:
        for part in item.parts if item.taken_in else ():
            counted = part.mcg is not None or part.content.basis != "compound"
            if part.short in published_limits.UPPER_LEVELS_EU_MG and not counted:
                written = f"{number(part.content.amount)} {part.content.unit}"
                yield Seen(NOTE, (item.id,), f"{written} of a salt of {TITLES[part.short]}")
