"""Makes a firmware for the Wokwi simulator: MicroPython, the device package and a schedule in one.

`python -m page.wokwi RPI_PICO.uf2 OUT.uf2`. The same files as on a Pico, in the same places, and a
/boot.py that starts it just before a breakfast. It is for the simulator: on a real Pico
`dosebell flash` does this, and keeps what is there.
"""

import struct
import sys
from collections.abc import Iterator
from pathlib import Path

from dosebell import civil
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import transfer
from dosebell_host.errors import UserError
from dosebell_host.flash import board_kinds, uf2
from dosebell_host.flash.bundle import compiled
from dosebell_host.resources import main_py, schedules_dir
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.sim.flash import MemoryFiles
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World

# It starts on this Monday at 07:29:50 in Berlin, ten seconds before breakfast.
START_S = civil.day_of(2026, 11, 23) * civil.DAY_S + 6 * civil.HOUR_S + 29 * 60 + 50
# The schedule came to the box the evening before.
PUSHED_S = START_S - 10 * civil.HOUR_S
SCHEDULE = "d3-k2-breakfast.toml"
SIMULATOR_PY = Path(__file__).parents[2] / "firmware" / "wokwi" / "simulator.py"

# Where the stock RPI_PICO build of MicroPython has its file system (ports/rp2/rp2_flash.c).
FILES_START = 0x10000000 + 0xA0000
BLOCK_BYTES, BLOCKS = 4096, 352
# On-disk version 2.0, which every MicroPython with littlefs 2 mounts.
DISK_VERSION = 0x00020000

# UF2, as in github.com/microsoft/uf2: blocks of 512 bytes, of which 256 go to flash.
UF2_BYTES, DATA_AT, PAGE, ROOM = 512, 32, 256, 476
HEADER = struct.Struct("<8I")
MAGIC, SECOND_MAGIC, LAST_MAGIC = 0x0A324655, 0x9E5D5157, 0x0AB16F30
HAS_FAMILY, RP2040 = 0x00002000, 0xE48BFF56


def firmware(micropython: Path) -> bytes:
    """MicroPython's UF2 for a Pico, with a file system added that holds a box.

    Raises UserError where the file is damaged or for another board.
    """
    found = uf2.read(micropython)
    uf2.check_fits(found, board_kinds.KINDS[0].machine)
    data = micropython.read_bytes()
    blocks = [data[at : at + UF2_BYTES] for at in range(0, len(data), UF2_BYTES)]
    pages = [(HEADER.unpack_from(block)[3], block[DATA_AT : DATA_AT + PAGE]) for block in blocks]
    pages += _pages(file_system(board_files()), FILES_START)
    return b"".join(_block(n, len(pages), *page) for n, page in enumerate(pages))


def board_files() -> dict[str, bytes]:
    """Every file of the simulated board, by its path there."""
    files = {"boot.py": SIMULATOR_PY.read_bytes(), "main.py": main_py().read_bytes()}
    files["app/current"] = b"first"
    files |= {f"app/first/{name}": content for name, content in compiled().files.items()}
    files["start/time"] = str(START_S).encode()
    return files | {f"start{path}": content for path, content in _kept().items()}


def file_system(files: dict[str, bytes]) -> bytes:
    """A littlefs image as MicroPython mounts it."""
    from littlefs import LittleFS

    disk = LittleFS(block_size=BLOCK_BYTES, block_count=BLOCKS, disk_version=DISK_VERSION)
    for path, content in files.items():
        folder = path.rpartition("/")[0]
        if folder:
            disk.makedirs(folder, exist_ok=True)
        with disk.open(path, "wb") as file:
            file.write(content)
    return bytes(disk.context.buffer)


def _kept() -> dict[str, bytes]:
    """What is in /state and /log of a box that was given the schedule."""
    text = (schedules_dir() / SCHEDULE).read_text(encoding="utf-8")
    files = MemoryFiles()
    world = World(PUSHED_S, files, seed="wokwi")
    world.power_on()
    plan = compile_schedule(read_file.parse(text, SCHEDULE))
    transfer(Client(Link(Wire(world), "the box of the simulator")), plan)
    return files.contents


def _pages(image: bytes, address: int) -> Iterator[tuple[int, bytes]]:
    """The pages of an image that differ from erased flash, with their addresses."""
    for at in range(0, len(image), PAGE):
        page = image[at : at + PAGE]
        if page.strip(b"\xff"):
            yield address + at, page


def _block(number: int, count: int, address: int, page: bytes) -> bytes:
    header = HEADER.pack(MAGIC, SECOND_MAGIC, HAS_FAMILY, address, PAGE, number, count, RP2040)
    return header + page.ljust(ROOM, b"\0") + struct.pack("<I", LAST_MAGIC)


def main(arguments: list[str]) -> None:
    """Read MicroPython's UF2, write the simulator's."""
    if len(arguments) != 2:
        sys.exit("Say where MicroPython for the Pico is:  make wokwi UF2=RPI_PICO-....uf2")
    out = Path(arguments[1])
    try:
        made = firmware(Path(arguments[0]))
    except UserError as error:
        sys.exit(str(error))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(made)
    print(f"{out} is ready for Wokwi.")


if __name__ == "__main__":
    main(sys.argv[1:])
