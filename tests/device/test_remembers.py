"""What the box remembers: no occurrence vanishes and none rings twice, whatever comes.

Each is a story of a person; what is asserted is what was rung, answered and recorded.
"""

import pytest

from domain import D3K2, D3K2_DOSE, DROPS, DROPS_DOSE, Box, Flash, dose, plan
from dosebell import memory
from dosebell.box import MAX_UNSAVED, RETRY_S

EVENING_ONLY = plan(dose("drops", 'at = ["20:00"]'))
TABLETS = plan(dose("tablets", 'at = ["08:00"]'))


def rang(box: Box, ident: str = "") -> list[str]:
    return [line for line in box.story("ringing") if ident in line]


# Whole doses vanished after a push.


def test_the_evening_rings_though_the_morning_was_taken_and_only_the_evening_is_left() -> None:
    box = Box.with_schedule(DROPS).until("08:01")
    assert box.press() == "taken"
    box.until("12:00").push(EVENING_ONLY)
    assert box.until("20:00:01").light == "due"
    assert box.press() == "taken"
    assert box.story("ringing", "taken", "cancelled") == [
        "08:00 ringing drops/0",
        "08:01 taken drops/0",
        "20:00 ringing drops/0",
        "20:00:01 taken drops/0 soon",
    ]


def test_a_weekly_dose_taken_days_early_and_made_daily_rings_on_the_days_between() -> None:
    def friday(days: str) -> str:
        return plan(dose("d3", 'at = ["08:00"]', 'early = "3d"', days=days))

    box = Box.with_schedule(friday('["fri"]'), at="2026-11-24 06:00").until("08:10")
    assert (box.press(), box.wait(1).press()) == ("not-yet", "taken")
    box.push(friday('"daily"'))
    box.until("2026-11-28 08:00:01")
    # Wednesday is less than half a day after that pill, no: 24 hours; Friday's own was taken.
    assert rang(box) == [
        "wed 08:00 ringing d3/0",
        "thu 08:00 ringing d3/0",
        "sat 08:00 ringing d3/0",
    ]


def test_a_dose_after_midnight_taken_the_evening_before_hides_no_morning() -> None:
    night = plan(dose("drops", 'at = ["00:30"]'))
    box = Box.with_schedule(night, at="2026-11-23 23:00").until("23:45")
    assert (box.press(), box.wait(1).press()) == ("not-yet", "taken")
    box.until("23:50").push(DROPS)
    box.until("2026-11-24 20:00:01")
    assert box.story("taken", "ringing") == [
        "23:45:01 taken drops/0 of 11-24",
        "tue 08:00 ringing drops/0",
        "tue 20:00 ringing drops/1",
    ]


def test_from_kiritimati_to_honolulu_a_pill_comes_every_day() -> None:
    def there(zone: str) -> str:
        return plan(dose("d3", 'at = ["08:00"]'), zone=zone)

    box = Box.with_schedule(there("Pacific/Kiritimati"), at="2026-11-23 07:00").until("08:01")
    assert box.press() == "taken"
    taken_s = box.now_s
    box.wait(hours=1).push(there("Pacific/Honolulu"))
    box.wait(hours=23, minutes=30)
    assert box.light == "due"
    assert 23 * 3600 <= box.now_s - taken_s <= 25 * 3600


def test_what_goes_on_is_taken_once_whatever_else_was_edited() -> None:
    box = Box.with_schedule(DROPS).until("08:05")
    box.push(plan(dose("drops", 'at = ["08:00", "14:00", "20:00"]', 'late = "2h"')))
    assert box.wait(1).light == "due"
    assert box.press() == "taken"
    box.until("20:00:01")
    assert rang(box) == [
        "08:00 ringing drops/0",
        "14:00 ringing drops/1",
        "20:00 ringing drops/2",
    ]


def test_taken_early_it_does_not_ring_though_the_schedule_is_edited_before_its_time() -> None:
    box = Box.with_schedule(DROPS).until("07:30")
    assert (box.press(), box.wait(1).press()) == ("not-yet", "taken")
    box.push(plan(dose("drops", 'at = ["08:00", "12:00"]'), D3K2_DOSE))
    box.until("12:30")
    assert rang(box, "drops") == ["12:00 ringing drops/1"]


