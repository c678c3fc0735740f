"""The screen of a virtual Pico: what it says of the box at each moment."""

import io

import pytest
from rich.console import Console

from domain import IRON_DOSE, Box, plan
from dosebell_host.sim.display import Display
from dosebell_host.sim.observed import Observer

HELD_SHORT_MS, HELD_LONG_MS = 200, 2500


def told(box: Box, observer: Observer) -> list[str]:
    """What stands beside `light` and `rings`."""
    picture = io.StringIO()
    Console(file=picture, width=80).print(Display(observer, "port", 1.0)._picture())
    lines = [line.strip("│ \n") for line in picture.getvalue().splitlines()]
    kept = [line.split(maxsplit=1)[1] for line in lines if line.startswith(("light", "rings"))]
    return [line.lstrip("●○ ") for line in kept]


@pytest.mark.parametrize("held_ms", [HELD_SHORT_MS, HELD_LONG_MS])
def test_a_press_while_it_is_snoozed_is_shown_as_one(held_ms: int) -> None:
    """While the button was down, the screen said that there was nothing to do."""
    box = Box.with_schedule(plan(IRON_DOSE)).until("07:31")
    observer = Observer(box.world)
    box.press_long()
    box.wait(minutes=1)
    assert told(box, observer) == ["snoozed", "IRON, snoozed"]
    box.world.hold(True)
    box.world.run_until_ms(box.world.now_ms + held_ms)
    assert told(box, observer)[1] == "IRON, snoozed"
    assert told(box, observer)[0] in ("dark while the button is down", "held long enough")
    box.world.hold(False)
    box.world.run_until_ms(box.world.now_ms + 1500)
    after = {HELD_SHORT_MS: ["taken", "nothing"], HELD_LONG_MS: ["snoozed", "IRON, snoozed"]}
    assert told(box, observer) == after[held_ms]
