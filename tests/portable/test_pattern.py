"""Light and sound as data: each meaning has its rhythm, as the design lists them.

Runs on CPython and on MicroPython.
"""

from dosebell import pattern
from dosebell.annunciator import STAGES
from dosebell.pattern import LIGHTS, MELODIES, lit, tone_hz

# What goes on until it is answered: on and off in turn, in ms.
MEANINGS = {
    "due": [500, 500],
    "snoozed": [100, 4900],
    "unset": [100, 150, 100, 1650],
    "service": [2500, 2500],
    "fault": [100, 100],
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


# Every span is a multiple of this; it is how often the board's own loop looks.
STEP_MS = 10


def spans(name: str, length_ms: int) -> list[int]:
    """On, off, on, ... of a light, in ms."""
    found, level = [0], True
    for at_ms in range(0, length_ms, STEP_MS):
        if lit(name, at_ms) != level:
            level = not level
            found.append(0)
        found[-1] += STEP_MS
    return found


def tones(name: str, length_ms: int) -> list[tuple[int, int]]:
    """(Hz, ms) of a melody, in turn."""
    found: list[tuple[int, int]] = []
    for at_ms in range(0, length_ms, STEP_MS):
        hz = tone_hz(name, at_ms)
        if found and found[-1][0] == hz:
            found[-1] = (hz, found[-1][1] + STEP_MS)
        else:
            found.append((hz, STEP_MS))
    return found


def test_what_goes_on_repeats() -> None:
    for name, once in MEANINGS.items():
        assert spans(name, 3 * sum(once)) == 3 * once, name


def test_an_answer_blinks_so_many_times_and_then_stays_dark() -> None:
    for name, blinks in BLINKS.items():
        found = spans(name, pattern.length_ms(name) + 5000)
        on = [found[place] for place in range(0, len(found), 2)]
        assert (len(on), sum(on)) == blinks, name
        assert found[-1] >= 5000, name


def test_low_stock_is_four_blinks_after_taken() -> None:
    found = spans("taken-low", pattern.length_ms("taken-low"))
    assert found[0] == 2000
    assert len(range(2, len(found), 2)) == 4


def test_no_two_meanings_look_alike() -> None:
    looks = {tuple(spans(name, 6000)) for name in LIGHTS}
    # `off` and a melody's tick aside, each name has a look of its own.
    assert len(looks) == len(LIGHTS)


def test_dark_is_dark_and_silent_is_silent() -> None:
    assert not any(lit(pattern.OFF, at_ms) for at_ms in range(3000))
    assert not any(tone_hz(pattern.SILENT, at_ms) for at_ms in range(3000))


def test_tones_are_pulsed_and_between_500_and_2500_hz() -> None:
    for name in MELODIES:
        heard = [(hz, ms) for hz, ms in tones(name, 10_000) if hz]
        assert all(500 <= hz <= 2500 for hz, _ in heard), name
        assert all(ms < 500 for _, ms in heard), name


def test_taken_rises_and_bad_news_falls() -> None:
    falling = {"taken": False, "taken-low": False, "missed-today": True, "no": True}
    for name, falls in falling.items():
        notes = [hz for hz, _ in tones(name, 3000) if hz]
        assert notes == sorted(notes, reverse=falls), name
        assert len(set(notes)) == len(notes) > 1, name


def test_no_is_two_notes() -> None:
    assert len([hz for hz, _ in tones("no", 3000) if hz]) == 2


def test_every_stage_has_a_melody_and_each_is_busier_than_the_one_before() -> None:
    for food in ("", "-eat"):
        busy_ms = [sum(ms for hz, ms in tones(stage + food, 12_000) if hz) for stage in STAGES]
        assert busy_ms == sorted(busy_ms)
        assert len(set(busy_ms)) == 3


def test_a_dose_that_wants_food_sounds_otherwise() -> None:
    assert all(MELODIES[stage] != MELODIES[stage + "-eat"] for stage in STAGES)


def test_a_melody_that_answers_ends() -> None:
    for name in [name for name in MELODIES if not MELODIES[name][0]]:
        assert tones(name, 20_000)[-1][0] == 0, name


def test_hours_later_a_level_is_still_found() -> None:
    for name in LIGHTS:
        assert lit(name, 1 << 24) in (True, False)
    for name in MELODIES:
        assert tone_hz(name, 1 << 24) >= 0
