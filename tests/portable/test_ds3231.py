"""The battery clock, against a chip made of registers; on CPython and on MicroPython."""

from chance import Chance
from dosebell import civil
from dosebell.ds3231 import DS3231, decode, encode, free_bus

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# (register, what it says, why that can't be)
LIES = (
    (0x00, 0x60, "second 60"),
    (0x00, 0x0A, "no BCD"),
    (0x01, 0x7B, "no BCD"),
    (0x02, 0x24, "hour 24"),
    (0x02, 0x47, "twelve hour mode"),
    (0x04, 0x00, "day 0"),
    (0x04, 0x31, "31 November"),
    (0x05, 0x13, "month 13"),
    (0x05, 0x00, "month 0"),
    (0x05, 0x91, "the century bit"),
    (0x06, 0xFA, "no BCD"),
    (0x0E, 0x9C, "stops on battery"),
    (0x0F, 0x80, "has stopped"),
)


class Chip:
    """Sixteen registers on a bus that can fail; `stuck` makes writes be ignored."""

    def __init__(self) -> None:
        self.registers = bytearray(16)
        self.registers[0x0F] = 0x80
        self.fails = False
        self.stuck = False
        self.transfers: list[str] = []

    def readfrom_mem_into(self, address: int, register: int, into: bytearray) -> None:
        self._answer(address, f"read {len(into)} from {register:#04x}")
        into[:] = self.registers[register : register + len(into)]

    def writeto_mem(self, address: int, register: int, data: bytes) -> None:
        self._answer(address, f"write {len(data)} to {register:#04x}")
        if not self.stuck:
            self.registers[register : register + len(data)] = data

    def _answer(self, address: int, what: str) -> None:
        assert address == 0x68
        self.transfers.append(what)
        if self.fails:
            raise OSError("EIO")


def seconds(date: str, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    return civil.day_from_iso(date) * civil.DAY_S + hour * 3600 + minute * 60 + second


def clock_at(at_s: int) -> "tuple[DS3231, Chip]":
    chip = Chip()
    clock = DS3231(chip)
    assert clock.write_s(at_s)
    chip.transfers.clear()
    return clock, chip


def test_a_new_chip_or_one_whose_cell_was_empty_has_no_time() -> None:
    assert DS3231(Chip()).read_s() is None


def test_setting_it_clears_the_stop_flag_last_and_reads_back() -> None:
    chip = Chip()
    clock = DS3231(chip)
    assert clock.write_s(seconds("2026-11-22", 7, 30, 5))
    assert chip.transfers == ["write 7 to 0x00", "write 2 to 0x0e", "read 16 from 0x00"]
    assert bytes(chip.registers[:7]) == b"\x05\x30\x07\x07\x22\x11\x26"
    assert chip.registers[0x0E] == 0x1C
    assert chip.registers[0x0F] == 0


def test_the_time_is_read_in_one_burst_so_that_no_second_rolls_over_in_between() -> None:
    clock, chip = clock_at(seconds("2026-12-31", 23, 59, 59))
    assert clock.read_s() == seconds("2026-12-31", 23, 59, 59)
    assert chip.transfers == ["read 16 from 0x00"]


def test_every_day_of_the_century_comes_back_as_it_was_written() -> None:
    chance = Chance(3231)
    for day in range(36525):
        at_s = day * civil.DAY_S + chance.below(28_800) * 3 + chance.below(3)
        assert decode(bytearray(encode(at_s))) == at_s


def test_a_chip_that_lies_is_not_believed() -> None:
    for register, value, what in LIES:
        clock, chip = clock_at(seconds("2026-11-22", 7, 30))
        chip.registers[register] = value
        assert clock.read_s() is None, what


def test_29_february_is_believed_in_leap_years_only() -> None:
    clock, chip = clock_at(seconds("2028-02-29"))
    assert clock.read_s() == seconds("2028-02-29")
    chip.registers[0x06] = 0x27
    assert clock.read_s() is None


def test_a_bus_that_fails_is_a_clock_that_is_not_there() -> None:
    clock, chip = clock_at(seconds("2026-11-22"))
    chip.fails = True
    assert clock.read_s() is None
    assert not clock.write_s(seconds("2026-11-23"))


def test_a_chip_that_takes_no_time_is_told_apart() -> None:
    clock, chip = clock_at(seconds("2026-11-22"))
    chip.stuck = True
    assert not clock.write_s(seconds("2026-11-23"))


class Line:
    """SCL and SDA of a chip that still has `bits` to send when the board was reset."""

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.level = 1

    def scl(self, level: int) -> None:
        if self.level == 0 and level == 1 and self.bits:
            self.bits -= 1
        self.level = level

    def sda(self) -> int:
        return 0 if self.bits else 1


class Wire:
    def __init__(self, act: "Any") -> None:
        self.value = act


def test_a_read_that_a_reset_interrupted_is_clocked_out() -> None:
    for bits in range(10):
        line = Line(bits)
        free_bus(Wire(line.scl), Wire(line.sda))
        assert (line.bits, line.level) == (0, 1), bits
