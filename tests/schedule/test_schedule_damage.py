"""Schedule files broken in every way that comes to mind: read or refused, never a crash."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dosebell_host.errors import UserError
from dosebell_host.schedule.compiler import compile_schedule
from schedule_texts import PLAN, read, sentences

READY_MADE = Path(__file__).parents[2] / "schedules"


def test_a_file_cut_off_anywhere_is_read_or_refused_in_sentences() -> None:
    data = (READY_MADE / "d3-k2-breakfast.toml").read_bytes()
    for size in range(len(data)):
        try:
            assert compile_schedule(read(data[:size])).lines
        except UserError as error:
            assert str(error).startswith("plan.toml")


@settings(max_examples=300)
@given(st.data())
def test_a_file_with_a_character_changed_is_read_or_refused_in_sentences(
    data: st.DataObject,
) -> None:
    place = data.draw(st.integers(0, len(PLAN) - 1))
    text = PLAN[:place] + data.draw(st.text(max_size=2)) + PLAN[place + 1 :]
    try:
        assert compile_schedule(read(text)).lines
    except UserError as error:
        assert str(error).startswith("plan.toml")


JUNK = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.dates(), st.times()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("at on x".split()), inner)
    ),
    max_leaves=4,
)


@settings(max_examples=300)
@given(st.sampled_from(PLAN.split("\n")), JUNK)
def test_any_value_under_any_key_is_read_or_refused_in_sentences(line: str, junk: Any) -> None:
    key, equals, _ = line.partition(" = ")
    text = PLAN.replace(line, f"{key} = {as_toml(junk)}") if equals else PLAN
    try:
        assert compile_schedule(read(text)).lines
    except UserError as error:
        assert str(error).startswith("plan.toml:")


def as_toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(entry)}" for key, entry in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(c):08X}" for c in value) + '"'
    return str(value)


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"k{n} = 1\n" for n in range(25_000)),
        'version = 1\ntimezone = "UTC"\n' + "[[dose]]\n" * 25_000,
        "[meals]\n" + "".join(f'm{n} = "08:00"\n' for n in range(15_000)),
        "[[dose]]\nat = [" + '"08:00",' * 25_000 + "]",
        "[[dose]]\ndays = { monthdays = [" + "1," * 100_000 + "] }",
        "[[dose]]\ncontents = [{ amount = 0x" + "f" * 200_000 + " }]",
        "a" * 200_000 + " = 1",
        'title = "' + "x" * 200_000 + '"',
        "a." * 3_000 + "a = 1",
    ],
    ids=["keys", "doses", "meals", "times", "days", "digits", "key", "title", "dots"],
)
def test_a_huge_file_is_refused_soon(text: str) -> None:
    assert all(line.startswith("plan.toml") for line in sentences(text))
