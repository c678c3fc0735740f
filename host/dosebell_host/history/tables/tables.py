"""Where a history is kept, whatever keeps it: see `sqlite.py` and `postgres.py`."""

from collections.abc import Sequence
from typing import Any, Protocol


class Tables(Protocol):
    """Where the history is kept: the tables `boxes`, `names`, `journals`, `records`, `schedules`,
    `pushes` and `cursors`.

    The column `written_s` of a record is when it was written, in Unix seconds; none where that is
    not known, and none for what matters to all that follows: which schedule is in force, gaps,
    clocks that were set back, and what was taken back or cancelled, maybe of a far date.

    No error of a driver comes out of it: it goes on elsewhere and tells its person, or raises a
    `UserError`. Text, numbers and bytes come back as they went in.
    """

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """The rows that a query finds; each `?` in it stands for one of the values."""

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Do the same with each of the rows: all of it or nothing."""

    def close(self) -> None:
        """Nothing is asked any more."""


def value(tables: Tables, query: str, *values: object) -> Any:
    """What a query for one value finds; None where that is nothing."""
    rows = tables.rows(query, *values)
    return rows[0][0] if rows else None
