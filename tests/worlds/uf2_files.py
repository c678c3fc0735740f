"""UF2 files of our own making, whole and otherwise."""

import struct
from pathlib import Path

RP2040, RP2350 = 0xE48BFF56, 0xE48BFF59
ABSOLUTE = 0xE48BFF57
PICO = b"Raspberry Pi Pico with RP2040"
PICO_W = b"Raspberry Pi Pico W with RP2040"
PICO_2 = b"Raspberry Pi Pico2 with RP2350"
DATA_BYTES = 256


def block(number: int, count: int, data: bytes, family: int) -> bytes:
    """One block of 512 bytes."""
    address = 0x10000000 + number * DATA_BYTES
    fields = (0x0A324655, 0x9E5D5157, 0x2000, address, DATA_BYTES, number, count, family)
    head = struct.pack("<8I", *fields)
    return head + data.ljust(476, b"\0") + struct.pack("<I", 0x0AB16F30)


def blocks(machine: bytes, version: bytes = b"v1.29.0", family: int = RP2040) -> list[bytes]:
    """A MicroPython, shortened; what it says of itself stands across two blocks."""
    said = b"MicroPython " + version + b" on 2026-08-24\0; " + machine + b"\0"
    code = b"\x00\xb5" * 117 + said + b"\xff" * 900
    pieces = [code[at : at + DATA_BYTES] for at in range(0, len(code), DATA_BYTES)]
    return [block(n, len(pieces), piece, family) for n, piece in enumerate(pieces)]


def write(folder: Path, machine: bytes = PICO, **options: object) -> Path:
    path = folder / "micropython.uf2"
    path.write_bytes(b"".join(blocks(machine, **options)))  # type: ignore[arg-type]
    return path
