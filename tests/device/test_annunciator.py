"""Light and sound through a window: stages, nags, caps, quiet hours, and one voice for all."""

import pytest

from domain import D3K2, DROPS_DOSE, IRON_DOSE, Box, dose, plan

# Tablets at 08:00, until 11:00: overdue from 09:30, last call from 10:50.
TABLETS_DOSE = dose("tablets", 'at = ["08:00"]')
TABLETS = plan(TABLETS_DOSE, alerts='max_sound = "12h"')


def box_at(text: str, at: str = "2026-11-23 07:00") -> Box:
    return Box.with_schedule(text, at=at)


def rings(box: Box) -> list[tuple[str, str, str]]:
    """(from, to, melody) of each ring."""
    heard = box.sounds()
    assert all(sound == "silent" for _, sound in heard[1::2])
    return [
        (begin, end, sound)
        for (begin, sound), (end, _) in zip(heard[::2], heard[1::2], strict=False)
    ]


def test_it_sounds_for_a_minute_every_ten_and_the_light_stays() -> None:
    box = box_at(TABLETS).until("08:29")
    assert rings(box) == [
        ("08:00:00", "08:01:00", "due"),
        ("08:10:00", "08:11:00", "due"),
        ("08:20:00", "08:21:00", "due"),
    ]
    assert box.lights() == [("08:00:00", "due")]


def test_it_is_overdue_from_half_of_the_window() -> None:
    box = box_at(TABLETS).until("09:29:30")
    box.begin_story()
    box.until("09:45")
    assert rings(box) == [
        ("09:30:00", "09:31:00", "overdue"),
        ("09:40:00", "09:41:00", "overdue"),
    ]


def test_last_call_is_ten_minutes_before_the_end_and_halves_the_nag() -> None:
    box = box_at(TABLETS).until("10:45")
    box.begin_story()
    box.until("12:00")
    assert rings(box) == [
        ("10:50:00", "10:51:00", "last-call"),
        ("10:55:00", "10:56:00", "last-call"),
    ]
    assert box.lights()[1:] == [("11:00:00", "off")]


def test_a_window_of_ten_minutes_is_last_call_from_the_start() -> None:
    box = box_at(plan(dose("tablets", 'at = ["08:00"]', 'late = "10m"'))).until("08:09")
    assert rings(box) == [
        ("08:00:00", "08:01:00", "last-call"),
        ("08:05:00", "08:06:00", "last-call"),
    ]


@pytest.mark.parametrize(
    ("food", "sound"), [("fat", "due-eat"), ("any", "due-eat"), ("empty", "due"), (None, "due")]
)
def test_a_dose_that_wants_food_says_so(food: str | None, sound: str) -> None:
    lines = [f'food = "{food}"'] if food else []
    box = box_at(plan(dose("tablets", 'at = ["08:00"]', *lines))).until("08:00:30")
    assert (box.light, box.sound) == ("due", sound)


def test_a_dose_with_a_meal_wants_food_unless_it_says_otherwise() -> None:
    assert box_at(plan(dose("a", 'with = ["breakfast"]'))).until("07:30:30").sound == "due-eat"


def test_there_is_one_voice_and_it_says_the_most_urgent_of_all() -> None:
    """Iron is overdue when the tablets come due: one melody, not two."""
    box = box_at(plan(dose("iron", 'at = ["07:30"]', 'late = "40m"'), TABLETS_DOSE))
    box.until("08:12")
    assert rings(box) == [
        ("07:30:00", "07:31:00", "due"),
        ("07:40:00", "07:41:00", "due"),
        ("07:50:00", "07:51:00", "overdue"),
        # Iron's last call and the tablets' first: the louder one is heard.
        ("08:00:00", "08:01:00", "last-call"),
        ("08:05:00", "08:06:00", "last-call"),
        ("08:10:00", "08:11:00", "due"),
    ]


def test_a_dose_that_comes_due_rings_though_another_one_waits_for_its_nag() -> None:
    box = box_at(plan(IRON_DOSE, dose("later", 'at = ["07:34"]'))).until("07:45:30")
    assert rings(box) == [
        ("07:30:00", "07:31:00", "due"),
        ("07:34:00", "07:35:00", "due"),
        ("07:44:00", "07:45:00", "due"),
    ]


def test_sound_ends_after_its_time_in_a_window_and_light_goes_on() -> None:
    text = plan(dose("tablets", 'at = ["08:00"]'), alerts='max_sound = "150s"')
    box = box_at(text).until("10:59")
    assert rings(box) == [
        ("08:00:00", "08:01:00", "due"),
        ("08:10:00", "08:11:00", "due"),
        ("08:20:00", "08:20:30", "due"),
    ]
    assert box.light == "due"


def test_no_sound_at_all_is_light_only() -> None:
    box = box_at(plan(TABLETS_DOSE, alerts='max_sound = "0m"')).until("10:59")
    assert (rings(box), box.light) == ([], "due")


def test_each_meal_has_its_own_time_of_sound() -> None:
    box = box_at(plan(dose("a", 'with = ["breakfast", "lunch"]'), alerts='max_sound = "1m"'))
    box.until("14:00")
    assert [begin for begin, _, _ in rings(box)] == ["07:30:00", "12:30:00"]


def test_a_dose_that_begins_to_ring_pays_for_its_own_sound_only() -> None:
    """Iron has used up its time; the tablets, which come later, sound as long as anything."""
    text = plan(IRON_DOSE, TABLETS_DOSE, alerts='max_sound = "2m"')
    box = box_at(text).until("08:30")
    assert [begin for begin, _, _ in rings(box)] == [
        "07:30:00",
        "07:40:00",
        "08:00:00",
        "08:10:00",
    ]


