"""An occurrence is named by its first due, whatever date and slot a push gives to another one."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from domain import (
    D3K2_DOSE,
    DROPS,
    DROPS_DOSE,
    IRON_DOSE,
    Box,
    compiled,
    dose,
    journal_lines,
    plan,
    utc_of,
)
from dosebell import civil, schedule
from dosebell_host.actions import read_log
from dosebell_host.actions.doses.undo import undo
from dosebell_host.history import log_text
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.dues import dated
from dosebell_host.history.outcomes import outcomes
from dosebell_host.history.records import TERMINAL, Entry, parse
from dosebell_host.sim.flash import MemoryFiles
from laptop import Laptop, opened
from older_box import meet_older
from release_010 import before, pushed

EVENING = plan(dose("drops", 'at = ["20:00"]'))
FOUR = plan(D3K2_DOSE, DROPS_DOSE, IRON_DOSE, dose("night", 'at = ["22:30"]', 'late = "5h"'))
EDITED = plan(D3K2_DOSE, dose("drops", 'at = ["08:00", "14:00", "20:00"]'))


def statuses(log: BoxLog) -> list[str]:
    return [
        f"{civil.iso(e.day)} {e.dose}/{e.slot}"
        f" {'?' if e.due_s is None else log.local.clock(e.due_s)} {e.status}"
        for e in log.outcomes
    ]


def moved(tmp_path: Path) -> tuple[Box, Laptop]:
    """The drops of 08:00 were taken; at noon they were moved to the evening, all of them."""
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00").until("08:05")
    box.press()
    laptop = Laptop(box, tmp_path)
    laptop.meet()
    box.until("12:00").push(EVENING)
    return box, laptop


@pytest.mark.parametrize("press_at", ["20:10", ""])
def test_a_dose_that_was_moved_after_it_was_taken_stands_beside_the_new_one(
    press_at: str, tmp_path: Path
) -> None:
    box, laptop = moved(tmp_path)
    if press_at:
        assert box.until(press_at).press() == "taken"
    box.until("2026-11-24 06:00")
    log = read_log.of_contact(laptop.meet())
    new = "taken" if press_at else "missed"
    assert statuses(log) == [
        "2026-11-23 drops/0 08:00 taken",
        f"2026-11-23 drops/0 20:00 {new}",
    ]
    shown = list(log_text.report(log.outcomes, log.doses, log.local, log_text.MARKS, 80))
    assert shown[1] == f"2026-11-23 Mon  ✓ 08:05  {'✓ 20:10' if press_at else '×'}"


def test_a_gap_covers_the_new_one_although_one_of_its_date_and_slot_was_taken(
    tmp_path: Path,
) -> None:
    box, laptop = moved(tmp_path)
    box.power_cut("12:30", "2026-11-24 12:35")
    assert statuses(read_log.of_contact(laptop.meet())) == [
        "2026-11-23 drops/0 08:00 taken",
        "2026-11-23 drops/0 20:00 unknown",
    ]


# Records of release 0.1.0, which name no due.


# What does not happen in that life.
OTHERS = {"skipped", "unknown"}


def without_due(line: str) -> str:
    return re.sub(r" d=\d+,", " ", re.sub(r" d=\d+$", " -", line))


def test_a_due_is_what_the_schedule_in_force_makes_of_date_and_slot(tmp_path: Path) -> None:
    box = Box.with_schedule(FOUR, at="2026-11-23 07:00")
    for at in ("07:31", "08:05", "20:10", "2026-11-24 08:05"):
        box.until(at).press()
    box.until("2026-11-25 07:40").push(EDITED)
    box.until("2026-11-25 14:05").press()
    box.until("2026-11-26 03:00")
    lines = [line for line in journal_lines(box.files) if " snapshot " not in line]
    new = [parse(line, "7f3a91c4") for line in lines]
    old = [parse(without_due(line), "7f3a91c4") for line in lines]
    both = map(compiled, (FOUR, EDITED))
    plans = {each.revision: schedule.parse(each.lines) for each in both}
    # The iron was open when it left the schedule.
    assert {each.kind for each in new if each.due_s} == {*TERMINAL, "ringing", "resting"} - OTHERS
    assert {each.due_s for each in old} == {None}
    assert named(dated(old, plans.get)) == named(new)
    # Of a schedule that this laptop never saw, each is told all the same, by its date and slot.
    unseen = outcomes(dated(old, never_seen), never_seen)
    assert {(e.dose, e.day, e.slot, e.state) for e in unseen} >= {
        (e.dose, e.day, e.slot, e.state) for e in outcomes(new, never_seen)
    }
    assert {each.due_s for each in unseen} == {None}


def never_seen(revision: str) -> None:
    """This laptop never saw the schedule of that revision."""


def named(entries: Iterable[Entry]) -> list[tuple[int, str, int | None]]:
    return [(each.seq, each.kind, each.due_s) for each in entries]


def old_box(*acts: list[Any]) -> dict[str, str]:
    """The flash of a box that release 0.1.0 ran from 2026-11-22 06:00 on."""
    first = ["ask", "clock.set", {"utc": at("2026-11-22 06:00") + civil.UNIX_2000}]
    return before({}, "2026-11-22 06:00", [first, *acts])


def at(text: str) -> int:
    return utc_of(text, "Europe/Berlin")


def upgraded(files: dict[str, str], begin: str) -> Box:
    found = MemoryFiles()
    found.contents = {path: text.encode() for path, text in files.items()}
    box = Box(begin, "Europe/Berlin", True, found)
    box.world.power_on()
    return box


def test_the_log_of_a_box_of_release_010_is_the_same_after_its_upgrade(tmp_path: Path) -> None:
    """It was read before by one laptop, by another one not; an undo then is of the same pill."""
    acts = [pushed(FOUR)]
    for time in ("2026-11-22 07:31", "2026-11-22 08:05", "2026-11-23 08:05"):
        acts += [["until", at(time)], ["press"]]
    acts += [["until", at("2026-11-23 12:00")], pushed(EDITED)]
    acts += [["until", at("2026-11-23 14:05")], ["press"], ["until", at("2026-11-23 14:10")]]
    box = upgraded(old_box(*acts), "2026-11-23 14:10")
    known, new = Laptop(box, tmp_path / "a"), Laptop(box, tmp_path / "b")
    for laptop in (known, new):
        laptop.history.save_schedule(compiled(FOUR).revision, compiled(FOUR).lines)
    before_it = read_log.of_contact(meet_older(known))
    told = statuses(before_it)
    assert "2026-11-23 drops/1 14:00 taken" in told
    assert "2026-11-22 drops/1 20:00 missed" in told
    for laptop in (known, new):
        log = read_log.of_contact(laptop.meet())
        assert statuses(log) == told
        assert {entry.journal for entry in log.entries} == {laptop.meet().hello.journal_id}
    undo(known.meet(), "drops")
    expected = [each.replace("14:00 taken", "14:00 open") for each in told]
    assert statuses(read_log.of_contact(new.meet())) == expected


def test_what_began_before_this_laptop_is_read_with_the_schedule_that_a_snapshot_names(
    tmp_path: Path,
) -> None:
    """The record of its push has left the ring; the segment begins with a snapshot."""
    plan_in_force = schedule.parse(compiled(DROPS).lines)
    kept = opened(tmp_path)
    revision = compiled(DROPS).revision
    head = f"90 4 1795323600 host snapshot - - - rows=0,boot=4,revision={revision}"
    taken = "91 4 1795417500 host taken drops 2026-11-23 0 late_s=300"
    kept.add_records("box1", "0", [head, taken])
    plans = {revision: plan_in_force}
    [entry] = dated(kept.entries("box1", heads=True), plans.get)
    assert entry == parse(taken, "0")._replace(due_s=at("2026-11-23 08:00"))


def test_what_is_put_right_after_a_push_stays_where_it_was_in_the_log(tmp_path: Path) -> None:
    """The box knows of it no more than when it was due: neither its date, past midnight, nor its
    slot.
    """
    night = plan(dose("night", 'at = ["08:00", "23:50"]', 'late = "3h"'))
    box = Box.with_schedule(night, at="2026-11-23 07:00").until("2026-11-24 00:10")
    box.press()
    laptop = Laptop(box, tmp_path)
    before_it = [each for each in statuses(read_log.of_contact(laptop.meet())) if "taken" in each]
    box.push(plan(dose("night", 'at = ["12:00"]')))
    undo(laptop.meet(), "night")
    log = read_log.of_contact(laptop.meet())
    assert before_it == ["2026-11-23 night/1 23:50 taken"]
    assert "2026-11-23 night/1 23:50 missed" in statuses(log)
