"""Changes a key in the text of a TOML file and leaves every other character as it is.

The text has already been read by `tomllib`, so it is well formed.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from dosebell_host.schedule.toml_lines import comments, pair_spans
from dosebell_host.schedule.values import KeyPath

Value = str | list[str] | list[dict[str, Any]]


def replaced(text: str, table: KeyPath, key: str, new_key: str, value: Value) -> str:
    """The text with `new_key = value` where `key` stood in this table, its comments kept."""
    begin, end = pair_spans(text)[*table, key]
    inside = "".join(
        f"{comment}{_next_pair(text, begin)}" for comment in comments(text[begin:end])
    )
    return f"{text[:begin]}{inside}{new_key} = {toml_value(value)}{text[end:]}"


def inserted(text: str, table: KeyPath, before: str, key: str, value: Value) -> str:
    """The text with `key = value` in front of another key of this table."""
    begin, _ = pair_spans(text)[*table, before]
    return f"{text[:begin]}{key} = {toml_value(value)}{_next_pair(text, begin)}{text[begin:]}"


def is_same_but_for(
    old: str, new: str, table: KeyPath, changes: Mapping[str, Value | None]
) -> bool:
    """Whether an edited text says just what is wanted, and lost no comment.

    `changes` are the keys of the table that are new or other, and None for those that went.
    """
    wanted = tomllib.loads(old)
    entry = wanted
    for part in table:
        entry = entry[part]  # type: ignore[index]
    entry.update(changes)
    for key in [key for key, value in changes.items() if value is None]:
        del entry[key]
    try:
        return tomllib.loads(new) == wanted and sorted(comments(new)) == sorted(comments(old))
    except tomllib.TOMLDecodeError:
        return False


def toml_value(value: Value) -> str:
    """A text, or a list of texts or of inline tables, as TOML, whose short strings are JSON's."""
    if isinstance(value, list):
        return f"[{', '.join(map(_inside, value))}]"
    return _short(value)


def _inside(value: str | dict[str, Any]) -> str:
    if isinstance(value, str):
        return _short(value)
    return f"{{ {', '.join(f'{key} = {_short(each)}' for key, each in value.items())} }}"


def _short(value: object) -> str:
    # JSON leaves this one control character as it is, and TOML wants it escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _next_pair(text: str, begin: int) -> str:
    """What stands between two pairs here: a new line, or a comma inside { }."""
    before = text[:begin].rpartition("\n")[2]
    if before.strip():
        return ", "
    newline = "\r\n" if re.search(r"\r\n", text) else "\n"
    return newline + before
