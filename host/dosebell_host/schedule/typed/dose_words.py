"""Which dose a person's word means, wherever one is typed: by its id, else by its name."""

import re
from collections.abc import Iterable
from typing import Protocol, TypeVar

from dosebell_host.errors import UserError
from dosebell_host.schedule.values import show

# A number or a letter alone stands in too many names, and a slip must take no dose.
_LEAST_CHARS = 2


class CalledDose(Protocol):
    """A dose, of a file or of a box."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


D = TypeVar("D", bound=CalledDose)


def doses_meant(doses: Iterable[D], word: str) -> list[D]:
    """The dose of that id, else all of which the id or a word of the name begins with it."""
    there, wanted = list(doses), word.strip().lower()
    if exactly := [each for each in there if each.id == wanted]:
        return exactly
    if len(wanted) < _LEAST_CHARS or not wanted[0].isalpha():
        return []
    begins = re.compile(rf"\b{re.escape(wanted)}")
    return [each for each in there if begins.search(each.name.lower()) or begins.match(each.id)]


def dose_meant(doses: Iterable[D], word: str) -> D | None:
    """The one that is meant; None for none. Raises `UserError` where it may be several."""
    found = doses_meant(doses, word)
    if len(found) > 1:
        ids = " or ".join(each.id for each in found)
        raise UserError(f"{show(word)} may be {ids}", fix="write which one", code="no-dose")
    return found[0] if found else None
