"""What the person's words for their medicines leave open: the checks say it, and go on."""

from collections.abc import Iterator

from dosebell_host.advice.findings import NOTE, WARNING, Seen
from dosebell_host.advice.intake import Intake
from dosebell_host.reference.nutrients import D

_PERHAPS = "perhaps "


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


def uncounted(intake: Intake) -> Iterator[Seen]:
    """D3-UNCOUNTED: vitamin D among the medicines, and nobody said how much or how often."""
    severity = WARNING if intake.holding(D) else NOTE
    for written, why in intake.uncounted:
        yield Seen(severity, (), f"{written}: {why}", {"name": written})
