"""Reads the schedule document a person writes: TOML text in, a checked `Schedule` out."""

import os
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dosebell_host.errors import UserError
from dosebell_host.resources import is_special
from dosebell_host.schedule.limits import MAX_FILE_BYTES, MAX_KEY_DEPTH
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.problems import CODE, Problems
from dosebell_host.schedule.toml_lines import key_depth
from dosebell_host.schedule.validate import validate

__all__ = ["Schedule", "load", "parse"]

_FROM_READY_MADE = "start from one of the ready-made schedules"
# A section that may stand there several times, headed as one that stands there once.
_ONE_HEAD = re.compile(r"cannot declare \('(dose|except|accept)',\) twice")
# What a word processor makes of quotes.
_CURLY = re.compile("[\u2018-\u201f\u00ab\u00bb]")
# A text in quotes with a quote or a backslash inside, as in a password.
_ODD_TEXT = re.compile(r'^\s*[\w-]+\s*=\s*"[^"\\]*(\\|"\s*[^\s#])')
_TWICE = "cannot overwrite a value"
_KEY = re.compile(r"\s*([\w-]+)\s*=")
_BARE_TIME = re.compile(r"[=\[,]\s*([0-9]{1,2}):([0-9]{2})\b")
_YES = re.compile(r"=\s*(true|yes|on)\s*(#.*)?$", re.IGNORECASE)
_NO = re.compile(r"=\s*(false|no|off)\s*(#.*)?$", re.IGNORECASE)
_BARE_DATE = re.compile(r"[=\[,]\s*[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b")


def load(path: str | Path) -> Schedule:
    """The schedule in a file; `UserError` if it cannot be read, else as `parse`."""
    return parse(read_bytes(path), str(path))


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a schedule file, at most one more than are allowed."""
    try:
        _refuse_special(Path(path))
        with Path(path).open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        message, fix = _unreadable(Path(path), error)
        raise UserError(message, where=str(path), fix=fix, code="file") from None


def parse(text: str | bytes, name: str) -> Schedule:
    """The schedule in a text; `name` is what messages call the file.

    Raises `UserError` if it is no TOML at all, else `ManyErrors` with all that is wrong.
    """
    text = decode(text, name)
    document = read_toml(text, name)
    return validate(document, Problems(name, text, document))


def _refuse_special(path: Path) -> None:
    if is_special(path):
        fix = "save the schedule in a file and name that"
        raise UserError("is not a regular file", where=str(path), fix=fix, code="file")


def _unreadable(path: Path, error: Exception) -> tuple[str, str]:
    if isinstance(error, FileNotFoundError):
        return "there is no such file", "check the name and the folder"
    # Windows calls opening a folder a lack of rights.
    if os.path.isdir(path):
        return "is a folder", "name a file in it"
    if isinstance(error, PermissionError):
        return "you have no right to read it", "change its permissions, or copy it"
    return f"cannot be read ({getattr(error, 'strerror', None) or error})", "try another file"


def decode(text: str | bytes, name: str) -> str:
    """The text of a TOML file; `UserError` if it is none, too long, or empty."""
    try:
        data = text.encode() if isinstance(text, str) else text
        decoded = data.decode("utf-8-sig")
    except UnicodeError as error:
        place = (
            f"byte {error.start + 1}" if isinstance(error, UnicodeDecodeError) else "a character"
        )
        message = f"{place} is not UTF-8"
        raise UserError(message, where=name, fix="save the file as UTF-8", code="file") from None
    if len(data) > MAX_FILE_BYTES:
        fix = f"keep it under {MAX_FILE_BYTES // 1024} kB"
        raise UserError("the file is too large", where=name, fix=fix, code="file")
    if not decoded.strip():
        raise UserError("the file is empty", where=name, fix=_FROM_READY_MADE, code="file")
    return decoded


def read_toml(text: str, name: str) -> dict[str, Any]:
    """What a TOML file says; `UserError` with the place where it is no TOML."""
    if key_depth(text) > MAX_KEY_DEPTH:
        raise _too_deep("keys", name)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _too_deep("brackets", name) from None
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(text, name, str(error)) from None
    except ValueError:
        # What int() says of thousands of digits would help nobody here.
        message, fix = "a number in it is too long", "write numbers as the label has them"
        raise UserError(message, where=name, fix=fix, code=CODE) from None


def _too_deep(what: str, name: str) -> UserError:
    fix = "write lists and tables as the examples do"
    return UserError(f"the {what} go too deep", where=name, fix=fix, code=CODE)


def _syntax_error(text: str, name: str, message: str) -> UserError:
    """What `tomllib` says, with its place up front, and a hint where one is likely."""
    match = re.fullmatch(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", message)
    if not match:
        return UserError(f"no valid TOML: {message}", where=name, fix=_QUOTING, code=CODE)
    lines = text.split("\n")
    line = int(match[2] or len(lines))
    column = match[3] or len(lines[-1]) + 1
    place = f"{name}:{line}:{column}"
    what = match[1][:1].lower() + match[1][1:]
    if what == _TWICE and (key := _KEY.match(lines[line - 1])):
        fix = "leave one of them out"
        return UserError(f"`{key[1]}` stands there twice", where=place, fix=fix, code=CODE)
    fix = _hint(lines[line - 1], what)
    return UserError(f"no valid TOML: {what}", where=place, fix=fix, code=CODE)


_QUOTING = "check the quotes, brackets and commas there"


def _hint(line: str, what: str) -> str:
    if twice := _ONE_HEAD.search(what):
        return f"head each of them with [[{twice[1]}]], in two brackets"
    for pattern, words in _HINTS:
        if found := pattern.search(line):
            return words(found)
    return _QUOTING


# What is likely meant by a line that is no TOML: the first that fits.
_HINTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (
        _ODD_TEXT,
        lambda _: "write \\ as \\\\ and \" as \\\" in it, or put it in 'single quotes'",
    ),
    (_BARE_TIME, lambda bare: f'write a time in quotes: "{int(bare[1]):02d}:{bare[2]}"'),
    (_BARE_DATE, lambda _: "write a date that exists as YEAR-MONTH-DAY, such as 2026-01-31"),
    (_YES, lambda _: "write true"),
    (_NO, lambda _: "write false"),
    (_CURLY, lambda curly: f'write straight quotes, " and ", instead of {curly[0]}'),
)
