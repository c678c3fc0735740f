"""A new schedule in the middle of the day: what stays, what is cancelled, and no second pill."""

from contextlib import suppress

import pytest

from domain import D3K2, D3K2_DOSE, DROPS, DROPS_DOSE, IRON_DOSE, MEALS, Box, compiled, dose, plan

STOCK = "stock = {{ count = {count} }}"
OFF_TODAY = "[[except]]\nfrom = 2026-11-23\nto = 2026-11-23\noff = true\n"
BREAKFAST_AT_TEN = (
    '[[except]]\nfrom = 2026-11-23\nto = 2026-11-23\nmeals = { breakfast = "10:00" }\n'
)


def at_8(ident: str, *lines: str, days: str = '"daily"') -> str:
    return plan(dose(ident, 'at = ["08:00"]', *lines, days=days))


def taken(text: str = D3K2, time: str = "07:31") -> Box:
    box = Box.with_schedule(text, at="2026-11-23 06:00").until(time)
    assert box.press() == "taken"
    box.until("09:00").begin_story()
    return box


# Each edit after an intake: nothing rings before half the gap is over.

BREAKFAST_ONLY = plan(dose("d3k2", 'with = ["breakfast"]'))
EDITS = {
    "an hour later": plan(D3K2_DOSE, meals=MEALS.replace("07:30", "09:30")),
    "in the evening": plan(dose("d3k2", 'with = ["dinner"]')),
    "at a fixed time": plan(dose("d3k2", 'at = ["09:30"]')),
    "three times a day": plan(dose("d3k2", 'at = ["07:30", "12:30", "18:30"]')),
    "every other day": plan(
        dose("d3k2", 'at = ["10:00"]', "start = 2026-11-23", days="{every=2}")
    ),
    "another zone": plan(D3K2_DOSE, zone="America/New_York"),
    "the other way": plan(D3K2_DOSE, zone="Asia/Tokyo"),
    "breakfast moved for today": D3K2 + BREAKFAST_AT_TEN,
    "a shorter window": plan(dose("d3k2", 'with = ["breakfast", "lunch"]', 'late = "1h"')),
    "a longer window": plan(dose("d3k2", 'with = ["breakfast", "lunch"]', 'late = "9h"')),
    "breakfast only": BREAKFAST_ONLY,
    "another dose beside it": plan(D3K2_DOSE, DROPS_DOSE),
    "the same once more": D3K2,
}


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS)
def test_no_edit_after_an_intake_asks_for_a_second_pill_soon(edited: str) -> None:
    box = taken()
    box.push(edited)
    start_s = box.now_s
    # Breakfast, else lunch: 24 h between two dues, so half of it is over at 19:31.
    # Doses with more times a day have shorter gaps, and may come sooner.
    quiet_h = 3 if edited == EDITS["three times a day"] else 10
    box.wait(hours=quiet_h)
    rang = [entry for entry in box.entries() if entry.kind == "ringing" and entry.dose == "d3k2"]
    assert [entry for entry in rang if entry.seq >= box._told] == []
    assert box.now_s == start_s + quiet_h * 3600


@pytest.mark.parametrize("edited", EDITS.values(), ids=EDITS)
def test_after_any_edit_it_rings_again_within_three_days(edited: str) -> None:
    box = taken()
    box.push(edited)
    box.wait(hours=72)
    assert [line for line in box.story("ringing") if "d3k2" in line]


def test_removed_and_put_back_is_not_taken_twice() -> None:
    box = taken()
    box.push(plan(IRON_DOSE))
    box.wait(minutes=5)
    box.push(D3K2)
    box.until("2026-11-24 07:00")
    assert box.story("ringing", "taken") == []
    assert box.until("07:30:01").light == "due"


