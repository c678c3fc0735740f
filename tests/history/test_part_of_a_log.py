"""A part of a log, read without the rest, tells of its days what the whole tells."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from domain import D3K2_DOSE, DROPS_DOSE, IRON_DOSE, Box, dose, plan
from dosebell import civil
from dosebell_host.actions import read_log
from dosebell_host.history.box_log import BoxLog, Choice, box_log
from dosebell_host.history.store import History
from dosebell_host.schedule.local_time import LocalTime
from engines import ON_BOTH
from erased import erase
from laptop import Laptop

pytestmark = ON_BOTH

PLAN = plan(D3K2_DOSE, DROPS_DOSE)
PATCH_DOSE = dose(
    *("patch", 'at = ["09:00"]', 'late = "14d"', "start = 2026-11-01"), days="{ every = 30 }"
)
LONG = plan(PATCH_DOSE, DROPS_DOSE)


def laptop_beside_a_box(folder: Path) -> Laptop:
    """That box has no battery clock, so a power cut takes the time from it."""
    box = Box.with_schedule(PLAN, at="2026-11-23 06:00", battery_clock=False)
    return Laptop(box, folder)


def days_with_presses(box: Box, days: int) -> None:
    """Half of what rings is answered."""
    for day in range(days):
        box.wait(hours=24)
        if day % 2:
            box.press()


def quiet_weeks(laptop: Laptop) -> None:
    days_with_presses(laptop.box, 40)


def weeks_without_power(laptop: Laptop) -> None:
    days_with_presses(laptop.box, 5)
    laptop.box.power_cut("2026-12-01 09:00", "2026-12-28 10:00")
    laptop.box.set_clock("2026-12-28 10:01")
    days_with_presses(laptop.box, 5)


def a_year_ahead_and_back(laptop: Laptop) -> None:
    days_with_presses(laptop.box, 3)
    laptop.box.set_clock("2027-12-01 07:00", force=True)
    laptop.box.push(plan(IRON_DOSE, DROPS_DOSE))
    days_with_presses(laptop.box, 5)
    laptop.box.set_clock("2026-11-28 07:20", force=True)
    days_with_presses(laptop.box, 10)
    laptop.box.power_cut("2026-12-09 09:00", "2026-12-18 10:00")
    laptop.box.set_clock("2026-12-18 10:01")


def a_schedule_while_it_had_no_clock(laptop: Laptop) -> None:
    box = laptop.box
    days_with_presses(box, 3)
    box.power_cut("2026-11-27 09:00", "2026-11-27 10:00")
    box.push(plan(IRON_DOSE, DROPS_DOSE))
    box.press()
    box.set_clock("2026-12-20 08:10")
    days_with_presses(box, 12)


def a_journal_erased(laptop: Laptop) -> None:
    days_with_presses(laptop.box, 20)
    laptop.meet()
    erase(laptop.box)
    days_with_presses(laptop.box, 20)


def windows_of_two_weeks(laptop: Laptop) -> None:
    laptop.box.push(LONG)
    days_with_presses(laptop.box, 70)


def put_right_weeks_later(laptop: Laptop) -> None:
    """What was missed is taken, skipped or taken back long after, some of it twice."""
    box = laptop.box
    days_with_presses(box, 40)
    for date, what in (
        ("2026-11-24", "take"),
        ("2026-11-24", "undo"),
        ("2026-11-26", "skip"),
        ("2026-11-26", "undo"),
        ("2026-11-26", "take"),
        ("2026-12-01", "skip"),
    ):
        box.request(f"dose.{what}", dose="drops", date=date, slot=0)
    days_with_presses(box, 40)


LIVES = (
    put_right_weeks_later,
    quiet_weeks,
    weeks_without_power,
    a_year_ahead_and_back,
    a_schedule_while_it_had_no_clock,
    a_journal_erased,
    windows_of_two_weeks,
)


@pytest.mark.parametrize("life", LIVES)
def test_every_first_day_gives_what_the_whole_log_has_that_day(
    life: Callable[[Laptop], None], tmp_path: Path
) -> None:
    laptop = laptop_beside_a_box(tmp_path)
    life(laptop)
    contact = laptop.meet(sync=False)
    whole = read_log.of_contact(contact)
    days = sorted({each.day for each in whole.outcomes})
    for first in range(days[0] - 1, days[-1] + 2):
        part = read_log.of_contact(contact, partial(that_day, first))
        choice = Choice(first_day=first)
        assert told(part, choice) == told(whole, choice), civil.iso(first)


@pytest.mark.parametrize("life", LIVES)
@pytest.mark.parametrize("days", [1, 7, 14])
def test_any_days_of_the_past_have_what_the_whole_log_has_of_them(
    life: Callable[[Laptop], None], days: int, tmp_path: Path
) -> None:
    laptop = laptop_beside_a_box(tmp_path)
    life(laptop)
    contact = laptop.meet(sync=False)
    whole = read_log.of_contact(contact)
    known = contact.history, whole.device_id, contact.lines, contact.local, contact.now_s
    noted = sorted({each.day for each in whole.outcomes})
    bounded = 0
    for first in range(noted[0] - 1, noted[-1] + 2):
        last = first + days - 1
        part = box_log(*known, since=partial(that_day, first), until=partial(that_day, last))
        bounded += part.until_day is not None
        choice = Choice(first_day=first, last_day=last)
        assert told(part, choice) == told(whole, choice), civil.iso(first)
    assert bounded


def told(log: BoxLog, choice: Choice) -> tuple[object, ...]:
    """All that a reader hears of a part."""
    shown = (choice.outcomes(log), choice.entries(log))
    return *shown, log.missing, log.unexplained, log.pushes, log.journals


def test_a_month_of_years_reads_no_other_month(tmp_path: Path) -> None:
    laptop = laptop_beside_a_box(tmp_path)
    days_with_presses(laptop.box, 400)
    contact = laptop.meet(sync=False)
    first = civil.day_from_iso("2027-12-20")
    part = read_log.of_contact(contact, partial(that_day, first))
    assert len(part.entries) * 5 < len(read_log.of_contact(contact).entries)


def that_day(first: int, local: LocalTime, now_s: int) -> int:
    return first


def test_the_last_word_of_a_box_is_that_of_all_its_records(tmp_path: Path) -> None:
    for number, life in enumerate(LIVES):
        laptop = laptop_beside_a_box(tmp_path / str(number))
        life(laptop)
        history, device_id = laptop.meet(sync=False).history, laptop.box.app.box.device_id
        assert history.last_told_s(device_id) == last_told_s(history, device_id)


def last_told_s(history: History, device_id: str) -> int | None:
    told = [entry.utc_s for entry in history.entries(device_id) if entry.utc_s is not None]
    return told[-1] if told else None
