"""Something fails between any two lines of the firmware: memory, a Ctrl-C, or the power.

The same morning is lived again and again, each time with the fault at another line. Afterwards
every dose has one end, nothing taken is asked for again, and the reminder has come back.
"""

import random
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import dosebell
from domain import Box, Entry, RefusedError, dose, entry_of, journal_lines, plan
from dosebell import civil
from tally import trying

DEVICE = str(Path(dosebell.__file__).parent)
ZONE = "Europe/Berlin"
# A second schedule comes at eight: one dose moves, one is new.
BEFORE = plan(dose("d3k2", 'with = ["breakfast", "lunch"]'), dose("iron", 'at = ["07:30"]'))
AFTER = plan(
    dose("d3k2", 'with = ["breakfast", "lunch"]'),
    dose("iron", 'at = ["09:00"]'),
    dose("drops", 'at = ["10:00"]'),
)
SAMPLES = 120
SEED = 20261122


class PowerCutError(BaseException):
    """The power goes: nothing of the firmware runs on."""


class Fault:
    """Raises `error` at the line after `left` more lines of the device package."""

    def __init__(self, error: type[BaseException], left: int, box: Box) -> None:
        self.error = error
        self.left = left
        self.box = box
        self.done = False
        # What was on flash at that instant, for a power cut.
        self.contents: dict[str, bytes] = {}

    def trace(self, frame: FrameType, event: str, _: Any) -> Any:
        if not frame.f_code.co_filename.startswith(DEVICE):
            return None
        if event == "line" and not self.done:
            self.left -= 1
            if self.left < 0:
                self.done = True
                self.contents = dict(self.box.files.contents)  # type: ignore[attr-defined]
                raise self.error
        return self.trace


class Morning:
    """Breakfast is answered, a schedule is pushed, another dose is answered, one is forgotten."""

    def __init__(self, battery_clock: bool = True) -> None:
        self.box = Box.with_schedule(BEFORE, at="2026-11-23 07:29", battery_clock=battery_clock)
        self.battery_clock = battery_clock
        self.box.world._survives_crashes = True
        self.fault: Fault | None = None
        self.told_taken: list[str] = []

    def live(self) -> None:
        for step in (
            lambda: self.box.until("07:31"),
            self.press,
            lambda: self.box.until("08:00"),
            self.push,
            lambda: self.box.until("09:01"),
            self.press,
            lambda: self.box.until("10:31"),
        ):
            self.survive(step)
        self.box.until("2026-11-24 06:00")

    def survive(self, act: Callable[[], object]) -> None:
        """Do it under the fault; whatever falls out of the firmware ends in a new start."""
        fallen: type[BaseException] | None = None
        sys.settrace(self.fault.trace if self.fault and not self.fault.done else None)
        try:
            act()
        except (PowerCutError, KeyboardInterrupt, MemoryError) as error:
            fallen = type(error)
        finally:
            sys.settrace(None)
        # By now a file that was left open is closed, and writes nothing to the box that starts.
        if fallen is PowerCutError:
            assert self.fault is not None
            self.box.files.contents = self.fault.contents  # type: ignore[attr-defined]
            self.restart("power")
        elif fallen:
            # The REPL waits, nobody feeds the watchdog, and it starts the box again.
            self.restart("reset")

    def restart(self, cause: str) -> None:
        world = self.box.world
        world.pressed = False
        world.now_ms += 8000
        world._stepped_ms = world.now_ms
        # Whoever waited for a reply that went out last has given up.
        world.board.sent.clear()
        world.power_on(cause)
        if not self.battery_clock:
            # Somebody sees the double flash, and connects the laptop.
            world.run_for(60)
            self.box.request("clock.set", utc=world.now_s + civil.UNIX_2000)

    def press(self) -> None:
        if self.box.press() in ("taken", "taken-low"):
            self.told_taken.append(self.box.now)

    def push(self) -> None:
        """A host whose push breaks off begins it anew."""
        for _ in range(3):
            try:
                self.box.push(AFTER)
            except (RefusedError, ValueError, AssertionError):
                self.box.wait(10)
            else:
                return

    def entries(self) -> list[Entry]:
        return [entry_of(line, ZONE) for line in journal_lines(self.box.files)]

    def problems(self) -> list[str]:
        """What is wrong with the morning, judged by its records."""
        wrong: list[str] = []
        taken: dict[tuple[str, str, str], int] = {}
        last: dict[tuple[str, str, str], str] = {}
        for entry in self.entries():
            if entry.kind == "snapshot" or entry.date == "-":
                continue
            if entry.kind == "ringing" and taken.get(entry.occurrence):
                wrong.append(f"{entry.occurrence} rang again after it was taken")
            if entry.kind == "taken":
                taken[entry.occurrence] = taken.get(entry.occurrence, 0) + 1
            last[entry.occurrence] = entry.kind
        wrong += [f"{place} was taken {n} times" for place, n in taken.items() if n > 1]
        ends = {"taken", "missed", "unknown", "cancelled", "skipped"}
        wrong += [f"{place} was left {kind}" for place, kind in last.items() if kind not in ends]
        if self.told_taken and not taken:
            wrong.append("it said taken and noted nothing")
        if ("d3k2", "2026-11-23", "0") not in last:
            wrong.append("breakfast is in no record")
        return wrong


def lines_of_a_morning() -> int:
    morning = Morning()
    morning.fault = Fault(PowerCutError, 1 << 40, morning.box)
    morning.live()
    return (1 << 40) - morning.fault.left


def lived_with(error: type[BaseException], line: int, battery_clock: bool = True) -> list[str]:
    morning = Morning(battery_clock)
    morning.fault = Fault(error, line, morning.box)
    morning.live()
    return morning.problems()


FAULTS = [MemoryError, KeyboardInterrupt, PowerCutError]


@pytest.mark.parametrize("battery_clock", [True, False], ids=["battery", "no battery"])
@pytest.mark.parametrize("error", FAULTS, ids=lambda error: error.__name__)
def test_a_fault_at_any_line_of_a_morning_doubles_nothing(
    error: type[BaseException], battery_clock: bool
) -> None:
    for line in random.Random(SEED).sample(range(lines_of_a_morning()), SAMPLES):
        with trying(f"{error.__name__} at a line", f"seed {SEED}, line {line}"):
            assert lived_with(error, line, battery_clock) == []


@pytest.mark.soak
@pytest.mark.parametrize("error", FAULTS, ids=lambda error: error.__name__)
def test_a_fault_at_every_line_of_a_morning_doubles_nothing(error: type[BaseException]) -> None:
    for line in range(lines_of_a_morning()):
        with trying(f"{error.__name__} at a line", f"line {line}"):
            assert lived_with(error, line) == []
