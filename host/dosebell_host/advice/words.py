"""Pieces of sentences that several rules need."""

from collections.abc import Sequence

from dosebell_host.advice.intake import Taken
from dosebell_host.advice.items import Item, Phase
from dosebell_host.schedule.days import LAST_OF_MONTH, WEEKDAYS, Days
from dosebell_host.wording import and_list


def days_words(days: Days) -> str:
    """A rule for days inside a sentence: `daily`, `on mon and thu`, `every 28 days`."""
    if days.kind == "week":
        return f"on {and_list([WEEKDAYS[n] for n in days.numbers])}"
    if days.kind == "every":
        return f"every {days.numbers[0]} days"
    if days.kind == "cycle":
        return f"{days.numbers[0]} days on, {days.numbers[1]} days off"
    if days.kind == "month":
        names = ["the last" if n == LAST_OF_MONTH else str(n) for n in days.numbers]
        return f"on day {and_list(names)} of the month"
    return "daily"


def phase_words(phase: Phase) -> str:
    """When a phase is, where it is not always: ` from 2026-12-01 to 2027-01-15`."""
    begins = f" from {phase.first}" if phase.first else ""
    ends = f" until {phase.last}" if phase.last else ""
    return begins + ends


def ids_of(items: Sequence[Item]) -> tuple[str, ...]:
    """The ids of doses in order, each once."""
    return tuple(sorted({item.id for item in items}))


def drug_words(taken: Taken) -> str:
    """A medicine as the person wrote it, with its generic name where that is another."""
    generic = taken.medicine.name
    if generic.lower() in taken.written.lower():
        return taken.written
    return f"{taken.written} ({generic})"


def near_hint(near: str | None) -> str:
    """How a finding about an unknown name ends: with the one that may be meant, if any."""
    return f'; did you mean "{near}"?' if near else ""
