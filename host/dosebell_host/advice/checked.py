"""What `check` finds out about one file, and what it says of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dosebell_host.errors import UserError, on_one_line
from dosebell_host.schedule.plan_file import PlanFile, load, next_ring

if TYPE_CHECKING:
    # Only the type: a file that cannot be read needs no rules.
    from dosebell_host.advice.judge import Verdict


class Checked(NamedTuple):
    """What `check` found out about one file: the schedule and its verdict, or what is wrong.

    `verdict` is None where the file could not be read, or nobody asked for advice.
    """

    file: str
    found: PlanFile | None
    problems: list[UserError]
    verdict: "Verdict | None" = None

    @property
    def ok(self) -> bool:
        """Whether it could be pushed."""
        return not self.problems and not (self.verdict and self.verdict.held)

    def to_json(self) -> dict[str, Any]:
        advice = self.verdict.to_json() if self.verdict else {"findings": [], "sums": []}
        return {
            "file": self.file,
            "ok": self.ok,
            "revision": self.found.compiled.revision if self.found else None,
            "problems": [problem.to_json() for problem in self.problems],
            **advice,
        }


def check(path: Path) -> Checked:
    """The file, and every problem that keeps it from being pushed."""
    try:
        return Checked(str(path), load(path), [])
    except UserError as error:
        return Checked(str(path), None, error.problems)


def check_with_advice(path: Path, now_s: int, on_request: bool = False) -> Checked:
    """As `check`, with what the rules say on the date of `now_s` (seconds since 2000).

    `on_request` asks the rules that are silent otherwise, too.
    """
    from dosebell_host.advice.judge import judge

    checked = check(path)
    if checked.found is None:
        return checked
    today = checked.found.local.date(now_s)
    verdict = judge(checked.found.schedule, today, on_request)
    return checked._replace(verdict=verdict)


def check_lines(checked: Checked, now_s: int) -> Iterator[str]:
    """What `check` says of a file: one line where it can be read, else one for each problem."""
    if checked.found is None:
        yield from (str(problem) for problem in checked.problems)
        return
    count = len(checked.found.schedule.doses)
    doses = f"{count} dose" if count == 1 else f"{count} doses"
    zone = checked.found.schedule.timezone
    named = f"{on_one_line(str(checked.file))}: {_verdict_word(checked)}"
    yield f"{named}: {doses}, zone {zone}, {next_ring(checked.found, now_s)}"


def _verdict_word(checked: Checked) -> str:
    held = len(checked.verdict.held) if checked.verdict else 0
    if not held:
        return "ok"
    return "held back by 1 error" if held == 1 else f"held back by {held} errors"
