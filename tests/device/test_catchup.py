"""What the box makes of time it was not there for, and of a clock that jumps."""

import itertools
from collections.abc import Callable

import pytest

from domain import D3K2, D3K2_DOSE, DROPS, IRON_DOSE, Box, Flash, dose, journal_lines, plan
from dosebell import civil

TABLETS = plan(dose("tablets", 'at = ["08:00"]'))


class PowerGoneError(Exception):
    """The power went in the middle of what the box did."""


def power_goes(box: Box, write: int, act: Callable[[], object], off_s: int) -> bool:
    """The power goes before that write of the journal in what is done, and comes back so much
    later; whether it went.
    """
    files, writes = box.files, itertools.count()
    assert isinstance(files, Flash)

    def before(what: str, path: str) -> None:
        if what == "open" and path.startswith("/log/") and next(writes) == write:
            raise PowerGoneError

    files.before = before
    try:
        act()
    except PowerGoneError:
        files.before = lambda what, path: None
        box.world.power_off()
        box.world.run_until(box.world.now_s + off_s)
        return True
    files.before = lambda what, path: None
    return False


def off(text: str, since: str, until: str, at: str = "2026-11-23 07:00") -> Box:
    """A box that was off from then to then, and has been on again for ten seconds."""
    return Box.with_schedule(text, at=at).power_cut(since, until).wait(10)


# Off.


def test_off_inside_a_window_it_rings_again_within_ten_seconds() -> None:
    box = off(D3K2, "07:35", "08:20")
    assert (box.light, box.sound) == ("due", "due-eat")
    assert box.story() == ["07:30 ringing d3k2/0 breakfast", "08:20 boot power"]


def test_off_when_it_came_due_it_rings_when_it_is_back() -> None:
    box = off(D3K2, "07:10", "08:20")
    assert (box.light, box.sound) == ("due", "due-eat")
    assert box.story() == ["08:20 boot power", "08:20 ringing d3k2/0 breakfast"]


def test_off_across_a_window_that_had_rung_it_is_missed() -> None:
    assert off(TABLETS, "08:05", "14:00").story() == [
        "08:00 ringing tablets/0",
        "14:00 boot power",
        "14:00 missed tablets/0",
    ]


def test_off_after_the_clock_was_set_back_what_passed_is_judged_once() -> None:
    box = Box.with_schedule(TABLETS, at="2026-11-23 07:00").until("08:01")
    box.request("clock.set", utc=box.now_s + civil.UNIX_2000 - 600)
    box.wait(seconds=30)
    box.power_cut("07:55", "14:00").wait(10)
    assert box.story("missed", "undone") == ["14:00 missed tablets/0"]


def test_off_across_a_window_that_never_rang_it_is_unknown() -> None:
    """P7: being off is not forgetting."""
    assert off(TABLETS, "07:10", "14:00").story() == [
        "14:00 boot power",
        "14:00 unknown tablets/0",
    ]


def test_off_over_breakfast_it_rings_at_lunch() -> None:
    box = off(D3K2, "07:10", "11:00").until("12:31")
    assert box.story() == [
        "11:00 boot power",
        "11:00 resting d3k2/0",
        "12:30 ringing d3k2/0 lunch",
    ]


def test_off_over_both_meals_after_the_first_had_rung_it_is_missed() -> None:
    assert off(D3K2, "08:00", "16:00").story("missed", "unknown") == ["16:00 missed d3k2/0"]


def test_off_over_a_day_that_is_switched_off_it_is_skipped_all_the_same() -> None:
    text = TABLETS + "[[except]]\nfrom = 2026-11-23\nto = 2026-11-23\noff = true\n"
    box = off(text, "06:30", "14:00", at="2026-11-23 06:00")
    assert box.story() == ["14:00 boot power", "14:00 skipped tablets/0 off"]


def test_off_after_an_intake_nothing_rings_again() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.press()
    box.power_cut("07:32", "07:33").wait(10)
    assert box.light == "off"
    box.power_cut("12:20", "12:40").wait(10)
    assert (box.light, box.story("ringing")) == ("off", ["07:30 ringing d3k2/0 breakfast"])


def test_off_for_a_day_is_one_gap() -> None:
    """It begins with the time last seen, which is noted every hour."""
    box = off(DROPS, "07:10", "2026-11-25 07:10")
    assert box.story() == [
        "wed 07:10 boot power",
        "wed 07:10 gap from 07:00 to wed 07:10",
    ]
    assert box.until("08:00:01").light == "due"


