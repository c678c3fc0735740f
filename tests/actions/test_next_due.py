"""What a status says rings next is what rings next, if nobody presses."""

from pathlib import Path

import pytest

from domain import D3K2, D3K2_DOSE, DROPS_DOSE, Box, dose, plan
from dosebell import civil
from dosebell_host.actions.next_due import NextDue
from dosebell_host.actions.status import Status, read_status
from laptop import Laptop

PLANS = {
    "one that rings again": D3K2,
    "two times a day": plan(DROPS_DOSE),
    "both": plan(D3K2_DOSE, DROPS_DOSE),
    "some days only": plan(dose("iron", 'at = ["07:30"]', days='["mon", "wed"]'), DROPS_DOSE),
    "two at one time": plan(dose("b", 'at = ["08:00"]'), dose("a", 'at = ["08:00", "14:00"]')),
}


def status_of(box: Box, folder: Path) -> Status:
    return read_status(Laptop(box, folder).meet())


def first_rings(box: Box, since_s: int) -> set[tuple[int, str]]:
    """(when, dose) of what began to ring first after that: several may at once."""
    rings = {
        (int(each.at.timestamp()) - civil.UNIX_2000, each.dose)
        for each in box.entries()
        if each.kind == "ringing" and each.at is not None
    }
    first_s = min(at_s for at_s, _ in rings if at_s > since_s)
    return {ring for ring in rings if ring[0] == first_s}


@pytest.mark.parametrize("text", PLANS.values(), ids=PLANS)
def test_what_a_status_says_rings_next_rings_next(text: str, tmp_path: Path) -> None:
    box = Box.with_schedule(text, at="2026-11-23 05:13")
    foretold: list[tuple[int, NextDue]] = []
    for _ in range(34):
        coming = status_of(box, tmp_path).coming
        assert coming is not None
        foretold.append((box.now_s, coming))
        box.wait(minutes=67)
    box.wait(hours=72)
    wrong = [
        told for at_s, told in foretold if (told.due_s, told.dose) not in first_rings(box, at_s)
    ]
    assert wrong == []


def test_a_second_meal_is_told_by_its_name(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    told = []
    for at in ("07:10", "07:42", "11:00", "13:00"):
        coming = status_of(box.until(at), tmp_path).coming
        assert coming is not None
        told.append((at, coming.again_at, coming.due_s == box.at("12:30")))
    assert told == [
        ("07:10", "", False),
        ("07:42", "lunch", True),
        ("11:00", "lunch", True),
        ("13:00", "", False),
    ]


def test_a_status_holds_when_the_box_is_gone(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2).until("07:42")
    status = status_of(box, tmp_path)
    before = status.to_json()
    box.press()
    box.wait(hours=5)
    assert status.to_json() == before
