"""What `dosebell doctor` found, for a person: a mark and a line a check, and what to do below."""

import textwrap
from collections.abc import Iterable, Iterator

from dosebell_host.doctor.examine import Checkup
from dosebell_host.doctor.finding import BAD, OK, UNKNOWN, WAITS_FOR_BOX, WARN
from dosebell_host.wording import command_text

MARKS = {OK: "✓", WARN: "!", BAD: "×", UNKNOWN: "·"}
# For terminals and files that cannot hold the others.
PLAIN_MARKS = {OK: "+", WARN: "!", BAD: "x", UNKNOWN: "."}

_INDENT = " " * 16
_WAITING = "waiting"


def doctor_lines(
    items: list[Checkup], named: str | None, width: int, marks: dict[str, str] = MARKS
) -> Iterator[str]:
    """The findings, no line wider than `width`, and what they come to.

    What only waits for the box shares one line.
    """
    waiting = [item.check for item in items if item.finding.says == WAITS_FOR_BOX]
    for item in items:
        if item.finding.says != WAITS_FOR_BOX:
            yield from _lines(item, width, marks)
    if waiting:
        text = f"for a box that answers: {', '.join(waiting)}"
        yield from _wrapped(f"{marks[UNKNOWN]} {_WAITING:<14}{text}", width)
    yield from textwrap.wrap(_summary(items, named), width)


def _lines(item: Checkup, width: int, marks: dict[str, str]) -> Iterator[str]:
    found = item.finding
    yield from _wrapped(f"{marks[found.state]} {item.check:<14}{found.says}", width)
    what, *command = found.fix.splitlines() or [""]
    if what:
        yield from _wrapped(f"{_INDENT}-> {what}", width, f"{_INDENT}   ")
    # In one piece, however wide, so that it can be copied.
    yield from (f"{_INDENT}   {line}" for line in command)
    for line in found.detail:
        yield f"{_INDENT}| {line}"


def _wrapped(text: str, width: int, indent: str = _INDENT) -> Iterable[str]:
    return textwrap.wrap(
        text,
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _summary(items: list[Checkup], named: str | None) -> str:
    found = [item.finding.state for item in items]
    if BAD in found:
        return f"{found.count(BAD)} to put right."
    practise = command_text(named, "doctor", "--ring")
    return f"{'In order' if WARN in found else 'All in order'}. To hear it ring: {practise}"
