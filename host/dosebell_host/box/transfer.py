"""Schedules over the wire: read the one in force, stage a new one, commit it.

Nothing changes on the box before the commit, and an error here says how far it came.
"""

import base64
import json
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dosebell import frames
from dosebell.board import INFLATE_BITS
from dosebell.commands_schedule import MAX_MORE
from dosebell_host.box.link import Link
from dosebell_host.errors import DeviceRefused, NoDevice, UserError
from dosebell_host.talk import Progress, no_progress
from dosebell_host.wording import sentence

if TYPE_CHECKING:
    # Only the type: whoever reads a box has no use for the compiler, nor for what it knows of
    # medicines.
    from dosebell_host.schedule.compiler import Compiled

# What a frame holds beside its parameters, however long its numbers are.
ENVELOPE_BYTES = 100

# A box that restarted, or whose lines got mixed up, is given the schedule once more.
STAGINGS = 2
BEGIN_AGAIN = ("not-staged", "order", "incomplete", "hash")

UNCHANGED = "The schedule on the box is the old one, unchanged."
UNSURE = "It is not known whether the new schedule is in force: `dosebell status` tells."
IN_FORCE = "The new schedule is in force, but it could not be read back to check it."


def read_schedule(link: Link) -> list[str]:
    """The lines of the schedule in force; none where the box has no schedule."""
    try:
        first = link.call("schedule.read", {"n": 0})
    except DeviceRefused as error:
        if error.code == "no-schedule":
            return []
        raise
    rest = [link.call("schedule.read", {"n": n})["line"] for n in range(1, first["count"])]
    return [first["line"], *rest]


def in_force(link: Link, compiled: "Compiled") -> bool:
    """Whether just this schedule is in force, to the last line of its zone table."""
    try:
        link.call("schedule.commit", {"hash": compiled.hash})
    except DeviceRefused as error:
        if error.code in BEGIN_AGAIN:
            return False
        raise
    return True


def transfer(link: Link, compiled: "Compiled", progress: Progress = no_progress) -> None:
    """Stage, commit and read back. Raises what went wrong, with what is in force now."""
    for left in reversed(range(STAGINGS)):
        try:
            _told(UNCHANGED, lambda: _stage(link, compiled, progress))
            _told(UNSURE, lambda: link.call("schedule.commit", {"hash": compiled.hash}))
            break
        except DeviceRefused as error:
            if not left or error.code not in BEGIN_AGAIN:
                raise
    _told(IN_FORCE, lambda: _read_back(link, compiled))


def _stage(link: Link, compiled: "Compiled", progress: Progress) -> None:
    total = len(compiled.lines)
    link.call("schedule.begin", {"count": total, "hash": compiled.hash})
    n = 0
    while n < total:
        found = link.call("schedule.line", _fitting(compiled.lines, n))
        # A box with older firmware takes the first alone, and says so.
        n = max(n, int(found["n"])) + 1
        progress(n, total)


def _fitting(lines: list[str], n: int) -> dict[str, Any]:
    """Line `n`, and packed with it as many that follow as one frame has room for."""
    params: dict[str, Any] = {"n": n, "line": lines[n]}
    for count in range(min(MAX_MORE, len(lines) - n - 1), 0, -1):
        more = {**params, "more": packed(lines[n + 1 : n + 1 + count])}
        if len(json.dumps(more)) <= frames.MAX_LINE - ENVELOPE_BYTES:
            return more
    return params


def packed(lines: list[str]) -> str:
    """Lines as `schedule.line` takes them in its `more`."""
    deflater = zlib.compressobj(9, wbits=-INFLATE_BITS)
    text = "".join(f"{line}\n" for line in lines).encode()
    return base64.b64encode(deflater.compress(text) + deflater.flush()).decode()


def _read_back(link: Link, compiled: "Compiled") -> None:
    """The box reads its flash and compares the hash: the lines need not come over the wire."""
    if not in_force(link, compiled):
        raise UserError(
            "what the box reads back is not what was pushed",
            fix="push again; `dosebell status` tells of faults",
            code="read-back",
        )


def _told(state: str, step: Callable[[], object]) -> None:
    """Do the step; where the box goes away or says no in it, the error tells what is in force."""
    try:
        step()
    except NoDevice as error:
        raise NoDevice(_and(error, state), fix=sentence(error.fix), code=error.code) from None
    except DeviceRefused as error:
        state = UNCHANGED if state == UNSURE else state
        fix = sentence(error.fix)
        raise DeviceRefused(_and(error, state), fix=fix, code=error.code) from None


def _and(error: UserError, state: str) -> str:
    return f"{error.message.rstrip('.')}. {state}"
