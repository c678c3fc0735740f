"""The one way out of a command: what is printed can drive no terminal, and fails in a sentence.

File names, and what boxes and USB devices say of themselves, were chosen by others.
"""

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal, TextIO

import click

from dosebell_host import SCHEMA
from dosebell_host.errors import JOINERS, UserError

_STREAMS = ("stdin", "stdout", "stderr")

_LINES = frozenset("\n\t")
# A blank of another width is written as it is, and so is what joins letters, though Python calls
# them unprintable.
_BLANKS = frozenset("\xa0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
_HARMLESS = _BLANKS.union(JOINERS)


class OutputError(OSError):
    """The result could not be written."""


class _Stdout(io.TextIOWrapper):
    """A stdout whose trouble is told from that of any other file, whoever writes there."""

    def write(self, text: str, /) -> int:
        with _told_apart():
            return super().write(text)

    def flush(self) -> None:
        with _told_apart():
            super().flush()


def prepare_streams() -> None:
    """Make every stream one that can be used: closed ones lead nowhere, and what the encoding of
    an output has no character for is written out.
    """
    for name in _STREAMS:
        if getattr(sys, name) is None:
            setattr(sys, name, _nowhere("r" if name == "stdin" else "w"))
    whole = sys.stdout
    if whole is sys.__stdout__ and isinstance(whole, io.TextIOWrapper):
        sys.stdout = _Stdout(
            whole.buffer, whole.encoding, line_buffering=whole.isatty(), write_through=True
        )
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def print_text(text: str, whole: bool = False) -> None:
    """Text on stdout, as one line or several; `whole` ones are for a program."""
    text = escaped(text)
    _print(f"{text if whole else fitted(text, sys.stdout)}\n")


def print_document(document: dict[str, Any]) -> None:
    """One JSON document on stdout, in UTF-8 whatever the terminal has."""
    from dosebell_host.json_text import document_text

    text = document_text({"schema": SCHEMA, **document})
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    _print(f"{_spelled(text, frozenset(), _as_json)}\n")


def print_file(data: bytes, on_terminal: bool) -> None:
    """A file on stdout: byte for byte, but for a terminal made safe."""
    if not on_terminal:
        _print(data)
    else:
        lines = data.decode("utf-8-sig", "backslashreplace").replace("\r\n", "\n")
        _print(escaped(lines))


def print_note(text: str) -> None:
    """Text on stderr. Where nobody can be told, the command goes on all the same."""
    try:
        click.echo(fitted(escaped(text), sys.stderr), err=True)
    except OSError:
        silence(sys.stderr)


def is_screen(stream: TextIO) -> bool:
    """Whether a person reads it on a terminal."""
    return stream.isatty()


def fitted(text: str, stream: TextIO) -> str:
    """The text folded and coloured for a terminal; for anything else as it is."""
    if not is_screen(stream):
        return text
    from dosebell_host.terminal import screen

    return screen.fitted(text)


def escaped(text: str) -> str:
    r"""The text with whatever would drive a terminal written out, as `\x1b`.

    That is every control character but the end of a line and the tab, every mark that turns the
    direction of writing, and whatever else nobody sees.
    """
    return _spelled(text, _LINES | _HARMLESS, _as_python)


def unwritable(error: OutputError) -> UserError:
    """What to say where the result could not be written; nothing more is tried on stdout."""
    silence(sys.stdout)
    fix = "what was done is done; to see it, give the output another place and repeat the command"
    message = f"the output cannot be written ({error.strerror})"
    return UserError(message, fix=fix, code="output")


def silence(stream: TextIO) -> None:
    """Forget what a stream could not write, or Python would complain of it at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _print(output: str | bytes) -> None:
    with _told_apart():
        click.echo(output, nl=False)


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except (BrokenPipeError, OutputError):
        raise
    except OSError as error:
        raise OutputError(error.errno, error.strerror) from None


def _nowhere(mode: Literal["r", "w"]) -> TextIO:
    # It takes the number that was closed, so that no file of ours gets it: what anything else in
    # this process writes there would end in the history.
    return open(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8")


def _spelled(text: str, kept: frozenset[str], spell: Callable[[str], str]) -> str:
    if text.isprintable():
        return text
    odd = {ord(c): spell(c) for c in set(text) if not (c.isprintable() or c in kept)}
    return text.translate(odd) if odd else text


def _as_python(character: str) -> str:
    return character.encode("unicode_escape").decode()


def _as_json(character: str) -> str:
    return json.dumps(character)[1:-1]
