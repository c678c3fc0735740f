"""A dose added to a file, moved in it or taken out: all else stays as it was written."""

import tomllib
from pathlib import Path

import pytest

from dosebell_host.editing.blocks import with_blocks, without_block
from dosebell_host.editing.times import with_meal_at, with_times
from dosebell_host.errors import UserError
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.toml_lines import comments

FILE = """\
# Mine.
version = 1

[meals]                                # when I eat
breakfast = { at = "07:30", sun = "09:00" }   # late on Sundays
lunch = "12:30"

# Before breakfast, with water.
[[dose]]
id = "thyroid"
at = ["06:30"]                         # an hour before
# stock = { count = 90 }

# For the eyes.
[[dose]]
id = "drops"
at = [
  "08:00",                             # morning
  "20:00",
]
[[dose.contents]]
nutrient = "vitamin-a"

[person]                               # stays here
medicines = []
"""
DROPS = '[[dose]]\nid = "pill"\nat = ["09:00"]\n'


def test_a_dose_is_added_behind_the_last_one() -> None:
    before, eyes, after = FILE.partition('nutrient = "vitamin-a"\n')
    assert with_blocks(FILE, "dose", DROPS) == f"{before}{eyes}\n{DROPS}{after}"


def test_the_first_block_of_its_kind_stands_at_the_end() -> None:
    away = "[[except]]\nfrom = 2026-12-24\n"
    assert with_blocks(FILE, "except", away) == f"{FILE}\n{away}"
    assert with_blocks("version = 1", "except", away) == f"version = 1\n\n{away}"


def test_a_dose_goes_with_the_comments_that_are_its_own() -> None:
    thyroid = FILE[FILE.index("# Before") : FILE.index("# For the eyes")]
    assert without_block(FILE, "dose", 0) == FILE.replace(thyroid, "")
    eyes = FILE[FILE.index("# For the eyes") : FILE.index("[person]")]
    assert without_block(FILE, "dose", 1) == FILE.replace(eyes, "")


def test_a_comment_directly_above_the_next_dose_is_that_ones() -> None:
    close = '[[dose]]\nid = "a"\n# For the eyes.\n[[dose]]\nid = "b"\n'
    assert without_block(close, "dose", 0) == '# For the eyes.\n[[dose]]\nid = "b"\n'
    assert without_block(close, "dose", 1) == '[[dose]]\nid = "a"\n'


def test_times_move_and_comments_stay() -> None:
    moved = with_times(FILE, 0, [510])
    assert moved == FILE.replace('["06:30"]', '["08:30"]')
    twice = with_times(FILE, 1, [540, 1260])
    assert 'at = ["09:00", "21:00"]' in twice
    assert comments(twice) == comments(FILE)


@pytest.mark.parametrize(
    ("minutes", "at"),
    [([540, 1260], '["21:00", "09:00"]'), ([540, 780, 1260], '["09:00", "13:00", "21:00"]')],
)
def test_as_many_times_stand_in_the_order_of_before_each_beside_its_place(
    minutes: list[int], at: str
) -> None:
    evening_first = '[[dose]]\nid = "a"\nat = ["20:00", "08:00"]\nplace = [2, 1]\n'
    moved = with_times(evening_first, 0, minutes)
    assert moved == evening_first.replace('["20:00", "08:00"]', at)


def test_a_meal_moves_but_not_on_the_days_that_have_their_own_time() -> None:
    assert with_meal_at(FILE, "breakfast", 480) == FILE.replace("07:30", "08:00")
    assert with_meal_at(FILE, "lunch", 780) == FILE.replace("12:30", "13:00")
    table = '[meals.lunch]\nat = "12:30"   # noon\n'
    assert with_meal_at(table, "lunch", 780) == table.replace("12:30", "13:00")


def test_the_ends_of_lines_are_those_of_the_file() -> None:
    dos = FILE.replace("\n", "\r\n")
    added = with_blocks(dos, "dose", DROPS)
    assert added == with_blocks(FILE, "dose", DROPS).replace("\n", "\r\n")
    assert without_block(dos, "dose", 0) == without_block(FILE, "dose", 0).replace("\n", "\r\n")


@pytest.mark.parametrize(
    "text",
    [
        'dose = [ { id = "a" }, { id = "b" } ]\n',
        '[[dose]]\nid = "a"\n[alerts]\nnag = "5m"\n[dose.stock]\ncount = 3\n',
    ],
)
def test_what_is_laid_out_otherwise_stays_as_it_is(text: str) -> None:
    with pytest.raises(UserError, match="stays as it is; change it in your editor"):
        without_block(text, "dose", 0)


@pytest.mark.parametrize(
    "path", sorted(schedules_dir().glob("*.toml")), ids=lambda path: path.stem
)
def test_what_was_added_to_a_ready_made_file_goes_again_without_a_trace(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    added = with_blocks(text, "dose", DROPS)
    count = len(tomllib.loads(text)["dose"])
    assert without_block(added, "dose", count) == text