# An extended course invented history.


def test_an_extended_course_begins_now_and_invents_no_past() -> None:
    def course(first: str, last: str) -> str:
        return plan(dose("d3", 'at = ["08:00"]', f"start = {first}", f"end = {last}"))

    box = Box.with_schedule(course("2026-11-20", "2026-11-24"))
    box.until("2027-03-01 12:00").begin_story()
    box.push(course("2026-11-20", "2027-06-01"))
    assert box.story("unknown", "missed", "cancelled", "gap") == []
    assert box.until("2027-03-02 08:00:01").light == "due"
    box = Box.with_schedule(course("2026-11-20", "2027-06-01"), at="2027-01-10 12:00")
    box.push(course("2027-03-01", "2027-06-01"))
    box.until("2027-02-27 12:00").push(course("2026-11-20", "2027-06-01"))
    assert box.story("unknown", "missed") == []
    assert box.until("2027-02-28 08:00:01").light == "due"


# A clock set back rang what was taken.


def many(count: int, *times: str) -> str:
    at = ", ".join(f'"{time}"' for time in times or ("08:00",))
    return plan(*[dose(f"d{n:02}", f"at = [{at}]") for n in range(count)])


def test_sixty_four_doses_taken_and_the_clock_back_by_most_of_a_day() -> None:
    box = Box.with_schedule(many(64)).until("08:01")
    assert box.press() == "taken"
    box.until("2026-11-24 06:00").begin_story()
    box.set_clock("2026-11-23 07:00")
    box.until("2026-11-24 07:59")
    assert box.story("ringing", "missed", "undone") == []
    assert box.until("08:00:01").light == "due"


def test_eight_times_a_day_for_days_and_the_clock_back_by_three_with_force() -> None:
    times = [f"{hour:02}:00" for hour in range(0, 24, 3)]
    box = Box.with_schedule(many(1, *times), at="2026-11-23 00:10")
    while box.now < "2026-11-27 00:10":
        box.wait(minutes=10)
        if box.light == "due":
            assert box.press() == "taken"
    taken_until = box.now_s
    box.begin_story()
    box.set_clock("2026-11-24 00:10", force=True)
    while box.now_s < taken_until:
        box.wait(minutes=10)
    assert box.story("ringing", "undone") == []
    box.until("2026-11-27 03:00:01")
    assert box.light == "due"


def test_a_laptop_a_year_ahead_that_is_put_right_leaves_no_silence() -> None:
    box = Box.with_schedule(TABLETS)
    box.set_clock("2027-11-23 07:00", force=True)
    for day in range(23, 31):
        box.until(f"2027-11-{day} 08:01")
        assert box.press() == "taken"
    for day in range(1, 14):
        box.until(f"2027-12-{day:02} 08:01")
        assert box.press() == "taken"
    box.set_clock("2026-12-14 20:00", force=True)
    assert box.until("2026-12-15 08:00:01").light == "due"


def test_the_same_step_back_twice_withdraws_no_more() -> None:
    box = Box.with_schedule(many(3, "08:00", "14:00")).until("2026-11-25 18:00")
    utc = box.at("2026-11-24 07:00") + 946684800
    box.request("clock.set", utc=utc, force=True)
    box.wait(20)
    first = box.story("undone")
    # Of a day and a half: three doses, twice a day, the last of them not over yet.
    assert len(first) == 3 * 4
    box.request("clock.set", utc=utc, force=True)
    box.wait(20)
    assert box.story("undone") == first


def test_where_more_was_taken_than_is_remembered_it_waits_for_what_is() -> None:
    """A step that leads right before the oldest of a full list: what was before may be taken."""
    times = [f"{hour:02}:00" for hour in range(0, 24, 3)]
    box = Box.with_schedule(many(1, *times), at="2026-11-23 00:10")
    while box.now < "2026-11-26 00:10":
        box.wait(minutes=10)
        if box.light == "due":
            box.press()
    row = box.app.box.memory.past("d00")
    assert len(row.words) >= memory.KEPT
    box.begin_story()
    box.set_clock("2026-11-23 12:00", force=True)
    box.until("2026-11-26 02:50")
    assert box.story("ringing") == []
    assert box.until("03:00:01").light == "due"


