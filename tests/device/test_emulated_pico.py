"""The box as a person has it: real MicroPython on an emulated RP2040, watched at its pins.

`make test-pico` runs these; see emulated_pico.py for which time is meant. `PICO_UF2=file` names
the MicroPython for a Raspberry Pi Pico to boot, 1.27 or newer; without it, rp2040py downloads one.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import tally
from domain import D3K2, compiled, dose, plan
from dosebell.memory import KEPT
from dosebell.schedule import MAX_DOSES
from dosebell_host.box.client import Client
from dosebell_host.box.transfer import transfer
from emulated_box import EmulatedBox, lived
from emulated_flash import PowerLostError
from emulated_micropython import RELEASE, find_uf2

pytestmark = pytest.mark.pico

WORLDS = Path(__file__).parents[1] / "worlds"
NO_UF2 = (
    f"no network to download MicroPython {RELEASE} from;"
    " PICO_UF2=file names one for a Raspberry Pi Pico, 1.27 or newer"
)
# Its clock tells whole seconds, so a box that has just started may be a second late.
JUST_BEFORE = "2026-11-23 07:29:58"
WELL_BEFORE = "2026-11-23 07:20:00"
DUE_UTC = 1795415400

# Budgets, in milliseconds of the board's own time.
FIRST_PASS_MS = 1500
LARGEST_START_MS = 4000
SILENCE_MS = 50
TAKEN_SHOWN_MS = 250
WATCHDOG_MS = 10_000
SERVICE_MS = 600_000

Boxes = Callable[..., EmulatedBox]


@pytest.fixture(scope="session")
def uf2() -> Path:
    found = find_uf2(os.environ.get("PICO_UF2"))
    if found is None:
        pytest.skip(NO_UF2)
    return found


@pytest.fixture
def power(uf2: Path) -> Iterator[Boxes]:
    """Gives power to boxes."""
    boxes: list[EmulatedBox] = []

    def make(*arguments: object, **options: object) -> EmulatedBox:
        boxes.append(EmulatedBox(uf2, *arguments, **options))  # type: ignore[arg-type]
        return boxes[-1]

    yield make
    for box in boxes:
        box.pico.port.close()


def dosebell(box: EmulatedBox, *arguments: str) -> str:
    """What the command wrote, run beside the board as a program of its own."""
    command = (sys.executable, str(WORLDS / "patient_dosebell.py"), *arguments)
    return box.pico.host(*command, "--port", box.pico.port.url)


def measured(what: str, taken_ms: float, budget_ms: int) -> None:
    """Hold it to its budget, and tell it at the end of the run."""
    tally.measured(f"emulated Pico: {what}", f"{taken_ms:.0f} of {budget_ms:,} ms")
    assert taken_ms <= budget_ms, what


def log_of(box: EmulatedBox) -> list[str]:
    """The kinds of records in the history, as the laptop tells them."""
    items = json.loads(dosebell(box, "log", "--records", "--json", "--no-sync"))["items"]
    return [item["kind"] for item in items]


def test_a_new_pico_is_installed_filled_rings_and_remembers(power: Boxes, tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(D3K2)
    box = power()
    box.pico.run_ms(500)

    assert "MicroPython" in dosebell(box, "flash")
    dosebell(box, "push", "--yes", str(file))
    box.request("clock.set", utc=DUE_UTC - 1, force=True)
    box.until_lit(within_ms=1500)
    box.pico.press(200)
    box.pico.run_ms(500)
    before = log_of(box)
    assert before[-2:] == ["ringing", "taken"]

    box.pico.power_cut(off_s=60)
    box.pico.run_ms(FIRST_PASS_MS)
    assert log_of(box) == [*before, "boot"]
    assert box.records()[-3:] == ["ringing d3k2/0", "taken d3k2/0", "boot"]


def test_it_rings_until_it_is_pressed(power: Boxes) -> None:
    box = power(lived(D3K2), at=JUST_BEFORE)
    pico = box.pico
    began_ms = box.until_lit(within_ms=5000)
    # Noise on the wire delays nothing.
    pico.console.open(True)
    pico.console.send(b"AT\r" * 700)
    pico.run_ms(3300)
    pico.until(lambda: pico.buzzer.high, 3000)

    turns = [later - sooner for sooner, later in pairwise(pico.lamp.rises(began_ms))]
    assert [round(each, -2) for each in turns] == [1000] * len(turns)
    assert len(turns) >= 3
    assert pico.led.rises(began_ms) == pytest.approx(pico.lamp.rises(began_ms), abs=5)
    tones = pico.buzzer.tones(began_ms)
    assert tones and min(tones) >= 500 and max(tones) <= 2500

    pressed_ms = pico.now_ms
    pico.press(200)
    measured("press to silence", pico.buzzer.edges[-1][0] - pressed_ms, SILENCE_MS)
    released_ms = pico.now_ms
    pico.run_ms(2600)
    [lit_ms] = pico.lamp.rises(released_ms)
    [dark_ms] = pico.lamp.falls(lit_ms)
    measured("release to taken shown", lit_ms - released_ms, TAKEN_SHOWN_MS)
    assert dark_ms - lit_ms == pytest.approx(2000, abs=100)
    assert box.records("ringing", "taken") == ["ringing d3k2/0", "taken d3k2/0"]


def test_wherever_the_power_goes_a_press_is_taken_once_or_asked_for_again(power: Boxes) -> None:
    box = power(lived(D3K2), at=JUST_BEFORE)
    cuts = 0
    while _cut_at_a_press(box, cuts + 1):
        cuts += 1
        box.pico.power_cut()
        box.pico.run_ms(3000)
        assert bool(box.pico.lamp.edges) == ("taken d3k2/0" not in box.records())
        if not box.pico.lamp.edges:
            break
    assert cuts >= 2
    assert box.records("ringing", "taken") == ["ringing d3k2/0", "taken d3k2/0"]


def _cut_at_a_press(box: EmulatedBox, operation: int) -> bool:
    """Press while it rings, with a cut at that flash operation; False where it needs fewer."""
    box.until_lit(within_ms=5000)
    # The records of the ringing itself are written before it sounds.
    box.pico.until(lambda: box.pico.buzzer.high, 3000)
    chip = box.pico.flash_chip
    chip.cut_at = chip.operations + operation
    try:
        box.pico.press(200)
        box.pico.run_ms(1000)
    except PowerLostError:
        return True
    return False


def test_ctrl_c_costs_one_watchdog_reset(power: Boxes) -> None:
    box = power(lived(D3K2))
    pico = box.pico
    pico.run_ms(FIRST_PASS_MS)
    box.request("clock.set", utc=DUE_UTC - 1)
    box.until_lit(within_ms=2000)
    pico.until(lambda: pico.buzzer.high, 2000)
    pico.console.open(True)
    pico.console.send(b"\x03")
    struck_ms = pico.now_ms
    pico.run_ms(100)
    assert not pico.lamp.high

    measured("Ctrl-C to light", box.until_lit(within_ms=WATCHDOG_MS) - struck_ms, WATCHDOG_MS)
    assert pico.resets == 1
    # Without a battery clock the time came through the reset.
    status = box.request("status")
    assert (status["trust"], status["light"], status["ringing"]["ids"]) == (
        "reset",
        "due",
        ["d3k2"],
    )


def test_service_mode_ends_by_itself_when_the_host_vanishes(power: Boxes) -> None:
    box = power(lived(D3K2), at=WELL_BEFORE)
    box.pico.run_ms(FIRST_PASS_MS)
    box.request("device.service")
    box.pico.until(lambda: box.pico.resets == 1, 2000)
    began_ms = box.pico.now_ms

    # A tool resets the interpreter, which stops every timer, and then nobody is there any more.
    box.pico.run_ms(4000)
    box.pico.console.open(True)
    box.pico.console.send(b"\x03\x03\x01\x04")
    box.pico.run_ms(1000)
    box.pico.console.open(False)
    assert box.pico.until(lambda: box.pico.resets == 2, SERVICE_MS)
    assert box.pico.now_ms - began_ms == pytest.approx(SERVICE_MS, abs=10_000)
    blinks = [later - sooner for sooner, later in pairwise(box.pico.lamp.rises(began_ms))]
    assert [round(each, -3) for each in blinks[2:]] == [5000] * len(blinks[2:])

    box.until_lit(within_ms=5000)
    box.pico.run_ms(2000)
    assert box.records("ringing") == ["ringing d3k2/0"]


def test_without_a_battery_clock_it_says_after_a_power_cut_that_it_knows_no_time(
    power: Boxes,
) -> None:
    box = power(lived(D3K2))
    box.pico.run_ms(FIRST_PASS_MS)
    assert box.pico.buzzer.tones() == [988]
    box.pico.run_ms(4300)
    gaps = [later - sooner for sooner, later in pairwise(box.pico.lamp.rises()[-4:])]
    assert [one + next_one for one, next_one in pairwise(gaps)] == pytest.approx(
        [2000] * 2, abs=40
    )
    assert min(gaps) == pytest.approx(250, abs=40)
    assert box.records("ringing", "missed", "unknown") == []


def test_it_starts_within_its_budget(power: Boxes) -> None:
    box = power(lived(D3K2), at="2026-11-23 07:31:00")
    measured("power-on to light", box.until_lit(within_ms=3000), FIRST_PASS_MS)


def test_with_all_that_it_can_hold_it_starts_in_time(power: Boxes) -> None:
    # The newest segment is nearly full then, and all of it is read.
    box = power(lived(many(32), until="2026-12-12 07:29"), at="2026-12-12 07:31:00")
    measured("power-on to light, when full", box.until_lit(within_ms=5000), FIRST_PASS_MS)
    assert box.request("status")["ringing"]["ids"] == ["dose-0"]


def test_there_is_memory_for_the_largest_schedule_and_for_the_next(power: Boxes) -> None:
    text = many(MAX_DOSES)
    box = power(lived(text, until="2026-11-23 07:29"), at="2026-11-23 07:31:00")
    box.until_lit(within_ms=5000)
    with box.link() as wire:
        transfer(Client(wire), compiled(text.replace("dose-", "other-")))
    box.pico.power_cut()
    box.pico.run_ms(LARGEST_START_MS)
    assert box.request("status")["next"]["dose"] == "other-1"
    assert (box.pico.resets, box.records("fault")) == (0, [])


def test_with_all_that_it_can_hold_its_clock_can_be_set_back_by_a_month(power: Boxes) -> None:
    """All that it remembers is withdrawn, pass by pass, and the watchdog does not bite."""
    box = power(lived(many(MAX_DOSES), until="2026-12-23 07:00"), at="2026-12-23 07:10:00")
    box.pico.run_ms(LARGEST_START_MS)
    box.request("clock.set", utc=DUE_UTC, force=True)
    assert (box.request("status")["utc"] - DUE_UTC < 60, box.pico.resets) == (True, 0)
    box.pico.run_ms(LARGEST_START_MS)
    assert len(box.records("undone")) == MAX_DOSES * KEPT


def many(count: int) -> str:
    """A schedule of so many doses, one every quarter of an hour."""
    times = [f"{7 + n // 4:02}:{n % 4 * 15:02}" for n in range(2, 2 + count)]
    return plan(*(dose(f"dose-{n}", f'at = ["{time}"]') for n, time in enumerate(times)))
