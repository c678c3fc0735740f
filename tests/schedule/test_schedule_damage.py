"""Schedule files broken in every way that comes to mind: read or refused, never a crash."""

import itertools
import re
import unicodedata
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


# What turns the direction of writing, ends a line, or is not seen at all.
UNSEEN = [
    *map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F)]),
    *map(chr, [0xAD, 0x61C, 0x180E, *range(0x2060, 0x2065), 0xFEFF, 0xFFF9, 0xE0001, 0xE0041]),
]
# What names have that no other text of a file may have.
SEEN = "µ\xa0é D₃ Βιταμίνη 維生素 ☀\ufe0f"


@pytest.mark.parametrize(
    "ready_made", sorted(READY_MADE.glob("*.toml")), ids=lambda path: path.stem
)
def test_no_text_of_a_schedule_may_hide_a_character(ready_made: Path) -> None:
    text = ready_made.read_text(encoding="utf-8")
    unseen = itertools.cycle(UNSEEN)
    strings = re.finditer(r'(?m)^[^#\n]*?(")[^"\n]*"', text)
    for place in strings:
        character = next(unseen)
        written = f"\\U{ord(character):08X}"
        hidden = f"{text[: place.end(1)]}{written}{text[place.end(1) :]}"
        with pytest.raises(UserError) as refused:
            read(hidden)
        line = text[: place.start(1)].count("\n") + 1
        assert f"plan.toml:{line}: " in str(refused.value)
        assert character not in str(refused.value).replace("\n", "")


@pytest.mark.parametrize("character", UNSEEN)
def test_an_unseen_character_is_named_with_its_place(character: str) -> None:
    kind = "an invisible"
    if unicodedata.category(character) != "Cf":
        kind = "a control"
    written = f"\\U{ord(character):08X}"
    assert sentences(PLAN.replace('"Vitamin D3"', f'"Vitamin{written} D3"')) == [
        f'plan.toml:12: dose[1] "d3k2" name: there is {kind} character'
        f" (U+{ord(character):04X}) in it; take it out."
    ]


def test_a_name_in_any_writing_is_as_good_as_another() -> None:
    assert read(PLAN.replace('"Vitamin D3"', f'"{SEEN}"')).doses[0].name == SEEN


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
