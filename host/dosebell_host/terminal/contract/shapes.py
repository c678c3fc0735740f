"""The words in which a document is described: each makes a piece of JSON Schema."""

from typing import Any, NamedTuple

Shape = dict[str, Any]

# Not of JSON Schema's own: a word that names something, and stays text where it is all digits.
NAME = "name"
MOMENT = "date-time"
DAY = "date"


class Sometimes(NamedTuple):
    """A field that is there in some documents only."""

    shape: Shape


def text(says: str) -> Shape:
    """Words for a person."""
    return {"type": "string", "description": says}


def name(says: str) -> Shape:
    """What something is called: an id, a hash, a file, a port."""
    return {"type": "string", "format": NAME, "description": says}


def moment(says: str) -> Shape:
    """An instant, as 2026-11-23T07:30:00+01:00."""
    return {"type": "string", "format": MOMENT, "description": says}


def day(says: str) -> Shape:
    """A date, as 2026-11-23."""
    return {"type": "string", "format": DAY, "description": says}


def count(says: str) -> Shape:
    """A whole number."""
    return {"type": "integer", "description": says}


def number(says: str) -> Shape:
    """A number that may have a fraction."""
    return {"type": "number", "description": says}


def flag(says: str) -> Shape:
    """True or false."""
    return {"type": "boolean", "description": says}


def one_of(says: str, *words: str) -> Shape:
    """One of these words."""
    return {"type": "string", "enum": list(words), "description": says}


def maybe(shape: Shape) -> Shape:
    """The same, or null."""
    nullable = shape | {"type": [shape["type"], "null"]}
    return nullable | {"enum": [*shape["enum"], None]} if "enum" in shape else nullable


def items(says: str, each: Shape) -> Shape:
    """A list of such, which may be empty."""
    return {"type": "array", "items": each, "description": says}


def by_name(says: str, each: Shape) -> Shape:
    """An object with names of the person's or the box's own as keys."""
    return {"type": "object", "additionalProperties": each, "description": says}


def record(says: str, /, **fields: Shape | Sometimes) -> Shape:
    """An object with just these fields. A trailing `_` keeps a name from being Python's own."""
    named = {key.removesuffix("_"): field for key, field in fields.items()}
    shapes = {k: f.shape if isinstance(f, Sometimes) else f for k, f in named.items()}
    return {
        "type": "object",
        "properties": shapes,
        "required": [key for key, field in named.items() if not isinstance(field, Sometimes)],
        "additionalProperties": False,
        "description": says,
    }


def fields_of(shape: Shape) -> dict[str, Shape | Sometimes]:
    """What `record` was given, for one that has more fields than another."""
    must = shape["required"]
    pairs = shape["properties"].items()
    return {key: each if key in must else Sometimes(each) for key, each in pairs}
