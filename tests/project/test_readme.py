"""What is written for people and the program hold together: commands, lights, schedule, limits."""

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest
from click import shell_completion

from dosebell import pattern
from dosebell_host.advice.rules.table import RULES
from dosebell_host.cli import SECTIONS, main
from dosebell_host.schedule import limits
from dosebell_host.schedule.read_file import parse

ROOT = Path(__file__).parents[2]
README, HARDWARE, HOST = (
    (ROOT / name).read_text(encoding="utf-8")
    for name in ("README.md", "firmware/README.md", "host/README.md")
)
# So far somebody reads who only looks what it can do.
FIRST_SCREENS = 120
COMMANDS = {str(each.name): each for commands in SECTIONS.values() for each in commands}

# What the sample shows for people to copy and the box would not take anyway.
NOT_DEFAULTS = {"nag", "snooze", "quiet", "max_sound", "long_press", "answer"}


def section(title: str, page: str = README) -> str:
    """The text under a heading, up to the next one."""
    _, _, rest = page.partition(f"## {title}\n")
    return rest.partition("\n## ")[0]


def rows(text: str) -> list[list[str]]:
    """The cells of every table in `text`, without heads and rulers."""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set(row[0]) <= set("- ")]


def examples() -> list[str]:
    """Every `dosebell ...` that a page tells a person to type."""
    blocks = "\n".join(re.findall(r"```\n(.*?)```", README + HOST, re.S))
    typed = re.findall(r"^dosebell .*$", blocks, re.M)
    return sorted({*typed, *re.findall(r"`(dosebell [a-z][^`]*)`", README + HOST)})


def test_every_command_stands_in_the_table_and_nothing_else() -> None:
    table = [row for row in rows(section("Commands")) if row[0] != "command"]
    assert [row[0].strip("`") for row in table] == list(COMMANDS)
    assert all(row[1].startswith(f"`dosebell {row[0].strip('`')}") for row in table)


def test_the_commands_come_early() -> None:
    before, _, _ = README.partition("## Commands\n")
    assert before.count("\n") < FIRST_SCREENS


def test_the_first_screen_shows_the_box_and_a_history() -> None:
    before, _, _ = README.partition("```")
    assert re.findall(r"\]\((\S+\.svg)\)", before) == [
        "firmware/page/box.svg",
        "firmware/page/history.svg",
    ]


@pytest.mark.parametrize("page", ["README.md", "host/README.md"])
def test_every_file_and_heading_that_a_page_links_to_is_there(page: str) -> None:
    folder = (ROOT / page).parent
    text = (ROOT / page).read_text(encoding="utf-8")
    for name, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]+))?\)", text):
        file = folder / name if name else ROOT / page
        assert file.exists(), name
        if anchor:
            headings = re.findall(r"^## (.*)$", file.read_text(encoding="utf-8"), re.M)
            assert anchor in {
                re.sub(r"[^a-z -]", "", h.lower()).replace(" ", "-") for h in headings
            }


def test_each_shell_gets_a_line_that_prints_its_completion() -> None:
    lines = re.findall(r"^_DOSEBELL_COMPLETE=(\w+)_source dosebell >>? ~/", README, re.M)
    assert lines == ["bash", "zsh", "fish"]
    assert set(lines) <= set(shell_completion._available_shells)


@pytest.mark.parametrize("typed", examples())
def test_every_example_can_be_typed(typed: str) -> None:
    words = shlex.split(typed.partition(" > ")[0])[1:]
    if "COMMAND" in words:
        return
    command = COMMANDS[words[0]]
    if isinstance(command, click.Group):
        command = command.commands[words.pop(1)]
    context = click.Context(main, info_name="dosebell")
    command.make_context(words[0], words[1:], parent=context)


def test_every_command_says_what_it_does_in_one_sentence() -> None:
    silent = [name for name, command in COMMANDS.items() if not command.get_short_help_str(70)]
    assert silent == []


def test_every_light_is_explained() -> None:
    table = rows(section("What it shows and sounds", HARDWARE))
    named = {row[1].strip("`") for row in table if len(row) == 3 and row[1].startswith("`")}
    assert named == {*pattern.LIGHTS, pattern.COUNT + "3"} - {pattern.OFF}


def test_the_schedule_in_the_readme_is_valid_and_its_alerts_are_the_defaults() -> None:
    (sample,) = re.findall(r"```toml\n(.*?)```", section("A schedule"), re.S)
    bare = re.sub(r"\[alerts\].*?\n\n", "", sample, flags=re.S)
    assert set(tomllib.loads(sample)["alerts"]) == NOT_DEFAULTS
    assert parse(sample, "README").alerts == parse(bare, "README").alerts


def test_what_is_said_of_an_error_can_be_put_into_that_schedule() -> None:
    (sample,) = re.findall(r"```toml\n(.*?)```", section("A schedule"), re.S)
    (said,) = re.findall(r"```toml\n(.*?)```", section("When it says ERROR"), re.S)
    (accepted,) = parse(f"{sample}\n{said}", "README").accepts
    assert accepted.rule in RULES


def test_the_limits_are_those_of_the_program() -> None:
    table = {
        row[0]: row[1] for row in rows(section("How many there may be", HOST)) if len(row) == 2
    }
    assert table["doses"] == str(limits.MAX_DOSES)
    assert table["times a day of one dose"] == str(limits.MAX_TIMES)
    assert table["meals"] == str(limits.MAX_MEALS)
    assert table["exceptions"] == str(limits.MAX_EXCEPTS)
    assert table["compartments"] == str(limits.MAX_PLACE)
    assert table["a name"] == f"{limits.MAX_TEXT_BYTES} bytes"
