"""Adds a `[[table]]` to the text of a TOML file or takes one out; every other line stays.

The text has already been read by `tomllib`. What a change made of it is read again, and where
that is not just what was wanted, nothing is changed: a person's own editor can do it.
"""

import tomllib
from typing import Any

from dosebell_host.errors import UserError
from dosebell_host.schedule.toml_lines import key_lines, pair_spans


def with_blocks(text: str, table: str, blocks: str) -> str:
    """The text with these `[[table]]` blocks behind the last one there, else at its end."""
    wanted = tomllib.loads(text)
    added = tomllib.loads(blocks)[table]
    count = len(wanted.get(table, []))
    wanted[table] = [*wanted.get(table, []), *added]
    lines = text.rstrip("\r\n").split("\n")
    at = _span(text, lines, table, count - 1)[1] if count else len(lines)
    inserted = ["", *blocks.strip("\n").split("\n")]
    if "\r\n" in text:
        lines = [line.removesuffix("\r") for line in lines]
        return _checked("\r\n".join([*lines[:at], *inserted, *lines[at:], ""]), wanted)
    return _checked("\n".join([*lines[:at], *inserted, *lines[at:], ""]), wanted)


def without_block(text: str, table: str, place: int) -> str:
    """The text without the block at that place (from 0), and without the comments that are its
    own: those inside it, and those directly above or below.
    """
    wanted = tomllib.loads(text)
    del wanted[table][place]
    if not wanted[table]:
        del wanted[table]
    lines = text.split("\n")
    first, last = _span(text, lines, table, place)
    # Of the blank lines around it one is enough.
    while last < len(lines) - 1 and _is_blank(lines[last]) and _is_blank(lines[first - 1]):
        last += 1
    return _checked("\n".join([*lines[:first], *lines[last:]]), wanted)


def block_lines(text: str, table: str, place: int) -> list[str]:
    """The lines of the block at that place (from 0), with the comments that are its own."""
    lines = text.split("\n")
    first, last = _span(text, lines, table, place)
    return [line.removesuffix("\r") for line in lines[first:last]]


def untouchable() -> UserError:
    """That a text is written in a way that only a person can change."""
    return UserError(
        "the file is laid out in a way that cannot be changed here, and stays as it is",
        fix="change it in your editor: dosebell edit",
        code="layout",
    )


def _checked(text: str, wanted: dict[str, Any]) -> str:
    try:
        if tomllib.loads(text) == wanted:
            return text
    except tomllib.TOMLDecodeError:
        pass
    raise untouchable()


def _span(text: str, lines: list[str], table: str, place: int) -> tuple[int, int]:
    """Where a block begins in the lines, and where it has ended, both from 0."""
    own = (table, place)
    at = [line for path, line in key_lines(text).items() if path[:2] == own]
    ends = [end for path, (_, end) in pair_spans(text).items() if path[:2] == own]
    first = min(at) - 1
    last = max([*at, *(text.count("\n", 0, end) + 1 for end in ends)])
    if not lines[first].lstrip().startswith("[["):
        raise untouchable()
    while first and _is_comment(lines[first - 1]):
        first -= 1
    below = last
    while below < len(lines) and _is_comment(lines[below]):
        below += 1
    # A comment directly above the next block is that one's.
    is_next = below < len(lines) and lines[below].lstrip().startswith("[")
    return first, last if is_next else below


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")


def _is_blank(line: str) -> bool:
    return not line.strip()
