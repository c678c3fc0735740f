"""Doses asked for one at a time: what a laptop says, also to a box that does not know it."""

from pathlib import Path

import pytest

from domain import D3K2, Box, dose, plan
from dosebell_host.actions.proposal import propose
from dosebell_host.actions.push_file import Document, document_of
from dosebell_host.actions.push_text import proposal_lines
from dosebell_host.actions.status import read_status
from dosebell_host.actions.status_text import status_lines
from dosebell_host.errors import UserError
from laptop import Laptop
from older_box import meet_older

DUE = 'at = ["08:00"]'
WHICH = plan(dose("iron", DUE, "place = 3"), dose("drops", DUE), alerts='answer = "each"')


def written(text: str) -> Document:
    return document_of(text.encode(), "mine.toml")


def test_a_push_says_how_often_the_light_flashes_for_which(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    shown = list(proposal_lines(propose(laptop.meet(), written(WHICH))))
    assert [line for line in shown if "flashes" in line] == [
        "  flashes for iron: 3",
        "  flashes for drops: 2",
    ]


def test_a_push_says_where_two_would_flash_alike(tmp_path: Path) -> None:
    """The second in the file has no place, and the first lies in the second compartment."""
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    alike = WHICH.replace("place = 3", "place = 2")
    shown = list(proposal_lines(propose(laptop.meet(), written(alike))))
    assert [line for line in shown if "flashes mean" in line] == [
        "! 2 flashes mean drops, which has no place, or what lies in place 2:"
        " give drops a place of its own"
    ]


def test_a_box_that_does_not_know_a_key_of_the_file_is_to_be_flashed_first(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    with pytest.raises(UserError) as refused:
        propose(meet_older(laptop), written(WHICH))
    assert (refused.value.exit_code, str(refused.value)) == (
        1,
        "mine.toml: this box does not know answer and place yet, which the file says;"
        " `dosebell flash` first, which gives it this release, then push again.",
    )
    assert propose(meet_older(laptop), written(D3K2)).same


def test_a_box_that_went_back_to_the_release_before_does_not_know_each(tmp_path: Path) -> None:
    """Its schedule still says so, and it passes over that."""
    laptop = Laptop(Box.with_schedule(WHICH).until("08:05"), tmp_path)
    status = read_status(meet_older(laptop))
    shown = list(status_lines(status))
    assert (
        "Too old   it does not know answer and place, and a press takes all that rings:"
        " `dosebell flash`"
    ) in shown
    assert not [line for line in shown if line.startswith("Flashes")]
    assert status.to_json()["unknown_to_box"] == ["answer", "place"]