def test_a_step_back_that_no_window_notices_writes_a_line_and_reads_nothing() -> None:
    box = Box.with_schedule(many(64, "08:00", "20:00")).until("2026-11-24 12:00")
    assert isinstance(box.files, Flash)
    box.begin_story()
    size = sum(map(len, box.files.contents.values()))
    opened, box.files.open = [], counting(box.files)  # type: ignore[method-assign]
    box.request("clock.set", utc=box.now_s + 946684800 - 3)
    opened = box.files.open.opened
    assert [path for path in opened if path.startswith("/log/")] == []
    assert box.story() == ["11:59:57 clock was host"]
    assert sum(map(len, box.files.contents.values())) - size < 100


class counting:
    """Opens files and remembers which were read."""

    def __init__(self, files: Flash) -> None:
        self._open = files.open
        self.opened: list[str] = []

    def __call__(self, path: str, mode: str) -> object:
        if "r" in mode:
            self.opened.append(path)
        return self._open(path, mode)


@pytest.mark.parametrize("days", [1, 2, 3, 10, 20, 40])
def test_after_any_step_back_what_nobody_took_rings_within_two_days(days: int) -> None:
    box = Box.with_schedule(DROPS).until("2027-01-20 12:00")
    back = box.now_s - days * 86400
    box.request("clock.set", utc=back + 946684800, force=True)
    box.wait(hours=48)
    assert [line for line in box.story("ringing") if "drops" in line][-1]
    assert box.entries()[-1].kind in ("missed", "ringing")


# An undo, then a push.


def test_an_undo_forgets_no_earlier_answer_of_the_day() -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00").until("08:01")
    assert box.press() == "taken"
    box.until("19:30")
    assert (box.press(), box.wait(1).press()) == ("not-yet", "taken")
    assert box.wait(5).press_very_long() == "not-yet"
    box.wait(5).push(plan(dose("drops", 'at = ["08:00", "20:00", "22:30"]')))
    box.set_clock("2026-11-23 07:10")
    box.until("19:59")
    assert rang(box) == ["08:00 ringing drops/0"]
    assert box.until("20:00:01").light == "due"


# A flash that fails for a while dropped intakes.


def test_while_the_flash_fails_intakes_are_kept_and_what_was_dropped_is_counted() -> None:
    box = Box.with_schedule(many(64, "08:00", "12:00", "16:00"), at="2026-11-23 07:30")
    assert isinstance(box.files, Flash)
    box.until("07:59").files.refuses = "/"  # type: ignore[attr-defined]
    for time in ("08:01", "12:01"):
        box.until(time).press()
    box.until("16:01").press_long()
    assert len(box.app.box.unsaved) <= MAX_UNSAVED
    box.files.refuses = ""
    box.wait(RETRY_S * 2)
    assert len(box.story("taken")) == 128
    [told] = [entry for entry in box.entries() if entry.detail.get("what") == "unsaved"]
    dropped = {kind: int(told.detail[kind]) for kind in told.detail if kind != "what"}
    # 64 rang three times, and were snoozed once.
    assert dropped["ringing"] == 3 * 64 - len(box.story("ringing"))
    assert "taken" not in dropped
    box.reset().wait(5)
    assert len(box.story("taken")) == 128


def test_more_intakes_than_there_is_room_for_are_told_by_number() -> None:
    box = Box.with_schedule(many(64, "08:00", "12:00", "16:00"), at="2026-11-23 07:30")
    assert isinstance(box.files, Flash)
    box.until("07:59").files.refuses = "/"  # type: ignore[attr-defined]
    for time in ("08:01", "12:01", "16:01"):
        box.until(time).press()
    box.files.refuses = ""
    box.wait(RETRY_S * 2)
    [told] = [entry for entry in box.entries() if entry.detail.get("what") == "unsaved"]
    assert int(told.detail["taken"]) + len(box.story("taken")) == 3 * 64
    # And though their records are lost, nothing of it rings again after a start.
    box.reset().wait(20)
    assert box.light in ("off", "fault")
    assert box.due == []


