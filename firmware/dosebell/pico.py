"""The Pico itself: the only file of the package that imports `machine`.

It moves values between the pins and the app and decides nothing. The pins are those of
`wiring.py`; the LED on the board shows what the wired one does.
"""

import gc
import io
import os
import select
import sys
import time

import deflate
import machine

from dosebell import TYPE_CHECKING, const, pattern, wiring
from dosebell.app import App
from dosebell.board import INFLATE_BITS, View
from dosebell.ds3231 import DS3231, free_bus
from dosebell.store import Files

if TYPE_CHECKING:
    from dosebell.active_buzzer import Active
    from dosebell.hardware import LampRow, Strip
    from dosebell.typed import Callable

_I2C_HZ = const(100000)

# How long a pass waits for a byte; the button is sampled as often.
_POLL_MS = const(10)
# The most bytes that one pass takes from the wire, so that a flood delays no reminder.
_BYTES_PER_PASS = const(256)
# The most that one write is asked to take: what the USB port has room for at a time.
_PIECE_BYTES = const(64)
# How often one reply waits a millisecond for a host that reads slowly, or writes a piece.
_REPLY_TURNS = const(100)
_WATCHDOG_MS = const(6500)
_HALF_DUTY = const(32768)
# A last reply leaves through the USB port in less.
_FAREWELL_MS = const(100)
# Elapsed times of patterns are kept below this, so that they stay small integers.
_PATTERN_WRAP_MS = const(1 << 24)

# Registers of the watchdog. Its scratch registers survive a reset, not a power cut: 0 holds a
# mark, 1 the time, 2 the wish for service mode and 3 the boots, both as main.py reads them.
_IS_RP2350 = "RP2350" in getattr(sys.implementation, "_machine", "")
_WATCHDOG = 0x400D8000 if _IS_RP2350 else 0x40058000
_REASON = _WATCHDOG + 0x08
_SCRATCH_MARK = _WATCHDOG + 0x0C
_SCRATCH_TIME = _WATCHDOG + 0x10
_SCRATCH_SERVICE = _WATCHDOG + 0x14
_SCRATCH_BOOTS = _WATCHDOG + 0x18
_REASON_TIMER = const(1)
_MARK = 0x0D05EBE1
_ASKED = const(0x5E7)
# A minute of health sets the count of boots back.
_HEALTHY_S = const(60)


