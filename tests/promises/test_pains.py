"""What users of other reminders suffer from, each as a test that this one does not do it.

The issues were read in the trackers of the projects that the docstrings name.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest

from domain import (
    D3K2,
    D3K2_DOSE,
    DROPS,
    DROPS_DOSE,
    IRON_DOSE,
    MEALS,
    Box,
    Flash,
    dose,
    journal_lines,
    plan,
)

EVERY_DAY = plan(dose("d3", 'at = ["08:00"]'))
NIGHT = plan(dose("night", 'at = ["02:30"]'))


def live(box: Box, until: str, *times: str) -> Box:
    """Press a minute after each of these times, every day until then."""
    end_s = box.at(until)
    while True:
        next_s = min(box.at(time) for time in times) + 60
        if next_s >= end_s:
            return box.until(until)
        box.wait(next_s - box.now_s)
        box.press()
        box.wait(60)


def rings(box: Box) -> list[str]:
    """Local date and time of each `ringing` record."""
    return [
        f"{entry.at:%Y-%m-%d %H:%M}"
        for entry in box.entries()
        if entry.kind == "ringing" and entry.at is not None
    ]


@pytest.mark.parametrize("change", ["2026-03-29", "2026-10-25"])
def test_pain_01_the_change_of_clocks_moves_no_reminder(change: str) -> None:
    """Futsch1/medTimer#561, #519, #943, #1337; pewaru-333/HomeMedkit-App#134"""
    box = Box.with_schedule(EVERY_DAY, at=f"{change[:8]}{int(change[8:]) - 3} 07:00")
    live(box, f"{change[:8]}{int(change[8:]) + 2} 09:00", "08:00")
    assert {ring[11:] for ring in rings(box)} == {"08:00"}
    assert len(rings(box)) == 6


def test_pain_01_the_hour_that_is_skipped_and_the_one_that_comes_twice() -> None:
    """The same issues: a dose at 02:30 in those two nights."""
    box = Box.with_schedule(NIGHT, at="2026-03-28 12:00").until("2026-03-29 12:00")
    assert rings(box) == ["2026-03-29 03:00"]
    box = Box.with_schedule(NIGHT, at="2026-10-24 12:00").until("2026-10-25 12:00")
    assert rings(box) == ["2026-10-25 02:30"]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_pain_02_dst_day_rings_once_medtimer_56(day: str) -> None:
    """Futsch1/medTimer#56: endless reminders on such a day."""
    text = plan(dose("d3", 'at = ["01:30", "02:30", "03:30"]'))
    box = live(Box.with_schedule(text, at=f"{day} 00:30"), f"{day} 23:00", "01:30", "02:30")
    taken = [entry.occurrence for entry in box.entries() if entry.kind == "ringing"]
    assert len(taken) == len(set(taken)) == 3


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "Pacific/Auckland"])
def test_pain_03_travel_follows_the_local_day_without_a_second_pill(zone: str) -> None:
    """Futsch1/medTimer#759: there is the one answer of `push --timezone`, and it is safe."""
    box = Box.with_schedule(EVERY_DAY).until("08:01")
    box.press()
    box.until("09:00").push(EVERY_DAY.replace("Europe/Berlin", zone))
    box.begin_story()
    intake_s = box.now_s - 3600
    box.wait(hours=11)
    assert box.story("ringing") == []
    while not box.story("ringing"):
        box.wait(minutes=10)
    assert 12 * 3600 <= box.now_s - intake_s < 42 * 3600
    assert box.now[11:16] in ("08:00", "08:10")


def test_pain_04_shown_at_once_and_not_late() -> None:
    """Futsch1/medTimer#1714, #1010: the light is on in the very millisecond."""
    box = Box.with_schedule(EVERY_DAY).until("07:59:59").wait(ms=999)
    assert box.light == "off"
    assert box.wait(ms=1).light == "due"


@pytest.mark.parametrize("back", ["08:00:01", "08:01", "09:59", "10:59:50"])
def test_pain_05_missing_the_exact_minute_loses_nothing(back: str) -> None:
    """DanielVolz/medassist-ng PR 148: off in the minute when it was due."""
    box = Box.with_schedule(EVERY_DAY).power_cut("07:59:59", back)
    assert box.wait(5).light == "due"


