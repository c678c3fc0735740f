"""The Pico's own file on a made-up chip: pins, wire, watchdog and scratch registers."""

import builtins
import io
import itertools
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from board_modules import board_globals, importing
from domain import D3K2, Box, compiled, dose, framed, plan
from dosebell import civil
from dosebell.ds3231 import encode
from dosebell_host.box.transfer import packed
from dosebell_host.sim.flash import MemoryFiles
from usb_hosts import AT_ONCE, HANGS_UP, WRITE_MS, UsbPort
from ws2812 import LAMP_US, Ws2812Strip, pulses

PICO = Path(__file__).parents[2] / "firmware" / "dosebell" / "pico.py"
REASON, MARK, TIME, SERVICE, BOOTS = 0x40058008, 0x4005800C, 0x40058010, 0x40058014, 0x40058018
LED, BUZZER, BUTTON, STRIP = 15, 14, 13, 16
ASKED = 0x5E7


class OverError(BaseException):
    """The test has seen enough."""


class Pin:
    OUT, IN, PULL_UP, OPEN_DRAIN, IRQ_FALLING = range(5)
    levels: ClassVar[dict[object, int]] = {}

    def __init__(self, number: object, *_: object, value: int = 1) -> None:
        self.number = number
        Chip.touched.append((number, Chip.fed, self.levels.get(LED, 0)))
        self.levels.setdefault(number, value)

    def init(self, mode: int) -> None:
        assert mode == self.OUT

    def irq(self, handler: Callable[["Pin"], None], trigger: int, hard: bool) -> None:
        assert trigger == self.IRQ_FALLING and hard
        Chip.falls = lambda: handler(self)

    def value(self, level: int | None = None) -> int:
        if level is not None:
            self.levels[self.number] = int(level)
        return self.levels[self.number]


class Pwm:
    def __init__(self, _: Pin) -> None:
        self.hz, self.duty = 0, 0
        Chip.buzzer = self

    def freq(self, hz: int) -> None:
        self.hz = hz

    def duty_u16(self, duty: int) -> None:
        self.duty = duty


class NeoPixel:
    """The module of that name in stock rp2, as its documentation has it."""

    ORDER = (1, 0, 2)

    def __init__(self, pin: Pin, count: int) -> None:
        self.pin = pin
        self.pin.init(pin.OUT)
        self.buf = bytearray(3 * count)

    def __setitem__(self, place: int, colour: tuple[int, int, int]) -> None:
        for at, level in zip(self.ORDER, colour, strict=True):
            self.buf[3 * place + at] = level

    def write(self) -> None:
        bitstream(self.pin, 0, (400, 850, 800, 450), self.buf)


