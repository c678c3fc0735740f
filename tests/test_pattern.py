"""Light and sound as data: each meaning has its rhythm, as the design lists them."""

import pytest

from dosebell import pattern
from dosebell.annunciator import STAGES
from dosebell.pattern import LIGHTS, MELODIES, lit, tone_hz

# name: (repeats, on and off in turn, in ms)
MEANINGS = {
    "due": (True, [500, 500]),
    "snoozed": (True, [100, 4900]),
    "unset": (True, [100, 150, 100, 1650]),
    "service": (True, [2500, 2500]),
    "fault": (True, [100, 100]),
}
# How many times each answer blinks, and for how long it is on in all.
BLINKS = {
    "taken": (1, 2000),
    "not-yet": (2, 1400),
    "all-taken": (1, 3000),
    "missed-today": (3, 450),
    "nothing": (1, 300),
    "no": (2, 300),
}


def spans(name: str, length_ms: int) -> list[int]:
    """On, off, on, ... of a light, in ms."""
    found, level = [0], True
    for at_ms in range(length_ms):
        if lit(name, at_ms) != level:
            level = not level
            found.append(0)
        found[-1] += 1
    return found


def tones(name: str, length_ms: int) -> list[tuple[int, int]]:
    """(Hz, ms) of a melody, in turn."""
    found: list[tuple[int, int]] = []
    for at_ms in range(length_ms):
        hz = tone_hz(name, at_ms)
        if found and found[-1][0] == hz:
            found[-1] = (hz, found[-1][1] + 1)
        else:
            found.append((hz, 1))
    return found


@pytest.mark.parametrize(("name", "meaning"), MEANINGS.items())
def test_what_goes_on_repeats(name: str, meaning: tuple[bool, list[int]]) -> None:
    repeats, once = meaning
    assert repeats
    assert spans(name, 3 * sum(once)) == 3 * once


@pytest.mark.parametrize(("name", "blinks"), BLINKS.items())
def test_an_answer_blinks_so_many_times_and_then_stays_dark(
    name: str, blinks: tuple[int, int]
) -> None:
    found = spans(name, pattern.length_ms(name) + 5000)
    on = found[0::2]
    assert (len(on), sum(on)) == blinks
    assert found[-1] >= 5000


def test_low_stock_is_four_blinks_after_taken() -> None:
    found = spans("taken-low", pattern.length_ms("taken-low"))
    assert found[0] == 2000
    assert len(found[2::2]) == 4


def test_no_two_meanings_look_alike() -> None:
    looks = {tuple(spans(name, 6000)) for name in LIGHTS}
    # `off` and a melody's tick aside, each name has a look of its own.
    assert len(looks) == len(LIGHTS)


def test_dark_is_dark_and_silent_is_silent() -> None:
    assert not any(lit(pattern.OFF, at_ms) for at_ms in range(3000))
    assert not any(tone_hz(pattern.SILENT, at_ms) for at_ms in range(3000))


@pytest.mark.parametrize("name", MELODIES)
def test_tones_are_pulsed_and_between_500_and_2500_hz(name: str) -> None:
    heard = [(hz, ms) for hz, ms in tones(name, 10_000) if hz]
    assert all(500 <= hz <= 2500 for hz, _ in heard)
    assert all(ms < 500 for _, ms in heard)


@pytest.mark.parametrize(
    ("name", "direction"), [("taken", 1), ("taken-low", 1), ("missed-today", -1), ("no", -1)]
)
def test_taken_rises_and_bad_news_falls(name: str, direction: int) -> None:
    notes = [hz for hz, _ in tones(name, 3000) if hz]
    assert notes == sorted(notes, reverse=direction < 0)
    assert len(set(notes)) == len(notes) > 1


def test_no_is_two_notes() -> None:
    assert len([hz for hz, _ in tones("no", 3000) if hz]) == 2


def test_every_stage_has_a_melody_and_each_is_busier_than_the_one_before() -> None:
    for food in ("", "-eat"):
        share = [
            sum(ms for hz, ms in tones(stage + food, 12_000) if hz) / 12_000 for stage in STAGES
        ]
        assert share == sorted(share)
        assert len(set(share)) == 3


def test_a_dose_that_wants_food_sounds_otherwise() -> None:
    assert all(MELODIES[stage] != MELODIES[stage + "-eat"] for stage in STAGES)


@pytest.mark.parametrize("name", [name for name in MELODIES if not MELODIES[name][0]])
def test_a_melody_that_answers_ends(name: str) -> None:
    assert tones(name, 20_000)[-1][0] == 0


@pytest.mark.parametrize("name", [*LIGHTS, *MELODIES])
def test_hours_later_a_level_is_still_found(name: str) -> None:
    if name in LIGHTS:
        lit(name, 1 << 24)
    if name in MELODIES:
        tone_hz(name, 1 << 24)
