"""Who asks: by the cookie of this page. Whoever has none is told how to get in, and a phone may
look at everything and change nothing.

Whoever may act does so on this very machine: over the network, where all goes unencrypted, neither
a launch link nor the cookie that it gave is worth anything.
"""

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from dosebell_host.errors import UserError
from dosebell_host.web.guard.keys import Keys, Visitor
from dosebell_host.web.guard.origins import SAFE
from dosebell_host.web.guard.refusal import refusal
from dosebell_host.web.show import shown

ONLY_LOOKS = "A paired phone may look, not act: do that on the laptop."

# What is shown to whoever comes: it tells nothing of anybody.
STATIC = "/static/"
# Where calendars ask, which send no cookie: what stands behind it is the secret.
FEED = "/calendar/"
_OPEN = ("/pair", "/pair/phone")
_OPEN_HERE = "/enter"
# The addresses of this machine that no other one reaches.
_HERE = ("127.0.0.1", "::1", "localhost")


class NotFromHereError(UserError):
    """A paired phone asks for what only the laptop may do."""


class VisitorGuard:
    """Puts the visitor into `request.state.visitor`; None on the pages that let in."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request, is_here = Request(scope), _is_here(scope)
        visitor = self._keys.visitor(request.cookies.get(self._keys.cookie_name, ""))
        if visitor and visitor.may_act and not is_here:
            visitor = None
        scope.setdefault("state", {})["visitor"] = visitor
        if visitor is None and not _is_open(scope["path"], is_here):
            door = shown(request, "door.html", 403)
            # What a stranger sends besides is not read.
            door.headers["connection"] = "close"
            await door(scope, receive, send)
        elif visitor and not visitor.may_act and scope["method"] not in SAFE:
            await refusal(403, ONLY_LOOKS)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_here(scope: Scope) -> bool:
    """Whether it came to an address that only this machine reaches."""
    return (scope.get("server") or ("",))[0] in _HERE


def _is_open(path: str, is_here: bool) -> bool:
    return path in _OPEN or path.startswith((STATIC, FEED)) or (is_here and path == _OPEN_HERE)


def check_may_act(request: Request) -> Visitor:
    """Who asks; raises `NotFromHereError` where that is a phone."""
    visitor: Visitor = request.state.visitor
    if not visitor.may_act:
        raise NotFromHereError(ONLY_LOOKS)
    return visitor
