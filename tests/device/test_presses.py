"""What a press does and what the box answers: every row and column of the design's table."""

import pytest

from domain import D3K2, D3K2_DOSE, DROPS, DROPS_DOSE, IRON_DOSE, Box, dose, plan

SHORT, LONG, VERY_LONG = 200, 2500, 8500
STOCKED = plan(dose("d3k2", 'at = ["08:00"]', "stock = { count = 9, low = 7 }"))


def at(time: str, text: str = D3K2) -> Box:
    return Box.with_schedule(text, at="2026-11-23 06:00").until(time)


# Something rings or is snoozed.


def test_short_takes_all_that_rings_in_one_append() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    diary = box.diary()
    assert box.press() == "taken"
    assert "wrote taken taken" in diary
    assert box.story("taken") == ["07:31 taken d3k2/0", "07:31 taken iron/0"]


def test_short_takes_what_is_snoozed_too() -> None:
    box = at("07:31", plan(D3K2_DOSE, dose("late", 'at = ["07:40"]')))
    box.press_long()
    box.until("07:41")
    assert box.press() == "taken"
    assert box.story("taken") == ["07:41 taken d3k2/0", "07:41 taken late/0"]


def test_short_leaves_what_is_not_due_yet() -> None:
    box = at("07:31", plan(D3K2_DOSE, DROPS_DOSE))
    assert box.press() == "taken"
    assert box.story("taken") == ["07:31 taken d3k2/0"]


def test_long_snoozes_all_for_a_quarter_of_an_hour() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    box.press_long()
    assert (box.light, box.sound) == ("snoozed", "silent")
    assert box.story("snoozed") == ["07:31:02 snoozed d3k2/0", "07:31:02 snoozed iron/0"]
    box.wait(minutes=15)
    assert (box.light, box.sound) == ("due", "due-eat")


def test_long_again_snoozes_anew() -> None:
    box = at("07:31")
    box.press_long()
    box.wait(minutes=10)
    box.press_long()
    box.wait(minutes=14)
    assert box.light == "snoozed"


def test_very_long_while_it_rings_undoes_the_press_before() -> None:
    box = at("07:31", plan(D3K2_DOSE, dose("late", 'at = ["07:35"]')))
    box.press()
    box.until("07:36")
    assert box.press_very_long() == "not-yet"
    assert box.story("undone") == ["07:36:08 undone d3k2/0 was taken"]
    assert (box.row("d3k2")["state"], box.row("late")["state"]) == ("ringing", "ringing")


# Nothing rings; something rests or is inside its early window.


def test_early_it_answers_not_yet_and_a_second_press_takes_it() -> None:
    box = at("06:50")
    assert box.press() == "not-yet"
    box.wait(3)
    assert box.press() == "taken"
    assert box.story() == ["06:50:03 taken d3k2/0"]
    box.until("2026-11-24 07:00")
    assert box.story("ringing") == []


@pytest.mark.parametrize(("wait_ms", "answer"), [(5500, "taken"), (6500, "not-yet")])
@pytest.mark.parametrize("phase_ms", range(0, 1000, 130))
def test_the_second_press_counts_within_six_seconds(
    wait_ms: int, answer: str, phase_ms: int
) -> None:
    box = at("06:50").wait(ms=phase_ms)
    box.press()
    # A press takes 250 ms itself.
    box.wait(ms=wait_ms - 250)
    assert box.press() == answer


def test_a_second_press_too_late_asks_again_and_a_third_takes_it() -> None:
    box = at("06:50")
    assert box.press() == "not-yet"
    assert box.wait(10).press() == "not-yet"
    assert box.wait(2).press() == "taken"


def test_the_second_press_takes_what_rests_before_what_is_early() -> None:
    """At 11:00 breakfast's dose rests until lunch, and the noon drops could be early."""
    box = at("11:00", plan(D3K2_DOSE, dose("noon", 'at = ["11:30"]')))
    assert box.press() == "not-yet"
    assert box.wait(1).press() == "taken"
    assert box.story("taken") == ["11:00:01 taken d3k2/0"]


