"""`dosebell new`: asks, writes a file that is not there yet, and checks it."""

import os
import shlex
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dosebell_host.advice.check import CheckReport, report
from dosebell_host.advice.judge import Verdict, judge
from dosebell_host.errors import on_one_line
from dosebell_host.schedule import read_file
from dosebell_host.schedule.model import DoseEntry
from dosebell_host.schedule.new_file import already_there, write_new
from dosebell_host.schedule.plan_file import taken_without_ring
from dosebell_host.schedule.zones import UNIX_2000
from dosebell_host.talk import Talk
from dosebell_host.wizard.answers import Answers
from dosebell_host.wizard.questions import answered
from dosebell_host.wizard.week import week_lines
from dosebell_host.wizard.written_file import text_of
from dosebell_host.wording import without_a_box

DEFAULT = Path("my.toml")

_OPENING = (
    "Some questions; Enter takes what stands in [ ], and back goes to the one before.\n"
    "Nothing is written before the last one."
)
_WIDTH = 78
_ANOTHER = "name another one"


class NewSchedule(NamedTuple):
    """What `check` says of the new file, as of `at_s` (seconds since 2000)."""

    report: CheckReport
    at_s: int

    def to_json(self) -> dict[str, Any]:
        return self.report.to_json()

    def lines(self) -> Iterator[str]:
        """What was found in the new file, and what comes next."""
        file = shlex.quote(self.report.checked.file)
        yield f"Wrote {on_one_line(str(file))}; it is yours to change."
        for line in self.report.lines(self.at_s, verbose=False):
            # Nothing rings by itself before the box has it.
            yield line.replace(", next rings ", ", on the box it first rings ")
        yield from self._next(file)

    def _next(self, file: str) -> Iterator[str]:
        verdict = self.report.checked.verdict
        if not (verdict and verdict.held):
            yield f"Look at it: dosebell preview {file}"
            yield from self._on_the_box(file)
            return
        changes = self._changes(file, verdict)
        yield from self.report.held_lines(changes, ", or begin again: dosebell new")

    def _on_the_box(self, file: str) -> Iterator[str]:
        """That it is not there yet, and what a person lives with once it is."""
        yield "The box does not know this yet. Plug it in and type:"
        yield f"  dosebell push {file}"
        yield "Until then nothing rings."
        if found := self.report.checked.found:
            minutes = found.schedule.alerts.nag_s // 60
            again = f"If you do not press the button it rings again every {minutes} minutes"
            later = [each for each in found.schedule.doses if len(each.with_meals) > 1]
            yield f"{again}.{''.join(f' {_missed(each)}' for each in later[:1])}"
        yield from without_a_box(self.report.checked.file)

    def _changes(self, file: str, verdict: Verdict) -> Iterator[str]:
        """What can be typed about the supplements that an error speaks of; never a medicine."""
        found = self.report.checked.found
        doses = found.schedule.doses if found else ()
        named = {ident for each in verdict.held for ident in each.doses}
        for dose in doses:
            if dose.id in named and not dose.medicine:
                if dose.at:
                    yield f"dosebell move {dose.id} TIME -f {file}"
                if len(doses) > 1:
                    yield f"dosebell remove {dose.id} -f {file}"


def new_schedule(
    file: Path | None,
    options: Mapping[str, str | None],
    at_s: int,
    talk: Talk,
    doses: Sequence[str] = (),
) -> NewSchedule:
    """Write the schedule that the options answer for, else the person; it is checked by the date
    of `at_s` (seconds since 2000). `doses` are sentences, each about one thing that rings.

    Raises `UserError` where the file is there already or can't be written, and `UsageError` for an
    option that does not fit, or that is missing where nobody can be asked.
    """
    path = _free_name(file or DEFAULT, talk)
    if talk.can_ask:
        talk.note(_OPENING)
    answers = answered(options, talk, at_s, doses, partial(_shown, at_s))
    text = text_of(answers, today_for(answers, at_s))
    # What the file can't hold, as too many doses, is told before there is one.
    read_file.parse(text, str(path))
    write_new(path, text.encode(), _ANOTHER)
    return NewSchedule(report(path, at_s), at_s)


def _missed(dose: DoseEntry) -> str:
    """What happens where somebody misses what is taken with one of several meals."""
    first, second, *_ = dose.with_meals
    return f"What is missed at {first} ({dose.id}) rings again at {second}."


def _shown(at_s: int, answers: Answers) -> Iterator[str]:
    """What the answers come to: a week of it, and what would hold it back."""
    today = today_for(answers, at_s)
    schedule = read_file.parse(text_of(answers, today), "the new file")
    yield from week_lines(schedule, at_s)
    if silent := taken_without_ring(schedule):
        yield f"  {silent}"
    for each in judge(schedule, today).held:
        line = f"! {each.rule} would hold it back: {each.seen}"
        yield from textwrap.wrap(line, _WIDTH, initial_indent="  ", subsequent_indent="    ")


def today_for(answers: Answers, at_s: int) -> date:
    """The date where the person lives; `at_s` is now, in seconds since 2000."""
    return datetime.fromtimestamp(at_s + UNIX_2000, ZoneInfo(answers.zone)).date()


def _free_name(wanted: Path, talk: Talk) -> Path:
    """A file that is not there yet; a person is asked for another name."""
    # `Path.exists` raises for a folder that one may not enter; writing there is told in words.
    while os.path.exists(wanted):
        if talk.can_ask:
            talk.note(f"{wanted} is there already and stays as it is.")
        another = talk.ask("Another name for the new file", None)
        if another is None:
            raise already_there(wanted, _ANOTHER)
        wanted = Path(another) if another.strip() else wanted
    return wanted
