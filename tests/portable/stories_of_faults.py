"""What goes wrong: power, clocks, the line, the flash; and schedules that change under way."""

import binascii

from chance import Chance
from dosebell import civil
from dosebell.store import CRASH
from little_world import LONG_MS, SHORT_MS, VERY_LONG_MS, World
from stories_of_days import live, new_box, read_journal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from little_world import MemoryFiles, Say
    from stories_of_days import Given

# How far clocks are wrong, in seconds; and how long power is off.
STEPS_S = (1, 45, 3600, 7 * 3600, 30 * 3600, 12 * civil.DAY_S)
OFF_S = (2, 600, 5 * 3600, 20 * 3600, 3 * civil.DAY_S)


def power(say: "Say", given: "Given") -> "Iterator[None]":
    """Cuts, resets, clocks that step and clocks that are lost, and other schedules in between."""
    chance = Chance(115)
    world = new_box(say, given["start_s"], given["plans"][0])
    for _ in range(given["rounds"]):
        live(world, chance, 3600 * (1 + chance.below(14)))
        chance.pick(MISHAPS)(world, chance, given)
        yield
    yield from read_journal(world)


def cut(world: World, chance: Chance, given: "Given") -> None:
    world.power_off()
    world.run_for(chance.pick(OFF_S))
    world.power_on()


def reset(world: World, chance: Chance, given: "Given") -> None:
    world.power_on("reset")


def crash(world: World, chance: Chance, given: "Given") -> None:
    """What main.py leaves after crash upon crash; then a start as if it had been mended."""
    with world.files.open(CRASH, "wb") as file:
        file.write(b"Traceback (most recent call last):\n  File x\nKeyError: dose\n")
    world.power_on("watchdog", limp=True)
    live(world, chance, 3600 * (1 + chance.below(9)))
    world.ask("device.info")
    world.ask("device.crash", clear=True)
    world.power_on("reset")


def step_clock(world: World, chance: Chance, given: "Given") -> None:
    step_s = chance.pick(STEPS_S) * chance.pick((1, -1))
    world.set_clock(world.now_s + step_s, force=chance.below(3) > 0)
    live(world, chance, 3600 * chance.below(9))
    world.set_clock(world.now_s, force=True)


def lose_clock(world: World, chance: Chance, given: "Given") -> None:
    """The battery is empty: the box starts without the time, and is pressed all the same."""
    world.battery_clock.is_there = False
    cut(world, chance, given)
    for _ in range(chance.below(4)):
        world.run_for(60 * (1 + chance.below(200)))
        world.press(chance.pick((SHORT_MS, LONG_MS, VERY_LONG_MS)))
    world.set_clock(world.now_s)
    world.battery_clock.is_there = True


def push_another(world: World, chance: Chance, given: "Given") -> None:
    world.push(chance.pick(given["plans"]))
    if not chance.below(3):
        cut(world, chance, given)


MISHAPS: "tuple[Callable[[World, Chance, Given], None], ...]"
MISHAPS = (cut, cut, reset, crash, step_clock, lose_clock, push_another, push_another)


def wire(say: "Say", given: "Given") -> "Iterator[None]":
    """Whatever comes over the line, piece by piece, and life between the pieces."""
    world, chance = new_box(say, given["start_s"], given["lines"]), Chance(64)
    for number in range(len(given["pieces"])):
        piece = given["pieces"][number]
        say(f"hears {piece[:80]}")
        world.feed(binascii.unhexlify(piece))
        if number % 10 == 0:
            # Noise ends with its line, and what follows is heard.
            world.feed(b"\n")
            world.ask("hello")
            live(world, chance, 3600)
            yield


def recovery(say: "Say", given: "Given") -> "Iterator[None]":
    """A flash with weeks of history, damaged in every way in turn, and started again."""
    world = new_box(_nothing, given["start_s"], given["plans"][1])
    # The second of each document, so that the first is kept as its last good copy.
    world.push(given["lines"])
    world.power_on("reset")
    for _ in range(given["days"]):
        live(world, Chance(world.now_s % 9973), civil.DAY_S)
        yield
    before: dict[str, bytes] = world.files.contents  # type: ignore[attr-defined]
    for path in sorted(before):
        say(f"{path} {len(before[path])} {binascii.crc32(before[path]):08x}")
        for damage in DAMAGES:
            say(f"{damage[0]} in {path}")
            after = dict(before)
            after[path] = damage[1](before[path])
            yield from start_again(say, world.now_s + 3600, after)


def start_again(say: "Say", at_s: int, contents: dict[str, bytes]) -> "Iterator[None]":
    world = World(say, at_s)
    files: MemoryFiles = world.files  # type: ignore[assignment]
    files.contents = contents
    world.power_on()
    world.ask("status")
    live(world, Chance(7), civil.DAY_S)
    yield


def _nothing(line: str) -> None:
    pass


def _flip(content: bytes, place: int) -> bytes:
    return content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :]


def _last_line(content: bytes) -> int:
    """Where the last line begins."""
    return content[:-1].rfind(b"\n") + 1


# What happens to a file's bytes, by name.
DAMAGES: "tuple[tuple[str, Callable[[bytes], bytes]], ...]" = (
    ("nothing left", lambda content: b""),
    ("half of it gone", lambda content: content[: len(content) // 2]),
    ("its last line torn", lambda content: content[:-7]),
    ("its last line's end missing", lambda content: content[:-1]),
    ("its last line gone", lambda content: content[: _last_line(content)]),
    ("a bit of its last line turned", lambda content: _flip(content, _last_line(content))),
    ("a bit of its first line turned", lambda content: _flip(content, 1)),
    ("a bit of its middle turned", lambda content: _flip(content, len(content) // 2)),
    ("its end there twice", lambda content: content + content[_last_line(content) :]),
    ("noise behind it", lambda content: content + b"\xff\x00*\n\xfe"),
)


def full(say: "Say", given: "Given") -> "Iterator[None]":
    """A flash that is full for some hours, again and again."""
    chance = Chance(28)
    world = new_box(say, given["start_s"], given["lines"])
    files: MemoryFiles = world.files  # type: ignore[assignment]
    for _ in range(given["rounds"]):
        live(world, chance, 3600 * chance.below(20))
        files.full = True
        say("the flash is full")
        live(world, chance, 3600 * chance.below(12))
        if not chance.below(3):
            cut(world, chance, given)
        if not chance.below(3):
            world.push(given["lines"])
        files.full = False
        say("the flash has room")
        yield
    yield from read_journal(world)
