"""What the checks say of a changed schedule to whoever has changed it.

In full it is what the change has brought, what is about a dose that it touched, and every error.
The rest was there before and is counted: what comes again with each command of an afternoon is
read no more, and the one new warning in it with it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dosebell_host.advice.check_text import advice_lines
from dosebell_host.advice.findings import ERROR, NOTE, Finding
from dosebell_host.advice.judge import Verdict
from dosebell_host.schedule.model import Schedule


class Brought(NamedTuple):
    """What is told in full, and how many warnings were there before."""

    told: Verdict
    before: int = 0

    def lines(self, rest: str) -> Iterator[str]:
        """All of it for people; `rest` is the command that says what is only counted."""
        yield from advice_lines(self.told)
        if self.before:
            more = " more" if any(each.severity != NOTE for each in self.told.findings) else ""
            word, were = ("warning", "was") if self.before == 1 else ("warnings", "were")
            yield f"  {self.before} {word}{more} {were} there before: {rest}"


def brought(before: Verdict, after: Verdict, touched: set[str]) -> Brought:
    """What of `after` is told; `touched` are the ids of the doses that are not as they were."""
    known = set(before.findings)

    def is_told(each: Finding) -> bool:
        return each.severity == ERROR or each not in known or not touched.isdisjoint(each.doses)

    told = tuple(filter(is_told, after.findings))
    counted = [each for each in after.findings if each.severity != NOTE and each not in told]
    return Brought(after._replace(findings=told), len(counted))


def touched_doses(before: Schedule, after: Schedule) -> set[str]:
    """The ids of the doses that are new, or not as they were."""
    return {dose.id for dose in after.doses if dose not in before.doses}
