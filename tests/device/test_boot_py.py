"""Service mode on the board: a light that says so, and an end that no soft reset takes away."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from board_modules import board_globals, importing

BOOT = Path(__file__).parents[2] / "firmware" / "boot.py"
SERVICE, TIME = 0x40058014, 0x40058010
ASKED, SERVING = 0x5E7, 0x5E8
LED = 15


class ResetError(BaseException):
    """`machine.reset()`: nothing after it runs."""


class Chip:
    """Registers, pins and the one timer; `soft_reset` is what a tool on the laptop does."""

    def __init__(self) -> None:
        self.mem32 = {SERVICE: 0, TIME: 1000}
        self.pins: dict[object, int] = {}
        self.timer: tuple[int, Callable[[object], None]] | None = None

    def soft_reset(self) -> None:
        self.timer = None
        machine = SimpleNamespace(
            mem32=self.mem32, Pin=self._pin(), Timer=self._start_timer, reset=self._reset
        )
        modules = {"machine": machine, "sys": SimpleNamespace(implementation=SimpleNamespace())}
        exec(compile(BOOT.read_text(), "boot.py", "exec"), board_globals(importing(modules)))

    def wait(self, seconds: float) -> str:
        """ "reset" where the board starts itself again within that time."""
        try:
            for _ in range(int(seconds * 1000) // (self.timer[0] if self.timer else 1)):
                if self.timer:
                    self.timer[1](None)
        except ResetError:
            return "reset"
        return ""

    def _start_timer(self, ident: int, *, period: int, callback: Callable[[object], None]) -> None:
        assert ident == -1
        self.timer = (period, callback)

    def _pin(self) -> Any:
        def drive(number: object, mode: int, value: int) -> None:
            self.pins[number] = value

        drive.OUT = 1  # type: ignore[attr-defined]
        return drive

    def _reset(self) -> None:
        raise ResetError


@pytest.fixture
def chip() -> Chip:
    return Chip()


def test_a_normal_start_has_no_timer(chip: Chip) -> None:
    chip.soft_reset()
    assert chip.timer is None


@pytest.mark.parametrize("state", [ASKED, SERVING])
def test_service_mode_ends_after_ten_minutes(chip: Chip, state: int) -> None:
    chip.mem32[SERVICE] = state
    chip.soft_reset()
    assert [chip.wait(597.5), chip.wait(2.5)] == ["", "reset"]
    assert chip.mem32[SERVICE] == 0


def test_a_tool_that_resets_the_board_softly_again_and_again_gains_no_time(chip: Chip) -> None:
    chip.mem32[SERVICE] = SERVING
    for _ in range(23):
        chip.soft_reset()
        assert chip.wait(25) == ""
    chip.soft_reset()
    assert chip.wait(25) == "reset"


def test_the_light_is_on_and_off_for_two_and_a_half_seconds_on_the_pin_asked_for(
    chip: Chip,
) -> None:
    chip.mem32[SERVICE] = (LED + 1) << 16 | SERVING
    chip.soft_reset()
    seen = []
    for _ in range(4):
        chip.wait(2.5)
        seen.append(dict(chip.pins))
    assert seen == [{"LED": level, LED: level} for level in (1, 0, 1, 0)]


def test_without_a_pin_only_the_light_on_the_board_says_so(chip: Chip) -> None:
    chip.mem32[SERVICE] = SERVING
    chip.soft_reset()
    chip.wait(2.5)
    assert chip.pins == {"LED": 1}


def test_the_time_that_a_reset_carries_over_goes_on(chip: Chip) -> None:
    chip.mem32[SERVICE] = SERVING
    chip.soft_reset()
    chip.wait(597.5)
    assert abs(chip.mem32[TIME] - 1597) <= 2


def test_a_register_that_reads_as_signed_counts_on(chip: Chip) -> None:
    chip.mem32[SERVICE] = (200 << 24 | SERVING) - (1 << 32)
    chip.soft_reset()
    assert [chip.wait(97.5), chip.wait(2.5)] == ["", "reset"]
