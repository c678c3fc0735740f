"""Board: commands that speak with a box about its schedule, its clock and itself."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dosebell_host.terminal import output
from dosebell_host.terminal.flash import flash
from dosebell_host.terminal.options import (
    Settings,
    completing,
    pass_settings,
    shared,
    without_port,
)

if TYPE_CHECKING:
    from dosebell_host.box.contact import Contact

FILE = click.Path(path_type=Path)

# Where nobody counts columns, no line is cut.
_WIDE = 10_000


def syncing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--no-sync`, as its argument `sync`."""
    return click.option(
        "--no-sync", "sync", flag_value=False, default=True, help="Leave the box's clock alone."
    )(command)


def of_known_box(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--device`, as its argument `device_id`, for a box that may be away."""
    return click.option(
        "--device",
        "device_id",
        metavar="ID",
        shell_complete=completing("box"),
        help="The box meant, by name or id, where this laptop knows several.",
    )(command)


def contacted(settings: Settings, sync: bool = True) -> AbstractContextManager["Contact"]:
    """The box that the settings mean, greeted and read."""
    from dosebell_host.actions.contacted import contacted
    from dosebell_host.terminal.asking import talk_with

    return contacted(settings.port, talk_with(settings), settings.reach(), sync)


@click.command()
@shared
@pass_settings
@click.argument("file", type=FILE, required=False)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "--timezone",
    metavar="ZONE",
    shell_complete=completing("zone"),
    help="Change only the time zone of what is in force.",
)
@click.option("--unchecked", is_flag=True, help="Push a file that was rebuilt from a box.")
@syncing
def push(
    settings: Settings,
    file: Path | None,
    dry_run: bool,
    timezone: str | None,
    unchecked: bool,
    sync: bool,
) -> None:
    """Put a schedule on the box, and show what it changes.

    Nothing changes on the box before the whole schedule has arrived.

    \b
    Examples:
      dosebell push breakfast.toml
      dosebell push --timezone America/New_York
    """
    from dosebell_host.actions.push import PushWishes
    from dosebell_host.actions.push import push as pushed
    from dosebell_host.terminal.asking import talk_with

    wishes = PushWishes(settings.port, file, timezone, dry_run, unchecked, sync)
    settings.emit_with_notes(pushed(wishes, talk_with(settings), settings.reach()).to_json())


@click.command()
@shared
@pass_settings
@click.option("--output", "-o", metavar="FILE", type=FILE, help="Write it there, not to stdout.")
@syncing
def pull(settings: Settings, output: Path | None, sync: bool) -> None:
    """Get the schedule back, as it was pushed.

    Where this laptop does not have the file, it is rebuilt from the box, and says so in its first
    lines.

    \b
    Example:
      dosebell pull -o my.toml
    """
    from dosebell_host.actions.pull import pull as pulled
    from dosebell_host.terminal.asking import talk_with

    found = pulled(settings.port, talk_with(settings), settings.reach(), output, sync)
    settings.emit(found.to_json(), file=b"" if output is not None else found.source.file)


@click.command()
@shared
@pass_settings
@of_known_box
@syncing
def status(settings: Settings, device_id: str | None, sync: bool) -> None:
    """Say what rings, what comes next, and how the box is.

    Without the box it says what this laptop last read from it.
    """
    from dosebell_host.actions.boxes import given_names
    from dosebell_host.actions.last_read import LastRead, asked_or_last_read
    from dosebell_host.actions.status import read_status
    from dosebell_host.actions.status_text import status_lines
    from dosebell_host.terminal.asking import talk_with

    talk, reach = talk_with(settings), settings.reach()
    found = asked_or_last_read(settings.port, device_id, read_status, talk, reach, sync)
    if isinstance(found, LastRead):
        settings.emit(found.to_json(), found.lines())
    else:
        called = given_names(talk).get(found.hello.device_id, "")
        settings.emit(found.to_json(), status_lines(found, called))


@click.command()
@shared
@pass_settings
@click.option("--set", "wanted", is_flag=True, help="Set the box's clock to this laptop's.")
def clock(settings: Settings, wanted: bool) -> None:
    """Compare the box's clock with this laptop's, and set it.

    A step of more than a day against a clock that the box trusts needs --yes.
    """
    from dosebell_host.actions.clock import compare, lines, set_to_laptop
    from dosebell_host.terminal.asking import talk_with

    with contacted(settings, sync=False) as contact:
        found = set_to_laptop(contact, talk_with(settings)) if wanted else compare(contact)
    settings.emit(found.to_json(), lines(found, settings.port))


@click.command()
@without_port()
@pass_settings
def ports(settings: Settings) -> None:
    """List the boards and USB ports that are here."""
    from dosebell_host.actions.boxes import given_names
    from dosebell_host.box.ports import listed, port_lines
    from dosebell_host.terminal.asking import talk_with

    found = listed(settings.reach())
    items = [each.to_json() for each in found]
    settings.emit({"items": items}, port_lines(found, given_names(talk_with(settings))))


@click.command()
@without_port()
@pass_settings
def boxes(settings: Settings) -> None:
    """List every box that this laptop has met, and when."""
    from dosebell_host.actions.boxes import box_lines, known_boxes
    from dosebell_host.terminal.asking import talk_with

    reach = settings.reach()
    found = known_boxes(talk_with(settings))
    items = [each.to_json() for each in found]
    settings.emit({"items": items}, box_lines(found, reach.clock()))


@click.command()
@without_port()
@pass_settings
@click.argument("box", shell_complete=completing("box"))
@click.argument("name")
def name(settings: Settings, box: str, name: str) -> None:
    """Give a box a name, which then does for --port and --device.

    BOX is its id as `dosebell boxes` has it, or the first letters of that, or its name so far.

    \b
    Examples:
      dosebell name 7d8a9e67 mother
      dosebell status --port mother
    """
    from dosebell_host.actions.boxes import box_lines, name_box
    from dosebell_host.terminal.asking import talk_with

    reach = settings.reach()
    named = name_box(box, name, talk_with(settings))
    settings.emit(named.to_json(), box_lines([named], reach.clock()))


@click.command()
@shared
@pass_settings
@click.option("--ring", is_flag=True, help="Practise a reminder; it leaves no record.")
@click.option("--forget-crash", is_flag=True, help="Forget the crash that the box wrote down.")
def doctor(settings: Settings, ring: bool, forget_crash: bool) -> int:
    """Look at laptop, port and box, and say what to do.

    Nothing is changed: the clock is compared and not set.

    \b
    Examples:
      dosebell doctor
      dosebell doctor --ring
    """
    if ring:
        return _practise(settings)
    if forget_crash:
        return _forget_crash(settings)
    return _check_up(settings)


@click.command()
@shared
@pass_settings
@click.option("--lamps", type=int, metavar="N", help="The box has so many; 0 for none.")
@click.option("--pin", type=int, metavar="GP", help="The data pin of the strip: 16 for GP16.")
@click.option("--brightness", type=int, metavar="1-255", help="How bright a lamp may be.")
@click.option("--test", is_flag=True, help="Let each lamp blink in turn.")
def parts(
    settings: Settings,
    lamps: int | None,
    pin: int | None,
    brightness: int | None,
    test: bool,
) -> None:
    """Say which extra parts a box has, how they are wired, and test them.

    A strip of WS2812 lamps shines at the compartment of what is due. What is written is in use
    once the box has started anew, which --yes lets it do at once.

    \b
    Examples:
      dosebell parts
      dosebell parts --lamps 14 --brightness 32 --yes --test
    """
    from dosebell_host.actions.parts.set_parts import PartsWishes, set_parts
    from dosebell_host.terminal.asking import talk_with

    wishes = PartsWishes(settings.port, lamps, pin, brightness, test, settings.yes)
    settings.emit(set_parts(wishes, talk_with(settings), settings.reach()).to_json())


def _practise(settings: Settings) -> int:
    from dosebell_host.actions.practice import practise
    from dosebell_host.terminal.asking import talk_with

    with contacted(settings, sync=False) as contact:
        done = practise(talk_with(settings), contact.client, settings.reach().pause)
    settings.emit(done.to_json())
    return 0 if done.is_good else 1


def _forget_crash(settings: Settings) -> int:
    from dosebell_host.actions.crash import forget_crash

    with contacted(settings, sync=False) as contact:
        forgotten = forget_crash(contact)
    settings.emit(forgotten.to_json(), forgotten.lines())
    return 0


def _check_up(settings: Settings) -> int:
    from dosebell_host.doctor.examine import check_up
    from dosebell_host.doctor.text import MARKS, PLAIN_MARKS, doctor_lines
    from dosebell_host.terminal.asking import talk_with
    from dosebell_host.wording import marks_for

    found = check_up(settings.port, talk_with(settings), settings.reach())
    marks = marks_for(sys.stdout.encoding, MARKS, PLAIN_MARKS)
    lines = doctor_lines(found.items, settings.port, screen_width(), marks)
    settings.emit(found.to_json(), lines)
    return found.exit_code


def screen_width() -> int:
    """How many columns there are; where the output is no terminal, nobody counts them."""
    from dosebell_host.terminal import screen

    return screen.columns() if output.is_screen(sys.stdout) else _WIDE


COMMANDS: list[click.Command] = [
    push,
    pull,
    status,
    clock,
    parts,
    ports,
    boxes,
    name,
    doctor,
    flash,
]
