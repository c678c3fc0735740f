"""The same history in a file of SQLite's, and in a PostgreSQL: what holds of one holds of both.

    pytestmark = ON_BOTH        # of a whole file, or @ON_BOTH of one test

What a test opens in a folder by `laptop.opened` is then in a database, one a folder.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import laptop
import postgres
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.tables.tables import Tables
from dosebell_host.talk import Note

ON_BOTH = pytest.mark.usefixtures("engine")


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> Iterator[str]:
    """Which one this test runs on."""
    if request.param == "sqlite":
        yield "sqlite"
        return
    urls: dict[Path, str] = {}
    postgres.server()

    def in_a_database(folder: Path, note: Note, **options: Any) -> Tables:
        if folder not in urls:
            urls[folder] = postgres.new_ward()
        return PostgresTables(urls[folder])

    with laptop.keeping(in_a_database):
        yield "postgres"
