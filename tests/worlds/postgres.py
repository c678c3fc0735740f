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
import signal
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

from dosebell_host import __version__
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.ward import schema
from mosquitto import free_port
from waiting import HANG_S

_NEEDED = "DOSEBELL_NEEDS_DATABASE"
_NO_DATABASE = "no PostgreSQL is here to ask: apt-get install postgresql"
# It refuses to be started by root, so that must be somebody else.
_NOT_ROOT = ("postgres", "nobody")
# Nothing of it outlives the tests, so no disk is waited for.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
USER = "dosebell"
_WARD = "ward"
_numbers = count(1)


def is_here() -> bool:
    """Whether there is one to ask."""
    return _initdb() is not None


def _initdb() -> str | None:
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)
    return shutil.which("initdb") or next(map(str, packaged), None)


def programs() -> Path:
    """The folder of its programs; without one the test ends here."""
    found = _initdb()
    if found is None:
        assert not os.environ.get(_NEEDED), _NO_DATABASE
        pytest.skip(_NO_DATABASE)
    return Path(found).resolve().parent


def _as_nobody_special() -> tuple[list[str], str]:
    """What comes before a command for somebody else than root to run it, and who that is."""
    if os.geteuid() != 0:
        return [], ""
    import pwd

    known = {each.pw_name: each for each in pwd.getpwall()}
    who = known[next(name for name in _NOT_ROOT if name in known)]
    ids = [f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups"]
    # Where the tests are killed, it ends, too.
    ids.append("--pdeathsig=INT")
    return ["setpriv", *ids, "--"], who.pw_name


class Postgres:
    """One server, whose files are in that folder; whoever comes from here is let in."""

    def __init__(self, folder: Path) -> None:
        self.programs = programs()
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self._before, who = _as_nobody_special()
        if who:
            shutil.chown(folder, who)
        self._run("initdb", "-D", self.data, "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        said = {**_SETTINGS, "port": self.port, "listen_addresses": "127.0.0.1"}
        said["unix_socket_directories"] = self.folder
        words = [word for key, value in said.items() for word in ("-c", f"{key}={value}")]
        command = [*self._before, str(self.programs / "postgres"), "-D", str(self.data), *words]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, start_new_session=True
            )
        ready = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode != 0:
            assert self.process.poll() is None, (self.folder / "log").read_text()

    def end(self, number: int = signal.SIGINT) -> None:
        """Stop it: at once, but in good order, or killed."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(HANG_S)
            self.process = None

    def url(self, name: str = "postgres", user: str = USER) -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def does(self, *statements: str, name: str = "postgres") -> None:
        """Have somebody who may do anything do that."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def new_database(self, template: str = "template0") -> str:
        """The address of a new one, in which is what is in that one: nothing."""
        name = f"test_{next(_numbers)}"
        self.does(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def _run(self, program: str, *words: "str | Path") -> None:
        command = [*self._before, self.programs / program, *words]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)


@cache
def server() -> Postgres:
    """The one of all tests of this process."""
    folder = Path(tempfile.mkdtemp(prefix="dosebell-postgres-"))
    made = Postgres(folder)

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
    return server().new_database()


def new_ward() -> str:
    """The address of a new one with the tables of a ward, and nothing in them."""
    _make_template()
    return server().new_database(_WARD)


@cache
def _make_template() -> None:
    server().does(f"CREATE DATABASE {_WARD}")
    tables = PostgresTables(server().url(_WARD))
    schema.init(tables, __version__)
    tables.close()
