"""Doses: commands about what was taken, and what is noted of it."""

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from dosebell_host.terminal.box import contacted, screen_width, syncing
from dosebell_host.terminal.options import Settings, completing, pass_settings, shared

if TYPE_CHECKING:
    from dosebell_host.actions.answers import Answered, AnswerWishes
    from dosebell_host.actions.shown_log import ShownLog

_DAYS_IN_TABLE = "30d"


def _of_one(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name one occurrence, and `--no-sync`."""
    command = syncing(command)
    for option in (
        click.option("--slot", metavar="N", type=int, help="Which of that date: 0 is the first."),
        click.option("--date", metavar="DATE", help="Of which date; what is open if left out."),
    ):
        command = option(command)
    return command


@click.command()
@shared
@pass_settings
@click.option("--since", metavar="DATE|30d", help="From then on. The table: 30d; else all.")
@click.option("--after", metavar="[JOURNAL:]SEQ", help="Only records after this one.")
@click.option("--dose", metavar="ID", shell_complete=completing("dose"), help="Only this dose.")
@click.option("--records", "as_records", is_flag=True, help="Every record instead of days.")
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet, with a status column.")
@click.option(
    "--device",
    metavar="ID",
    shell_complete=completing("box"),
    help="The box meant, by name or id, where this laptop knows several.",
)
@syncing
def log(
    settings: Settings,
    since: str | None,
    after: str | None,
    dose: str | None,
    as_records: bool,
    as_csv: bool,
    device: str | None,
    sync: bool,
) -> None:
    """Show what was taken, a line a day, and how much that is.

    Without the box it shows what this laptop last read from it.

    \b
    Examples:
      dosebell log --since 30d
      dosebell log --dose d3k2 --csv > d3k2.csv
    """
    from dosebell_host.actions.shown_log import LogWishes, shown_log
    from dosebell_host.terminal.asking import talk_with

    in_full = settings.json or as_csv or as_records or after is not None
    start = since or (None if in_full else _DAYS_IN_TABLE)
    wishes = LogWishes(settings.port, device, start, after, dose, sync)
    found = shown_log(wishes, talk_with(settings), settings.reach())
    # As CSV also what comes after a record is told by days, unless records are asked for.
    records = as_records or (after is not None and not as_csv)
    if settings.json:
        settings.emit(found.to_json())
        return
    if records and not found.entries:
        settings.note(found.nothing)
    settings.emit({}, _LOG_LINES[records, as_csv](found))


def _day_lines(found: "ShownLog") -> Iterator[str]:
    from dosebell_host.history.log_text import MARKS, PLAIN_MARKS, report
    from dosebell_host.wording import marks_for

    marks = marks_for(sys.stdout.encoding, MARKS, PLAIN_MARKS)
    log = found.log
    if found.whose:
        yield found.whose
    yield from report(found.outcomes, log.doses, log.local, marks, screen_width())


def _record_lines(found: "ShownLog") -> Iterator[str]:
    from dosebell_host.history.log_text import record_line

    yield from (record_line(entry, found.log.local) for entry in found.entries)


def _day_rows(found: "ShownLog") -> Iterator[str]:
    from dosebell_host.history.log_csv import outcomes_csv

    yield outcomes_csv(found.outcomes, found.log).removesuffix("\n")


def _record_rows(found: "ShownLog") -> Iterator[str]:
    from dosebell_host.history.log_csv import records_csv

    yield records_csv(found.entries, found.log.local).removesuffix("\n")


# (every record instead of days, as CSV) -> what is printed of a log
_LOG_LINES: dict[tuple[bool, bool], Callable[["ShownLog"], Iterator[str]]] = {
    (False, False): _day_lines,
    (True, False): _record_lines,
    (False, True): _day_rows,
    (True, True): _record_rows,
}


@click.command()
@shared
@pass_settings
@click.argument("doses", metavar="[DOSE]...", nargs=-1, shell_complete=completing("dose"))
@click.option("--at", metavar="DATETIME", help="When it was taken, as 07:45 or 2026-11-23T07:45.")
@_of_one
def take(
    settings: Settings,
    doses: tuple[str, ...],
    date: str | None,
    slot: int | None,
    at: str | None,
    sync: bool,
) -> None:
    """Note an intake: of all that rings, or of the doses named.

    One that was missed can be noted, too: name its date, or the time.

    \b
    Examples:
      dosebell take
      dosebell take d3k2 --date 2026-11-22
      dosebell take d3k2 --at 2026-11-23T08:10
    """
    from dosebell_host.actions.answers import TAKE, AnswerWishes

    _answer(settings, sync, AnswerWishes(TAKE, doses, date, slot, at))


@click.command()
@shared
@pass_settings
@click.argument("doses", metavar="[DOSE]...", nargs=-1, shell_complete=completing("dose"))
@_of_one
def skip(
    settings: Settings, doses: tuple[str, ...], date: str | None, slot: int | None, sync: bool
) -> None:
    """Note what is left out: all that rings, or the doses named."""
    from dosebell_host.actions.answers import SKIP, AnswerWishes

    _answer(settings, sync, AnswerWishes(SKIP, doses, date, slot))


@click.command()
@shared
@pass_settings
@click.argument("doses", metavar="[DOSE]...", nargs=-1, shell_complete=completing("dose"))
@syncing
def snooze(settings: Settings, doses: tuple[str, ...], sync: bool) -> None:
    """Silence what rings, or the doses named, for a while."""
    from dosebell_host.actions.answers import SNOOZE, AnswerWishes

    _answer(settings, sync, AnswerWishes(SNOOZE, doses))


@click.command()
@shared
@pass_settings
@click.argument("dose", required=False, shell_complete=completing("dose"))
@_of_one
def undo(
    settings: Settings, dose: str | None, date: str | None, slot: int | None, sync: bool
) -> None:
    """Take the last answer back, or that of a dose.

    \b
    Examples:
      dosebell undo
      dosebell undo d3k2 --date 2026-11-22
    """
    from dosebell_host.actions import answers

    with contacted(settings, sync) as contact:
        done = answers.undo(contact, dose, date, slot)
    _tell(settings, done)


# A count may begin with a minus, which is no option then.
@click.command(context_settings={"ignore_unknown_options": True})
@shared
@pass_settings
@click.argument("dose", shell_complete=completing("dose"))
@click.argument("amount", metavar="[+N|-N|N]", required=False)
@syncing
def stock(settings: Settings, dose: str, amount: str | None, sync: bool) -> None:
    """Show or set how many pieces of a dose are left.

    \b
    Examples:
      dosebell stock d3k2 +90      a new packet of 90
      dosebell stock d3k2 60       counted: there are 60
    """
    from dosebell_host.actions import answers

    with contacted(settings, sync) as contact:
        left = answers.stock(contact, dose, amount)
    settings.emit(left.to_json(), [answers.stock_text(left)])


def _answer(settings: Settings, sync: bool, wishes: "AnswerWishes") -> None:
    from dosebell_host.actions.answers import answer

    with contacted(settings, sync) as contact:
        done = answer(contact, wishes)
    _tell(settings, done)


def _tell(settings: Settings, done: "Answered") -> None:
    for warning in done.warnings:
        settings.note(warning)
    settings.emit(done.to_json(), done.lines)


COMMANDS: list[click.Command] = [log, take, skip, snooze, undo, stock]
