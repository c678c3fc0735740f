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
from dosebell_host.reference.medicines import MINERAL
from dosebell_host.reference.nutrients import MINERALS, TITLES
from dosebell_host.reference.units import minutes_text
from dosebell_host.wording import and_list


class Swallowed(NamedTuple):
    """Something with times: a dose, or a medicine that is a mineral, or a meal."""

    what: str
    doses: tuple[str, ...]
    moments: Moments
    span: Span
    times: Callable[[], Times]


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
            "dose_before": minutes_text(self.before),
            "dose_after": minutes_text(self.after),
            "dose_before_careful": minutes_text(self.most_before),
        }


def both_ways(error_min: int, warn_min: int = 0) -> Apart:
    """The same distance before and after."""
    return Apart(error_min, error_min, warn_min, warn_min)


def minerals(intake: Intake) -> list[Swallowed]:
    """Every dose that holds a mineral, and every listed medicine that is one."""
    found = list(holding(intake, *sorted(MINERALS)))
    doses = {dose for each in found for dose in each.doses}
    for taken in intake.listed(MINERAL):
        if taken.dose_id not in doses:
            ids = (taken.dose_id,) if taken.dose_id else ()
            words = drug_words(taken)
            found.append(Swallowed(words, ids, taken.moments, taken.span, taken.times))
    return found


def holding(intake: Intake, *shorts: str) -> Iterator[Swallowed]:
    """Every dose that holds any of these nutrients, by their names."""
    for item in intake.holding(*shorts):
        names = sorted({TITLES[part.short] for part in item.of(*shorts)})
        yield swallowed(intake, item, and_list(names))


def swallowed(intake: Intake, item: Item, what: str) -> Swallowed:
    """A dose under the name it is told by."""
    times = partial(intake.times_of, item)
    return Swallowed(what, (item.id,), item.moments, item.span, times)


def too_close(
    things: Iterable[Swallowed], medicines: Iterable[Taken], apart: Apart
) -> Iterator[Seen]:
    """Where any of the things is too close to any of the medicines; the graver side of each."""
    listed = list(medicines)
    for thing in things:
        for taken in listed:
            if taken.dose_id not in thing.doses and overlap(thing.span, taken.span):
                yield from _too_close(thing, taken, apart)


def _too_close(thing: Swallowed, taken: Taken, apart: Apart) -> Iterator[Seen]:
    if not _may_be_close(thing, taken, apart):
        return
    times, drug_times = thing.times(), taken.times()
    found = []
    if after := closest(times, drug_times, apart.most_after):
        wait, dose_at, drug_at = after
        found.append((_severity(wait, apart.after), wait, dose_at, drug_at))
    if before := closest(drug_times, times, apart.most_before):
        wait, drug_at, dose_at = before
        found.append((_severity(wait, apart.before), wait, dose_at, drug_at))
    for severity, wait, dose_at, drug_at in sorted(found)[:1]:
        drug = f"{drug_words(taken)} at {clock(drug_at)}"
        seen = f"{thing.what} at {clock(dose_at)}, {drug}: {_distance(wait)}"
        yield Seen(severity, thing.doses, seen, apart.words())


def _may_be_close(thing: Swallowed, taken: Taken, apart: Apart) -> bool:
    """A quick look at a week in which everything happens: most things are far apart in it."""
    after = closest_after(thing.moments, taken.moments)
    before = closest_after(taken.moments, thing.moments)
    return bool(
        (after and after[0] < apart.most_after) or (before and before[0] < apart.most_before)
    )


def _distance(minutes: int) -> str:
    return f"{minutes_text(minutes)} apart" if minutes else "at the same time"


def _severity(wait: int, error: int) -> str:
    return ERROR if wait < error else WARNING