def test_sound_stops_when_the_button_goes_down_and_comes_back_with_the_next_nag() -> None:
    box = box_at(TABLETS).until("08:00:20")
    box.world.hold(True)
    box.wait(ms=30)
    assert (box.light, box.sound) == ("off", "silent")


def test_a_press_that_is_no_answer_leaves_the_ring_to_the_next_nag() -> None:
    """A very long press finds nothing to undo; what rings goes on, later."""
    box = box_at(TABLETS).until("08:00:20")
    assert box.press_very_long() == "no"
    box.until("08:11")
    assert [begin for begin, _, melody in rings(box) if melody == "due"] == [
        "08:00:00",
        "08:10:00",
    ]


# Quiet hours: light only, to the second, and what still rings is heard when they end.


def test_in_quiet_hours_there_is_light_and_no_sound_and_the_end_is_heard() -> None:
    box = box_at(plan(dose("late", 'at = ["05:00"]'), alerts='quiet = "22:00-06:30"'))
    box.until("2026-11-24 05:00:01")
    assert (box.light, box.sound) == ("due", "silent")
    box.until("06:32")
    assert [(at, sound) for at, sound in box.sounds() if at >= "05"] == [
        ("06:30:00", "overdue"),
        ("06:31:00", "silent"),
    ]


def test_a_ring_is_cut_to_the_second_when_quiet_hours_begin() -> None:
    text = plan(dose("late", 'at = ["21:59"]'), alerts='quiet = "22:00-06:30"')
    box = box_at(text, at="2026-11-23 21:00")
    # It starts again, and rings anew for a minute, which would end in quiet hours.
    box.until("21:59:20").reset().wait(ms=500)
    # The seconds of the clock and those since power-on begin at different moments.
    box.set_clock("21:59:25", ms=300)
    quiet_ms = box.world.now_ms + 35_000 - 300
    assert box.sound == "due"
    box.until("23:00")
    silent = [output.at_ms for output in box.world.board.outputs if output.sound == "silent"]
    assert silent[-1] == quiet_ms
    assert box.light == "due"


def test_quiet_hours_may_lie_within_a_day() -> None:
    text = plan(dose("noon", 'at = ["12:55"]'), alerts='quiet = "13:00-14:00"')
    box = box_at(text, at="2026-11-23 12:00").until("14:11")
    assert rings(box) == [
        ("12:55:00", "12:56:00", "due"),
        ("14:00:00", "14:01:00", "due"),
        ("14:10:00", "14:11:00", "due"),
    ]


def test_answers_are_light_only_in_quiet_hours() -> None:
    box = box_at(plan(TABLETS_DOSE, alerts='quiet = "22:00-09:00"')).until("08:05")
    assert (box.press(), box.sound) == ("taken", "silent")
    box.wait(5)
    assert (box.press(), box.sound) == ("all-taken", "silent")
    assert (box.press_very_long(), box.sound) == ("not-yet", "silent")


def test_a_fault_is_told_by_light_only_in_quiet_hours() -> None:
    box = box_at(plan(TABLETS_DOSE, alerts='quiet = "22:00-09:00"')).until("08:05")
    box.files.refuses = "/log"  # type: ignore[attr-defined]
    assert (box.press(), box.sound) == ("unsaved", "silent")


def test_in_the_night_when_the_hour_comes_twice_quiet_ends_once_and_nothing_spins() -> None:
    text = plan(dose("late", 'at = ["01:00"]'), alerts='quiet = "22:00-02:30"')
    box = box_at(text, at="2026-10-24 20:00")
    passes = box.world.passes
    box.until("2026-10-25 03:30")
    assert box.sounds()[0] == ("02:30:00", "overdue")
    assert box.world.passes - passes < 60


# What counts elapsed time, and not what the clock shows.


@pytest.mark.parametrize("step_s", [-40, -3, 3, 40])
def test_setting_the_clock_neither_cuts_nor_repeats_a_ring(step_s: int) -> None:
    box = box_at(TABLETS).until("08:02")
    box.request("clock.set", utc=box.now_s + step_s + 946684800)
    box.begin_story()
    start_s = box.world.now_s
    box.wait(minutes=9)
    outputs = [output for output in box.world.board.outputs if output.sound != "silent"]
    assert [output.at_ms // 1000 - start_s for output in outputs] == [480]


@pytest.mark.parametrize("step_s", [-40, 40])
def test_a_snooze_lasts_as_long_whatever_the_clock_is_set_to(step_s: int) -> None:
    box = box_at(TABLETS).until("08:02")
    box.press_long()
    box.request("clock.set", utc=box.now_s + step_s + 946684800)
    box.wait(minutes=14, seconds=50)
    assert (box.light, box.sound) == ("snoozed", "silent")
    box.wait(10)
    assert (box.light, box.sound) == ("due", "due")


def test_a_reboot_forgets_snooze_and_nag_and_rings() -> None:
    box = box_at(TABLETS).until("08:02")
    box.press_long()
    box.wait(minutes=1)
    box.reset().wait(1)
    assert (box.light, box.sound) == ("due", "due")


def test_a_dose_that_comes_due_while_an_answer_is_shown_is_seen_right_after_it() -> None:
    box = box_at(TABLETS).until("07:59:59")
    assert box.press() == "not-yet"
    box.until("08:00:03")
    assert box.lights()[-2:] == [("07:59:59", "not-yet"), ("08:00:01", "due")]


def test_what_rests_is_dark() -> None:
    assert box_at(D3K2).until("11:00").light == "off"


def test_two_boxes_with_the_same_day_show_the_same() -> None:
    shown = [box_at(plan(DROPS_DOSE, IRON_DOSE)).until("23:00").shown() for _ in range(2)]
    assert shown[0] == shown[1]
