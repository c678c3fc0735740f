"""A real PostgreSQL and a real mosquitto of one's own, in folders that are gone afterwards.

Each listens on this machine only, at a port that is free. The broker lets everybody in, for it is
told nothing of a person; the database wants a password that nobody else knows.
"""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
from psycopg import sql

from page.ending import pause

USER = "dosebell"
_FOLDERS = "/usr/sbin:/usr/local/sbin:/opt/homebrew/sbin"
# Servers that root may not start are started by one of these.
_NOT_ROOT = ("postgres", "nobody")
# Nothing here outlives the demonstration, so no disk is waited for.
_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "127.0.0.1",
    "max_connections": "30",
}
_BEGINS_WITHIN_S = 30.0
_ENDS_WITHIN_S = 10.0


class MissingError(Exception):
    """A server is not installed here; the sentence says how to install it."""


class Database(NamedTuple):
    """Where it is, without its password."""

    url: str
    password: str


def check_installed() -> None:
    """Raise `MissingError` for what is not here."""
    _of_postgres("initdb")
    _mosquitto()


@contextlib.contextmanager
def postgres(name: str) -> Iterator[Database]:
    """An empty database of that name, in a server of its own, while the block runs."""
    port, password, who = free_port(), secrets.token_hex(16), _who()
    with _folder("dosebell-postgres-", who) as folder:
        secret = folder / "password"
        secret.write_text(password, encoding="utf-8")
        secret.chmod(0o600)
        if who:
            shutil.chown(secret, who)
        _run(who, folder, "initdb", "-D", "data", "-U", USER, f"--pwfile={secret}", *_INITDB)
        said = {**_SETTINGS, "port": port, "unix_socket_directories": folder}
        words = [word for key, value in said.items() for word in ("-c", f"{key}={value}")]
        command = [str(_of_postgres("postgres")), "-D", str(folder / "data"), *words]
        at = f"postgresql://{USER}@127.0.0.1:{port}"
        own = Database(f"{at}/postgres", password)
        made = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        with process(
            command, folder / "log", partial(_lets_in, own), signal.SIGINT, **_as(who, folder)
        ):
            with psycopg.connect(own.url, password=password, autocommit=True) as asked:
                asked.execute(made)
            yield Database(f"{at}/{name}", password)


@contextlib.contextmanager
def mosquitto() -> Iterator[int]:
    """The port of a broker that keeps nothing, while the block runs."""
    port, who = free_port(), _who()
    with _folder("dosebell-mosquitto-", who) as folder:
        settings = folder / "mosquitto.conf"
        settings.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
        settings.chmod(0o644)
        command = [_mosquitto(), "-c", str(settings)]
        with process(command, folder / "log", partial(_is_open, port), **_as(who, folder)):
            yield port


def at_once() -> bool:
    """Of a process that nobody waits for."""
    return True


@contextlib.contextmanager
def process(
    command: Sequence[str],
    log: Path,
    is_there: Callable[[], bool] = at_once,
    ends_by: int = signal.SIGTERM,
    **more: Any,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process, once it `is_there`, until the block ends. Ctrl-C here is none there."""
    with log.open("ab") as file:
        started = subprocess.Popen(
            [*_ending_with_this(ends_by), *command],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            **more,
        )
    try:
        _wait_for(started, is_there, log)
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            started.send_signal(ends_by)
        try:
            started.wait(_ENDS_WITHIN_S)
        except subprocess.TimeoutExpired:
            started.kill()
            started.wait()


def _ending_with_this(ends_by: int) -> list[str]:
    """What comes before a command for it to be told by the system where this process is killed;
    that is Linux with util-linux.
    """
    if not sys.platform.startswith("linux") or not shutil.which("setpriv"):
        return []
    return ["setpriv", f"--pdeathsig={signal.Signals(ends_by).name.removeprefix('SIG')}", "--"]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(started: "subprocess.Popen[bytes]", is_there: Callable[[], bool], log: Path) -> None:
    until_s = time.monotonic() + _BEGINS_WITHIN_S
    while not is_there():
        if started.poll() is not None or time.monotonic() > until_s:
            said = log.read_text(encoding="utf-8", errors="replace")
            raise RuntimeError(f"a server does not start: {said}")
        pause(0.05)


def _lets_in(database: Database) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(database.url, password=database.password).close()
        return True
    return False


def _is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextlib.contextmanager
def _folder(prefix: str, who: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=prefix) as name:
        if who:
            shutil.chown(name, who)
        yield Path(name)


def _who() -> str:
    """Who runs the servers: "" for whoever starts this, but not root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return ""
    import pwd

    known = {each.pw_name for each in pwd.getpwall()}
    return next(name for name in _NOT_ROOT if name in known)


def _as(who: str, folder: Path) -> dict[str, Any]:
    own: dict[str, Any] = {"cwd": folder}
    if who:
        import pwd

        own |= {"user": who, "group": pwd.getpwnam(who).pw_gid, "extra_groups": []}
    return own


_INITDB = ("-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "--no-sync")


def _run(who: str, folder: Path, program: str, *words: str) -> None:
    # Ctrl-C here is none there, for half of what it makes would be told as a failure.
    done = subprocess.run(
        [str(_of_postgres(program)), *words],
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        capture_output=True,
        text=True,
        check=False,
        **_as(who, folder),
    )
    if done.returncode:
        raise RuntimeError(f"{program} fails: {done.stderr}")


def _of_postgres(program: str) -> Path:
    """One of its programs. Debian keeps them out of the way, one folder a version."""
    packaged = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=_version)
    found = packaged[-1] if packaged else shutil.which(program)
    if found is None:
        raise MissingError(f"No PostgreSQL is here. To install it: {_install('postgresql')}")
    return Path(found).resolve()


def _version(path: Path) -> float:
    return float(path.parts[-3]) if path.parts[-3].replace(".", "", 1).isdigit() else 0.0


def _mosquitto() -> str:
    found = shutil.which("mosquitto") or shutil.which("mosquitto", path=_FOLDERS)
    if found is None:
        raise MissingError(f"No mosquitto is here. To install it: {_install('mosquitto')}")
    return found


def _install(package: str) -> str:
    if sys.platform == "darwin":
        return f"brew install {package}"
    if shutil.which("dnf"):
        return f"sudo dnf install {package}{'-server' if package == 'postgresql' else ''}"
    return f"sudo apt install {package}"
