"""Several doses at once, asked for one at a time: what people do, and what the box makes of it.

Four are due at eight: two lie in the first compartment, one in the third, and one has none, so
that its number in the file stands for it.
"""

import pytest

from domain import Box, Flash, dose, plan
from dosebell import pattern

EACH = 'answer = "each"'
DUE = 'at = ["08:00"]'
SHORT, LONG, VERY_LONG = 200, 2500, 8500
IRON = dose("iron", DUE, "place = 3")
ZINC = dose("zinc", DUE, "place = 1")
SALT = dose("salt", DUE, "place = 1")
DROPS = dose("drops", DUE)
FOUR = plan(IRON, ZINC, SALT, DROPS, alerts=EACH)
# One in a compartment each.
ROW = plan(*[dose(f"d{n}", DUE, f"place = {n}") for n in (1, 2, 3)], alerts=EACH)


def at(time: str, text: str = FOUR) -> Box:
    return Box.with_schedule(text, at="2026-11-23 06:00").until(time)


def answered(box: Box, *kinds: str) -> list[str]:
    """What became of which dose, without the time."""
    return [line.split(" ", 1)[1] for line in box.story(*kinds)]


# Which one?


def test_each_place_is_asked_for_by_as_many_flashes_and_answered_by_one_press() -> None:
    box = at("08:01")
    seen = []
    for _ in range(3):
        seen.append((box.light, box.press()))
        box.wait(5)
    assert seen == [("count-3", "taken-next"), ("count-1", "taken-next"), ("count-4", "taken")]
    assert answered(box, "taken") == [
        "taken iron/0",
        "taken zinc/0",
        "taken salt/0",
        "taken drops/0",
    ]
    assert box.light == "off"


def test_all_that_is_due_in_one_place_is_one_append() -> None:
    box = at("08:01", plan(ZINC, SALT, IRON, alerts=EACH))
    diary = box.diary()
    box.press()
    assert "wrote taken taken" in diary


def test_what_lies_elsewhere_on_another_day_is_asked_for_by_the_place_of_today() -> None:
    text = plan(
        dose("week", 'at = ["08:00", "20:00"]', "place = [[1, 2, 3, 4, 5, 6, 7], 14]"), alerts=EACH
    )
    box = at("08:01", text)
    monday = box.light
    tuesday = box.until("2026-11-24 08:01").light
    assert (monday, tuesday, box.until("20:01").light) == ("count-1", "count-2", "count-14")


@pytest.mark.parametrize(
    ("count", "groups"),
    [(1, [1]), (2, [2]), (6, [6]), (7, [6, 1]), (14, [6, 6, 2]), (32, [6] * 5 + [2])],
)
def test_the_light_flashes_in_groups_of_at_most_six(count: int, groups: list[int]) -> None:
    """As somebody counts who takes a second of darkness for the end of a group."""
    name, at_ms, found, dark_ms, was_lit = f"count-{count}", 0, [0], 0, False
    while at_ms < pattern.length_ms(name):
        lit = pattern.lit(name, at_ms)
        if lit and not was_lit:
            if dark_ms >= 1000:
                found.append(0)
            found[-1] += 1
        dark_ms = 0 if lit else dark_ms + 10
        was_lit, at_ms = lit, at_ms + 10
    assert (found, dark_ms >= 2000, pattern.lit(name, at_ms)) == (groups, True, True)


# Between two questions.


def test_taken_is_shown_for_a_second_before_the_next_question() -> None:
    box = at("08:01")
    box.press()
    lit = [pattern.lit(box.light, ms) for ms in range(0, 1500, 100)]
    box.wait(2)
    assert (lit, box.light) == ([True] * 10 + [False] * 5, "count-1")


def test_the_next_press_may_come_after_two_seconds() -> None:
    box = at("08:01", ROW)
    assert box.press() == "taken-next"
    box.wait(2)
    assert box.press() == "taken-next"
    assert answered(box, "taken") == ["taken d1/0", "taken d2/0"]