@pytest.mark.parametrize(
    "edited",
    [
        plan(D3K2_DOSE, IRON_DOSE, DROPS_DOSE, meals=MEALS.replace("07:30", "07:35")),
        plan(IRON_DOSE, D3K2_DOSE),
        plan(D3K2_DOSE, IRON_DOSE, alerts='nag = "5m"'),
    ],
)
def test_pain_06_no_duplicates_after_a_reschedule(edited: str) -> None:
    """Futsch1/medTimer#548, #1143, #1077, #1487: two doses at one time, edited while they ring."""
    box = Box.with_schedule(plan(D3K2_DOSE, IRON_DOSE)).until("07:32")
    box.push(edited)
    box.reset().until("07:36")
    assert box.press() == "taken"
    box.wait(5).push(plan(D3K2_DOSE, IRON_DOSE))
    box.until("2026-11-24 07:00")
    taken = [entry.occurrence for entry in box.entries() if entry.kind == "taken"]
    assert len(taken) == len(set(taken)) == 2
    after = [entry.kind for entry in box.entries() if entry.dose in ("d3k2", "iron")]
    assert "ringing" not in after[len(after) - after[::-1].index("taken") :]


class PowerCut(BaseException):
    """The power goes at a change of the flash."""


def cut_at(number: int) -> Callable[[str, str], None]:
    def before(what: str, path: str) -> None:
        nonlocal number
        number -= 1
        if number < 0:
            raise PowerCut

    return before


@pytest.mark.parametrize("number", range(12))
def test_pain_07_a_restart_at_any_write_asks_for_nothing_twice(number: int) -> None:
    """tirth-patel06/MedSync-AI PR 56; magikh0e/ha-medication-reminder 0.20.2: sent again.

    The power goes at each change of the flash in turn, between a minute before due and a minute
    after the press. What the box had shown as taken stays taken; what it had not, it asks again.
    """
    box = Box.with_schedule(D3K2).until("07:29")
    assert isinstance(box.files, Flash)
    box.files.before = cut_at(number)
    shown = ""
    try:
        box.until("07:31")
        shown = box.press()
        box.wait(60)
    except PowerCut:
        pass
    box.files.before = lambda what, path: None
    box.reset().wait(10)
    assert box.light == ("off" if shown == "taken" else "due")
    if shown != "taken":
        assert box.press() == "taken"
    box.until("2026-11-24 07:00")
    assert len(box.story("taken")) == 1
    assert box.story("ringing") == box.story("ringing")[:1]


def test_pain_08_a_pending_reminder_comes_back_after_days() -> None:
    """Futsch1/medTimer#1046, #1230: not raised again after a forced stop of more than a day."""
    text = plan(dose("d3", 'at = ["08:00"]', 'late = "6d"', days='["mon"]'))
    box = Box.with_schedule(text).until("08:01")
    box.power_cut("08:02", "2026-11-28 12:00").wait(10)
    assert box.light == "due"
    assert box.press() == "taken"
    assert box.story("taken") == ["sat 12:00:10 taken d3/0 of 11-23"]


def test_pain_09_what_was_not_taken_is_missed_by_itself() -> None:
    """Futsch1/medTimer#1136, #1720"""
    box = Box.with_schedule(EVERY_DAY).until("2026-11-26 12:00")
    assert box.story("missed") == [
        "11:00 missed d3/0",
        "tue 11:00 missed d3/0",
        "wed 11:00 missed d3/0",
        "thu 11:00 missed d3/0",
    ]


def test_pain_10_after_midnight_it_is_still_last_night_s_dose() -> None:
    """Futsch1/medTimer#181: taken at half past midnight, tomorrow's was crossed off."""
    text = plan(dose("evening", 'at = ["22:00"]', 'late = "4h"'))
    box = Box.with_schedule(text, at="2026-11-23 20:00").until("2026-11-24 00:30")
    box.press()
    assert box.story("taken") == ["tue 00:30 taken evening/0 of 11-23"]
    assert box.until("22:00:01").light == "due"