def test_off_for_a_bit_less_than_a_day_is_judged_one_by_one() -> None:
    box = off(DROPS, "07:10", "2026-11-24 06:50")
    assert box.story() == [
        "tue 06:50 boot power",
        "tue 06:50 unknown drops/0 of 11-23",
        "tue 06:50 unknown drops/1 of 11-23",
    ]


def test_off_across_more_than_sixteen_windows_is_one_gap() -> None:
    doses = [dose(f"d{n:02d}", 'at = ["08:00"]') for n in range(17)]
    box = off(plan(*doses), "07:10", "14:00")
    assert box.story() == ["14:00 boot power", "14:00 gap from 07:00 to 14:00"]
    doses = [dose(f"d{n:02d}", 'at = ["08:00"]') for n in range(16)]
    box = off(plan(*doses), "07:10", "14:00")
    assert len(box.story("unknown")) == 16


def test_what_had_rung_before_a_gap_is_missed_and_what_is_still_open_rings() -> None:
    weekly = dose("weekly", 'at = ["08:00"]', 'late = "5d"', days='["mon"]')
    box = off(plan(D3K2_DOSE, weekly), "09:00", "2026-11-25 09:00")
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "08:00 ringing weekly/0",
        "wed 09:00 boot power",
        "wed 09:00 gap from 09:00 to wed 09:00",
        "wed 09:00 missed d3k2/0 of 11-23",
        "wed 09:00 ringing d3k2/0 breakfast",
    ]
    assert box.light == "due"
    assert box.press() == "taken"
    assert box.story("taken") == [
        "wed 09:00:10 taken d3k2/0",
        "wed 09:00:10 taken weekly/0 of 11-23",
    ]


def test_after_a_gap_the_days_inside_it_are_not_judged_again() -> None:
    box = off(DROPS, "07:10", "2026-11-25 07:10")
    box.power_cut("07:20", "07:30")
    box.reset().wait(1)
    assert box.story("unknown", "missed", "gap") == ["wed 07:10 gap from 07:00 to wed 07:10"]


def test_many_short_cuts_lose_nothing_and_repeat_nothing() -> None:
    box = Box.with_schedule(D3K2).until("07:29")
    for _ in range(30):
        box.wait(7)
        box.world.power_off()
        box.world.run_until(box.world.now_s + 5)
        box.world.power_on()
    assert box.light == "due"
    assert box.story("ringing", "missed", "unknown") == ["07:30 ringing d3k2/0 breakfast"]


def test_a_dose_that_came_due_as_the_clock_was_unset_rings_when_it_is_set() -> None:
    box = Box.with_schedule(D3K2, battery_clock=False)
    box.power_cut("07:10", "07:20").until("07:50")
    assert (box.light, box.story("ringing")) == ("unset", [])
    box.set_clock("2026-11-23 07:50")
    box.wait(5)
    assert (box.light, box.sound) == ("due", "due-eat")


# Pressed while the clock was unset.


def unset_box(text: str = D3K2) -> Box:
    """Off from 07:10 to 07:20, and without a clock since."""
    return Box.with_schedule(text, battery_clock=False).power_cut("07:10", "07:20").wait(1)


def test_a_press_inside_a_window_becomes_its_intake_when_the_clock_is_set() -> None:
    box = unset_box().until("07:35")
    assert box.press() == "noted"
    box.until("08:00").set_clock("2026-11-23 08:00")
    assert box.story("pressed", "taken", "ringing") == [
        "unset pressed uptime_s 900",
        "08:00 taken d3k2/0 backfilled",
    ]
    assert box.row("d3k2")["intake"] - 946684800 == utc("07:35")
    assert box.until("2026-11-24 07:00").story("ringing") == []


def utc(time: str) -> int:
    return Box.bare("2026-11-23 00:00").at(f"2026-11-23 {time}")


def test_a_press_takes_all_that_was_due_then() -> None:
    box = unset_box(plan(D3K2_DOSE, IRON_DOSE)).until("07:35")
    box.press()
    box.until("08:00").set_clock("2026-11-23 08:00")
    assert box.story("taken") == [
        "08:00 taken d3k2/0 backfilled",
        "08:00 taken iron/0 backfilled",
    ]


