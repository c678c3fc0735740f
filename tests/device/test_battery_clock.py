"""A battery clock and its bus that misbehave, one fault at a time, by name.

A box asks again: at start, every ten seconds while it knows no time, at each hourly note. It
believes what two readings say, and says where a clock that was there is no more.
"""

from typing import Any

import pytest

from domain import D3K2, IRON_DOSE, Box, plan
from dosebell import civil
from dosebell_host.sim.board import SimulatedBatteryClock

# Of the seven registers of the time, all but the weekday's, which nobody reads.
BITS = [bit for bit in range(7 * 8) if bit // 8 != 3]


def started(how: str, bit: int = 0) -> Box:
    """Off from 07:10 to 07:20, and started with a battery clock that misbehaves."""
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:10")
    box.world.power_off()
    box.world.run_for(600)
    box.battery_clock.misbehave(how, bit)
    box.world.power_on()
    return box


def running(at: str = "2026-11-23 14:00") -> Box:
    """On, set by a host, with a battery clock that agrees; its hourly notes are at :00."""
    return Box.with_schedule(D3K2, at=at)


def hello(box: Box) -> tuple[str, Any]:
    """(trust, whether it says that it has a battery clock)."""
    told = box.request("hello")
    return told["trust"], told["battery_clock"]


# At the start.


def test_one_failed_reading_at_power_on_costs_nothing() -> None:
    box = started("fails once")
    assert (hello(box), box.now) == (("rtc", True), "2026-11-23 07:20:00")


@pytest.mark.parametrize("bit", BITS)
def test_no_single_bit_makes_another_time_of_it(bit: int) -> None:
    box = started("lies by a bit", bit)
    assert (hello(box), box.now) == (("rtc", True), "2026-11-23 07:20:00")


def test_a_bus_that_fails_for_an_hour_keeps_the_box_unset_so_long() -> None:
    box = started("fails for an hour")
    assert hello(box) == ("unset", False)
    box.wait(minutes=59)
    assert (hello(box), box.light) == (("unset", False), "unset")
    box.wait(minutes=1, seconds=1)
    assert (hello(box), box.now) == (("rtc", True), "2026-11-23 08:20:01")
    assert box.story("clock", "ringing") == [
        "08:20 clock was unset",
        "08:20 ringing d3k2/0 breakfast",
    ]
    assert box.light == "due"


def test_a_cable_pushed_in_late_brings_the_time_and_what_was_pressed_before_is_taken() -> None:
    box = started("dies")
    box.wait(minutes=12)
    assert box.press() == "noted"
    box.battery_clock.misbehave("comes back")
    box.wait(10)
    assert hello(box) == ("rtc", True)
    assert box.story("taken") == ["07:32:10 taken d3k2/0 backfilled"]


def test_a_battery_clock_that_lost_its_time_is_there_and_is_believed_when_a_host_sets_it() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:10")
    box.world.power_off()
    box.battery_clock.valid = False
    box.world.power_on()
    assert hello(box) == ("unset", True)
    box.wait(30)
    assert hello(box) == ("unset", True)
    box.set_clock("07:11")
    box.power_cut("07:12", "07:13")
    assert (hello(box), box.story("fault")) == (("rtc", True), [])


@pytest.mark.parametrize(("days", "trust"), [(399, "rtc"), (401, "unset")])
def test_a_jump_of_more_than_400_days_waits_for_a_host(days: int, trust: str) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.world.power_off()
    box.battery_clock.offset_ms += days * civil.DAY_S * 1000
    box.world.power_on()
    box.wait(30)
    assert hello(box) == (trust, True)
    box.set_clock("2026-11-23 07:01", force=True)
    assert hello(box) == ("host", True)


def test_a_box_without_one_says_so_and_has_no_fault_whatever_it_is_asked() -> None:
    box = Box.with_schedule(D3K2, battery_clock=False)
    box.set_clock("07:01")
    box.wait(hours=3)
    assert (hello(box), box.request("status")["faults"]) == (("host", False), [])


# While it runs.


def test_one_failed_reading_at_the_hour_is_no_fault() -> None:
    box = running()
    box.wait(minutes=30)
    box.battery_clock.misbehave("fails once")
    box.wait(hours=1)
    assert (hello(box), box.story("fault")) == (("host", True), [])


@pytest.mark.parametrize("bit", BITS)
def test_the_box_follows_no_single_bit(bit: int) -> None:
    box = running()
    box.wait(minutes=30)
    box.battery_clock.misbehave("lies by a bit", bit)
    box.wait(hours=1)
    assert (box.now, box.story("fault")) == ("2026-11-23 15:30:00", [])


@pytest.mark.parametrize("how", ["dies", "fails for an hour"])
def test_one_that_was_there_and_does_not_answer_is_told_once_at_the_next_hour(how: str) -> None:
    box = running()
    box.wait(minutes=30)
    box.battery_clock.misbehave(how)
    box.wait(minutes=31)
    assert hello(box) == ("host", False)
    box.wait(minutes=28)
    assert box.story("fault") == ["15:00 fault what battery-clock answers 0"]
    box.battery_clock.misbehave("comes back")
    box.wait(hours=5)
    assert (hello(box), len(box.story("fault"))) == (("host", True), 1)


def test_one_that_stops_while_the_box_runs_is_told_once_and_is_still_there() -> None:
    box = running()
    box.battery_clock.valid = False
    box.wait(hours=5)
    assert (hello(box), box.story("fault")) == (
        ("host", True),
        ["15:00 fault what battery-clock answers 1"],
    )


def test_one_that_comes_back_is_followed_again() -> None:
    box = running()
    box.battery_clock.misbehave("fails for an hour")
    box.battery_clock.offset_ms += 20_000
    box.wait(hours=2, minutes=1)
    assert (hello(box), box.now) == (("host", True), "2026-11-23 16:01:20")


def test_a_new_one_that_is_pushed_in_gets_the_time_of_the_host_by_the_next_hour() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00", battery_clock=False)
    box.wait(minutes=30)
    box.battery_clock.misbehave("comes back")
    box.wait(hours=1)
    assert (hello(box), box.story("fault")) == (("host", True), [])
    box.power_cut("15:40", "15:50")
    assert (hello(box), box.now) == (("rtc", True), "2026-11-23 15:50:00")


def test_a_new_one_does_not_get_a_time_that_was_carried_over_a_reset() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00", battery_clock=False).reset()
    box.battery_clock.misbehave("comes back")
    box.wait(hours=2)
    assert (hello(box), box.battery_clock.valid) == (("reset", True), False)


# While it is set.


class Deaf(SimulatedBatteryClock):
    def write_s(self, utc_s: int) -> None:
        pass


class Slow(SimulatedBatteryClock):
    """Its second turns while it is read back."""

    def read_s(self) -> int | None:
        self.offset_ms += 600
        return super().read_s()


@pytest.mark.parametrize("had_one", [True, False])
def test_one_that_does_not_take_the_time_is_a_fault(had_one: bool) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00", battery_clock=had_one)
    box.world.board.rtc = Deaf(lambda: box.world.now_ms)
    box.set_clock("14:05")
    assert box.request("status")["faults"] == ["battery-clock"]
    assert box.story("fault") == ["14:05 fault what battery-clock set 0"]


def test_one_whose_second_turns_while_it_is_read_back_has_taken_the_time() -> None:
    box = running()
    box.world.board.rtc = Slow(lambda: box.world.now_ms)
    box.set_clock("14:05")
    assert (hello(box), box.story("fault")) == (("host", True), [])


def test_a_bus_that_fails_once_while_it_is_set_does_not_keep_the_time_from_it() -> None:
    box = running()
    box.battery_clock.misbehave("fails once")
    box.set_clock("14:05")
    assert (box.battery_clock.offset_ms, box.story("fault")) == (300_000, [])


@pytest.mark.parametrize("bit", BITS)
def test_what_reads_back_wrong_by_a_bit_is_read_again(bit: int) -> None:
    box = running()
    box.battery_clock.misbehave("lies by a bit", bit)
    box.set_clock("14:05")
    assert (hello(box), box.story("fault")) == (("host", True), [])


def test_one_that_is_gone_when_it_is_set_is_a_fault() -> None:
    box = running()
    box.battery_clock.misbehave("dies")
    box.set_clock("14:05")
    assert (hello(box), box.story("fault")) == (
        ("host", False),
        ["14:05 fault what battery-clock set 0"],
    )


def test_a_host_that_sets_the_clock_finds_one_that_was_pushed_in_just_now() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 14:00", battery_clock=False)
    box.battery_clock.misbehave("comes back")
    box.set_clock("14:05")
    assert hello(box) == ("host", True)
    box.power_cut("14:10", "14:20")
    assert (hello(box), box.now) == (("rtc", True), "2026-11-23 14:20:00")


def test_a_clock_set_back_while_that_one_is_dead_asks_again_after_a_cut_at_that_moment() -> None:
    box = Box.with_schedule(plan(IRON_DOSE), at="2026-11-23 07:00")
    box.set_clock("15:00")
    box.battery_clock.misbehave("dies")
    box.app.box.set_clock(box.at("2026-11-23 07:10"), 0, "host")
    box.world.power_off()
    box.world.power_on()
    box.set_clock("2026-11-23 07:20")
    assert box.until("07:31").due == ["IRON"]
