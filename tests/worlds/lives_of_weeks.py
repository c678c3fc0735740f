"""A laptop beside a box that lived through some weeks, each time in another way."""

from pathlib import Path

from domain import D3K2_DOSE, DROPS_DOSE, IRON_DOSE, Box, dose, plan
from erased import erase
from laptop import Laptop

PLAN = plan(D3K2_DOSE, DROPS_DOSE)
PATCH_DOSE = dose(
    *("patch", 'at = ["09:00"]', 'late = "14d"', "start = 2026-11-01"), days="{ every = 30 }"
)
LONG = plan(PATCH_DOSE, DROPS_DOSE)


def laptop_beside_a_box(folder: Path, schedule: str = PLAN) -> Laptop:
    """That box has no battery clock, so a power cut takes the time from it."""
    box = Box.with_schedule(schedule, at="2026-11-23 06:00", battery_clock=False)
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


def weeks_behind_and_back(laptop: Laptop) -> None:
    days_with_presses(laptop.box, 3)
    laptop.box.set_clock("2026-10-10 07:00", force=True)
    days_with_presses(laptop.box, 6)
    laptop.box.set_clock("2026-12-01 07:20", force=True)


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
    weeks_behind_and_back,
    a_schedule_while_it_had_no_clock,
    a_journal_erased,
    windows_of_two_weeks,
)
