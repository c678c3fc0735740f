"""The clock is set back, and again before all doses wait for what the first time opened."""

import pytest

from domain import Box, dose, plan

TWICE_A_DAY = ['at = ["08:00", "12:00"]', 'late = "1h"']


def set_back_at_one(doses: int, *times: str) -> Box:
    """Nobody took anything, both windows of the day have closed, and then the clock is set to
    each of these times in turn.
    """
    text = plan(*[dose(f"d{n:02}", *TWICE_A_DAY) for n in range(doses)])
    box = Box.with_schedule(text, at="2026-11-23 07:00").until("13:01")
    for time in times:
        box.set_clock(f"2026-11-23 {time}")
    return box.wait(10)


@pytest.mark.parametrize("doses", [8, 24, 64])
def test_set_back_twice_at_once_all_ring_that_ring_when_it_is_set_back_once(doses: int) -> None:
    once, twice = set_back_at_one(doses, "08:30"), set_back_at_one(doses, "12:55", "08:30")
    assert twice.due == once.due
