"""Which compartment shines, as `virtual`, `simulate` and `demo` show it."""

import io
from collections.abc import Iterable
from pathlib import Path

import pytest
from rich.console import Console

from domain import Box, Flash, compiled, dose, plan, utc_of
from dosebell import civil, wiring
from dosebell_host.box.client import Client, parts_text
from dosebell_host.box.link import Link
from dosebell_host.box.reach import Reach
from dosebell_host.box.replies import LampStrip
from dosebell_host.box.transfer import transfer
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.plan_file import load
from dosebell_host.sim.display import Display
from dosebell_host.sim.flash import FolderFiles
from dosebell_host.sim.observed import Observer
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.talk import Talk
from dosebell_host.trial import demo
from dosebell_host.trial.demo_stage import Stage
from dosebell_host.trial.simulate import simulate_file, simulation_lines
from dosebell_host.trial.story import Told
from virtual_box import virtual

SEVEN = parts_text(LampStrip(16, 7, 32)).encode()
TWO = plan(
    dose("iron", 'at = ["07:30"]', "place = 3", "contents = []"),
    dose("zinc", 'at = ["07:30"]', "place = 5", "contents = []"),
    dose("week", 'at = ["21:00"]', "place = [1, 2, 3, 4, 5, 6, 7]", "contents = []"),
)


def test_a_virtual_pico_tells_which_lamps_shine(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    with files.open(wiring.PARTS, "wb") as out:
        out.write(SEVEN)
    world = World(utc_of("2026-11-22 22:00", "Europe/Berlin"), files)
    world.power_on()
    transfer(Client(Link(Wire(world))), compiled(TWO))
    world.power_off()
    with virtual("--state", tmp_path, "--start", "2026-11-23T07:29:59+01:00") as box:
        assert box.line() == "07:30:00 light due, sound due, lamps 3 5"
        box.type("press 200\n")
        told = box.line()
        while "light taken" not in told:
            told = box.line()
        assert "lamps" not in told


def test_the_screen_of_a_virtual_pico_has_its_strip_as_it_blinks() -> None:
    files = Flash()
    files.contents[wiring.PARTS] = SEVEN
    box = Box.with_schedule(TWO, files=files)
    now_s = [0.0]
    observer = Observer(box.world, lambda: now_s[0])
    box.until("07:30")
    seen = {}
    for now_s[0] in (0.1, 0.6, 1.1):
        picture = io.StringIO()
        Console(file=picture, width=80).print(Display(observer, "port", 1.0)._picture())
        [seen[now_s[0]]] = [
            line.strip("│ \n") for line in picture.getvalue().splitlines() if "lamps" in line
        ]
    lit, dark = "lamps    ○ ○ ●3 ○ ●5 ○ ○", "lamps    ○ ○ ○ ○ ○ ○ ○"
    assert seen == {0.1: lit, 0.6: dark, 1.1: lit}


def test_a_simulation_tells_the_place_of_what_rings(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    path.write_text(TWO)
    told = Told(start="2026-11-24T06:00", days=1)
    lines = list(simulation_lines(simulate_file(path, told, Talk(print))))
    assert [line[16:] for line in lines if " rings" in line] == [
        "07:30:00  iron  rings, place 3",
        "07:30:00  zinc  rings, place 5",
        "21:00:00  week  rings, place 2",
    ]


def test_the_demo_has_a_lamp_for_each_compartment(tmp_path: Path) -> None:
    path = tmp_path / "two.toml"
    path.write_text(TWO)
    saturday = Reach(clock=lambda: load(path).local.read("2026-11-21T10:00", "") + civil.UNIX_2000)
    out = io.StringIO()
    demo.run(path, Stage(Console(file=out, highlight=False, width=200)), print, saturday)
    assert "a strip of 7 lamps" in out.getvalue()
    assert "iron, zinc ring: the light blinks, lamps 3 and 5 shine, the melody" in out.getvalue()
    assert "week rings: the light blinks, lamp 7 shines, the melody" in out.getvalue()


@pytest.mark.parametrize(
    ("name", "mornings", "evenings"),
    [("organiser-7", range(1, 8), []), ("organiser-14", range(1, 8), range(8, 15))],
)
def test_a_ready_made_organiser_points_at_each_compartment_in_its_turn(
    name: str, mornings: Iterable[int], evenings: Iterable[int]
) -> None:
    told = Told(start="2026-11-23T00:00", days=7)
    lines = simulation_lines(simulate_file(schedules_dir() / f"{name}.toml", told, Talk(print)))
    by_hour: dict[bool, list[int]] = {True: [], False: []}
    for line in lines:
        # At the meal that was missed it rings again, and points at the same one.
        if " rings" in line and "lunch" not in line:
            by_hour[int(line[16:18]) < 12].append(int(line.rpartition(" ")[2]))
    assert list(dict.fromkeys(by_hour[True])) == list(mornings)
    assert list(dict.fromkeys(by_hour[False])) == list(evenings)
