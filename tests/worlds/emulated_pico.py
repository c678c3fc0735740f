"""A Raspberry Pi Pico, emulated: rp2040py runs a real MicroPython, with a box's parts wired.

    pico = EmulatedPico(uf2)
    pico.run_ms(500)
    pico.press(200)
    assert pico.lamp.high
    pico.power_cut()

Every time here is emulated time, in milliseconds since power came last. It stands still between
two calls and has nothing to do with the clock on the wall: a Pico that computes takes twenty to
thirty seconds of ours for one of its own, and one that waits skips hours in no time. Only
`host` lets both run together, because a program on the laptop has timeouts of its own.

Cycles of the chip are counted, misses of its flash cache are not: a real Pico is a little slower.
"""

import shlex
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rp2040py.device.bootrom import BOOTROM_B1
from rp2040py.device.load_flash import load_uf2
from rp2040py.memory_map import FLASH_START_ADDRESS
from rp2040py.rp2040 import RP2040
from rp2040py.simulator import Simulator
from rp2040py.utils.logging import ConsoleLogger, LogLevel

from emulated_ds3231 import Ds3231
from emulated_flash import SIZE, FlashChip
from emulated_pins import Button, Output
from emulated_port import Console, Port

LAMP_PIN = 15
LED_PIN = 25
BUZZER_PIN = 14
BUTTON_PIN = 13
SDA_PIN = 4
SCL_PIN = 5

# So much is emulated between two looks at the port.
_SLICE_MS = 2.0


class HostError(AssertionError):
    """A program on the laptop failed or never came to an end."""


class EmulatedPico:
    """One board with that MicroPython, a DS3231 (or none) and its USB port, powered at once."""

    def __init__(self, uf2: Path, battery_clock: bool = True) -> None:
        self.port = Port()
        self.battery_clock = Ds3231(self._world_s) if battery_clock else None
        self.resets = 0
        # Milliseconds that passed before this power-on.
        self._world_ms = 0.0
        self.mcu = RP2040()
        load_uf2(uf2, self.mcu)
        self._power_on(self.flash)

    def _power_on(self, flash: bytes) -> None:
        self.mcu = RP2040()
        self.mcu.logger = ConsoleLogger(LogLevel.ERROR)
        # This resets the chip, which empties its flash.
        self.mcu.load_bootrom(BOOTROM_B1)
        self.mcu.flash[: len(flash)] = flash
        self.mcu.watchdog.on_watchdog_trigger = self._reset
        self.flash_chip = FlashChip(self.mcu)
        self.console = Console(self.mcu.usb_ctrl)
        self.lamp = Output(self.mcu, LAMP_PIN)
        self.led = Output(self.mcu, LED_PIN)
        self.buzzer = Output(self.mcu, BUZZER_PIN)
        self.button = Button(self.mcu, BUTTON_PIN)
        if self.battery_clock is not None:
            self.battery_clock.wire(self.mcu, SDA_PIN, SCL_PIN)
        self._simulator = Simulator(rp2040=self.mcu)
        self.mcu.core.pc = FLASH_START_ADDRESS

    @property
    def flash(self) -> bytes:
        """What the flash holds now."""
        return bytes(self.mcu.flash[:SIZE])

    def write_flash(self, at: int, content: bytes) -> None:
        """Put something on the flash before anything has run."""
        self.mcu.flash[at : at + len(content)] = content

    @property
    def now_ms(self) -> float:
        """Emulated time since the last power-on."""
        return self.mcu.clock.nanos / 1e6

    def power_cut(self, off_s: float = 0) -> None:
        """Cut the power, now, and give it back after `off_s`."""
        flash = self.flash
        self.port.drop()
        self._world_ms += self.now_ms + off_s * 1000
        self._power_on(flash)

    def run_ms(self, duration_ms: float) -> None:
        self.until(lambda: False, duration_ms)

    def until(self, seen: Callable[[], bool], within_ms: float) -> bool:
        """Go on until `seen`, at most `within_ms`; whether it was."""
        end_ms = self.now_ms + within_ms
        while not seen():
            left_ms = end_ms - self.now_ms
            if left_ms <= 0:
                return False
            self._run_slice(min(_SLICE_MS, left_ms))
        return True

    def press(self, duration_ms: float) -> None:
        """Hold the button for so long."""
        self.button.down()
        self.run_ms(duration_ms)
        self.button.up()

    def hold_i2c_wires(self) -> None:
        """Both low, as a module without power does."""
        for pin in (SDA_PIN, SCL_PIN):
            self.mcu.gpio[pin].set_input_value(False)

    def host(self, *command: str, timeout_s: float = 1800) -> str:
        """Run a program beside the board, whose time does not get ahead of ours meanwhile.

        What it wrote is returned; one that fails raises `HostError` with its complaint.
        """
        with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as complaint:
            process = subprocess.Popen(command, stdout=said, stderr=complaint, text=True)
            try:
                self._run_beside(process, timeout_s)
            finally:
                process.kill()
                process.wait()
            said.seek(0)
            complaint.seek(0)
            if process.returncode:
                error = f"{shlex.join(command)} gave {process.returncode}: {complaint.read()}"
                raise HostError(error)
            return said.read()

    def _run_beside(self, process: subprocess.Popen[str], timeout_s: float) -> None:
        began_s, began_ms = time.monotonic(), self.now_ms
        while process.poll() is None:
            spent_s = time.monotonic() - began_s
            if spent_s > timeout_s:
                raise HostError(f"{process.args!r} took longer than {timeout_s} s")
            ahead_ms = self.now_ms - began_ms - spent_s * 1000
            if ahead_ms > 0:
                time.sleep(ahead_ms / 1000)
            self._run_slice(_SLICE_MS)

    def _world_s(self) -> int:
        return int(self._world_ms + self.now_ms) // 1000

    def _reset(self) -> None:
        """The chip resets itself: by `machine.reset()` or because the watchdog was not fed."""
        self.resets += 1
        self.port.drop()
        self.mcu.enter_reset(from_watchdog=True)
        self.mcu.leave_reset()
        for output in (self.lamp, self.led, self.buzzer):
            output.look()

    def _run_slice(self, duration_ms: float) -> None:
        alarm = self.mcu.clock.create_alarm(self._simulator.stop)
        alarm.schedule(duration_ms * 1e6)
        self._simulator.stopped = False
        while not self._simulator.stopped:
            self._simulator._execute_batch()
        self.port.exchange(self.console)


class Wire:
    """The USB port as `Link` wants it, for a test that talks to the box itself.

    While it waits for an answer the board goes on, so its timeouts are emulated time.
    """

    timeout: float | None = None

    def __init__(self, pico: EmulatedPico) -> None:
        self._pico = pico
        pico.console.open(True)

    @property
    def in_waiting(self) -> int:
        return len(self._pico.console.sent)

    def write(self, data: bytes, /) -> int:
        self._pico.console.send(data)
        return len(data)

    def read(self, size: int = 1, /) -> bytes:
        sent = self._pico.console.sent
        self._pico.until(lambda: bool(sent), (self.timeout or 0) * 1000)
        data = bytes(sent[:size])
        del sent[:size]
        return data

    def reset_input_buffer(self) -> None:
        self._pico.console.sent.clear()

    def close(self) -> None:
        self._pico.console.open(False)
