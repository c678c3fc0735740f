"""On which line of the file a problem is: found for every way to write TOML."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings

from dosebell_host.schedule.toml_lines import key_depth, key_lines
from strategies import Written, schedules


@settings(max_examples=60)
@given(schedules())
def test_every_key_of_any_file_is_found_on_its_line(plan: Written) -> None:
    found = key_lines(plan.text)
    lines = plan.text.split("\n")
    for path in paths(plan.document):
        key = next(str(part) for part in reversed(path) if isinstance(part, str))
        assert key in lines[found[path] - 1] or isinstance(path[-1], int)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The key path of everything in a document."""
    entries: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    inner = [found for key, entry in entries for found in paths(entry, (*path, key))]
    return [*([path] if path else []), *inner]


def test_lines_are_found_through_every_way_to_write_toml() -> None:
    text = '''\
# a comment with [brackets] = "and quotes"
"quoted key" = """
two lines, with "quotes" and \\""" inside""""
'literal' = \'\'\'
[not] = a table\'\'\'
a.b = 1   # dotted
[x.y]
"k\\u0061" = [ [1, 2], [
  3, { z = 1.5 } ] ]
[[t]]
d = 1979-05-27 07:32:00
[[t]]
[t.s]
e = {f = {}, g = []}
[[t.u]]
[[t.u]]
h = true'''
    tomllib.loads(text)
    assert key_lines(text) == {
        ("quoted key",): 2,
        ("literal",): 4,
        ("a",): 6,
        ("a", "b"): 6,
        ("x",): 7,
        ("x", "y"): 7,
        ("x", "y", "ka"): 8,
        ("x", "y", "ka", 0): 8,
        ("x", "y", "ka", 0, 0): 8,
        ("x", "y", "ka", 0, 1): 8,
        ("x", "y", "ka", 1): 8,
        ("x", "y", "ka", 1, 0): 9,
        ("x", "y", "ka", 1, 1): 9,
        ("x", "y", "ka", 1, 1, "z"): 9,
        ("t",): 10,
        ("t", 0): 10,
        ("t", 0, "d"): 11,
        ("t", 1): 12,
        ("t", 1, "s"): 13,
        ("t", 1, "s", "e"): 14,
        ("t", 1, "s", "e", "f"): 14,
        ("t", 1, "s", "e", "g"): 14,
        ("t", 1, "u"): 15,
        ("t", 1, "u", 0): 15,
        ("t", 1, "u", 1): 16,
        ("t", 1, "u", 1, "h"): 17,
    }


@pytest.mark.parametrize("blank", ["", " ", "\t"])
@pytest.mark.parametrize("part", ["a", "''", '"a b"', "'a b'", r'"\""', '"a.b"'])
def test_the_parts_of_the_longest_key_are_counted_however_they_are_written(
    part: str, blank: str
) -> None:
    for parts in range(1, 40):
        key = f"{blank}.{blank}".join([part] * parts)
        assert key_depth(f"a.b = 1.5 # x.y.z\n{key} = 1\nc = 2026-01-01\n") == max(2, parts)


def test_no_string_and_no_comment_is_taken_for_a_key() -> None:
    dots = ".".join("a" * 40)
    text = f'a = \'{dots}\' # {dots}\nb = """\n{dots}\n"""\n'
    assert (key_depth(text), key_depth(f"a = 'open\n{dots}")) == (1, 1)
