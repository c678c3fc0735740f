"""Show: commands that make something to look at of what was noted."""

from collections.abc import Callable
from functools import update_wrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dosebell_host.terminal.box import FILE, of_known_box, syncing
from dosebell_host.terminal.options import (
    Settings,
    completing,
    pass_settings,
    shared,
    without_port,
)

if TYPE_CHECKING:
    from dosebell_host.export.make import Exported, ExportWishes

_OUTPUT = click.option(
    "--output", "-o", metavar="FILE", type=FILE, help="Write it there; stdout if left out."
)


@click.command()
@shared
@pass_settings
@click.option("--month", metavar="MONTH", help='As "october"; the last three if left out.')
@click.option("--from", "first", metavar="DATE|30d", help="From then on, instead of a month.")
@click.option("--until", "last", metavar="DATE", help="Up to then; today if left out.")
@click.option(
    "--device",
    metavar="ID",
    shell_complete=completing("box"),
    help="The box meant, where this laptop knows several.",
)
@click.option("--advice", is_flag=True, help="With what `check` says of the schedule.")
@click.option("--pdf", is_flag=True, help="Also as PDF, by a Chromium, Chrome or Edge.")
@click.option("--output", "-o", metavar="FILE", type=FILE, help="Write it there.")
@syncing
def report(
    settings: Settings,
    device: str | None,
    advice: bool,
    pdf: bool,
    output: Path | None,
    sync: bool,
    **days: str | None,
) -> None:
    """Make one sheet of what was taken, for a doctor.

    One HTML file that needs nothing else: any browser shows it and prints it. Without the box it
    shows what this laptop last read from it.

    \b
    Examples:
      dosebell report
      dosebell report --month 2026-11 --pdf -o november.html
    """
    from dosebell_host.report.asked_period import AskedPeriod
    from dosebell_host.report.make import ReportWishes, make_report
    from dosebell_host.terminal.asking import talk_with

    asked = AskedPeriod(days["month"], days["first"], days["last"])
    wishes = ReportWishes(settings.port, device, asked, advice, pdf, output, sync)
    made = make_report(wishes, talk_with(settings), settings.reach())
    settings.emit(made.to_json(), made.lines())


@click.command()
@shared
@pass_settings
@click.argument(
    "command", metavar="[COMMAND]", required=False, shell_complete=completing("document")
)
def schema(settings: Settings, command: str | None) -> None:
    """Describe what --json prints, field by field, and the codes of errors.

    With --json itself each document is told as JSON Schema.

    \b
    Examples:
      dosebell schema status
      dosebell schema --json
    """
    from dosebell_host.terminal.contract.schema import schema as described

    found = described(command)
    settings.emit(found.to_json(), found.lines())


@click.command()
@without_port()
@pass_settings
@click.option("--no-open", is_flag=True, help="Open no browser.")
@click.option(
    "--listen",
    metavar="PORT",
    type=click.IntRange(1, 65535),
    help="Serve it at this port; 8722 or the next free one if left out.",
)
@click.option("--lan", is_flag=True, help="Let paired phones of this network look, too.")
def web(settings: Settings, /, **options: Any) -> None:
    """Show the boxes in a browser, live.

    The page is for this laptop alone, and opens by the link that is printed first; each link is
    good for once, and Enter prints another one. Ctrl-C ends it.

    With --lan, phones of the same network may look, unencrypted: each is paired by a code to point
    its camera at.

    \b
    Examples:
      dosebell web
      dosebell web --lan
    """
    from dosebell_host.web.serve import WebWishes, run

    def say(link: str) -> None:
        settings.emit({"event": "ready", "url": link}, [f"ready {link}"], whole=True)

    run(WebWishes(**options), settings.reach(), settings.note, say)


@click.group()
@shared
def export() -> None:
    """Write what was taken, or what is planned, as a file for another program.

    Without the box it is what this laptop last read from it.

    \b
    Examples:
      dosebell export csv --month 2026-11 -o november.csv
      dosebell export ics -o doses.ics
    """


