"""Lamps that come, shine, fail, come back, are tested and go again, beside everything else."""

from chance import Chance
from dosebell import schedule, wiring
from dosebell.presses import ringing
from little_world import World
from stories_of_days import live, new_box, read_journal
from stories_of_faults import cut, reset

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from little_world import Say
    from stories_of_days import Given

TEXTS = (
    '{"lamps":{"pin":16,"count":7,"brightness":32}}',
    '{"lamps":{"pin":22,"count":14,"brightness":48}}',
    '{"lamps":{"pin":28,"count":28,"brightness":255}}',
    '{"lamps":{"pin":15,"count":7,"brightness":32}}',
    '{"lamps":{"pin":16,"count":7,"brightness":3.5}}',
    '{"lamps":[7]}',
    '{"lamps":{"pin":16,"count":4,"brightness":true}}',
    "{}",
    "[[[[",
    "",
)


def parts(say: "Say", given: "Given") -> "Iterator[None]":
    """What a laptop writes of them, what lies broken on flash, and a strip that fails a while."""
    world, chance = new_box(say, given["start_s"], given["lines"]), Chance(2812)
    for _ in range(given["rounds"]):
        chance.pick(EVENTS)(world, chance, given)
        live(world, chance, 3600 * (1 + chance.below(9)))
        yield
    yield from read_journal(world)


def _write(world: World, chance: Chance, given: "Given") -> None:
    text = chance.pick(TEXTS)
    world.ask("parts.write", text=text, hash=schedule.digest([text])[1])
    world.ask("parts.read")


def _start_anew(world: World, chance: Chance, given: "Given") -> None:
    chance.pick((cut, reset))(world, chance, given)
    world.ask("status")


def _break(world: World, chance: Chance, given: "Given") -> None:
    """Somebody puts a file there by hand."""
    with world.files.open(wiring.PARTS, "wb") as file:
        file.write(chance.pick(TEXTS).encode())
    _start_anew(world, chance, given)


def _test(world: World, chance: Chance, given: "Given") -> None:
    for place in range(1 + chance.below(9)):
        world.ask("parts.test", which=f"lamps:{place}")
        world.run_for_ms(100 * chance.below(40))


def _fail(world: World, chance: Chance, given: "Given") -> None:
    world.strip_fails = not world.strip_fails
    world.say(f"the strip {'fails' if world.strip_fails else 'is back'}")


def _blink(world: World, chance: Chance, given: "Given") -> None:
    """Some seconds in steps as short as those of the loop."""
    world.say(f"{len(ringing(world.app.box.reminder)) if world.app else 0} ring or are snoozed")
    for _ in range(600):
        world.run_for_ms(20)


EVENTS: "tuple[Callable[[World, Chance, Given], None], ...]"
EVENTS = (_write, _write, _start_anew, _start_anew, _break, _test, _fail, _blink, _blink)
