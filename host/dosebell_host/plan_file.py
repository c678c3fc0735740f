"""A schedule file as the box will have it: checked, compiled, read by the device's own parser."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from dosebell import schedule as device
from dosebell.dose import Dose
from dosebell.plan import NEVER, Plan
from dosebell_host import schedule_file
from dosebell_host.compiler import Compiled, compile_schedule
from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.local_time import LocalTime, day_text
from dosebell_host.model import Schedule

if TYPE_CHECKING:
    # Only the type: `preview` and its kin ask for no advice and need not load its rules.
    from dosebell_host.advice.judge import Verdict


class PlanFile(NamedTuple):
    """One schedule three times: as written, as pushed, and as the device reads it."""

    schedule: Schedule
    compiled: Compiled
    plan: Plan

    @property
    def local(self) -> LocalTime:
        return LocalTime(self.plan.zone)


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


def load(path: Path) -> PlanFile:
    """The schedule in a file. Raises `UserError`, or `ManyErrors` with all that is wrong."""
    schedule = schedule_file.load(path)
    try:
        compiled = compile_schedule(schedule)
    except UserError as error:
        raise ManyErrors([_placed(each, path) for each in error.problems]) from None
    return PlanFile(schedule, compiled, device.parse(compiled.lines))


def check(path: Path) -> Checked:
    """The file, and every problem that keeps it from being pushed."""
    try:
        return Checked(str(path), load(path), [])
    except UserError as error:
        return Checked(str(path), None, error.problems)


def advised(path: Path, now_s: int, on_request: bool = False) -> Checked:
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


def told(checked: Checked, now_s: int) -> Iterator[str]:
    """What `check` says of a file: one line where it can be read, else one for each problem."""
    if checked.found is None:
        yield from (str(problem) for problem in checked.problems)
        return
    count = len(checked.found.schedule.doses)
    doses = f"{count} dose" if count == 1 else f"{count} doses"
    zone = checked.found.schedule.timezone
    verdict = _verdict_word(checked)
    yield f"{checked.file}: {verdict}: {doses}, zone {zone}, {_next_ring(checked.found, now_s)}"


def _verdict_word(checked: Checked) -> str:
    held = len(checked.verdict.held) if checked.verdict else 0
    if not held:
        return "ok"
    return "held back by 1 error" if held == 1 else f"held back by {held} errors"


def _next_ring(file: PlanFile, now_s: int) -> str:
    due_s = next_due_s(file.plan, now_s)
    if due_s is None:
        return "nothing rings any more"
    moment = file.local.datetime(due_s)
    year = moment.year != file.local.datetime(now_s).year
    return f"next rings {day_text(moment.date(), year)} {moment:%H:%M}"


def next_due_s(plan: Plan, now_s: int) -> int | None:
    """When anything next rings, from `now_s` on (seconds since 2000); None where nothing does."""
    firsts = (next(_kept(plan, dose, now_s), None) for dose in plan.doses)
    return min((due_s for due_s in firsts if due_s is not None), default=None)


def _kept(plan: Plan, dose: Dose, now_s: int) -> Iterator[int]:
    """The dues of a dose that no exception switches off."""
    for due_s, day, _slot in plan.occurrences(dose, now_s, NEVER):
        if not plan.is_off(day):
            yield due_s


def _placed(problem: UserError, path: Path) -> UserError:
    where = f"{path}: {problem.where}" if problem.where else str(path)
    return UserError(problem.message, where=where, fix=problem.fix, code=problem.code)
