"""A `[[database]]` of the settings, or an address on the command line in place of one."""

import platform
import re

from dosebell_host.errors import UsageError
from dosebell_host.schedule.fields import Table, key
from dosebell_host.schedule.values import Wrong, show
from dosebell_host.ward.address import checked_address, place
from dosebell_host.watch.secret import secret

_LONGEST_NAME = 32
_NAME = re.compile(rf"[a-z0-9]([a-z0-9-]{{0,{_LONGEST_NAME - 2}}}[a-z0-9])?", re.ASCII)
_NO_NAME = re.compile(r"[^a-z0-9]+", re.ASCII)
_EXAMPLE = "postgresql://dosebell@db.local/ward"


def _url(value: object) -> str:
    """It is not shown where it is wrong: there may be a password in it."""
    try:
        return checked_address(value if isinstance(value, str) else "")
    except UsageError as error:
        raise Wrong(error.message, error.fix or "") from None


def _gateway(value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        fix = f"write 1 to {_LONGEST_NAME} of a-z, 0-9 and -"
        raise Wrong(f"{show(value)} cannot be the name of a gateway", fix)
    return value


class DatabaseEntry(Table):
    """One database, and what this machine is called there."""

    url: str = key(_url, example=f'url = "{_EXAMPLE}"')
    password: str = key(secret, default="")
    # "" for the name of the machine.
    gateway: str = key(_gateway, default="")

    def __repr__(self) -> str:
        """Without what it holds, for that may be a password."""
        return f"DatabaseEntry({self.address})"

    @property
    def address(self) -> str:
        """What messages call the database: the machine, its port and the name there."""
        return place(self.url)

    @property
    def gateway_name(self) -> str:
        """What this machine is called there."""
        return self.gateway or name_of_machine(platform.node())


def name_of_machine(node: str) -> str:
    """The name of a gateway that is made of that of its machine."""
    plain = _NO_NAME.sub("-", node.partition(".")[0].lower()).strip("-")
    return plain[:_LONGEST_NAME].strip("-") or "gateway"


def name_of_entry(entry: DatabaseEntry) -> str:
    """It stays as long as the database does."""
    return f"database {entry.address}"


def of_address(address: str) -> DatabaseEntry:
    """The entry that `postgresql://USER@HOST:PORT/NAME` stands for.

    Raises `UsageError` where it is none, or holds a password, which it does not repeat.
    """
    url = checked_address(address)
    return DatabaseEntry(url=url)