def test_two_presses_in_one_window_are_one_intake_and_the_second_stays_in_the_log() -> None:
    box = unset_box().until("07:35")
    box.press()
    box.wait(30).press()
    box.until("08:00").set_clock("2026-11-23 08:00")
    assert len(box.story("taken")) == 1
    assert len(box.story("pressed")) == 2


def test_presses_in_two_windows_are_two_intakes() -> None:
    box = Box.with_schedule(DROPS, battery_clock=False)
    box.power_cut("07:10", "07:20").until("08:10")
    box.press()
    box.until("20:10").press()
    box.until("20:30").set_clock("2026-11-23 20:30")
    assert box.story("taken", "unknown") == [
        "20:30 taken drops/0 backfilled",
        "20:30 taken drops/1 backfilled",
    ]


def test_a_press_outside_every_window_stays_in_the_log_and_takes_nothing() -> None:
    box = unset_box(TABLETS).until("13:00")
    box.press()
    box.until("13:30").set_clock("2026-11-23 13:30")
    assert box.story("taken", "unknown") == ["13:30 unknown tablets/0"]


def test_windows_that_closed_before_the_press_do_not_hide_the_one_it_was_made_in() -> None:
    """The evening before was slept through without power; the press in the morning counts."""
    box = Box.with_schedule(DROPS, at="2026-11-23 19:00", battery_clock=False)
    box.power_cut("19:30", "2026-11-24 08:05").wait(60).press()
    box.wait(240)
    box.set_clock("2026-11-24 08:10")
    assert box.story("unknown", "taken", "ringing") == [
        "tue 08:10 unknown drops/1 of 11-23",
        "tue 08:10 taken drops/0 backfilled",
    ]


def test_a_press_after_days_without_power_finds_its_window_behind_the_gap() -> None:
    box = Box.with_schedule(DROPS, battery_clock=False)
    box.power_cut("07:10", "2026-11-26 08:05").wait(60).press()
    box.wait(240)
    box.set_clock("2026-11-26 08:10")
    assert box.story("gap", "taken", "unknown") == [
        "thu 08:10 gap from 07:00 to thu 08:06",
        "thu 08:10 taken drops/0 backfilled",
    ]


def test_a_press_and_another_a_second_later_are_one_intake_and_nothing_early_is_taken() -> None:
    box = unset_box(plan(D3K2_DOSE, dose("later", 'at = ["08:20"]'))).until("07:35")
    assert (box.press(), box.wait(1).press(), box.wait(7).press()) == ("noted", "noted", "noted")
    box.until("07:40").set_clock("2026-11-23 07:40")
    assert box.story("pressed", "taken") == [
        "unset pressed uptime_s 900",
        "unset pressed uptime_s 908",
        "07:40 taken d3k2/0 backfilled",
    ]


@pytest.mark.parametrize("held_ms", [2500, 8500])
def test_a_long_press_while_unset_is_no_intake(held_ms: int) -> None:
    box = unset_box().until("07:35")
    assert box.press(held_ms) == "no"
    box.until("07:40").set_clock("2026-11-23 07:40")
    assert box.story("pressed", "taken") == []


def test_a_press_on_a_day_that_is_switched_off_takes_nothing() -> None:
    off = "[[except]]\nfrom = 2026-11-23\nto = 2026-11-23\noff = true\n"
    box = unset_box(TABLETS + off).until("08:05")
    box.press()
    box.until("08:10").set_clock("2026-11-23 08:10")
    assert box.story("pressed", "taken") == ["unset pressed uptime_s 2700"]


def test_a_press_while_unset_takes_nothing_that_a_push_has_put_too_soon_after_an_intake() -> None:
    """Taken at one in the night and moved to noon, it would not ring that day."""
    moved = [plan(dose("drops", f'at = ["{at}"]', 'late = "1d"')) for at in ("01:00", "12:00")]
    box = Box.with_schedule(moved[0], at="2026-11-23 00:30", battery_clock=False).until("01:01")
    box.press()
    box.push(moved[1])
    box.power_cut("02:00", "14:00").wait(60).press()
    box.wait(60).set_clock("2026-11-23 14:02")
    assert box.wait(5).story("taken", "cancelled") == [
        "01:01 taken drops/0",
        "14:02 cancelled drops/0 too-soon",
    ]


