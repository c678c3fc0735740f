"""`dosebell check`: what there is to say of some files, and whether that is good enough."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from dosebell_host.advice.check import CheckReport, put_right, report
from dosebell_host.talk import Talk


@dataclass(frozen=True)
class CheckWishes:
    """Which files, and how: `strict` lets warnings fail, `fix` writes what can be put right to new
    files, `verbose` tells notes in full and asks the rules that are silent otherwise.
    """

    files: Sequence[Path]
    strict: bool = False
    fix: bool = False
    verbose: bool = False


class CheckedFiles(NamedTuple):
    """A report on each file, as of `at_s` (seconds since 2000)."""

    wishes: CheckWishes
    at_s: int
    reports: list[CheckReport]

    @property
    def too_strict(self) -> str:
        """Why files that could be pushed fail all the same; "" where none does."""
        warned = sum(each.warned for each in self.reports)
        if not (self.wishes.strict and warned):
            return ""
        return f"{warned} to be warned of, and --strict lets warnings fail."

    @property
    def is_good(self) -> bool:
        return all(each.last.ok for each in self.reports) and not self.too_strict

    def to_json(self) -> dict[str, Any]:
        return {"items": [each.to_json() for each in self.reports]}

    def lines(self) -> Iterator[str]:
        """All of it for people."""
        for each in self.reports:
            yield from each.lines(self.at_s, self.wishes.verbose)


def check_files(wishes: CheckWishes, at_s: int, talk: Talk) -> CheckedFiles:
    """Check the files by the date of `at_s` (seconds since 2000), and note what is doubtful.

    Raises `UserError` where a new file is there already, or can't be written.
    """
    reports = [report(file, at_s, wishes.verbose) for file in wishes.files]
    if wishes.fix:
        for each in filter(lambda report: report.takes_long, reports):
            talk.note(f"{each.checked.file}: so many findings may take a minute.")
        reports = put_right(reports, at_s, wishes.verbose)
    for doubt in filter(None, (each.doubt for each in reports)):
        talk.note(doubt)
    return CheckedFiles(wishes, at_s, reports)