class Pico:
    """The outputs and the wire of a Raspberry Pi Pico, with or without W or 2."""

    name = "pico"
    faults: tuple[str, ...] = ()
    lamps: "LampRow | None" = None

    def __init__(self, wires: wiring.Wiring) -> None:
        self.wants_reset = False
        self._wires = wires
        self._lamp = machine.Pin(wires.led, machine.Pin.OUT, value=0)
        # The one on the board comes after the first pass.
        self.led = self._lamp
        self._buzzer = _buzzer(wires)
        self._button = machine.Pin(wires.button, machine.Pin.IN, machine.Pin.PULL_UP)
        self._fell = False
        # The only interrupt: it notes a tap that is over before the flash lets anything else run.
        falling = machine.Pin.IRQ_FALLING
        self._button.irq(handler=self._note_fall, trigger=falling, hard=True)
        self.rtc = DS3231(self._bus)
        self._light = pattern.OFF
        self._sound = pattern.SILENT
        self._light_ms = 0
        self._sound_ms = 0
        self.lit = False
        self._hz = 0
        self._kept_s = 0

    def show(self, view: View) -> None:
        if view.light != self._light:
            self._light, self._light_ms = view.light, 0
        if view.sound != self._sound:
            self._sound, self._sound_ms = view.sound, 0
        self.play(0)
        if self.lamps is not None:
            self.lamps.show(view)

    def play(self, elapsed_ms: int) -> None:
        """Put light and buzzer where their patterns are now; writes changes only."""
        self._light_ms = (self._light_ms + elapsed_ms) % _PATTERN_WRAP_MS
        self._sound_ms = (self._sound_ms + elapsed_ms) % _PATTERN_WRAP_MS
        lit = pattern.lit(self._light, self._light_ms)
        if lit != self.lit:
            self.lit = lit
            self._lamp.value(lit)
            self.led.value(lit)
        hz = pattern.tone_hz(self._sound, self._sound_ms)
        if hz != self._hz:
            self._hz = hz
            self._buzzer.sound(hz)
        if self.lamps is not None:
            self.lamps.play(elapsed_ms)

    def strip(self, pin: int, count: int) -> "Strip":
        from neopixel import NeoPixel

        return NeoPixel(machine.Pin(pin), count)

    def quiet(self) -> None:
        """All outputs off."""
        self._buzzer.sound(0)
        self._lamp.value(0)
        self.led.value(0)
        if self.lamps is not None:
            self.lamps.off()

    def pressed(self) -> bool:
        return self._button.value() == 0

    def fell(self) -> bool:
        """Whether the button went down since this was asked before."""
        fell, self._fell = self._fell, False
        return fell

    def _note_fall(self, _: machine.Pin) -> None:
        self._fell = True

    def send(self, line: bytes) -> None:
        """Write while the host reads, however slowly; one that stopped reading gets no more."""
        writable = select.poll()
        writable.register(sys.stdout, select.POLLOUT)
        rest = memoryview(line)
        for _ in range(_REPLY_TURNS):
            if rest and writable.poll(1):
                rest = rest[sys.stdout.buffer.write(rest[:_PIECE_BYTES]) :]

    def keep(self, utc_s: int) -> None:
        """Put the time where a watchdog reset leaves it."""
        if utc_s != self._kept_s:
            self._kept_s = utc_s
            machine.mem32[_SCRATCH_TIME] = utc_s
            machine.mem32[_SCRATCH_MARK] = _MARK

    def kept_s(self) -> int | None:
        # A Pico 2 may hold its registers where the time went on unseen, as in BOOTSEL.
        if self.reset_cause() == "power":
            machine.mem32[_SCRATCH_MARK] = 0
        if machine.mem32[_SCRATCH_MARK] & 0xFFFFFFFF != _MARK:
            return None
        return int(machine.mem32[_SCRATCH_TIME] & 0xFFFFFFFF)

    def reset_cause(self) -> str:
        if machine.reset_cause() != machine.WDT_RESET:
            return "power"
        return "watchdog" if machine.mem32[_REASON] & _REASON_TIMER else "reset"

    def entropy(self, count: int) -> bytes:
        return os.urandom(count)

    def inflate(self, data: bytes) -> deflate.DeflateIO:
        return deflate.DeflateIO(io.BytesIO(data), deflate.RAW, INFLATE_BITS)

    def system(self) -> str:
        release = ".".join([str(part) for part in sys.implementation.version[:3]])
        return "MicroPython " + release

    def hardware(self) -> str:
        return getattr(sys.implementation, "_machine", "")

    def app(self) -> tuple[str, bool]:
        """main.py puts what it picked first on the path."""
        version = sys.path[0].rpartition("/")[2]
        try:
            with open("/app/current") as file:
                return version, file.read().strip() != version
        except OSError:
            return version, False

    def heap_free(self) -> int:
        gc.collect()
        return gc.mem_free()

    def reset(self) -> None:
        self.wants_reset = True

    def service(self) -> None:
        """Wish for service mode, as boot.py and main.py read it, with the light to show it on."""
        machine.mem32[_SCRATCH_SERVICE] = _ASKED | (self._wires.led + 1) << 16
        self.wants_reset = True

    def _bus(self) -> machine.I2C:
        """The battery clock's bus, freed of what a reset or a late plug left on it."""
        wires, pin = self._wires, machine.Pin
        scl = pin(wires.scl, pin.OPEN_DRAIN, pin.PULL_UP, value=1)
        sda = pin(wires.sda, pin.OPEN_DRAIN, pin.PULL_UP, value=1)
        free_bus(scl, sda)
        return machine.I2C(wires.i2c, scl=scl, sda=sda, freq=_I2C_HZ)