def test_put_back_after_a_reboot_it_is_still_remembered() -> None:
    box = taken()
    box.push(plan(IRON_DOSE))
    box.reset().wait(1)
    box.push(plan(dose("d3k2", 'at = ["10:00"]')))
    box.until("2026-11-24 09:59")
    assert [line for line in box.story("ringing") if "d3k2" in line] == []


def test_a_weekly_dose_moved_to_tomorrow_is_too_soon_and_skips_to_next_week() -> None:
    box = taken(at_8("d3", "start = 2026-11-16", days='["mon"]'), "08:01")
    box.push(at_8("d3", days='["tue"]'))
    box.until("2026-12-01 08:00:01")
    assert box.story("cancelled", "ringing") == [
        "tue 07:00 cancelled d3/0 too-soon",
        "12-01 08:00 ringing d3/0",
    ]


def test_so_does_one_that_begins_tomorrow_and_has_no_dose_before_it() -> None:
    box = taken(at_8("d3", "start = 2026-11-16", days="{ every = 7 }"), "08:01")
    box.push(at_8("d3", "start = 2026-11-24", days="{ every = 7 }"))
    box.until("2026-12-01 08:00:01")
    assert box.story("cancelled", "ringing") == [
        "tue 07:00 cancelled d3/0 too-soon",
        "12-01 08:00 ringing d3/0",
    ]


# What is open when the edit comes.


def ringing(text: str = D3K2) -> Box:
    box = Box.with_schedule(text).until("08:00")
    box.begin_story()
    return box


def test_an_unchanged_dose_keeps_ringing() -> None:
    box = ringing()
    box.push(plan(D3K2_DOSE, dose("noon", 'at = ["13:00"]')))
    assert box.wait(5).light == "due"
    assert box.story("ringing", "cancelled") == []
    assert box.press() == "taken"


def test_and_keeps_its_snooze_and_the_sound_it_has_used_up() -> None:
    box = ringing(plan(D3K2_DOSE, alerts='max_sound = "2m"'))
    box.until("08:09")
    box.press_long()
    box.push(plan(D3K2_DOSE, DROPS_DOSE, alerts='max_sound = "2m"'))
    assert box.until("08:23").light == "snoozed"


def test_a_push_while_it_rings_does_not_begin_the_ring_anew() -> None:
    box = ringing().until("08:05")
    box.push(plan(D3K2_DOSE, dose("noon", 'at = ["13:00"]')))
    box.until("08:09:59")
    assert box.sounds() == []


def test_an_unchanged_dose_that_rests_rings_at_lunch() -> None:
    box = Box.with_schedule(D3K2).until("11:00")
    box.push(plan(D3K2_DOSE, DROPS_DOSE))
    assert box.until("12:30:01").story("ringing")[-1] == "12:30 ringing d3k2/0 lunch"
    assert box.light == "due"


def test_a_dose_that_is_removed_is_cancelled_and_falls_silent() -> None:
    box = ringing()
    box.push(plan(DROPS_DOSE.replace("08:00", "10:00")))
    assert box.wait(1).light == "off"
    assert box.story("cancelled") == ["08:00 cancelled d3k2/0 removed"]


def test_a_dose_whose_times_changed_is_cancelled_and_begins_with_its_next_due() -> None:
    box = ringing()
    box.push(plan(D3K2_DOSE, meals=MEALS.replace("07:30", "08:30")))
    assert box.wait(1).light == "off"
    assert box.until("08:30:01").light == "due"
    assert box.story("cancelled", "ringing") == [
        "08:00 cancelled d3k2/0 changed",
        "08:30 ringing d3k2/0 breakfast",
    ]


@pytest.mark.parametrize("state", ["07:00", "08:00", "11:00"])
def test_what_was_open_early_ringing_or_resting_is_cancelled(state: str) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 06:40").until(state)
    box.push(plan(dose("d3k2", 'at = ["20:00"]')))
    assert box.story("cancelled") == [f"{state} cancelled d3k2/0 changed"]


