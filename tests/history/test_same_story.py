"""The box and the log tell the same of every occurrence, whatever was pushed in between."""

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from domain import Box, dose, plan
from dosebell import civil
from dosebell_host.actions import answers, read_log
from dosebell_host.actions.doses.undo import undo
from dosebell_host.errors import UserError
from dosebell_host.history.box_log import BoxLog
from engines import ON_BOTH
from laptop import Laptop

pytestmark = ON_BOTH

TIMES = ('["08:00"]', '["20:00"]', '["08:00", "20:00"]', '["07:30", "13:00", "23:30"]')
ANSWERS = (answers.TAKE, answers.SKIP)
LIVES = 12
ACTS = 40


def some_plan(random: Random) -> str:
    doses = [
        dose(ident, f"at = {random.choice(TIMES)}", f'late = "{random.choice((2, 4))}h"')
        for ident in ("a", "b", "c")
        if random.random() < 0.8
    ]
    zone = random.choice(("Europe/Berlin", "Asia/Kolkata"))
    return plan(*(doses or [dose("a", 'at = ["08:00"]')]), zone=zone)


def live(box: Box, laptop: Laptop, random: Random) -> None:
    """One thing that happens to a box, and some time that passes."""
    what = random.random()
    if what < 0.15:
        box.push(some_plan(random))
        laptop.meet()
    elif what < 0.55:
        box.press()
    elif what < 0.6:
        box.press_very_long()
    elif what < 0.65:
        box.world.power_off()
        box.world.run_until(box.world.now_s + random.randrange(60, 200_000))
        box.world.power_on()
    elif what < 0.7:
        with suppress(UserError):
            undo(laptop.meet())
    elif what < 0.75:
        with suppress(UserError):
            answers.answer(laptop.meet(), answers.AnswerWishes(random.choice(ANSWERS), ("a",)))
    elif what < 0.8:
        step_s = random.randrange(-100_000, 100_000)
        box.request("clock.set", utc=box.now_s + step_s + civil.UNIX_2000, force=True)
    box.wait(minutes=random.randrange(1, 400))


def of_box(box: Box) -> dict[tuple[str, int], str]:
    """What it remembers of each occurrence."""
    memory = box.app.box.memory
    ids = [row.dose.id for row in box.app.box.reminder.rows]
    return {
        (ident, due_s): how if how not in ("waiting", "ringing") else "open"
        for ident in ids
        for due_s, how in memory.pasts[ident].remembered()
    }


def of_log(log: BoxLog) -> dict[tuple[str, int], str]:
    return {(each.dose, each.due_s or 0): each.state for each in log.outcomes}


@pytest.mark.parametrize("seed", range(LIVES))
def test_what_the_box_remembers_is_what_the_log_tells(seed: int, tmp_path: Path) -> None:
    random = Random(f"the same story {seed}")
    box = Box.with_schedule(some_plan(random), "2026-11-23 07:00")
    laptop = Laptop(box, tmp_path)
    laptop.meet()
    for _ in range(ACTS):
        live(box, laptop, random)
    told, remembered = of_log(read_log.of_contact(laptop.meet())), of_box(box)
    assert remembered
    assert {which: told.get(which) for which in remembered} == remembered