@pytest.mark.parametrize("held_ms", [SHORT, LONG])
def test_who_presses_twice_in_haste_takes_nothing_that_was_not_asked_for(held_ms: int) -> None:
    box = at("08:01", ROW)
    box.press()
    box.wait(ms=900)
    assert box.press(held_ms) == "taken-next"
    box.wait(1)
    assert answered(box, "taken", "snoozed") == ["taken d1/0"]


def test_nor_does_who_presses_twice_in_haste_while_the_flash_cannot_be_written() -> None:
    box = at("08:01", ROW)
    assert isinstance(box.files, Flash)
    box.files.refuses = "/log"
    assert (box.press(), box.wait(ms=300).press()) == ("unsaved", "not-yet")
    box.files.refuses = ""
    assert (answered(box.wait(90), "taken"), box.light) == (["taken d1/0"], "count-2")


def test_what_becomes_due_behind_an_answer_is_taken_only_once_it_was_seen() -> None:
    box = at("07:59:58", plan(dose("tea", 'at = ["07:00"]'), dose("d1", DUE), alerts=EACH))
    assert (box.press(), box.until("08:00:01").press()) == ("taken", "not-yet")
    assert (box.wait(3).light, box.press()) == ("count-2", "taken")


def test_what_was_asked_about_and_becomes_due_then_is_taken_by_the_second_press() -> None:
    box = at("07:59:58", plan(dose("d1", DUE), alerts=EACH))
    assert (box.press(), box.until("08:00:01").press()) == ("not-yet", "taken")


def test_the_second_press_does_not_take_what_becomes_due_behind_the_question() -> None:
    rests = dose("rests", 'with = ["breakfast", "lunch"]', 'late = "10m"')
    box = at("07:59:58", plan(rests, dose("d1", DUE), alerts=EACH))
    assert (box.press(), box.until("08:00:01").press()) == ("not-yet", "not-yet")
    assert (answered(box, "taken"), box.wait(3).light) == ([], "count-2")


def test_after_the_last_answer_every_press_repeats_it_for_three_seconds() -> None:
    box = at("08:01", plan(DROPS, alerts=EACH))
    assert box.press() == "taken"
    box.wait(2)
    assert (box.press(), answered(box, "taken")) == ("taken", ["taken drops/0"])


def test_low_stock_is_shown_before_the_next_question() -> None:
    low = dose("iron", DUE, "stock = { count = 3, low = 7 }")
    box = at("08:01", plan(low, DROPS, alerts=EACH))
    assert box.press() == "taken-next-low"
    box.wait(4)
    assert box.light == "count-2"


# An empty packet is passed over.


def test_a_long_press_passes_to_the_next_and_snoozes_that_one_alone() -> None:
    box = at("08:01")
    box.press_long()
    assert (box.light, answered(box, "snoozed")) == ("count-1", ["snoozed iron/0"])
    box.press()
    box.wait(2)
    box.press()
    assert answered(box, "taken") == ["taken zinc/0", "taken salt/0", "taken drops/0"]
    assert box.wait(5).light == "snoozed"


def test_a_short_press_never_takes_what_was_passed() -> None:
    box = at("08:01", plan(IRON, alerts=EACH))
    box.press_long()
    assert [box.wait(2).press() for _ in range(3)] == ["not-yet"] * 3
    assert answered(box, "taken") == []


def test_what_was_passed_is_asked_for_again_when_its_snooze_ends() -> None:
    box = at("08:01", plan(IRON, alerts=EACH))
    box.press_long()
    box.wait(minutes=15)
    assert (box.light, box.sound) == ("count-3", "due")
    assert box.press() == "taken"


def test_what_was_passed_comes_back_after_what_is_asked_for_then() -> None:
    box = at("08:01", ROW)
    box.press_long()
    box.wait(minutes=16)
    assert [_press_on(box) for _ in range(3)] == ["count-2", "count-3", "count-1"]


def test_what_was_passed_to_the_end_is_missed() -> None:
    box = at("08:01", plan(IRON, DROPS, alerts=EACH))
    while box.now < "2026-11-23 10:50":
        if box.light == "count-3":
            box.press_long()
        elif box.light == "count-2":
            box.press()
        box.wait(minutes=1)
    assert answered(box.until("11:01"), "taken", "missed") == ["taken drops/0", "missed iron/0"]


