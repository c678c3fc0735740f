"""Whether what changes something comes from this very page: another page may send forms here, and
the browser then adds the cookie.

Browsers say of each request where it comes from, in a way that no page can change: by
Sec-Fetch-Site, or, where they send none, by Origin. A request that says neither, or that it comes
from nowhere, changes nothing.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from dosebell_host.web.guard.refusal import refusal

SAFE = ("GET", "HEAD")
_NOWHERE = b"null"
_SENTENCE = "Nothing was done: this did not come from the page of dosebell in this browser."


class OriginGuard:
    """Lets on what only looks, and what changes something from a page of these hosts."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._origins = {f"http://{host}".encode() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or self._is_own(scope):
            await self._app(scope, receive, send)
        else:
            await refusal(403, _SENTENCE)(scope, receive, send)

    def _is_own(self, scope: Scope) -> bool:
        sites = [value for name, value in scope["headers"] if name == b"sec-fetch-site"]
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        # A page that tells no referrer sends its own forms from "null".
        if sites == [b"same-origin"]:
            return origins in ([], [_NOWHERE]) or self._is_ours(origins)
        return not sites and self._is_ours(origins)

    def _is_ours(self, origins: list[bytes]) -> bool:
        return len(origins) == 1 and origins[0] in self._origins