def test_what_was_not_open_yet_leaves_no_record() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    box.push(plan(dose("d3k2", 'at = ["20:00"]')))
    assert box.story("cancelled") == []


def test_a_dose_whose_time_today_has_passed_begins_tomorrow() -> None:
    box = Box.with_schedule(D3K2)
    box.until("08:30")
    box.push(plan(D3K2_DOSE, dose("new", 'at = ["08:00"]')))
    box.until("2026-11-24 08:30")
    assert [line for line in box.story() if "new" in line] == ["tue 08:00 ringing new/0"]


def test_a_dose_that_is_due_at_the_moment_of_the_commit_rings() -> None:
    box = Box.with_schedule(plan(IRON_DOSE)).until("08:00")
    box.push(plan(IRON_DOSE, dose("new", 'at = ["08:00"]')))
    assert "08:00 ringing new/0" in box.wait(1).story()


def test_a_day_off_that_comes_while_it_rings_ends_it_as_skipped() -> None:
    box = ringing()
    box.push(D3K2 + OFF_TODAY)
    assert box.wait(1).light == "off"
    assert box.story("skipped", "cancelled") == ["08:00 skipped d3k2/0 off"]


def test_a_breakfast_moved_for_today_moves_the_ring() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 06:00")
    box.push(D3K2 + BREAKFAST_AT_TEN)
    box.until("10:00:01")
    assert box.story("ringing", "cancelled") == ["10:00 ringing d3k2/0 breakfast"]


def test_history_turns_into_no_false_missed() -> None:
    """Days of the old schedule are judged by the old one; the new one begins now."""
    box = Box.with_schedule(D3K2).until("2026-11-26 16:00")
    missed = box.story("missed")
    box.push(plan(dose("d3k2", 'at = ["06:00", "10:00", "14:00"]'), DROPS_DOSE))
    box.wait(1)
    assert box.story("missed", "unknown", "cancelled") == missed


def test_a_shorter_window_that_has_passed_by_now_ends() -> None:
    box = ringing().until("09:00")
    box.push(plan(dose("d3k2", 'with = ["breakfast"]', 'late = "1h"')))
    assert box.wait(1).light == "off"
    # It is due at the same instant in both, so it goes on, and by the new one it is over.
    assert box.story("cancelled", "missed") == ["09:00 missed d3k2/0"]
    box = ringing().until("09:00")
    box.push(plan(dose("d3k2", 'with = ["breakfast", "lunch"]', 'late = "1h"')))
    assert (box.wait(1).light, box.row("d3k2")["state"]) == ("off", "resting")


# A change of zone.


def test_eastwards_after_an_intake_the_next_day_comes_sooner_but_not_too_soon() -> None:
    """Berlin to Tokyo at 09:00: it is 17:00 there; breakfast tomorrow is at 23:30 in Berlin."""
    box = taken()
    box.push(plan(D3K2_DOSE, zone="Asia/Tokyo"))
    box.wait(hours=15)
    assert box.story("ringing", "cancelled") == ["tue 07:30 ringing d3k2/0 breakfast"]


def test_westwards_after_an_intake_today_s_breakfast_does_not_come_again() -> None:
    """Berlin to New York at 09:00: it is 03:00 there, and today's is taken."""
    box = taken()
    box.push(plan(D3K2_DOSE, zone="America/New_York"))
    box.wait(hours=20)
    assert box.story("ringing") == []
    box.wait(hours=9)
    assert box.story("ringing") == ["tue 07:30 ringing d3k2/0 breakfast"]


def test_westwards_before_an_intake_the_same_date_may_ring_again_and_is_taken_once() -> None:
    box = ringing()
    box.push(plan(D3K2_DOSE, zone="America/New_York"))
    box.until("2026-11-23 07:31")
    assert (box.light, box.press()) == ("due", "taken")
    mine = [entry.kind for entry in box.entries() if entry.dose == "d3k2"]
    assert mine == ["ringing", "cancelled", "ringing", "taken"]