def test_the_second_press_takes_all_that_rest() -> None:
    rests = [dose(name, 'with = ["breakfast", "lunch"]') for name in ("one", "two")]
    box = at("11:00", plan(*rests))
    box.press()
    box.wait(1).press()
    assert box.story("taken") == ["11:00:01 taken one/0", "11:00:01 taken two/0"]


def test_of_several_early_ones_the_second_press_takes_the_earliest() -> None:
    box = at("07:15", plan(dose("b", 'at = ["08:10"]'), dose("a", 'at = ["08:00"]')))
    box.press()
    box.wait(1).press()
    assert box.story("taken") == ["07:15:01 taken a/0"]


def test_a_long_press_is_as_a_short_one_there() -> None:
    box = at("06:50")
    assert box.press_long() == "not-yet"
    assert box.wait(1).press_long() == "taken"


def test_what_comes_due_between_the_two_presses_is_taken_by_the_second() -> None:
    box = at("07:29:58")
    assert box.press() == "not-yet"
    assert box.wait(3).press() == "taken"
    assert box.story("taken") == ["07:30:01 taken d3k2/0"]


def test_very_long_undoes_there_too() -> None:
    box = at("07:31", plan(D3K2_DOSE, dose("noon", 'at = ["08:30"]')))
    box.press()
    assert box.wait(minutes=5).press_very_long() == "not-yet"
    assert box.light in ("not-yet", "due")


# Nothing is open.


@pytest.mark.parametrize(
    ("story", "answer"),
    [
        ([], "nothing"),
        (["07:31 press"], "all-taken"),
        (["17:00"], "missed-today"),
        (["07:31 press", "2026-11-24 03:00"], "nothing"),
    ],
)
def test_it_answers_how_the_day_stands(story: list[str], answer: str) -> None:
    box = at("06:01")
    for step in story:
        time, _, press = step.rpartition(" ") if step.endswith("press") else (step, "", "")
        box.until(time)
        if press:
            box.press()
            box.wait(minutes=10)
    assert box.press() == answer


def test_one_missed_outweighs_many_taken() -> None:
    box = at("07:31", plan(IRON_DOSE, dose("noon", 'at = ["12:30"]')))
    box.press()
    box.until("16:00")
    assert box.press() == "missed-today"


def test_a_missed_one_that_was_settled_later_is_missed_no_longer() -> None:
    box = at("17:00")
    assert box.press() == "missed-today"
    box.request("dose.take", dose="d3k2", date="2026-11-23")
    assert box.wait(5).press() == "all-taken"


def test_long_plays_the_self_test() -> None:
    box = at("17:00")
    assert box.press_long() == "test"
    assert (box.light, box.sound) == ("test", "test")
    assert box.story("taken", "snoozed", "pressed") == []


def test_very_long_with_nothing_to_undo_says_no() -> None:
    box = at("17:00")
    assert (box.press_very_long(), box.sound) == ("no", "no")


# Undo.


def test_undo_inside_the_window_rings_again() -> None:
    box = at("07:31")
    box.press()
    assert box.wait(minutes=1).press_very_long() == "not-yet"
    box.wait(5)
    assert (box.light, box.sound) == ("due", "due-eat")
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "07:31 taken d3k2/0",
        "07:32:08 undone d3k2/0 was taken",
        "07:32:08 ringing d3k2/0 breakfast",
    ]


def test_undo_takes_back_all_that_the_press_did() -> None:
    box = at("07:31", plan(D3K2_DOSE, IRON_DOSE))
    box.press()
    box.wait(minutes=1).press_very_long()
    assert box.story("undone") == [
        "07:32:08 undone d3k2/0 was taken",
        "07:32:08 undone iron/0 was taken",
    ]


def test_undo_of_an_early_intake_waits_for_its_time_again() -> None:
    box = at("06:50")
    box.press()
    box.wait(1).press()
    box.wait(minutes=1).press_very_long()
    box.until("07:29")
    assert box.story("ringing") == []
    assert box.until("07:30:01").light == "due"


def test_undo_of_a_snooze_rings_at_once() -> None:
    box = at("07:31")
    box.press_long()
    assert box.wait(minutes=2).press_very_long() == "not-yet"
    box.wait(3)
    assert (box.light, box.sound) == ("due", "due-eat")
    assert box.story("undone") == ["07:33:11 undone d3k2/0 was snoozed"]


