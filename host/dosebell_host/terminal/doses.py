"""Doses: commands about what was taken, and what is noted of it."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dosebell_host.errors import UsageError
from dosebell_host.terminal.box import contacted, of_known_box, screen_width, syncing
from dosebell_host.terminal.options import Settings, completing, pass_settings, shared
from dosebell_host.terminal.output import is_screen

if TYPE_CHECKING:
    from dosebell_host.actions.answers import Answered, AnswerWishes
    from dosebell_host.actions.shown_log import LogWishes, ShownLog
    from dosebell_host.history.records import Entry
    from dosebell_host.schedule.local_time import LocalTime

_DAYS_IN_TABLE = "30d"


def _of_one(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name one occurrence, and `--no-sync`."""
    command = syncing(command)
    for option in (
        click.option("--slot", metavar="N", type=int, help="The same by number, from 0."),
        click.option(
            "--time", metavar="HH:MM", help="Which of that date, by when it was due: 15:00."
        ),
        click.option("--date", metavar="DATE", help="Of which date; what is open if left out."),
    ):
        command = option(command)
    return command


@click.command()
@shared
@pass_settings
@click.option("--since", metavar="DATE|30d", help="From then on. The table: 30d; else all.")
@click.option("--until", metavar="DATE", help="Up to then.")
@click.option("--month", metavar="MONTH", help='Just that one, as 2026-11 or "october".')
@click.option("--after", metavar="[JOURNAL:]SEQ", help="Only records after this one.")
@click.option("--dose", metavar="ID", shell_complete=completing("dose"), help="Only this dose.")
@click.option("--records", "as_records", is_flag=True, help="Every record instead of days.")
@click.option("--csv", "as_csv", is_flag=True, help="For a spreadsheet, with a status column.")
@click.option("--follow", is_flag=True, help="Go on with every record that comes.")
@of_known_box
@syncing
def log(
    settings: Settings,
    as_records: bool,
    as_csv: bool,
    follow: bool,
    sync: bool,
    **part: Any,
) -> None:
    """Show what was taken, a line a day, and how much that is.

    Without the box it shows what this laptop last read from it.

    \b
    Examples:
      dosebell log --since 30d
      dosebell log --since monday
      dosebell log --month 2026-11
      dosebell log --dose d3k2 --csv > d3k2.csv
      dosebell log --follow --json
    """
    from dosebell_host.actions.shown_log import LogWishes, shown_log
    from dosebell_host.terminal.asking import talk_with

    wishes = LogWishes(settings.port, sync=sync, **part)
    if follow:
        _follow(settings, wishes, as_csv)
        return
    after = wishes.after is not None
    is_part = (wishes.since, wishes.until, wishes.month) != (None, None, None)
    if not (settings.json or as_csv or as_records or after or is_part):
        wishes = replace(wishes, since=_DAYS_IN_TABLE)
    found = shown_log(wishes, talk_with(settings), settings.reach())
    # As CSV also what comes after a record is told by days, unless records are asked for.
    records = as_records or (after and not as_csv)
    if settings.json:
        settings.emit(found.to_json())
        return
    if records and not found.entries:
        settings.note(found.nothing)
    settings.emit({}, _LOG_LINES[records, as_csv](found), whole=as_csv)


def _follow(settings: Settings, wishes: "LogWishes", as_csv: bool) -> None:
    """Records a line each, or as JSON a document a line, until Ctrl-C."""
    from dosebell_host.history.log_text import record_line
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.watch.follow import Tell, document, follow
    from dosebell_host.watch.loop import ended_by_signals

    if as_csv:
        fix = "leave out --csv, or --follow"
        raise UsageError("what is followed is told by records", where="--follow", fix=fix)

    def teller(device_id: str) -> Tell:
        def tell(entries: Sequence["Entry"], local: "LocalTime") -> None:
            lines = [record_line(entry, local) for entry in entries]
            settings.emit(document(device_id, entries, local), lines)

        return tell

    with ended_by_signals() as stop:
        follow(wishes, talk_with(settings), settings.reach(), teller, stop)


