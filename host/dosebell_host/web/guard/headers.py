"""What every answer says to the browser: run nothing of others, keep nothing, tell nobody."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    # Else a page of the internet sees by a picture of this one that somebody here takes medicines.
    "cross-origin-resource-policy": "same-origin",
}
RAW_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


class HeaderGuard:
    """Puts the headers on every answer, whoever gives it, in place of what that one said."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [each for each in message["headers"] if each[0].decode() not in HEADERS]
                message = {**message, "headers": [*kept, *RAW_HEADERS]}
            await send(message)

        await self._app(scope, receive, send_with_headers)
