"""Try: a virtual Pico, for those who have no board at hand."""

import math
from pathlib import Path
from typing import Any

import click

from dosebell_host.terminal.options import Settings, pass_settings, without_port


class _Speed(click.FloatRange):
    """A number in a range: `nan` is none, though it is neither below nor above one."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        number = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value} is no number.", param, ctx)
        return number


@click.command()
@without_port()
@pass_settings
@click.argument("file", type=click.Path(path_type=Path), required=False)
def demo(settings: Settings, file: Path | None) -> None:
    """See it work: a virtual board, a push, and a few days in half a minute.

    FILE is a schedule of your own; a ready-made one with D3 and K2 is taken if it is left out.
    """
    from dosebell_host.trial.demo import run
    from dosebell_host.trial.demo_stage import Screen, Stage

    # For JSON the story is lived through, too, but nobody watches.
    quiet = Screen(quiet=True, force_terminal=False)
    stage = Stage(quiet if settings.json else Screen(highlight=False))
    log = run(file, stage, settings.note, settings.reach())
    items = [entry.to_json(log.local) for entry in log.entries]
    settings.emit({"items": items})


@click.command()
@without_port()
@pass_settings
@click.option(
    "--speed",
    metavar="N",
    type=_Speed(0.01, 100_000),
    help="Let its time pass N times as fast.",
)
@click.option(
    "--start",
    metavar="DATETIME",
    help="Start then instead of now: local to the schedule in --state, else to this laptop.",
)
@click.option(
    "--at-next",
    is_flag=True,
    help="Be 20 s before the next dose: at the start, or after a first push.",
)
@click.option(
    "--state",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep its flash in this folder; in memory if left out.",
)
@click.option(
    "--tcp",
    metavar="PORT",
    type=click.IntRange(0, 65535),
    help="Listen on this TCP port of this machine; 0 for any.",
)
def virtual(settings: Settings, /, **options: Any) -> None:
    """Run a virtual Pico: the real firmware on a simulated board.

    The first line names its port for --port; `--port virtual` finds it, too. On a terminal it
    shows light and sound, and Space is the button. Elsewhere a line `press 200` on stdin presses
    for so many milliseconds.

    \b
    Examples:
      dosebell virtual
      dosebell virtual --state box --speed 60
    """
    from dosebell_host.schedule.local_time import now_s
    from dosebell_host.trial.virtual import VirtualWishes, run

    run(VirtualWishes(**options), settings.note, now_s(settings.reach().clock))


COMMANDS: list[click.Command] = [demo, virtual]
