"""What can still be read of a damaged history, or of one that a newer release wrote.

One bad page makes a database refuse every question that passes it. So the tables are read from
both ends, the records by the index over them as well, and what lies between is asked for in halves
down to the single record; what even then is refused is counted.
"""

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any, NamedTuple

Row = tuple[Any, ...]
# The rows that a question finds, as far as they can be read, and whether that was all.
Ask = Callable[..., tuple[list[Row], bool]]

# The columns of each table, and how many of the first ones name a row.
COLUMNS = {
    "boxes": (1, ("device_id", "board", "usb_serial", "revision", "seen_at")),
    "journals": (2, ("device_id", "era", "journal", "place")),
    "records": (4, ("device_id", "era", "seq", "line")),
    "schedules": (1, ("revision", "lines")),
    "names": (1, ("device_id", "name")),
    "pushes": (2, ("device_id", "revision", "pushed_at", "file_name", "file")),
    "cursors": (3, ("sink", "device_id", "era", "seq", "kept")),
}
# Some hundred records stand on a page. A number that a bad page makes up is as high as it likes.
_MOST_QUESTIONS = 20_000
_NUMBERS = range(1 << 31)
_TYPES: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("era", "kept", "place", "seq"), int),
    **dict.fromkeys(("seen_at", "pushed_at"), (int, float)),
    "file": bytes,
}


class Salvaged(NamedTuple):
    """The rows of each table, how many records were refused, and the tables that were, in part."""

    rows: dict[str, list[Row]]
    lost: int
    damaged: tuple[str, ...]


def salvaged(ask: Ask) -> Salvaged:
    """All that the file gives."""
    rows: dict[str, list[Row]] = {}
    damaged = []
    lost = 0
    for table, (keys, columns) in COLUMNS.items():
        found, is_all = _from_both_ends(ask, table, keys, columns)
        if not is_all and table == "records":
            lost = _fill(ask, found)
        if not is_all:
            damaged.append(table)
        rows[table] = [row for row in found if _is_sound(columns, row)]
    return Salvaged(rows, lost, tuple(damaged))


def _from_both_ends(
    ask: Ask, table: str, keys: int, columns: tuple[str, ...]
) -> tuple[set[Row], bool]:
    what = f"SELECT {', '.join(columns)} FROM {table}"
    by = columns[:keys]
    found, is_all = ask(f"{what} ORDER BY {', '.join(by)}")
    more = [] if is_all else ask(f"{what} ORDER BY {', '.join(f'{each} DESC' for each in by)}")[0]
    return {*found, *more}, is_all


def _fill(ask: Ask, found: set[Row]) -> int:
    """Add the records that stand between the bad pages; how many are refused."""
    what = "SELECT device_id, era, seq, line FROM records"
    for order in ("", " ORDER BY device_id DESC, era DESC, written_s DESC"):
        found.update(ask(f"{what} INDEXED BY records_by_time{order}")[0])
    lost = 0
    for device_id, era in {row[:2] for row in found if _is_sound(COLUMNS["records"][1], row)}:
        known = {row[2] for row in found if row[:2] == (device_id, era) and row[2] in _NUMBERS}
        to_ask = list(_gaps(known))
        left = _MOST_QUESTIONS
        while to_ask and (left := left - 1):
            first, last = to_ask.pop()
            one = f"{what} WHERE device_id = ? AND era = ? AND seq BETWEEN ? AND ?"
            rows, is_all = ask(one, device_id, era, first, last)
            found.update(rows)
            if is_all:
                continue
            if first == last:
                lost += 1
                continue
            middle = (first + last) // 2
            to_ask += [(first, middle), (middle + 1, last)]
    return lost


def _gaps(known: Iterable[int]) -> Iterable[tuple[int, int]]:
    """The ranges of numbers that are not among these."""
    numbers = sorted(known)
    for before, after in pairwise(numbers):
        if after - before > 1:
            yield before + 1, after - 1


def _is_sound(columns: tuple[str, ...], row: Row) -> bool:
    return all(
        isinstance(value, _TYPES.get(column, str))
        for column, value in zip(columns, row, strict=True)
    )
