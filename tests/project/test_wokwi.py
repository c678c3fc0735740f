"""The firmware for the Wokwi simulator: MicroPython, the device package and a box in one file."""

import io
import struct
import tomllib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from littlefs import LittleFS, UserContext

from board_modules import board_globals, importing
from dosebell import ds3231, wiring
from dosebell.ds3231 import decode
from dosebell_host.errors import UserError
from dosebell_host.flash import uf2
from page import wokwi

FLASH = 0x10000000


def micropython_uf2(folder: Path, machine: str = "Raspberry Pi Pico with RP2040") -> Path:
    """A file laid out as MicroPython's is: two pages, the first of which says what it is."""
    path = folder / "RPI_PICO.uf2"
    banner = f"MicroPython v1.29.0 on 2026-08-24\0{machine}\0".encode()
    pages = [banner.ljust(256, b"\1"), b"\2" * 256]
    blocks = []
    for number, page in enumerate(pages):
        header = (0x0A324655, 0x9E5D5157, 0x2000, FLASH + number * 256, 256, number, 2, 0xE48BFF56)
        blocks.append(struct.pack("<8I476sI", *header, page, 0x0AB16F30))
    path.write_bytes(b"".join(blocks))
    return path


def flash_of(image: bytes) -> bytes:
    """What a Pico's flash of 2 MB holds after the file was copied to it."""
    flash = bytearray(b"\xff" * (2 << 20))
    for at in range(0, len(image), 512):
        address = struct.unpack_from("<8I", image, at)[3] - FLASH
        flash[address : address + 256] = image[at + 32 : at + 32 + 256]
    return bytes(flash)


def files_on(disk: LittleFS) -> dict[str, bytes]:
    found = {}
    for folder, _, names in disk.walk("/"):
        for name in names:
            path = f"{folder.rstrip('/')}/{name}"
            with disk.open(path, "rb") as file:
                found[path.lstrip("/")] = file.read()
    return found


class RamContext(UserContext):
    """littlefs on the disk of simulator.py, through the calls that MicroPython makes."""

    def __init__(self, disk: Any) -> None:
        super().__init__(0)
        self._disk = disk

    def read(self, cfg: Any, block: int, off: int, size: int) -> bytearray:
        into = bytearray(size)
        self._disk.readblocks(block, into, off)
        return into

    def prog(self, cfg: Any, block: int, off: int, data: bytes) -> int:
        self._disk.writeblocks(block, data, off)
        return 0

    def erase(self, cfg: Any, block: int) -> int:
        return int(self._disk.ioctl(6, block))

    def sync(self, cfg: Any) -> int:
        return int(self._disk.ioctl(3, 0))


class Simulated:
    """What simulator.py finds: files below /start, and an I2C bus."""

    def __init__(self) -> None:
        self.start = wokwi.board_files()
        self.mounted: dict[str, LittleFS] = {}
        self.clock = bytearray(16)
        self.pins: dict[str, int] = {}

    def boot(self) -> None:
        modules = {
            "machine": SimpleNamespace(Pin=int, I2C=lambda _bus, scl, sda: self._bus(scl, sda)),
            "vfs": SimpleNamespace(
                VfsLfs2=SimpleNamespace(mkfs=lambda _: None), mount=self._mount
            ),
            "os": SimpleNamespace(listdir=self._names),
            "sys": SimpleNamespace(path=[]),
            "dosebell.ds3231": ds3231,
        }
        code = compile(wokwi.SIMULATOR_PY.read_text(encoding="utf-8"), "boot.py", "exec")
        exec(code, board_globals(importing(modules), open=self._open))

    def _bus(self, scl: int, sda: int) -> "Simulated":
        self.pins = {"scl": scl, "sda": sda}
        return self

    def writeto_mem(self, _address: int, register: int, data: bytes) -> None:
        self.clock[register : register + len(data)] = data

    def readfrom_mem_into(self, _address: int, _register: int, into: bytearray) -> None:
        into[:] = self.clock

    def _mount(self, disk: Any, folder: str) -> None:
        count, size = disk.ioctl(4, 0), disk.ioctl(5, 0)
        self.mounted[folder] = LittleFS(RamContext(disk), block_size=size, block_count=count)

    def _names(self, folder: str) -> list[str]:
        inside = folder.strip("/") + "/"
        return [path[len(inside) :] for path in self.start if path.startswith(inside)]

    def _open(self, path: str, mode: str = "r") -> Any:
        for folder, disk in self.mounted.items():
            if path.startswith(folder + "/"):
                return disk.open(path[len(folder) :], mode)
        content = self.start[path.strip("/")]
        return io.BytesIO(content) if "b" in mode else io.StringIO(content.decode())


def test_the_file_holds_micropython_and_below_it_every_file_of_a_box(tmp_path: Path) -> None:
    source = micropython_uf2(tmp_path)
    made = tmp_path / "dosebell.uf2"
    made.write_bytes(wokwi.firmware(source))
    assert uf2.read(made).machine == "Raspberry Pi Pico with RP2040"
    flash = flash_of(made.read_bytes())
    assert flash[: 2 * 256] == flash_of(source.read_bytes())[: 2 * 256]
    disk = LittleFS(mount=False, block_size=wokwi.BLOCK_BYTES, block_count=wokwi.BLOCKS)
    disk.context.buffer[:] = flash[wokwi.FILES_START - FLASH :]
    disk.mount()
    assert files_on(disk) == wokwi.board_files()


def test_micropython_for_another_board_is_refused(tmp_path: Path) -> None:
    source = micropython_uf2(tmp_path, machine="Raspberry Pi Pico W with RP2040")
    with pytest.raises(UserError, match="is for another board"):
        wokwi.firmware(source)


def test_it_starts_with_the_schedule_in_ram_and_the_clock_before_breakfast() -> None:
    simulated = Simulated()
    simulated.boot()
    kept = {
        f"start{folder}/{name}": content
        for folder, disk in simulated.mounted.items()
        for name, content in files_on(disk).items()
    }
    expected = {path: data for path, data in simulated.start.items() if path.count("/") == 2}
    assert kept == {path: data for path, data in expected.items() if path.startswith("start/")}
    assert "start/state/schedule" in kept
    assert decode(simulated.clock) == wokwi.START_S
    assert simulated.pins == {"scl": wiring.STANDARD["scl"], "sda": wiring.STANDARD["sda"]}


def test_vs_code_is_told_the_file_that_make_writes() -> None:
    folder = wokwi.SIMULATOR_PY.parent
    told = tomllib.loads((folder / "wokwi.toml").read_text(encoding="utf-8"))["wokwi"]
    makefile = (folder.parents[1] / "Makefile").read_text(encoding="utf-8")
    assert f"firmware/wokwi/{told['firmware']}" in makefile
    assert (told["version"], told["rfc2217ServerPort"]) == (1, 4000)
