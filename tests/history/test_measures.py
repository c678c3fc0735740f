"""What a life adds up to, told as values: what counts, as what, and what is counted apart."""

import math
import statistics
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import D3K2, D3K2_DOSE, DROPS, DROPS_DOSE, Box, dose, plan
from dosebell import civil
from dosebell_host.actions import read_log
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.measures import Measures, by_dose, overall, quartiles
from erased import erase
from laptop import Laptop

DAY = 86_400
WEEKLY = plan(dose("d3", 'at = ["08:00"]', days='["mon"]'))


def log_of(box: Box, folder: Path) -> BoxLog:
    return read_log.of_contact(Laptop(box, folder).meet())


def told(each: Measures) -> dict[str, Any]:
    """What it says, without what is nothing."""
    found = {key: value for key, value in each.to_json().items() if value}
    return {key: value for key, value in found.items() if key not in ("dose", "ratio", "planned")}


def measured(box: Box, folder: Path) -> dict[str, Any]:
    """What one box with one dose adds up to."""
    (only,) = by_dose(log_of(box, folder).outcomes)
    return told(only)


def press_at(box: Box, *times: str) -> Box:
    for at in times:
        box.until(at).press()
    return box


def test_taken_late_and_missed_are_due_and_a_missed_day_is_not_as_planned(tmp_path: Path) -> None:
    box = press_at(Box.with_schedule(DROPS), "08:05", "20:00", "2026-11-24 08:10")
    # The second of the 24th, both of the 25th.
    box.until("2026-11-26 07:00")
    assert measured(box, tmp_path) == {
        "taken": 3,
        "missed": 3,
        "days": 3,
        "correct_days": 1,
        "timed": 3,
        "in_window": 3,
        "delay_s": [150, 300, 450],
        "longest_gap_s": 12 * 3600 + 600,
        "missed_runs": [{"from": "2026-11-25", "to": "2026-11-25", "days": 1}],
    }


def test_a_day_with_anything_unknown_is_no_day_that_is_judged(tmp_path: Path) -> None:
    box = press_at(Box.with_schedule(DROPS), "08:05")
    box.power_cut("2026-11-23 12:00", "2026-11-25 12:00")
    press_at(box, "20:00").until("2026-11-26 07:00")
    assert measured(box, tmp_path) == {
        "taken": 2,
        "unknown": 4,
        "timed": 2,
        "in_window": 2,
        "delay_s": [75, 150, 225],
        "longest_gap_s": 2 * DAY + 12 * 3600 - 300,
    }


def test_the_longest_gap_says_how_much_of_it_is_unknown(tmp_path: Path) -> None:
    box = press_at(Box.with_schedule(DROPS), "08:05")
    box.power_cut("2026-11-23 12:00", "2026-11-25 12:00")
    press_at(box, "20:00")
    (only,) = by_dose(log_of(box, tmp_path).outcomes)
    assert only.longest_gap is not None and only.longest_gap.unknown == 4
    assert only.unknown_ratio == 4 / 6


def test_days_on_which_nothing_is_due_break_no_run_and_are_not_judged(tmp_path: Path) -> None:
    box = press_at(Box.with_schedule(WEEKLY), "2026-11-23 08:00").until("2026-12-15 07:00")
    assert measured(box, tmp_path) == {
        "taken": 1,
        "missed": 3,
        "days": 4,
        "correct_days": 1,
        "timed": 1,
        "in_window": 1,
        "delay_s": [0, 0, 0],
        "missed_runs": [{"from": "2026-11-30", "to": "2026-12-14", "days": 3}],
    }


def test_what_is_switched_off_is_neither_due_nor_a_gap_in_a_run(tmp_path: Path) -> None:
    holiday = "[[except]]\nfrom = 2026-11-24\nto = 2026-11-25\noff = true\n"
    box = Box.with_schedule(plan(D3K2_DOSE, holiday)).until("2026-11-27 07:00")
    assert measured(box, tmp_path) == {
        "missed": 2,
        "off": 2,
        "days": 2,
        "missed_runs": [{"from": "2026-11-23", "to": "2026-11-26", "days": 2}],
    }


