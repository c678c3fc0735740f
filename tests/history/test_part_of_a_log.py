"""A part of a log, read without the rest, tells of its days what the whole tells."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dosebell import civil
from dosebell_host.actions import read_log
from dosebell_host.history.box_log import BoxLog, Choice, box_log
from dosebell_host.history.store import History
from dosebell_host.schedule.local_time import LocalTime
from engines import ON_BOTH
from laptop import Laptop
from lives_of_weeks import LIVES, days_with_presses, laptop_beside_a_box

pytestmark = ON_BOTH


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
