"""A schedule file as the box will have it: checked, compiled, read by the device's own parser."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from dosebell import schedule as device
from dosebell.dose import Dose
from dosebell.plan import NEVER, Plan
from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import Compiled, compile_schedule
from dosebell_host.schedule.days import occurrences
from dosebell_host.schedule.local_time import LocalTime, day_text
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.values import time_text


class PlanFile(NamedTuple):
    """One schedule three times: as written, as pushed, and as the device reads it."""

    schedule: Schedule
    compiled: Compiled
    plan: Plan

    @property
    def local(self) -> LocalTime:
        return LocalTime(self.plan.zone)


def load(path: Path) -> PlanFile:
    """The schedule in a file. Raises `UserError`, or `ManyErrors` with all that is wrong."""
    schedule = read_file.load(path)
    try:
        compiled = compile_schedule(schedule)
    except UserError as error:
        raise ManyErrors([_placed(each, path) for each in error.problems]) from None
    return PlanFile(schedule, compiled, device.parse(compiled.lines))


def next_ring(file: PlanFile, now_s: int) -> str:
    due_s = next_due_s(file.plan, now_s)
    if due_s is None:
        return "nothing rings any more"
    moment = file.local.datetime(due_s)
    year = moment.year != file.local.datetime(now_s).year
    return f"next rings {day_text(moment.date(), year)} {moment:%H:%M}"


def taken_without_ring(schedule: Schedule) -> str:
    """What the person takes and the box does not ring for, as one sentence; "" for nothing."""
    listed = (schedule.person.medicines if schedule.person else None) or ()
    ringing = {
        name.lower() for dose in schedule.doses for name in (dose.name, dose.medicine or "")
    }
    each = [
        ", ".join([medicine.name, *map(time_text, medicine.at)])
        for medicine in listed
        if medicine.name.lower() not in ringing
    ]
    return f"Taken without a ring: {'; '.join(each)}" if each else ""


def next_due_s(plan: Plan, now_s: int) -> int | None:
    """When anything next rings, from `now_s` on (seconds since 2000); None where nothing does."""
    firsts = (next(_kept(plan, dose, now_s), None) for dose in plan.doses)
    return min((due_s for due_s in firsts if due_s is not None), default=None)


def _kept(plan: Plan, dose: Dose, now_s: int) -> Iterator[int]:
    """The dues of a dose that no exception switches off."""
    for due_s, day, _slot in occurrences(plan, dose, now_s, NEVER):
        if not plan.is_off(day):
            yield due_s


def _placed(problem: UserError, path: Path) -> UserError:
    where = f"{path}: {problem.where}" if problem.where else str(path)
    return UserError(problem.message, where=where, fix=problem.fix, code=problem.code)
