"""Changes a key in the text of a TOML file and leaves every other character as it is.

The text has already been read by `tomllib`, so it is well formed.
"""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date

from dosebell_host.schedule.toml_lines import comments, pair_spans
from dosebell_host.schedule.values import KeyPath

Value = str | int | float | date | Sequence["Value"] | Mapping[str, "Value"]


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
    """A value as TOML, whose short strings are JSON's; tables are inline."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{key} = {toml_value(each)}' for key, each in value.items())} }}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(toml_value, value))}]"
    # JSON leaves this one control character as it is, and TOML wants it escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _next_pair(text: str, begin: int) -> str:
    """What stands between two pairs here: a new line, or a comma inside { }."""
    before = text[:begin].rpartition("\n")[2]
    if before.strip():
        return ", "
    newline = "\r\n" if re.search(r"\r\n", text) else "\n"
    return newline + before
