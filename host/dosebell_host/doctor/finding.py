"""One thing that `dosebell doctor` has to say."""

from dataclasses import dataclass

OK = "ok"
# Worth knowing, and nothing a person must do now.
WARN = "warn"
# For the person to put right.
BAD = "bad"
# It can't be told: what it depends on is not there.
UNKNOWN = "unknown"

WHERE_MICROPYTHON_IS = "micropython.org/download has the file"
WAITS_FOR_BOX = "waits for a box that answers"


@dataclass(frozen=True)
class Remark:
    """`fix` is what to do, where it is a long command on a line of its own; `detail` are lines to
    read below it, such as a traceback.
    """

    state: str
    says: str
    fix: str = ""
    detail: tuple[str, ...] = ()


def ok(says: str) -> Remark:
    return Remark(OK, says)


def warn(says: str, fix: str = "", detail: tuple[str, ...] = ()) -> Remark:
    return Remark(WARN, says, fix, detail)


def bad(says: str, fix: str = "", detail: tuple[str, ...] = ()) -> Remark:
    return Remark(BAD, says, fix, detail)


def unknown(says: str) -> Remark:
    return Remark(UNKNOWN, says)