def _day_lines(found: "ShownLog") -> Iterator[str]:
    from dosebell_host.history.log_text import MARKS, PLAIN_MARKS, report
    from dosebell_host.wording import marks_for

    marks = marks_for(sys.stdout.encoding, MARKS, PLAIN_MARKS)
    log = found.log
    if found.whose:
        yield found.whose
    names = found.names if is_screen(sys.stdout) else {}
    yield from report(found.outcomes, log.doses, log.local, marks, screen_width(), names)


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
@click.option("--at", metavar="DATETIME", help='When it was taken, as 07:45 or "yesterday 20:00".')
@_of_one
def take(
    settings: Settings,
    doses: tuple[str, ...],
    at: str | None,
    sync: bool,
    **which: Any,
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

    _answer(settings, sync, AnswerWishes(TAKE, doses, at=at, **which))


@click.command()
@shared
@pass_settings
@click.argument("doses", metavar="[DOSE]...", nargs=-1, shell_complete=completing("dose"))
@_of_one
def skip(settings: Settings, doses: tuple[str, ...], sync: bool, **which: Any) -> None:
    """Note what is left out: all that rings, or the doses named."""
    from dosebell_host.actions.answers import SKIP, AnswerWishes

    _answer(settings, sync, AnswerWishes(SKIP, doses, **which))


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
def undo(settings: Settings, dose: str | None, sync: bool, **which: Any) -> None:
    """Take the last answer back, or that of a dose.

    As at the button, that is one of the last ten minutes; name the date of any other.

    \b
    Examples:
      dosebell undo
      dosebell undo d3k2 --date 2026-11-22
      dosebell undo drops --date 2026-11-22 --time 20:00
    """
    from dosebell_host.actions.doses.undo import undo as undone
    from dosebell_host.actions.occurrences import WhichOne

    said = WhichOne(**which)
    said.check()
    with contacted(settings, sync) as contact:
        done = undone(contact, dose, said)
    _tell(settings, done)


# A count may begin with a minus, which is no option then.
@click.command(context_settings={"ignore_unknown_options": True})
@shared
@pass_settings
@click.argument("dose", required=False, shell_complete=completing("dose"))
@click.argument("amount", metavar="[+N|-N|N]", required=False)
@click.option(
    "--file",
    "-f",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Begin to count a dose of this file, from N on.",
)
@of_known_box
@syncing
def stock(
    settings: Settings,
    dose: str | None,
    amount: str | None,
    file: Path | None,
    device_id: str | None,
    sync: bool,
) -> None:
    """Show or set how many pieces of a dose are left.

    Without a dose it lists them all, with the day on which each runs out; where the box is away,
    as this laptop last read it.

    \b
    Examples:
      dosebell stock
      dosebell stock d3k2 +90      a new packet of 90
      dosebell stock d3k2 60       counted: there are 60
      dosebell stock zinc 90 -f my.toml
    """
    if file is not None:
        _begin_to_count(settings, file, dose, amount, sync)
    elif dose is None:
        _list_stocks(settings, device_id, sync)
    elif amount is None:
        _show_stock(settings, dose, device_id, sync)
    else:
        _count_stock(settings, dose, amount, device_id, sync)


def _begin_to_count(
    settings: Settings, file: Path, dose: str | None, amount: str | None, sync: bool
) -> None:
    from dosebell_host.actions.changes.count import begin_to_count
    from dosebell_host.actions.changes.original import ChangeWishes
    from dosebell_host.terminal.asking import talk_with

    if dose is None or amount is None:
        fix = "write the dose, and how many there are"
        raise UsageError("what shall be counted in it is missing", where="--file", fix=fix)
    wishes = ChangeWishes(file, settings.port, sync)
    talk, reach = talk_with(settings), settings.reach()
    settings.emit_with_notes(begin_to_count(wishes, dose, amount, talk, reach).to_json())


def _count_stock(
    settings: Settings, dose: str, amount: str, device_id: str | None, sync: bool
) -> None:
    """What is counted anew must reach the box."""
    from dosebell_host.actions import answers
    from dosebell_host.actions.contacted import contacted
    from dosebell_host.actions.last_read import port_of
    from dosebell_host.terminal.asking import talk_with

    # What is wrong with the words is told before any box is looked for.
    answers.check_amount(amount)
    talk, reach = talk_with(settings), settings.reach()
    with contacted(port_of(settings.port, device_id, talk), talk, reach, sync) as contact:
        left = answers.stock(contact, dose, amount)
    settings.emit(left.to_json(), [answers.stock_text(left)])


def _show_stock(settings: Settings, dose: str, device_id: str | None, sync: bool) -> None:
    from dosebell_host.actions import answers
    from dosebell_host.actions.doses.stocks import counted_lines
    from dosebell_host.actions.last_read import LastRead, asked_or_last_read
    from dosebell_host.terminal.asking import talk_with

    talk, reach = talk_with(settings), settings.reach()
    ask = partial(answers.stock, dose=dose, amount=None)
    found = asked_or_last_read(settings.port, device_id, ask, talk, reach, sync)
    if isinstance(found, LastRead):
        kept = found.stock_of(dose)
        settings.emit(kept.to_json(), counted_lines([kept]))
    else:
        settings.emit(found.to_json(), [answers.stock_text(found)])


def _list_stocks(settings: Settings, device_id: str | None, sync: bool) -> None:
    from dosebell_host.actions.doses.stocks import Stocks, stocks
    from dosebell_host.actions.last_read import LastRead, asked_or_last_read
    from dosebell_host.terminal.asking import talk_with

    talk, reach = talk_with(settings), settings.reach()
    found = asked_or_last_read(settings.port, device_id, stocks, talk, reach, sync)
    counted = Stocks(found.counted) if isinstance(found, LastRead) else found
    settings.emit(counted.to_json(), counted.lines())


def _answer(settings: Settings, sync: bool, wishes: "AnswerWishes") -> None:
    from dosebell_host.actions.answers import answer

    wishes.which.check()
    with contacted(settings, sync) as contact:
        done = answer(contact, wishes)
    _tell(settings, done)


def _tell(settings: Settings, done: "Answered") -> None:
    for warning in done.warnings:
        settings.note(warning)
    settings.emit(done.to_json(), done.lines)


COMMANDS: list[click.Command] = [log, take, skip, snooze, undo, stock]
