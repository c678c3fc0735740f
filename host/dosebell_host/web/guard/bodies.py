"""How much a request may send, and how long it may take: read whole before a page is asked.

What is too large is refused by what it says of its length; where it says none, as soon as more
has come than fits.
"""

import asyncio

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dosebell_host.web.guard.refusal import refusal

# The largest schedule that a box takes, written out as a form, is a quarter of this.
MOST_BYTES = 1_000_000
WITHIN_S = 10.0


class _TooLargeError(Exception):
    """More has come than a page takes."""


class BodyGuard:
    """Reads the body and hands it on as `request.state.body`."""

    def __init__(self, app: ASGIApp, within_s: float = WITHIN_S) -> None:
        self._app = app
        self._within_s = within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            _check_length(scope)
            body = await asyncio.wait_for(_body(receive), self._within_s)
        except _TooLargeError:
            answer = refusal(413, "That is more than this page takes.")
        except TimeoutError:
            answer = refusal(408, "That took too long to arrive; send it again.")
        except ClientDisconnect:
            return
        else:
            scope.setdefault("state", {})["body"] = body
            await self._app(scope, receive, send)
            return
        await answer(scope, receive, send)


def _check_length(scope: Scope) -> None:
    for name, value in scope["headers"]:
        if name == b"content-length" and not _is_short(value):
            raise _TooLargeError


def _is_short(length: bytes) -> bool:
    # Python reads no number of thousands of digits.
    return length.isdigit() and len(length) <= len(str(MOST_BYTES)) and int(length) <= MOST_BYTES


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        message: Message = await receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise _TooLargeError
    return bytes(body)