# Occurrences that were left without an end.


def ends(box: Box, ident: str) -> dict[str, str]:
    """The last record of each occurrence, by its due."""
    last = {}
    for entry in box.entries():
        if entry.dose == ident and "d" in entry.detail:
            last[entry.detail["d"]] = entry.kind
    return last


ENDS = {"taken", "skipped", "missed", "unknown", "cancelled"}


def test_back_after_a_gap_inside_a_window_a_push_that_shortens_it_ends_it() -> None:
    weekly = dose("weekly", 'at = ["08:00"]', 'late = "5d"', days='["mon"]')
    box = Box.with_schedule(plan(weekly)).until("08:10")
    box.power_cut("09:00", "2026-11-25 09:00").wait(10)
    box.push(plan(weekly.replace("5d", "3h")))
    box.wait(hours=1)
    assert set(ends(box, "weekly").values()) <= ENDS
    assert box.light == "off"


def test_the_clock_back_and_then_new_times_ends_what_rang_and_what_was_withdrawn() -> None:
    box = Box.with_schedule(DROPS).until("2026-11-24 20:10")
    box.set_clock("2026-11-23 18:00", force=True)
    box.wait(5).push(plan(dose("drops", 'at = ["09:00", "21:00"]')))
    box.until("2026-11-26 06:00")
    assert set(ends(box, "drops").values()) == {"missed", "cancelled"}


def test_a_push_while_unset_ends_what_rang_when_the_clock_is_set() -> None:
    box = Box.with_schedule(plan(D3K2_DOSE, DROPS_DOSE), battery_clock=False).until("08:10")
    box.power_cut("08:20", "08:30").wait(10)
    box.push(plan(D3K2_DOSE, dose("drops", 'at = ["10:00"]')))
    box.set_clock("2026-11-23 08:40")
    assert box.wait(5).light == "due"
    assert box.story("cancelled") == ["08:40 cancelled drops/0 changed"]
    assert box.press() == "taken"
    assert box.story("taken") == ["08:40:05 taken d3k2/0"]
    assert box.until("10:00:01").light == "due"


def test_a_push_while_unset_leaves_what_came_due_meanwhile_to_ring() -> None:
    box = Box.with_schedule(TABLETS, battery_clock=False)
    box.power_cut("07:10", "07:20").wait(10)
    box.push(plan(dose("tablets", 'at = ["08:00"]', 'late = "4h"'), D3K2_DOSE))
    box.until("09:00").set_clock("2026-11-23 09:00")
    assert box.wait(5).light == "due"
    assert rang(box) == ["09:00 ringing tablets/0"]


def test_two_pushes_while_unset_name_what_they_took_away_as_it_was_when_it_rang() -> None:
    thrice = plan(dose("drops", 'at = ["06:00", "08:00", "20:00"]', 'late = "8h"'))
    box = Box.with_schedule(thrice, battery_clock=False).until("08:10")
    box.power_cut("08:20", "08:30").wait(10)
    box.push(plan(D3K2_DOSE))
    box.push(EVENING_ONLY)
    box.set_clock("2026-11-23 08:40")
    assert box.story("ringing", "cancelled") == [
        "08:00 ringing drops/1",
        "08:40 cancelled drops/1 changed",
    ]


# Undo and snooze.


def test_an_undo_of_what_the_schedule_switches_off_is_refused_and_leaves_no_record() -> None:
    off = "[[except]]\nfrom = 2026-11-23\nto = 2026-11-23\noff = true\n"
    box = Box.with_schedule(TABLETS + off, at="2026-11-23 06:00").until("08:30")
    for _ in range(2):
        assert box.refusal("dose.undo", dose="tablets", date="2026-11-23") == "nothing-to-undo"
    assert box.story("skipped", "undone") == ["07:00 skipped tablets/0 off"]


