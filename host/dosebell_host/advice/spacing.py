"""How far what is swallowed is from a medicine, and whether that is far enough."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from dosebell_host.advice.dates import Times, closest
from dosebell_host.advice.findings import ERROR, WARNING, Seen
from dosebell_host.advice.intake import Intake, Taken
from dosebell_host.advice.items import Item
from dosebell_host.advice.moments import Moments, Span, clock, closest_after, overlap
from dosebell_host.advice.words import drug_words
from dosebell_host.reference.medicines import MINERAL, VITAMIN_D
from dosebell_host.reference.nutrients import AL, CA, FE, MG, MINERALS, TITLES, ZN, D
from dosebell_host.reference.units import minutes_text
from dosebell_host.wording import and_list

# So many nutrients of one dose are told by their kind.
_MANY = 4


class Swallowed(NamedTuple):
    """Something with times: a dose, or a medicine that is a mineral, or a meal."""

    what: str
    doses: tuple[str, ...]
    moments: Moments
    span: Span
    times: Callable[[], Times]
    # Whether it only may be what it is told by.
    doubt: bool = False


class Apart(NamedTuple):
    """The least minutes wanted between two things, for an error and for a warning.

    `before`: from the dose to the medicine that follows. `after`: from the medicine to the dose.
    """

    before: int = 0
    after: int = 0
    before_warn: int = 0
    after_warn: int = 0

    @property
    def most_before(self) -> int:
        return max(self.before, self.before_warn)

    @property
    def most_after(self) -> int:
        return max(self.after, self.after_warn)

    def words(self) -> dict[str, str]:
        """The distances as a sentence names them: they are those that judged."""
        return {
            "dose_before": minutes_text(self.before or self.before_warn),
            "dose_after": minutes_text(self.after or self.after_warn),
            "dose_before_careful": minutes_text(self.most_before),
        }


def both_ways(error_min: int, warn_min: int = 0) -> Apart:
    """The same distance before and after."""
    return Apart(error_min, error_min, warn_min, warn_min)


# What the medicines that are minerals are made of; a name that is not here may be any.
_MADE_OF = {
    "calcium": {CA},
    "calcium carbonate": {CA},
    "magnesium": {MG},
    "iron": {FE},
    "zinc": {ZN},
    "antacid": {AL, MG, CA},
}


def minerals(intake: Intake, *shorts: str) -> list[Swallowed]:
    """Every dose that holds one of these minerals (of all), and every listed medicine that is."""
    wanted = set(shorts or MINERALS)
    found = list(holding(intake, *sorted(wanted)))
    doses = {dose for each in found for dose in each.doses}
    for taken in intake.listed(MINERAL):
        made_of = _MADE_OF.get(taken.medicine.name, wanted)
        if taken.dose_id not in doses and made_of & wanted:
            found.append(_medicine(taken))
    return found


def calcium_alone(intake: Intake) -> Iterator[tuple[Swallowed, bool]]:
    """What holds calcium and no vitamin D, with whether it is prescribed.

    A dose with both is told by the rules for vitamin D. A listed medicine is somebody's decision.
    """
    for item in intake.holding(CA):
        if not item.holds(D):
            yield swallowed(intake, item, f"calcium in {item.id}"), item.prescribed
    for taken in intake.listed(MINERAL):
        made_of = {CA} if taken.is_a(VITAMIN_D) else _MADE_OF.get(taken.medicine.name)
        if made_of == {CA} and not taken.medicine.doubt and not taken.dose_id:
            yield _medicine(taken), True


def perhaps_calcium(intake: Intake) -> Iterator[tuple[Swallowed, bool]]:
    """Listed antacids, as `calcium_alone`: some are calcium; which, only the packet says."""
    for taken in intake.listed(MINERAL):
        if taken.medicine.name == "antacid" and not taken.dose_id:
            thing = _medicine(taken)
            yield thing._replace(what=f"{thing.what}, which may hold calcium"), True


def _medicine(taken: Taken) -> Swallowed:
    ids = (taken.dose_id,) if taken.dose_id else ()
    doubt = bool(taken.medicine.doubt)
    return Swallowed(drug_words(taken), ids, taken.moments, taken.span, taken.times, doubt)


def holding(intake: Intake, *shorts: str) -> Iterator[Swallowed]:
    """Every dose that holds any of these nutrients, by their names."""
    for item in intake.holding(*shorts):
        if not item.swallowed:
            continue
        names = sorted({TITLES[part.short] for part in item.of(*shorts)})
        many = "minerals" if MINERALS.issuperset(shorts) else "vitamins"
        what = and_list(names) if len(names) < _MANY else many
        yield swallowed(intake, item, what)


def swallowed(intake: Intake, item: Item, what: str) -> Swallowed:
    """A dose under the name it is told by."""
    times = partial(intake.times_of, item)
    return Swallowed(what, (item.id,), item.moments, item.span, times)


def too_close(
    things: Iterable[Swallowed], medicines: Iterable[Taken], apart: Apart
) -> Iterator[Seen]:
    """Where any of the things is too close to any of the medicines; the graver side of each."""
    others = list(map(_medicine, medicines))
    for thing in things:
        for other in others:
            yield from near(thing, other, apart)


def near(thing: Swallowed, other: Swallowed, apart: Apart) -> Iterator[Seen]:
    """Where two things are too close, unless they are one: the graver side."""
    is_one = bool(set(thing.doses) & set(other.doses)) or thing.what == other.what
    if is_one or not overlap(thing.span, other.span):
        return
    if not may_be_close(thing.moments, other.moments, apart):
        return
    times, other_times = thing.times(), other.times()
    found = []
    if after := closest(times, other_times, apart.most_after):
        wait, at, other_at = after
        found.append((_severity(wait, apart.after), wait, at, other_at))
    if before := closest(other_times, times, apart.most_before):
        wait, other_at, at = before
        found.append((_severity(wait, apart.before), wait, at, other_at))
    for severity, wait, at, other_at in sorted(found)[:1]:
        seen = f"{thing.what} and {other.what} at {clock(at)}"
        if wait:
            beside = f"{other.what} at {clock(other_at)}"
            seen = f"{thing.what} at {clock(at)}, {beside}: {minutes_text(wait)} apart"
        # Of what it only may be, nothing is an error.
        doubt = thing.doubt or other.doubt
        yield Seen(WARNING if doubt else severity, thing.doses, seen, apart.words())


def may_be_close(moments: Moments, others: Moments, apart: Apart) -> bool:
    """A quick look at a week in which everything happens: most things are far apart in it."""
    after = closest_after(moments, others)
    before = closest_after(others, moments)
    return bool(
        (after and after[0] < apart.most_after) or (before and before[0] < apart.most_before)
    )


def _severity(wait: int, error: int) -> str:
    return ERROR if wait < error else WARNING
