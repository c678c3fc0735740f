"""A real PostgreSQL and a real mosquitto of one's own, whose files lie in a folder of their own.

Each listens on this machine only, at a port that is free; `make ward` and the tests start them.
PostgreSQL refuses to be started by root, so somebody else starts it then, to whom its folder is
given.
"""

import contextlib
import shutil
import signal
import socket
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from page.process import Process, as_user, run, unprivileged

USER = "dosebell"
_FOLDERS = "/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin"
# Nothing here outlives whoever starts it, so no disk is waited for.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
}


class MissingError(Exception):
    """A server is not installed here; the sentence says how to install it."""


def check_installed() -> None:
    """Raise `MissingError` for what is not here."""
    of_postgres("initdb")
    of_mosquitto()


class Postgres(Process):
    """A PostgreSQL with these settings besides. It wants that password of `USER`, or lets in
    whoever comes from here; `initdb` are more words for whatever makes its files.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str], password: str = "", *initdb: str
    ) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = free_port()
        self.password = password
        who = unprivileged()
        own = as_user(who, folder)
        made = ["-D", str(self.data), "-U", USER, "-E", "UTF8", "--no-sync", *initdb]
        run([of_postgres("initdb"), *made, *_asking(password, folder, who)], **own)
        said = {**_SETTINGS, **settings, "unix_socket_directories": folder, "port": self.port}
        words = [word for key, value in said.items() for word in ("-c", f"{key}={value}")]
        command = [of_postgres("postgres"), "-D", str(self.data), *words]
        super().__init__(command, folder / "log", self._lets_in, signal.SIGINT, **own)

    def url(self, name: str = "postgres", user: str = USER) -> str:
        """The address of one of its databases, without the password."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{name}"

    def does(self, *statements: str, name: str = "postgres") -> None:
        """Have somebody who may do anything do that in the database of that name."""
        import psycopg

        password = self.password or None
        with psycopg.connect(self.url(name), password=password, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def _lets_in(self) -> bool:
        import psycopg

        with contextlib.suppress(psycopg.OperationalError):
            self.does()
            return True
        return False


class Mosquitto(Process):
    """A mosquitto with these lines of settings besides the port that it listens at; `more` is as
    of `Process`.
    """

    def __init__(self, folder: Path, *lines: str, **more: Any) -> None:
        self.port = free_port()
        settings = folder / "mosquitto.conf"
        listener = f"listener {self.port} 127.0.0.1"
        settings.write_text("".join(f"{line}\n" for line in (listener, *lines)))
        settings.chmod(0o644)
        command = [of_mosquitto(), "-c", str(settings)]
        super().__init__(command, folder / "mosquitto.log", partial(is_open, self.port), **more)


def of_postgres(program: str) -> str:
    """One of its programs. Debian keeps them out of the way, one folder a version. Raises
    `MissingError`.
    """
    packaged = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=_version)
    found = packaged[-1] if packaged else shutil.which(program)
    if found is None:
        raise MissingError(f"No PostgreSQL is here. To install it: {_install('postgresql')}")
    return str(Path(found).resolve())


def of_mosquitto() -> str:
    """Its program. Raises `MissingError`."""
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path=_FOLDERS)
    if found is None:
        raise MissingError(f"No mosquitto is here. To install it: {_install('mosquitto')}")
    return found


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def _asking(password: str, folder: Path, who: str) -> list[str]:
    """What initdb is told of who is let in."""
    if not password:
        return ["-A", "trust"]
    file = folder / "password"
    file.touch(0o600)
    file.write_text(password, encoding="utf-8")
    if who:
        shutil.chown(file, who)
    return ["-A", "scram-sha-256", f"--pwfile={file}"]


def _version(path: Path) -> float:
    return float(path.parts[-3]) if path.parts[-3].replace(".", "", 1).isdigit() else 0.0


def _install(package: str) -> str:
    if sys.platform == "darwin":
        return f"brew install {package}"
    if shutil.which("dnf"):
        return f"sudo dnf install {package}{'-server' if package == 'postgresql' else ''}"
    return f"sudo apt install {package}"
