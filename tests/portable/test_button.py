"""The button: levels in, presses out, sampled often or only when something is due.

Runs on CPython and on MicroPython.
"""

from dosebell import button
from dosebell.button import Button

NAMES = {
    button.DOWN: "down",
    button.TICK: "tick",
    button.SHORT: "short",
    button.LONG: "long",
    button.VERY_LONG: "very long",
    button.STUCK: "stuck",
    button.FREED: "freed",
    button.HELD_AT_START: "service",
}

# (down or up, for so many ms), and what comes of it, at which ms.
TYPE_CHECKING = False
if TYPE_CHECKING:
    Script = list[tuple[bool, int]]
    Told = list[tuple[int, str]]

UP, DOWN = False, True

STORIES: "dict[str, tuple[Script, Told]]" = {
    "nothing happens": ([(UP, 60_000)], []),
    "a short press": ([(UP, 500), (DOWN, 200), (UP, 500)], [(530, "down"), (730, "short")]),
    "not quite long": (
        [(UP, 500), (DOWN, 1970), (UP, 500)],
        [(530, "down"), (2500, "short")],
    ),
    "long": (
        [(UP, 500), (DOWN, 2030), (UP, 500)],
        [(530, "down"), (2500, "tick"), (2560, "long")],
    ),
    "not quite very long": (
        [(UP, 500), (DOWN, 7970), (UP, 500)],
        [(530, "down"), (2500, "tick"), (8500, "long")],
    ),
    "very long": (
        [(UP, 500), (DOWN, 8030), (UP, 500)],
        [(530, "down"), (2500, "tick"), (8500, "tick"), (8560, "very long")],
    ),
    "not quite stuck": (
        [(UP, 500), (DOWN, 29_970), (UP, 500)],
        [(530, "down"), (2500, "tick"), (8500, "tick"), (30_500, "very long")],
    ),
    "stuck, and free again": (
        [(UP, 500), (DOWN, 90_000), (UP, 500), (DOWN, 100), (UP, 100)],
        [
            (530, "down"),
            (2500, "tick"),
            (8500, "tick"),
            (30_500, "stuck"),
            (90_530, "freed"),
            (91_030, "down"),
            (91_130, "short"),
        ],
    ),
    "a spike is no press": ([(UP, 500), (DOWN, 29), (UP, 500)], []),
    "bounces on both edges are one press": (
        [(UP, 500), (DOWN, 3), (UP, 4), (DOWN, 2), (UP, 5), (DOWN, 300)]
        + [(UP, 4), (DOWN, 6), (UP, 3), (DOWN, 5), (UP, 500)],
        [(544, "down"), (862, "short")],
    ),
    "down since power-on, then released: no press": (
        [(DOWN, 2970), (UP, 500), (DOWN, 100), (UP, 500)],
        [(3500, "down"), (3600, "short")],
    ),
    "held for 3 s at power-on, then released: service": (
        [(DOWN, 3030), (UP, 500), (DOWN, 100), (UP, 500)],
        [(3000, "tick"), (3060, "service"), (3560, "down"), (3660, "short")],
    ),
    "down since power-on and stuck": (
        [(DOWN, 40_000), (UP, 500)],
        [(3000, "tick"), (30_000, "stuck"), (40_030, "freed")],
    ),
}


def sampled(script: "Script", every_ms: int) -> "Told":
    """What the button says when its level is sampled so often."""
    told, at_ms, edges = [], 0, edges_of(script)
    pressed = Button(2000)
    for at_ms in range(0, edges[-1][0], every_ms):
        event = pressed.sample(level_at(edges, at_ms), every_ms if at_ms else 0)
        if event:
            told.append((at_ms, NAMES[event]))
    return told


def jumped(script: "Script") -> "Told":
    """What it says when it is asked at each edge, and else only when it wants to be."""
    told, at_ms = [], 0
    edges, pressed = edges_of(script), Button(2000)
    event = pressed.sample(script[0][0], 0)
    for until_ms, level in edges:
        while at_ms < until_ms:
            step_ms = max(1, min(pressed.wait_ms(), until_ms - at_ms))
            at_ms += step_ms
            event = pressed.sample(level if at_ms < until_ms else level_at(edges, at_ms), step_ms)
            if event:
                told.append((at_ms, NAMES[event]))
    return told


def edges_of(script: "Script") -> list[tuple[int, bool]]:
    """(until when, level) of each part."""
    at_ms, edges = 0, []
    for level, length_ms in script:
        at_ms += length_ms
        edges.append((at_ms, level))
    return edges


