"""Doses: commands about what was taken, and what is noted of it."""

import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from typing import Any

import click

from dosebell_host.terminal.board import contacted, screen_width, syncing
from dosebell_host.terminal.options import Settings, pass_settings, shared

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
@click.option("--after", metavar="SEQ", type=int, help="Only records after this one.")
@click.option("--dose", metavar="ID", help="Only this dose.")
@click.option("--records", "as_records", is_flag=True, help="Every record instead of days.")
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet, with a status column.")
@click.option("--device", metavar="ID", help="The box meant, where this laptop knows several.")
@syncing
def log(
    settings: Settings,
    since: str | None,
    after: int | None,
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
    from dosebell_host.actions.read_log import read_log
    from dosebell_host.box.contact import session
    from dosebell_host.history import box_log, log_csv, log_text
    from dosebell_host.history.store import open_history
    from dosebell_host.wording import marks_for

    reach = settings.reach()
    with closing(open_history(settings.note)) as history:
        reached = partial(session, note=settings.note, reach=reach, sync=sync, kept_in=history)
        found = read_log(history, reached, settings.port, device, reach.clock())
    in_full = settings.json or as_csv or as_records or after is not None
    start = since or (None if in_full else _DAYS_IN_TABLE)
    first = None if start is None else box_log.first_day(start, found)
    if dose is not None:
        box_log.check_dose(dose, found)
    choice = box_log.Choice(first, after, dose)
    for sentence in log_text.log_warnings(found, reach.clock()):
        settings.note(sentence)

    def text() -> None:
        if as_csv and not as_records:
            click.echo(log_csv.outcomes_csv(choice.outcomes(found), found), nl=False)
        elif as_csv:
            click.echo(log_csv.records_csv(choice.entries(found), found.local), nl=False)
        elif as_records or after is not None:
            _print(log_text.record_line(entry, found.local) for entry in choice.entries(found))
        else:
            marks = marks_for(sys.stdout.encoding, log_text.MARKS, log_text.PLAIN_MARKS)
            _print(log_text.report(choice.outcomes(found), found.local, marks, screen_width()))

    settings.emit(box_log.to_json(found, choice), text)


@click.command()
@shared
@pass_settings
@click.argument("doses", metavar="[DOSE]...", nargs=-1)
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
    _answer(settings, "take", doses, date, slot, at, sync)


@click.command()
@shared
@pass_settings
@click.argument("doses", metavar="[DOSE]...", nargs=-1)
@_of_one
def skip(
    settings: Settings, doses: tuple[str, ...], date: str | None, slot: int | None, sync: bool
) -> None:
    """Note what is left out: all that rings, or the doses named."""
    _answer(settings, "skip", doses, date, slot, None, sync)


@click.command()
@shared
@pass_settings
@click.argument("doses", metavar="[DOSE]...", nargs=-1)
@syncing
def snooze(settings: Settings, doses: tuple[str, ...], sync: bool) -> None:
    """Silence what rings, or the doses named, for a while."""
    _answer(settings, "snooze", doses, None, None, None, sync)


@click.command()
@shared
@pass_settings
@click.argument("dose", required=False)
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
        _tell(settings, contact, done)


# A count may begin with a minus, which is no option then.
@click.command(context_settings={"ignore_unknown_options": True})
@shared
@pass_settings
@click.argument("dose")
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
        settings.emit(left.to_json(), lambda: click.echo(answers.stock_text(left)))


def _answer(
    settings: Settings,
    what: str,
    named: tuple[str, ...],
    date: str | None,
    slot: int | None,
    at: str | None,
    sync: bool,
) -> None:
    from dosebell_host.actions import answers

    with contacted(settings, sync) as contact:
        meant = answers.targets(contact, named, date, slot, at, what)
        _tell(settings, contact, answers.answer(contact, what, meant, at))


def _tell(settings: Settings, contact: Any, done: Any) -> None:
    from dosebell_host.actions import answers

    for warning in done.warnings:
        settings.note(warning)
    lines = [answers.answer_text(contact, entry, entry in done.before) for entry in done.entries]
    settings.emit(done.to_json(contact.local), lambda: _print(lines))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


COMMANDS: list[click.Command] = [log, take, skip, snooze, undo, stock]
