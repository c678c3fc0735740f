"""Collects everything that is wrong with a schedule file, each with its place."""

from typing import Any, NoReturn, TypeVar

from dosebell_host.errors import KeyProblem, ManyErrors, UserError
from dosebell_host.schedule.fields import Read
from dosebell_host.schedule.limits import MAX_PROBLEMS_SHOWN
from dosebell_host.schedule.toml_lines import key_lines, line_of
from dosebell_host.schedule.values import KeyPath, Problem, Wrong, show

CODE = "schedule"

T = TypeVar("T")


class Problems:
    """The problems of one file, found so far."""

    def __init__(
        self, file_name: str, text: str, document: dict[str, Any], code: str = CODE
    ) -> None:
        self._code = code
        self._file_name = file_name
        self._text = text
        self._document = document
        self._found: list[Problem] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: KeyPath, message: str, fix: str) -> None:
        """One more, at a key path such as ("dose", 1, "late")."""
        self._found.append((path, message, fix))

    def read(self, read: Read[T], path: KeyPath, value: object) -> T | None:
        """The value as `read` has it; None, and problems added, where it does not fit."""
        try:
            return read(value)
        except Wrong as wrong:
            for below, message, fix in wrong.problems:
                self.add((*path, *below), message, fix)
            return None

    def place(self, path: KeyPath) -> str:
        """Where that stands, as `my.toml:7`."""
        return self._place(self._lines(), path)

    def raise_all(self) -> NoReturn:
        """Every problem in one `ManyErrors`, in the order of the file."""
        lines = self._lines()
        found = sorted(self._found, key=lambda problem: line_of(lines, problem[0]) or 0)
        errors: list[UserError] = [
            KeyProblem(message, path, where=self._where(lines, path), fix=fix, code=self._code)
            for path, message, fix in found[:MAX_PROBLEMS_SHOWN]
        ]
        if more := len(found) - len(errors):
            errors.append(
                UserError(f"and {more} more problems", where=self._file_name, code=self._code)
            )
        raise ManyErrors(errors, where=self._file_name)

    def _lines(self) -> dict[KeyPath, int]:
        # A place is a help, not a result: better a problem without its line than a crash.
        try:
            return key_lines(self._text)
        except (IndexError, RecursionError):
            return {}

    def _where(self, lines: dict[KeyPath, int], path: KeyPath) -> str:
        place = self._place(lines, path)
        return f"{place}: {self._shown_path(path).strip()}" if path else place

    def _place(self, lines: dict[KeyPath, int], path: KeyPath) -> str:
        line = line_of(lines, path)
        return self._file_name if line is None else f"{self._file_name}:{line}"

    def _shown_path(self, path: KeyPath) -> str:
        """("dose", 1, "late") as `dose[2] "d3k2" late`: counted from 1, as people count."""
        shown = ""
        for position, part in enumerate(path):
            if isinstance(part, int):
                shown += f"[{part + 1}]{self._dose_id(path[: position + 1])}"
            else:
                shown += f"{_joint(shown)}{show(part)[1:-1]}"
        return shown

    def _dose_id(self, path: KeyPath) -> str:
        if len(path) != 2 or path[0] != "dose":
            return ""
        dose = self._document["dose"][path[1]]
        name = dose.get("id") if isinstance(dose, dict) else None
        return f" {show(name)} " if isinstance(name, str) else " "


def _joint(shown: str) -> str:
    return "" if not shown or shown.endswith(" ") else "."
