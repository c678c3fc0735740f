"""Bytes on a real connection, as no browser sends them, and what comes back."""

import contextlib
import socket
from collections.abc import Iterable

WITHIN_S = 30.0


def answer_to(port: int, sent: bytes, body: Iterable[bytes] = ()) -> str:
    """What the server at that port of this machine says to these bytes, until it ends; it may end
    before it has taken all of them.
    """
    with socket.create_connection(("127.0.0.1", port), WITHIN_S) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(sent)
            for piece in body:
                connection.sendall(piece)
        return _all_of(connection)


def request(*lines: str, host: str | None = None, body: bytes = b"") -> bytes:
    """A request as bytes; `host` adds the header of that name, and the connection is closed."""
    named = [f"Host: {host}"] if host else []
    head = "\r\n".join([*lines, *named, "Connection: close", "", ""])
    return head.encode("latin-1") + body


def status_of(answer: str) -> int:
    """The status of an answer; 0 where there is none."""
    return int(answer.split(" ", 2)[1]) if answer.startswith("HTTP/") else 0


def chunked(pieces: Iterable[bytes]) -> Iterable[bytes]:
    """A body that does not say how long it is."""
    for piece in pieces:
        yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def _all_of(connection: socket.socket) -> str:
    found = b""
    with contextlib.suppress(ConnectionError):
        while data := connection.recv(65536):
            found += data
    return found.decode("latin-1")