def bitstream(pin: Pin, form: int, timing: tuple[int, int, int, int], data: bytearray) -> None:
    """MicroPython's `machine.bitstream`, with no interrupt before its end."""
    assert form == 0
    if Chip.is_strip_failing:
        raise OSError(5)
    Chip.longest_us = max(Chip.longest_us, len(data) // 3 * LAMP_US)
    if pin.number == STRIP:
        Chip.strip.hear(pulses(timing, bytes(data)))


class Watchdog:
    def __init__(self, timeout: int) -> None:
        Chip.watchdog_ms, Chip.fed, Chip.fed_ms = timeout, 0, [Chip.ticks_ms]

    def feed(self) -> None:
        Chip.fed += 1
        Chip.fed_ms.append(Chip.ticks_ms)


class I2c:
    registers = bytearray(16)

    def __init__(self, number: int, *, scl: Pin, sda: Pin, freq: int) -> None:
        Chip.i2c = (number, int(str(sda.number)), int(str(scl.number)))

    def readfrom_mem_into(self, address: int, register: int, into: bytearray) -> None:
        self._talk(address)
        Chip.read_ms = Chip.ticks_ms
        into[:] = self.registers[register : register + len(into)]

    def writeto_mem(self, address: int, register: int, data: bytes) -> None:
        self._talk(address)
        self.registers[register : register + len(data)] = data

    def _talk(self, address: int) -> None:
        Chip.failures, fails = max(0, Chip.failures - 1), Chip.failures > 0
        if address != 0x68 or not Chip.battery_clock or fails:
            raise OSError(5)


class Chip:
    """All the hardware there is, and the script of what happens to it: one call a pass."""

    buzzer: Pwm
    watchdog_ms = 0
    # How often the watchdog was fed, and when.
    fed = 0
    fed_ms: ClassVar[list[int]] = []
    # Each pin that was taken in hand, after how many passes, and whether the light was on then.
    touched: ClassVar[list[tuple[object, int, int]]] = []
    battery_clock = True
    # So many talks on its bus fail now, and when it was last read.
    failures = 0
    read_ms = 0
    ticks_ms = 0
    mem32: dict[int, int]
    incoming: list[int]
    usb: UsbPort
    # What the host has received.
    sent: bytearray
    script: Iterator[None]
    resets = 0
    reset_cause = 1
    # The interrupt of the button's falling edge.
    falls: Callable[[], None]
    i2c: tuple[int, int, int]
    strip: Ws2812Strip
    is_strip_failing = False
    # How long interrupts were off at a time.
    longest_us = 0


class Poll:
    """Waits ten milliseconds where no byte is there; then the script has its turn."""

    def register(self, *_: object) -> None:
        pass

    def ipoll(self, wait_ms: int) -> list[int]:
        if Chip.incoming:
            return [1]
        if wait_ms:
            Chip.ticks_ms = (Chip.ticks_ms + wait_ms) % (1 << 30)
            next(Chip.script)
        return []

    def poll(self, wait_ms: int) -> list[int]:
        return [1] if Chip.usb.poll(wait_ms) else []


class Stdin:
    def readinto(self, into: bytearray) -> None:
        into[0] = Chip.incoming.pop(0)


class Stdout:
    def write(self, data: bytes) -> int:
        return Chip.usb.write(data)


def connect(host: str) -> None:
    """Put a host on the port, by the name of how it reads."""

    def pass_ms() -> None:
        Chip.ticks_ms += 1

    Chip.usb = UsbPort(host, lambda: Chip.ticks_ms, pass_ms)
    Chip.sent = Chip.usb.received


def ticks_diff(after: int, before: int) -> int:
    return ((after - before + (1 << 29)) % (1 << 30)) - (1 << 29)


def unpacked(file: io.BytesIO, form: str, bits: int) -> io.BytesIO:
    """MicroPython's `deflate.DeflateIO`, as far as the firmware uses it."""
    assert form == "raw"
    return io.BytesIO(zlib.decompress(file.read(), -bits))


def modules(files: MemoryFiles) -> dict[str, Any]:
    """What pico.py imports that this laptop has not, or has in another way."""

    def reset() -> None:
        Chip.resets += 1
        raise OverError

    return {
        "machine": SimpleNamespace(
            Pin=Pin,
            PWM=Pwm,
            WDT=Watchdog,
            I2C=I2c,
            mem32=Chip.mem32,
            reset=reset,
            reset_cause=lambda: Chip.reset_cause,
            WDT_RESET=3,
            bitstream=bitstream,
        ),
        "neopixel": SimpleNamespace(NeoPixel=NeoPixel),
        "deflate": SimpleNamespace(RAW="raw", DeflateIO=unpacked),
        "select": SimpleNamespace(poll=Poll, POLLIN=1, POLLOUT=4),
        "time": SimpleNamespace(
            ticks_ms=lambda: Chip.ticks_ms, ticks_diff=ticks_diff, sleep_ms=lambda _: None
        ),
        "sys": SimpleNamespace(
            stdin=SimpleNamespace(buffer=Stdin()),
            stdout=SimpleNamespace(buffer=Stdout()),
            implementation=SimpleNamespace(version=(1, 28, 0, ""), _machine="Pico with RP2040"),
            path=["/app/0123456789ab", ""],
        ),
        "gc": SimpleNamespace(collect=int, mem_free=lambda: 99, threshold=int),
        "dosebell.store": SimpleNamespace(Files=lambda: files),
    }


@pytest.fixture
def run() -> Callable[..., None]:
    """Runs pico.py on the chip under a script, until that ends; `imported` is told of each module
    that it imports.
    """
    Chip.mem32, Chip.incoming, Chip.reset_cause = {}, [], 1
    Chip.ticks_ms, Chip.battery_clock, Chip.failures, Chip.resets = 0, True, 0, 0
    Chip.touched.clear()
    Chip.strip, Chip.is_strip_failing, Chip.longest_us = Ws2812Strip(28), False, 0
    connect(AT_ONCE)
    for address in (REASON, MARK, TIME, SERVICE, BOOTS):
        Chip.mem32[address] = 0
    Pin.levels.clear()

    def start(
        script: Iterator[None],
        files: MemoryFiles,
        limp: bool = False,
        ticks_ms: int = 0,
        imported: Callable[[tuple[str, ...]], None] = lambda names: None,
    ) -> None:
        Chip.script, Chip.ticks_ms = script, ticks_ms
        find = importing(modules(files), builtins.__import__)

        def found(name: str, *how: Any) -> Any:
            imported(how[2] or (name,))
            return find(name, *how)

        pico = board_globals(found)
        exec(compile(PICO.read_text(encoding="utf-8"), str(PICO), "exec"), pico)
        with pytest.raises((OverError, RuntimeError, StopIteration)):
            pico["run"](limp)

    return start


def flashed(at: str, schedule: str = D3K2) -> MemoryFiles:
    """The flash of a box with a schedule, and the battery clock set to `at`."""
    box = Box.with_schedule(schedule, at=at, files=MemoryFiles())
    I2c.registers[:] = bytes(16)
    I2c.registers[:7] = encode(box.now_s)
    assert isinstance(box.files, MemoryFiles)
    return box.files


def request(method: str) -> bytes:
    return framed({"jsonrpc": "2.0", "id": 1, "method": method})


def passes(seconds: float) -> Iterator[None]:
    for _ in range(int(seconds * 100)):
        yield


def test_breakfast_comes_the_light_blinks_the_buzzer_sounds_and_a_press_ends_it(
    run: Callable[..., None],
) -> None:
    seen: list[tuple[int, bool]] = []

    def script() -> Iterator[None]:
        yield from passes(2)
        for _ in range(300):
            seen.append((Pin.levels[LED], Chip.buzzer.duty > 0))
            yield
        Pin.levels[BUTTON] = 0
        yield from passes(0.1)
        assert Chip.buzzer.duty == 0
        yield from passes(0.2)
        Pin.levels[BUTTON] = 1
        yield from passes(0.5)
        assert Pin.levels[LED] == Pin.levels["LED"] == 1
        raise OverError

    files = flashed("2026-11-23 07:29:59")
    run(script(), files)
    assert {level for level, _ in seen} == {0, 1}
    assert {sounds for _, sounds in seen} == {False, True}
    assert b" taken d3k2 2026-11-23 0 " in b"".join(files.contents.values())
    assert (Pin.levels[LED], Chip.buzzer.duty) == (0, 0), "outputs off on the way out"


def test_a_tap_that_is_over_before_the_flash_lets_anything_else_run_is_a_press(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        yield from passes(2)
        # All within one pass, as under an erase: down, up, and a quarter of a second gone.
        Chip.falls()
        Chip.ticks_ms += 250
        yield from passes(0.5)
        assert Pin.levels[LED] == 1
        raise OverError

    files = flashed("2026-11-23 07:29:59")
    run(script(), files)
    assert b" taken d3k2 2026-11-23 0 " in b"".join(files.contents.values())


def test_the_watchdog_is_fed_once_a_pass_and_not_by_a_pass_that_crashed(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        yield from passes(1)
        raise RuntimeError("a crash")

    run(script(), flashed("2026-11-23 06:00"))
    # A hundred in a second, and three of what the start owes, which wait for nothing.
    assert (Chip.watchdog_ms, Chip.fed) == (6500, 103)
    assert (Pin.levels[LED], Chip.buzzer.duty) == (0, 0)


def test_the_time_is_kept_for_a_reset_and_a_minute_of_health_forgets_boots(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        Chip.mem32[BOOTS] = 0xB0070002
        yield from passes(59)
        assert Chip.mem32[BOOTS] == 0xB0070002
        yield from passes(2)
        assert Chip.mem32[BOOTS] == 0
        raise OverError

    run(script(), flashed("2026-11-23 06:00"))
    assert Chip.mem32[TIME] == civil.day_of(2026, 11, 23) * 86400 + 5 * 3600 + 61
    kept = {key: Chip.mem32[key] for key in (MARK, TIME)}

    Chip.battery_clock = False
    told: list[str] = []

    def again() -> Iterator[None]:
        Chip.mem32.update(kept)
        Chip.incoming += framed({"jsonrpc": "2.0", "id": 1, "method": "hello"})
        yield from passes(0.2)
        told.append(Chip.sent.decode())
        raise OverError

    Chip.mem32.update(kept)
    Chip.reset_cause = 3
    run(again(), flashed("2026-11-23 06:00"))
    assert '"trust":"reset"' in told[0]


def test_a_start_that_is_no_reset_takes_no_kept_time_and_leaves_none_for_the_next(
    run: Callable[..., None],
) -> None:
    """After BOOTSEL a Pico 2 says power-on too, and may have its registers still."""

    def script() -> Iterator[None]:
        Chip.incoming += request("hello")
        yield from passes(0.2)
        raise OverError

    Chip.battery_clock = False
    Chip.mem32[MARK], Chip.mem32[TIME] = 0x0D05EBE1, civil.day_of(2026, 11, 23) * 86400
    for Chip.reset_cause, Chip.mem32[REASON] in ((1, 0), (3, 1)):
        Chip.sent.clear()
        run(script(), flashed("2026-11-23 06:00"))
        assert b'"trust":"unset"' in Chip.sent


@pytest.mark.parametrize("failures", [1, 2])
def test_a_bus_that_stutters_at_power_on_leaves_the_box_its_clock(
    run: Callable[..., None], failures: int
) -> None:
    def script() -> Iterator[None]:
        Chip.incoming += request("hello")
        yield from passes(0.2)
        raise OverError

    files = flashed("2026-11-23 06:00")
    Chip.failures = failures
    run(script(), files)
    assert b'"trust":"rtc","battery_clock":true' in Chip.sent.replace(b" ", b"")


def test_a_battery_clock_that_is_plugged_in_late_is_found_within_ten_seconds(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        yield from passes(25)
        Chip.battery_clock = True
        yield from passes(10)
        Chip.incoming += request("hello")
        yield from passes(0.2)
        raise OverError

    files = flashed("2026-11-23 06:00")
    Chip.battery_clock = False
    run(script(), files)
    assert b'"trust":"rtc","battery_clock":true' in Chip.sent.replace(b" ", b"")


class SlowFiles(MemoryFiles):
    """A flash on which each file takes its time."""

    def open(self, path: str, mode: str) -> Any:
        Chip.ticks_ms += 250
        return super().open(path, mode)


def test_the_clock_counts_what_the_start_takes(run: Callable[..., None]) -> None:
    first_ms: list[int] = []

    def script() -> Iterator[None]:
        first_ms.append(Chip.ticks_ms)
        yield from passes(0.1)
        raise OverError

    files = SlowFiles()
    files.contents = flashed("2026-11-23 06:00").contents
    run(script(), files)
    assert first_ms[0] - Chip.read_ms > 2000, "a start that could be noticed"
    # The last wait was cut off by the end of the test.
    lived_ms = Chip.ticks_ms - 10 - Chip.read_ms
    read_s = civil.day_of(2026, 11, 23) * 86400 + 5 * 3600
    assert Chip.mem32[TIME] == read_s + lived_ms // 1000


def test_the_light_comes_before_the_ear_is_loaded_and_no_later_pass_loads_anything(
    run: Callable[..., None],
) -> None:
    loaded: list[tuple[tuple[str, ...], int, int]] = []

    def imported(names: tuple[str, ...]) -> None:
        if LED in Pin.levels:
            loaded.append((names, Pin.levels[LED], Chip.fed))

    def script() -> Iterator[None]:
        yield
        assert Pin.levels["LED"] == 1
        yield from passes(1)
        raise OverError

    files = flashed("2026-11-23 06:00")
    # Breakfast comes while it is off: what is due shows at once.
    I2c.registers[:7] = encode(civil.day_of(2026, 11, 23) * 86400 + 6 * 3600 + 31 * 60)
    run(script(), files, imported=imported)
    assert loaded == [(("commands",), 1, 3)]
    # Of a Pico W, the board's own LED loads the firmware of the radio.
    assert [touch for touch in Chip.touched if touch[0] in (LED, "LED")] == [
        (LED, 0, 0),
        ("LED", 3, 1),
    ]
    assert Pin.levels["LED"] == 0, "off on the way out"


# So much of the text is escaped that the reply has 1,024 bytes, the most that a frame has.
CRASH = b'"' * 269 + b"x" * 431


@pytest.mark.parametrize("host", [AT_ONCE, "a packet a millisecond"])
def test_the_longest_reply_reaches_a_host_whole_however_it_reads(
    run: Callable[..., None], host: str
) -> None:
    def script() -> Iterator[None]:
        connect(host)
        Chip.incoming += request("device.crash")
        yield from passes(0.1)
        Chip.usb.take()
        raise OverError

    files = flashed("2026-11-23 06:00")
    files.contents["/state/crash.txt"] = CRASH
    run(script(), files)
    body, _, check = bytes(Chip.sent).rpartition(b"*")
    assert (len(Chip.sent), check) == (1024, b"%08x\n" % zlib.crc32(body))
    assert json.loads(body)["result"] == {"text": CRASH.decode()}
    assert longest_ms() <= 10 + 16


def longest_ms() -> int:
    """The longest of the passes."""
    return max(after - before for before, after in itertools.pairwise(Chip.fed_ms))


@pytest.mark.parametrize(
    ("host", "limit_ms"), [("never reads", 110), ("vanishes", 110), (HANGS_UP, 10)]
)
def test_a_host_that_stops_reading_does_not_stop_the_reminder(
    run: Callable[..., None], host: str, limit_ms: int
) -> None:
    def script() -> Iterator[None]:
        connect(host)
        for _ in range(400):
            Chip.incoming += request("status")
            yield
        raise OverError

    files = flashed("2026-11-23 07:29:58")
    run(script(), files)
    assert b" ringing d3k2 2026-11-23 0 " in b"".join(files.contents.values())
    assert longest_ms() <= limit_ms
    assert len(Chip.sent) == (3 * 64 if host == "vanishes" else 0)


def test_a_buffer_with_room_for_half_a_piece_is_waited_for_once(run: Callable[..., None]) -> None:
    """MicroPython itself waits half a second there, and nobody is told how much room there is."""

    def script() -> Iterator[None]:
        connect("never reads")
        for _ in range(100):
            Chip.incoming += request("no.such.method")
            yield
        raise OverError

    run(script(), flashed("2026-11-23 06:00"))
    waits_ms = sorted(after - before for before, after in itertools.pairwise(Chip.fed_ms))
    assert waits_ms[-2] <= 110 < waits_ms[-1] <= 10 + 100 + WRITE_MS


def test_a_flood_of_bytes_does_not_starve_the_loop(run: Callable[..., None]) -> None:
    fed: list[int] = []

    def script() -> Iterator[None]:
        Chip.incoming += b"x" * 2560
        yield
        fed.append(Chip.fed)
        raise OverError

    run(script(), flashed("2026-11-23 06:00"))
    # Ten passes of 256 bytes, each with a fed watchdog and a step of the app.
    assert fed[0] >= 10


def test_service_mode_is_asked_for_with_the_pin_of_the_light_and_counts_no_crash(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        Chip.mem32[BOOTS] = 0xB0070003
        Chip.incoming += request("device.service")
        yield from passes(0.2)

    run(script(), flashed("2026-11-23 06:00"))
    assert Chip.resets == 1
    assert Chip.mem32[SERVICE] == (LED + 1) << 16 | ASKED
    assert Chip.mem32[BOOTS] == 0
    assert b'"ok":true' in Chip.sent


def test_a_button_held_while_the_plug_goes_in_and_then_released_asks_for_service(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        Pin.levels[BUTTON] = 0
        yield from passes(3.5)
        assert Chip.mem32[SERVICE] == 0
        Pin.levels[BUTTON] = 1
        yield from passes(0.2)

    run(script(), flashed("2026-11-23 06:00"))
    assert Chip.mem32[SERVICE] & 0xFFFF == ASKED


@pytest.mark.parametrize(
    ("cause", "reason", "why"), [(1, 0, "power"), (3, 1, "watchdog"), (3, 2, "reset")]
)
def test_the_journal_tells_why_it_started(
    run: Callable[..., None], cause: int, reason: int, why: str
) -> None:
    def script() -> Iterator[None]:
        yield from passes(0.1)
        raise OverError

    files = flashed("2026-11-23 06:00")
    Chip.reset_cause, Chip.mem32[REASON] = cause, reason
    run(script(), files)
    assert f"why={why},board=pico" in b"".join(files.contents.values()).decode()


def test_the_device_tells_which_version_runs_on_what(run: Callable[..., None]) -> None:
    def script() -> Iterator[None]:
        Chip.incoming += request("device.info")
        yield from passes(0.1)
        raise OverError

    run(script(), flashed("2026-11-23 06:00"))
    info = json.loads(Chip.sent.partition(b"*")[0])["result"]
    told = [info[key] for key in ("system", "machine", "app", "fallback")]
    assert told == ["MicroPython 1.28.0", "Pico with RP2040", "0123456789ab", False]


OTHER_PINS = b'{"led": 2, "buzzer": 3, "button": 9, "sda": 6, "scl": 7, "active": true}'


def test_other_pins_and_an_active_buzzer(run: Callable[..., None]) -> None:
    seen: list[tuple[int, int]] = []

    def script() -> Iterator[None]:
        yield from passes(2)
        for _ in range(300):
            seen.append((Pin.levels[2], Pin.levels[3]))
            yield
        Pin.levels[9] = 0
        yield from passes(0.1)
        assert Pin.levels[3] == 0
        Pin.levels[9] = 1
        yield from passes(0.2)
        raise OverError

    files = flashed("2026-11-23 07:29:59")
    files.contents["/state/board.json"] = OTHER_PINS
    run(script(), files)
    assert [set(levels) for levels in zip(*seen, strict=True)] == [{0, 1}, {0, 1}]
    assert b" taken d3k2 2026-11-23 0 " in b"".join(files.contents.values())
    assert Chip.i2c == (1, 6, 7)
    assert LED not in Pin.levels


def test_a_board_file_that_cannot_be_right_is_a_fault_and_the_standard_pins_serve(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        Chip.incoming += request("status")
        yield from passes(0.1)
        raise OverError

    files = flashed("2026-11-23 06:00")
    files.contents["/state/board.json"] = b'{"led": 14}'
    run(script(), files)
    assert b'"faults":["board-file"]' in Chip.sent
    assert LED in Pin.levels


def test_without_a_battery_clock_the_box_says_that_it_does_not_know_the_time(
    run: Callable[..., None],
) -> None:
    lit: list[int] = []

    def script() -> Iterator[None]:
        yield from passes(2)
        for _ in range(200):
            lit.append(Pin.levels[LED])
            yield
        raise OverError

    files = flashed("2026-11-23 06:00")
    Chip.battery_clock = False
    run(script(), files)
    edges = sum(before != after for before, after in itertools.pairwise(lit))
    assert edges == 4, "two flashes every two seconds"


def test_a_schedule_can_be_pushed_over_the_wire_of_the_chip(run: Callable[..., None]) -> None:
    made = compiled(D3K2)

    def script() -> Iterator[None]:
        begin: dict[str, object] = {"count": len(made.lines), "hash": made.hash}
        requests: list[tuple[str, dict[str, object]]] = [("schedule.begin", begin)]
        first, *rest = made.lines
        requests.append(("schedule.line", {"n": 0, "line": first, "more": packed(rest)}))
        requests.append(("schedule.commit", {"hash": made.hash}))
        for method, params in requests:
            Chip.incoming += framed(
                {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
            )
            yield from passes(0.1)
        raise OverError

    I2c.registers[:] = bytes(16)
    I2c.registers[:7] = encode(civil.day_of(2026, 11, 23) * 86400)
    run(script(), MemoryFiles())
    assert f'"revision":"{made.revision}"'.encode() in Chip.sent


@pytest.mark.parametrize("before_wrap_ms", [1, 500, 1000, 5000])
def test_the_tick_counter_wraps_after_twelve_days_and_breakfast_comes_on_time(
    run: Callable[..., None], before_wrap_ms: int
) -> None:
    lit: list[int] = []

    def script() -> Iterator[None]:
        for _ in range(600):
            lit.append(Pin.levels[LED])
            yield
        raise OverError

    run(script(), flashed("2026-11-23 07:29:58"), ticks_ms=(1 << 30) - before_wrap_ms)
    # Two seconds to go, a hundred passes each.
    assert lit.index(1) == pytest.approx(200, abs=2)


def test_after_crash_upon_crash_it_still_rings_and_can_be_mended(run: Callable[..., None]) -> None:
    replies: list[bytes] = []

    def script() -> Iterator[None]:
        for method in ("hello", "status", "dose.take", "journal.read", "schedule.read"):
            Chip.incoming += framed(
                {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"n": 0}}
            )
            yield from passes(0.1)
            replies.append(bytes(Chip.sent))
            Chip.sent.clear()
        yield from passes(3)
        raise OverError

    files = flashed("2026-11-23 07:29:58")
    run(script(), files, limp=True)
    assert ['"reason":"limp"' in reply.decode() for reply in replies] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert b" ringing d3k2 2026-11-23 0 " in b"".join(files.contents.values())


def test_limp_mode_has_a_signal_of_its_own_while_nothing_rings(run: Callable[..., None]) -> None:
    lit: list[int] = []

    def script() -> Iterator[None]:
        yield from passes(2)
        for _ in range(400):
            lit.append(Pin.levels[LED])
            yield
        raise OverError

    run(script(), flashed("2026-11-23 06:00"), limp=True)
    edges = sum(before != after for before, after in itertools.pairwise(lit))
    assert edges == 6, "three flashes every four seconds"


# Lamps, as a strip hears them.

IN_PLACE_3 = plan(dose("iron", 'at = ["07:30"]', "place = 3"))


def with_lamps(at: str, count: int = 7) -> MemoryFiles:
    """The flash of a box with so many lamps, and one dose in the third compartment."""
    files = flashed(at, IN_PLACE_3)
    lamps = {"pin": STRIP, "count": count, "brightness": 32}
    files.contents["/state/parts.json"] = json.dumps({"lamps": lamps}).encode()
    return files


def test_the_strip_shines_at_the_place_of_what_is_due_and_goes_dark_with_the_press(
    run: Callable[..., None],
) -> None:
    seen: list[tuple[int, frozenset[int]]] = []

    def script() -> Iterator[None]:
        yield from passes(0.9)
        for _ in range(300):
            seen.append((Pin.levels[LED], frozenset(Chip.strip.shining)))
            yield
        assert Chip.strip.shown[2] in ((32, 32, 32), (0, 0, 0))
        Pin.levels[BUTTON] = 0
        yield from passes(0.1)
        Pin.levels[BUTTON] = 1
        yield from passes(0.5)
        assert (Pin.levels[LED], Chip.strip.shining) == (1, set())
        raise OverError

    files = with_lamps("2026-11-23 07:29:59")
    run(script(), files)
    assert set(seen) == {(0, frozenset()), (1, frozenset({3}))}, "as the light does"
    assert b" taken iron 2026-11-23 0 " in b"".join(files.contents.values())


def test_colours_arrive_as_they_were_meant_green_first_on_the_wire(
    run: Callable[..., None],
) -> None:
    def script() -> Iterator[None]:
        yield from passes(2)
        Pin.levels[BUTTON] = 0
        yield from passes(2.2)
        Pin.levels[BUTTON] = 1
        yield from passes(0.06)
        assert Chip.strip.shown[:7] == [(0, 0, 0)] * 2 + [(0, 0, 32)] + [(0, 0, 0)] * 4
        raise OverError

    run(script(), with_lamps("2026-11-23 07:29:59"))


def test_28_lamps_hold_back_a_button_for_less_than_a_millisecond_and_idle_ones_never(
    run: Callable[..., None],
) -> None:
    heard: list[int] = []

    def script() -> Iterator[None]:
        heard.append(Chip.strip.heard)
        yield from passes(30)
        heard.append(Chip.strip.heard)
        yield from passes(2)
        raise OverError

    run(script(), with_lamps("2026-11-23 07:29:28", count=28))
    assert heard == [1, 1], "dark at first, and nothing to tell since"
    assert Chip.longest_us == 840


@pytest.mark.parametrize("how", ["fails", "is not plugged in"])
def test_a_strip_that_cannot_be_written_or_is_not_there_silences_nothing(
    run: Callable[..., None], how: str
) -> None:
    def script() -> Iterator[None]:
        yield from passes(1.5)
        assert Chip.buzzer.duty > 0 or Chip.buzzer.hz
        Pin.levels[BUTTON] = 0
        yield from passes(0.1)
        Pin.levels[BUTTON] = 1
        yield from passes(0.5)
        Chip.incoming += request("status")
        yield from passes(0.1)
        raise OverError

    Chip.is_strip_failing, Chip.strip.is_deaf = how == "fails", how != "fails"
    files = with_lamps("2026-11-23 07:29:59")
    run(script(), files)
    assert b" taken iron 2026-11-23 0 " in b"".join(files.contents.values())
    # A wire that nobody hears tells nobody: `dosebell parts --test` asks a person.
    assert (b'"faults":["lamps"]' in Chip.sent) == (how == "fails")


@pytest.mark.parametrize("ends", ["crash", "reset"])
def test_no_lamp_shines_on_when_the_program_ends(run: Callable[..., None], ends: str) -> None:
    def script() -> Iterator[None]:
        yield from passes(1.2)
        assert Chip.strip.shining == {3}
        if ends == "crash":
            raise RuntimeError("a crash")
        Chip.incoming += request("device.reset")
        yield from passes(1)

    run(script(), with_lamps("2026-11-23 07:29:59"))
    assert Chip.strip.shining == set()


def test_after_crash_upon_crash_the_lamps_stay_dark_and_it_rings(run: Callable[..., None]) -> None:
    def script() -> Iterator[None]:
        yield from passes(2)
        assert Chip.strip.heard == 0
        Pin.levels[BUTTON] = 0
        yield from passes(0.1)
        Pin.levels[BUTTON] = 1
        yield from passes(0.5)
        raise OverError

    files = with_lamps("2026-11-23 07:29:59")
    run(script(), files, limp=True)
    assert b" taken iron 2026-11-23 0 " in b"".join(files.contents.values())


def test_a_pulse_that_is_no_bit_is_seen() -> None:
    with pytest.raises(ValueError, match="no bit"):
        Ws2812Strip(1).hear(pulses((800, 1700, 1600, 900), b"\0\0\0"))
