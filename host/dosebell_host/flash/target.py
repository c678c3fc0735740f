"""Which board `dosebell flash` is about, and what runs on it before anything is done to it."""

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from dosebell_host.box.client import Client
from dosebell_host.box.contact import meet
from dosebell_host.box.hello import Hello
from dosebell_host.box.link import Link
from dosebell_host.box.ports import resolve
from dosebell_host.box.reach import Reach, Target
from dosebell_host.box.replies import DeviceInfo
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash import bootsel, checks
from dosebell_host.flash.restart import NOBODY
from dosebell_host.history.store import open_history
from dosebell_host.talk import Note

_LOOK_EVERY_S = 0.25


@dataclass(frozen=True)
class FlashWishes:
    """What the command line asks for. `drive` is where a board in BOOTSEL mode is, if named."""

    port: str | None = None
    uf2: Path | None = None
    drive: Path | None = None
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True)
class Running:
    """A box that answered before anything was done to it; `info` is None where it has none."""

    hello: Hello
    info: DeviceInfo | None


def named_drive(wishes: FlashWishes, reach: Reach) -> bootsel.Drive | None:
    """The drive that is meant; None where it is a board at a port."""
    if wishes.port and not wishes.drive:
        return None
    if wishes.uf2 and wishes.port and wishes.drive:
        # The board at that port becomes this drive, unless it is that already.
        return next(iter(bootsel.drives(wishes.drive, reach)), None)
    drive = bootsel.the_drive(wishes.drive, reach)
    if drive is None or wishes.drive:
        return drive
    try:
        running = resolve(None, reach)
    except NoDevice as error:
        if error.code == "several-boards":
            raise
        return drive
    if wishes.uf2:
        raise NoDevice(
            f"there is a Pico at {running.name}, and another one in BOOTSEL mode at"
            f" {drive.folder}",
            fix=f"name the one that you mean: --port {running.port}, or --drive {drive.folder}",
            code="several-boards",
        )
    return None


def meet_running(wishes: FlashWishes, note: Note, reach: Reach) -> tuple[Target, Running | None]:
    """The board, and what it says where dosebell runs on it; its new records are saved then."""
    target, opened = _linked(wishes.port, note, reach)
    with closing(Client(opened)) as client:
        return target, _running(client, target, wishes, note, reach)


def _linked(named: str | None, note: Note, reach: Reach) -> tuple[Target, Link]:
    """The board, and a link to it; looked for a while, because a board that crashes again and
    again has a port only now and then.
    """
    until_s = reach.elapsed_s() + reach.restart.find_s
    told = False
    while True:
        try:
            target = resolve(named, reach)
            return target, reach.link(target, reach.restart.running)
        except NoDevice as error:
            if error.code != NOBODY or reach.elapsed_s() > until_s:
                raise _mount_first(error) from None
        if not told:
            told = True
            note("Looking for a board ...")
        reach.pause(_LOOK_EVERY_S)


def _mount_first(error: NoDevice) -> NoDevice:
    """A board in BOOTSEL mode whose drive nobody has mounted is none for us."""
    mount = bootsel.not_mounted() if error.code == NOBODY else ""
    if not mount:
        return error
    return NoDevice(
        "a Pico is here in BOOTSEL mode, but its drive is not mounted",
        fix=f"type `{mount}`, and repeat the command",
        code="not-mounted",
    )


def _running(
    client: Client, target: Target, wishes: FlashWishes, note: Note, reach: Reach
) -> Running | None:
    try:
        hello = client.hello()
    except NoDevice:
        return None
    except UserError as error:
        # Another language is no reason to leave it as it is.
        note(f"{error.message[0].upper()}{error.message[1:]}.")
        return None
    checks.check_is_real(hello)
    with closing(open_history(note)) as history, suppress(UserError):
        serial, laptop = target.serial, reach.clock
        meet(client, history, note, sync=False, port=wishes.port, usb_serial=serial, laptop=laptop)
    info = None
    with suppress(UserError):
        info = client.device_info()
    return Running(hello, info)