def level_at(edges: list[tuple[int, bool]], at_ms: int) -> bool:
    return next((level for until_ms, level in edges if at_ms < until_ms), edges[-1][1])


def test_presses_are_told_by_how_long_they_are_held() -> None:
    for name, (script, told) in STORIES.items():
        assert sampled(script, 1) == told, name
        assert jumped(script) == told, name


def test_a_slower_loop_hears_the_same_presses() -> None:
    """The board samples every 10 ms or so; a bounce may hide between two samples."""
    for name, (script, told) in STORIES.items():
        heard = sampled(script, 10)
        assert [what for _, what in heard] == [what for _, what in told], name
        late_ms = [one[0] - two[0] for one, two in zip(heard, told)]
        assert [wrong for wrong in late_ms if abs(wrong) > 20] == [], name


def test_a_press_is_long_when_the_tick_was_seen_and_only_then() -> None:
    for every_ms in (1, 10, 37):
        for held_ms in range(1940, 2060, 7):
            told = sampled([(UP, 500), (DOWN, held_ms), (UP, 500)], every_ms)
            assert [what for _, what in told] in (["down", "short"], ["down", "tick", "long"])


def test_the_threshold_of_a_long_press_can_be_set() -> None:
    patient = Button(5000)
    patient.sample(UP, 100)
    patient.sample(UP, 100)
    told = [NAMES.get(patient.sample(DOWN, 1000), "") for _ in range(6)]
    assert told == ["", "down", "", "", "", "tick"]


# A board that is busy: passes take this long, in turn, as under flash writes and journal reads.
BUSY_MS = (10, 10, 45, 10, 400, 10, 90, 29, 29, 120, 10, 61, 10, 10, 10, 10, 10, 10)


def busy(edges: list[int], shift: int, length_ms: int) -> list[str]:
    """What is heard of a level that changes at these ms, when the passes are as long as that."""
    heard, at_ms, passes, done = [], 0, shift, 0
    pressed = Button(2000)
    for _ in range(5):
        pressed.sample(UP, 10)
    while at_ms < length_ms:
        step_ms = BUSY_MS[passes % len(BUSY_MS)]
        at_ms, passes = at_ms + step_ms, passes + 1
        fell = [edge for edge in range(done, len(edges), 1) if edges[edge] <= at_ms]
        falls = [edge for edge in fell if edge % 2 == 0]
        done += len(fell)
        event = pressed.sample(done % 2 == 1, step_ms, len(falls) > 0)
        if event:
            heard.append(NAMES[event])
    return heard


def test_no_tap_of_80_ms_is_lost_whatever_the_board_does_meanwhile() -> None:
    for shift in range(len(BUSY_MS)):
        for began_ms in range(100, 1000, 7):
            for held_ms in (80, 100, 200, 450, 1000):
                edges = [began_ms, began_ms + held_ms]
                assert busy(edges, shift, 3500) == ["down", "short"], (shift, edges)


def test_a_tap_whose_contacts_bounce_is_one_tap() -> None:
    for shift in range(len(BUSY_MS)):
        for began_ms in range(100, 1000, 13):
            bounce = [0, 2, 3, 5, 7, 100, 102, 103, 106, 108]
            edges = [began_ms + edge for edge in bounce]
            assert busy(edges, shift, 3500) == ["down", "short"], (shift, began_ms)


def test_five_seconds_of_bounce_are_no_tap() -> None:
    """Noise on the wire: each edge a few ms after the one before, and flash writes meanwhile."""
    for seed in range(60):
        edges, at_ms, number = [], 300, seed + 1
        while at_ms < 5300:
            number = number * 1103515245 % (1 << 30) + 12345
            at_ms += 1 + number // 1024 % 9
            edges.append(at_ms)
        if len(edges) % 2:
            edges.append(at_ms + 1)
        assert busy(edges, seed, 6500) == [], seed


def test_a_spike_is_no_tap_while_the_board_is_awake() -> None:
    for began_ms in range(100, 400, 7):
        for length_ms in (1, 5, 20, 29):
            edges = [began_ms, began_ms + length_ms]
            pressed, heard = Button(2000), []
            for at_ms in range(0, 1000, 10):
                fell = edges[0] in range(at_ms - 9, at_ms + 1)
                heard.append(pressed.sample(edges[0] <= at_ms < edges[1], 10, fell))
            assert not any(heard), edges


def test_nothing_is_awaited_while_nothing_happens() -> None:
    idle = Button(2000)
    idle.sample(UP, 0)
    idle.sample(UP, 30)
    assert idle.wait_ms() > 24 * 3600 * 1000
