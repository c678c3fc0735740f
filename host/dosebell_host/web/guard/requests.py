"""What a request may look like: its method, and an address without tricks."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from dosebell_host.web.guard.refusal import refusal

METHODS = ("GET", "HEAD", "POST")
# A period of a report, or a pairing link, is less than 200.
LONGEST_ADDRESS = 2048
LONGEST_HEADERS = 16_000
# A folder above, a doubled slash, and whatever some program takes for one of these.
_TRICKS = re.compile(rb"\.\.|//|\\|%2e|%2f|%5c|%00|%0a|%0d|%25|[^\x21-\x7e]", re.I)
_SENTENCES = {
    400: "There is no such page.",
    405: "This page knows no such method.",
    414: "No address of this page is so long.",
    431: "The browser sent more along than this page takes.",
}


class RequestGuard:
    """Lets on only the methods of a page, and plain addresses below it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = _refused(scope) if scope["type"] == "http" else None
        if refused is None:
            await self._app(scope, receive, send)
        else:
            allow = {"allow": ", ".join(METHODS)} if refused == 405 else {}
            await refusal(refused, _SENTENCES[refused], **allow)(scope, receive, send)


def _refused(scope: Scope) -> int | None:
    """The status of a refusal, or None."""
    path: bytes = scope.get("raw_path") or scope["path"].encode()
    if scope["method"] not in METHODS:
        return 405
    if len(path) + len(scope["query_string"]) > LONGEST_ADDRESS:
        return 414
    if sum(len(name) + len(value) for name, value in scope["headers"]) > LONGEST_HEADERS:
        return 431
    return 400 if not path.startswith(b"/") or _TRICKS.search(path) else None
