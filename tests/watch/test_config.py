"""The settings of a watcher: read key by key, closed to others, never overwritten."""

import os
import stat
import tomllib
from pathlib import Path

import pytest

from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.watch.config import example, load, parse, write_example
from dosebell_host.watch.kinds import KINDS


def refused(text: str) -> list[str]:
    with pytest.raises(ManyErrors) as error:
        parse(text.encode(), "config.toml")
    return str(error.value).splitlines()


def test_every_mistake_is_told_with_its_line_and_the_nearest_key() -> None:
    text = """\
[[hook]]
runs = ["a"]
[[hook]]
run = "a"
on = ["takn"]
limit_s = 0
[[hok]]
"""
    assert refused(text) == [
        'config.toml:1: hook[1].run: is missing; add run = ["my-command", "its argument"].',
        'config.toml:2: hook[1].runs: unknown key "runs"; did you mean "run"?',
        'config.toml:4: hook[2].run: "a" is not a list; write a list of 1 to 64 in [ ].',
        'config.toml:5: hook[2].on[1]: "takn" is not known here; write one of "ringing", "taken",'
        ' "missed", "skipped", "snoozed", "unknown", "undone", "cancelled", "resting", "pressed",'
        ' "stock", "schedule", "clock", "boot", "gap", "fault".',
        "config.toml:6: hook[2].limit_s: 0 does not fit here; write a whole number from 1 to"
        " 3600.",
        'config.toml:7: hok: unknown key "hok"; did you mean "hook"?',
    ]


def test_no_toml_is_told_with_its_place() -> None:
    with pytest.raises(UserError, match=r"config.toml:2:1: no valid TOML"):
        parse(b"[[hook]]\n= 5\n", "config.toml")


def test_names_stay_however_the_entries_stand_and_differ_for_equal_ones() -> None:
    one, two = '[[hook]]\nrun = ["a"]\n', '[[hook]]\nrun = ["b"]\n'
    names = [each.name for each in parse((one + two + one).encode(), "config.toml")]
    again = [each.name for each in parse((two + one).encode(), "config.toml")]
    assert (len(set(names)), again) == (3, [names[1], names[0]])


def test_the_example_has_every_kind_and_is_valid_once_the_comments_are_taken_away() -> None:
    said = [line.removeprefix("# ") for line in example().splitlines()]
    text = "\n".join(line for line in said if line.startswith("[[") or " = " in line)
    assert {each.kind.name for each in parse(text.encode(), "config.toml")} == {
        kind.name for kind in KINDS
    }
    assert tomllib.loads(example()) == {}


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_a_file_that_others_can_read_is_closed_and_that_is_told(tmp_path: Path) -> None:
    path, notes = tmp_path / "config.toml", list[str]()
    path.write_text("", encoding="utf-8")
    path.chmod(0o644)
    load(path, notes.append)
    load(path, notes.append)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert notes == [f"{path} could be read by others on this machine; now only you can."]


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "config.toml"
    write_example(path)
    assert path.read_text(encoding="utf-8") == example()
    path.write_text("# mine\n", encoding="utf-8")
    with pytest.raises(UserError, match="is there already"):
        write_example(path)
    assert path.read_text(encoding="utf-8") == "# mine\n"
    assert load(tmp_path / "none.toml", lambda _: None) == []
