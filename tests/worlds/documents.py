"""Documents held against `dosebell schema`, by a reader of JSON Schema as small as the words that
it uses.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
# What text must not be, unless it names something.
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
READ: dict[str, Callable[[str], object]] = {
    "date-time": datetime.fromisoformat,
    "date": date.fromisoformat,
    "name": str,
}


def faults(value: Any, shape: dict[str, Any], path: str = "$") -> Iterator[str]:
    """What in a document is not as described, each with its place."""
    if "const" in shape or "enum" in shape:
        if value not in shape.get("enum", [shape.get("const")]):
            yield f"{path}: {value!r} is none of the words"
        return
    if not _is_of(value, shape.get("type", list(TYPES))):
        yield f"{path}: {value!r} is no {shape['type']}"
    elif isinstance(value, dict):
        yield from _faults_of_fields(value, shape, path)
    elif isinstance(value, list):
        for each in value:
            yield from faults(each, shape.get("items", {}), f"{path}[]")
    elif isinstance(value, str) and "type" in shape:
        yield from _faults_of_text(value, shape, path)


def _is_of(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    # Python takes True for a number.
    if isinstance(value, bool):
        return "boolean" in names
    return any(isinstance(value, TYPES[each]) for each in names)


def _faults_of_fields(value: dict[str, Any], shape: dict[str, Any], path: str) -> Iterator[str]:
    known, others = shape.get("properties", {}), shape.get("additionalProperties", {})
    for key in shape.get("required", []):
        if key not in value:
            yield f"{path}.{key} is missing"
    for key, each in value.items():
        if key not in known and others is False:
            yield f"{path}.{key} is not described"
        else:
            yield from faults(each, known.get(key, others), f"{path}.{key}")


def _faults_of_text(value: str, shape: dict[str, Any], path: str) -> Iterator[str]:
    form = shape.get("format")
    if form is None and NUMBER.fullmatch(value):
        yield f"{path}: {value!r} is a number in a string"
    if form is None:
        return
    try:
        moment = READ[form](value)
    except ValueError:
        yield f"{path}: {value!r} is no {form}"
    else:
        if isinstance(moment, datetime) and moment.tzinfo is None:
            yield f"{path}: {value!r} has no offset"


# A field, by what it is a field of.
Field = tuple[str, str]


def fields(shape: dict[str, Any]) -> Iterator[Field]:
    """Every field that a shape describes."""
    for key, each in shape.get("properties", {}).items():
        yield shape["description"], key
        yield from fields(each)
    if "items" in shape:
        yield from fields(shape["items"])


def filled(value: Any, shape: dict[str, Any]) -> Iterator[Field]:
    """Every field that a document has, of those that its shape describes."""
    if isinstance(value, list):
        for each in value:
            yield from filled(each, shape.get("items", {}))
    elif isinstance(value, dict):
        for key, each in shape.get("properties", {}).items():
            if key in value:
                yield shape["description"], key
                yield from filled(value[key], each)