def test_a_press_too_soon_after_an_intake_is_left_to_the_person() -> None:
    hourly = plan(dose("drops", 'at = ["07:25", "11:30"]', 'early = "0m"'))
    box = Box.with_schedule(hourly, battery_clock=False).until("07:26")
    box.press()
    box.power_cut("07:30", "08:30").until("08:40")
    box.press()
    box.until("08:45").set_clock("2026-11-23 08:45")
    assert box.story("taken") == ["07:26 taken drops/0"]


def test_presses_are_forgotten_with_the_boot_that_saw_them() -> None:
    box = unset_box().until("07:35")
    box.press()
    box.reset().wait(60)
    box.set_clock("2026-11-23 07:40")
    assert box.story("taken") == []


def test_a_hundred_presses_fill_no_memory() -> None:
    box = unset_box()
    for _ in range(100):
        box.press()
        box.wait(7)
    assert len(box.app.box.early_presses) <= 16
    assert len(box.story("pressed")) == 100


def test_nothing_is_judged_while_the_clock_is_unset() -> None:
    """P5, and every record of that time says that it has none."""
    box = unset_box().until("2026-11-25 12:00")
    records = [entry for entry in box.entries() if entry.boot == 2]
    assert [entry.kind for entry in records] == ["boot"]
    assert all(entry.at is None and entry.trust == "unset" for entry in records)


@pytest.mark.parametrize("method", ["dose.take", "dose.skip", "dose.snooze", "dose.undo"])
def test_the_laptop_can_settle_nothing_before_the_clock_is_set(method: str) -> None:
    box = unset_box()
    assert box.refusal(method, dose="d3k2", date="2026-11-23") == "clock-unset"


# A schedule that came while the clock was unset is in force from when it is set.


def test_a_schedule_pushed_without_a_clock_keeps_its_doses_over_the_next_power_cut() -> None:
    box = Box.bare("2026-11-23 07:00", battery_clock=False)
    box.push(D3K2)
    box.set_clock("2026-11-23 07:00")
    box.until("07:35").reset().wait(5)
    assert box.light == "due"
    assert box.story("ringing") == ["07:30 ringing d3k2/0 breakfast"]


def test_a_schedule_pushed_without_a_clock_asks_from_when_it_is_set_whatever_is_on_record() -> (
    None
):
    """Nothing was due yet when the power went again, so nothing but the clock had been noted."""
    evening = dose("evening", 'at = ["22:00"]')
    box = Box.with_schedule(plan(evening), at="2026-11-23 06:00")
    box.battery_clock.valid = False
    box.power_cut("06:30", "06:40")
    box.push(plan(dose("morning", 'at = ["08:00"]'), evening))
    box.set_clock("2026-11-23 07:00")
    box.power_cut("07:10", "08:20").wait(10)
    assert (box.light, box.story("ringing")) == ("due", ["08:20 ringing morning/0"])


# The power goes again while what passed is caught up with.


# When a dose of four times a day is due, and when each of these windows closes.
CLOSES = {"08:00": "09:00", "10:00": "11:00", "12:00": "15:00", "16:00": "19:00"}


@pytest.mark.parametrize("doses", [1, 2, 5, 6, 8])
@pytest.mark.parametrize("again_s", [3, 3600, 26 * 3600])
@pytest.mark.parametrize("until", ["13:30", "20:30", "2026-11-24 07:50"])
def test_off_and_the_power_goes_in_the_start_as_well_every_window_comes_to_an_end(
    doses: int, again_s: int, until: str
) -> None:
    """P1: before whichever write of that start."""
    times = ", ".join(f'"{time}"' for time in CLOSES)
    text = plan(*[dose(f"d{n}", f"at = [{times}]") for n in range(doses)])
    for write in itertools.count():
        box = Box.with_schedule(text, at="2026-11-23 07:00").until("07:10")
        off_s = box.at(until) - box.now_s
        box.world.power_off()
        box.world.run_until(box.world.now_s + off_s)
        went = power_goes(box, write, box.world.power_on, again_s)
        if went:
            box.world.power_on()
        assert without_an_end(box) == []
        if not went:
            break
    assert write > 0


def without_an_end(box: Box) -> list[tuple[str, str]]:
    """What closed on the first day, has no record that ends it, and lies in no gap."""
    entries = box.entries()
    ends = {(e.dose, int(e.detail["d"])) for e in entries if e.kind in ("missed", "unknown")}
    gaps = [e.detail for e in entries if e.kind == "gap"]
    found = []
    for time, end in CLOSES.items():
        due, closes = (box.at(f"2026-11-23 {at}") + civil.UNIX_2000 for at in (time, end))
        is_over = closes <= box.now_s + civil.UNIX_2000
        if is_over and not any(int(gap["from"]) < closes <= int(gap["to"]) for gap in gaps):
            rows = box.app.box.reminder.rows
            found += [(row.dose.id, time) for row in rows if (row.dose.id, due) not in ends]
    return found