def test_undo_after_the_window_is_missed() -> None:
    box = at("15:29")
    box.press()
    assert box.until("15:31").press_very_long() == "not-yet"
    assert box.story("taken", "undone", "missed") == [
        "15:29 taken d3k2/0",
        "15:31:08 undone d3k2/0 was taken",
        "15:31:08 missed d3k2/0 undone",
    ]
    assert box.wait(minutes=1).press() == "missed-today"


def test_undo_is_for_ten_minutes() -> None:
    box = at("07:31")
    box.press()
    assert box.wait(minutes=9, seconds=30).press_very_long() == "not-yet"
    box.wait(minutes=1).press()
    assert box.wait(minutes=10).press_very_long() == "no"


def test_undo_works_once() -> None:
    box = at("07:31")
    box.press()
    box.wait(minutes=1).press_very_long()
    assert box.wait(minutes=1).press_very_long() == "no"
    assert len(box.story("undone")) == 1


def test_undo_gives_the_pill_back_to_the_stock() -> None:
    box = at("08:01", STOCKED)
    box.press()
    assert box.row("d3k2")["stock"] == 8
    box.wait(minutes=1).press_very_long()
    assert box.row("d3k2")["stock"] == 9


def test_what_the_laptop_undid_is_not_undone_again_by_a_press() -> None:
    box = at("08:01", STOCKED)
    box.press()
    box.request("dose.undo", dose="d3k2", date="2026-11-23")
    assert box.wait(minutes=1).press_very_long() == "no"
    assert (box.row("d3k2")["stock"], len(box.story("undone"))) == (9, 1)


def test_undo_after_a_reboot_says_no() -> None:
    """The box no longer knows what the last press was."""
    box = at("07:31")
    box.press()
    box.reset().wait(1)
    assert box.press_very_long() == "no"


def test_undo_after_a_push_that_took_the_time_of_day_away_says_no() -> None:
    box = at("20:01", DROPS)
    box.press()
    box.push(plan(dose("drops", 'at = ["08:00"]')))
    assert box.wait(1).press_very_long() == "no"


def test_undo_leaves_an_older_intake_what_it_was() -> None:
    box = at("08:01", DROPS)
    box.press()
    box.until("20:01").press()
    last = box.row("drops")["intake"]
    box.request("dose.undo", dose="drops", date="2026-11-23", slot=0)
    assert box.row("drops")["intake"] == last


# For three seconds after *taken*.


@pytest.mark.parametrize("phase_ms", range(0, 1000, 130))
@pytest.mark.parametrize("held_ms", [SHORT, 1500])
def test_for_three_seconds_after_taken_every_press_repeats_that_answer(
    phase_ms: int, held_ms: int
) -> None:
    box = at("07:31", plan(D3K2_DOSE, dose("noon", 'at = ["08:30"]'))).wait(ms=phase_ms)
    assert box.press() == "taken"
    box.wait(ms=2850 - held_ms)
    assert box.press(held_ms) == "taken"
    assert len(box.story("taken", "snoozed")) == 1
    assert box.wait(ms=200).press() == "not-yet"


def test_a_press_in_those_seconds_neither_snoozes_nor_undoes() -> None:
    box = at("07:31")
    box.press()
    box.wait(ms=100)
    assert box.press(2600) == "taken"
    assert box.story() == ["07:30 ringing d3k2/0 breakfast", "07:31 taken d3k2/0"]


# Ticks, stock, and a button that does not come up.


def test_a_tick_of_light_marks_each_threshold() -> None:
    box = at("17:00").wait(1)
    box.press_very_long()
    assert [(at, light) for at, light in box.lights() if light == "tick"] == [
        ("17:00:03", "tick"),
        ("17:00:09", "tick"),
    ]


def test_low_stock_is_told_with_taken() -> None:
    box = at("08:01", STOCKED)
    assert box.press() == "taken"
    assert box.until("2026-11-24 08:01").press() == "taken-low"
    assert box.row("d3k2")["stock"] == 7


