"""`dosebell new`: asks, writes a file that is not there yet, and checks it."""

import os
import shlex
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from dosebell_host.advice.check import CheckReport, report
from dosebell_host.schedule.local_time import now_s
from dosebell_host.schedule.new_file import already_there, write_new
from dosebell_host.schedule.zones import UNIX_2000
from dosebell_host.terminal.asking import can_ask
from dosebell_host.terminal.options import Settings
from dosebell_host.wizard.questions import answered
from dosebell_host.wizard.written_file import text_of

DEFAULT = Path("my.toml")

_OPENING = (
    "Some questions; Enter takes what stands in [ ]. Nothing is written before the last one."
)
_ANOTHER = "name another one"


def free_name(settings: Settings, file: Path | None) -> Path:
    """A file that is not there yet; a person is asked for another name.

    Raises `UserError` where the file is there and nobody can be asked.
    """
    wanted = file or DEFAULT
    while os.path.exists(wanted):
        if not can_ask(settings):
            raise already_there(wanted, _ANOTHER)
        settings.note(f"{wanted} is there already and stays as it is.")
        wanted = Path(click.prompt("Another name for the new file", err=True))
    return wanted


def written(
    settings: Settings, file: Path, options: Mapping[str, str | None]
) -> tuple[CheckReport, int]:
    """The report on the new file, and when it was made (seconds since 2000)."""
    now = now_s(settings.reach().clock)
    asks = can_ask(settings)
    if asks:
        settings.note(_OPENING)
    answers = answered(options, _ask if asks else None, settings.note)
    today = datetime.fromtimestamp(now + UNIX_2000, ZoneInfo(answers.zone)).date()
    text = text_of(answers, today)
    write_new(file, text.encode(), _ANOTHER)
    return report(file, now), now


def closing_lines(made: CheckReport, now: int) -> Iterator[str]:
    """What was found in the new file, and what comes next."""
    file = shlex.quote(made.checked.file)
    yield f"Wrote {file}; it is yours to change."
    yield from made.lines(now, verbose=False)
    if not made.checked.ok:
        yield "A push holds it back until the errors are put right, or accepted in the file."
    yield f"Next: dosebell preview {file}, and dosebell push {file}"


def _ask(prompt: str, default: str | None) -> str:
    return str(click.prompt(prompt, default=default, show_default=bool(default), err=True))