def test_a_snooze_that_names_another_occurrence_silences_nothing() -> None:
    box = Box.with_schedule(DROPS).until("08:01")
    assert box.refusal("dose.snooze", dose="drops", date="2026-11-22", slot=1) == "not-ringing"
    assert box.refusal("dose.snooze", dose="drops", due=box.now_s + 946684800) == "not-ringing"
    assert (box.light, box.story("snoozed")) == ("due", [])
    assert box.refusal("dose.snooze", dose="drops", date="2026-11-23", slot=0) == ""
    assert box.light == "snoozed"


def test_undo_by_the_laptop_without_a_dose_reaches_back_ten_minutes_as_the_button_does() -> None:
    box = Box.with_schedule(TABLETS).until("08:01")
    box.press()
    box.wait(minutes=11)
    assert box.request("dose.undo") == {"records": []}
    assert box.wait(5).light == "off"


@pytest.mark.parametrize("gesture", ["snooze", "undo"])
def test_what_could_not_be_written_is_not_answered_as_if_it_was(gesture: str) -> None:
    box = Box.with_schedule(TABLETS).until("08:01")
    assert isinstance(box.files, Flash)
    if gesture == "undo":
        box.press()
        box.wait(5)
    box.files.refuses = "/"
    assert (box.press_long() if gesture == "snooze" else box.press_very_long()) == "unsaved"


def test_many_old_doses_noted_at_once_do_not_push_out_the_one_of_this_morning() -> None:
    box = Box.with_schedule(DROPS, at="2026-11-01 06:00").until("2026-11-23 08:01")
    assert box.press() == "taken"
    for day in range(2, 23):
        box.request("dose.take", dose="drops", date=f"2026-11-{day:02}", slot=1)
    box.set_clock("2026-11-23 07:55", force=True)
    box.until("2026-11-23 19:59")
    assert len([line for line in rang(box) if line.startswith("11-23 08:00 ")]) == 1
    box.push(plan(dose("drops", 'at = ["08:00", "21:00"]', 'late = "12h"')))
    assert box.until("2026-11-23 20:59").light == "off"


def test_what_was_taken_before_a_push_stays_before_it_though_the_clock_goes_back_past_both() -> (
    None
):
    def once(time: str) -> str:
        return plan(dose("once", f'at = ["{time}"]', "start = 2026-11-23\nend = 2026-11-23"))

    box = Box.with_schedule(once("08:00")).until("08:01")
    assert box.press() == "taken"
    box.until("08:01:30").push(once("13:00"))
    box.set_clock("2026-11-23 08:00:20")
    assert box.until("13:00:01").light == "off"
    assert box.story("cancelled") == ["12:00 cancelled once/0 too-soon"]


def test_half_the_gap_of_the_schedule_before_goes_back_with_the_intake() -> None:
    often = plan(dose("drops", 'at = ["00:00", "08:00", "16:00"]'))
    box = Box.with_schedule(often, at="2026-11-23 15:00").until("16:01")
    assert box.press() == "taken"
    box.until("17:00").push(TABLETS.replace("tablets", "drops"))
    box.set_clock("2026-11-20 01:00", force=True)
    assert box.until("2026-11-20 08:00:01").light == "due"


def test_a_press_while_unset_takes_what_a_step_back_before_the_push_has_opened() -> None:
    box = Box.with_schedule(TABLETS, at="2026-11-25 10:00", battery_clock=False)
    box.set_clock("2026-11-24 07:00", force=True)
    box.power_cut("2026-11-24 07:00", "2026-11-25 08:59").wait(30).press()
    box.wait(30)
    box.set_clock("2026-11-25 09:01")
    assert box.story("taken", "ringing") == ["09:01 taken tablets/0 backfilled"]


def test_a_push_while_unset_leaves_what_a_step_back_before_it_has_opened() -> None:
    box = Box.with_schedule(TABLETS, at="2026-11-25 10:00", battery_clock=False)
    box.set_clock("2026-11-24 07:00", force=True)
    box.power_cut("2026-11-24 07:00", "2026-11-25 08:59").wait(30)
    box.push(plan(dose("tablets", 'at = ["08:00"]'), D3K2_DOSE))
    box.set_clock("2026-11-25 09:01")
    assert box.wait(5).light == "due"
    assert rang(box) == ["09:01 ringing tablets/0"]