def test_a_push_that_the_power_cut_short_asks_a_day_later_for_what_both_schedules_have_open() -> (
    None
):
    """Between the commit and its records; breakfast passes without power, lunch rings."""
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:31")
    assert power_goes(box, 0, lambda: box.push(plan(D3K2_DOSE, IRON_DOSE)), 27 * 3600)
    box.world.power_on()
    box.until("2026-11-24 12:31")
    assert box.light == "due"
    assert box.story("ringing", "missed", "unknown") == [
        "07:30 ringing d3k2/0 breakfast",
        "tue 10:31 missed d3k2/0 of 11-23",
        "tue 12:30 ringing d3k2/0 lunch",
    ]


# The clock is set forward.


def test_forward_inside_a_window_it_rings() -> None:
    box = Box.with_schedule(D3K2)
    box.set_clock("2026-11-23 08:00")
    assert box.wait(1).light == "due"
    assert box.story() == ["08:00 clock was host", "08:00 ringing d3k2/0 breakfast"]


def test_forward_across_a_window_that_rang_it_is_missed_and_else_unknown() -> None:
    text = plan(dose("a", 'at = ["07:30"]'), dose("b", 'at = ["08:30"]'))
    box = Box.with_schedule(text).until("07:31")
    box.set_clock("2026-11-23 13:00")
    assert box.story("missed", "unknown") == ["13:00 missed a/0", "13:00 unknown b/0"]


def test_forward_by_a_day_is_a_gap() -> None:
    box = Box.with_schedule(DROPS)
    box.set_clock("2026-11-24 07:00", force=True)
    assert box.story() == ["tue 07:00 clock was host", "tue 07:00 gap from 07:00 to tue 07:00"]


def test_a_small_step_forward_leaves_a_snooze_alone() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.press_long()
    box.set_clock("2026-11-23 07:31:30")
    assert box.wait(1).light == "snoozed"


# The clock is set back.


def test_back_after_an_intake_it_stands_and_rings_no_second_time() -> None:
    """P2: taken at 07:31, set back from 09:00 to 07:00, and 07:30 comes again."""
    box = Box.with_schedule(D3K2).until("07:31")
    box.press()
    box.until("09:00").set_clock("2026-11-23 07:00")
    box.until("2026-11-24 07:00")
    assert box.story() == [
        "07:30 ringing d3k2/0 breakfast",
        "07:31 taken d3k2/0",
        "07:00 clock was host",
    ]


def test_back_by_a_little_after_an_intake_it_stands_too() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.press()
    box.until("09:00").set_clock("2026-11-23 08:55")
    box.until("2026-11-24 07:00")
    assert box.story("ringing", "taken") == [
        "07:30 ringing d3k2/0 breakfast",
        "07:31 taken d3k2/0",
    ]


def test_back_into_a_window_that_was_missed_it_waits_again_and_rings() -> None:
    box = Box.with_schedule(TABLETS).until("11:30")
    box.set_clock("2026-11-23 10:00")
    assert box.wait(1).light == "due"
    assert box.press() == "taken"
    assert box.story() == [
        "08:00 ringing tablets/0",
        "11:00 missed tablets/0",
        "10:00 clock was host",
        "10:00 undone tablets/0 clock was missed",
        "10:00:01 taken tablets/0",
    ]


def test_back_before_its_time_what_rings_waits_for_its_time() -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.set_clock("2026-11-23 02:00")
    assert box.wait(1).light == "off"
    box.until("07:30:01")
    assert box.light == "due"


def test_back_from_lunch_to_breakfast_it_rings_for_breakfast() -> None:
    box = Box.with_schedule(D3K2).until("12:45")
    box.set_clock("2026-11-23 09:00")
    assert box.wait(1).light == "due"
    assert box.until("12:00").light == "off"
    assert box.until("12:31").light == "due"
    assert box.until("16:00").story("missed") == ["15:30 missed d3k2/0"]


