"""What of a box needs somebody: it comes by time alone, and where something is not known."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain import D3K2, D3K2_DOSE, Box, dose, plan
from dosebell_host.watch.attention import attention
from dosebell_host.watch.view import BoxView, Presence
from watched import WatchedDesk

COUNTED = dose("d3k2", 'at = ["07:30"]', "stock = { count = 3, per_intake = 1, low = 2 }")


def view_of(box: Box, folder: Path) -> tuple[BoxView, float]:
    """How a box is, and what time it is on the laptop then."""
    desk = WatchedDesk(folder, usb0=box)
    watcher = desk.watcher()
    watcher.look()
    [view] = watcher.views()
    watcher.close()
    return view, desk.reach.clock()


def said(view: BoxView, now: float) -> list[str]:
    return [reason.text for reason in attention(view, now)]


def test_a_box_at_which_all_is_well_needs_nobody(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    assert said(*view_of(box, tmp_path)) == []
    box.until("07:31").press()
    assert said(*view_of(box, tmp_path)) == []
    box.until("2026-11-24 07:40")
    assert said(*view_of(box, tmp_path)) == []


def test_what_is_not_answered_is_told_after_half_an_hour_and_at_last_is_missed(
    tmp_path: Path,
) -> None:
    box = Box.with_schedule(plan(dose("drops", 'at = ["08:00"]')), at="2026-11-23 07:00")
    told = {}
    for at in ("08:29", "08:30", "10:00", "23:00", "2026-11-24 00:30"):
        told[at] = said(*view_of(box.until(at), tmp_path))
    assert told == {
        "08:29": [],
        "08:30": ["DROPS of 08:00 is not answered, 30 min later."],
        "10:00": ["DROPS of 08:00 is not answered, 2 h later."],
        "23:00": ["DROPS of 08:00 was missed."],
        "2026-11-24 00:30": ["DROPS of Mon 23 Nov 08:00 was missed."],
    }


def test_what_is_missed_after_midnight_is_told_for_a_day_from_then(tmp_path: Path) -> None:
    evening = dose("drops", 'at = ["22:00"]', 'late = "3h"', days='["mon"]')
    box = Box.with_schedule(plan(evening), at="2026-11-23 21:00")
    told = {}
    for at in ("23 22:29", "23 22:30", "24 00:59", "24 01:00", "25 00:59", "25 01:00"):
        told[at] = said(*view_of(box.until(f"2026-11-{at}"), tmp_path))
    assert told == {
        "23 22:29": [],
        "23 22:30": ["DROPS of 22:00 is not answered, 30 min later."],
        "24 00:59": ["DROPS of Mon 23 Nov 22:00 is not answered, 2 h 59 min later."],
        "24 01:00": ["DROPS of Mon 23 Nov 22:00 was missed."],
        "25 00:59": ["DROPS of Mon 23 Nov 22:00 was missed."],
        "25 01:00": [],
    }


def test_what_may_be_taken_for_two_weeks_is_told_for_a_day_after_those(tmp_path: Path) -> None:
    patch = dose("patch", 'at = ["09:00"]', 'late = "14d"', days="{ monthdays = [1] }")
    box = Box.with_schedule(plan(patch), at="2026-11-30 21:00")
    told = {}
    for at in ("14 21:00", "15 08:59", "15 09:00", "16 08:59", "16 09:00"):
        told[at] = said(*view_of(box.until(f"2026-12-{at}"), tmp_path))
    assert told == {
        "14 21:00": ["PATCH of Tue 1 Dec 09:00 is not answered, 13 days 12 h later."],
        "15 08:59": ["PATCH of Tue 1 Dec 09:00 is not answered, 13 days 23 h later."],
        "15 09:00": ["PATCH of Tue 1 Dec 09:00 was missed."],
        "16 08:59": ["PATCH of Tue 1 Dec 09:00 was missed."],
        "16 09:00": [],
    }


def test_whoever_puts_right_what_was_missed_yesterday_ends_it(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(dose("drops", 'at = ["22:00"]')), at="2026-11-23 21:00")
    missed = said(*view_of(box.until("2026-11-24 08:00"), tmp_path))
    box.request("dose.take", dose="drops", date="2026-11-23")
    taken = said(*view_of(box, tmp_path))
    box.request("dose.undo", dose="drops", date="2026-11-23")
    undone = said(*view_of(box.until("2026-11-24 20:00"), tmp_path))
    again = ["DROPS of Mon 23 Nov 22:00 was missed."]
    assert (missed, taken, undone) == (again, [], again)


@pytest.mark.parametrize("presence", Presence)
def test_a_box_that_is_not_heard_turns_to_needing_somebody_by_time_alone(
    presence: Presence, tmp_path: Path
) -> None:
    view, now = view_of(Box.with_schedule(D3K2, at="2026-11-23 07:00"), tmp_path)
    view = replace(view, presence=presence)
    assert [said(view, now + s) for s in (119, 120)] == [
        [],
        ["It has not been heard since 07:00."],
    ]
    assert said(view, now + 2 * 3600) == [
        "It is not known whether D3K2 of 07:30 was answered.",
        "It has not been heard since 07:00.",
    ]
    assert said(view, now + 86400)[-1] == "It has not been heard since Mon 23 Nov 07:00."
    # Whoever put the clock of the laptop back does not know either how long that is.
    assert said(view, now - 86400) == ["It has not been heard since Mon 23 Nov 07:00."]


def test_a_box_that_was_never_heard_needs_somebody_once_it_had_time_to_answer() -> None:
    never = BoxView("box1", "", "", Presence.AWAY)
    told = {s: [reason.text for reason in attention(never, 1e9 + s, 1e9)] for s in (119, 120)}
    assert told == {119: [], 120: ["It has not been heard since the watch began."]}


def test_what_fell_due_while_the_box_was_off_is_not_known_when_it_is_back(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(dose("drops", 'at = ["08:00"]')), at="2026-11-23 07:00")
    box.power_cut("2026-11-23 07:50", "2026-11-23 20:00").set_clock("2026-11-23 20:00")
    told = {}
    for at in ("20:01", "2026-11-24 00:30"):
        told[at] = said(*view_of(box.until(at), tmp_path))
    assert told == {
        "20:01": ["It is not known whether DROPS of 08:00 was taken."],
        "2026-11-24 00:30": ["It is not known whether DROPS of Mon 23 Nov 08:00 was taken."],
    }


def test_what_passed_while_the_box_was_off_is_told_for_a_day_after_its_time(
    tmp_path: Path,
) -> None:
    evening = dose("drops", 'at = ["22:00"]', 'late = "3h"')
    box = Box.with_schedule(plan(evening), at="2026-11-23 07:00")
    box.power_cut("2026-11-23 21:00", "2026-11-27 08:00").set_clock("2026-11-27 08:00")
    told = {}
    for at in ("27 08:01", "28 00:59", "28 01:00"):
        told[at] = said(*view_of(box.until(f"2026-11-{at}"), tmp_path))
    assert told == {
        "27 08:01": ["It is not known whether DROPS of Thu 26 Nov 22:00 was taken."],
        "28 00:59": [
            "DROPS of Fri 27 Nov 22:00 is not answered, 2 h 59 min later.",
            "It is not known whether DROPS of Thu 26 Nov 22:00 was taken.",
        ],
        "28 01:00": ["DROPS of Fri 27 Nov 22:00 was missed."],
    }


def test_a_box_without_time_or_schedule_needs_somebody(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=Box.bare())
    desk.synchronised = False
    watcher = desk.watcher()
    watcher.look()
    [view] = watcher.views()
    assert [reason.code for reason in attention(view, desk.reach.clock())] == [
        "clock-unset",
        "no-schedule",
    ]
    watcher.close()


def test_a_stock_that_comes_to_its_end_is_told(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(COUNTED), at="2026-11-23 07:00")
    told = []
    for left in (3, 2, 0):
        box.request("dose.stock", dose="d3k2", count=left)
        told.append(said(*view_of(box, tmp_path)))
    assert told == [
        [],
        ["D3K2: 2 left, time to buy more."],
        ["By the count nothing is left of D3K2."],
    ]


def test_what_is_enough_for_its_course_needs_nobody(tmp_path: Path) -> None:
    course = plan(f"{COUNTED}end = 2026-11-24\n")
    box = Box.with_schedule(course, at="2026-11-23 07:00")
    told = []
    for left in (2, 1):
        box.request("dose.stock", dose="d3k2", count=left)
        told.append(said(*view_of(box, tmp_path)))
    assert told == [[], ["D3K2: 1 left, time to buy more."]]


WRONG: dict[str, dict[str, Any]] = {
    "fault": {"said": {"faults": ("button-stuck",)}},
    "zone-ends": {"said": {"zone_until_s": 0}},
    "clock-off": {"ahead_s": 121.0, "virtual": False},
    "schedule-unreadable": {"lines": []},
}


@pytest.mark.parametrize("code", WRONG)
def test_what_is_wrong_with_a_box_is_told_by_its_code(code: str, tmp_path: Path) -> None:
    view, now = view_of(Box.with_schedule(plan(D3K2_DOSE)), tmp_path)
    assert view.status is not None
    changes = dict(WRONG[code])
    if "said" in changes:
        changes["said"] = view.status.said._replace(**changes["said"])
    if not changes.pop("virtual", True):
        changes["hello"] = replace(view.status.hello, board="pico")
    wrong = replace(view, status=replace(view.status, **changes))
    assert [reason.code for reason in attention(wrong, now)] == [code]
