"""The battery clock, a DS3231 on I2C: read whole in one burst, believed only where it is sound.

Registers as in the Maxim data sheet 19-5170: 0x00 to 0x06 the time in BCD, 0x0E control, 0x0F
status, whose oscillator stop flag stays set until it is cleared by hand.
"""

from dosebell import civil, const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ADDRESS = 0x68
REGISTERS = 16

_CONTROL = const(0x0E)
_STATUS = const(0x0F)
# Control: run on the battery too, no square wave. Status: the oscillator has not stopped.
_RUNNING = const(0x1C)
_SOUND = const(0x00)
_STOPPED = const(0x80)
_TWELVE_HOURS = const(0x40)
_CENTURY = const(0x80)

# A clock that was set reads back what was written, or the next second.
_SLACK_S = const(2)
_RECOVERY_CLOCKS = const(9)


class DS3231:
    """The chip on `bus`, a `machine.I2C`. What fails there reads as a clock that is not there."""

    def __init__(self, bus: "Any") -> None:
        self._bus = bus
        self._registers = bytearray(REGISTERS)

    def read_s(self) -> int | None:
        try:
            self._bus.readfrom_mem_into(ADDRESS, 0, self._registers)
        except OSError:
            return None
        if (self._registers[_CONTROL] | self._registers[_STATUS]) & _STOPPED:
            return None
        return decode(self._registers)

    def write_s(self, utc_s: int) -> bool:
        """Set the time, then clear the stop flag, then read back."""
        try:
            self._bus.writeto_mem(ADDRESS, 0, encode(utc_s))
            self._bus.writeto_mem(ADDRESS, _CONTROL, bytes((_RUNNING, _SOUND)))
        except OSError:
            return False
        read_s = self.read_s()
        return read_s is not None and 0 <= read_s - utc_s <= _SLACK_S


def encode(utc_s: int) -> bytes:
    """Registers 0x00 to 0x06 for seconds since 2000; the years are 2000 to 2099."""
    day, second = utc_s // civil.DAY_S, utc_s % civil.DAY_S
    year, month, of_month = civil.date_of(day)
    fields = (
        second % 60,
        second // 60 % 60,
        second // civil.HOUR_S,
        civil.weekday(day) + 1,
        of_month,
        month,
        year - 2000,
    )
    return bytes([field // 10 * 16 + field % 10 for field in fields])


def decode(registers: bytearray) -> int | None:
    """Seconds since 2000, or None where a field is no BCD, out of range, or no date at all."""
    if registers[2] & _TWELVE_HOURS or registers[5] & _CENTURY:
        return None
    second, minute, hour, _, of_month, month, year = [_bcd(registers[at]) for at in range(7)]
    if min(second, minute, hour, year) < 0 or second > 59 or minute > 59 or hour > 23:
        return None
    if not 1 <= month <= 12 or not 1 <= of_month <= civil.month_length(2000 + year, month):
        return None
    day = civil.day_of(2000 + year, month, of_month)
    return day * civil.DAY_S + hour * civil.HOUR_S + minute * civil.MINUTE_S + second


def _bcd(byte: int) -> int:
    """The two digits of a byte as a number, -1 where they are none."""
    tens, ones = byte // 16, byte % 16
    return tens * 10 + ones if tens < 10 and ones < 10 else -1


def free_bus(scl: "Any", sda: "Any") -> None:
    """Clock out a byte that a reset interrupted: the chip holds SDA low until it is finished.

    Standard I2C practice, NXP UM10204 section 3.1.16; both are a `machine.Pin`, open drain.
    """
    for _ in range(_RECOVERY_CLOCKS):
        if sda.value():
            return
        scl.value(0)
        scl.value(1)
