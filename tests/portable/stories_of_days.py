"""Days that people live with a box: what they press and ask, in every kind of time zone."""

from chance import Chance
from dosebell import civil
from little_world import LONG_MS, SHORT_MS, VERY_LONG_MS, World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from little_world import Say

    Given = dict[str, Any]

PRESSES_MS = (SHORT_MS, SHORT_MS, SHORT_MS, SHORT_MS, LONG_MS, VERY_LONG_MS)
# What is looked after this often, and at most this much later.
LOOK_S = 900
LATER_S = 2700
PAGE = 16
METHODS = (
    "status dose.list dose.take dose.take dose.skip dose.skip dose.undo dose.undo dose.snooze"
    " dose.stock signal.test signal.practice schedule.read"
).split(" ")


def year(say: "Say", given: "Given") -> "Iterator[None]":
    """A year of doses, taken, snoozed, forgotten, undone and corrected from the laptop."""
    world, chance = new_box(say, given["start_s"], given["lines"]), Chance(2026)
    for _ in range(given["days"]):
        live(world, chance, civil.DAY_S)
        yield
    yield from read_journal(world)


def zones(say: "Say", given: "Given") -> "Iterator[None]":
    """The days around every change of the clocks, with doses in the hours that it moves."""
    for zone in sorted(given["zones"]):
        found = given["zones"][zone]
        for change_s in found["changes"]:
            say(f"{zone}, change at {change_s}")
            world = new_box(say, change_s - 36 * civil.HOUR_S, found["lines"])
            live(world, Chance(change_s % 9973), 3 * civil.DAY_S)
            yield


def new_box(say: "Say", start_s: int, lines: list[str], battery_clock: bool = True) -> World:
    """A box that is on, set and has this schedule."""
    world = World(say, start_s, battery_clock=battery_clock)
    world.power_on()
    world.set_clock(start_s)
    world.push(lines)
    return world


def live(world: World, chance: Chance, seconds: int) -> None:
    """So long with a person who comes by now and then."""
    end_s = world.now_s + seconds
    while world.now_s < end_s:
        world.run_for(min(LOOK_S + chance.below(LATER_S), end_s - world.now_s))
        if world.board.light in ("due", "snoozed"):
            if chance.below(4):
                world.press(chance.pick(PRESSES_MS))
        elif not chance.below(12):
            world.press(chance.pick(PRESSES_MS))
        elif not chance.below(25):
            ask_something(world, chance)


def ask_something(world: World, chance: Chance) -> None:
    """One of the things that a laptop asks or tells."""
    dose = chance.pick(("d3k2", "drops", "weekly", "nobody"))
    date = civil.iso(world.now_s // civil.DAY_S - chance.below(4))
    method = chance.pick(METHODS)
    params = {
        "dose.list": {"from": chance.below(4)},
        "dose.snooze": {},
        "dose.stock": {"dose": dose, "count": chance.below(90)},
        "signal.test": {"which": chance.pick(("due", "missed-today", "nonsense"))},
        "schedule.read": {"n": chance.below(12)},
    }
    named = {"dose": dose, "date": date, "slot": chance.below(3)}
    world.ask(method, **params.get(method, named))


def read_journal(world: World) -> "Iterator[None]":
    """All of it, as the laptop reads it."""
    assert world.app is not None
    journal = world.app.box.journal
    since = 0
    while since < journal.next_seq:
        world.ask("journal.read", since=since, limit=PAGE)
        since = journal.page(since, PAGE)[1]
        yield
