"""A bar a day: what shape says what, and the same in words."""

import re

import pytest

from dosebell_host.history.outcomes import LATE
from dosebell_host.pictures.days_bar import days_bar, key
from dosebell_host.schedule.local_time import day_number, read_date

FIRST = day_number(read_date("2026-11-02", "day"))
SHOWN = ("taken", LATE, "open", "off", "skipped", "unknown", "missed")


def label(*days: tuple[tuple[str, int], ...]) -> str:
    [found] = re.findall('aria-label="([^"]*)"', days_bar(FIRST, days))
    return str(found)


def test_the_words_name_every_day_on_which_not_all_was_taken() -> None:
    all_taken, one_missed = (("taken", 3),), (("missed", 1), ("taken", 2))
    off, unknown = (("off", 1), ("taken", 1)), (("unknown", 2),)
    assert label(all_taken, one_missed, (), off, unknown, one_missed) == (
        "2 Nov 2026 to 7 Nov 2026: all taken on 2 of 5 days; missed on 3 Nov and 7 Nov;"
        " not known on 6 Nov. "
    )


def test_many_days_are_counted() -> None:
    assert "missed on 6 days" in label(*[(("missed", 1),)] * 6)


def test_nothing_noted_is_said() -> None:
    assert label((), ()) == "2 Nov 2026 to 3 Nov 2026: nothing is noted. "


@pytest.mark.parametrize("status", SHOWN)
def test_each_status_has_a_shape_of_its_own(status: str) -> None:
    shapes = {
        each: re.sub(r'class="\w+"|color="#\w+"', "", days_bar(FIRST, (((each, 1),),)))
        for each in SHOWN
    }
    bare = {each: re.findall("<path.*", shape) for each, shape in shapes.items()}
    assert [each for each in SHOWN if bare[each] == bare[status]] == [status]


def test_the_shares_fill_the_bar() -> None:
    """However a day is cut, its full parts are as high as their share of 24 pixels."""
    for taken in range(1, 5):
        bar = days_bar(FIRST, ((("missed", 4 - taken), ("taken", taken)),))
        [high] = re.findall(r'class="taken" d="M0.5 [\d.]+h6v([\d.]+)h-6z"', bar)
        assert float(high) == 24 * taken / 4


def test_the_key_has_them_all() -> None:
    assert len(list(key())) == len(SHOWN)
