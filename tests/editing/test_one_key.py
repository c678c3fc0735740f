"""One key set or taken out: the text then says just that, and every comment is still there."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.editing.keys import with_key, with_key_renamed
from dosebell_host.errors import UserError
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.toml_lines import comments

ORDER = ("id", "name", "take", "at", "with", "place", "days", "start", "end", "late", "stock")
FILES = {path.name: path.read_text(encoding="utf-8") for path in schedules_dir().glob("*.toml")}
VALUES = st.one_of(
    st.text(max_size=12),
    st.integers(0, 99),
    st.dates(date(2025, 1, 1), date(2099, 1, 1)),
    st.lists(st.integers(1, 32), max_size=7),
    st.lists(st.lists(st.integers(1, 9), min_size=1), max_size=2),
    st.fixed_dictionaries({"every": st.integers(1, 9)}),
    st.none(),
)


@given(st.sampled_from(sorted(FILES)), st.integers(0, 3), st.sampled_from(ORDER), VALUES)
def test_a_file_says_just_the_wanted_after_any_change(
    name: str, place: int, key: str, value: Any
) -> None:
    text = FILES[name]
    wanted = tomllib.loads(text)
    place %= len(wanted["dose"])
    wanted["dose"][place].pop(key, None)
    if value is not None:
        wanted["dose"][place][key] = value
    new = with_key(text, ("dose", place), key, value, ORDER)
    assert (tomllib.loads(new), sorted(comments(new))) == (wanted, sorted(comments(text)))


@given(st.sampled_from(sorted(FILES)), st.sampled_from(ORDER), VALUES)
def test_what_came_in_goes_out_without_a_trace(name: str, key: str, value: Any) -> None:
    text = FILES[name]
    if value is None or key in tomllib.loads(text)["dose"][0]:
        return
    new = with_key(text, ("dose", 0), key, value, ORDER)
    assert with_key(new, ("dose", 0), key, None, ORDER) == text


DOSE = """\
[[dose]]
id = "d3"                # the id
name = "D3"
stock = { count = 90, low = 7 }   # pieces
"""


@pytest.mark.parametrize(
    ("table", "key", "value", "changed"),
    [
        (("dose", 0), "name", "D4", DOSE.replace('"D3"', '"D4"')),
        (("dose", 0), "take", "1", DOSE.replace('"D3"\n', '"D3"\ntake = "1"\n')),
        (("dose", 0, "stock"), "count", 60, DOSE.replace("90", "60")),
        (("dose", 0, "stock"), "low", None, DOSE.replace(", low = 7", "")),
        (("dose", 0, "stock"), "count", None, DOSE.replace("count = 90, ", "")),
        (("dose", 0, "stock"), "each", 2, DOSE.replace("= 7", "= 7, each = 2")),
        (("dose", 0), "stock", None, DOSE.replace("stock = { count = 90, low = 7 }   ", "")),
        (("dose", 0), "place", None, DOSE),
    ],
)
def test_a_line_changes_and_the_comments_stay(
    table: tuple[str | int, ...], key: str, value: Any, changed: str
) -> None:
    assert with_key(DOSE, table, key, value, ORDER) == changed


def test_comments_inside_of_what_goes_stay_as_lines() -> None:
    held = "  contents = [   # all of it\n    1,   # one\n  ]   # so far\n"
    told = "  # all of it\n  # one\n  # so far\n"
    for end in ("\n", "\r\n"):
        text, left = ((DOSE + each).replace("\n", end) for each in (held, told))
        assert with_key(text, ("dose", 0), "contents", None) == left


def test_windows_lines_stay_those_of_windows() -> None:
    text = DOSE.replace("\n", "\r\n")
    changed = with_key(text, ("dose", 0), "take", "1", ORDER)
    assert changed == text.replace('"D3"\r\n', '"D3"\r\ntake = "1"\r\n')


def test_a_key_takes_the_place_of_another() -> None:
    text = 'at = ["08:00"]   # early\nlate = "3h"\n'
    changed = with_key_renamed(text, (), "at", "with", ["breakfast"])
    assert changed == 'with = ["breakfast"]   # early\nlate = "3h"\n'


def test_a_layout_that_is_not_understood_stays_as_it_is() -> None:
    with pytest.raises(UserError, match="laid out in a way"):
        with_key('[[dose]]\nid = "d3"\n[dose.stock]\ncount = 9\n', ("dose", 0), "stock", None)
