"""The title of a schedule, made of what rings; one that a person has given is never touched."""

from collections.abc import Iterable

from dosebell_host.schedule.limits import MAX_TEXT_BYTES
from dosebell_host.schedule.model import DoseEntry, Schedule

# Where the names are too many for a title.
_MORE = " and more"
# The doses of vitamin D3 and K2, by their ids, as `dosebell new` writes them.
_VITAMINS = {"d3k2": "Vitamin D3 + K2", "d3": "Vitamin D3", "k2": "Vitamin K2"}


def title_of_names(names: Iterable[str]) -> str:
    """The names one after the other, as many as a title has room for."""
    left = list(dict.fromkeys(names))
    title = ", ".join(left)
    while len(title.encode()) > MAX_TEXT_BYTES - len(_MORE):
        left.pop()
        title = ", ".join(left) + _MORE
    return title


def title_after(before: Schedule, after: Schedule) -> str:
    """The title after a change of the doses: made anew where it was made of those before."""
    for first in (True, False):
        if before.title == _title_of_doses(before, first):
            return _title_of_doses(after, first)
    return before.title


def _title_of_doses(schedule: Schedule, first: bool) -> str:
    """What `dosebell new` calls a schedule with these doses; `first` says whether D3 and K2 were
    answers of their own there, or one of all else.
    """
    return title_of_names(_called(dose, first) for dose in schedule.doses)


def _called(dose: DoseEntry, first: bool) -> str:
    if first and dose.id in _VITAMINS and dose.with_meals:
        return f"{_VITAMINS[dose.id]} with {dose.with_meals[0]}"
    # One of several doses of one thing, each with a meal of its own.
    return dose.name.removesuffix(f" ({dose.with_meals[0]})") if dose.with_meals else dose.name
