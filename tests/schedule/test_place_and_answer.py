"""Which compartment, and how it is answered: in the file, its lines, back again, and compared."""

import json
import re
from pathlib import Path
from random import Random

import pytest

from domain import MEALS, compiled, dose, plan
from dosebell import civil, schedule
from dosebell_host.errors import UserError
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.decompiler import decompile
from dosebell_host.schedule.difference import difference
from dosebell_host.schedule.lines import keys_beyond
from dosebell_host.schedule.read_file import load, parse

MONDAY = civil.day_from_iso("2026-11-23")
WEEK = "[1, 2, 3, 4, 5, 6, 7]"
EVENINGS = "[8, 9, 10, 11, 12, 13, 14]"
# What the compiler of before made of the ready-made files, and of fifty others.
REVISIONS: dict[str, str] = json.loads(
    (Path(__file__).parent / "revisions_before_place.json").read_text(encoding="utf-8")
)


def two_a_day(place: str) -> str:
    return plan(dose("d", 'at = ["08:00", "20:00"]', f"place = {place}"))


def with_breakfast(place: str) -> str:
    return plan(dose("d", 'with = ["breakfast"]', f"place = {place}"))


def places(text: str) -> list[list[int]]:
    """From Monday to Sunday, for each time of the day, as the device finds them."""
    (found,) = schedule.parse(compiled(text).lines).doses
    slots = range(len(found.times or (0,)))
    return [[found.place(MONDAY + n, slot) for n in range(7)] for slot in slots]


WRITTEN = {
    "3": [[3] * 7] * 2,
    WEEK: [[1, 2, 3, 4, 5, 6, 7]] * 2,
    "[1, 2]": [[1] * 7, [2] * 7],
    f"[{WEEK}, {EVENINGS}]": [[1, 2, 3, 4, 5, 6, 7], [8, 9, 10, 11, 12, 13, 14]],
    f"[32, {EVENINGS}]": [[32] * 7, [8, 9, 10, 11, 12, 13, 14]],
    "[5, 5]": [[5] * 7] * 2,
}


@pytest.mark.parametrize("place", WRITTEN)
def test_a_place_is_one_or_seven_for_all_times_or_for_each(place: str) -> None:
    assert places(two_a_day(place)) == WRITTEN[place]


def test_a_dose_with_meals_has_one_place_or_seven() -> None:
    assert (places(with_breakfast("4")), places(with_breakfast(WEEK))) == (
        [[4] * 7],
        [[1, 2, 3, 4, 5, 6, 7]],
    )


def test_without_a_place_it_is_none() -> None:
    assert places(plan(dose("d", 'at = ["08:00"]'))) == [[0] * 7]


def test_each_place_stays_with_the_time_beside_which_it_is_written() -> None:
    text = plan(dose("d", 'at = ["20:00", "08:00"]', "place = [2, 1]"))
    assert places(text) == [[1] * 7, [2] * 7]


def test_seven_times_with_seven_numbers_mean_the_days_of_the_week() -> None:
    times = ", ".join(f'"{hour:02}:00"' for hour in range(8, 15))
    assert places(plan(dose("d", f"at = [{times}]", f"place = {WEEK}"))) == (
        [[1, 2, 3, 4, 5, 6, 7]] * 7
    )


@pytest.mark.parametrize("count", range(2, 9))
def test_a_place_for_each_of_so_many_times_comes_back_as_it_is(count: int) -> None:
    """Seven plain numbers would be the days of the week, so one of them comes back as a week."""
    times = ", ".join(f'"{hour:02}:00"' for hour in range(8, 8 + count))
    each = [[n] * 7 for n in range(1, 1 + count)]
    made = compiled(plan(dose("d", f"at = [{times}]", f"place = {each}")))
    again = decompile(made.lines)
    assert (places(again), compile_schedule(parse(again, "back.toml")).lines) == (each, made.lines)


@pytest.mark.parametrize("place", WRITTEN)
def test_what_a_box_holds_gives_the_file_back(place: str) -> None:
    made = compiled(two_a_day(place).replace("[alerts]\n", '[alerts]\nanswer = "each"\n'))
    again = compile_schedule(parse(decompile(made.lines), "back.toml"))
    assert (again.revision, again.lines) == (made.revision, made.lines)


