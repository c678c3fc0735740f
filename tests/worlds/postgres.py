"""A real PostgreSQL of its own, in a folder that is gone afterwards; each test has a new database.

    url = new_database()                # postgresql://dosebell@127.0.0.1:40123/test_7
    url = new_ward()                    # with the tables of a ward in it

It is started when a test first needs one, on a port that is free, and stopped with the tests.
Where there is none a test that needs one is skipped, unless `DOSEBELL_NEEDS_DATABASE` is set, as
where the project is built.
"""

import atexit
import os
import shutil
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from dosebell_host import __version__
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.ward import schema
from page.servers import MissingError, Postgres, of_postgres

_NEEDED = "DOSEBELL_NEEDS_DATABASE"
_NO_DATABASE = "no PostgreSQL is here to ask: apt-get install postgresql"
_SETTINGS = {"max_connections": "60", "shared_buffers": "64MB", "timezone": "UTC"}
_WARD = "ward"
_numbers = count(1)


def is_here() -> bool:
    """Whether there is one to ask."""
    try:
        return bool(of_postgres("initdb"))
    except MissingError:
        return False


def check_here() -> None:
    """Without one the test ends here."""
    if not is_here():
        assert not os.environ.get(_NEEDED), _NO_DATABASE
        pytest.skip(_NO_DATABASE)


@cache
def server() -> Postgres:
    """The one of all tests of this process, which lets in whoever comes from here."""
    check_here()
    made = Postgres(Path(tempfile.mkdtemp(prefix="dosebell-postgres-")), _SETTINGS)
    atexit.register(stop_server)
    made.start()
    return made


def stop_server() -> None:
    """The end of it, where there is one; conftest.py sees to that, or the end of the program."""
    if server.cache_info().currsize:
        server().end()
        shutil.rmtree(server().folder, ignore_errors=True)
        server.cache_clear()
        _make_template.cache_clear()


def new_database() -> str:
    """The address of a new database in the server of all tests."""
    return _new_database("template0")


def new_ward() -> str:
    """The address of a new one with the tables of a ward, and nothing in them."""
    _make_template()
    return _new_database(_WARD)


def _new_database(template: str) -> str:
    """In which is what is in that one."""
    name = f"test_{next(_numbers)}"
    server().does(f"CREATE DATABASE {name} TEMPLATE {template}")
    return server().url(name)


@cache
def _make_template() -> None:
    server().does(f"CREATE DATABASE {_WARD}")
    tables = PostgresTables(server().url(_WARD))
    schema.init(tables, __version__)
    tables.close()
