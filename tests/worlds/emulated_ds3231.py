"""A DS3231 on the I2C pins of an emulated Pico, with a cell that outlives power cuts.

Reading and writing goes through the RP2040's own I2C block. Looking for a chip does not: there
MicroPython moves the two wires itself, so the chip's answer to its address is there at pin level.
"""

from collections.abc import Callable

from rp2040py.gpio_pin import GPIOPin, GPIOPinState
from rp2040py.peripherals.i2c import RPI2C, I2CMode
from rp2040py.rp2040 import RP2040

from dosebell.ds3231 import ADDRESS, decode, encode

_STATUS = 0x0F
_STOPPED = 0x80
_TIME = range(7)
_REGISTERS = 19


class Ds3231:
    """The chip and its cell. `world_s` tells seconds that also pass while the Pico is off."""

    def __init__(self, world_s: Callable[[], int]) -> None:
        self.stopped = True
        self._world_s = world_s
        self._offset_s = 0
        self._registers = bytearray(_REGISTERS)
        self._registers[_STATUS] = _STOPPED
        self._pointer = 0
        self._is_address = False
        self._time_written = False

    @property
    def utc_s(self) -> int:
        """What it shows, in seconds since 2000."""
        return self._world_s() + self._offset_s

    def set(self, utc_s: int) -> None:
        self._offset_s = utc_s - self._world_s()
        self._registers[_STATUS] = 0

    def wire(self, mcu: RP2040, sda: int, scl: int) -> None:
        """Put it on the pins of a Pico that is about to get power."""
        bus = mcu.i2c[0]
        bus.on_connect = lambda address, mode: self._connect(bus, address, mode)
        bus.on_write_byte = lambda value: self._write(bus, value)
        bus.on_read_byte = lambda _ack: bus.complete_read(self._next())
        bus.on_stop = lambda: self._stop(bus)
        Wires(mcu.gpio[sda], mcu.gpio[scl])

    def _connect(self, bus: RPI2C, address: int, mode: I2CMode) -> None:
        self._is_address = mode == I2CMode.WRITE
        if not self._registers[_STATUS] & _STOPPED:
            self._registers[: len(_TIME)] = encode(self.utc_s)
        bus.complete_connect(address == ADDRESS)

    def _write(self, bus: RPI2C, value: int) -> None:
        if self._is_address:
            self._pointer, self._is_address = value, False
        else:
            self._registers[self._pointer] = value
            self._time_written |= self._pointer in _TIME
            self._pointer = (self._pointer + 1) % _REGISTERS
        bus.complete_write(True)

    def _next(self) -> int:
        value = self._registers[self._pointer]
        self._pointer = (self._pointer + 1) % _REGISTERS
        return value

    def _stop(self, bus: RPI2C) -> None:
        utc_s = decode(self._registers) if self._time_written else None
        if utc_s is not None:
            self._offset_s = utc_s - self._world_s()
        self._time_written = False
        bus.complete_stop()


class Wires:
    """SDA and SCL with their pull-ups: low where either end pulls, and read back by the Pico."""

    def __init__(self, sda: GPIOPin, scl: GPIOPin) -> None:
        self._sda = sda
        self._scl = scl
        self._levels = (True, True)
        # Bits since the start condition, None while nothing is addressed.
        self._bits: list[bool] | None = None
        self._acknowledges = False
        sda.add_listener(lambda _now, _before: self._moved())
        scl.add_listener(lambda _now, _before: self._moved())
        self._settle()

    def _moved(self) -> None:
        was_sda, was_scl = self._levels
        sda, scl = self._settle()
        if scl and was_scl and sda != was_sda:
            # SDA moves while SCL is high: a start where it falls, a stop where it rises.
            self._bits = None if sda else []
        elif scl and not was_scl and self._bits is not None:
            self._bits.append(sda)
        elif was_scl and not scl and self._bits is not None:
            self._acknowledges = len(self._bits) == 8 and _number(self._bits) >> 1 == ADDRESS
            self._settle()

    def _settle(self) -> tuple[bool, bool]:
        scl = self._scl.value != GPIOPinState.LOW
        sda = self._sda.value != GPIOPinState.LOW and not self._acknowledges
        self._levels = (sda, scl)
        self._sda.set_input_value(sda)
        self._scl.set_input_value(scl)
        return self._levels


def _number(bits: list[bool]) -> int:
    return int("".join(str(int(bit)) for bit in bits), 2)
