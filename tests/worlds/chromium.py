"""A real browser at the page: what it asks for, what it complains of, and how it looks.

One browser serves all tests of a file; each test has a browsing of its own. Whatever a page asks
of another host, and whatever the browser complains of, fails the test.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Request,
    Response,
    expect,
    sync_playwright,
)

import browser
from pages import HOME

# A page that does not come to it on a machine as slow as it likes never will.
WITHIN_MS = 60_000
_NOBODY = ("net::ERR_", "status of 403")
_OURS = ("127.0.0.1", HOME)


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser; where there is none the tests end here."""
    command = browser.browser()
    words = ["--disable-background-networking", f"--host-resolver-rules=MAP {HOME} 127.0.0.1"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--no-sandbox")
    expect.set_options(timeout=WITHIN_MS)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=command, args=words)
        try:
            yield found
        finally:
            found.close()


@contextmanager
def browsing(
    chromium: Browser, *, is_forgiving: bool = False, **options: Any
) -> Iterator[BrowserContext]:
    """A browsing without any past. `options` are those of playwright's `new_context`; one that
    `is_forgiving` may complain that nobody answers, or lets it in.
    """
    context = chromium.new_context(**options)
    context.set_default_timeout(WITHIN_MS)
    complaints = _Complaints(context)
    try:
        yield context
    finally:
        context.close()
    forgiven = _NOBODY if is_forgiving else ()
    assert [each for each in complaints.found if not any(map(each.__contains__, forgiven))] == []


class _Complaints:
    """What no page may do, as it does it."""

    def __init__(self, context: BrowserContext) -> None:
        self.found: list[str] = []
        self._refused: set[str] = set()
        context.on("response", self._comes)
        context.on("request", self._asks)
        context.on("console", self._says)
        context.on("weberror", lambda error: self.found.append(f"failed: {error.error}"))

    def _asks(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in _OURS:
            self.found.append(f"asked another host: {request.url}")

    def _comes(self, response: Response) -> None:
        """A page that a person is shown instead of another one is no complaint."""
        if response.status >= 400 and response.request.is_navigation_request():
            self._refused.add(response.url)

    def _says(self, message: ConsoleMessage) -> None:
        where = message.location["url"]
        if message.type in ("error", "warning") and where not in self._refused:
            self.found.append(f"{message.type} at {where}: {message.text}")
