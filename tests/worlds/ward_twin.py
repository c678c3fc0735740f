"""The ward's tables in memory, for where no server is: the same SQL, on SQLite.

ward = Ward(TwinTables(), now=lambda: 1795323600.0)
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from dosebell_host.history import sqlite
from dosebell_host.ward import schema

# How SQLite tells when a record was written.
_WRITTEN_S = sqlite.MIGRATIONS[2].partition("ALWAYS AS (")[2].partition(") VIRTUAL")[0]


def _compared(one: str, other: str) -> int:
    return (one > other) - (one < other)


class TwinTables:
    """As `PostgresTables`, for one program."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        self._database.create_collation("C", _compared)
        self._depth = 0
        for migration in schema.MIGRATIONS:
            self._database.executescript(migration.replace(schema.WRITTEN_S, _WRITTEN_S))

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        return self._database.execute(query, values).fetchall()

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self.alone_with("all"):
            self._database.executemany(query, rows)

    @contextmanager
    def alone_with(self, name: str) -> Iterator[None]:
        if self._depth:
            yield
            return
        self._database.execute("BEGIN IMMEDIATE")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        else:
            self._database.execute("COMMIT")
        finally:
            self._depth -= 1

    def close(self) -> None:
        self._database.close()
