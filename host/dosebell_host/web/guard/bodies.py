"""How much a request may send, and how long it may take: read whole before a page is asked.

What is too large is refused by what it says of its length; where it says none, as soon as more
has come than fits. Of whoever is not let in nothing is read. The end of the page waits for no
body.
"""

import asyncio
from collections.abc import Callable

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dosebell_host.web.guard.bounds import Bounds
from dosebell_host.web.guard.refusal import refusal


class _TooLargeError(Exception):
    """More has come than a page takes."""


class _EndingError(Exception):
    """The page ends before all has come."""


class BodyGuard:
    """Reads the body and hands it on as `request.state.body`."""

    def __init__(self, app: ASGIApp, bounds: Bounds) -> None:
        self._app = app
        self._bounds = bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            if scope.get("state", {}).get("visitor") is None:
                _check_no_body(scope)
            _check_length(scope, self._bounds.body_bytes)
            body = await self._in_time(receive, scope["app"].state.ending)
        except _TooLargeError:
            answer = refusal(413, "That is more than this page takes.")
        except TimeoutError:
            answer = refusal(408, "That took too long to arrive; send it again.")
        except _EndingError:
            answer = refusal(503, "This page ends; start dosebell web again.")
        except ClientDisconnect:
            return
        else:
            scope.setdefault("state", {})["body"] = body
            await self._app(scope, receive, send)
            return
        await answer(scope, receive, send)

    async def _in_time(self, receive: Receive, ending: Callable[[], bool]) -> bytes:
        bounds = self._bounds
        reading = asyncio.ensure_future(_body(receive, bounds.body_bytes))
        try:
            async with asyncio.timeout(bounds.body_within_s):
                while not reading.done():
                    await asyncio.wait([reading], timeout=bounds.look_every_s)
                    if ending() and not reading.done():
                        raise _EndingError
            return reading.result()
        finally:
            reading.cancel()


def _check_length(scope: Scope, most: int) -> None:
    for name, value in scope["headers"]:
        if name == b"content-length" and not _is_short(value, most):
            raise _TooLargeError


def _check_no_body(scope: Scope) -> None:
    if any(name == b"transfer-encoding" for name, _ in scope["headers"]):
        raise _TooLargeError
    _check_length(scope, 0)


def _is_short(length: bytes, most: int) -> bool:
    # Python reads no number of thousands of digits.
    return length.isdigit() and len(length) <= len(str(most)) and int(length) <= most


async def _body(receive: Receive, most: int) -> bytes:
    body = bytearray()
    more = True
    while more:
        message: Message = await receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            raise _TooLargeError
    return bytes(body)
