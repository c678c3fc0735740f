"""Every story that is told on both interpreters, by name; `main` tells one on MicroPython.

A story is a generator that gets where to say what happens, and what it is given. It stops now and
then, because the MicroPython of the tests collects its garbage only where nothing runs.
"""

import json
import os

import stories_of_days as days
import stories_of_faults as faults
import stories_of_parts
from chance import Chance
from dosebell import civil, schedule
from dosebell.plan import Plan
from dosebell.store import Files
from little_world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from little_world import Say
    from stories_of_days import Given

GIVEN = "/given.json"


def windows(say: "Say", given: "Given") -> "Iterator[None]":
    """When each occurrence of each schedule opens, is due and closes; and the quiet hours."""
    for lines in given["plans"]:
        plan = schedule.parse(lines)
        say(f"{schedule.digest(lines)} {plan.zone_name}")
        for since_s, until_s in given["spans"]:
            windows_of(say, plan, since_s, until_s)
        yield


def windows_of(say: "Say", plan: Plan, since_s: int, until_s: int) -> None:
    for dose in plan.doses:
        place = plan.first_due(dose, since_s)
        while place is not None:
            day, slot, _ = place
            found = plan.window(dose, day, slot)
            due = found.dues[0]
            if due >= until_s:
                break
            say(
                f"{dose.id} {civil.iso(day)} {slot} {due} {found.opens} {found.dues}"
                f" {found.closes} {found.gap_s} {found.off}"
            )
            place = plan.first_due(dose, due + 1, day)
    for now_s in range(since_s, until_s, civil.DAY_S // 5):
        say(f"quiet {now_s} {plan.quiet_hours(now_s)}")


def real_files(say: "Say", given: "Given") -> "Iterator[None]":
    """The file system itself instead of one in memory, under power cuts and pushes."""
    os.mkdir(given["root"])
    files, chance = Files(given["root"]), Chance(11)
    world = World(say, given["start_s"], files)
    world.power_on()
    world.set_clock(world.now_s)
    world.push(given["plans"][0])
    for _ in range(given["rounds"]):
        days.live(world, chance, civil.DAY_S)
        chance.pick((faults.cut, faults.reset, faults.push_another))(world, chance, given)
        yield
    yield from days.read_journal(world)
    for folder in ("/state", "/log"):
        for name in files.names(folder):
            with files.open(f"{folder}/{name}", "rb") as file:
                for line in file.read().decode().splitlines():
                    say(f"{name} {line}")


STORIES: "dict[str, Callable[[Say, Given], Iterator[None]]]" = {
    "year": days.year,
    "zones": days.zones,
    "power": faults.power,
    "wire": faults.wire,
    "recovery": faults.recovery,
    "full": faults.full,
    "parts": stories_of_parts.parts,
    "windows": windows,
    "real files": real_files,
}


def main() -> "Iterator[None]":
    with open(GIVEN) as file:
        given = json.loads(file.read())
    return STORIES[given["story"]](print, given)
