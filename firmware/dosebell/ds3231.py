"""The battery clock, a DS3231 on I2C: read whole in one burst, believed only where it is sound.

Registers as in the Maxim data sheet 19-5170: 0x00 to 0x06 the time in BCD, 0x0E control, 0x0F
status, whose oscillator stop flag stays set until it is cleared by hand.
"""

from dosebell import TYPE_CHECKING, civil, const

if TYPE_CHECKING:
    from dosebell.typed import Any, Callable

ADDRESS = 0x68
_REGISTERS = const(16)

_CONTROL = const(0x0E)
_STATUS = const(0x0F)
# Control: run on the battery too, no square wave. Status: the oscillator has not stopped.
_RUNNING = const(0x1C)
_SOUND = const(0x00)
_STOPPED = const(0x80)

# Nine clocks free a bus; the others are patience with a chip that stretches them.
_RECOVERY_TURNS = const(100)


class DS3231:
    """The chip on the `machine.I2C` that `connect` opens, each time anew: whatever hung there is
    gone then, and a cable may have been pushed in.
    """

    def __init__(self, connect: "Callable[[], Any]") -> None:
        self._connect = connect
        self._registers = bytearray(_REGISTERS)

    def read_s(self) -> int | None:
        self._connect().readfrom_mem_into(ADDRESS, 0, self._registers)
        if (self._registers[_CONTROL] | self._registers[_STATUS]) & _STOPPED:
            return None
        return decode(self._registers)

    def write_s(self, utc_s: int) -> None:
        """Set the time, then clear the stop flag."""
        bus = self._connect()
        bus.writeto_mem(ADDRESS, 0, encode(utc_s))
        bus.writeto_mem(ADDRESS, _CONTROL, bytes((_RUNNING, _SOUND)))


def encode(utc_s: int) -> bytes:
    """Registers 0x00 to 0x06 for seconds since 2000; the years are 2000 to 2099."""
    day, second = utc_s // civil.DAY_S, utc_s % civil.DAY_S
    year, month, of_month = civil.date_of(day)
    time = (second % 60, second // 60 % 60, second // civil.HOUR_S)
    fields = time + (civil.weekday(day) + 1, of_month, month, year - 2000)
    return bytes([field // 10 * 16 + field % 10 for field in fields])


def decode(registers: bytearray) -> int | None:
    """Seconds since 2000, or None where `encode` makes these of no time: a field is no BCD, out of
    range, or in another mode, or there is no such date. The weekday is anybody's.
    """
    second, minute, hour, _, of_month, month, year = [r // 16 * 10 + r % 16 for r in registers[:7]]
    # Kept within what can be encoded, which then is not what was read.
    day = max(civil.day_of(2000 + min(year, 99), month, of_month), 0)
    utc_s = day * civil.DAY_S + hour * civil.HOUR_S + minute * civil.MINUTE_S + second
    told = encode(utc_s)
    return utc_s if told[:3] == registers[:3] and told[4:] == registers[4:7] else None


def free_bus(scl: "Any", sda: "Any") -> None:
    """Clock out a byte that a reset interrupted, for the chip holds SDA low until it is finished,
    and tell it by a STOP that this was all. Nothing helps where somebody holds SCL for long.

    Standard I2C practice, NXP UM10204 section 3.1.16; both are a `machine.Pin`, open drain.
    """
    for _ in range(_RECOVERY_TURNS):
        if not scl.value():
            continue
        if sda.value():
            break
        scl.value(0)
        scl.value(1)
    scl.value(0)
    sda.value(0)
    scl.value(1)
    sda.value(1)
