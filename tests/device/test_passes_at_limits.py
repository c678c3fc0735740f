"""No pass takes a second, whatever many doses have to be looked at for it at once."""

from collections.abc import Callable

from test_passes import (
    EIGHT,
    MOST_LINES,
    begin_segment,
    daily,
    full,
    lived_fully,
    moved_meals,
    passes,
)

import tally
from domain import Box, compiled, dose, plan
from dosebell import civil


def most_lines(named: str, act: Callable[[], object]) -> int:
    """The lines of the longest pass in what is done."""
    with passes() as found:
        act()
    most = max(found.lines)
    tally.measured(f"lines of a pass of 64, {named}", f"{most:,}")
    return most


# A clock that is set back, where more than that is to be done.


def unset_box() -> Box:
    """It remembers five days in which nothing was taken, and has lost the time at noon."""
    box = lived_fully(EIGHT, hours=())
    box.battery_clock.valid = False
    return box.power_cut("2026-11-25 12:00", "2026-11-25 12:10")


def lines_of_an_earlier_clock(box: Box) -> int:
    """The first clock of an unset box shows three days less than the box had seen."""
    named = "a first clock that shows less than was seen"
    return most_lines(named, lambda: box.set_clock("2026-11-22 12:00"))


def test_a_first_clock_that_shows_less_than_was_seen_takes_up_a_push_a_piece_a_pass() -> None:
    box = unset_box()
    box.push(full(EIGHT, 'early = "2h"'))
    assert lines_of_an_earlier_clock(box) <= MOST_LINES


def test_a_first_clock_that_shows_less_than_was_seen_places_a_press_a_piece_a_pass() -> None:
    box = unset_box()
    assert box.press() == "noted"
    assert lines_of_an_earlier_clock(box) <= MOST_LINES


def test_a_commit_right_behind_a_clock_set_back_is_taken_up_a_piece_a_pass() -> None:
    box, new = lived_fully(EIGHT, hours=()), full(EIGHT, 'early = "2h"')
    box.push(new, commit=False)
    utc = box.at("2026-11-22 12:00") + civil.UNIX_2000
    box.request("clock.set", utc=utc, force=True)
    named, name = "a commit behind a clock set back", compiled(new).hash
    assert most_lines(named, lambda: box.request("schedule.commit", hash=name)) <= MOST_LINES


def test_other_times_behind_a_clock_set_back_take_away_what_waits_again_a_piece_a_pass() -> None:
    """Three days were missed and wait again, eight a day of each dose, and a push has none."""
    box, new = lived_fully(EIGHT, hours=()), full(daily("07:10", "18:00"))
    box.push(new, commit=False)
    utc = box.at("2026-11-22 12:00") + civil.UNIX_2000
    box.request("clock.set", utc=utc, force=True)
    named, name = "other times behind a clock set back", compiled(new).hash
    assert most_lines(named, lambda: box.request("schedule.commit", hash=name)) <= MOST_LINES


# A push, where windows close in the second in which it comes.


def hourly_windows(n: int) -> list[str]:
    return [*EIGHT(n), 'early = "30m"', 'late = "1h"']


def test_a_commit_in_the_second_in_which_64_windows_close_is_taken_up_a_piece_a_pass() -> None:
    box, new = lived_fully(hourly_windows, hours=()).until("2026-11-25 12:59:59"), moved_meals(1)
    box.push(new, commit=False)
    box.world.now_ms += 1000
    named, name = "a commit as windows close", compiled(new).hash
    assert most_lines(named, lambda: box.request("schedule.commit", hash=name)) <= MOST_LINES


# The snapshot of what a box remembers that lies ahead of its clock.


def test_the_next_segment_begins_in_time_where_what_was_taken_lies_ahead_of_the_clock() -> None:
    """Meals that move every day, each of them taken for weeks by a clock a month ahead."""
    box = Box.with_schedule(moved_meals(1), at="2026-11-05 05:00")
    for day in range(5, 26):
        box.until(f"2026-11-{day:02} 07:02").press()
    utc = box.now_s + civil.UNIX_2000 - 30 * civil.DAY_S
    box.request("clock.set", utc=utc, force=True)
    box.wait(seconds=5)
    named = "the next segment after a month back"
    assert most_lines(named, lambda: begin_segment(box)) <= MOST_LINES


# One press for all.


def test_the_undo_of_a_press_that_took_64_doses_once_a_month_takes_no_pass_of_a_second() -> None:
    rule = 'at = ["08:00"]'
    doses = [dose(f"dose-{n:02}", rule, days="{ monthdays = [29] }") for n in range(64)]
    box = Box.with_schedule(plan(*doses), at="2027-01-29 07:00").until("2027-01-29 08:01")
    box.press()
    assert most_lines("the undo of a press", box.press_very_long) <= MOST_LINES


def test_a_press_that_takes_64_moved_meals_of_a_gap_takes_no_pass_of_a_second() -> None:
    """Off for three days, and back an hour and a half after breakfast was due."""
    box = Box.with_schedule(moved_meals(1), at="2026-11-05 05:00")
    box.power_cut("2026-11-07 12:00", "2026-11-10 08:30").wait(30)
    assert most_lines("a press behind a gap", box.press) <= MOST_LINES


# A start that is no gap.


def off_days() -> list[str]:
    """As many exceptions as there may be, each a day that is switched off."""
    dates = [f"2026-{11 + n // 28}-{n % 28 + 1:02}" for n in range(32)]
    return [f"[[except]]\nfrom = {date}\nto = {date}\noff = true\n" for date in dates]


def test_64_doses_once_a_month_with_the_longest_windows_start_in_time_after_20_hours() -> None:
    rule = 'at = ["08:00"]', 'late = "14d"'
    days = [f"{{ monthdays = [{n % 31 + 1}] }}" for n in range(64)]
    doses = [dose(f"dose-{n:02}", *rule, days=days[n]) for n in range(64)]
    box = Box.with_schedule(plan(*doses, *off_days()), at="2026-11-10 07:00")
    box.until("2027-03-05 12:20")
    named = "a start after 20 hours, once a month"
    assert (
        most_lines(named, lambda: box.power_cut("2027-03-05 12:30", "2027-03-06 08:30"))
        <= MOST_LINES
    )
