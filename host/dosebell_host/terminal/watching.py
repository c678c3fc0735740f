"""Show: commands that stay, and tell what the boxes note."""

import click

from dosebell_host.terminal.options import Settings, pass_settings, shared


@click.command()
@shared
@pass_settings
@click.option("--init", is_flag=True, help="Write a commented file of settings, and end.")
@click.option("--service", is_flag=True, help="Print a unit for systemd, and end.")
@click.option("--try", "tries", is_flag=True, help="Send a test to all who are told, and end.")
def watch(settings: Settings, init: bool, service: bool, tries: bool) -> None:
    """Stay with every box plugged in, and tell what they note.

    Who is told stands in a file of settings, config.toml. Each line is one thing that happened,
    after a first one, ready. Other commands work beside it. Ctrl-C ends it.

    \b
    Examples:
      dosebell watch
      dosebell watch --init
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
    else:
        from dosebell_host.watch.loop import watch as watched
        from dosebell_host.watch.printed import Event

        def say(event: Event) -> None:
            settings.emit(event.to_json(), [event.text])

        watched(settings.reach(), settings.port, say, settings.note)


def _init(settings: Settings) -> None:
    from dosebell_host.resources import config_file
    from dosebell_host.watch.config import write_example

    path = config_file()
    write_example(path)
    settings.emit({"file": str(path)}, [f"Wrote {path}: say in it who is to be told of what."])


COMMANDS: list[click.Command] = [watch]
