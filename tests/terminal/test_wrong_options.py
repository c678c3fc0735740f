"""What is wrong with an option is told of the option that was typed, and shortly."""

import re
import shlex

import pytest

from desk import Desk
from domain import D3K2, Box

ENDLESS = "9" * 100_000


def refused(command: str, *words: str) -> str:
    """The sentence that a wrong option ends in, beside a box."""
    done = Desk(Box.with_schedule(D3K2)).types(*shlex.split(command), *words)
    assert done.exit_code == 2, done.output
    return str(done.stderr)


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ("log --since soon", '--since: "soon" is no date'),
        ("log --since 30", '--since: "30" is no date; write 30d for so many days'),
        ("log --until soon", '--until: "soon" is no date'),
        ("export csv --from soon", '--from: "soon" is no date'),
        ("export csv --since soon", '--since: "soon" is no date'),
        ("export json --from 30", '--from: "30" is no date; write 30d for so many days'),
        (
            "export fhir --from 2026-11-24 --until 2026-11-23",
            "--until: 2026-11-23 is before 2026-11-24; write the earlier date behind --from.",
        ),
        (
            "export csv --from today --month october",
            "--month: --month names all of the days; leave out --from, or --month.",
        ),
        ("export ics --from soon", '--from: "soon" is no date'),
        ("report --from soon", '--from: "soon" is no date'),
        ("report --until soon", '--until: "soon" is no date'),
    ],
)
def test_the_option_that_was_typed_is_named(command: str, sentence: str) -> None:
    assert refused(command).startswith(sentence)


@pytest.mark.parametrize(
    ("command", "option"),
    [
        *((f"log {option}", option) for option in ("--since", "--until", "--after", "--month")),
        *((f"export csv {option}", option) for option in ("--from", "--since", "--month")),
        *((f"report {option}", option) for option in ("--from", "--until", "--month")),
        ("export ics --from", "--from"),
        ("take d3k2 --date", "--date"),
        ("take d3k2 --at", "--at"),
        ("skip d3k2 --time", "--time"),
        ("undo d3k2 --date", "--date"),
    ],
)
def test_an_empty_option_of_days_is_no_wish_for_all_of_them(command: str, option: str) -> None:
    # As a script types it whose variable is empty.
    for empty in ("", " "):
        sentence = refused(command, empty)
        assert re.match(rf'{option}: " ?" is no.+; write ', sentence)


@pytest.mark.parametrize(
    "command",
    [
        "log --since",
        "log --after",
        "log --until",
        "log --month",
        "export csv --from",
        "take d3k2 --date",
        "take d3k2 --at",
        "take d3k2 --time",
        "stock d3k2",
        "stock d3k2 --file my.toml",
        "check --explain",
        "schema",
    ],
)
def test_what_was_typed_without_end_is_shown_in_short(command: str) -> None:
    for typed in (ENDLESS, f"x{ENDLESS}", f"1999-01-01T00:00:00.{ENDLESS}"):
        if (command, typed) != ("stock d3k2 --file my.toml", ENDLESS):
            assert len(refused(command, typed)) < 1200
