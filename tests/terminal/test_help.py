"""What `--help` says: whole sentences, and the options that a command knows, its own first."""

import click
import pytest
from click.testing import CliRunner

from dosebell_host.cli import SECTIONS, main

COMMANDS = {str(each.name): each for commands in SECTIONS.values() for each in commands}
# These meet no box; of them only `new` asks questions.
WITHOUT_PORT = set("new check simulate ports boxes name demo virtual web".split())
PARTS = [
    f"{name} {part}"
    for name, each in COMMANDS.items()
    if isinstance(each, click.Group)
    for part in each.commands
]
SHARED = ["port", "json", "yes"]


def helped(*words: str, columns: int = 80) -> str:
    shown = CliRunner().invoke(main, [*words, "--help"], terminal_width=columns)
    assert shown.exit_code == 0
    return shown.stdout


def options_of(name: str) -> list[str]:
    """The options that the help of a command shows, in its order."""
    params = COMMANDS[name].params
    return [str(p.name) for p in params if isinstance(p, click.Option) and not p.hidden]


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("name", ["", *COMMANDS, *PARTS])
def test_no_help_is_wider_than_the_terminal(name: str, columns: int) -> None:
    text = helped(*name.split(), columns=columns)
    # An example that is typed stays in one piece.
    wide = [line for line in text.splitlines() if len(line) > columns and "  --dose" not in line]
    assert [line for line in wide if not line.startswith("    dosebell ")] == []


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_the_list_of_commands_cuts_no_sentence(columns: int) -> None:
    text = " ".join(helped(columns=columns).split())
    assert [line for line in text.splitlines()[1:] if "..." in line] == []
    for command in COMMANDS.values():
        first = (command.help or "").partition(".")[0].split()
        assert f"{command.name} {' '.join(first)}." in text


@pytest.mark.parametrize("name", COMMANDS)
def test_the_own_options_of_a_command_stand_before_the_shared_ones(name: str) -> None:
    options = options_of(name)
    asks = {"yes"} if name not in WITHOUT_PORT or name == "new" else set()
    known = {"json"} | asks | (set() if name in WITHOUT_PORT else {"port"})
    assert options[-len(known) :] == [each for each in SHARED if each in known]
    assert not known.intersection(options[: -len(known)])
    assert not set(SHARED).difference(known).intersection(options)


def test_what_a_help_leaves_out_is_accepted_all_the_same() -> None:
    typed = ["check", "nosuch.toml", "--yes", "--port", "x"]
    assert "there is no such file" in CliRunner().invoke(main, typed).output
