"""What the checks say of a changed schedule to whoever has changed it.

In full it is what the change has brought, what is about a dose that it touched, and every error.
The rest was there before and is counted: what comes again with each command of an afternoon is
read no more, and the one new warning in it with it.
"""

import re
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

    def is_told(each: Finding) -> bool:
        was_said = any(_says_all_of(old, each) for old in before.findings)
        return each.severity == ERROR or not was_said or not touched.isdisjoint(each.doses)

    told = tuple(filter(is_told, after.findings))
    counted = [each for each in after.findings if each.severity != NOTE and each not in told]
    return Brought(after._replace(findings=told), len(counted))


def _says_all_of(old: Finding, new: Finding) -> bool:
    """Whether a finding of before said every word of a new one: where a dose is gone, others name
    it no more, and that is no news.
    """
    is_alike = new._replace(doses=old.doses, seen=old.seen) == old
    return is_alike and {*new.doses} <= {*old.doses} and _words(new) <= _words(old)


def _words(found: Finding) -> set[str]:
    return set(re.findall(r"\w+", found.seen))


def touched_doses(before: Schedule, after: Schedule) -> set[str]:
    """The ids of the doses that are new, or not as they were."""
    return {dose.id for dose in after.doses if dose not in before.doses}
