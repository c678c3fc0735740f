"""The tables of an HTML page, read back as a person reads them."""

from html.parser import HTMLParser
from typing import NamedTuple


class ReadTable(NamedTuple):
    """A table: its caption, and every row with the head's words for its cells."""

    caption: str
    rows: list[dict[str, str]]


def tables_in(page: str) -> list[ReadTable]:
    """Every table of a page, in order."""
    reader = _Reader()
    reader.feed(page)
    return [
        ReadTable(caption, [dict(zip(rows[0], row, strict=True)) for row in rows[1:]])
        for caption, rows in reader.tables
    ]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[str, list[list[str]]]] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "table":
            self.tables.append(("", []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in ("th", "td", "caption"):
            self._text = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption":
            self.tables[-1] = self._text, self.tables[-1][1]
        elif tag in ("th", "td"):
            self.tables[-1][1][-1].append(self._text)
