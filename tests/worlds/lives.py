"""Random lives of a box, each from a seed: a first schedule and what happens then."""

import datetime as dt
from collections.abc import Callable
from random import Random

from life_calendar import DAY_S
from life_driver import Life
from life_plans import ZONES, at_random
from life_scene import Event


def life(seed: int, events: list[Event] | None = None) -> Life:
    """The life that this number stands for; with other events, the same box living those."""
    chance = Random(seed)
    zone, date = chance.choice(ZONES)
    if chance.random() < 0.4:
        zone = "Europe/Berlin"
    day = dt.date.fromisoformat(date) - dt.timedelta(days=chance.choice([0, 1, 2, 3, 6]))
    document = at_random(chance, zone, day)
    start = f"{day} {chance.randrange(24):02}:{chance.randrange(60):02}"
    battery_clock = chance.random() < 0.6
    made = random_events(chance, battery_clock)
    return Life(seed, made if events is None else events, document, start, battery_clock)


def random_events(chance: Random, battery_clock: bool) -> list[Event]:
    events: list[Event] = []
    for _ in range(chance.choice([10, 20, 30, 40])):
        (make,) = chance.choices([each for each, _ in HABITS], [weight for _, weight in HABITS])
        events += make(chance, battery_clock)
    return events


def _waits(chance: Random, battery_clock: bool) -> list[Event]:
    span_s = chance.choice([60, 600, 3600, 4 * 3600, 12 * 3600, 30 * 3600])
    return [("wait", chance.randrange(5, span_s))]


def _due(chance: Random, battery_clock: bool) -> list[Event]:
    offset = chance.choice([30, 60, 300, 1800, 3000, 8000, -30, -1800, -3000, -9000, -40000])
    return [("due", offset)]


def _answers(chance: Random, battery_clock: bool) -> list[Event]:
    press = chance.choice(["short"] * 5 + ["double"] * 3 + ["long", "very long"])
    return [*_due(chance, battery_clock), ("press", press)]


def _presses(chance: Random, battery_clock: bool) -> list[Event]:
    return [("press", chance.choice(["short", "double", "long", "very long", "very long"]))]


def _pushes(chance: Random, battery_clock: bool) -> list[Event]:
    return [("push", chance.randrange(1 << 30))]


def _moves(chance: Random, battery_clock: bool) -> list[Event]:
    return [*_some_days(chance, battery_clock)[:2], ("move", chance.choice([1, 2, 3, 5, -2]))]


def _once(chance: Random, battery_clock: bool) -> list[Event]:
    hours, later = chance.choice([1, 2, 20]), chance.choice([1, 3, 5])
    return [("once", hours), *_some_days(chance, battery_clock)[:2], ("move", later)]


def _off(chance: Random, battery_clock: bool) -> list[Event]:
    seconds = chance.choice([20, 300, 3600, 5 * 3600, 20 * 3600, 2 * DAY_S, 6 * DAY_S])
    events: list[Event] = [("off", chance.randrange(5, seconds))]
    if not battery_clock:
        for _ in range(chance.choice([0, 0, 1, 2, 3])):
            make = chance.choice([_presses, _waits, _pushes, _waits])
            events += make(chance, battery_clock)
        events += [("sync", chance.choice([0, 0, 0, 5, -40, -7200]))]
    return events


def _clock(chance: Random, battery_clock: bool) -> list[Event]:
    size = chance.choice([3, 60, 3600, 5 * 3600, 20 * 3600, 2 * DAY_S, 6 * DAY_S])
    step = chance.randrange(2, size) * chance.choice([1, -1])
    if chance.random() < 0.1:
        return [("step", 365 * DAY_S), *_some_days(chance, battery_clock), ("sync", 0)]
    if chance.random() < 0.3:
        return [("step", step), *_waits(chance, battery_clock), ("sync", 0)]
    return [("step", step)]


def _some_days(chance: Random, battery_clock: bool) -> list[Event]:
    days = chance.choice([1, 5, 20])
    return [event for _ in range(days) for event in [("due", 60), ("press", "short")]]


def _faithful(chance: Random, battery_clock: bool) -> list[Event]:
    return _some_days(chance, battery_clock)


def _fails(chance: Random, battery_clock: bool) -> list[Event]:
    return [("fail", chance.choice([300, 5000, 30_000, 90_000]), chance.choice([0, 1, 3, 6]))]


def _cuts(chance: Random, battery_clock: bool) -> list[Event]:
    action = chance.choice(["push", "press", "wait", "clock"])
    place, off_s = chance.randrange(14), chance.choice([5, 600, 8000, 40_000])
    event = ("cut", action, chance.randrange(1 << 30), place, chance.randrange(2), off_s)
    return [event] if battery_clock else [event, ("sync", 0)]


def _host(chance: Random, battery_clock: bool) -> list[Event]:
    method = chance.choice(["take", "take", "take", "skip", "snooze", "undo"])
    back_s = chance.choice([0, 0, 600, 7000])
    return [("host", method, chance.randrange(1 << 30), chance.randrange(2), back_s)]


def _undo(chance: Random, battery_clock: bool) -> list[Event]:
    return [("undo",)]


def _reset(chance: Random, battery_clock: bool) -> list[Event]:
    return [("reset",)]


HABITS: list[tuple[Callable[[Random, bool], list[Event]], float]] = [
    (_waits, 6),
    (_due, 5),
    (_answers, 20),
    (_presses, 4),
    (_pushes, 9),
    (_moves, 2),
    (_once, 1),
    (_off, 4),
    (_clock, 3),
    (_faithful, 2),
    (_fails, 0.7),
    (_cuts, 2),
    (_host, 5),
    (_undo, 1),
    (_reset, 1),
]


def promise_of(problem: str) -> str:
    """Which promise a problem speaks of."""
    return problem.split(":", 1)[0]


def shortest(seed: int, kind: str, tries: int = 300) -> Life:
    """The life of that seed with as few events as still show a problem of that kind."""
    found = life(seed)
    found.live()
    events, size = found.events, len(found.events)
    while size >= 1 and tries > 0:
        place = 0
        while place < len(events) and tries > 0:
            tries -= 1
            other = life(seed, events[:place] + events[place + size :])
            if _has(other, kind):
                events, found = other.events, other
            else:
                place += size
        size //= 2
    return found


def _has(other: Life, kind: str) -> bool:
    try:
        return any(promise_of(problem) == kind for problem in other.live())
    except Exception:
        return False
