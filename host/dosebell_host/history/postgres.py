"""The history of a whole ward, in a PostgreSQL that many machines share.

One connection, which is made when it is first needed, and made anew where it broke. Threads of one
process take turns at it. Everything lies in a namespace of its own, so that nothing of another
program in that database is touched.

Whatever goes wrong there is the home's to put right: it leaves as one sentence that says what and
where, and no password is ever in it.
"""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from dosebell_host.errors import UserError
from dosebell_host.wording import printable

if TYPE_CHECKING:
    import psycopg

Result = TypeVar("Result")

NAMESPACE = "dosebell"

# Where many rows fail the driver logs what it gives up besides, and Python shows that to a person
# where nobody takes it. The error itself is told in a sentence.
logging.getLogger("psycopg").addHandler(logging.NullHandler())

# A machine that went to sleep, or lost its network, in the middle of something lets go of it.
_OPTIONS = f"-c search_path={NAMESPACE} -c idle_in_transaction_session_timeout=60000"
_SETTINGS = {
    "application_name": NAMESPACE,
    "client_encoding": "UTF8",
    "connect_timeout": "10",
    "keepalives_idle": "20",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_INSTALL = "pip install 'dosebell[ward]'"

_START = "start it, or put the address right"
_PASSWORD = "put it into the [[database]] entry, PGPASSWORD or ~/.pgpass"

# By SQLSTATE, or the class that it begins with: what is wrong, and what to do. What a server
# refuses at its door has no such code, and is known by its words.
_TROUBLES = {
    "08": ("the connection broke", "it is tried again when the network is there"),
    "28": ("{user} is not let in", "make that role there, and allow it in pg_hba.conf"),
    "28P01": ("that password is wrong", _PASSWORD),
    "SECRET": ("it asks for a password, and none was sent", _PASSWORD),
    "25006": ("it can only be read", "use the address of the server that is written to"),
    "3D000": ("there is no such database", "make it with createdb"),
    "42501": ("{user} may not do that there", "have its owner GRANT it the right"),
    "53": ("it has no room for more programs", "stop some, or raise max_connections"),
    "53100": ("its disk is full", "make room there"),
    "57": ("it was just stopped or started", "try again when it is there"),
    "TLS": ("it does not encrypt", "set ssl = on there, or leave sslmode out of the address"),
    "CA": (
        "its certificate is not believed ({words})",
        "name the file of the one that signed it: ?sslmode=verify-full&sslrootcert=FILE",
    ),
    "ADDRESS": ("what its address says is not understood ({words})", "put the address right"),
    "": ("it could not do that ({words})", "look at the log of that server"),
}
_AT_THE_DOOR = {
    "does not support SSL": "TLS",
    "certificate": "CA",
    "password authentication failed": "28P01",
    "no password supplied": "SECRET",
    "authentication failed": "28",
    "no pg_hba.conf entry": "28",
    "not permitted to log in": "28",
    'role "': "28",
    'database "': "3D000",
    "connection slots": "53",
    "too many clients": "53",
    "the database system is": "57",
    "invalid ": "ADDRESS",
    "bad value for": "ADDRESS",
    "weak sslmode": "ADDRESS",
}


class PostgresTables:
    """The tables in the database at `url`, which holds no password.

    Without `password` that of PGPASSWORD or ~/.pgpass is used. `check` is called with the tables
    at each new connection; it raises `UserError` where they are not what they should be. What
    takes the server longer than `limit_s` seconds is given up by itself, where that is not 0.
    """

    def __init__(
        self,
        url: str,
        password: str = "",
        check: "Callable[[PostgresTables], None]" = lambda tables: None,
        limit_s: float = 0.0,
    ) -> None:
        self.url = url
        self._password = password
        self._check = check
        self._limit_ms = round(1000 * limit_s)
        self._connection: psycopg.Connection | None = None
        # Held by one thread for as long as it is alone with something.
        self._turn = threading.RLock()
        self._depth = 0

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """The rows that a query finds; each `?` in it stands for one of the values."""
        return self._asked_again(
            lambda connection: connection.execute(_spelled(query), values).fetchall()
        )

    def write(self, query: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Do the same with each of the rows: all of it or nothing."""
        with self._told() as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.executemany(_spelled(query), rows)

    @contextmanager
    def alone_with(self, name: str) -> Iterator[None]:
        """Everything in the block is done or nothing, and no other program is in such a block of
        that name.
        """
        with self._told() as connection, connection.transaction():
            connection.execute(_LOCK, [name])
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    def close(self) -> None:
        """Leave the database to others."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _asked_again(self, step: "Callable[[psycopg.Connection], Result]") -> Result:
        """What a question finds, also where the server was started anew since the last one."""
        with self._turn:
            was_connected = self._connection is not None and not self._depth
            try:
                with self._told() as connection:
                    return step(connection)
            except UserError:
                if not (was_connected and self._connection is None):
                    raise
            with self._told() as connection:
                return step(connection)

    @contextmanager
    def _told(self) -> "Iterator[psycopg.Connection]":
        """The connection, whose errors are told in a sentence; one that broke is given up."""
        with self._turn:
            connection = self._connection or self._connected()
            import psycopg

            try:
                yield connection
            except (psycopg.Error, UnicodeEncodeError) as error:
                raise trouble(self.url, error) from None
            finally:
                if connection.closed and self._connection is connection:
                    self._connection = None

    def _connected(self) -> "psycopg.Connection":
        _need_driver()
        import psycopg

        try:
            connection = psycopg.connect(self._all_said(), autocommit=True)
        except (psycopg.Error, UnicodeEncodeError) as error:
            raise trouble(self.url, error) from None
        self._connection = connection
        try:
            self._check(self)
        except BaseException:
            self.close()
            raise
        return connection

    def _all_said(self) -> str:
        """What a connection is made with: the address, and what it leaves open."""
        from psycopg.conninfo import conninfo_to_dict, make_conninfo

        said = conninfo_to_dict(self.url)
        own = f"{_OPTIONS} -c statement_timeout={self._limit_ms}" if self._limit_ms else _OPTIONS
        options = {"options": f"{said.get('options') or ''} {own}".strip()}
        secret = {"password": self._password} if self._password else {}
        return make_conninfo("", **{**_SETTINGS, **said, **options, **secret})


def _need_driver() -> None:
    """Raise `UserError` where it is not installed."""
    if find_spec("psycopg") is None:
        what = "a ward's database needs psycopg, which is not installed here"
        raise UserError(what, fix=f"type {_INSTALL}", code="install")


def _spelled(query: str) -> Any:
    """The query as psycopg wants it: these are constants of ours, with no `?` in a text."""
    return query.replace("%", "%%").replace("?", "%s")


def trouble(url: str, error: Exception) -> UserError:
    """What an error of psycopg means for whoever keeps the database at that address."""
    words = printable(str(error).strip().partition("\n")[0])
    state = getattr(error, "sqlstate", None)
    if state is None:
        found = [known for part, known in _AT_THE_DOOR.items() if part in words]
        if not found and ("connection" in words or "resolve" in words):
            reason = words.rpartition("failed: ")[2]
            return _user_error(url, f"no database answers there ({reason})", _START)
        state = next(iter(found), None)
    known = next(key for key in (state or "", (state or "")[:2], "") if key in _TROUBLES)
    what, fix = _TROUBLES[known]
    return _user_error(url, what.format(user=_user_of(url), words=words), fix)


def _user_error(url: str, what: str, fix: str) -> UserError:
    return UserError(what, where=url, fix=fix, code="database")


def _user_of(url: str) -> str:
    """Who it is for the server, as far as the address says it."""
    return urlsplit(url).username or "this user"
