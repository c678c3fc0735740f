"""When each gateway and box of a ward was last heard, and whose it is to tell that one is not."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from dosebell_host.ward.tables import WardTables

_ALONE = "silences"


class HeardAt(NamedTuple):
    """When a box was last heard, in Unix seconds, by which gateway, and its name or ""."""

    gateway: str
    heard_s: int
    name: str


class SilenceRow(NamedTuple):
    """Whose it is to tell a silence that holds since then, and when it was told, 0 if not yet.
    In Unix seconds.
    """

    since_s: int
    told_by: str
    told_s: int


class WardNow(NamedTuple):
    """When each gateway was there, in Unix seconds, when each box was heard, and what is told of
    them, by what it is about.
    """

    gateways: Mapping[str, int]
    boxes: Mapping[str, HeardAt]
    silences: Mapping[str, SilenceRow]


class Silences:
    """The table of what is told in a ward, one row for each that is silent."""

    def __init__(self, tables: WardTables) -> None:
        self._tables = tables

    @contextmanager
    def alone(self) -> Iterator[WardNow]:
        """How all is; nobody else changes what is told while the block runs."""
        with self._tables.alone_with(_ALONE):
            yield self.now()

    def now(self) -> WardNow:
        """How all is."""
        rows = self._tables.rows
        gateways = rows("SELECT name, seen_s FROM gateways")
        boxes = rows(
            "SELECT heard.device_id, gateway, heard_s, COALESCE(names.name, '') FROM heard"
            " LEFT JOIN names ON names.device_id = heard.device_id"
        )
        silences = rows("SELECT device_id, since_s, told_by, told_s FROM silences")
        return WardNow(
            {name: seen_s for name, seen_s in gateways},
            {device_id: HeardAt(*heard) for device_id, *heard in boxes},
            {about: SilenceRow(*said) for about, *said in silences},
        )

    def begin(self, since_s: Mapping[str, int], gateway: str) -> None:
        """That gateway tells these."""
        self._write(
            "INSERT INTO silences (device_id, since_s, told_by, told_s) VALUES (?, ?, ?, 0)"
            " ON CONFLICT DO NOTHING",
            [(about, since, gateway) for about, since in since_s.items()],
        )

    def take_over(self, about: list[str], gateway: str) -> None:
        """From now on that one does."""
        query = "UPDATE silences SET told_by = ? WHERE device_id = ?"
        self._write(query, [(gateway, each) for each in about])

    def note_told(self, about: list[str], now_s: int) -> None:
        """Its people know by now."""
        query = "UPDATE silences SET told_s = ? WHERE device_id = ?"
        self._write(query, [(now_s, each) for each in about])

    def end(self, about: list[str]) -> None:
        """It is over, and told."""
        self._write("DELETE FROM silences WHERE device_id = ?", [(each,) for each in about])

    def _write(self, query: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            self._tables.write(query, rows)
