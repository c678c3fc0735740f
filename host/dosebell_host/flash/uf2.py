"""Reads a UF2 file: whether it is whole, which MicroPython it is, and for which board.

A MicroPython for another board boots, finds a file system of another size, and formats it without
a word. So this is looked at before anything is copied.
"""

import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from dosebell_host.errors import UserError
from dosebell_host.flash.board_kinds import (
    KINDS,
    OLDEST,
    RP2040,
    RP2350,
    Kind,
    Version,
    kinds_of,
    version_text,
    where_to_get_it,
)
from dosebell_host.resources import is_special

BLOCK_BYTES = 512
MAX_FILE_BYTES = 32 << 20
CODE = "uf2"

_HEADER = struct.Struct("<8I")
_DATA_AT = 32
_MAX_DATA_BYTES = 476
_MAGIC = (0x0A324655, 0x9E5D5157)
_MAGIC_END = 0x0AB16F30
_NOT_FOR_FLASH = 0x0001
_HAS_FAMILY = 0x2000

_CHIPS = {0xE48BFF56: RP2040, 0xE48BFF59: RP2350, 0xE48BFF5A: RP2350}
# A block that files for the RP2350 carry besides, because of a fault of that chip.
_ABSOLUTE = 0xE48BFF57

_VERSION = re.compile(rb"MicroPython v(\d+)\.(\d+)(?:\.(\d+))?")
_MACHINE = re.compile(rb"([A-Za-z][ -~]{2,60}) with (RP2040|RP2350)")


@dataclass(frozen=True)
class Uf2:
    """A whole UF2 file that holds a MicroPython. `machine` is the board it calls itself."""

    path: Path
    chip: str
    version: Version
    machine: str

    @property
    def micropython(self) -> str:
        return f"MicroPython {version_text(self.version)}"


@dataclass(frozen=True)
class _Block:
    address: int
    number: int
    count: int
    family: int
    data: bytes


def read(path: Path) -> Uf2:
    """The file, checked. Raises `UserError` where it is cut off, or no MicroPython we can use."""
    blocks = [block for block in _blocks(path) if block.family in _CHIPS]
    if not blocks:
        _refuse(path, "is not for a Raspberry Pi Pico", f"get {where_to_get_it(list(KINDS))}")
    _check_whole(path, blocks)
    content = b"".join(block.data for block in sorted(blocks, key=lambda each: each.address))
    return _usable(path, _CHIPS[blocks[0].family], content)


def check_fits(uf2: Uf2, machine: str) -> None:
    """Raise `UserError` unless the file is for the board that calls itself `machine`."""
    if _plain(uf2.machine) != _plain(machine):
        _refuse(
            uf2.path,
            f"is for another board ({uf2.machine}) than this one ({machine}), and would erase it",
            f"get {where_to_get_it(kinds_of(machine))}",
        )


def check_fits_chip(uf2: Uf2, chip: str, kinds: list[Kind]) -> None:
    """Raise `UserError` unless the file is for that chip, which is all that a drive tells."""
    if uf2.chip != chip:
        _refuse(
            uf2.path,
            f"is for a board with the chip {uf2.chip} ({uf2.machine}), and this one has {chip}",
            f"get {where_to_get_it(kinds)}",
        )


def _usable(path: Path, chip: str, content: bytes) -> Uf2:
    version, machine = _VERSION.search(content), _MACHINE.search(content)
    if not version or not machine:
        fix = f"get {where_to_get_it([kind for kind in KINDS if kind.chip == chip])}"
        _refuse(path, "holds no MicroPython", fix)
    found = Uf2(path, chip, _version(version), machine[0].decode())
    if found.version < OLDEST:
        _refuse(
            path,
            f"is {found.micropython}, and dosebell needs {version_text(OLDEST)} or newer",
            f"get {where_to_get_it(kinds_of(found.machine))}",
        )
    return found


def _version(found: re.Match[bytes]) -> Version:
    major, minor, patch = (int(part or 0) for part in found.groups())
    return major, minor, patch


def _blocks(path: Path) -> list[_Block]:
    data = _bytes_of(path)
    again = "download it again"
    if not data or len(data) % BLOCK_BYTES:
        _refuse(path, "is no UF2 file, or is cut off", again)
    found = [_block(data[at : at + BLOCK_BYTES]) for at in range(0, len(data), BLOCK_BYTES)]
    whole = [block for block in found if block is not None]
    if len(whole) != len(found):
        _refuse(path, "is no UF2 file, or is damaged", again)
    return [block for block in whole if block.family != _ABSOLUTE]


def _bytes_of(path: Path) -> bytes:
    if is_special(path):
        _refuse(path, "is not a regular file", "name the file that you downloaded")
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            _refuse(path, "is far too large for a UF2 file", "is it the right file?")
        return path.read_bytes()
    except OSError as error:
        _refuse(path, f"cannot be read ({error.strerror})", "name the file that you downloaded")


def _block(raw: bytes) -> _Block | None:
    """One block, or None where it is none. Its family is 0 where it names none."""
    first, second, flags, address, size, number, count, family = _HEADER.unpack_from(raw)
    end = struct.unpack_from("<I", raw, BLOCK_BYTES - 4)[0]
    if (first, second, end) != (*_MAGIC, _MAGIC_END) or size > _MAX_DATA_BYTES:
        return None
    if not flags & _HAS_FAMILY or flags & _NOT_FOR_FLASH:
        family = 0
    return _Block(address, number, count, family, raw[_DATA_AT : _DATA_AT + size])


def _check_whole(path: Path, blocks: list[_Block]) -> None:
    """Each block says how many there are of its family."""
    numbers, count = {block.number for block in blocks}, blocks[0].count
    if {block.family for block in blocks} != {blocks[0].family}:
        _refuse(path, "is for several chips at once", "get the file for your board alone")
    if numbers != set(range(count)):
        missing = len(set(range(count)) - numbers)
        _refuse(path, f"is cut off: {missing} of {count} blocks are missing", "download it again")


def _plain(machine: str) -> str:
    return machine.replace(" ", "").casefold()


def _refuse(path: Path, message: str, fix: str) -> NoReturn:
    raise UserError(message, where=str(path), fix=fix, code=CODE)
