"""What a request may look like: its method, and an address without tricks."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from dosebell_host.web.guard.refusal import refusal

METHODS = ("GET", "HEAD", "POST")
# A period of a report, or a pairing link, is less than 200.
LONGEST_ADDRESS = 2048
# A folder above, a doubled slash, and whatever some program takes for one of these.
_TRICKS = re.compile(rb"\.\.|//|\\|%2e|%2f|%5c|%00|%0a|%0d|%25|[^\x21-\x7e]", re.I)


class RequestGuard:
    """Lets on only the methods of a page, and plain addresses below it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = _refused(scope) if scope["type"] == "http" else None
        if refused is None:
            await self._app(scope, receive, send)
        elif refused == 405:
            answer = refusal(405, "This page knows no such method.", allow=", ".join(METHODS))
            await answer(scope, receive, send)
        else:
            await refusal(refused, "There is no such page.")(scope, receive, send)


def _refused(scope: Scope) -> int | None:
    """The status of a refusal, or None."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    if scope["method"] not in METHODS:
        return 405
    if len(path) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return 414
    return 400 if not path.startswith(b"/") or _TRICKS.search(path) else None
