"""What the person's words for their medicines leave open: the checks say it, and go on."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dosebell_host.advice.findings import NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.advice.rules.vitamin_k import antagonist
from dosebell_host.reference.labels import named_in, names_only_nutrients
from dosebell_host.reference.medicines import VKA
from dosebell_host.reference.nutrients import TITLES, D
from dosebell_host.reference.routes import way_of
from dosebell_host.wording import and_list

if TYPE_CHECKING:
    # Only the type: what names mean is loaded where there are names of medicines.
    from dosebell_host.reference.recognised import Reading

_PERHAPS = "perhaps "
_PAST_THE_GUT = (
    "By its name it does not come into the gut, so food with it and distances to it were not"
    ' checked; what it holds counts in every sum. If it is swallowed, write route = "oral".'
)
_ON_THE_OUTSIDE = (
    "By its name nobody swallows it, and how much comes through the skin is not known: it counts"
    " in no sum, and food and distances were not checked. If it is swallowed, write"
    ' route = "oral".'
)


_STILL_TAKEN = (
    "What is not taken any more needs no line here. Of what is, write only the name that stands on"
    " the packet."
)
_COUNTED_IN_A_DOSE = (
    "Of what is listed as a medicine only vitamin D counts in the sums. Write it as a dose, with"
    " its amount in contents as the label says."
)


def asks(intake: Intake) -> Iterator[Seen]:
    """MED-ASK: words that may mean several medicines, or of which half is not known."""
    # Where K2-VKA takes one for an antagonist, it says how to say what it is.
    told = {taken.written for taken in intake.listed(VKA)} if any(antagonist(intake)) else set()
    for written, reading in intake.readings:
        stopped = _says_stopped(reading)
        doubts = [each for each in reading.medicines if each.doubt and each.classes]
        names = " and ".join(each.name.removeprefix(_PERHAPS) for each in doubts)
        until = f" Until that is written, the checks take it for {names}" if names else ""
        asked = not stopped and written in told and _asks_for_antagonist(reading)
        if reading.question and not asked:
            message = _STILL_TAKEN * stopped
            yield Seen(WARNING, (), f'"{written}": {reading.question}{until}', message=message)
    yield from _nutrients(intake)


def _says_stopped(reading: "Reading") -> bool:
    from dosebell_host.reference.recognised import STILL

    return reading.question == STILL


def _asks_for_antagonist(reading: "Reading") -> bool:
    doubts = [each for each in reading.medicines if each.doubt]
    asked = {each.doubt for each in doubts}
    return all(VKA in each.classes for each in doubts) and reading.question in asked


def _nutrients(intake: Intake) -> Iterator[Seen]:
    """A supplement that is listed: what it holds is known, and counts only in a dose."""
    for written, reading in intake.readings:
        if reading.unknown and names_only_nutrients(written) and not way_of(written).outside:
            titles = dict.fromkeys(TITLES[each.short] for each in named_in(written) if each.short)
            if titles:
                seen = f'"{written}": {and_list(list(titles))} among the medicines'
                yield Seen(WARNING, (), seen, message=_COUNTED_IN_A_DOSE)


def not_swallowed(intake: Intake) -> Iterator[Seen]:
    """MED-ROUTE: what is left out because the medicine does not come into the gut."""
    for written, reading in intake.readings:
        if reading.route:
            yield Seen(NOTE, (), f'"{written}", by the word "{reading.route}"')
    for item in intake.items:
        if item.way.word and any(part.short for part in item.parts):
            message = _ON_THE_OUTSIDE if item.way.outside else _PAST_THE_GUT
            seen = f'"{item.dose.name}", by the word "{item.way.word}"'
            yield Seen(NOTE, (item.id,), seen, message=message)


def uncounted(intake: Intake) -> Iterator[Seen]:
    """D3-UNCOUNTED: vitamin D among the medicines, and nobody said how much or how often."""
    severity = WARNING if intake.holding(D) else NOTE
    for written, why in intake.uncounted:
        yield Seen(severity, (), f"{written}: {why}", {"name": written})
