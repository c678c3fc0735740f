"""A world with one box in it: time jumps from one deadline of the firmware to the next.

World time is milliseconds since 2000-01-01T00:00Z, and is the true time: what the box believes
is its own affair. The same code runs a day in a test, a year in `simulate`, and `virtual` live.
"""

import secrets
import traceback
from collections.abc import Callable

from dosebell import commands, pattern
from dosebell.app import App
from dosebell.board import View
from dosebell.store import CRASH, Files
from dosebell_host.sim.board import SimulatedBatteryClock, SimulatedBoard
from dosebell_host.sim.flash import MemoryFiles

DEBOUNCED_MS = 50
# How long a box in service mode waits for whoever asked for it.
SERVICE_MS = 600_000


class World:
    """One simulated box. `battery_clock` fits a DS3231 that is set and right."""

    def __init__(
        self,
        start_s: int,
        files: Files | None = None,
        battery_clock: bool = True,
        seed: str | None = None,
        survives_crashes: bool = False,
    ) -> None:
        self.now_ms = start_s * 1000
        self.files = MemoryFiles() if files is None else files
        self.pressed = False
        self.passes = 0
        # What crashed the firmware. A real board starts again; a test wants to hear of it.
        self.crashes: list[Exception] = []
        self._survives_crashes = survives_crashes
        self.board = self._board(secrets.token_hex(8) if seed is None else seed)
        rtc = SimulatedBatteryClock(lambda: self.now_ms)
        self.board.rtc, rtc.valid = rtc, battery_clock
        if not battery_clock:
            rtc.misbehave("dies")
        self.app: App | None = None
        self._stepped_ms = self.now_ms
        # While it is in service mode: until when, and how far its clock is ahead of the world.
        self._service_until_ms: int | None = None
        self._ahead_s: int | None = None

    @property
    def now_s(self) -> int:
        return self.now_ms // 1000

    def power_on(self, cause: str = "power") -> None:
        """Start the firmware. After a power cut nothing is kept but flash and battery clock."""
        self.board.cause = cause
        self.board.kept = self._kept_s() if cause != "power" else None
        self._ahead_s = None
        self.board.wants_reset = self.board.wants_service = False
        self._service_until_ms = None
        # A reset turns all outputs off, as a power cut does.
        self.board.light, self.board.sound = pattern.OFF, pattern.SILENT
        self._stepped_ms = self.now_ms
        self.board.faults, self.board.lamps = (), None
        self.app = App(self.board, self.files)
        self.app.start()
        self._settle()

    def power_off(self) -> None:
        """Cut the power: whatever was not on flash is gone."""
        if self.app is not None:
            # A real power cut closes no files; here an open one would only be complained about.
            self.app.drop_draft()
        self.app = None
        self._service_until_ms = self._ahead_s = None
        self.board.light, self.board.sound = pattern.OFF, pattern.SILENT
        self.board.lamps = None
        self.board.lamp_strip.cut_power()

    def run_until(self, at_s: int) -> None:
        """Let the time pass until `at_s`, seconds since 2000."""
        self.run_until_ms(at_s * 1000)

    def run_for(self, seconds: int) -> None:
        self.run_until_ms(self.now_ms + seconds * 1000)

    def run_until_ms(self, end_ms: int) -> None:
        """Let the time pass; the firmware is stepped at each of its deadlines."""
        while self.now_ms < end_ms:
            wait_ms = max(1, min(self.deadline_ms(), end_ms - self.now_ms))
            self.now_ms += wait_ms
            self._step()

    def hold(self, pressed: bool) -> None:
        """Push the button down, or let go of it."""
        self.pressed = pressed
        self._step()

    def press(self, held_ms: int = 200) -> None:
        """Press the button for so long, and let it settle."""
        self.hold(True)
        self.run_until_ms(self.now_ms + held_ms)
        self.hold(False)
        self.run_until_ms(self.now_ms + DEBOUNCED_MS)

    def feed(self, data: bytes) -> bytes:
        """Bytes from the wire; what the box answers to them."""
        self._step()
        self._settle()
        if self.app is None:
            return b""
        for byte in data:
            if self.app is not None and self.app.lines.feed(byte):
                self._guard(commands.receive, self.app)
                self._settle()
        replies = b"".join(self.board.sent)
        self.board.sent.clear()
        self._restart_if_asked()
        return replies

    def _settle(self) -> None:
        """Let it do what it owes, a piece a pass, which takes no time here."""
        while self.app is not None and self.app.box.owed:
            self._step()

    def deadline_ms(self) -> int:
        """How long nothing happens in this world unless something is done to it."""
        if self._service_until_ms is not None:
            return max(0, self._service_until_ms - self.now_ms)
        return 1 << 40 if self.app is None else self.app.next_deadline_ms()

    def _kept_s(self) -> int | None:
        """What the scratch registers hold: what the box took for the time, where it knew one."""
        if self._ahead_s is not None:
            return self.now_s + self._ahead_s
        if self.app is None or not self.app.box.clock.trusted:
            return None
        return self.app.box.clock.now_s

    def _step(self) -> None:
        elapsed_ms = self.now_ms - self._stepped_ms
        self._stepped_ms = self.now_ms
        if self._service_until_ms is not None and self.now_ms >= self._service_until_ms:
            self.power_on("reset")
        if self.app is None:
            return
        self.passes += 1
        # What shone in the time that has passed, before what shines from now on.
        if self.board.lamps is not None:
            self.board.lamps.play(elapsed_ms)
        self._guard(self.app.step, elapsed_ms, self.pressed)
        self._restart_if_asked()

    def _restart_if_asked(self) -> None:
        if self.board.wants_service:
            self._serve()
        elif self.board.wants_reset:
            self.power_on("reset")

    def _serve(self) -> None:
        """What boot.py does: no reminders, a light that says so, and an end."""
        kept_s = self._kept_s()
        self.power_off()
        self.board.wants_reset = self.board.wants_service = False
        self._ahead_s = None if kept_s is None else kept_s - self.now_s
        self._service_until_ms = self.now_ms + SERVICE_MS
        view = View()
        view.light = "service"
        self.board.show(view)

    def _guard(self, act: Callable[..., None], *arguments: object) -> None:
        """What main.py does: write a crash down, and start again with the clock carried over."""
        try:
            act(*arguments)
        except Exception as error:
            if not self._survives_crashes:
                raise
            self.crashes.append(error)
            with self.files.open(CRASH, "wb") as file:
                file.write("".join(traceback.format_exception(error)).encode())
            self.power_on("reset")

    def _board(self, seed: str) -> SimulatedBoard:
        return SimulatedBoard(lambda: self.now_ms, seed=seed)