@pytest.mark.parametrize("nag_min", [1, 7, 45])
def test_pain_11_it_repeats_until_taken_and_not_for_ever(nag_min: int) -> None:
    """Futsch1/medTimer#320; CorruptedArk/did-i-take-my-meds#64; citiususc/calendula#123"""
    text = plan(dose("d3", 'at = ["08:00"]'), alerts=f'nag = "{nag_min}m"\nmax_sound = "3m"')
    box = Box.with_schedule(text).until("11:05")
    begins = [at for at, sound in box.sounds() if sound != "silent"]
    assert begins[:2] == ["08:00:00", f"08:{nag_min:02d}:00"]
    assert len(begins) == 3
    assert (box.light, len(box.story("ringing"))) == ("off", 1)


def test_pain_12_first_soft_and_later_urgent() -> None:
    """Futsch1/medTimer#941"""
    box = Box.with_schedule(plan(IRON_DOSE, alerts='max_sound = "12h"')).until("10:31")
    heard = [sound for _, sound in box.sounds() if sound != "silent"]
    assert list(dict.fromkeys(heard)) == ["due", "overdue", "last-call"]
    assert heard == sorted(heard, key=["due", "overdue", "last-call"].index)


def test_pain_13_one_sound_and_a_press_stops_it_at_once() -> None:
    """Futsch1/medTimer#924: a phantom or double alarm that nothing stops."""
    box = Box.with_schedule(plan(D3K2_DOSE, IRON_DOSE)).until("07:30:10")
    box.world.hold(True)
    box.wait(ms=50)
    assert box.sound == "silent"
    box.world.hold(False)
    box.wait(5)
    box.until("12:00")
    assert [sound for at, sound in box.sounds() if at > "07:30:14"] == []


def test_pain_14_one_alarm_for_all_that_is_due_and_one_press() -> None:
    """Futsch1/medTimer#766, #996; and one by one for whoever wants that."""
    box = Box.with_schedule(plan(D3K2_DOSE, IRON_DOSE)).until("07:31")
    box.request("dose.take", dose="iron")
    assert box.light == "due"
    assert box.press() == "taken"
    assert box.story("taken") == ["07:31 taken iron/0 host", "07:31 taken d3k2/0"]


def test_pain_15_silence_when_i_want_silence() -> None:
    """Futsch1/medTimer#907: quiet hours are light only, from the first second to the last."""
    text = plan(dose("d3", 'at = ["05:00"]'), alerts='quiet = "22:00-06:30"')
    box = Box.with_schedule(text, at="2026-11-23 04:00").until("06:29:59")
    assert (box.light, box.sounds()) == ("due", [])
    assert box.wait(1).sound != "silent"


def test_pain_16_taken_early_it_is_not_asked_for_later() -> None:
    """citiususc/calendula#121; CorruptedArk/did-i-take-my-meds#16"""
    box = Box.with_schedule(EVERY_DAY).until("07:05")
    box.press()
    box.wait(2).press()
    box.until("2026-11-24 07:00")
    assert box.story() == ["07:05:02 taken d3/0"]


def test_pain_17_undo_back_date_and_mend_a_slip_of_the_finger() -> None:
    """Futsch1/medTimer#341, #475, #518, #1232; citiususc/calendula#182"""
    box = Box.with_schedule(EVERY_DAY).until("08:01")
    box.press()
    box.wait(60).press_very_long()
    box.until("12:00")
    day = {"dose": "d3", "date": "2026-11-23"}
    box.request("dose.take", **day, utc=box.at("2026-11-23 09:00") + 946684800)
    assert box.story("taken", "undone", "missed") == [
        "08:01 taken d3/0",
        "08:02:08 undone d3/0 was taken",
        "11:00 missed d3/0",
        "12:00 taken d3/0 was missed",
    ]
    box.request("dose.undo", **day)
    box.request("dose.skip", **day)
    assert box.story()[-1] == "12:00 skipped d3/0 was missed"


def test_pain_18_too_soon_is_noted_and_never_blocked() -> None:
    """Futsch1/medTimer#992"""
    text = plan(dose("d3", 'at = ["08:00", "20:00"]', 'early = "6h"', 'late = "6h"'))
    box = Box.with_schedule(text).until("13:55")
    box.press()
    box.wait(minutes=10).press()
    assert box.wait(2).press() == "taken"
    assert box.entries()[-1].detail["soon"] == "1"


