"""`dosebell new`: asks, writes a file that is not there yet, and checks it."""

import os
import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from dosebell_host.advice.check import CheckReport, report
from dosebell_host.errors import on_one_line
from dosebell_host.schedule.new_file import already_there, write_new
from dosebell_host.schedule.zones import UNIX_2000
from dosebell_host.talk import Talk
from dosebell_host.wizard.questions import answered
from dosebell_host.wizard.written_file import text_of

DEFAULT = Path("my.toml")

_OPENING = (
    "Some questions; Enter takes what stands in [ ]. Nothing is written before the last one."
)
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
        yield from self.report.lines(self.at_s, verbose=False)
        yield f"Next: dosebell preview {file}, and dosebell push {file}"


def new_schedule(
    file: Path | None, options: Mapping[str, str | None], at_s: int, talk: Talk
) -> NewSchedule:
    """Write the schedule that the options answer for, else the person; it is checked by the date
    of `at_s` (seconds since 2000).

    Raises `UserError` where the file is there already or can't be written, and `UsageError` for an
    option that does not fit, or that is missing where nobody can be asked.
    """
    path = _free_name(file or DEFAULT, talk)
    if talk.can_ask:
        talk.note(_OPENING)
    answers = answered(options, talk)
    today = datetime.fromtimestamp(at_s + UNIX_2000, ZoneInfo(answers.zone)).date()
    write_new(path, text_of(answers, today).encode(), _ANOTHER)
    return NewSchedule(report(path, at_s), at_s)


def _free_name(wanted: Path, talk: Talk) -> Path:
    """A file that is not there yet; a person is asked for another name."""
    # `Path.exists` raises for a folder that one may not enter; writing there is told in words.
    while os.path.exists(wanted):
        if talk.can_ask:
            talk.note(f"{wanted} is there already and stays as it is.")
        another = talk.ask("Another name for the new file", None)
        if another is None:
            raise already_there(wanted, _ANOTHER)
        wanted = Path(another)
    return wanted
