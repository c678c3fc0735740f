"""A dose of the schedule as the rules see it: its parts, its moments, its sums.

Amounts are exact fractions in µg.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from dosebell_host.advice.dates import least_gap_days, share_of_days
from dosebell_host.advice.moments import Moments, Span
from dosebell_host.reference import nutrients, published_limits, units
from dosebell_host.reference.labels import nutrients_of
from dosebell_host.reference.medicines import Medicine
from dosebell_host.reference.nutrients import (
    CALCIFEDIOL,
    CAROTENE,
    GLYCINATE,
    MG,
    A,
    D,
    E,
    Nutrient,
)
from dosebell_host.reference.routes import SWALLOWED_WAY, Way
from dosebell_host.schedule.model import Content, DoseEntry, Meal

_ZERO = Fraction(0)


class Part(NamedTuple):
    """One nutrient of an intake: as written, and what it is to the rules."""

    content: Content
    nutrient: Nutrient
    form: str
    # What counts in sums, in µg of the nutrient itself; None where that can't be said.
    mcg: Fraction | None
    # More of it, where the file does not say how much of a salt is the metal.
    most_mcg: Fraction | None

    @property
    def short(self) -> str:
        return self.nutrient.short


def parts_of(content: Content, doubted: bool = False) -> tuple[Part, ...]:
    """A content of the file as the rules see it; one with a `doubted` unit counts in no sum.

    Of several in one, as in `d3k2`, nobody said how much of each; nor what is in a food.
    """
    found = nutrients_of(content.nutrient) or (Nutrient(nutrients.OTHER),)
    unsaid = doubted or len(found) > 1 or content.nutrient.replace("-", " ") in nutrients.FOODS
    return tuple(_part(content, each, unsaid) for each in found)


def _part(content: Content, nutrient: Nutrient, doubted: bool) -> Part:
    form = nutrients.form_of(nutrient, content.form)
    mcg = None if doubted else units.mcg_of(nutrient.short, content.amount, content.unit)
    counted = _counted(nutrient.short, form, content, mcg)
    most = _most_of_salt(nutrient.short, form, content, mcg) or counted
    return Part(content, nutrient, form, counted, most)


def unit_is_doubted(content: Content, dose: DoseEntry) -> bool:
    """Whether an amount is one that no product has in this unit."""
    nutrient = _alone(content)
    if nutrient is None or nutrient.short != D:
        return looks_like_iu(content) or is_far_too_much(content)
    if dose.prescribed and _is_a_prescription(content, dose):
        return False
    return looks_like_iu(content) or _looks_like_mcg(content)


def _alone(content: Content) -> Nutrient | None:
    """The nutrient of a content, where it is one and known."""
    found = nutrients_of(content.nutrient)
    return found[0] if len(found) == 1 else None


def _is_a_prescription(content: Content, dose: DoseEntry) -> bool:
    """Whether a capsule has as much, and is taken as rarely as that one is."""
    often = least_gap_days(dose.days) < published_limits.D_WEEKLY_DAYS
    return content.amount in published_limits.D_PRESCRIBED_MCG and not often


def looks_like_iu(content: Content) -> bool:
    """Whether mcg are as many as labels give in IU, as 1,000 of vitamin D are."""
    nutrient = _alone(content)
    if nutrient is None or nutrient.short not in (D, A) or content.unit != "mcg" or content.iu:
        return False
    if nutrients.form_of(nutrient, content.form) == CAROTENE:
        return False
    limits = published_limits
    least, step = (
        (limits.D_SLIP_MCG, limits.D_SLIP_STEP_MCG)
        if nutrient.short == D
        else (limits.A_SLIP_ROUND_MCG, limits.A_SLIP_STEP_MCG)
    )
    return content.amount >= least and content.amount % step == 0


def is_far_too_much(content: Content) -> bool:
    """Whether no product has as much of it in one dose, as 55 mg of selenium."""
    nutrient = _alone(content)
    limit = published_limits.SLIP_MG.get(nutrient.short) if nutrient else None
    if limit is None or nutrient is None:
        return False
    mcg = units.mcg_of(nutrient.short, content.amount, content.unit)
    return mcg is not None and units.amount_in("mg", mcg) > limit


def _looks_like_mcg(content: Content) -> bool:
    mcg = units.mcg_of(D, content.amount, content.unit)
    in_mg = content.unit in ("mg", "g")
    return in_mg and mcg is not None and mcg > published_limits.D_NEVER_SINGLE_MCG


def _counted(short: str, form: str, content: Content, mcg: Fraction | None) -> Fraction | None:
    if short == E and content.unit == "IU":
        return units.exact(content.amount) * published_limits.E_MCG_PER_IU
    if mcg is None or (short == A and form == CAROTENE):
        return None
    if short == D and form == CALCIFEDIOL:
        return mcg * published_limits.CALCIFEDIOL_AS_D3
    if short == MG and content.basis != "elemental":
        return mcg * (share_of_salt(MG, form) or min(published_limits.SALT_SHARES[MG].values()))
    if content.basis == "compound":
        # Of calcium the most it can be; how much of an iron or zinc salt it is nobody said.
        share = share_of_salt(short, form) or max(_shares(short), default=_ZERO)
        return mcg * share or None
    return mcg


def _most_of_salt(
    short: str, form: str, content: Content, mcg: Fraction | None
) -> Fraction | None:
    """The other reading of magnesium: the metal itself, or the salt that holds most of it."""
    if short != MG or mcg is None or content.basis == "elemental":
        return None
    if content.basis == "compound":
        return mcg * (share_of_salt(MG, form) or max(_shares(MG)))
    return mcg


def share_of_salt(short: str, form: str) -> Fraction | None:
    """How much of a salt is the metal, or None where the form says nothing of it."""
    if short == MG and form == GLYCINATE:
        return published_limits.GLYCINATE_ELEMENTAL
    return published_limits.SALT_SHARES.get(short, {}).get(form)


def _shares(short: str) -> Iterable[Fraction]:
    return published_limits.SALT_SHARES.get(short, {}).values()


@dataclass(frozen=True, eq=False)
class Item:
    """One dose of the schedule. Two are one only where they are the same object."""

    dose: DoseEntry
    meals: tuple[Meal, ...]
    parts: tuple[Part, ...]
    # Minutes of a week: of every time or meal, also in exceptions; and of the first meal as usual.
    moments: Moments
    usual_moments: Moments
    medicines: tuple[Medicine, ...]
    # How it gets into the body by its name, where the file does not say.
    way: Way = SWALLOWED_WAY

    @property
    def id(self) -> str:
        return self.dose.id

    @property
    def taken_in(self) -> bool:
        """Whether the body gets what it holds for certain: what is on the skin counts nowhere."""
        return self.dose.route != "topical" and not self.way.outside

    @property
    def swallowed(self) -> bool:
        """Whether it comes into the gut, where it meets food and medicines."""
        return self.dose.route != "topical" and not self.way.word

    @property
    def prescribed(self) -> bool:
        return self.dose.prescribed

    @property
    def span(self) -> Span:
        return self.dose.start, self.dose.end

    @property
    def times_a_day(self) -> int:
        """Intakes on a day it runs: a dose with meals has one, at the first that is not missed."""
        return len(self.dose.at) or 1

    @cached_property
    def intakes_per_day(self) -> Fraction:
        return share_of_days(self.dose.days) * self.times_a_day

    @cached_property
    def gap_days(self) -> int:
        """The fewest days from one day of it to the next."""
        return least_gap_days(self.dose.days)

    @property
    def daily(self) -> bool:
        return self.intakes_per_day >= 1 and self.gap_days == 1 and self.dose.days.kind != "cycle"

    def of(self, *shorts: str) -> list[Part]:
        """Its parts of these nutrients; none where they stay outside."""
        return [part for part in self.parts if part.short in shorts] if self.taken_in else []

    def holds(self, *shorts: str) -> bool:
        return bool(self.of(*shorts))

    def single(self, short: str) -> Fraction:
        """µg of a nutrient in one intake."""
        return self._singles.get(short, _ZERO)

    def average(self, short: str) -> Fraction:
        """µg of a nutrient a day, on average."""
        return self._averages.get(short, _ZERO)

    @cached_property
    def _singles(self) -> dict[str, Fraction]:
        found: dict[str, Fraction] = {}
        for part in self.parts if self.taken_in else ():
            found[part.short] = found.get(part.short, _ZERO) + (part.mcg or _ZERO)
        return found

    def in_form(self, short: str, form: str) -> Fraction:
        """µg of one form of a nutrient in one intake."""
        return self._forms.get((short, form), _ZERO)

    @cached_property
    def _forms(self) -> dict[tuple[str, str], Fraction]:
        found: dict[tuple[str, str], Fraction] = {}
        for part in self.parts if self.taken_in else ():
            key = (part.short, part.form)
            found[key] = found.get(key, _ZERO) + (part.mcg or _ZERO)
        return found

    def most_average(self, short: str) -> Fraction:
        """As `average`, where as much of every salt is the metal as can be."""
        most = (part.most_mcg or _ZERO for part in self.of(short))
        return sum(most, _ZERO) * self.intakes_per_day

    @cached_property
    def _averages(self) -> dict[str, Fraction]:
        return {short: mcg * self.intakes_per_day for short, mcg in self._singles.items()}


@dataclass(frozen=True, eq=False)
class Phase:
    """A stretch of time in which the same items hold a nutrient; None is an open end."""

    short: str
    first: date | None
    last: date | None
    items: tuple[Item, ...]
    # A common denominator of all averages: sums of fractions are slow, sums of numbers are not.
    scale: int

    @cached_property
    def total(self) -> Fraction:
        """µg a day, all items together."""
        return self.sum_of(self.items)

    def sum_of(self, items: Iterable[Item]) -> Fraction:
        averages = (item.average(self.short) for item in items)
        parts = (each.numerator * (self.scale // each.denominator) for each in averages)
        return Fraction(sum(parts), self.scale)

    @cached_property
    def active(self) -> frozenset[Item]:
        return frozenset(self.items)

    @cached_property
    def prescribed(self) -> Fraction:
        return self.sum_of(item for item in self.items if item.prescribed)

    def is_followed_by(self, other: "Phase") -> bool:
        """Whether the other begins on the day after this one."""
        return self.last is not None and self.last + timedelta(1) == other.first

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(sorted(item.id for item in self.items))
