"""Start-up on the board: which app runs after how many boots, and what a crash leaves behind."""

import io
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from board_modules import board_globals, importing

MAIN = Path(__file__).parents[2] / "firmware" / "main.py"
BOOTS = 0x40058018
SERVICE = 0x40058014
ASKED, SERVING = 0x5E7, 0x5E8


class ResetError(BaseException):
    """`machine.reset()`: nothing after it runs."""


class Start:
    """A board whose flash holds two versions of the app; `run` is what the app then does."""

    def __init__(self) -> None:
        self.files = {"/app/current": "new", "/app/previous": "old"}
        self.mem32: dict[int, int] = {BOOTS: 0, SERVICE: 0}
        self.ran: list[tuple[str, bool]] = []
        self.watchdog_ms = 0
        self.run: Callable[[], None] = lambda: None
        self.machine = "Raspberry Pi Pico with RP2040"

    def boot(self) -> str:
        """Start once: "reset", or "watchdog" where that starts it again soon, or "repl"."""
        self.watchdog_ms = 0
        self.path: list[str] = []
        found = board_globals(importing(self._modules()), open=self._open)
        try:
            exec(compile(MAIN.read_text(), "main.py", "exec"), found)
        except ResetError:
            return "reset"
        return "watchdog" if self.watchdog_ms else "repl"

    def power_cut(self) -> None:
        self.mem32.update({BOOTS: 0, SERVICE: 0})

    def _modules(self) -> dict[str, Any]:
        machine = SimpleNamespace(mem32=self.mem32, reset=self._reset, WDT=self._watch)
        dosebell = SimpleNamespace(pico=SimpleNamespace(run=self._run))
        sys = SimpleNamespace(
            path=self.path,
            print_exception=self._print_exception,
            implementation=SimpleNamespace(_machine=self.machine),
        )
        return {"machine": machine, "dosebell": dosebell, "sys": sys}

    def _watch(self, timeout: int) -> None:
        self.watchdog_ms = timeout

    def _run(self, limp: bool) -> None:
        self.ran.append((self.path[0].rpartition("/")[2], limp))
        self.run()

    def _reset(self) -> None:
        raise ResetError

    def _open(self, path: str, mode: str = "r") -> Any:
        if "w" in mode:
            file = io.StringIO()
            file.close = lambda: self.files.update({path: file.getvalue()})  # type: ignore[method-assign]
            return file
        if path not in self.files:
            raise OSError(2, "ENOENT")
        return io.StringIO(self.files[path])

    @staticmethod
    def _print_exception(error: BaseException, file: Any) -> None:
        file.write(f"Traceback\n{type(error).__name__}: {error}\n")


@pytest.fixture
def start() -> Start:
    return Start()


def crash() -> None:
    raise KeyError("dose")


def test_a_healthy_board_runs_the_current_version(start: Start) -> None:
    start.boot()
    assert start.ran == [("new", False)]


def test_a_crash_is_written_down_and_the_board_starts_again(start: Start) -> None:
    start.run = crash
    # The seconds until then are a way in for whoever mends it.
    assert start.boot() == "watchdog"
    assert start.watchdog_ms == 8000
    assert start.files["/crash.txt"] == "Traceback\nKeyError: 'dose'\n"


def test_three_boots_without_health_lead_to_the_version_before_and_three_more_to_limp_mode(
    start: Start,
) -> None:
    start.run = crash
    for _ in range(8):
        start.boot()
    new, old, limp = ("new", False), ("old", False), ("old", True)
    assert start.ran == [new, new, new, old, old, old, limp, limp]


def test_without_a_version_before_it_limps_with_the_one_there_is(start: Start) -> None:
    del start.files["/app/previous"]
    start.run = crash
    for _ in range(7):
        start.boot()
    assert start.ran[3:] == [("new", False)] * 3 + [("new", True)]


def test_a_minute_of_health_forgets_the_boots_before(start: Start) -> None:
    start.run = crash
    for _ in range(3):
        start.boot()
    # What pico.py does after a healthy minute.
    start.mem32[BOOTS] = 0
    start.boot()
    assert start.ran[-1] == ("new", False)


def test_a_power_cut_forgets_the_boots_before(start: Start) -> None:
    start.run = crash
    for _ in range(5):
        start.boot()
    start.power_cut()
    start.boot()
    assert start.ran[-1] == ("new", False)


def test_random_scratch_registers_after_power_on_count_as_the_first_boot(start: Start) -> None:
    # The registers are signed to Python.
    start.mem32[BOOTS] = -1
    start.boot()
    assert start.ran == [("new", False)]


def test_the_count_is_read_back_also_where_the_register_reads_as_signed(start: Start) -> None:
    start.run = crash
    for _ in range(3):
        start.boot()
    start.mem32[BOOTS] -= 1 << 32
    start.boot()
    assert start.ran[-1] == ("old", False)


def test_ctrl_c_is_no_crash(start: Start) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    start.run = interrupted
    assert [start.boot() for _ in range(5)] == ["watchdog"] * 5
    assert "/crash.txt" not in start.files
    assert start.ran == [("new", False)] * 5


def test_a_hundred_crashes_count_no_further_than_fits(start: Start) -> None:
    start.run = crash
    for _ in range(300):
        start.boot()
    assert start.mem32[BOOTS] & 0xFF == 255
    assert start.ran[-1] == ("old", True)


def test_an_empty_board_waits_for_its_app_with_the_watchdog_as_the_way_back(start: Start) -> None:
    start.files.clear()
    start.run = crash
    assert start.boot() == "watchdog"


def test_a_full_flash_hides_the_crash_and_not_the_way_back(start: Start) -> None:
    def full(path: str, mode: str = "r") -> Any:
        if "w" in mode:
            raise OSError(28, "ENOSPC")
        return io.StringIO("new")

    start.run = crash
    start._open = full  # type: ignore[method-assign]
    with pytest.raises(OSError, match="ENOSPC"):
        start.boot()
    assert start.watchdog_ms == 8000


def test_service_mode_runs_nothing_and_ends_with_the_next_start(start: Start) -> None:
    # The pin of the light stands above, and stays.
    start.mem32[SERVICE] = 16 << 16 | ASKED
    assert start.boot() == "repl"
    assert start.mem32[SERVICE] == 16 << 16 | SERVING
    assert start.boot() == "reset"
    assert start.boot() == "watchdog"
    assert start.ran == [("new", False)]


def test_a_board_that_crashes_can_still_be_served(start: Start) -> None:
    start.run = crash
    start.boot()
    start.mem32[SERVICE] = ASKED
    assert start.boot() == "repl"


def test_the_pico_2_keeps_its_registers_elsewhere(start: Start) -> None:
    start.machine = "Raspberry Pi Pico2 with RP2350"
    start.mem32 |= {0x400D8014: ASKED, 0x400D8018: 0}
    assert (start.boot(), start.mem32[0x400D8014]) == ("repl", SERVING)