def test_back_what_was_skipped_stands() -> None:
    box = Box.with_schedule(TABLETS).until("08:05")
    box.request("dose.skip", dose="tablets")
    box.until("09:00").set_clock("2026-11-23 07:30")
    assert box.until("2026-11-24 07:30").story("ringing", "skipped", "missed") == [
        "08:00 ringing tablets/0",
        "08:05 skipped tablets/0",
    ]


def test_back_over_a_gap_what_lies_in_it_is_open_again() -> None:
    box = Box.with_schedule(DROPS)
    box.set_clock("2026-11-26 07:00", force=True)
    box.set_clock("2026-11-23 07:05", force=True)
    box.until("08:01")
    assert box.light == "due"
    assert box.press() == "taken"


def test_back_by_days_the_intakes_ahead_stand_when_their_days_come() -> None:
    """A laptop was two days ahead; what was taken under its clock is not asked for again."""
    box = Box.with_schedule(TABLETS)
    box.set_clock("2026-11-25 07:00", force=True)
    box.until("08:01").press()
    box.until("09:00")
    box.set_clock("2026-11-23 09:00", force=True)
    box.wait(5)
    assert box.light == "due"
    assert box.press() == "taken"
    box.until("2026-11-24 08:01").press()
    box.until("2026-11-26 07:00")
    assert box.story("ringing", "taken", "missed", "unknown")[-4:] == [
        "09:00 ringing tablets/0",
        "09:00:05 taken tablets/0 soon",
        "tue 08:00 ringing tablets/0",
        "tue 08:01 taken tablets/0",
    ]


def test_back_by_years_the_newest_of_what_was_missed_waits_again_and_it_rings() -> None:
    """A box that lived ahead for long: as much as it remembers is withdrawn."""
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00").until("2027-03-01 07:00")
    records = len(box.entries())
    box.set_clock("2026-11-23 07:00", force=True)
    told = [entry.occurrence for entry in box.entries()[records:] if entry.kind == "undone"]
    days = [f"2027-02-{day}" for day in range(28, 20, -1)]
    every = [("drops", day, slot) for day in days for slot in "10"]
    assert len(told) >= 16
    assert told[:16] == every
    assert box.until("08:01").press() == "taken"
    assert box.until("20:01").press() == "taken"


def test_a_second_pill_after_a_step_back_is_told_to_be_too_soon() -> None:
    """Whatever the clock said of the first one, it was swallowed before now."""
    box = Box.with_schedule(TABLETS)
    box.set_clock("2026-11-24 07:00", force=True)
    box.until("08:01").press()
    box.wait(5)
    box.set_clock("2026-11-23 08:05", force=True)
    box.wait(5).press()
    assert box.story("taken")[-1] == "08:05:05 taken tablets/0 soon"


def test_a_box_that_lived_ahead_of_its_time_comes_back_also_from_an_unset_clock() -> None:
    """A year ahead, then a power cut without a battery clock, then the right time."""
    box = Box.with_schedule(D3K2, battery_clock=False)
    box.set_clock("2027-11-23 07:00", force=True)
    box.until("2027-11-23 08:00")
    box.power_cut("08:10", "08:20")
    box.set_clock("2026-11-23 08:00")
    assert box.wait(5).light == "due"


# A step and its reverse.


@pytest.mark.parametrize("hours", [1, 2, 5, 20, 30, 24 * 40])
@pytest.mark.parametrize("first", [-1, 1])
@pytest.mark.parametrize("time", ["07:10", "07:31", "09:00", "11:00", "12:31", "16:00"])
def test_a_step_and_its_reverse_ring_no_second_time_and_lose_no_dose(
    hours: int, first: int, time: str
) -> None:
    box = Box.with_schedule(D3K2).until(time)
    if time == "07:31":
        box.press()
        box.wait(5)
    for direction in (first, -first):
        utc_s = box.now_s + direction * hours * 3600 + 946684800
        box.request("clock.set", utc=utc_s, force=True)
        box.wait(20)
    box.until("2026-11-24 07:00")
    mine = [e for e in box.entries() if e.occurrence == ("d3k2", "2026-11-23", "0")]
    kinds = [entry.kind for entry in mine]
    if time == "07:31":
        assert kinds == ["ringing", "taken"]
        return
    # Where a year was jumped over and back, the day may have been judged in the meantime.
    gaps = [entry for entry in box.entries() if entry.kind == "gap"]
    assert kinds[-1] in ("missed", "unknown") or gaps
    box.until("07:31")
    assert box.light == "due"


