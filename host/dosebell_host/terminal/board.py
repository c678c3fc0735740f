"""Board: commands that speak with a box about its schedule, its clock and itself."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dosebell_host.terminal.flash import flash
from dosebell_host.terminal.options import Settings, pass_settings, shared

if TYPE_CHECKING:
    from dosebell_host.box.contact import Contact

FILE = click.Path(path_type=Path)

# Fewer steps than these are done before a progress bar could be read.
_LONG_READ = 400
_LONG_PUSH = 60
_WIDE = 10_000


def syncing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--no-sync`, as its argument `sync`."""
    return click.option(
        "--no-sync", "sync", flag_value=False, default=True, help="Leave the box's clock alone."
    )(command)


@contextmanager
def contacted(settings: Settings, sync: bool = True) -> Iterator["Contact"]:
    """The box, greeted and read."""
    from dosebell_host.box.contact import session
    from dosebell_host.terminal.progress_bar import progress_bar

    with (
        progress_bar("Reading the journal", _LONG_READ) as progress,
        session(
            settings.port, settings.note, settings.reach(), sync=sync, progress=progress
        ) as contact,
    ):
        yield contact


@click.command()
@shared
@pass_settings
@click.argument("file", type=FILE, required=False)
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--timezone", metavar="ZONE", help="Change only the time zone of what is in force.")
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
    from dosebell_host.actions import push_file
    from dosebell_host.actions.push import carry_out, propose
    from dosebell_host.actions.push_text import proposal_lines, pushed_line
    from dosebell_host.schedule.local_time import now_s
    from dosebell_host.schedule.zones import zone_warning
    from dosebell_host.terminal.asking import ask
    from dosebell_host.terminal.progress_bar import progress_bar

    read = push_file.wanted(file, timezone, unchecked, now_s(settings.reach().clock))
    with contacted(settings, sync) as contact:
        wanted = read(contact)
        if doubt := zone_warning(wanted.file.schedule.timezone):
            settings.note(doubt)
        proposal = propose(contact, wanted)
        sent = False
        if not settings.json:
            for line in proposal_lines(proposal):
                click.echo(line)
        if not dry_run:
            if proposal.losses:
                ask(settings, proposal.losses, "Push it")
            with progress_bar("Pushing", _LONG_PUSH) as progress:
                sent = carry_out(contact, proposal, progress)
        done = [] if dry_run else [pushed_line(proposal, contact.hello.device_id, sent)]
        settings.emit(proposal.to_json(sent), done)
        _tell_of_clock(settings, contact)
        if not dry_run:
            _offer_practice(settings, contact)


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
    from dosebell_host.actions import push_file
    from dosebell_host.terminal.asking import ask

    with contacted(settings, sync) as contact:
        source = push_file.in_force(contact)
        revision = contact.hello.revision
    if push_file.rebuilt(source):
        settings.note("Rebuilt from the box: this laptop does not have the file itself.")
    if output is not None:
        if output.exists() and output.read_bytes() != source.file:
            ask(settings, [f"{output} would be overwritten"], "Overwrite it")
        push_file.write(output, source.file)
        settings.note(f"Written to {output}.")
    found = {"revision": revision, "rebuilt": push_file.rebuilt(source)}
    text = source.file.decode("utf-8-sig")
    settings.emit(
        {**found, "file_name": source.file_name, "file": text},
        raw=b"" if output is not None else source.file,
    )


@click.command()
@shared
@pass_settings
@syncing
def status(settings: Settings, sync: bool) -> None:
    """Say what rings, what comes next, and how the box is."""
    from dosebell_host.actions.status import read_status
    from dosebell_host.actions.status_text import status_lines

    with contacted(settings, sync) as contact:
        found = read_status(contact)
        settings.emit(found.to_json(), status_lines(found))


@click.command()
@shared
@pass_settings
@click.option("--set", "wanted", is_flag=True, help="Set the box's clock to this laptop's.")
def clock(settings: Settings, wanted: bool) -> None:
    """Compare the box's clock with this laptop's, and set it.

    A step of more than a day against a clock that the box trusts needs --yes.
    """
    from dosebell_host.actions import clock
    from dosebell_host.terminal.asking import ask

    with contacted(settings, sync=False) as contact:
        found = clock.compare(contact)
        if wanted:
            if losses := clock.losses(found):
                ask(settings, losses, "Set it")
            found = clock.set_to_laptop(contact, found)
        settings.emit(found.to_json(), clock.lines(found, settings.port))


@click.command()
@shared
@pass_settings
def ports(settings: Settings) -> None:
    """List the boards and USB ports that are here."""
    from dosebell_host.box.ports import listed, port_lines

    found = listed(settings.reach())
    items = [each.to_json() for each in found]
    settings.emit({"items": items}, port_lines(found))


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
    from dosebell_host.doctor.examine import examine, exit_code
    from dosebell_host.doctor.facts import gather
    from dosebell_host.doctor.text import MARKS, PLAIN_MARKS, doctor_lines
    from dosebell_host.terminal.progress_bar import progress_bar
    from dosebell_host.wording import marks_for

    with progress_bar("Reading the journal", _LONG_READ) as progress:
        facts = gather(settings.port, settings.reach(), progress)
    items = examine(facts)
    marks = marks_for(sys.stdout.encoding, MARKS, PLAIN_MARKS)
    lines = doctor_lines(items, settings.port, screen_width(), marks)
    settings.emit({"items": [item.to_json() for item in items]}, lines)
    return exit_code(facts, items)


def _practise(settings: Settings) -> int:
    from dosebell_host.actions.practice import practise
    from dosebell_host.terminal.asking import talk_with

    with contacted(settings, sync=False) as contact:
        done = practise(talk_with(settings), contact.link, settings.reach().pause)
    settings.emit(done)
    return int(False in done.values())


def _forget_crash(settings: Settings) -> int:
    with contacted(settings, sync=False) as contact:
        text = contact.link.call("device.crash")["text"]
        contact.link.call("device.crash", {"clear": True})
    forgotten = text.splitlines() if text else []
    lines = [*forgotten, "Forgotten." if forgotten else "There is none."]
    settings.emit({"forgotten": forgotten}, lines)
    return 0


def _offer_practice(settings: Settings, contact: "Contact") -> None:
    """Whoever has just pushed from a terminal may want to hear it, unless something rings."""
    from dosebell_host.actions.practice import is_welcome
    from dosebell_host.terminal.asking import can_ask
    from dosebell_host.wording import command_text

    if can_ask(settings) and is_welcome(contact.link):
        ring = command_text(settings.port, "doctor", "--ring")
        settings.note(f"Hear it now? `{ring}` is a practice ring that leaves no record.")


def _tell_of_clock(settings: Settings, contact: "Contact") -> None:
    from dosebell_host.box.hello import NO_BATTERY_CLOCK, NO_TIME

    if contact.hello.utc is None:
        settings.note(f"Its clock is {NO_TIME}.")
    if not contact.hello.battery_clock:
        settings.note(f"This box has {NO_BATTERY_CLOCK}.")


def screen_width() -> int:
    """How many columns there are; where the output is no terminal, nobody counts them."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE


COMMANDS: list[click.Command] = [push, pull, status, clock, ports, doctor, flash]
