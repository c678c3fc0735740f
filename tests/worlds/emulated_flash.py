"""The flash chip of an emulated Pico: as slow as a real one, and able to lose power half-way.

rp2040py carries out the commands that MicroPython sends to the chip, but in no time. Here an erase
and a program take what they take on the Pico's W25Q16JV, and a test can have the power cut at any
one of them, which leaves the part of it behind that was done.
"""

from rp2040py.peripherals.ssi import (
    CMD_BLOCK_ERASE,
    CMD_PAGE_PROGRAM,
    CMD_SECTOR_ERASE,
    FLASH_SECTOR_SIZE,
    RPSSI,
)
from rp2040py.rp2040 import RP2040

SIZE = 2 * 1024 * 1024
ERASED = 0xFF

_SSI_BASE = 0x18000
_MS = 1_000_000
# Typical times of the W25Q16JV data sheet, in nanoseconds.
TIMES_NS = {
    CMD_SECTOR_ERASE: 45 * _MS,
    CMD_BLOCK_ERASE: 150 * _MS,
    CMD_PAGE_PROGRAM: 7 * _MS // 10,
}


class PowerLostError(Exception):
    """The power went at a flash operation; the chip executes nothing any more."""


class FlashChip(RPSSI):
    """Counts erases and programs, takes their time, and stops at the `cut_at`th one."""

    def __init__(self, mcu: RP2040) -> None:
        super().__init__(mcu, "SSI")
        self.operations = 0
        self.erases = 0
        self.cut_at: int | None = None
        mcu.ssi = self
        mcu.peripherals[_SSI_BASE] = self

    def _apply_command(self) -> None:
        command = self._tx_buffer[0] if self._tx_buffer else None
        if command not in TIMES_NS or not self._write_enabled:
            super()._apply_command()
            return
        self.operations += 1
        self.erases += command != CMD_PAGE_PROGRAM
        if self.operations == self.cut_at:
            self._do_half(command)
            raise PowerLostError
        super()._apply_command()
        self.rp2040.clock.tick(TIMES_NS[command])

    def _do_half(self, command: int) -> None:
        """What stands after a cut in the middle: the first half of the page or of the sector."""
        if command == CMD_PAGE_PROGRAM:
            data = self._tx_buffer[4:]
            del self._tx_buffer[4 + len(data) // 2 :]
            super()._apply_command()
            return
        start = self._address_from_buffer() & ~(FLASH_SECTOR_SIZE - 1)
        half = FLASH_SECTOR_SIZE // 2
        self.rp2040.flash[start : start + half] = bytes([ERASED]) * half
