"""Requests that push a schedule: staged line by line; nothing changes before the commit."""

import binascii

from dosebell import TYPE_CHECKING, const, schedule
from dosebell.params import BAD_PARAMS, Refusal, integer, text, unix
from dosebell.plan import Plan
from dosebell.store import Draft

if TYPE_CHECKING:
    from dosebell.app import App
    from dosebell.hardware import Board
    from dosebell.typed import Answer, Params, Result

MAX_LINES = 256
# So many lines are written between two looks at the button.
MAX_MORE = 16
_MAX_NAMED = const(8)
# A schedule whose next line does not come for so long is dropped: the host has gone.
_DRAFT_S = const(60)


def schedule_begin(app: "App", params: "Params") -> "Answer":
    count, name = integer(params, "count"), text(params, "hash")
    if not 0 < count <= MAX_LINES:
        raise Refusal("params", "count", BAD_PARAMS)
    app.drop_draft()
    app.draft = draft = Draft(app.box.store, "schedule")
    draft.total, draft.hash, draft.reader = count, name, schedule.Reader()
    draft.until_s = app.box.clock.uptime_s + _DRAFT_S
    # Then a waking for the end is planned. Lines move the end and plan none: the waking plans the
    # next.
    return lambda: {"ok": True}


def schedule_line(app: "App", params: "Params") -> "Result":
    """Line `n` and those that follow it in `more`, or all of them there; the reply names the last
    that it has.

    What has characters past U+FFFF comes in `more`: JSON spells them as two halves, and
    MicroPython leaves them so.
    """
    draft, n = _draft(app), integer(params, "n")
    lines = [text(params, "line")] if "line" in params or "more" not in params else []
    if "more" in params:
        lines += _unpacked(app.board, text(params, "more"))
    for line in lines:
        if n > draft.count or n >= draft.total:
            raise Refusal("order")
        if len(line.encode()) > schedule.MAX_LINE or "\n" in line:
            raise Refusal("line", "%d" % n)
        # A line sent again, because its reply was lost, is in the file already.
        if n == draft.count:
            draft.add(line)
            draft.reader.read(line)
        n += 1
    draft.until_s = app.box.clock.uptime_s + _DRAFT_S
    return {"n": n - 1}


def _unpacked(board: "Board", more: str) -> list[str]:
    """Lines, each with its LF, that were packed by raw deflate and then as base64.

    Doses resemble each other, so a schedule packed has a fifth of its length, and it is the bytes
    on the wire that take a board its time.
    """
    try:
        file = board.inflate(binascii.a2b_base64(more))
        # One that is too long comes in pieces, the first of which is too long as well. Past the
        # end there are empty ones.
        size = schedule.MAX_LINE + 2
        lines = [str(file.readline(size), "utf-8") for _ in range(MAX_MORE + 1)]
        if lines[-1]:
            raise ValueError("too many")
    except (OSError, ValueError, EOFError):
        raise Refusal("params", "more", BAD_PARAMS)
    return [line.rstrip("\n") for line in lines if line]


def schedule_commit(app: "App", params: "Params") -> "Answer":
    """The box takes the schedule up a piece a pass, and writes its records when all is done. A
    power cut before is one between two writes: the start takes the schedule up anew.
    """
    name = text(params, "hash")
    in_force = app.box.store.read("schedule") if app.draft is None else None
    if in_force is not None and schedule.digest(in_force)[1] == name:
        return _committed(app)
    draft = _draft(app)
    if draft.count != draft.total or name != draft.hash:
        raise Refusal("incomplete")
    app.draft = None
    plan, revision = _read_back(draft, name)
    # Pushed while the clock is unset, one after another: the one that asked last stays at hand.
    draft.commit(app.box.revision != "" and app.box.memory.owed_s is not None)
    app.box.owe(app.box.adopt(plan, revision))
    return lambda: _committed(app)


def _read_back(draft: Draft, name: str) -> tuple[Plan, str]:
    """The plan that stands on flash now, and its revision; a draft that is none is dropped."""
    try:
        revision, whole = schedule.digest(draft.finish())
        if whole != name:
            raise Refusal("hash")
        return draft.reader.plan(), revision
    except Exception as error:
        draft.drop()
        if isinstance(error, ValueError):
            raise Refusal("schedule", str(error))
        if isinstance(error, MemoryError):
            raise Refusal("memory")
        raise


def _committed(app: "App") -> "Result":
    dues = {}
    for row in app.box.reminder.rows[:_MAX_NAMED]:
        if row.window is not None:
            dues[row.dose.id] = unix(row.due_s())
    return {"revision": app.box.revision, "dues": dues}


def schedule_read(app: "App", params: "Params") -> "Result":
    n = integer(params, "n")
    lines = app.box.store.read("schedule")
    if lines is None:
        raise Refusal("no-schedule")
    if not 0 <= n < len(lines):
        raise Refusal("end")
    return {"n": n, "count": len(lines), "line": lines[n]}


def _draft(app: "App") -> Draft:
    if app.draft is None:
        raise Refusal("not-staged")
    return app.draft
