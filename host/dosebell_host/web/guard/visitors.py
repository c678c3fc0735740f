"""Who asks: by the cookie of this page. Whoever has none is told how to get in, and a phone may
look at everything and change nothing.
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
_OPEN = ("/enter", "/pair", "/pair/phone")


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
        request = Request(scope)
        visitor = self._keys.visitor(request.cookies.get(self._keys.cookie_name, ""))
        scope.setdefault("state", {})["visitor"] = visitor
        if visitor is None and not _is_open(scope["path"]):
            await shown(request, "door.html", 403)(scope, receive, send)
        elif visitor and not visitor.may_act and scope["method"] not in SAFE:
            await refusal(403, ONLY_LOOKS)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _is_open(path: str) -> bool:
    return path in _OPEN or path.startswith(STATIC)


def check_may_act(request: Request) -> Visitor:
    """Who asks; raises `NotFromHereError` where that is a phone."""
    visitor: Visitor = request.state.visitor
    if not visitor.may_act:
        raise NotFromHereError(ONLY_LOOKS)
    return visitor