NUMBER = "write a whole number from 1 to 32"
LIST = "write one number, or seven from Monday to Sunday, or one such entry for each time"
WRONG = {
    "0": ("place", "0 does not fit here", NUMBER),
    "33": ("place", "33 does not fit here", NUMBER),
    '"3"': ("place", '"3" does not fit here', NUMBER),
    "[1, 40]": ("place[2]", "40 does not fit here", NUMBER),
    "[1, 2, 3, 4, 5, 6, 0]": ("place[7]", "0 does not fit here", NUMBER),
    "[1, 2, 3]": ("place", 'has 3 places for 2 times in "at"', LIST),
    "[[1, 2], 3]": ("place[1]", "the list has 2 places", "write seven, from Monday to Sunday"),
}


@pytest.mark.parametrize("place", WRONG)
def test_a_wrong_place_is_named_with_what_would_be_right(place: str) -> None:
    where, message, fix = WRONG[place]
    with pytest.raises(UserError) as refused:
        parse(two_a_day(place), "my.toml")
    said = re.sub(r":\d+:", ":", str(refused.value))
    assert said == f'my.toml: dose[1] "d" {where}: {message}; {fix}.'


def test_a_list_of_times_is_none_for_a_dose_with_meals() -> None:
    with pytest.raises(UserError, match="has 2 places for meals; write one number, or seven"):
        parse(with_breakfast("[1, 2]"), "my.toml")


def test_another_answer_is_named_with_the_two_there_are() -> None:
    with pytest.raises(UserError, match='"one" is not known here; write one of "all", "each"'):
        parse(plan(dose("d", 'at = ["08:00"]'), alerts='answer = "one"'), "my.toml")


def random_plan(seed: int) -> str:
    """One of many schedules of before; the words and the chances here stay what they are."""
    chance = Random(seed)
    doses = []
    for n in range(chance.randint(1, 6)):
        when = chance.choice(['at = ["08:00", "20:00"]', 'with = ["breakfast", "lunch"]'])
        lines = [when, f'late = "{chance.randint(1, 12)}h"']
        lines += chance.sample(['food = "fat"', "stock = { count = 9 }", 'take = "one"'], 2)
        days = chance.choice(['"daily"', '["mon", "thu"]', "{ monthdays = [1, -1] }"])
        doses.append(dose(f"d{n}", *lines, days=days))
    return plan(*doses, alerts=chance.choice(["", 'nag = "5m"', 'quiet = "22:00-06:30"']))


def revision_of(name: str) -> str:
    if name.endswith(".toml"):
        return compile_schedule(load(schedules_dir() / name)).revision
    return compiled(random_plan(int(name))).revision


def test_a_schedule_without_the_new_keys_compiles_as_it_always_did() -> None:
    assert {name: revision_of(name) for name in REVISIONS} == REVISIONS


def test_to_answer_all_is_what_a_file_says_that_says_nothing() -> None:
    bare = plan(dose("d", 'at = ["08:00"]'))
    assert compiled(plan(dose("d", 'at = ["08:00"]'), alerts='answer = "all"')) == compiled(bare)


def test_a_box_of_before_reads_the_same_lines_with_fields_that_it_passes_over() -> None:
    text = two_a_day(f"[{WEEK}, 9]").replace(MEALS, 'answer = "each"\n' + MEALS)
    bare = compiled(plan(dose("d", 'at = ["08:00", "20:00"]'))).lines
    passed = [re.sub(r"\t(answer|place)=[^\t]*", "", line) for line in compiled(text).lines]
    assert passed == bare


def test_which_key_needs_a_newer_box() -> None:
    text = two_a_day("3").replace(MEALS, 'answer = "each"\n' + MEALS)
    lines = compiled(text).lines
    beyond = {known: keys_beyond(known, lines) for known in ((), ("place",), ("place", "each"))}
    assert beyond == {(): ["answer", "place"], ("place",): ["answer"], ("place", "each"): []}
    assert keys_beyond((), compiled(plan(dose("d", 'at = ["08:00"]'))).lines) == []


def test_the_difference_says_what_moved_and_how_it_is_answered() -> None:
    before = compiled(two_a_day("3")).lines
    text = two_a_day(f"[{WEEK}, 9]").replace(MEALS, 'answer = "each"\n' + MEALS)
    assert [change.text() for change in difference(before, compiled(text).lines)] == [
        "~ schedule: answer all -> each",
        "~ dose d: place 3 -> 1, 2, 3, 4, 5, 6, 7 from Monday on; 9",
    ]
