"""Plan: commands that look at a schedule file and need no board."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from dosebell_host.options import Settings, pass_settings, shared

FILE = click.Path(path_type=Path)


@click.command()
@shared
@pass_settings
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--strict", is_flag=True, help="Let warnings fail, too.")
def check(settings: Settings, files: tuple[Path, ...], strict: bool) -> int:
    """Say whether schedule files are right, and all that is wrong with them.

    \b
    Example:
      dosebell check breakfast.toml
    """
    from dosebell_host import plan_file
    from dosebell_host.local_time import now_s
    from dosebell_host.zones import beware

    checked = [plan_file.check(file) for file in files]
    for each in checked:
        if each.found and (doubt := beware(each.found.schedule.timezone)):
            settings.note(f"{each.file}: {doubt}")
    settings.emit(
        {"items": [each.to_json() for each in checked]},
        lambda: _print(line for each in checked for line in plan_file.told(each, now_s())),
    )
    return 1 if any(each.problems for each in checked) else 0


@click.command()
@shared
@pass_settings
@click.argument("file", type=FILE)
@click.option("--from", "first", metavar="DATE", help="The first date; today if left out.")
@click.option("--days", metavar="N", type=int, default=7, show_default=True, help="How many.")
def preview(settings: Settings, file: Path, first: str | None, days: int) -> None:
    """Show every dose that a schedule asks for, as the box will compute it.

    \b
    Example:
      dosebell preview breakfast.toml --from 2026-12-24 --days 14
    """
    from dosebell_host import plan_file
    from dosebell_host.local_time import now_s, read_date
    from dosebell_host.preview import preview as computed
    from dosebell_host.preview_text import BEYOND_TABLE, preview_lines

    loaded = plan_file.load(file)
    start = read_date(first, "--from") if first is not None else loaded.local.date(now_s())
    shown = computed(loaded, start, days)
    if shown.beyond_table:
        settings.note(BEYOND_TABLE)
    settings.emit(shown.to_json(), lambda: _print(preview_lines(shown)))


@click.command()
@shared
@pass_settings
@click.argument("file", type=FILE)
@click.option("--from", "start", metavar="DATETIME", required=True, help="When it begins.")
@click.option("--days", metavar="N", type=int, required=True, help="How many days it lasts.")
@click.option("--press", "presses", metavar="DATETIME", multiple=True, help="A short press.")
@click.option("--long", "longs", metavar="DATETIME", multiple=True, help="A long press: snooze.")
@click.option("--off", "offs", metavar="FROM/TO", multiple=True, help="No power meanwhile.")
@click.option("--forget", metavar="P", type=float, help="A person forgets this share, 0 to 1.")
@click.option("--seed", metavar="S", type=int, help="Repeat the person of an earlier run.")
def simulate(settings: Settings, /, file: Path, **options: Any) -> None:
    """Live through some days of a schedule: the whole firmware, under a simulated clock.

    Times are local in the schedule's zone, unless they carry an offset.

    \b
    Examples:
      dosebell simulate breakfast.toml --from 2026-11-23 --days 2 --press 2026-11-23T07:41
      dosebell simulate breakfast.toml --from 2026-01-01T06:00 --days 365 --forget 0.1
    """
    from dosebell_host import plan_file
    from dosebell_host.simulate import simulate as lived
    from dosebell_host.simulate import to_json
    from dosebell_host.simulate_text import simulation_lines
    from dosebell_host.story import Told, read_story

    loaded = plan_file.load(file)
    told = Told(**options)
    story = read_story(loaded, told)
    if told.forget is not None and told.seed is None:
        settings.note(f"To meet this person again: --seed {story.seed}")
    entries = lived(loaded, story)
    settings.emit(
        to_json(loaded, story, entries), lambda: _print(simulation_lines(loaded, entries))
    )


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)


COMMANDS: list[click.Command] = [check, preview, simulate]