def test_hours_forward_and_back_leave_the_day_as_it_was() -> None:
    box = Box.with_schedule(TABLETS)
    box.set_clock("2026-11-23 12:00")
    box.set_clock("2026-11-23 07:01")
    box.until("08:01")
    assert (box.light, box.press()) == ("due", "taken")
    assert box.story() == [
        "12:00 clock was host",
        "12:00 unknown tablets/0",
        "07:01 clock was host",
        "07:01 undone tablets/0 clock was unknown",
        "08:00 ringing tablets/0",
        "08:01 taken tablets/0",
    ]


def test_a_step_of_more_than_a_day_needs_force() -> None:
    box = Box.with_schedule(D3K2)
    utc_s = box.now_s + 946684800
    assert box.refusal("clock.set", utc=utc_s + 86401) == "large-step"
    assert box.refusal("clock.set", utc=utc_s - 86401) == "large-step"
    assert box.refusal("clock.set", utc=utc_s + 86401, force=True) == ""


def test_a_first_clock_may_be_any_plausible_time() -> None:
    box = Box.bare()
    assert box.refusal("clock.set", utc=1_700_000_000) == "implausible"
    assert box.refusal("clock.set", utc=5_000_000_000) == "implausible"
    assert box.refusal("clock.set", utc=1_900_000_000) == ""


def test_back_from_a_rest_into_breakfast_it_rings_for_breakfast_again() -> None:
    box = Box.with_schedule(D3K2).until("10:45")
    box.set_clock("2026-11-23 09:10")
    assert box.wait(1).light == "due"


def test_back_by_hours_an_undo_of_what_lies_ahead_leaves_what_rings_now_alone() -> None:
    """Tomorrow's was taken early under a clock that was ahead; today's lunch rings meanwhile."""
    box = Box.with_schedule(D3K2).until("2026-11-24 06:40")
    box.press()
    box.wait(1).press()
    box.set_clock("2026-11-23 14:40")
    assert box.wait(5).light == "due"
    assert box.press_very_long() == "not-yet"
    assert box.wait(5).light == "due"
    assert box.until("15:31").story("missed")[-1] == "15:30 missed d3k2/0"
    assert box.until("2026-11-24 07:30:01").light == "due"


def test_windows_that_close_together_while_the_power_goes_are_all_accounted_for() -> None:
    many = plan(*(dose(f"d{number}", 'at = ["07:30"]', 'late = "1h"') for number in range(20)))
    box = Box.with_schedule(many, at="2026-11-23 07:00")
    box.until("08:30")
    judged = len(box.story("missed"))
    assert judged < 20, "one pass judges them all; the case needs more doses"
    box.power_cut("2026-11-23 08:30", "2026-11-25 09:00")
    assert len(box.story("missed")) == 20


def test_back_after_a_push_what_the_old_schedule_missed_stays_missed() -> None:
    """The new form of the dose began with the push; its window of today never was."""
    box = Box.with_schedule(plan(dose("iron", 'at = ["07:30"]', 'late = "2h"')))
    box.until("11:00")
    box.push(plan(dose("iron", 'at = ["08:00"]', 'late = "5h"')))
    box.begin_story()
    box.set_clock("2026-11-23 10:58")
    box.until("2026-11-24 08:30")
    assert box.story() == ["10:58 clock was host", "tue 08:00 ringing iron/0"]


def test_a_cut_before_a_new_schedule_has_taken_over_costs_none_of_what_it_had_due_meanwhile() -> (
    None
):
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.battery_clock.valid = False
    box.power_cut("09:20", "09:25")
    box.push(plan(dose("zinc", 'at = ["13:00"]')))
    box.app.box.set_clock(box.at("09:30"), 0, "host")
    box.world.power_off()
    box.world.run_for(5 * 3600)
    box.world.power_on()
    assert (box.due, box.story("ringing")[-1]) == (["ZINC"], "14:30 ringing zinc/0")


def test_a_clock_is_replied_to_when_it_is_on_flash_that_the_new_schedule_judges() -> None:
    """Also where nothing is open, so that no record tells of it."""
    box = Box.with_schedule(D3K2, at="2026-11-23 04:00")
    box.battery_clock.valid = False
    box.power_cut("04:20", "04:25")
    box.push(plan(dose("zinc", 'at = ["13:00"]')))
    box.set_clock("04:30")
    heads = [line for line in journal_lines(box.files) if " snapshot - " in line]
    assert ["owed=" in head for head in heads][-2:] == [True, False]
