"""The device package on the real MicroPython: every story goes there as on CPython, line by line.

What a story tells is each output, each line of the journal and each document as it is written,
and each reply. Only the order of the keys in a reply is nobody's business.
"""

import json
import zlib
from pathlib import Path

import pytest

import both
import given_to_stories
import micropython_vm
import stories
import tally
from domain import compiled, dose, plan
from given_to_stories import Given, heard, sealed

CONTEXT_LINES = 5


def told_here(story: str, given: Given) -> list[str]:
    said: list[str] = []
    for _ in stories.STORIES[story](said.append, given):
        pass
    return said


def told_there(story: str, given: Given) -> list[str]:
    # Not as ASCII: MicroPython's json does not join the two halves of a character.
    text = json.dumps({"story": story, **given}, ensure_ascii=False).encode()
    files = {**micropython_vm.package(), **micropython_vm.portable(), "given.json": text}
    return micropython_vm.run("stories", files)


def believed(line: str) -> str:
    """A reply as its reader takes it: a whole frame, with an object whose keys have no order."""
    if not line.startswith("reply "):
        return line
    payload, _, check = line.removeprefix("reply ").rpartition("*")
    assert check == f"{zlib.crc32(payload.encode()):08x}", line
    return json.dumps(json.loads(payload, parse_constant=no_number), sort_keys=True)


def no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def difference(here: list[str], there: list[str]) -> str:
    """The first line that differs, with those before it; "" where none does."""
    for number, (one, two) in enumerate(zip(here, there, strict=False)):
        if believed(one) != believed(two):
            before = "\n".join(here[max(0, number - CONTEXT_LINES) : number])
            return f"{before}\nline {number}\nCPython:     {one}\nMicroPython: {two}"
    return "" if len(here) == len(there) else f"{len(here)} lines here, {len(there)} there"


def words_in(lines: list[str]) -> set[str]:
    return {word for line in lines for word in line.replace("*", " ").replace(",", " ").split(" ")}


@pytest.mark.parametrize("name", stories.STORIES)
def test_a_story_goes_on_micropython_as_it_goes_here(name: str, tmp_path: Path) -> None:
    story = given_to_stories.STORIES[name]
    given = story.given()
    here = told_here(name, given | {"root": str(tmp_path / "flash")})
    there = told_there(name, given | {"root": "/flash"})
    assert difference(here, there) == ""
    assert set(story.words.split()) - words_in(here) == set()
    tally.measured(f"lines that MicroPython told alike, {name}", f"{len(there):,}")


def test_the_portable_unit_tests_pass_on_micropython() -> None:
    modules = sorted(path.stem for path in micropython_vm.PORTABLE.glob("test_*.py"))
    files = {**micropython_vm.package(), **micropython_vm.portable()}
    said = micropython_vm.run("both", {**files, "modules.txt": "\n".join(modules).encode()})
    tests = [f"{module}.{test}" for module in modules for test in both.tests_of(module)]
    assert said == [f"{test} passed" for test in tests]
    tally.measured("unit tests that pass on MicroPython too", len(tests))


def test_a_name_with_any_character_in_it_can_be_pushed() -> None:
    lines = compiled(plan(dose("sun", 'at = ["08:00"]').replace("SUN", "Sun 🌞"))).lines
    given = given_to_stories.autumn() | {"days": 1, "lines": lines}
    there = told_there("year", given)
    assert "schedule" in words_in(there)
    assert difference(told_here("year", given), there) == ""


def test_doses_are_asked_for_one_at_a_time_alike() -> None:
    due = 'at = ["08:00", "20:00"]'
    week = dose("week", due, "place = [[1, 2, 3, 4, 5, 6, 7], 14]")
    text = plan(dose("a", due, "place = 3"), week, dose("b", due), alerts='answer = "each"')
    given = given_to_stories.autumn() | {"days": 30, "lines": compiled(text).lines}
    there = told_there("year", given)
    assert {"count-3", "count-14", "taken-next", "snoozed"} <= words_in(there)
    assert difference(told_here("year", given), there) == ""


def test_half_a_character_is_refused_on_both() -> None:
    half = r'{"id":1,"method":"signal.test","params":{"which":"\ud800"}}'
    given = heard([sealed(half)])
    assert difference(told_here("wire", given), told_there("wire", given)) == ""


def test_a_reply_is_json_whatever_the_id_is() -> None:
    given = heard([sealed('{"id":1e400,"method":"hello"}')])
    assert difference(told_here("wire", given), told_there("wire", given)) == ""


# The rest shows that a difference is found.


def test_the_order_of_keys_in_a_reply_is_no_difference() -> None:
    one, two = sealed('{"a":1,"b":[2]}'), sealed('{"b":[2],"a":1}')
    assert difference([f"reply {one.decode()[:-1]}"], [f"reply {two.decode()[:-1]}"]) == ""


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        (["a", "b"], ["a", "c"], "a\nline 1\nCPython:     b\nMicroPython: c"),
        (["a"], ["a", "b"], "1 lines here, 2 there"),
        (["a"], [], "1 lines here, 0 there"),
    ],
)
def test_the_first_line_that_differs_is_told(here: list[str], there: list[str], said: str) -> None:
    assert difference(here, there) == said


@pytest.mark.parametrize("line", ["reply {}*00000000", "reply {}", "reply {*8d1e0e5c"])
def test_a_reply_that_is_no_whole_frame_is_never_alike(line: str) -> None:
    with pytest.raises((AssertionError, ValueError)):
        difference([line], [line])


def test_what_fails_on_micropython_is_told_with_its_traceback() -> None:
    program = b"def main():\n    yield\n    raise KeyError('dose')\n"
    with pytest.raises(RuntimeError, match=r'bad\.py", line 3(?s:.*)KeyError: dose'):
        micropython_vm.run("bad", {"bad.py": program})
