"""JSON of which a part is text already.

Most documents are small, and are values until they are printed. A list of the hundred thousand
rows of a long history is wanted as text alone: whoever makes it writes it row by row, and it is
set into its document as it is.
"""

import json
from collections.abc import Iterable
from typing import Any


class JsonText(str):
    """A value that is written already, as `json.dumps` writes it but for the escapes of ASCII."""

    __slots__ = ()


def as_list(rows: Iterable[str]) -> JsonText:
    """The list of rows that are written already."""
    return JsonText(f"[{', '.join(rows)}]")


def document_text(document: dict[str, Any]) -> str:
    """The document on one line, its fields in their order."""
    fields = [f"{_text(key)}: {_text(value)}" for key, value in document.items()]
    return f"{{{', '.join(fields)}}}"


def _text(value: Any) -> str:
    return value if isinstance(value, JsonText) else json.dumps(value, ensure_ascii=False)