class Passive:
    """A buzzer that sounds as it is driven: any tone."""

    def __init__(self, pin: int) -> None:
        self._pwm = machine.PWM(machine.Pin(pin))
        self.sound(0)

    def sound(self, hz: int) -> None:
        if hz:
            self._pwm.freq(hz)
        self._pwm.duty_u16(_HALF_DUTY if hz else 0)


def run(limp: bool) -> None:
    """The loop: sleep on the wire, sample the button, let the app step, play the patterns.

    `limp` says that this version crashed again and again: reminders only. main.py, which calls
    this, is older or newer than this file, so the two agree on no more than that.
    """
    watchdog = machine.WDT(timeout=_WATCHDOG_MS)
    # MicroPython by itself collects when the heap is full. What stays would then lie about in all
    # of it, one piece a kilobyte, with no room left to open a file.
    gc.collect()
    gc.threshold(gc.mem_free() // 2)
    files = Files()
    wires, is_unusable = wiring.read(files)
    board = Pico(wires)
    board.faults = ("board-file",) if is_unusable else ()
    try:
        app = App(board, files, limp)
        began_ms = time.ticks_ms()
        app.start()
        # The clock was read first of all in there, and has stood still since.
        app.box.clock.advance(time.ticks_diff(time.ticks_ms(), began_ms))
        _loop(board, app, watchdog)
    finally:
        board.quiet()


def _loop(board: Pico, app: App, watchdog: machine.WDT) -> None:
    poller = select.poll()
    poller.register(sys.stdin, select.POLLIN)
    byte = bytearray(1)
    last_ms = time.ticks_ms()
    is_listening = False
    while True:
        _read(poller, app, byte)
        now_ms = time.ticks_ms()
        elapsed_ms = time.ticks_diff(now_ms, last_ms)
        last_ms = now_ms
        app.step(elapsed_ms, board.pressed(), board.fell())
        board.play(elapsed_ms)
        if app.box.clock.trusted:
            board.keep(app.box.clock.now_s)
        if app.box.clock.uptime_s >= _HEALTHY_S or board.wants_reset:
            machine.mem32[_SCRATCH_BOOTS] = 0
        if board.wants_reset:
            # Lamps would shine on through a reset.
            board.quiet()
            time.sleep_ms(_FAREWELL_MS)
            machine.reset()
        # Fed in this one place, after every part of the pass has run.
        watchdog.feed()
        if not is_listening and not app.box.owed:
            _receiver()
            # On a Pico W the first touch loads the firmware of the radio.
            board.led = machine.Pin("LED", machine.Pin.OUT, value=board.lit)
            is_listening = True


def _buzzer(wires: wiring.Wiring) -> "Passive | Active":
    if not wires.active:
        return Passive(wires.buzzer)
    from dosebell.active_buzzer import Active

    return Active(machine.Pin(wires.buzzer, machine.Pin.OUT, value=0))


def _receiver() -> "Callable[[App], None]":
    """What replies to a line; its code is loaded at the first call.

    That takes a fifth of a start, so it comes after the first pass: what is due shows without it.
    It comes no later either, because after months the heap might have no room for code.
    """
    from dosebell import commands

    return commands.receive


def _read(poller: select.poll, app: App, byte: bytearray) -> None:
    """Wait for a byte at most `_POLL_MS`, then take what is there, one byte at a time; none while
    the last request has anything left to do.

    A read of more than one byte blocks until all have come, so half a line from a host that
    crashed would silence every reminder.
    """
    if app.box.owed:
        return
    wait_ms, lines = _POLL_MS, app.lines
    stdin = sys.stdin.buffer
    for _ in range(_BYTES_PER_PASS):
        for _found in poller.ipoll(wait_ms):
            break
        else:
            return
        stdin.readinto(byte)
        if lines.feed(byte[0]):
            # One request a pass: between two of them the button is looked at.
            _receiver()(app)
            return
        wait_ms = 0
