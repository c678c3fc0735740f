"""Where clients reach a virtual Pico: a pseudo-terminal, or TCP on this machine alone.

What a client leaves unread is kept up to a limit and then dropped by whole lines, as a board
drops what nobody takes from its USB.
"""

import contextlib
import socket
from abc import ABC, abstractmethod
from itertools import islice
from selectors import EVENT_READ, BaseSelector

from dosebell_host.wording import BUSY

READ_BYTES = 4096
MAX_UNSENT_BYTES = 16_384
# How a line begins that a web page sends, whatever it holds further on; no frame begins so.
HTTP_VERBS = tuple(
    f"{verb} ".encode()
    for verb in "GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH PRI".split()
)
_LONGEST_VERB_BYTES = max(map(len, HTTP_VERBS))
LOCALHOST = "127.0.0.1"
# So much is read at once of a client that may have gone: a megabyte.
MAX_LAST_READS = 256


class Endpoint(ABC):
    """One way in. `url` is what pyserial opens."""

    url: str

    def __init__(self) -> None:
        self._unsent = bytearray()

    @abstractmethod
    def attach(self, selector: BaseSelector) -> None:
        """Register what there is to wait for; the data of each key is a callable -> bytes."""

    @abstractmethod
    def close(self) -> None: ...

    @abstractmethod
    def _write(self, data: bytes) -> int:
        """Send what fits now; BlockingIOError where nothing does."""

    def send(self, data: bytes) -> None:
        """Send now, or as soon as the client reads; too much of it is dropped."""
        if len(self._unsent) + len(data) <= MAX_UNSENT_BYTES:
            self._unsent += data
        self.flush()

    def flush(self) -> bool:
        """Send what is left; whether anything still is."""
        with contextlib.suppress(OSError):
            while self._unsent:
                del self._unsent[: self._write(bytes(self._unsent))]
        return bool(self._unsent)


class NoEndpoint(Endpoint):
    """No way in: the box belongs to this process alone, and no command finds it."""

    url = ""

    def attach(self, selector: BaseSelector) -> None:
        """There is nothing to wait for."""

    def close(self) -> None:
        """There is nothing to close."""

    def _write(self, data: bytes) -> int:
        return len(data)


class TcpEndpoint(Endpoint):
    """A socket on 127.0.0.1. One client at a time, as on a serial port; others hear that it is
    busy. Whoever speaks HTTP is a browser with somebody's page in it, and is not listened to.
    """

    def __init__(self, port: int = 0) -> None:
        super().__init__()
        self._listener = socket.create_server((LOCALHOST, port))
        self._listener.setblocking(False)
        self._client: socket.socket | None = None
        self._selector: BaseSelector | None = None
        # One that came while another was served, until it has been told.
        self._waiting: socket.socket | None = None
        # How the line begins that the client is about to end.
        self._line = b""
        self.url = f"socket://{LOCALHOST}:{self._listener.getsockname()[1]}"

    def attach(self, selector: BaseSelector) -> None:
        self._selector = selector
        selector.register(self._listener, EVENT_READ, self._accept)

    def close(self) -> None:
        self._hang_up()
        self._forget_waiting()
        self._listener.close()

    def _accept(self) -> bytes:
        try:
            client, _ = self._listener.accept()
        except OSError:
            return b""
        # The client before may have gone already: behind its last words stands its farewell.
        last_words = b"".join(islice(iter(self._receive, b""), MAX_LAST_READS))
        if self._client is not None:
            self._turn_away(client)
            return last_words
        client.setblocking(False)
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._client = client
        if self._selector is not None:
            self._selector.register(client, EVENT_READ, self._receive)
        return last_words

    def _receive(self) -> bytes:
        if self._client is None:
            return b""
        try:
            data = self._client.recv(READ_BYTES)
        except BlockingIOError:
            return b""
        except OSError:
            data = b""
        if not data or self._speaks_http(data):
            self._hang_up()
            return b""
        return data

    def _speaks_http(self, data: bytes) -> bool:
        lines = (self._line + data).split(b"\n")
        self._line = lines[-1][:_LONGEST_VERB_BYTES]
        return any(line.startswith(HTTP_VERBS) for line in lines)

    def _write(self, data: bytes) -> int:
        # Without a client nobody reads, and nothing is kept for the next one.
        return len(data) if self._client is None else self._client.send(data)

    def _hang_up(self) -> None:
        if self._client is not None and self._selector is not None:
            self._selector.unregister(self._client)
            self._client.close()
        self._client = None
        self._line = b""
        self._unsent.clear()

    def _turn_away(self, client: socket.socket) -> None:
        """Say that it is busy, and once more when the client speaks: pyserial forgets what comes
        before that.
        """
        self._forget_waiting()
        client.setblocking(False)
        self._waiting = client
        _say_busy(client)
        if self._selector is not None:
            self._selector.register(client, EVENT_READ, self._turn_away_again)

    def _turn_away_again(self) -> bytes:
        if self._waiting is not None:
            with contextlib.suppress(OSError):
                # With something unread, closing would take back what is said now.
                self._waiting.recv(READ_BYTES)
            _say_busy(self._waiting)
        self._forget_waiting()
        return b""

    def _forget_waiting(self) -> None:
        if self._waiting is not None and self._selector is not None:
            self._selector.unregister(self._waiting)
            self._waiting.close()
        self._waiting = None


def _say_busy(client: socket.socket) -> None:
    with contextlib.suppress(OSError):
        client.sendall(f"{BUSY}\n".encode())
