"""Lamps at the compartments: what is due shines where it lies, in the rhythm of the light."""

import json

import pytest

from domain import Box, Flash, dose, plan
from dosebell import pattern, wiring
from dosebell.lamps import RHYTHMS

COUNT = 7
MONDAY = "2026-11-23 07:00"


def lies(ident: str, place: object, at: str = "07:30") -> str:
    """A dose at a time of the day, with the compartment it lies in."""
    return dose(ident, f'at = ["{at}"]', f"place = {place}")


def lit_box(text: str, count: int = COUNT) -> Box:
    """A box with lamps and this schedule, on Monday at seven."""
    files = Flash()
    lamps = {"pin": 16, "count": count, "brightness": 32}
    files.contents[wiring.PARTS] = json.dumps({"lamps": lamps}).encode()
    return Box.with_schedule(text, MONDAY, files=files)


def shown(box: Box) -> dict[int, str]:
    """The rhythm of each lamp that is not dark, by its compartment."""
    lamps = box.world.board.lamps
    assert lamps is not None
    return {place: RHYTHMS[what] for place, what in enumerate(lamps.shows, 1) if what}


def shining(box: Box) -> set[int]:
    return box.world.board.lamp_strip.shining


def test_what_is_due_blinks_where_it_lies_from_the_light_on_until_it_is_taken() -> None:
    box = lit_box(plan(lies("iron", 3), lies("zinc", 5), lies("mag", 1, "21:00")))
    assert shown(box) == {}
    box.until("07:30")
    assert (box.light, shown(box), shining(box)) == ("due", {3: "due", 5: "due"}, {3, 5})
    assert (box.press(), shown(box), shining(box)) == ("taken", {}, set())


def test_what_is_snoozed_flashes_now_and_then() -> None:
    box = lit_box(plan(lies("iron", 3)))
    box.until("07:31").press_long()
    assert (box.light, shown(box)) == ("snoozed", {3: "snoozed"})
    box.until("07:50")
    assert shown(box) == {3: "due"}


def test_one_lamp_answers_for_all_doses_of_its_compartment() -> None:
    box = lit_box(plan(lies("iron", 3), lies("zinc", 3), lies("drops", 3, "07:35")))
    box.until("07:31").press_long()
    assert shown(box) == {3: "snoozed"}
    box.until("07:36")
    assert shown(box) == {3: "due"}, "what rings comes before what is snoozed"
    assert (box.press(), shown(box)) == ("taken", {})


def test_an_organiser_of_a_week_shines_at_the_day() -> None:
    box = lit_box(plan(lies("pills", "[1, 2, 3, 4, 5, 6, 7]")))
    found = []
    for day in range(23, 30):
        box.until(f"2026-11-{day} 07:31")
        found.append(shown(box))
        box.press()
    assert found == [{place: "due"} for place in range(1, 8)]


def test_what_rests_shines_when_it_is_asked_for() -> None:
    box = lit_box(plan(dose("d3k2", 'with = ["breakfast", "lunch"]', "place = 2")))
    box.until("11:00")
    assert shown(box) == {}
    assert (box.press(), shown(box)) == ("not-yet", {2: "due"})
    box.wait(10)
    assert shown(box) == {}
    assert (box.press(), box.press(), shown(box)) == ("not-yet", "taken", {})


@pytest.mark.parametrize("text", [plan(lies("iron", 8)), plan(dose("iron", 'at = ["07:30"]'))])
def test_what_lies_beyond_the_strip_or_nowhere_rings_as_ever(text: str) -> None:
    box = lit_box(text).until("07:31")
    assert (box.light, shown(box), box.press()) == ("due", {}, "taken")


def test_lamps_are_dark_after_a_reset_a_cut_and_in_service() -> None:
    box = lit_box(plan(lies("iron", 3))).until("07:31")
    box.press()
    box.reset()
    assert shining(box) == set()
    box.power_cut("2026-11-24 07:00", "2026-11-24 07:05").until("07:31")
    assert shown(box) == {3: "due"}
    box.request("device.service")
    assert shining(box) == set()


