"""Errors a person can act on, split by whose problem it is.

Library code raises them; the command line catches them once, prints one line and exits with
`exit_code`. Anything else that escapes is a bug and keeps its traceback.
"""

from collections.abc import Sequence
from typing import Any

HOW_TO_INSTALL = "`dosebell flash` puts dosebell on a Pico"

# Persian is written with them, and so are joined pictures; they drive nothing, though Python calls
# them unprintable.
JOINERS = "\u200c\u200d"


class UserError(Exception):
    """Something the user can put right. `str()` is one sentence: where, what is wrong, the fix.

    Write `message` without a full stop and `fix` as what to do ('write a duration from 10m to
    14d'): they become one sentence. A message with a full stop stays a sentence of its own.
    """

    exit_code = 1
    default_code = "user"

    def __init__(
        self, message: str, *, where: str = "", fix: str = "", code: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.fix = fix
        self.code = code or self.default_code

    def __str__(self) -> str:
        text = f"{on_one_line(self.where)}: {self.message}" if self.where else self.message
        if self.fix:
            text += f"{' ' if text.endswith(('.', '?')) else '; '}{self.fix}"
        return text if text.endswith((".", "?", "!")) else f"{text}."

    @property
    def problems(self) -> "list[UserError]":
        """The single problems this error stands for: itself, unless it joins several."""
        return [self]

    def to_json(self) -> dict[str, Any]:
        """The `error` member of a `--json` document."""
        return {
            "code": self.code,
            "message": self.message,
            "where": self.where,
            "fix": self.fix,
        }


def on_one_line(name: str) -> str:
    r"""The name of a file or a port with what would break the line written out, as `\n`."""
    return "".join(c if c >= " " else c.encode("unicode_escape").decode() for c in name)


class KeyProblem(UserError):
    """What is wrong with one key of a schedule; `path` leads to it, as ("dose", 1, "late")."""

    def __init__(
        self, message: str, path: tuple[str | int, ...], *, where: str, fix: str, code: str
    ) -> None:
        super().__init__(message, where=where, fix=fix, code=code)
        self.path = path


class UsageError(UserError):
    """The command was called the wrong way."""

    exit_code = 2
    default_code = "usage"


class DeviceRefused(UserError):
    """The device understood and said no."""

    exit_code = 3
    default_code = "refused"


class BadReply(UserError):
    """The device replied, and the reply cannot be right."""

    exit_code = 3
    default_code = "answer"


class NoDevice(UserError):
    """There is no device, or it is busy, or the rights to open it are missing."""

    exit_code = 4
    default_code = "no-device"


class ManyErrors(UserError):
    """Several problems found in one go: `str()` has one line for each."""

    def __init__(self, problems: Sequence[UserError], *, where: str = "") -> None:
        if not problems:
            raise ValueError("ManyErrors needs at least one problem")
        lines = "\n".join(str(problem) for problem in problems)
        super().__init__(lines, where=where, code=problems[0].code)
        self.exit_code = max(problem.exit_code for problem in problems)
        self._problems = list(problems)

    def __str__(self) -> str:
        return self.message

    @property
    def problems(self) -> list[UserError]:
        """The problems, in the order of the file."""
        return list(self._problems)

    def to_json(self) -> dict[str, Any]:
        """As for one error, with every problem apart under `problems`."""
        problems = [problem.to_json() for problem in self._problems]
        return {**super().to_json(), "problems": problems}