def test_however_many_were_missed_a_press_while_unset_and_a_clock_set_back_take_them_all() -> None:
    box = Box.with_schedule(many(20), battery_clock=False).until("12:00")
    box.power_cut("12:10", "12:20").wait(30).press()
    box.set_clock("2026-11-23 08:30")
    assert box.wait(10).light == "off"
    assert box.story("taken") == [f"08:30 taken d{n:02}/0 backfilled" for n in range(20)]


def test_the_last_sixteen_stay_remembered_though_the_clock_went_back_by_days() -> None:
    daily = plan(dose("tablets", 'at = ["08:00"]'))
    box = Box.with_schedule(daily, at="2026-11-01 07:00")
    for day in range(1, 16):
        box.until(f"2026-11-{day:02} 08:01").press()
    box.set_clock("2026-11-11 07:00", force=True)
    # What was taken on the fifteenth is one of the last sixteen still.
    assert box.until("2026-11-15 20:00").story("ringing")[15:] == []


def test_what_was_answered_a_day_later_is_one_of_the_last_sixteen_too() -> None:
    box = Box.with_schedule(DROPS, at="2026-11-24 06:00").until("2026-11-30 12:00")
    box.power_cut("2026-11-30 12:00", "2026-12-01 16:00")
    box.request("dose.skip", dose="drops", date="2026-11-30", slot=1)
    box.until("2026-12-03 12:00").set_clock("2026-11-30 12:00", force=True)
    before = len(box.story("ringing"))
    assert box.until("2026-12-01 07:00").story("ringing")[before:] == []


def test_a_dose_taken_away_and_put_back_is_not_taken_twice_though_the_clock_goes_back() -> None:
    box = Box.with_schedule(TABLETS).until("08:01")
    assert box.press() == "taken"
    box.until("2026-11-26 12:00").push(D3K2)
    box.push(TABLETS)
    box.set_clock("2026-11-22 12:00", force=True)
    assert rang(box.until("2026-11-23 20:00"), "11-23 08:00")[1:] == []


def test_an_undo_after_the_clock_went_back_leaves_the_intake_before_where_that_is_now() -> None:
    box = Box.with_schedule(TABLETS, at="2027-11-23 07:00")
    for day in (23, 24):
        assert box.until(f"2027-11-{day} 08:01").press() == "taken"
    box.set_clock("2026-11-23 23:00", force=True)
    box.request("dose.undo")
    box.push(plan(dose("tablets", 'at = ["06:00"]')))
    # Seven hours after what the clock of now calls the last intake.
    assert box.until("2026-11-24 06:00:01").light == "off"
    assert box.story("cancelled")[-1:] == ["11-24 05:00 cancelled tablets/0 too-soon"]


def test_the_power_fails_as_the_clock_is_set_back_and_what_that_opened_is_not_lost() -> None:
    box = Box.with_schedule(TABLETS, at="2026-11-23 12:00")
    # The record of the step is written, and the time last seen is not noted any more.
    assert isinstance(box.files, Flash)
    box.files.refuses = "/state/seen"
    box.set_clock("2026-11-23 07:30")
    box.power_cut("2026-11-23 07:30", "2026-11-23 12:30")
    box.files.refuses = ""
    assert box.story("clock", "unknown") == ["07:30 clock was host", "12:30 unknown tablets/0"]


def test_a_date_before_the_schedule_is_not_planned_also_after_a_gap() -> None:
    box = Box.with_schedule(TABLETS, at="2026-11-23 12:00")
    box.power_cut("2026-11-23 12:05", "2026-11-27 12:00")
    for date in ("2026-11-22", "2026-02-20"):
        assert box.refusal("dose.take", dose="tablets", date=date) == "no-occurrence"
    box.push(TABLETS.replace("TABLETS", "Tablets"))
    assert box.refusal("dose.take", dose="tablets", date="2026-11-25") == ""
    assert box.refusal("dose.take", dose="tablets", date="2026-11-22") == "no-occurrence"


def test_left_out_and_then_taken_after_all_it_is_taken_now() -> None:
    box = Box.with_schedule(TABLETS).until("08:30")
    box.request("dose.skip", dose="tablets")
    box.until("09:00").request("dose.take", dose="tablets", date="2026-11-23")
    taken = box.entries()[-1].detail
    assert int(taken["at"]) - 946684800 == box.at("2026-11-23 09:00")


