"""The battery clock, against a chip made of registers; on CPython and on MicroPython."""

from chance import Chance
from dosebell import civil
from dosebell.ds3231 import DS3231, decode, encode, free_bus

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
    """Sixteen registers on a bus that can fail."""

    def __init__(self) -> None:
        self.registers = bytearray(16)
        self.registers[0x0F] = 0x80
        self.fails = False
        self.transfers: list[str] = []

    def readfrom_mem_into(self, address: int, register: int, into: bytearray) -> None:
        self._answer(address, f"read {len(into)} from {register:#04x}")
        into[:] = self.registers[register : register + len(into)]

    def writeto_mem(self, address: int, register: int, data: bytes) -> None:
        self._answer(address, f"write {len(data)} to {register:#04x}")
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
    clock = DS3231(lambda: chip)
    clock.write_s(at_s)
    chip.transfers.clear()
    return clock, chip


def test_a_new_chip_or_one_whose_cell_was_empty_has_no_time() -> None:
    assert DS3231(Chip).read_s() is None


def test_setting_it_clears_the_stop_flag_last() -> None:
    chip = Chip()
    DS3231(lambda: chip).write_s(seconds("2026-11-22", 7, 30, 5))
    assert chip.transfers == ["write 7 to 0x00", "write 2 to 0x0e"]
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


def test_of_all_values_of_each_register_those_are_believed_that_make_a_time() -> None:
    """All but the weekday's, which anybody may count from another day."""
    limits = ((0, 59), (0, 59), (0, 23), (1, 7), (1, 29), (1, 12), (0, 99))
    for register in range(7):
        lowest, highest = limits[register]
        for value in range(256):
            registers = bytearray(encode(seconds("2028-02-15", 7, 30)))
            registers[register] = value
            tens, ones = value // 16, value % 16
            is_time = lowest <= tens * 10 + ones <= highest and tens < 10 and ones < 10
            assert (decode(registers) is not None) == (is_time or register == 3), (register, value)


def test_29_february_is_believed_in_leap_years_only() -> None:
    clock, chip = clock_at(seconds("2028-02-29"))
    assert clock.read_s() == seconds("2028-02-29")
    chip.registers[0x06] = 0x27
    assert clock.read_s() is None


def test_the_bus_is_opened_anew_each_time_so_a_chip_that_comes_late_is_found() -> None:
    absent, chip = Chip(), clock_at(seconds("2026-11-22"))[1]
    absent.fails = True
    buses = [chip, absent, chip]
    clock = DS3231(buses.pop)
    assert clock.read_s() == seconds("2026-11-22")
    try:
        clock.read_s()
        raise AssertionError("nobody was there")
    except OSError:
        pass
    assert clock.read_s() == seconds("2026-11-22")


class Line:
    """SCL and SDA, low where either end pulls; the chip still has `bits` zeros to send when the
    board was reset, and holds SCL for so many looks at it after each clock.
    """

    def __init__(self, bits: int, stretches: int = 0) -> None:
        self.bits = bits
        self.stretches = stretches
        self.held = stretches
        self.pulled = [1, 1]
        self.levels = [0 if stretches else 1, 0 if bits else 1]
        # STARTs and STOPs, which move SDA while SCL is high.
        self.conditions: list[str] = []

    def move(self, wire: int, level: int) -> None:
        self.pulled[wire] = level
        if (wire, level) == (0, 0):
            self.held = self.stretches
        self.settle()

    def look(self, wire: int) -> int:
        self.held -= 1 if wire == 0 and self.held and self.pulled[0] else 0
        self.settle()
        return self.levels[wire]

    def settle(self) -> None:
        scl = 0 if self.held else self.pulled[0]
        if scl and not self.levels[0] and self.bits:
            self.bits -= 1
        sda = 0 if self.bits else self.pulled[1]
        if scl and self.levels[0] and sda != self.levels[1]:
            self.conditions.append("STOP" if sda else "START")
        self.levels = [scl, sda]


class Wire:
    """A pin, open drain."""

    def __init__(self, line: Line, wire: int) -> None:
        self._line = line
        self._wire = wire

    def value(self, level: "int | None" = None) -> int:
        if level is None:
            return self._line.look(self._wire)
        self._line.move(self._wire, level)
        return level


def freed(line: Line) -> Line:
    free_bus(Wire(line, 0), Wire(line, 1))
    return line


def test_a_read_that_a_reset_interrupted_is_clocked_out_and_ended_by_a_stop() -> None:
    for bits in range(10):
        line = freed(Line(bits))
        assert (line.bits, line.levels, line.pulled) == (0, [1, 1], [1, 1]), bits
        assert line.conditions[-1] == "STOP", bits
        assert "START" not in line.conditions, bits


def test_a_chip_that_stretches_each_clock_is_waited_for() -> None:
    for stretches in range(1, 9):
        assert freed(Line(9, stretches)).bits == 0, stretches


def test_a_bus_that_somebody_holds_for_good_is_left_alone() -> None:
    held = freed(Line(3, stretches=1000))
    assert (held.bits, held.pulled) == (3, [1, 1])
    assert freed(Line(1000)).pulled == [1, 1]
