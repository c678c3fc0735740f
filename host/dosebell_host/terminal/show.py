"""Show: commands that make something to look at of what was noted."""

from pathlib import Path

import click

from dosebell_host.terminal.box import FILE, syncing
from dosebell_host.terminal.options import Settings, completing, pass_settings, shared


@click.command()
@shared
@pass_settings
@click.option("--month", metavar="YYYY-MM", help="That month. If left out: the last three.")
@click.option("--from", "first", metavar="DATE", help="From then on, instead of a month.")
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

    asked = AskedPeriod(**days)
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
@shared
@pass_settings
@click.option("--init", is_flag=True, help="Write a commented file of settings, and end.")
@click.option("--service", is_flag=True, help="Print a unit for systemd, and end.")
@click.option("--try", "tries", is_flag=True, help="Send a test to all who are told, and end.")
@click.option("--mqtt", multiple=True, metavar="ADDRESS", help="Tell this broker, too.")
@click.option("--forget", is_flag=True, help="Clear what brokers keep of your boxes, and end.")
def watch(
    settings: Settings, init: bool, service: bool, tries: bool, mqtt: tuple[str, ...], forget: bool
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
        try_all(settings.note, told.append)
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

        watched(settings.reach(), settings.port, say, settings.note, mqtt)


def _init(settings: Settings) -> None:
    from dosebell_host.resources import config_file
    from dosebell_host.watch.config import write_example

    path = config_file()
    write_example(path)
    settings.emit({"file": str(path)}, [f"Wrote {path}: say in it who is to be told of what."])


COMMANDS: list[click.Command] = [report, watch, schema]
