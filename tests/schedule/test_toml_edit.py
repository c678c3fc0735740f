"""A key changed in the text of any file: it is new, and every other character is the same."""

import tomllib

import pytest
from hypothesis import given, settings

from dosebell_host.schedule.toml_edit import inserted, is_same_but_for, replaced, toml_value
from dosebell_host.schedule.toml_lines import comments, pair_spans
from strategies import Written, schedules


@settings(max_examples=60)
@given(schedules())
def test_the_place_of_every_dose_of_any_file_can_be_changed(plan: Written) -> None:
    for place, dose in enumerate(plan.document["dose"]):
        table, key = ("dose", place), "at" if "at" in dose else "with"
        new = replaced(plan.text, table, key, "at", ["11:11"])
        gone = {key: None} if key == "with" else {}
        assert is_same_but_for(plan.text, new, table, {**gone, "at": ["11:11"]})
        again = inserted(new, table, "at", "new", "value")
        assert is_same_but_for(new, again, table, {"new": "value"})


@settings(max_examples=60)
@given(schedules())
def test_every_pair_of_any_file_is_found_from_end_to_end(plan: Written) -> None:
    for path, (begin, end) in pair_spans(plan.text).items():
        pair = tomllib.loads(plan.text[begin:end])
        value: object = plan.document
        for part in path:
            value = value[part]  # type: ignore[index]
        found: object = pair
        while isinstance(found, dict) and found != value and len(found) == 1:
            (found,) = found.values()
        assert found == value


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('[[dose]]\nat = ["08:00"] # a\n', '[[dose]]\nfood = "fat"\nwith = ["x"] # a\n'),
        ('[[dose]]\r\n  at=["08:00"]\r\n', '[[dose]]\r\n  food = "fat"\r\n  with = ["x"]\r\n'),
        ('dose = [{ at = ["08:00"], b = 1 }]', 'dose = [{ food = "fat", with = ["x"], b = 1 }]'),
        (
            '[[dose]]\n\tat = [ # a\n\t"08:00", # b\n]\n',
            '[[dose]]\n\t# a\n\t# b\n\tfood = "fat"\n\twith = ["x"]\n',
        ),
        ('[[dose]]\n"at" = "#" # a', '[[dose]]\nfood = "fat"\nwith = ["x"] # a'),
        (
            "[[dose]]\nz = 1\nat = 2026-01-01 07:00:00\n",
            '[[dose]]\nz = 1\nfood = "fat"\nwith = ["x"]\n',
        ),
    ],
)
def test_comments_indents_and_line_ends_stay(old: str, new: str) -> None:
    moved = replaced(old, ("dose", 0), "at", "with", ["x"])
    assert inserted(moved, ("dose", 0), "with", "food", "fat") == new
    assert comments(new) == comments(old)


def test_an_edit_that_loses_something_is_seen() -> None:
    text = '[[dose]]\nat = ["08:00"] # a\nb = 1\n'
    wanted = {"at": ["09:00"]}
    for spoiled in (
        '[[dose]]\nat = ["09:00"]\nb = 1\n',
        '[[dose]]\nat = ["09:00"] # a\nb = 2\n',
        '[[dose]]\nat = ["09:00"] # a\n',
        '[[dose]]\nat = ["08:00"] # a\nb = 1\n',
        '[[dose]]\nat = ["09:00" # a\nb = 1\n',
    ):
        assert not is_same_but_for(text, spoiled, ("dose", 0), wanted)
    assert is_same_but_for(text, text.replace("08", "09"), ("dose", 0), wanted)


@pytest.mark.parametrize("text", ["", 'a "b" \\ c', "µ é 😀", "\x00\x1f\x7f", "#"])
def test_any_text_becomes_a_value_that_means_it(text: str) -> None:
    assert tomllib.loads(f"a = {toml_value(text)}\nb = {toml_value([text, text])}") == {
        "a": text,
        "b": [text, text],
    }
