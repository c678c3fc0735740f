"""Setting the box's clock by this laptop's: when a person is asked first, and what it does."""

from pathlib import Path

import pytest

from domain import D3K2, Box
from dosebell_host.actions.clock import set_to_laptop
from dosebell_host.errors import UserError
from laptop import Laptop
from listener import Listener

DAY_S = 86_400


def laptop_beside(box: Box, ahead_s: float, folder: Path) -> Laptop:
    laptop = Laptop(box, folder)
    laptop.ahead_s = ahead_s
    return laptop


@pytest.mark.parametrize(
    ("ahead_s", "asked"),
    [
        (0, []),
        (3600, []),
        (-3600, []),
        (DAY_S, []),
        (3 * DAY_S, ["the box's clock is 3 days behind, and would jump. Set it?"]),
        (-3 * DAY_S, ["the box's clock is 3 days ahead, and would jump. Set it?"]),
    ],
)
def test_only_a_jump_is_asked_about(ahead_s: int, asked: list[str], tmp_path: Path) -> None:
    box, person = Box.with_schedule(D3K2), Listener(agrees=True)
    contact = laptop_beside(box, ahead_s, tmp_path).meet(sync=False)
    done = set_to_laptop(contact, person.talk)
    assert person.heard == [("asked", question) for question in asked]
    assert (done.step_s, done.box) == (ahead_s, done.laptop.replace(microsecond=0))


@pytest.mark.parametrize(
    ("agrees", "code"),
    [(False, "declined"), (None, "needs-yes")],
    ids=["declined", "nobody there"],
)
def test_without_a_yes_the_clock_stays(agrees: bool | None, code: str, tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    contact = laptop_beside(box, 3 * DAY_S, tmp_path).meet(sync=False)
    with pytest.raises(UserError) as refused:
        set_to_laptop(contact, Listener(agrees).talk)
    assert (refused.value.code, box.now) == (code, "2026-11-23 07:00:00")
