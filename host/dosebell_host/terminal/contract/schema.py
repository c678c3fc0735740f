"""`dosebell schema`: what `--json` prints, as JSON Schema, and as a list for a person."""

import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

from dosebell_host import SCHEMA
from dosebell_host.errors import UsageError
from dosebell_host.schedule.values import show
from dosebell_host.terminal.contract.documents import DOCUMENTS, FAILED
from dosebell_host.terminal.contract.error_codes import error_codes
from dosebell_host.terminal.contract.shapes import DAY, MOMENT, NAME, Shape

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FORMATS = {NAME: "name", MOMENT: "time", DAY: "date"}
_TYPES = {"string": "text", "integer": "count", "boolean": "true/false", "array": "list"}
_INDENT = 2
_NAMES_END = 24
_WIDTH = 80


class Schema(NamedTuple):
    """What was asked for: the document of one command, or "" for all with the codes of errors."""

    command: str

    def to_json(self) -> dict[str, Any]:
        names = [self.command] if self.command else DOCUMENTS
        shown = [{"command": each, "document": document(each)} for each in names]
        codes = [each._asdict() for each in error_codes()]
        return {"items": shown, "error": failed(), "codes": codes}

    def lines(self) -> Iterator[str]:
        """The same for a person."""
        if self.command:
            shape = DOCUMENTS[self.command]
            yield from _wrapped(self.command, shape["description"])
            yield from _field_lines(shape, _INDENT)
        else:
            yield from _overview()


def schema(command: str | None) -> Schema:
    """The document of a command, or of all. Raises `UsageError` for one that prints none."""
    if command is not None and command not in DOCUMENTS:
        fix = f"known: {', '.join(DOCUMENTS)}"
        raise UsageError(f"no command {show(command)} prints a document", fix=fix)
    return Schema(command or "")


def _overview() -> Iterator[str]:
    yield "With --json each command prints one document:"
    for command, shape in DOCUMENTS.items():
        yield from _wrapped(f"  {command}", shape["description"])
    yield ""
    yield "`dosebell schema COMMAND` describes each field of one. Where it fails:"
    yield from _field_lines(FAILED, _INDENT)
    yield ""
    yield "The codes of errors, each after the exit code:"
    for code in error_codes():
        yield from _wrapped(f"  {code.exit_code:>3} {code.code}", code.means)


def document(command: str) -> Shape:
    """The JSON Schema of what a command prints where it does what it was asked for."""
    return _whole(DOCUMENTS[command])


def failed() -> Shape:
    """The JSON Schema of what any command prints where it does not do it."""
    return _whole(FAILED)


def _whole(shape: Shape) -> Shape:
    """With what stands around every document."""
    version = {"const": SCHEMA, "description": "the version of these documents"}
    return {
        "$schema": _DIALECT,
        **shape,
        "properties": {"schema": version, **shape["properties"]},
        "required": ["schema", *shape["required"]],
    }


def _field_lines(shape: Shape, indent: int) -> Iterator[str]:
    for key, field in shape.get("properties", {}).items():
        sometimes = "" if key in shape["required"] else ", not always there"
        head = f"{' ' * indent}{key}"
        yield from _wrapped(head, f"({_type(field)}{sometimes}) {field['description']}")
        yield from _field_lines(field.get("items", field), indent + _INDENT)


def _type(shape: Shape) -> str:
    types: list[str] = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
    if "enum" in shape:
        return " | ".join("null" if word is None else str(word) for word in shape["enum"])
    if shape.get("format"):
        types = [_FORMATS[shape["format"]] if each == "string" else each for each in types]
    return " or ".join(_TYPES.get(each, each) for each in types)


def _wrapped(head: str, says: str) -> Iterator[str]:
    """A name and what it means beside it; what is too long for the line goes on below."""
    first = f"{head:<{_NAMES_END}}" if len(head) < _NAMES_END else f"{head}  "
    hang = " " * _NAMES_END
    yield from textwrap.wrap(says, _WIDTH, initial_indent=first, subsequent_indent=hang)