def test_all_that_was_passed_in_one_place_comes_back_together() -> None:
    box = at("08:01", plan(ZINC, SALT, alerts=EACH))
    diary = box.diary()
    box.press_long()
    assert "wrote snoozed snoozed" in diary
    assert (box.light, box.wait(minutes=15).light) == ("snoozed", "count-1")


# Undo.


def test_a_very_long_press_undoes_the_last_answer_and_asks_for_it_again() -> None:
    box = at("08:01", ROW)
    box.press()
    box.wait(2)
    box.press()
    box.wait(2)
    assert (box.light, box.press_very_long()) == ("count-3", "not-yet")
    assert answered(box, "taken", "undone") == [
        "taken d1/0",
        "taken d2/0",
        "undone d2/0 was taken",
    ]
    assert box.wait(3).light == "count-2"


def test_both_of_one_place_are_undone() -> None:
    box = at("08:01", plan(ZINC, SALT, DROPS, alerts=EACH))
    box.press()
    box.press_very_long()
    assert answered(box, "undone") == ["undone zinc/0 was taken", "undone salt/0 was taken"]


def test_a_pass_is_undone_too() -> None:
    box = at("08:01", ROW)
    box.press_long()
    box.press_very_long()
    assert box.wait(3).light == "count-1"


def test_only_the_last_answer_is_undone() -> None:
    box = at("08:01", ROW)
    box.press()
    box.wait(2)
    box.press()
    assert [box.wait(4).press_very_long() for _ in range(2)] == ["not-yet", "no"]


# What comes due meanwhile.


def test_what_becomes_due_in_between_joins_at_the_end() -> None:
    early, late = dose("early", 'at = ["08:00"]'), dose("late", 'at = ["07:58"]')
    box = at("07:59", plan(early, late, dose("noon", DUE), alerts=EACH)).until("08:01")
    assert [_press_on(box) for _ in range(3)] == ["count-2", "count-1", "count-3"]


def test_what_becomes_due_in_the_place_that_is_asked_for_is_answered_with_it() -> None:
    box = at("08:01", plan(ZINC, DROPS, dose("more", 'at = ["08:02"]', "place = 1"), alerts=EACH))
    box.until("08:03").press()
    assert answered(box, "taken") == ["taken zinc/0", "taken more/0"]


def test_what_is_asked_for_stays_when_another_snooze_ends() -> None:
    """So nobody who has just swallowed the second is noted for the first."""
    box = at("08:01", ROW)
    box.press_long()
    box.until("08:17")
    assert (box.light, box.press(), answered(box, "taken")) == (
        "count-2",
        "taken-next",
        ["taken d2/0"],
    )


# What changes while the button is down.


HELD_MS = 1_500


def _held_on(box: Box, before: str) -> str:
    """A short press that begins half a second after that time, and lasts 1.5 s."""
    return box.until(before).wait(ms=500).press(HELD_MS)


def test_a_press_at_the_end_of_a_window_is_not_noted_for_the_next_place() -> None:
    """Who presses for the first compartment has taken nothing from the second one."""
    ends = dose("ends", DUE, "place = 1", 'late = "10m"')
    box = at("08:09", plan(ends, dose("next", DUE, "place = 2"), alerts=EACH))
    assert (_held_on(box, "08:09:59"), box.wait(3).light) == ("not-yet", "count-2")
    assert answered(box, "taken", "missed") == ["missed ends/0"]
    assert (box.press(), answered(box, "taken")) == ("taken", ["taken next/0"])


def test_a_press_during_which_the_laptop_answers_is_not_noted_for_the_next_place() -> None:
    box = at("08:01", ROW)
    box.world.hold(True)
    box.wait(1).request("dose.take", dose="d1")
    box.world.hold(False)
    box.wait(4)
    assert (answered(box, "taken"), box.light) == (["taken d1/0 host"], "count-2")


