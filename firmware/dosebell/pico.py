"""The Pico itself: the only file of the package that imports `machine`.

It moves values between the pins and the app and decides nothing. Wiring: LED GP15 and the LED on
the board, passive buzzer GP14, button GP13 to ground, DS3231 on GP4 (SDA) and GP5 (SCL).
"""

import gc
import os
import select
import sys
import time

import machine

from dosebell import pattern
from dosebell.app import App, View
from dosebell.board import BatteryClock, Board
from dosebell.ds3231 import ADDRESS, DS3231, free_bus
from dosebell.store import Files

LED_PIN = 15
BUZZER_PIN = 14
BUTTON_PIN = 13
SDA_PIN = 4
SCL_PIN = 5
_I2C_HZ = 100000

# How long a pass waits for a byte; the button is sampled as often.
_POLL_MS = 10
# The most bytes that one pass takes from the wire, so that a flood delays no reminder.
_BYTES_PER_PASS = 256
_WATCHDOG_MS = 8000
_HALF_DUTY = 32768
# Elapsed times of patterns are kept below this, so that they stay small integers.
_PATTERN_WRAP_MS = 1 << 24

# RP2040 watchdog scratch registers survive a reset, not a power cut: 0 holds a mark, 1 the time.
_SCRATCH_MARK = 0x4005800C
_SCRATCH_TIME = 0x40058010
_SCRATCH_FLAG = 0x40058014
# The boots that main.py counts; a minute of health sets them back.
_SCRATCH_BOOTS = 0x40058018
_HEALTHY_S = 60
_MARK = 0x0D05EBE1
_SERVICE = 0x5E7
_SERVICE_MS = 600000


class Pico(Board):
    """The outputs and the wire of a Raspberry Pi Pico or Pico W."""

    name = "pico"

    def __init__(self) -> None:
        self.wants_reset = False
        self._lamp = machine.Pin(LED_PIN, machine.Pin.OUT, value=0)
        self._led = machine.Pin("LED", machine.Pin.OUT, value=0)
        self._buzzer = machine.PWM(machine.Pin(BUZZER_PIN))
        self._button = machine.Pin(BUTTON_PIN, machine.Pin.IN, machine.Pin.PULL_UP)
        self.rtc = _battery_clock()
        self._light = pattern.OFF
        self._sound = pattern.SILENT
        self._light_ms = 0
        self._sound_ms = 0
        self._lit = False
        self._hz = 0
        self.quiet()

    def show(self, view: View) -> None:
        if view.light != self._light:
            self._light, self._light_ms = view.light, 0
        if view.sound != self._sound:
            self._sound, self._sound_ms = view.sound, 0
        self.play(0)

    def play(self, elapsed_ms: int) -> None:
        """Put light and buzzer where their patterns are now; writes changes only."""
        self._light_ms = (self._light_ms + elapsed_ms) % _PATTERN_WRAP_MS
        self._sound_ms = (self._sound_ms + elapsed_ms) % _PATTERN_WRAP_MS
        lit = pattern.lit(self._light, self._light_ms)
        if lit != self._lit:
            self._lit = lit
            self._lamp.value(lit)
            self._led.value(lit)
        hz = pattern.tone_hz(self._sound, self._sound_ms)
        if hz != self._hz:
            self._hz = hz
            if hz:
                self._buzzer.freq(hz)
            self._buzzer.duty_u16(_HALF_DUTY if hz else 0)

    def quiet(self) -> None:
        """All outputs off."""
        self._buzzer.duty_u16(0)
        self._lamp.value(0)
        self._led.value(0)

    def pressed(self) -> bool:
        return self._button.value() == 0

    def send(self, line: bytes) -> None:
        """Write what fits while the host reads; a host that stopped reading gets no more."""
        writable = select.poll()
        writable.register(sys.stdout, select.POLLOUT)
        rest = memoryview(line)
        while rest and writable.poll(0):
            written = sys.stdout.buffer.write(rest[:64])
            if not written:
                return
            rest = rest[written:]

    def keep(self, utc_s: int) -> None:
        """Put the time where a watchdog reset leaves it."""
        machine.mem32[_SCRATCH_TIME] = utc_s
        machine.mem32[_SCRATCH_MARK] = _MARK

    def kept_s(self) -> int | None:
        if machine.mem32[_SCRATCH_MARK] & 0xFFFFFFFF != _MARK:
            return None
        return int(machine.mem32[_SCRATCH_TIME] & 0xFFFFFFFF)

    def reset_cause(self) -> str:
        return "reset" if machine.reset_cause() == machine.WDT_RESET else "power"

    def entropy(self, count: int) -> bytes:
        return os.urandom(count)

    def heap_free(self) -> int:
        gc.collect()
        return gc.mem_free()

    def reset(self) -> None:
        self.wants_reset = True

    def service(self) -> None:
        machine.mem32[_SCRATCH_FLAG] = _SERVICE
        self.wants_reset = True


