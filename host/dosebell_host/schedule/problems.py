"""Collects everything that is wrong with a schedule file, each with its place."""

import difflib
from collections.abc import Mapping
from typing import Any, NoReturn, TypeVar

from pydantic import ValidationError

from dosebell_host.errors import ManyErrors, UserError
from dosebell_host.schedule.fields import Table
from dosebell_host.schedule.limits import MAX_PROBLEMS_SHOWN
from dosebell_host.schedule.toml_lines import KeyPath, key_lines, line_of
from dosebell_host.schedule.values import Wrong, show

CODE = "schedule"

# Words that are far from the key in letters and near in meaning.
_MEANT = {
    "course_end": "end",
    "until": "end",
    "to": "end",
    "from": "start",
    "review_date": "review",
    "interval_days": "days",
    "time": "at",
    "times": "at",
    "meal": "with",
    "meals": "with",
    "elemental": "basis",
    "compound": "basis",
    "age_y": "age",
    "lab": "labs",
    "blood_tests": "labs",
    "kidneys": "kidney",
    "medications": "medicines",
    "drugs": "medicines",
    "illnesses": "conditions",
    "diseases": "conditions",
    "pregnancy": "pregnant",
    "bed": "bedtime",
    "prescription": "prescribed",
    "rx": "prescribed",
}

TableT = TypeVar("TableT", bound=Table)


class Problems:
    """The problems of one file, found so far."""

    def __init__(self, file_name: str, text: str, document: dict[str, Any]) -> None:
        self._file_name = file_name
        self._text = text
        self._document = document
        self._found: list[tuple[KeyPath, str, str]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, path: KeyPath, message: str, fix: str) -> None:
        """One more, at a key path such as ("dose", 1, "late")."""
        self._found.append((path, message, fix))

    def read(self, model: type[TableT], path: KeyPath, value: object) -> TableT | None:
        """The table as the model has it; None, and problems added, where it does not fit."""
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for detail in error.errors(include_url=False, include_input=True):
                self._add_detail(model, path, detail)
            return None

    def unknown_key(self, path: KeyPath, known: tuple[str, ...]) -> None:
        """A key that nothing reads, with the nearest one that is read."""
        key = str(path[-1])
        meant = [_MEANT[key]] if _MEANT.get(key) in known else []
        near = meant or difflib.get_close_matches(key[:64], known, n=1, cutoff=0.5)
        fix = f'did you mean "{near[0]}"?' if near else f"known here: {', '.join(known)}"
        self.add(path, f"unknown key {show(key)}", fix)

    def raise_all(self) -> NoReturn:
        """Every problem in one `ManyErrors`, in the order of the file."""
        lines = self._lines()
        found = sorted(self._found, key=lambda problem: line_of(lines, problem[0]) or 0)
        errors = [
            UserError(message, where=self._where(lines, path), fix=fix, code=CODE)
            for path, message, fix in found[:MAX_PROBLEMS_SHOWN]
        ]
        if more := len(found) - len(errors):
            errors.append(UserError(f"and {more} more problems", where=self._file_name, code=CODE))
        raise ManyErrors(errors, where=self._file_name)

    def _add_detail(self, model: type[Table], path: KeyPath, detail: Mapping[str, Any]) -> None:
        """One of pydantic's findings in our words."""
        loc = detail["loc"]
        wrong = detail.get("ctx", {}).get("error")
        if isinstance(wrong, Wrong):
            self.add((*path, *loc), wrong.message, wrong.fix)
        elif detail["type"] == "extra_forbidden":
            self.unknown_key((*path, *loc), _innermost(model, loc).keys())
        elif detail["type"] == "missing":
            key = str(loc[-1])
            self.add((*path, *loc), "is missing", f"add {_innermost(model, loc).example(key)}")
        else:
            self.add((*path, *loc), f"{show(detail['input'])} is not a table", "write { ... }")

    def _lines(self) -> dict[KeyPath, int]:
        # A place is a help, not a result: better a problem without its line than a crash.
        try:
            return key_lines(self._text)
        except (IndexError, RecursionError):
            return {}

    def _where(self, lines: dict[KeyPath, int], path: KeyPath) -> str:
        line = line_of(lines, path)
        place = self._file_name if line is None else f"{self._file_name}:{line}"
        return f"{place}: {self._shown_path(path).strip()}" if path else place

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


def _innermost(model: type[Table], loc: KeyPath) -> type[Table]:
    """The model of the table that the last key of `loc` stands in."""
    for part in loc[:-1]:
        model = model.inner.get(str(part), model)
    return model
