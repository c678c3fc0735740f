"""What `dosebell doctor` finds out about the laptop, without asking any board.

Everything is read from files that the system keeps, below `root` so that a test can lay its own.
None of it waits for anything, and what can't be read counts as not there.
"""

import os
import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dosebell_host.box.port_rights import Rights, rights_of

ROOT = Path("/")

# A Pico that waits to be given MicroPython is a drive, and no port: (vendor, products) on USB.
_BOOTSEL = ("2e8a", ("0003", "000f"))
_MODEM_MANAGER = "ModemManager"
_IGNORED = "E:ID_MM_DEVICE_IGNORE=1"


@dataclass(frozen=True)
class ModemManager:
    """A program that runs on many a Linux and may take a board for a modem.

    `is_strict`: it asks only what says of itself that it is a modem, which a Pico does not;
    `is_told`: it was told to leave this port alone.
    """

    is_strict: bool
    is_told: bool


@dataclass(frozen=True)
class Laptop:
    """`system` as `Linux`; `bootsel` where a Pico waits for MicroPython."""

    system: str
    is_wsl: bool = False
    bootsel: bool = False


@dataclass(frozen=True)
class PortFacts:
    """What is known of a port that is a file. `holders` are the programs that have it open, which
    is asked where it is in use.
    """

    rights: Rights | None
    modem_manager: ModemManager | None = None
    holders: tuple[str, ...] = ()


def look(root: Path = ROOT) -> Laptop:
    """This laptop."""
    if sys.platform != "linux":
        return Laptop(platform.system())
    return Laptop("Linux", "microsoft" in _text(root / "proc/version").lower(), _bootsel(root))


def look_at_port(port: str, root: Path = ROOT) -> PortFacts:
    """A port, before it is opened."""
    if sys.platform != "linux":
        return PortFacts(rights_of(port))
    return PortFacts(rights_of(port), _modem_manager(port, root))


def holders(port: str, root: Path = ROOT) -> tuple[str, ...]:
    """The programs that have a port open, as far as this person may know."""
    path = os.path.realpath(port)
    return tuple(
        f"{_text(process / 'comm')}, process {process.name}"
        for process in _processes(root)
        if process.name != str(os.getpid()) and path in _open_files(process)
    )


def _bootsel(root: Path) -> bool:
    vendor, products = _BOOTSEL
    return any(
        _text(each) == vendor and _text(each.with_name("idProduct")) in products
        for each in (root / "sys/bus/usb/devices").glob("*/idVendor")
    )


def _modem_manager(port: str, root: Path) -> ModemManager | None:
    for process in _processes(root):
        if _text(process / "comm") == _MODEM_MANAGER:
            # Strict has been its own choice since 2021, and many systems asked for it before.
            words = _text(process / "cmdline").lower()
            is_strict = "--filter-policy" not in words or "strict" in words or "only" in words
            return ModemManager(is_strict, _IGNORED in _udev(port, root))
    return None


def _udev(port: str, root: Path) -> list[str]:
    """What udev knows of a port, one property a line."""
    try:
        device = os.stat(port).st_rdev
    except OSError:
        return []
    name = f"c{os.major(device)}:{os.minor(device)}"
    return _text(root / "run/udev/data" / name).splitlines()


def _open_files(process: Path) -> list[str]:
    try:
        return [os.readlink(each) for each in (process / "fd").iterdir()]
    except OSError:
        # Another person's, or it has just ended.
        return []


def _processes(root: Path) -> Iterator[Path]:
    try:
        yield from (each for each in (root / "proc").iterdir() if each.name.isdecimal())
    except OSError:
        return


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
