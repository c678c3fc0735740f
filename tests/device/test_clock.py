"""What the box takes for the time, and from whom."""

import pytest

from domain import D3K2, Box
from dosebell import civil, clock
from dosebell.clock import Clock
from dosebell_host.schedule.local_time import from_unix

SEEN_S = civil.day_of(2026, 11, 22) * civil.DAY_S
EARLIER_S, LATER_S = SEEN_S - 1, SEEN_S + 3600
LONG_AGO_S = civil.day_of(2024, 12, 31) * civil.DAY_S
FAR_OFF_S = civil.day_of(2100, 1, 1) * civil.DAY_S


@pytest.mark.parametrize(
    ("battery_s", "kept_s", "found"),
    [
        (LATER_S, None, (clock.RTC, LATER_S)),
        (SEEN_S, None, (clock.RTC, SEEN_S)),
        (LATER_S, LATER_S + 9, (clock.RTC, LATER_S)),
        # A battery clock that shows less than was seen has lost its time.
        (EARLIER_S, None, (clock.UNSET, 0)),
        (EARLIER_S, LATER_S, (clock.RESET, LATER_S)),
        # And one that runs more than 400 days ahead of it is not believed without a host.
        (SEEN_S + 400 * civil.DAY_S, None, (clock.RTC, SEEN_S + 400 * civil.DAY_S)),
        (SEEN_S + 400 * civil.DAY_S + 1, None, (clock.UNSET, 0)),
        (SEEN_S + 400 * civil.DAY_S + 1, LATER_S, (clock.RESET, LATER_S)),
        (LONG_AGO_S, None, (clock.UNSET, 0)),
        (FAR_OFF_S, None, (clock.UNSET, 0)),
        (None, LATER_S, (clock.RESET, LATER_S)),
        (None, LONG_AGO_S, (clock.UNSET, 0)),
        (None, FAR_OFF_S, (clock.UNSET, 0)),
        (None, None, (clock.UNSET, 0)),
    ],
)
def test_the_best_clock_that_can_be_believed_is_taken(
    battery_s: int | None, kept_s: int | None, found: tuple[str, int]
) -> None:
    assert clock.ladder(battery_s, kept_s, SEEN_S) == found


def test_a_box_that_has_seen_no_time_yet_believes_any_that_can_be() -> None:
    assert clock.ladder(LATER_S, None, 0) == (clock.RTC, LATER_S)


def test_seconds_are_counted_from_milliseconds_without_loss() -> None:
    counted = Clock()
    counted.set(SEEN_S, 400, clock.HOST)
    for elapsed_ms in [1, 10, 999, 7, 2500, 83] * 1000:
        counted.advance(elapsed_ms)
    assert counted.uptime_ms == 3_600_000
    assert (counted.now_s, counted.until_ms(SEEN_S + 3601)) == (SEEN_S + 3600, 600)
    assert (counted.uptime_s, counted.until_uptime_ms(3601)) == (3600, 1000)


def test_a_clock_that_is_unset_stands_still_and_the_uptime_does_not() -> None:
    idle = Clock()
    idle.advance(90_000)
    assert (idle.trusted, idle.now_s, idle.uptime_s) == (False, 0, 90)


def test_what_has_passed_is_awaited_no_longer() -> None:
    late = Clock()
    late.set(SEEN_S, 0, clock.RTC)
    assert (late.until_ms(SEEN_S - 5), late.until_uptime_ms(-1)) == (0, 0)


# The same in a whole box.


def trust(box: Box) -> str:
    return str(box.request("hello")["trust"])


def test_a_new_box_without_a_battery_clock_knows_no_time_and_says_so() -> None:
    box = Box.bare(battery_clock=False)
    box.wait(5)
    assert (trust(box), box.request("hello")["utc"], box.light) == ("unset", None, "unset")


def test_the_battery_clock_brings_the_time_over_a_power_cut() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").power_cut("07:10", "07:20")
    assert (trust(box), box.now) == ("rtc", "2026-11-23 07:20:00")


