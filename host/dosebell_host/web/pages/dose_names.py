"""What a person calls each dose, and how much of it is taken at a time."""

from collections.abc import Iterable
from typing import NamedTuple

from dosebell_host.schedule.lines import read_lines


class DoseName(NamedTuple):
    """Its name, and the amount as on the label, "" where nobody wrote one."""

    name: str
    amount: str = ""


class DoseNames(dict[str, DoseName]):
    """By id; a dose that is in no schedule known here is called by that."""

    def __missing__(self, ident: str) -> DoseName:
        return DoseName(ident)


def dose_names(lines: Iterable[str]) -> DoseNames:
    """Those of a compiled schedule, in its order."""
    doses = [line.fields for line in read_lines(lines) if line.kind == "dose"]
    return DoseNames(
        (each["id"], DoseName(each.get("name") or each["id"], each.get("take", "")))
        for each in doses
        if "id" in each
    )
