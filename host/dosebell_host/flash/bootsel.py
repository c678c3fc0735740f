"""A Pico that was plugged in with BOOTSEL held down: a drive that takes MicroPython as a file."""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from dosebell_host.box.reach import Reach
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash.board_kinds import RP2040, RP2350, Kind, of_chip
from dosebell_host.flash.uf2 import Uf2
from dosebell_host.resources import is_special
from dosebell_host.talk import Progress, no_progress

INFO = "INFO_UF2.TXT"
# What that file says of the boards that dosebell knows; others have such drives as well.
_BOARD_IDS = {"Board-ID: RP2350": RP2350, "Board-ID: RPI-RP2": RP2040}
_MAX_INFO_CHARS = 4096
_LABELS = ("RPI-RP2", "RP2350")
_CHUNK_BYTES = 64 * 1024
_LOOK_EVERY_S = 0.25

T = TypeVar("T")


@dataclass(frozen=True)
class Drive:
    """A mounted drive of a board with that chip; it tells no more about itself."""

    folder: Path
    chip: str

    @property
    def kinds(self) -> list[Kind]:
        return of_chip(self.chip)


def drives(named: Path | None, reach: Reach) -> list[Drive]:
    """The drives that are here; only the one that a person named, where one did."""
    folders = [named] if named else sorted(reach.mounted())
    return [drive for folder in folders if (drive := _drive(folder))]


def the_drive(named: Path | None, reach: Reach) -> Drive | None:
    """The drive that is meant, None where there is none. Raises `NoDevice` where there are two."""
    found = drives(named, reach)
    if len(found) > 1:
        raise NoDevice(
            f"there are {len(found)} boards in BOOTSEL mode:"
            f" {' and '.join(str(drive.folder) for drive in found)}",
            fix=f"name one of them: --drive {found[0].folder}",
            code="several-boards",
        )
    if named and not found:
        raise NoDevice(
            f"{named} is no drive of a Pico in BOOTSEL mode (it has no {INFO} of one)",
            fix="hold BOOTSEL down while you plug the Pico in, and name the drive that appears",
            code="no-drive",
        )
    return found[0] if found else None


def not_mounted() -> str:
    """What to type where a drive is there but not mounted, as without a desktop; else ""."""
    for label in _LABELS:
        if os.path.exists(device := f"/dev/disk/by-label/{label}"):
            return f"udisksctl mount -b {device}"
    return ""


def wait_for(chip: str, named: Path | None, before: list[Drive], reach: Reach) -> Drive:
    """The drive that a board becomes; those that were here `before` are other boards."""

    def new_drive() -> Drive | None:
        here = (drive for drive in drives(named, reach) if drive not in before)
        return next((drive for drive in here if drive.chip == chip), None)

    if drive := wait_until(new_drive, reach):
        return drive
    mount = not_mounted()
    raise NoDevice(
        "the board went into BOOTSEL mode, but its drive did not appear. It waits there, and"
        " nothing of what it holds is lost.",
        fix=f"Type `{mount}`, and repeat the command"
        if mount
        else "Unplug it and plug it in again: it starts as before",
        code="no-drive",
    )


def copy(uf2: Uf2, drive: Drive, progress: Progress = no_progress) -> None:
    """Copy a checked file; the board restarts by itself once it has it all."""
    data = uf2.path.read_bytes()
    written = 0
    try:
        with (drive.folder / uf2.path.name).open("wb", buffering=0) as file:
            while written < len(data):
                written += file.write(data[written : written + _CHUNK_BYTES])
                progress(written, len(data))
            os.fsync(file.fileno())
    except OSError as error:
        # The drive is gone the moment the board has all of it, which may be before the file is
        # closed here.
        if written < len(data):
            raise UserError(
                f"{uf2.path.name} could not be copied to {drive.folder}"
                f" ({error.strerror or error}). The board stays in BOOTSEL mode.",
                fix="Plug it in again with BOOTSEL held down, and repeat the command",
                code="drive",
            ) from None


def wait_until(found: Callable[[], T | None], reach: Reach) -> T | None:
    """What `found` finds, as soon as it does; None where a board should have been there by now."""
    until_s = reach.elapsed_s() + reach.restart.drive_s
    while True:
        if (answer := found()) is not None or reach.elapsed_s() > until_s:
            return answer
        reach.pause(_LOOK_EVERY_S)


def _drive(folder: Path) -> Drive | None:
    info, text = folder / INFO, ""
    # Any drive may have a file of that name, and more in it than was ever wanted.
    if not is_special(info):
        with suppress(OSError), info.open(errors="replace") as file:
            text = file.read(_MAX_INFO_CHARS)
    chip = next((chip for line, chip in _BOARD_IDS.items() if line in text), None)
    return Drive(folder, chip) if chip else None