def test_a_press_just_after_an_undo_from_the_laptop_takes_the_dose_again() -> None:
    box = Box.with_schedule(TABLETS).until("08:01")
    assert box.press() == "taken"
    box.request("dose.undo")
    assert box.press() == "taken"
    assert [line.split()[1] for line in box.story("taken", "undone")] == [
        "taken",
        "undone",
        "taken",
    ]


def test_a_dose_taken_away_and_put_back_waits_for_half_a_day_at_most() -> None:
    rare = plan(dose("drops", 'at = ["08:00"]', days="{ every = 9 }\nstart = 2026-11-23"))
    box = Box.with_schedule(rare).until("08:01")
    assert box.press() == "taken"
    box.push(D3K2)
    box.push(plan(dose("drops", 'at = ["20:30"]')))
    assert box.until("20:30:01").light == "due"


# Names by due on the wire, and the journal's own.


def test_an_occurrence_is_named_by_its_due_whatever_the_schedule() -> None:
    box = Box.with_schedule(TABLETS).until("12:00")
    due = box.at("2026-11-23 08:00") + 946684800
    box.push(plan(dose("tablets", 'at = ["18:00"]')))
    [line] = box.request("dose.take", dose="tablets", due=due)["records"]
    assert f" d={due}," in line and " taken tablets 2026-11-23 0 " in line
    assert box.request("dose.take", dose="tablets", due=due)["records"] == [line]
    assert box.refusal("dose.take", dose="tablets", due=due + 3600) == "no-occurrence"
    assert box.row("tablets")["first_due"] == due + 10 * 3600


def test_the_journal_keeps_its_name_and_an_empty_one_gets_another() -> None:
    box = Box.with_schedule(TABLETS)
    name = box.request("hello")["journal"]["id"]
    assert (len(name), int(name, 16) >= 0) == (8, True)
    assert isinstance(box.files, Flash)
    box.reset().wait(1)
    assert box.request("hello")["journal"]["id"] == name
    del box.files.contents["/state/journal"]
    box.reset().wait(1)
    assert box.request("hello")["journal"]["id"] == name
    for path in [path for path in box.files.contents if path.startswith("/log/")]:
        del box.files.contents[path]
    box.reset().wait(1)
    assert box.request("hello")["journal"]["id"] != name


# Doses that came and went.


def course(n: int) -> str:
    return plan(dose("stays", 'at = ["08:00"]'), dose(f"course-{n}", 'at = ["09:00"]'))


@pytest.mark.parametrize("name", ["", "nonsense", "0123456", "012345678", "ABCDEF01"])
def test_a_journal_with_no_name_of_eight_hex_digits_gets_one(name: str) -> None:
    box = Box.with_schedule(TABLETS)
    box.app.box.memory.journal = name
    box.app.box.begin_segment()
    box.app.box.store.write("journal", [name])
    box.reset()
    found = box.request("hello")["journal"]["id"]
    assert len(found) == 8 and not found.strip("0123456789abcdef")


def test_a_dose_that_left_is_forgotten_after_two_weeks_and_not_before() -> None:
    box = Box.with_schedule(course(1)).until("09:01")
    box.press()
    box.until("12:00").push(course(2))
    box.until("2026-12-06 12:00").push(course(2) + "\n")
    assert "course-1" in box.app.box.memory.pasts
    box.until("2026-12-08 12:00").push(course(3))
    assert sorted(box.app.box.memory.pasts) == ["course-2", "course-3", "stays"]


def test_eighty_ids_and_no_more_and_which_had_no_room_is_told() -> None:
    box = Box.with_schedule(course(0))
    for n in range(1, 85):
        box.push(course(n))
        box.wait(5)
    assert len(box.app.box.memory.pasts) == memory.MAX_PASTS
    told = [entry.detail for entry in box.entries() if entry.kind == "fault"]
    assert told[0] == {"what": "forgotten", "dose": "course-0"}
    assert "forgotten" in box.request("status")["faults"]