def test_without_it_a_power_cut_takes_the_time_and_a_watchdog_reset_does_not() -> None:
    box = Box.with_schedule(D3K2, battery_clock=False)
    assert trust(box.until("07:10").reset()) == "reset"
    assert trust(box.power_cut("07:20", "07:30")) == "unset"
    assert trust(box.reset()) == "unset"


def test_a_battery_clock_with_an_empty_cell_is_not_believed() -> None:
    box = Box.with_schedule(D3K2)
    box.world.power_off()
    box.battery_clock.valid = False
    box.world.power_on()
    assert trust(box) == "unset"


def test_setting_the_clock_sets_the_battery_clock_too() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.set_clock("2026-11-23 07:05")
    assert (box.battery_clock.valid, box.battery_clock.offset_ms) == (True, 300_000)


def test_a_clock_set_back_is_seen_again_after_a_power_cut() -> None:
    """The last-seen time is rewritten downwards, or the battery clock would be disbelieved."""
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.set_clock("2026-11-23 06:00")
    box.power_cut("06:10", "06:20")
    assert (trust(box), box.now) == ("rtc", "2026-11-23 06:20:00")


def test_a_battery_clock_that_drifts_is_followed_every_hour_without_a_word() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00")
    box.battery_clock.offset_ms += 59_000
    box.wait(hours=1, minutes=1)
    assert (box.now, box.story()) == ("2026-11-23 15:01:59", [])


@pytest.mark.parametrize("ms", range(0, 1000, 100))
def test_a_battery_clock_that_runs_true_never_looks_two_seconds_off(ms: int) -> None:
    """Else a laptop would set the clock at every visit."""
    box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    box.wait(ms=730)
    ahead_ms = box.at("06:00:10") * 1000 + ms - box.world.now_ms
    box.set_clock("06:00:10", ms=ms)
    box.wait(hours=5)
    for cut in ("", "12:00"):
        if cut:
            box.power_cut(cut, "12:01")
        told_s = from_unix(box.request("hello")["utc"])
        assert abs(told_s * 1000 + 500 - (box.world.now_ms + ahead_ms)) < 2000


def test_a_battery_clock_that_runs_away_is_a_fault_and_is_not_followed() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00")
    box.battery_clock.offset_ms -= 60_000
    box.wait(hours=1, minutes=1)
    assert box.now == "2026-11-23 15:01:00"
    assert box.story() == ["15:00 fault what battery-clock off_s -60"]


def test_a_battery_clock_that_runs_away_is_told_once_and_not_every_hour() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00")
    box.battery_clock.offset_ms += 86_400_000
    box.wait(hours=6)
    assert (box.now, len(box.story("fault"))) == ("2026-11-23 20:00:00", 1)


def test_the_last_seen_time_is_noted_every_hour_while_nothing_happens() -> None:
    """So a battery clock that lost hours is found out, though no record was written."""
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00")
    box.wait(hours=5, minutes=30)
    box.world.power_off()
    box.battery_clock.offset_ms -= 3_600_000
    box.world.power_on()
    assert trust(box) == "unset"


@pytest.mark.parametrize(("off_s", "records"), [(0, 0), (1, 0), (-1, 0), (2, 1), (-2, 1)])
def test_a_step_of_less_than_two_seconds_is_no_event(off_s: int, records: int) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.wait(minutes=1)
    utc = box.now_s + civil.UNIX_2000 + off_s
    assert box.request("clock.set", utc=utc) == {"step_s": off_s, "trust": "host"}
    assert len(box.story("clock")) == records


def test_a_box_whose_clock_comes_from_the_battery_notes_when_the_host_confirms_it() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").power_cut("07:05", "07:10")
    box.set_clock("2026-11-23 07:10")
    assert trust(box) == "host"
    assert box.story("clock") == ["07:10 clock was rtc"]


def test_the_host_s_milliseconds_count() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.set_clock("2026-11-23 07:29:59", ms=800)
    box.wait(ms=199)
    assert box.light == "off"
    box.wait(ms=1)
    assert box.light == "due"
