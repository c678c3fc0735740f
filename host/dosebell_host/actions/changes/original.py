"""A schedule before a change and after it; what does not check goes no further."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dosebell import schedule as device
from dosebell_host.advice.brought import Brought, brought, touched_doses
from dosebell_host.advice.held_back import HeldBack
from dosebell_host.advice.judge import Verdict, judge
from dosebell_host.errors import UserError
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.decompiler import is_rebuilt
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.schedule.zones import UNIX_2000


@dataclass(frozen=True)
class ChangeWishes:
    """What is to be changed: a file, or where that is None the schedule of the box at `port`."""

    file: Path | None = None
    port: str | None = None
    sync: bool = True


class ChangedSchedule(NamedTuple):
    """A changed text that can be pushed, what the checks say of it, and what of that is told."""

    text: str
    plan: PlanFile
    verdict: Verdict
    brought: Brought


@dataclass(frozen=True)
class Original:
    """A schedule as it was before a change. `at_s`, in seconds since 2000, is when that is made;
    `undone` says what was not done where it does not check.
    """

    text: str
    name: str
    at_s: int
    undone: str

    @cached_property
    def schedule(self) -> Schedule:
        """Raises `UserError`, or `ManyErrors`, where there is none in the text."""
        return read_file.parse(self.text, self.name)

    @cached_property
    def today(self) -> date:
        """The date where the person lives."""
        return self.local.date()

    @property
    def local(self) -> datetime:
        """The moment of the change where the person lives."""
        return datetime.fromtimestamp(self.at_s + UNIX_2000, ZoneInfo(self.schedule.timezone))

    @property
    def lines(self) -> list[str]:
        """As it is compiled; none where the text is no schedule."""
        try:
            return compile_schedule(self.schedule).lines
        except UserError:
            return []

    def titled(self, text: str) -> str:
        """The changed text; a title that was made of the doses is made of those that are there
        now, and one that a person has given stays.
        """
        from dosebell_host.editing.keys import with_key
        from dosebell_host.wizard.title import title_after

        title = title_after(self.schedule, read_file.parse(text, self.name))
        return text if title == self.schedule.title else with_key(text, (), "title", title)

    def checked(self, text: str) -> ChangedSchedule:
        """The changed text, once it is known to be good.

        Raises `UserError` with all that is wrong with it, and `HeldBack` for an error of the
        checks that the text before did not have.
        """
        schedule = read_file.parse(text, self.name)
        compiled = compile_schedule(schedule)
        plan = PlanFile(schedule, compiled, device.parse(compiled.lines))
        verdict = judge(schedule, plan.local.date(self.at_s))
        if self._has_new_error(verdict) and not is_rebuilt(self.text.encode()):
            raise HeldBack(self.name, verdict, self.undone)
        return ChangedSchedule(text, plan, verdict, self._brought(schedule, verdict))

    @cached_property
    def _verdict(self) -> Verdict | None:
        """What the checks said before; None where the text is no schedule."""
        try:
            return judge(self.schedule, self.today)
        except UserError:
            return None

    def _has_new_error(self, after: Verdict) -> bool:
        return bool(_held(after) - (_held(self._verdict) if self._verdict else set()))

    def _brought(self, schedule: Schedule, after: Verdict) -> Brought:
        before = self._verdict
        if before is None:
            return Brought(after)
        return brought(before, after, touched_doses(self.schedule, schedule))


# From what there is to the text that is wanted.
Edit = Callable[[Original], str]


def text_of(data: bytes, name: str) -> str:
    """The text of a schedule file, without the mark that Windows puts in front of it.

    Raises `UserError` where it is none.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # It has the sentence for that.
        read_file.parse(data, name)
        raise


def _held(verdict: Verdict) -> set[tuple[str, tuple[str, ...]]]:
    return {(each.rule, each.doses) for each in verdict.held}
