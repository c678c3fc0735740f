"""What is told, and when: each thing once while it holds, once when it is over, and nothing in
quiet hours but what is urgent.
"""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.watch.tell.rules import CLOCK_LOST, LOW, MISSED, SILENT
from dosebell_host.watch.tell.told import (
    Matter,
    MatterKey,
    Notice,
    TellHours,
    Told,
    notices,
    told_after,
)

LOW_KEY, MISSED_KEY = MatterKey(LOW, "box1", "d3k2"), MatterKey(MISSED, "box1", "d3k2", "1")
NIGHT = TellHours((22 * 60, 7 * 60), frozenset({MISSED}))
NOON, MIDNIGHT = 12 * 60, 0
HOLDS, OVER, GONE = Matter("low"), Matter("bought", holds=False), Matter("", holds=False)
NONE: Told = frozenset()
TOLD: Told = frozenset({LOW_KEY})


@pytest.mark.parametrize(
    ("matter", "told", "minute", "said"),
    [
        (HOLDS, NONE, NOON, ["low"]),
        (HOLDS, TOLD, NOON, []),
        (OVER, TOLD, NOON, ["bought"]),
        (OVER, NONE, NOON, []),
        (HOLDS, NONE, MIDNIGHT, []),
        (OVER, TOLD, MIDNIGHT, []),
        (HOLDS, NONE, 22 * 60 - 1, ["low"]),
        (HOLDS, NONE, 22 * 60, []),
        (HOLDS, NONE, 7 * 60 - 1, []),
        (HOLDS, NONE, 7 * 60, ["low"]),
        (None, TOLD, NOON, []),
        (GONE, TOLD, MIDNIGHT, [""]),
        (GONE, NONE, NOON, []),
    ],
)
def test_a_thing_is_told_by_how_it_is_what_was_told_and_the_hour(
    matter: Matter | None, told: Told, minute: int, said: list[str]
) -> None:
    matters = {} if matter is None else {LOW_KEY: matter}
    assert [each.text for each in notices(NIGHT, matters, told, minute)] == said


def test_what_is_urgent_is_told_at_night_and_so_is_its_end() -> None:
    begun = {MISSED_KEY: Matter("missed"), LOW_KEY: HOLDS}
    assert notices(NIGHT, begun, NONE, MIDNIGHT) == [Notice(MISSED_KEY, "missed", True)]
    over = {MISSED_KEY: Matter("taken", holds=False)}
    told = frozenset({MISSED_KEY})
    assert notices(NIGHT, over, told, MIDNIGHT) == [Notice(MISSED_KEY, "taken", False)]


KEYS = [MatterKey(kind, "box1", f"dose{n}") for kind in (LOW, MISSED, SILENT) for n in range(2)]
# How a thing is at one look: None where that is not known.
HOW = st.sampled_from([True, False, None])
LOOK = st.tuples(
    st.integers(0, 1439), st.fixed_dictionaries(dict.fromkeys(KEYS, HOW)), st.integers(0, 3)
)


class Teller:
    """Whoever sends and keeps; it may be killed between the two, and then knows what is kept."""

    def __init__(self) -> None:
        self.kept: Told = NONE
        self.sent: list[tuple[int, Notice]] = []

    def look(self, minute: int, how: Mapping[MatterKey, bool | None], killed_after: int) -> bool:
        """Whether it was killed once so many were sent, before that one was kept."""
        matters = {
            key: Matter(f"{key.kind} {holds}", holds)
            for key, holds in how.items()
            if holds is not None
        }
        for n, notice in enumerate(notices(NIGHT, matters, self.kept, minute), 1):
            self.sent.append((minute, notice))
            if n == killed_after:
                return True
            self.kept = told_after(self.kept, [notice])
        return False


@given(st.lists(LOOK, max_size=30))
def test_in_every_life_each_thing_is_told_once_and_once_over(
    looks: list[tuple[int, dict[MatterKey, bool | None], int]],
) -> None:
    teller, kills = Teller(), 0
    for minute, how, killed_after in looks:
        kills += teller.look(minute, how, killed_after)
        # Whatever was killed starts again, and finds all as it was.
        teller.look(minute, how, 0)
        for key, holds in how.items():
            is_free = 7 * 60 <= minute < 22 * 60 or key.kind == MISSED
            assert not (is_free and holds is not None) or (key in teller.kept) is holds
    doubles = 0
    for key in KEYS:
        told = [notice.holds for _, notice in teller.sent if notice.key == key]
        doubles += sum(one is other for one, other in pairwise(told))
        assert told[:1] in ([], [True])
    assert doubles <= kills
    at_night = [n.key.kind for minute, n in teller.sent if not 7 * 60 <= minute < 22 * 60]
    assert set(at_night) <= {MISSED}


def test_without_quiet_hours_all_is_told_at_any_time() -> None:
    key = MatterKey(CLOCK_LOST, "box1")
    for minute in range(1440):
        assert notices(TellHours(), {key: HOLDS}, NONE, minute) == [Notice(key, "low", True)]