def test_in_use_from_the_first_light_after_a_cut() -> None:
    box = lit_box(plan(lies("iron", 3))).power_cut("07:31", "07:32")
    assert (box.light, shown(box), shining(box)) == ("due", {3: "due"}, {3})


def test_a_lamp_goes_on_and_off_as_the_light_does() -> None:
    """By the tables of rhythms, every ten milliseconds of the first twelve seconds."""
    box = lit_box(plan(lies("iron", 3), lies("zinc", 5, "07:40")))
    box.until("07:31").press_long()
    box.until("07:40")
    lamps = box.world.board.lamps
    assert lamps is not None and shown(box) == {3: "snoozed", 5: "due"}
    for ms in range(10, 12_000, 10):
        lamps.play(10)
        names = {3: "snoozed", 5: "due"}
        assert shining(box) == {place for place in names if pattern.lit(names[place], ms)}, ms


def test_nothing_is_written_but_changes() -> None:
    box = lit_box(plan(lies("iron", 3)))
    strip, lamps = box.world.board.lamp_strip, box.world.board.lamps
    assert lamps is not None
    before = strip.writes
    box.until("07:29")
    for _ in range(1000):
        lamps.play(10)
    assert strip.writes == before
    box.until("07:30")
    assert strip.writes == before + 1
    for _ in range(1000):
        lamps.play(10)
    assert strip.writes == before + 1 + 20, "two changes a second"


# A strip that fails.


def test_a_strip_that_fails_is_a_fault_and_the_box_rings_and_takes_as_ever() -> None:
    box = lit_box(plan(lies("iron", 3)))
    box.world.board.lamp_strip.fails = True
    box.until("07:30").wait(30)
    assert (box.light, box.sound, shining(box)) == ("due", "due", set())
    assert box.press() == "taken"
    box.wait(10)
    assert (box.request("status")["faults"], box.light) == (["lamps"], "fault")


def test_a_strip_that_comes_back_shines_at_its_next_change() -> None:
    box = lit_box(plan(lies("iron", 3)))
    strip, lamps = box.world.board.lamp_strip, box.world.board.lamps
    assert lamps is not None
    strip.fails = True
    box.until("07:30")
    strip.fails = False
    lit = set()
    for _ in range(120):
        lamps.play(10)
        lit |= shining(box)
    assert lit == {3}


def test_a_strip_that_fails_when_all_is_taken_goes_dark_when_it_comes_back() -> None:
    box = lit_box(plan(lies("iron", 3))).until("07:30")
    strip, lamps = box.world.board.lamp_strip, box.world.board.lamps
    assert lamps is not None
    strip.fails = True
    box.press()
    assert shining(box) == {3}, "the last that it heard"
    strip.fails = False
    for _ in range(60):
        lamps.play(10)
    assert shining(box) == set()


def test_a_strip_that_fails_for_long_is_tried_now_and_then_and_noted_once() -> None:
    box = lit_box(plan(lies("iron", 3)))
    box.world.board.lamp_strip.fails = True
    box.until("2026-11-25 12:00")
    faults = [line for line in box.story() if " fault" in line]
    assert len(faults) == 1


@pytest.mark.parametrize("error", [ImportError("neopixel"), MemoryError(), ValueError("pin")])
def test_a_strip_that_cannot_be_taken_in_hand_is_a_fault(error: Exception) -> None:
    box = lit_box(plan(lies("iron", 3)))
    box.world.board.lamp_strip.refuses = error
    box.reset().until("07:30").wait(30)
    assert (box.light, box.sound, box.press()) == ("due", "due", "taken")
    assert box.request("status")["faults"] == ["lamps"]


def test_one_at_a_time_only_the_compartment_that_is_asked_for_shines() -> None:
    text = plan(
        lies("iron", 3),
        lies("zinc", 5),
        lies("mag", 3),
        lies("drops", 6),
        alerts='answer = "each"',
    )
    box = lit_box(text).until("07:31")
    assert (box.light, shown(box)) == ("count-3", {3: "due"})
    box.press()
    assert shown(box) == {5: "due"}, "iron and magnesium lie in one"
    box.wait(2).press_long()
    assert shown(box) == {6: "due"}, "zinc was passed, and is not asked for"
    box.wait(2).press()
    assert shown(box) == {5: "snoozed"}
