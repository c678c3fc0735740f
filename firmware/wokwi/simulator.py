"""Start-up in the Wokwi simulator, as /boot.py: a box with a schedule, just before it rings.

The simulator need not be able to write flash, so what the box keeps lies in RAM here, filled from
/start; and the clock part is set to the same morning at every start. /main.py is the real one.
"""

import os
import sys

import machine
import vfs

sys.path.insert(0, "/app/first")

from dosebell.ds3231 import DS3231

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SDA_PIN, SCL_PIN = 4, 5
BLOCK_BYTES = 512
# 40 kB each for the schedule and for the journal: enough for some days of trying it out.
BLOCKS = 80


class Ram:
    """A disk in RAM, as MicroPython wants block devices."""

    def __init__(self) -> None:
        self._bytes = bytearray(BLOCK_BYTES * BLOCKS)

    def readblocks(self, block: int, into: bytearray, offset: int = 0) -> None:
        start = block * BLOCK_BYTES + offset
        into[:] = self._bytes[start : start + len(into)]

    def writeblocks(self, block: int, content: bytes, offset: int = 0) -> None:
        start = block * BLOCK_BYTES + offset
        self._bytes[start : start + len(content)] = content

    def ioctl(self, operation: int, argument: int) -> int:
        # 4 asks for the number of blocks, 5 for their size; all else is done at once.
        return {4: BLOCKS, 5: BLOCK_BYTES}.get(operation, 0)


def keep_in_ram(folder: str) -> None:
    """Mount a RAM disk at `folder` and put into it what lies in /start."""
    disk: "Any" = Ram()
    vfs.VfsLfs2.mkfs(disk)
    vfs.mount(disk, folder)
    for name in os.listdir("/start" + folder):
        with open("/start" + folder + "/" + name, "rb") as there:
            with open(folder + "/" + name, "wb") as here:
                here.write(there.read())


def set_clock() -> None:
    """Set the clock part."""
    with open("/start/time") as file:
        utc_s = int(file.read())
    bus = machine.I2C(0, scl=machine.Pin(SCL_PIN), sda=machine.Pin(SDA_PIN))
    DS3231(lambda: bus).write_s(utc_s)


keep_in_ram("/state")
keep_in_ram("/log")
set_clock()