def _of_log(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that name a part of a log, as its argument `wishes`."""

    def with_wishes(
        settings: Settings,
        output: Path | None,
        sync: bool,
        records: bool = False,
        subject: str = "",
        first: str | None = None,
        **part: str | None,
    ) -> None:
        from dosebell_host.actions.shown_log import OF_LOG, LogWishes
        from dosebell_host.export.make import ExportWishes
        from dosebell_host.schedule.typed.said_days import Asking

        is_since = first is None and part["since"] is not None
        part["since"] = part["since"] if is_since else first
        asking = OF_LOG if is_since else Asking()
        log = LogWishes(settings.port, sync=sync, asking=asking, **part)
        command(settings, ExportWishes(log, records, subject, output))

    wrapped: Callable[..., Any] = update_wrapper(with_wishes, command)
    for option in (
        syncing,
        of_known_box,
        _OUTPUT,
        click.option(
            "--dose", metavar="ID", shell_complete=completing("dose"), help="Only this dose."
        ),
        click.option("--month", metavar="MONTH", help='Just that one, as 2026-11 or "october".'),
        click.option("--until", metavar="DATE", help="Up to then."),
        # As `log` calls it.
        click.option("--since", metavar="DATE|30d", hidden=True),
        click.option("--from", "first", metavar="DATE|30d", help="From then on; all if left out."),
    ):
        wrapped = option(wrapped)
    return wrapped


_RECORDS = click.option("--records", is_flag=True, help="Every record instead of what came of it.")


@export.command("csv")
@shared
@pass_settings
@_of_log
@_RECORDS
def as_csv(settings: Settings, wishes: "ExportWishes") -> None:
    """A row for each dose that was due, for a spreadsheet.

    UTF-8, with commas, as RFC 4180 says; times have their offset from UTC, late_s is in seconds.

    \b
    Example:
      dosebell export csv --month 2026-11 -o november.csv
    """
    _export("csv", settings, wishes)


@export.command("json")
@shared
@pass_settings
@_of_log
@_RECORDS
def as_json(settings: Settings, wishes: "ExportWishes") -> None:
    """The same rows as JSON.

    `dosebell schema "export json"` describes each field.

    \b
    Example:
      dosebell export json --from 2026-11-01 -o november.json
    """
    _export("json", settings, wishes)


@export.command("fhir")
@shared
@pass_settings
@_of_log
@click.option(
    "--subject", metavar="REFERENCE", default="", help="Who it is on the server: Patient/123."
)
def as_fhir(settings: Settings, wishes: "ExportWishes") -> None:
    """What was taken, for the records of a clinic: FHIR R4B.

    A transaction that a server may be given again and again: what was put right meanwhile replaces
    what was wrong.

    \b
    Example:
      dosebell export fhir --from 30d --subject Patient/123 -o intakes.json
    """
    _export("fhir", settings, wishes)


@export.command("ics")
@shared
@pass_settings
@click.argument("file", metavar="[FILE]", type=FILE, required=False)
@click.option("--from", "first", metavar="DATE", help="The first date; today if left out.")
@click.option("--days", metavar="N", type=int, default=90, show_default=True, help="How many.")
@click.option("--alarm", is_flag=True, help="Let the calendar ring as well.")
@_OUTPUT
@of_known_box
@syncing
def as_ics(settings: Settings, /, output: Path | None, **wishes: Any) -> None:
    """What is planned, as a calendar.

    By the schedule in FILE, else by that of the box. Written to a file that is there, it says of
    what fell away since that it is cancelled.

    \b
    Examples:
      dosebell export ics -o doses.ics
      dosebell export ics my.toml --days 14 --alarm -o doses.ics
    """
    from dosebell_host.export.plan import PlanWishes, export_plan
    from dosebell_host.terminal.asking import talk_with

    asked = PlanWishes(port=settings.port, output=output, **wishes)
    _emit(settings, export_plan(asked, talk_with(settings), settings.reach()))


def _export(name: str, settings: Settings, wishes: "ExportWishes") -> None:
    from dosebell_host.export.make import export as made
    from dosebell_host.terminal.asking import talk_with

    _emit(settings, made(name, wishes, talk_with(settings), settings.reach()))


def _emit(settings: Settings, made: "Exported") -> None:
    settings.emit(made.to_json(), file=b"" if made.file else made.data)


@click.command()
@shared
@pass_settings
@click.option("--init", is_flag=True, help="Write a commented file of settings, and end.")
@click.option("--service", is_flag=True, help="Print a unit for systemd, and end.")
@click.option("--try", "tries", is_flag=True, help="Send a test to all who are told, and end.")
@click.option("--mqtt", multiple=True, metavar="ADDRESS", help="Tell this broker, too.")
@click.option("--database", multiple=True, metavar="ADDRESS", help="Tell this PostgreSQL, too.")
@click.option("--forget", is_flag=True, help="Clear what brokers keep of your boxes, and end.")
@click.option("--tell", multiple=True, metavar="NAME", help="Whom to send messages; else to all.")
def watch(
    settings: Settings,
    init: bool,
    service: bool,
    tries: bool,
    mqtt: tuple[str, ...],
    database: tuple[str, ...],
    forget: bool,
    tell: tuple[str, ...],
) -> None:
    """Stay with every box plugged in, and tell what they note.

    Who is told stands in a file of settings, config.toml. Each line is one thing that happened,
    after a first one, ready. Other commands work beside it. Ctrl-C ends it.

    \b
    Examples:
      dosebell watch
      dosebell watch --init
      dosebell watch --mqtt mqtt://homeassistant.local
    """
    if init:
        _init(settings)
    elif service:
        from dosebell_host.watch.loop import own_command, service_unit

        unit = service_unit(own_command())
        settings.emit({"unit": unit}, unit.splitlines(), whole=True)
    elif tries:
        from dosebell_host.watch.loop import try_all

        told: list[str] = []
        try_all(settings.note, told.append, mqtt, tell, database)
        settings.emit({"items": told}, told)
    elif forget:
        from dosebell_host.watch.loop import forget_all

        done: list[str] = []
        forget_all(settings.note, mqtt, done.append)
        settings.emit({"items": done}, done)
    else:
        from dosebell_host.watch.loop import watch as watched
        from dosebell_host.watch.printed import SeenEvent

        def say(event: SeenEvent) -> None:
            settings.emit(event.to_json(), [event.text])

        watched(settings.reach(), settings.port, say, settings.note, mqtt, tell, database)


def _init(settings: Settings) -> None:
    from dosebell_host.resources import config_file
    from dosebell_host.watch.config import write_example

    path = config_file()
    write_example(path)
    settings.emit({"file": str(path)}, [f"Wrote {path}: say in it who is to be told of what."])


COMMANDS: list[click.Command] = [report, export, watch, schema, web]
