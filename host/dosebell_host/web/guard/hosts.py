"""By which names this page may be asked for: before anything else, and for every method.

A page of the internet may let its own name point to this machine, and then asks in the name of
whoever looks at it. Its requests say that name as their Host, and are refused by that.
"""

from collections.abc import Iterable

from starlette.types import ASGIApp, Receive, Scope, Send

from dosebell_host.web.guard.refusal import refusal

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_HTTP_PORT = 80


def allowed_hosts(port: int, lan: Iterable[str] = ()) -> frozenset[str]:
    """The Hosts that are meant for this page: of this machine, and its addresses on a LAN."""
    names = [*LOOPBACK, *lan]
    bare = names if port == _HTTP_PORT else []
    return frozenset([*bare, *(f"{name}:{port}" for name in names)])


class HostGuard:
    """Lets on only what names one of the hosts, once."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = {host.encode() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        named = [value for name, value in scope["headers"] if name == b"host"]
        if len(named) == 1 and named[0].lower() in self._hosts:
            await self._app(scope, receive, send)
            return
        await refusal(403, "This page is not served under that name.")(scope, receive, send)
