"""Where the page listens: this machine alone, or also its addresses on a home network."""

import errno
import ipaddress
import os
import socket
import sys
from collections.abc import Iterable
from contextlib import ExitStack, suppress

from dosebell_host.errors import UserError

DEFAULT_PORT = 8722
# So many ports after the default one are tried.
_TRIED = 50
_BACKLOG = 128
# No packet goes there: it only says which way one would take.
_SOMEWHERE = ("192.0.2.1", 9)
_TAKEN = (errno.EADDRINUSE, errno.EACCES)
# Addresses that providers share out behind one, and that private networks between houses use.
_SHARED = ipaddress.ip_network("100.64.0.0/10")


def lan_addresses() -> tuple[str, ...]:
    """The addresses of this machine on a network that is no part of the internet, the one that
    leads out first. Raises `UserError` where there is none.
    """
    found = [each for each in dict.fromkeys(_addresses()) if is_private(each)]
    if not found:
        fix = "join your home network, or start it without --lan"
        raise UserError("this machine has no address on a home network", fix=fix, code="lan")
    return tuple(found)


def is_private(address: str) -> bool:
    """Whether only a network at home has it: not the internet, and not this machine alone."""
    read = ipaddress.IPv4Address(address)
    here = read.is_loopback or read.is_link_local or read.is_unspecified
    return not here and (read.is_private or read in _SHARED)


def listening(
    port: int | None, lan: Iterable[str] = (), default: int = DEFAULT_PORT, tried: int = _TRIED
) -> list[socket.socket]:
    """Sockets that listen at one port: the one asked for, else the first free one of those `tried`
    from the default on. Raises `UserError` where there is none.
    """
    asked = [port] if port is not None else range(default, default + tried)
    trouble = ""
    for each in asked:
        try:
            return _bound(each, ("127.0.0.1", *lan))
        except OSError as error:
            trouble = os.strerror(error.errno or 0)
            if error.errno not in _TAKEN:
                break
    message = f"port {asked[0]} cannot be had ({trouble})"
    fix = "name another one, or leave --listen out"
    raise UserError(message, where="--listen", fix=fix, code="tcp")


def port_of(sockets: list[socket.socket]) -> int:
    """The port at which they listen."""
    port: int = sockets[0].getsockname()[1]
    return port


def _bound(port: int, addresses: Iterable[str]) -> list[socket.socket]:
    with ExitStack() as undone:
        made = []
        for address in addresses:
            made.append(undone.enter_context(_listener(socket.AF_INET, address, port)))
            port = port_of(made)
        # Where a browser takes localhost for ::1. Not every machine has it.
        with suppress(OSError):
            made.append(undone.enter_context(_listener(socket.AF_INET6, "::1", port)))
        undone.pop_all()
        return made


def _listener(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        # On Windows the same word lets two programs have one port.
        if sys.platform != "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((address, port))
        made.listen(_BACKLOG)
    except BaseException:
        made.close()
        raise
    return made


def _addresses() -> Iterable[str]:
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as out:
        out.connect(_SOMEWHERE)
        yield str(out.getsockname()[0])
    with suppress(OSError):
        for *_, where in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            yield str(where[0])
