"""Schedules over the wire: read the one in force, stage a new one, commit it.

Rule 1: the box decides nothing before the commit, and afterwards has just the schedule whose hash
was named there. Whatever breaks off leaves the old one in force, or the new one.

Rule 2: every request may be sent twice. A line that came already is passed over, and to commit
what is in force is no error; so a lost reply costs a repetition and nothing else.

Rule 3: an error that leaves this file says what is in force now: the old schedule, the new one, or
that it is not known.

Theory of operation
-------------------
    laptop                                   box
    schedule.begin  count, hash   ------->   opens /state/schedule.new, and forgets an older draft
    schedule.line   n, line, more ------->   writes the line, and those that came packed behind it
         ...                      ------->   ...   tells the last line that it has
    schedule.commit hash          ------->   closes the file, reads it back from flash, hashes and
                                             parses it; only then renames it over /state/schedule,
                                             takes it up, and writes the record of it
    schedule.commit hash          ------->   hashes what is in force: the read back

The hash is over all lines, each with its LF, so a line that was lost, doubled or garbled under a
right check sum is found before anything has changed. What the box parses at the commit is what the
next start will parse, from the same file.

A box that starts anew in the middle has no draft any more; it says `not-staged`, and all is sent
once more. One that hears nothing for a minute drops its draft by itself.

The plug may be pulled at any moment. Before the commit there is a file that nobody reads. In the
commit the file system puts each of two renames in force as a whole: the old schedule becomes
`schedule.old`, and the new one takes its name. A start that finds no `schedule` finishes the
second rename, or goes back to the copy before. A record of the change that was not written yet is
written at that start, because the revision on flash differs from the one in the journal.

Where the reply to the commit is lost, this side can't know which of the two is in force. It says
so, and a second push tells, because it begins by asking.
"""

import base64
import json
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from dosebell import frames
from dosebell.board import INFLATE_BITS
from dosebell.commands_schedule import MAX_MORE
from dosebell_host.box.client import Client
from dosebell_host.errors import BadReply, DeviceRefused, NoDevice, UserError
from dosebell_host.talk import Progress, no_progress
from dosebell_host.wording import sentence

if TYPE_CHECKING:
    # Only the type: whoever reads a box has no use for the compiler, nor for what it knows of
    # medicines.
    from dosebell_host.schedule.compiler import Compiled

# What a frame holds beside its parameters, however long its numbers are.
ENVELOPE_BYTES = 100

# Up to here a character is one in JSON, past it two halves.
LAST_WHOLE = "\uffff"

# A box that restarted, or whose lines got mixed up, is given the schedule once more.
STAGINGS = 2
BEGIN_AGAIN = ("not-staged", "order", "incomplete", "hash")

UNCHANGED = "The schedule on the box is the old one, unchanged."
UNSURE = "It is not known whether the new schedule is in force: `dosebell status` tells."
IN_FORCE = "The new schedule is in force, but it could not be read back to check it."


def read_schedule(client: Client) -> list[str]:
    """The lines of the schedule in force; none where the box has no schedule."""
    try:
        first = client.schedule_read(0)
    except DeviceRefused as error:
        if error.code == "no-schedule":
            return []
        raise
    return [first.line, *(client.schedule_read(n).line for n in range(1, first.total))]


def in_force(client: Client, compiled: "Compiled") -> bool:
    """Whether just this schedule is in force, to the last line of its zone table."""
    try:
        client.schedule_commit(compiled.hash)
    except DeviceRefused as error:
        if error.code in BEGIN_AGAIN:
            return False
        raise
    return True


def transfer(client: Client, compiled: "Compiled", progress: Progress = no_progress) -> None:
    """Stage, commit and read back. Raises what went wrong, with what is in force now."""
    for left in reversed(range(STAGINGS)):
        try:
            _explaining(UNCHANGED, lambda: _stage(client, compiled, progress))
            _explaining(UNSURE, lambda: client.schedule_commit(compiled.hash))
            break
        except DeviceRefused as error:
            if not left or error.code not in BEGIN_AGAIN:
                raise
    _explaining(IN_FORCE, lambda: _read_back(client, compiled))


def _stage(client: Client, compiled: "Compiled", progress: Progress) -> None:
    total = len(compiled.lines)
    client.schedule_begin(total, compiled.hash)
    n = 0
    while n < total:
        n = _sent(client, compiled.lines, n) + 1
        progress(n, total)


def _sent(client: Client, lines: list[str], n: int) -> int:
    """Send line `n` and some that follow it; the last that the box has."""
    if max(lines[n]) > LAST_WHOLE:
        # JSON spells such a character as two halves, which MicroPython does not join.
        try:
            return client.schedule_line(n, None, packed(lines[n : n + 1]))
        except DeviceRefused as error:
            # A box with older firmware joins them itself, and wants the line as it is.
            if error.code != "params":
                raise
    # A box with older firmware takes the first alone, and says so.
    return client.schedule_line(n, lines[n], _fitting(lines, n))


def _fitting(lines: list[str], n: int) -> str:
    """As many of the lines that follow line `n`, packed, as one frame has room for beside it."""
    for count in range(min(MAX_MORE, len(lines) - n - 1), 0, -1):
        more = packed(lines[n + 1 : n + 1 + count])
        params = {"n": n, "line": lines[n], "more": more}
        if len(json.dumps(params)) <= frames.MAX_LINE - ENVELOPE_BYTES:
            return more
    return ""


def packed(lines: list[str]) -> str:
    """Lines as `schedule.line` takes them in its `more`."""
    deflater = zlib.compressobj(9, wbits=-INFLATE_BITS)
    text = "".join(f"{line}\n" for line in lines).encode()
    return base64.b64encode(deflater.compress(text) + deflater.flush()).decode()


def _read_back(client: Client, compiled: "Compiled") -> None:
    """The box reads its flash and compares the hash: the lines need not come over the wire."""
    if not in_force(client, compiled):
        raise UserError(
            "what the box reads back is not what was pushed",
            fix="push again; `dosebell status` tells of faults",
            code="read-back",
        )


def _explaining(state: str, step: Callable[[], object]) -> None:
    """Do the step; where it fails, the error tells what is in force."""
    try:
        step()
    except (NoDevice, DeviceRefused, BadReply) as error:
        # Only a box that says no has surely changed nothing.
        if isinstance(error, DeviceRefused) and state == UNSURE:
            state = UNCHANGED
        message = f"{error.message.rstrip('.')}. {state}"
        raise type(error)(message, fix=sentence(error.fix), code=error.code) from None
