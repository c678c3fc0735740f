"""The simulated world does to the firmware what the board's own loop does, and no more."""

from domain import D3K2, Box


def box_about_to_find_its_battery_clock() -> Box:
    """It has known no time since 07:20, and was pressed at 07:35; it asks again at 07:40."""
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.battery_clock.misbehave("dies")
    box.power_cut("07:10", "07:20").until("07:35").press()
    box.until("07:39:55").battery_clock.misbehave("comes back")
    return box


def test_a_line_is_read_only_when_all_is_done_that_the_box_owes() -> None:
    """It comes in the very pass in which the box finds its battery clock."""
    box = box_about_to_find_its_battery_clock()
    box.world.now_ms += 10_000
    box.set_clock("2026-11-23 07:41")
    assert box.story("clock", "taken") == [
        "07:40:05 clock was unset",
        "07:40:05 taken d3k2/0 backfilled",
        "07:41 clock was rtc",
    ]
