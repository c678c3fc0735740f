"""Board: the command that puts dosebell on a board."""

from pathlib import Path

import click

from dosebell_host.terminal.options import Settings, pass_settings, shared


@click.command()
@shared
@pass_settings
@click.option(
    "--uf2",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Put this MicroPython on the board first.",
)
@click.option(
    "--drive",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="The drive of a board in BOOTSEL mode, where it is not found.",
)
@click.option("--force", is_flag=True, help="Replace another program; it is saved here first.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
def flash(
    settings: Settings, uf2: Path | None, drive: Path | None, force: bool, dry_run: bool
) -> None:
    """Install dosebell on a board, or upgrade it.

    What the box has noted is saved on this laptop first. Pull the plug when you like: it starts
    the old version or the new one.

    \b
    Examples:
      dosebell flash
      dosebell flash --uf2 RPI_PICO-20260824-v1.29.0.uf2
    """
    from dosebell_host.flash import install as flashing
    from dosebell_host.flash.report import report_lines
    from dosebell_host.flash.target import FlashWishes
    from dosebell_host.terminal.asking import talk_with

    wishes = FlashWishes(settings.port, uf2, drive, force, dry_run)
    done = flashing.flash(wishes, talk_with(settings), settings.reach())
    settings.emit(done.to_json(), report_lines(done))