def test_a_press_during_which_a_schedule_comes_answers_what_it_was_begun_for() -> None:
    box = at("08:01", ROW)
    box.world.hold(True)
    box.wait(1).push(plan(*[dose(f"d{n}", DUE, f"place = {n}") for n in (3, 2, 1)], alerts=EACH))
    box.world.hold(False)
    assert (answered(box.wait(4), "taken"), box.light) == (["taken d1/0"], "count-2")


def test_a_press_that_began_when_all_was_passed_takes_nothing_that_wakes_meanwhile() -> None:
    box = at("08:01", plan(dose("d1", DUE, "place = 1"), alerts=EACH + '\nsnooze = "5m"'))
    box.press_long()
    assert (_held_on(box, "08:06:01"), box.due, answered(box, "taken")) == ("not-yet", ["D1"], [])


def test_a_long_press_passes_only_what_it_was_begun_for() -> None:
    ends = dose("ends", DUE, "place = 1", 'late = "10m"')
    box = at("08:09:58", plan(ends, dose("next", DUE, "place = 2"), alerts=EACH))
    assert (box.press_long(), answered(box, "snoozed")) == ("not-yet", [])


def test_a_press_answers_what_was_due_in_its_place_when_it_began() -> None:
    more = dose("more", 'at = ["08:02"]', "place = 1")
    box = at("08:01", plan(ZINC, more, alerts=EACH))
    _held_on(box, "08:01:59")
    assert (answered(box, "taken"), box.due) == (["taken zinc/0"], ["MORE"])


def test_the_next_meal_of_what_is_asked_for_joins_at_the_end_too() -> None:
    """Breakfast's window ends where lunch is due: the tea has waited longer than that."""
    meals = dose("d3k2", 'with = ["breakfast", "lunch"]', 'late = "6h"')
    box = at("12:29", plan(meals, dose("tea", 'at = ["10:00"]'), alerts=EACH))
    assert (box.light, box.until("12:31").light) == ("count-1", "count-2")


def test_the_order_of_yesterday_is_forgotten() -> None:
    early, late = dose("early", 'at = ["08:00"]'), dose("late", 'at = ["07:58"]')
    box = at("2026-11-23 08:01", plan(early, late, alerts=EACH))
    assert [_press_on(box) for _ in range(2)] == ["count-2", "count-1"]
    box.push(plan(early, dose("late", DUE), alerts=EACH))
    box.until("2026-11-24 08:01")
    assert [_press_on(box) for _ in range(2)] == ["count-1", "count-2"]


# Nag, stages, quiet hours.


def test_the_rest_is_called_for_at_the_next_nag() -> None:
    box = at("08:00:10", ROW)
    box.press()
    box.wait(5)
    assert (box.light, box.sound) == ("count-2", "silent")
    assert box.until("08:10:01").sound == "due"


def test_the_highest_stage_of_all_that_rings_is_heard() -> None:
    short = dose("short", DUE, 'late = "20m"')
    box = at("08:10:01", plan(DROPS, short, alerts=EACH))
    assert (box.light, box.sound) == ("count-1", "last-call")


def test_in_quiet_hours_it_is_asked_by_light_alone() -> None:
    text = plan(IRON, DROPS, alerts=EACH + '\nquiet = "07:00-09:00"')
    box = at("08:01", text)
    seen = [(box.light, box.sound)]
    box.press()
    seen.append((box.light, box.sound))
    assert seen == [("count-3", "silent"), ("taken-next", "silent")]
    box.until("09:00:01")
    assert (box.light, box.sound) == ("count-2", "due")


# Nothing rings.


def test_what_rests_is_asked_for_one_place_at_a_time_by_two_presses() -> None:
    meals = 'with = ["breakfast", "dinner"]'
    text = plan(dose("a", meals, "place = 2"), dose("b", meals, "place = 5"), alerts=EACH)
    box = at("12:00", text)
    seen = []
    for _ in range(2):
        answer = box.press()
        box.wait(4)
        seen.append((answer, box.light, box.press()))
        box.wait(5)
    assert seen == [("not-yet", "count-2", "taken"), ("not-yet", "count-5", "taken")]
    assert answered(box, "taken") == ["taken a/0", "taken b/0"]


