"""Random lives of a box, judged by an oracle that shares no code with it.

`make test` lives 300 of them, `make soak` 20,000. A life that fails is told again as short as it
can be made, with its seed; `lives.life(SEED)` is the whole of it.
"""

import pytest

import domain
import lives
from life_faults import FAULTS
from tally import trying

FIRST_SEED = 0
LIVES = 300
BATCH = 25
SOAK_FIRST_SEED = 10_000
SOAK_LIVES = 20_000
SOAK_BATCH = 500


def failures(seeds: range) -> str:
    """The shortest story of the first life in which a promise was broken; "" where none was."""
    for seed in seeds:
        lived = lives.life(seed)
        problems = lived.live()
        # Each life has schedules of its own: none is asked for again.
        domain.compiled.cache_clear()
        if problems:
            return lives.shortest(seed, lives.promise_of(problems[0])).story()
    return ""


def batches(first: int, count: int, size: int) -> list[range]:
    return [range(at, at + size) for at in range(first, first + count, size)]


@pytest.mark.parametrize("seeds", batches(FIRST_SEED, LIVES, BATCH), ids=str)
def test_no_life_loses_an_occurrence_or_rings_one_twice(seeds: range) -> None:
    with trying("lives", f"seeds {seeds.start} to {seeds.stop - 1}"):
        assert failures(seeds) == ""


@pytest.mark.parametrize("fault", FAULTS)
def test_so_many_lives_find_each_fault_that_boxes_had(fault: str) -> None:
    seeds = range(FIRST_SEED, FIRST_SEED + LIVES)
    with FAULTS[fault]():
        assert any(lives.life(seed).live() for seed in seeds)


@pytest.mark.soak
@pytest.mark.parametrize("seeds", batches(SOAK_FIRST_SEED, SOAK_LIVES, SOAK_BATCH), ids=str)
def test_no_life_of_many_loses_an_occurrence_or_rings_one_twice(seeds: range) -> None:
    with trying("lives", f"seeds {seeds.start} to {seeds.stop - 1}"):
        assert failures(seeds) == ""
