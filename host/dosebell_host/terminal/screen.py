"""What fits on a person's terminal: lines folded between words, and a colour beside each mark.

A colour says nothing alone: it stands where a mark or a word says the same.
"""

import os
import re
import shutil
import textwrap

# How far a folded line stands in, where it has no columns of its own.
_HANG = "  "
# A label or a mark, before a column that begins at most in this place.
_COLUMN = re.compile(r" *\w\S*(?: \S+)? {2,}(?=\S)")
# What is typed next; cut in two it cannot be copied.
_COMMAND = re.compile(r"`dosebell [^`]*`|(?<=: )dosebell [^;]*$")
# Stands for a blank at which no line is folded.
_GLUE = "\ue000"
_WIDEST_LABEL = 24

_GREEN, _RED, _YELLOW, _MAGENTA, _CYAN = "32", "31", "33", "35", "36"
# The marks of a line a day, of what changes, and of what was looked at.
_COLOURS = {
    "✓": _GREEN,
    "+": _GREEN,
    "~": _YELLOW,
    "!": _YELLOW,
    "×": _RED,
    "x": _RED,
    "?": _MAGENTA,
    "…": _CYAN,
}
# What is taken out of a schedule; in a log the same mark means what was skipped.
_GONE = {"-": _RED}
_DAY = re.compile(r"\d{4}-\d\d-\d\d \w{3}  ")
_DAY_MARKS = re.compile("[✓+~×x?…]")
_FIRST_MARK = re.compile(r"( *)([✓+~!×x-])(?= \S)")
_HEADS = (
    (re.compile(r"  ERRORS \(\d+\)"), _RED),
    (re.compile(r"  WARNINGS \(\d+\)"), _YELLOW),
    (re.compile(r"Now       .* (?:rings|is snoozed), .*"), _YELLOW),
    (re.compile(r"Fault     .*"), _RED),
)


def columns() -> int:
    """How many there are."""
    return shutil.get_terminal_size().columns


def has_colour() -> bool:
    """Whether it shows colours, and nobody asked for none (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def fitted(text: str) -> str:
    """The text as the terminal shows it best."""
    lines = [part for line in text.split("\n") for part in folded(line, columns())]
    return "\n".join(map(painted, lines) if has_colour() else lines)


def folded(line: str, width: int) -> list[str]:
    """The line in parts of that width, folded between words.

    A longer word stays whole, and so does a command to type.
    """
    if len(line) <= width or line.lstrip().startswith("dosebell "):
        return [line]
    label = _COLUMN.match(line)
    indent = " " * (len(line) - len(line.lstrip(" ")))
    has_columns = label is not None and label.end() <= min(_WIDEST_LABEL, width // 2)
    hang = " " * label.end() if label and has_columns else indent + _HANG

    def glued(command: re.Match[str]) -> str:
        fits = len(command[0]) <= width - len(hang)
        return command[0].replace(" ", _GLUE) if fits else command[0]

    parts = textwrap.wrap(
        _COMMAND.sub(glued, line),
        width,
        subsequent_indent=hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [part.replace(_GLUE, " ") for part in parts]


def painted(line: str) -> str:
    """The line with a colour for each of its marks."""
    if day := _DAY.match(line):
        marks = _DAY_MARKS.sub(lambda mark: _in(mark[0], _COLOURS[mark[0]]), line[day.end() :])
        return line[: day.end()] + marks
    for head, colour in _HEADS:
        if head.fullmatch(line):
            return _in(line, colour)
    if first := _FIRST_MARK.match(line):
        indent, mark = first.groups()
        return f"{indent}{_in(mark, (_COLOURS | _GONE)[mark])}{line[first.end() :]}"
    return line


def _in(text: str, colour: str) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m"
