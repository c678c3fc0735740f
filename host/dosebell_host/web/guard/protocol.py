"""How a connection is held before it is a request: in time, in number, and with the headers.

uvicorn waits for ever for the head of a request, and answers what is no HTTP by itself.
"""

import asyncio
from collections import Counter
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from dosebell_host.web.guard.bounds import Bounds
from dosebell_host.web.guard.headers import RAW_HEADERS

# The addresses from which only this machine asks.
_HERE = ("127.0.0.1", "::1")
# The address and all headers of a request.
LONGEST_HEAD = 16_384
_NO_HTTP = b"".join(
    [
        b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n",
        b"content-type: text/plain; charset=utf-8\r\n",
        *(b"%s: %s\r\n" % each for each in RAW_HEADERS),
        b"\r\n",
    ]
)


class GuardedProtocol(H11Protocol):
    """HTTP/1.1 with a limit on how long a head may take, and on how many connections there are."""

    _head_ends: asyncio.TimerHandle | None = None

    @property
    def _bounds(self) -> Bounds:
        app: Any = self.config.app
        bounds: Bounds = app.state.bounds
        return bounds

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """One more connection, which is dropped where there are too many."""
        super().connection_made(transport)  # type: ignore[arg-type]
        if self._is_one_too_many():
            self.transport.abort()
        self._expect_head()

    def data_received(self, data: bytes) -> None:
        """Some bytes: a head, a body, or nothing that is one yet."""
        super().data_received(data)
        self._expect_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The end of it."""
        self._forget_head()
        super().connection_lost(exc)

    def send_400_response(self, msg: str) -> None:
        """The answer to what is no HTTP."""
        # A part of an answer may be on its way already.
        cycle = self.cycle
        if cycle is None or cycle.response_complete or not cycle.response_started:
            self.transport.write(_NO_HTTP + msg.encode("ascii"))
        self.transport.close()

    def _is_one_too_many(self) -> bool:
        bounds, own = self._bounds, _address(self)
        counted = Counter(map(_address, self.connections))
        if own in _HERE:
            return counted.total() > bounds.connections
        from_elsewhere = counted.total() - sum(counted[each] for each in _HERE)
        return (
            counted.total() > bounds.connections
            or from_elsewhere > bounds.connections_from_elsewhere
            or counted[own] > bounds.connections_from_one_address
        )

    def _expect_head(self) -> None:
        """Let the time for a head run from its first moment on until it is whole."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._forget_head()
        elif self._head_ends is None:
            self._head_ends = self.loop.call_later(
                self._bounds.head_within_s, self.transport.close
            )

    def _forget_head(self) -> None:
        if self._head_ends is not None:
            self._head_ends.cancel()
            self._head_ends = None


def _address(connection: Any) -> str:
    """From where it comes; "" where it has gone already."""
    return str(connection.client[0]) if connection.client else ""
