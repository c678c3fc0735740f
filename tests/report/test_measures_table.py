"""The table of what each dose adds up to: what stands in it, and what is left out."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dosebell_host.history.measures import Measures
from dosebell_host.report.contents import Contents
from dosebell_host.report.measures_table import ALL, measures_table
from gallery_told import told

FOUR = told("four for three months")


def rows(shown: Contents) -> list[dict[str, object]]:
    table = measures_table(shown)
    return [dict(zip(table.head, row, strict=True)) for row in table.rows]


def test_one_more_soon_after_the_one_before_is_counted_for_each_dose() -> None:
    assert [row["extra"] for row in rows(FOUR)] == [1, 4, 1, 2, 8]


def test_of_all_together_no_time_without_a_dose_is_told() -> None:
    last = rows(FOUR)[-1]
    without = ("longest time without it", "due days missed in a row")
    assert (last["what"], *(last[head] for head in without)) == (ALL, "", "")


def test_a_time_without_a_dose_says_how_much_in_it_is_not_known() -> None:
    said = [row["longest time without it"] for row in rows(FOUR)]
    assert said[0] == "4 days 18 h (4 doses in it not known)"


@pytest.mark.parametrize(
    ("head", "change"),
    [
        ("off by plan", lambda found: replace(found, off=1)),
        ("noted later", lambda found: replace(found, back_dated=1)),
        ("taken while the box reminds", lambda found: replace(found, in_window=found.timed - 1)),
    ],
)
def test_a_column_is_left_out_where_all_is_as_every_reader_expects(
    head: str, change: Callable[[Measures], Measures]
) -> None:
    usual = replace(FOUR.overall, off=0, back_dated=0, in_window=FOUR.overall.timed)
    assert head not in measures_table(FOUR._replace(overall=usual)).head
    assert head in measures_table(FOUR._replace(overall=change(usual))).head