def test_a_dose_that_is_skipped_was_due_and_is_no_missed_day(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("07:31")
    box.request("dose.skip", dose="d3k2", date="2026-11-23", slot=0)
    assert measured(box.until("16:00"), tmp_path) == {"skipped": 1, "days": 1}


def test_an_extra_intake_breaks_the_day(tmp_path: Path) -> None:
    box = press_at(Box.with_schedule(DROPS), "2026-11-23 08:05").until("19:00")
    # The one of the morning was taken at 18:00, says the person, and the next one soon after.
    box.request("dose.undo", dose="drops", date="2026-11-23", slot=0)
    at = box.now_s - 3600 + civil.UNIX_2000
    box.request("dose.take", dose="drops", date="2026-11-23", slot=0, utc=at)
    press_at(box, "20:00").until("2026-11-24 07:00")
    found = measured(box, tmp_path)
    assert (found["taken"], found["extra"], found["days"]) == (2, 1, 1)
    assert "correct_days" not in found


def test_a_second_meal_is_inside_the_window_and_its_delay_counts_from_the_first(
    tmp_path: Path,
) -> None:
    box = press_at(Box.with_schedule(D3K2), "12:40").until("18:00")
    assert measured(box, tmp_path) == {
        "taken": 1,
        "late": 1,
        "days": 1,
        "correct_days": 1,
        "timed": 1,
        "in_window": 1,
        "delay_s": [18_600, 18_600, 18_600],
    }


def test_a_back_dated_intake_counts_but_says_nothing_of_the_delay(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("18:00")
    at = box.now_s - 10 * 3600 + civil.UNIX_2000
    box.request("dose.take", dose="d3k2", date="2026-11-23", slot=0, utc=at)
    assert measured(box, tmp_path) == {
        "taken": 1,
        "back_dated": 1,
        "days": 1,
        "correct_days": 1,
    }


def test_times_that_change_at_noon_ask_that_day_for_what_is_left_of_it(tmp_path: Path) -> None:
    box = press_at(Box.with_schedule(DROPS), "08:05").until("12:00")
    box.push(plan(dose("drops", 'at = ["08:00", "14:00", "20:00"]')))
    press_at(box, "20:00").until("2026-11-24 07:00")
    found = measured(box, tmp_path)
    assert (found["taken"], found.get("missed"), found["days"]) == (2, 1, 1)


def test_a_zone_change_makes_no_second_dose_of_a_day(tmp_path: Path) -> None:
    laptop = Laptop(press_at(Box.with_schedule(D3K2), "07:35").until("12:00"), tmp_path)
    laptop.meet()
    laptop.box.push(plan(D3K2_DOSE, zone="America/New_York"))
    press_at(laptop.box.until("2026-11-24 07:00"), "2026-11-24 07:40")
    (only,) = by_dose(read_log.of_contact(laptop.meet()).outcomes)
    assert (only.taken, only.missed, only.days, only.correct_days) == (2, 0, 2, 2)
    assert only.delay is not None and only.delay.median_s == 450


def test_what_a_box_noted_before_it_was_wiped_counts_on(tmp_path: Path) -> None:
    laptop = Laptop(press_at(Box.with_schedule(D3K2), "2026-11-23 07:35"), tmp_path)
    laptop.meet()
    erase(laptop.box.until("2026-11-23 20:00"))
    press_at(laptop.box, "2026-11-24 07:40")
    (only,) = by_dose(read_log.of_contact(laptop.meet()).outcomes)
    assert (only.taken, only.correct_days) == (2, 2)
    journals = {entry.journal for entry in read_log.of_contact(laptop.meet()).entries}
    assert len(journals) == 2


def test_all_doses_together_are_judged_by_the_day(tmp_path: Path) -> None:
    box = press_at(Box.with_schedule(plan(D3K2_DOSE, DROPS_DOSE)), "08:01", "20:00")
    press_at(box, "2026-11-24 08:01").until("2026-11-25 07:00")
    shown = log_of(box, tmp_path).outcomes
    assert told(overall(shown)) == {
        "taken": 5,
        "missed": 1,
        "days": 2,
        "correct_days": 1,
        "timed": 5,
        "in_window": 5,
        "delay_s": [60, 60, 1860],
    }
    assert [each.correct_days for each in by_dose(shown)] == [2, 1]


def test_nothing_adds_up_to_nothing() -> None:
    nothing = overall([])
    assert (told(nothing), nothing.ratio, nothing.unknown_ratio) == ({}, None, None)
    assert nothing.is_empty and by_dose([]) == []


@given(st.lists(st.integers(-(10**6), 10**6), min_size=2))
def test_quartiles_are_those_of_the_textbook(values: list[int]) -> None:
    expected = [math.floor(each) for each in statistics.quantiles(values, method="inclusive")]
    found = quartiles(values)
    assert found is not None and list(found) == expected


@pytest.mark.parametrize("values", [[], [7]])
def test_quartiles_of_few(values: list[int]) -> None:
    assert quartiles(values) == ((7, 7, 7) if values else None)
