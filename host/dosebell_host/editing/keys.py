"""Sets one key of a table in the text of a schedule, or takes it out; all else stays.

A value that is there is replaced in its place, a new key comes into the line behind the key it
follows, and one that goes takes its line with it, but for a comment, which is the person's. The
result is read again, and where it is not just what was wanted, nothing is changed.
"""

import tomllib
from collections.abc import Sequence
from typing import Any

from dosebell_host.editing.blocks import untouchable
from dosebell_host.schedule.toml_edit import Value, is_same_but_for, replaced, toml_value
from dosebell_host.schedule.toml_lines import comments, pair_spans
from dosebell_host.schedule.values import KeyPath

# What separates two pairs of one line.
_BLANKS = " \t"


def with_key(
    text: str, table: KeyPath, key: str, value: Value | None, order: Sequence[str] = ()
) -> str:
    """The text with that value at the key of the table, or without the key where it is None.

    `order` are the keys of such a table as people write them: a new one comes behind the last of
    those before it. Raises `UserError` where the text is laid out so that it can't be done here.
    """
    there = _table(tomllib.loads(text), table)
    if value is None and key not in there:
        return text
    try:
        if value is None:
            new = _without(text, (*table, key))
        elif key in there:
            new = replaced(text, table, key, key, value)
        else:
            new = _with_new(text, table, key, value, order)
    except (KeyError, ValueError):
        raise untouchable() from None
    return _checked(text, new, table, {key: value})


def with_key_renamed(text: str, table: KeyPath, key: str, new_key: str, value: Value) -> str:
    """The text with `new_key = value` where `key` stood in this table."""
    try:
        new = replaced(text, table, key, new_key, value)
    except KeyError:
        raise untouchable() from None
    return _checked(text, new, table, {key: None, new_key: value})


def _table(document: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    entry: Any = document
    for part in path:
        entry = entry[part]
    return entry if isinstance(entry, dict) else {}


def _with_new(text: str, table: KeyPath, key: str, value: Value, order: Sequence[str]) -> str:
    spans = {path[-1]: span for path, span in pair_spans(text).items() if path[:-1] == table}
    before = order[: order.index(key)] if key in order else ()
    known = [spans[each] for each in before if each in spans] or list(spans.values())
    begin, end = max(known, key=lambda span: span[1])
    pair = f"{key} = {toml_value(value)}"
    indent = text[:begin].rpartition("\n")[2]
    if indent.strip(_BLANKS):
        # Inside { }, where all of it is one line.
        return f"{text[:end]}, {pair}{text[end:]}"
    # The comment at the end of that line stays where it is.
    line_end = text.find("\n", end)
    at = len(text) if line_end < 0 else line_end
    at -= text[:at].endswith("\r")
    newline = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:at]}{newline}{indent}{pair}{text[at:]}"


def _without(text: str, path: KeyPath) -> str:
    begin, end = pair_spans(text)[path]
    before, after = text[:begin], text[end:]
    indent = before.rpartition("\n")[2]
    if indent.strip(_BLANKS):
        return _without_in_braces(before, after)
    rest, newline, below = after.partition("\n")
    told = comments(text[begin:end] + rest)
    if not told:
        return before.rstrip(_BLANKS) + below
    # Its comments stay, as lines of their own.
    line_end = "\r" * rest.endswith("\r") + newline
    return before + f"{line_end}{indent}".join(told) + line_end + below


def _without_in_braces(before: str, after: str) -> str:
    """One pair less between braces, and one comma."""
    if after.lstrip(_BLANKS).startswith(","):
        return before + after.lstrip(_BLANKS)[1:].lstrip(_BLANKS)
    head, comma, _ = before.rpartition(",")
    return (head if comma else before.rstrip(_BLANKS)) + after


def _checked(text: str, new: str, table: KeyPath, changes: dict[str, Value | None]) -> str:
    if not is_same_but_for(text, new, table, changes):
        raise untouchable()
    return new