def test_stock_may_go_below_nothing_and_is_still_counted() -> None:
    box = at("08:01", plan(dose("d3k2", 'at = ["08:00"]', "stock = { count = 0 }")))
    assert box.press() == "taken-low"
    assert box.row("d3k2")["stock"] == -1


def test_a_stuck_button_is_a_fault_and_reminders_go_on() -> None:
    box = at("07:20").wait(1)
    box.world.hold(True)
    box.until("07:20:32")
    assert (box.light, box.story()) == ("fault", ["07:20:31 fault what button held_s 30"])
    box.until("07:30:01")
    assert (box.light, box.sound) == ("due", "due-eat")
    box.world.hold(False)
    box.wait(minutes=1)
    assert box.light == "due"
    assert box.press() == "taken"


def test_a_button_that_comes_up_again_is_a_fault_no_longer() -> None:
    box = at("07:20").wait(1)
    box.world.hold(True)
    box.wait(40)
    box.world.hold(False)
    box.wait(ms=50)
    assert box.light == "off"
    assert box.story("taken", "snoozed", "undone") == []


def held_at_power_on(seconds: int) -> Box:
    box = at("07:20")
    box.world.power_off()
    box.world.pressed = True
    box.world.power_on()
    box.wait(seconds)
    box.world.hold(False)
    return box.wait(1)


def test_a_button_held_three_seconds_at_power_on_leaves_the_reminder_off_for_ten_minutes() -> None:
    assert held_at_power_on(2).light == "off"
    box = held_at_power_on(4)
    assert box.light == "service"
    assert box.until("07:30:01").light == "service"
    assert box.until("07:30:06").light == "due"


def test_a_button_held_through_a_restart_that_was_no_power_cut_asks_for_nothing() -> None:
    box = at("07:20")
    box.world.pressed = True
    box.reset().wait(4)
    box.world.hold(False)
    assert box.wait(1).light == "off"


def test_a_button_down_since_power_on_does_nothing_and_after_half_a_minute_is_a_fault() -> None:
    box = at("07:20")
    box.world.pressed = True
    box.reset().wait(29)
    assert box.light == "off"
    assert box.wait(2).light == "fault"
    assert box.until("07:30:01").light == "due"


def test_the_long_press_is_as_long_as_the_schedule_says() -> None:
    box = at("07:31", plan(D3K2_DOSE, alerts='long_press = "4s"'))
    assert box.press(3500) == "taken"
    box = at("07:31", plan(D3K2_DOSE, alerts='long_press = "4s"'))
    box.press(4500)
    assert box.story("snoozed") == ["07:31:04 snoozed d3k2/0"]
    box.reset().wait(1)
    box.press(3500)
    assert len(box.story("taken")) == 1


def test_a_second_pill_inside_half_the_gap_is_noted_and_not_blocked() -> None:
    times = ['at = ["08:00", "20:00"]', 'early = "6h"', 'late = "6h"']
    box = at("13:50", plan(dose("drops", *times)))
    assert box.press() == "taken"
    box.until("14:05").press()
    assert box.wait(1).press() == "taken"
    assert box.story("taken") == ["13:50 taken drops/0", "14:05:01 taken drops/1 soon"]


# While the clock is unset.


def test_an_unset_clock_is_told_by_light_and_one_chirp() -> None:
    box = Box.bare()
    assert [(light, sound) for _, light, sound in box.shown()] == [("noted", "chirp")]
    box.wait(hours=30)
    assert box.sounds()[-1][1] == "silent"
    assert [light for _, light in box.lights()] == ["noted", "unset"]


@pytest.mark.parametrize(
    ("held_ms", "answer", "records"),
    [
        (SHORT, "noted", ["unset pressed uptime_s 60"]),
        (LONG, "no", []),
        (VERY_LONG, "no", []),
    ],
)
def test_a_short_press_is_noted_while_the_clock_is_unset_and_a_long_one_is_none(
    held_ms: int, answer: str, records: list[str]
) -> None:
    box = Box.bare().wait(60)
    assert (box.press(held_ms), box.sound) == (answer, "chirp")
    assert box.story("pressed") == records