def test_what_is_early_is_asked_for_with_all_of_its_place() -> None:
    box = at("07:30")
    assert (box.press(), box.wait(3).light, box.press()) == ("not-yet", "count-3", "taken")
    assert (box.wait(4).press(), box.wait(3).light, box.press()) == ("not-yet", "count-1", "taken")
    assert answered(box, "taken") == ["taken iron/0", "taken zinc/0", "taken salt/0"]


def test_the_question_lapses_once_there_was_time_to_count() -> None:
    box = at("07:30", plan(dose("a", DUE, "place = 12"), alerts=EACH))
    box.press()
    assert box.wait(10).light == "count-12"
    assert (box.wait(20).light, box.press()) == ("off", "not-yet")


def test_the_second_press_takes_only_what_it_was_asked_for() -> None:
    """Another opens earlier in between, and would be asked for first."""
    late = dose("late", 'at = ["08:30"]', 'early = "1h"')
    soon = dose("soon", 'at = ["08:10"]', 'early = "30m"')
    box = at("07:39:58", plan(late, soon, alerts=EACH))
    box.press()
    box.wait(4)
    assert (box.press(), answered(box, "taken")) == ("not-yet", [])


# What else may happen.


def test_after_a_power_cut_between_two_answers_the_others_are_asked_for() -> None:
    box = at("08:01", ROW)
    box.press()
    box.wait(2)
    box.press_long()
    box.power_cut("08:02", "08:03").wait(2)
    assert [_press_on(box) for _ in range(2)] == ["count-2", "count-3"]
    assert answered(box, "taken") == ["taken d1/0", "taken d2/0", "taken d3/0"]


def test_a_push_in_the_middle_leaves_the_turn_to_whom_it_was() -> None:
    box = at("08:01", ROW)
    box.press()
    box.wait(2)
    box.press_long()
    new = plan(
        dose("d1", DUE, "place = 1"),
        dose("d2", DUE, "place = 2"),
        dose("new", 'at = ["20:00"]', "place = 8"),
        dose("d3", DUE, "place = 9"),
        alerts=EACH,
    )
    box.push(new)
    assert (box.light, box.press()) == ("count-9", "taken")
    assert answered(box.wait(minutes=20), "taken") == ["taken d1/0", "taken d3/0"]
    assert box.light == "count-2"


def test_a_push_may_change_how_it_is_answered_while_it_rings() -> None:
    box = at("08:01", ROW)
    box.press()
    box.wait(2)
    box.push(ROW.replace('"each"', '"all"'))
    assert (box.light, box.press()) == ("due", "taken")
    assert answered(box, "taken") == ["taken d1/0", "taken d2/0", "taken d3/0"]


def test_a_press_while_the_clock_is_unset_counts_for_the_first_place_that_was_due() -> None:
    late = dose("late", 'at = ["08:05"]')
    text = plan(late, IRON, dose("also", DUE, "place = 3"), alerts=EACH)
    box = Box.with_schedule(text, at="2026-11-23 06:00", battery_clock=False)
    box.power_cut("07:00", "08:06")
    box.press()
    box.wait(minutes=2)
    box.set_clock("2026-11-23 08:09")
    assert answered(box, "taken") == ["taken iron/0 backfilled", "taken also/0 backfilled"]
    assert (box.light, box.due) == ("count-1", ["LATE"])


def test_the_laptop_still_answers_all_that_rings() -> None:
    box = at("08:01")
    assert len(box.request("dose.take")["records"]) == 4


def test_the_view_says_which_one_is_asked_for() -> None:
    box = at("08:01")
    box.press_long()
    assert [(each.dose, each.place, each.state, each.asked) for each in box.app.view.open] == [
        ("iron", 3, "snoozed", False),
        ("zinc", 1, "ringing", True),
        ("salt", 1, "ringing", True),
        ("drops", 0, "ringing", False),
    ]


def _press_on(box: Box) -> str:
    """Press once the question is there; which it was."""
    asked = box.light
    box.press()
    box.wait(2)
    return asked
