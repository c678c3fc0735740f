"""What the person's words for their medicines leave open: the checks say it, and go on."""

from collections.abc import Iterator

from dosebell_host.advice.findings import NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.reference.nutrients import D

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


def asks(intake: Intake) -> Iterator[Seen]:
    """MED-ASK: words that may mean several medicines, or of which half is not known."""
    for written, reading in intake.readings:
        doubts = [each for each in reading.medicines if each.doubt and each.classes]
        names = " and ".join(each.name.removeprefix(_PERHAPS) for each in doubts)
        until = f" Taken for {names} until then" if names else ""
        if reading.question:
            yield Seen(WARNING, (), f'"{written}": {reading.question}{until}')


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
