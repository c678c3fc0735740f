"""How far what is swallowed is from a medicine, and whether that is far enough."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dosebell_host.advice.findings import ERROR, WARNING, Seen
from dosebell_host.advice.intake import Intake, Taken
from dosebell_host.advice.medicines import MINERAL
from dosebell_host.advice.moments import Moments, Span, clock, closest_after, overlap
from dosebell_host.advice.nutrients import MINERALS, TITLES
from dosebell_host.advice.units import minutes_text
from dosebell_host.advice.words import drug_words, together_words


@dataclass(frozen=True)
class Swallowed:
    """Something with times: a dose, or a medicine that is a mineral, or a meal."""

    what: str
    doses: tuple[str, ...]
    moments: Moments
    span: Span


@dataclass(frozen=True)
class Apart:
    """The least minutes wanted between two things, for an error and for a warning.

    `before`: from the dose to the medicine that follows. `after`: from the medicine to the dose.
    """

    before: int = 0
    after: int = 0
    before_warn: int = 0
    after_warn: int = 0


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
            found.append(Swallowed(drug_words(taken), ids, taken.moments, taken.span))
    return found


def holding(intake: Intake, *shorts: str) -> Iterator[Swallowed]:
    """Every dose that holds any of these nutrients, by their names."""
    for item in intake.holding(*shorts):
        names = sorted({TITLES[part.short] for part in item.of(*shorts)})
        yield Swallowed(together_words(names), (item.id,), item.moments, item.span)


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
    found = []
    after = closest_after(thing.moments, taken.moments)
    before = closest_after(taken.moments, thing.moments)
    if after:
        wait, dose_at, drug_at = after
        found.append((_severity(wait, apart.after, apart.after_warn), wait, dose_at, drug_at))
    if before:
        wait, drug_at, dose_at = before
        found.append((_severity(wait, apart.before, apart.before_warn), wait, dose_at, drug_at))
    graver = sorted(each for each in found if each[0])
    for severity, wait, dose_at, drug_at in graver[:1]:
        drug = f"{drug_words(taken)} at {clock(drug_at)}"
        seen = f"{thing.what} at {clock(dose_at)}, {drug}: {_distance(wait)}"
        yield Seen(severity, thing.doses, seen)


def _distance(minutes: int) -> str:
    return f"{minutes_text(minutes)} apart" if minutes else "at the same time"


def _severity(wait: int, error: int, warn: int) -> str:
    if wait < error:
        return ERROR
    return WARNING if wait < warn else ""