# Stock.


@pytest.mark.parametrize(
    ("before", "after", "stock"),
    [(90, 90, 89), (90, 60, 60), (None, 60, 60), (90, None, None)],
)
def test_the_count_of_the_file_counts_when_it_is_new_or_another_number(
    before: int | None, after: int | None, stock: int | None
) -> None:
    def text(count: int | None) -> str:
        return at_8("d3", *([] if count is None else [STOCK.format(count=count)]))

    box = taken(text(before), "08:01")
    box.push(text(after) + DROPS_DOSE)
    assert box.row("d3")["stock"] == stock
    box.reset()
    assert box.row("d3")["stock"] == stock


# The push itself.


def test_nothing_changes_before_the_commit() -> None:
    box = ringing()
    box.push(DROPS, commit=False)
    assert (box.wait(5).light, box.story("schedule")) == ("due", [])
    box.reset().wait(1)
    assert box.row("d3k2")["state"] == "ringing"


@pytest.mark.parametrize("changes", range(0, 30))
def test_a_power_cut_anywhere_in_a_commit_leaves_the_old_one_or_the_new_one(changes: int) -> None:
    """And after the next start the doses of the one in force ring, and no fault is shown."""

    class PowerCut(BaseException):
        pass

    left = changes

    def before(what: str, path: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise PowerCut

    box = taken()
    new = plan(dose("d3k2", 'at = ["09:30"]'), IRON_DOSE.replace("07:30", "09:45"))
    box.push(new, commit=False)
    flash = box.world.files
    flash.before = before  # type: ignore[attr-defined]
    with suppress(PowerCut):
        box.request("schedule.commit", hash=compiled(new).hash)
    flash.before = lambda what, path: None  # type: ignore[attr-defined]
    box.reset().wait(2)
    assert (box.light, box.request("status")["faults"]) == ("off", [])
    revision = box.request("hello")["revision"]
    assert revision in (compiled(D3K2).revision, compiled(new).revision)
    box.until("2026-11-24 07:00")
    rang = [line for line in box.story("ringing") if "d3k2" in line]
    assert rang == []
    iron = [line for line in box.story("ringing") if "iron" in line]
    assert len(iron) == (revision == compiled(new).revision)


def test_a_schedule_damaged_on_flash_leads_back_to_the_one_before_and_says_so() -> None:
    box = Box.with_schedule(D3K2)
    box.push(plan(D3K2_DOSE, DROPS_DOSE))
    contents = box.world.files.contents  # type: ignore[attr-defined]
    contents["/state/schedule"] = contents["/state/schedule"][:-3]
    box.reset().wait(2)
    assert (box.light, box.request("status")["faults"]) == ("fault", ["schedule"])
    assert box.until("07:30:01").light == "due"
    assert box.press() == "taken"
    box.push(D3K2)
    assert box.wait(5).light == "off"


def test_when_no_copy_can_be_read_the_box_says_so_and_waits_for_a_push() -> None:
    box = Box.with_schedule(D3K2)
    box.push(plan(D3K2_DOSE, DROPS_DOSE))
    contents = box.world.files.contents  # type: ignore[attr-defined]
    for name in ("schedule", "schedule.old"):
        contents["/state/" + name] = b"?" + contents["/state/" + name]
    box.reset().wait(2)
    assert (box.light, box.request("status")["faults"]) == ("fault", ["schedule"])
    box.push(D3K2)
    assert box.until("07:30:01").light == "due"


def test_a_lost_journal_beside_an_edited_schedule_cancels_nothing_that_never_was() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.push(DROPS)
    box.power_cut("09:00", "09:01")
    for name in box.files.names("/log"):
        box.files.remove(f"/log/{name}")
    box.power_cut("09:10", "09:11")
    assert [entry.kind for entry in box.entries() if entry.kind == "cancelled"] == []
