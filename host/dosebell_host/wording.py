"""How things are said: durations, sentences, and what a person should type next."""

import shlex
from collections.abc import Iterable
from contextvars import ContextVar

from dosebell_host.errors import JOINERS, on_one_line

# How many columns prose may take; the shell makes it less for a narrow terminal.
PAGE: ContextVar[int] = ContextVar("PAGE", default=80)

# What a virtual board says to a second client before it hangs up, as text and no frame.
BUSY = "busy: another program is connected"


def duration_text(seconds: float) -> str:
    """A duration in the two largest units that matter: `2 h 5 min`."""
    left = round(abs(seconds))
    parts = []
    for unit_s, name in ((86_400, "day"), (3600, "h"), (60, "min"), (1, "s")):
        number, left = divmod(left, unit_s)
        if number:
            plural = "s" if name == "day" and number != 1 else ""
            parts.append(f"{number} {name}{plural}")
    return " ".join(parts[:2]) or "0 s"


def left_text(count: int) -> str:
    """How many pieces are left, where more may have been taken than were ever counted."""
    if count >= 0:
        return f"{count} left"
    return f"empty by the count; {-count} {'was' if count == -1 else 'were'} taken beyond it"


def beyond_text(dose: str, count: int) -> str:
    """The same of a count below zero, and what puts it right."""
    return f"{left_text(count)}: dosebell stock {dose} N"


def and_list(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def marks_for(
    encoding: str | None, marks: dict[str, str], plain: dict[str, str]
) -> dict[str, str]:
    """The marks, or the plain ones where the encoding of a terminal or a file has no such."""
    try:
        "".join(marks.values()).encode(encoding or "ascii")
    except (UnicodeError, LookupError):
        return plain
    return marks


def sentence(text: str) -> str:
    """What to do, as a sentence of its own instead of the end of another."""
    return text[:1].upper() + text[1:]


def command_text(port: str | None, *words: str) -> str:
    """The command `dosebell WORDS`, for the board at `port`; None where the one found is meant."""
    return on_one_line(shlex.join(["dosebell", *words, *(["--port", port] if port else [])]))


def without_a_box(file: str) -> list[str]:
    """How a schedule file is tried where no box is at hand."""
    return [
        "No box at hand? Try it in a virtual one, in two windows:",
        f"  {command_text(None, 'virtual', '--at-next')}",
        f"  {command_text('virtual', 'push', file)}",
    ]


def printable(text: str) -> str:
    """The text with a blank for whatever would drive a terminal, or be no text in a file.

    That is every control character, and so every escape sequence; every mark that turns the
    direction of writing; every half of a character; and every end of a line.
    """
    return "".join(c if c.isprintable() or c in JOINERS else " " for c in text)