def _battery_clock() -> BatteryClock | None:
    """The DS3231, where one answers."""
    scl = machine.Pin(SCL_PIN, machine.Pin.OPEN_DRAIN, value=1)
    sda = machine.Pin(SDA_PIN, machine.Pin.IN, machine.Pin.PULL_UP)
    free_bus(scl, sda)
    bus = machine.I2C(0, scl=scl, sda=sda, freq=_I2C_HZ)
    return DS3231(bus) if ADDRESS in bus.scan() else None


def in_service() -> bool:
    """Whether the host asked for a start without reminders; asking once counts once."""
    asked = machine.mem32[_SCRATCH_FLAG] & 0xFFFFFFFF == _SERVICE
    machine.mem32[_SCRATCH_FLAG] = 0
    return asked


def serve() -> None:
    """Service mode: leave the REPL free, and start again by a timer even if the host vanishes."""
    machine.Pin("LED", machine.Pin.OUT, value=1)
    machine.Timer(
        -1, period=_SERVICE_MS, mode=machine.Timer.ONE_SHOT, callback=lambda timer: machine.reset()
    )


def run(limp: bool) -> None:
    """The loop: sleep on the wire, sample the button, let the app step, play the patterns.

    `limp` says that this version crashed again and again: reminders only.
    """
    if in_service():
        serve()
        return
    # Before anything can hang: a start takes a second or two.
    watchdog = machine.WDT(timeout=_WATCHDOG_MS)
    board = Pico()
    try:
        app = App(board, Files(), limp)
        app.start()
        _loop(board, app, watchdog)
    finally:
        board.quiet()


def _loop(board: Pico, app: App, watchdog: machine.WDT) -> None:
    poller = select.poll()
    poller.register(sys.stdin, select.POLLIN)
    byte = bytearray(1)
    last_ms = time.ticks_ms()
    while True:
        _read(poller, app, byte)
        now_ms = time.ticks_ms()
        elapsed_ms = time.ticks_diff(now_ms, last_ms)
        last_ms = now_ms
        app.step(elapsed_ms, board.pressed())
        board.play(elapsed_ms)
        if board.wants_reset:
            machine.reset()
        if app.box.clock.trusted:
            board.keep(app.box.clock.now_s)
        if app.box.clock.uptime_s >= _HEALTHY_S:
            machine.mem32[_SCRATCH_BOOTS] = 0
        # Fed in this one place, after every part of the pass has run.
        watchdog.feed()


def _read(poller: select.poll, app: App, byte: bytearray) -> None:
    """Wait for a byte at most `_POLL_MS`, then take what is there, one byte at a time.

    A read of more than one byte blocks until all have come, so half a line from a host that
    crashed would silence every reminder.
    """
    wait_ms = _POLL_MS
    for _ in range(_BYTES_PER_PASS):
        ready = False
        for _found in poller.ipoll(wait_ms):
            ready = True
        if not ready:
            return
        sys.stdin.buffer.readinto(byte)
        app.feed(byte[0])
        wait_ms = 0
