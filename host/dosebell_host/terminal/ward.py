"""Many boxes on many machines: the database that they share, and whose each box is."""

from typing import Any

import click

from dosebell_host.terminal.options import Settings, pass_settings, shared, without_port

_DATABASE = click.option(
    "--database",
    metavar="ADDRESS",
    help="Of several in config.toml this one, or postgresql://USER@HOST/NAME.",
)


@click.group()
@shared
def ward() -> None:
    """Keep the boxes of several machines in one database.

    Which one stands in a [[database]] of the settings of `dosebell watch`, with its password.

    \b
    Examples:
      dosebell ward init
      dosebell ward who mother Anna --from 2026-11-23
    """


@ward.command()
@without_port()
@pass_settings
@_DATABASE
def init(settings: Settings, database: str | None) -> None:
    """Make the tables in a database, or bring them up to date.

    No row is ever lost by that. The database itself is made by `createdb`, and its user needs the
    right to create in it.
    """
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.watch.database.ward_commands import make

    made = make(database, talk_with(settings), settings.reach().clock)
    settings.emit(made.to_json(), made.lines())


@ward.command()
@without_port()
@pass_settings
@_DATABASE
def rebuild(settings: Settings, database: str | None) -> None:
    """Judge anew what became of each dose, from all records."""
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.watch.database.ward_commands import rebuild as judged_anew

    done = judged_anew(database, talk_with(settings), settings.reach().clock)
    settings.emit(done.to_json(), done.lines())


@ward.command()
@without_port()
@pass_settings
@_DATABASE
@click.argument("box", required=False)
@click.argument("person", required=False)
@click.option(
    "--from", "first", metavar="DATE", help="From then on; today in the home if left out."
)
@click.option("--nobody", is_flag=True, help="From then on nobody has it.")
@click.option("--forget", is_flag=True, help="Take back what was said of that day.")
def who(settings: Settings, /, database: str | None, **said: Any) -> None:
    """Say who has a box from a day on; without PERSON list who has which.

    BOX is its name, or its id as the list has it, or the first letters of that.

    \b
    Examples:
      dosebell ward who mother "Anna Müller" --from 2026-11-23
      dosebell ward who mother --nobody --from 2027-01-15
      dosebell ward who
    """
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.watch.database.ward_commands import Said
    from dosebell_host.watch.database.ward_commands import who as asked

    if (said["person"] is not None) + said["nobody"] + said["forget"] > 1:
        raise click.UsageError("PERSON, --nobody and --forget are one or the other.")
    if said["box"] is None and (said["first"] or said["nobody"] or said["forget"]):
        raise click.UsageError("Say which BOX.")
    found = asked(database, Said(**said), settings.reach().clock(), talk_with(settings))
    lines = [each.text for each in found] or ["Nobody was said to have a box yet."]
    settings.emit({"items": [each.to_json() for each in found]}, lines)


@ward.command()
@without_port()
@pass_settings
@_DATABASE
@click.option("--gone", metavar="NAME", help="Take one off the list that is gone for good.")
def gateways(settings: Settings, /, database: str | None, gone: str | None) -> None:
    """List the gateways of a ward, and when each was heard last.

    One that is gone for good stays on the list as silent until it is taken off. What it brought
    stays, and so does what each box noted; a gateway that comes back is on the list again.

    \b
    Examples:
      dosebell ward gateways
      dosebell ward gateways --gone trolley-east
    """
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.watch.database.listed_gateways import gateways as listed

    found = listed(database, gone, settings.reach().clock(), talk_with(settings))
    lines = [each.text for each in found] or ["No gateway was heard yet."]
    settings.emit({"gateways": [each.to_json() for each in found]}, lines)


COMMANDS: list[click.Command] = [ward]