def test_pain_19_breakfast_is_later_at_the_weekend_and_on_a_holiday() -> None:
    """citiususc/calendula#112; Futsch1/medTimer#1026, #1331; hass-medication_tracker#2"""
    meals = '[meals]\nbreakfast = { at = "07:30", sat = "09:00", sun = "09:00" }\n'
    holiday = '[[except]]\nfrom = 2026-11-26\nto = 2026-11-26\nmeals = { breakfast = "10:00" }\n'
    text = plan(dose("d3", 'with = ["breakfast"]'), holiday, meals=meals)
    box = live(Box.with_schedule(text), "2026-11-30 07:00", "07:30", "09:00", "10:00")
    assert [ring[11:] for ring in rings(box)] == ["07:30"] * 3 + ["10:00", "07:30"] + ["09:00"] * 2


@pytest.mark.parametrize("days", [84, 168, 365])
def test_pain_21_long_intervals_neither_drift_nor_loop(days: int) -> None:
    """Futsch1/medTimer#851, #1339, #1404, #990: taken late, the next is not later for it."""
    text = plan(
        dose("d3", 'at = ["08:00"]', "start = 2026-01-05", days=f"{{ every = {days} }}"),
    )
    box = Box.with_schedule(text, at="2026-01-05 07:00")
    while len(rings(box)) < 4:
        box.until("10:55")
        if box.light == "due":
            box.press()
    dates = [ring[:10] for ring in rings(box)]
    gaps = [
        (box.at(f"{two} 12:00Z") - box.at(f"{one} 12:00Z")) / 86400 for one, two in pairwise(dates)
    ]
    assert gaps == [days] * 3
    assert {ring[11:] for ring in rings(box)} == {"08:00"}


def test_pain_21_a_journal_older_than_any_horizon() -> None:
    """The same: two years in a drawer, a laptop that says so, and the next morning is right."""
    box = Box.with_schedule(DROPS).until("08:01")
    box.press()
    box.power_cut("08:02", "2028-12-04 07:00").wait(10)
    assert (box.light, box.story("gap", "missed", "unknown", "ringing")[1:]) == ("unset", [])
    box.set_clock("2028-12-04 07:00:10")
    assert box.story("gap", "missed", "unknown", "ringing")[1:] == [
        "12-04 07:00:10 gap from 08:01 to 12-04 07:00:10"
    ]
    assert box.until("08:00:01").light == "due"


def test_pain_22_stock_is_counted_refilled_and_may_fall_below_nothing() -> None:
    """Futsch1/medTimer#1021, #1459, #1545, #1076; CorruptedArk/did-i-take-my-meds#67"""
    text = plan(dose("d3", 'at = ["08:00"]', "stock = { count = 1 }"))
    box = Box.with_schedule(text).until("08:01")
    counts = []
    for _ in range(3):
        box.press()
        counts.append(box.row("d3")["stock"])
        box.wait(hours=24)
    assert counts == [0, -1, -2]
    box.request("dose.stock", dose="d3", count=90)
    box.reset()
    assert (box.row("d3")["stock"], box.story("stock")) == (90, ["thu 08:01 stock d3 left 90"])


def test_pain_23_history_survives_every_restart_and_push() -> None:
    """Futsch1/medTimer#1206, #1090, #529, #586: a backup that lost what it should keep."""
    box = live(Box.with_schedule(EVERY_DAY), "2026-12-01 09:00", "08:00")
    kept = journal_lines(box.files)
    for text in (DROPS, EVERY_DAY, D3K2):
        box.push(text)
        box.reset().wait(5)
    assert journal_lines(box.files)[: len(kept)] == kept


def test_pain_25_editing_a_schedule_turns_no_past_day_into_missed() -> None:
    """DanielVolz/medassist-ng PR 79; citiususc/calendula#22"""
    box = live(Box.with_schedule(EVERY_DAY), "2026-11-27 12:00", "08:00")
    box.push(plan(dose("d3", 'at = ["06:00", "10:00", "20:00"]'), DROPS_DOSE))
    box.wait(minutes=5)
    assert box.story("missed", "unknown", "cancelled") == []
    assert box.until("20:00:01").light == "due"
