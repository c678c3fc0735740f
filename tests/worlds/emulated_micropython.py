"""Which MicroPython the emulated Pico boots: the one that was named, or one from the network."""

from pathlib import Path

from rp2040py.utils.firmware_retrieve import MICROPYTHON, retrieve

from dosebell_host.flash import uf2

# What rp2040py downloads, and keeps in ~/.cache/rp2040py.
RELEASE = "1.28.0"
MACHINE = "Raspberry Pi Pico with RP2040"


def find_uf2(named: str | None) -> Path | None:
    """The file; None where none was named and none can be downloaded.

    Raises `UserError` or `ValueError` for a file that is no MicroPython for this board.
    """
    path = Path(named) if named else _downloaded()
    if path is not None and uf2.read(path).machine != MACHINE:
        raise ValueError(f"{path} is not for a {MACHINE}")
    return path


def _downloaded() -> Path | None:
    try:
        return retrieve(MICROPYTHON, RELEASE, "pico")
    # What urllib raises where there is no network.
    except OSError:
        return None
