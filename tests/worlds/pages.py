"""The page, asked without a network or at a real port.

    page = visited(Desk(box))
    assert "taken" in page.get("/").text

`visited` is a browser of this laptop that is in; `stranger` one that is not, and `phone` a paired
one. `at_a_port` serves it, for what only a real connection shows.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

import desk as laptops
from dosebell_host.web.app import make_app
from dosebell_host.web.desk import Desk, Watching, own_folder
from dosebell_host.web.guard.bounds import BOUNDS, Bounds
from dosebell_host.web.guard.keys import Keys
from dosebell_host.web.server import PageServer, served
from dosebell_host.web.sockets import listening, port_of
from dosebell_host.web.ward.line import WardLine

PORT = 8722
HOME = "192.168.1.20"
OWN = {"sec-fetch-site": "same-origin"}


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class Page:
    """The app with its keys, at a laptop on whose clock only `clock` moves for the links."""

    def __init__(
        self,
        laptop: laptops.Desk | None = None,
        watcher: Watching | None = None,
        lan: tuple[str, ...] = (),
        port: int = PORT,
        bounds: Bounds = BOUNDS,
        ward: WardLine | None = None,
    ) -> None:
        self.clock, self.port = Clock(), port
        self.desk = Desk((laptop or laptops.Desk()).reach, own_folder(), watcher, ward=ward)
        self.keys = Keys(self.desk.data, port, self.desk.now, self.clock)
        self.app = make_app(self.desk, self.keys, port, lan, bounds=bounds)

    def stranger(self, host: str = "127.0.0.1", **headers: str) -> TestClient:
        """A browser without a cookie, that asks for the page by that name."""
        return TestClient(
            self.app,
            base_url=f"http://{host}:{self.port}",
            headers={**OWN, **headers},
            raise_server_exceptions=False,
        )

    def visitor(self) -> TestClient:
        """A browser of this laptop that is in."""
        client = self.stranger()
        client.get("/enter", params={"token": self.keys.launch_token()}, follow_redirects=False)
        return client

    def phone(self, name: str = "Anna's phone") -> TestClient:
        """A paired phone; the page must be on a `lan`."""
        client = self.stranger(HOME)
        query = {"key": self.keys.pairing.make(), "name": name}
        client.get("/pair/phone", params=query, follow_redirects=False)
        return client


def visited(laptop: laptops.Desk | None = None, **more: Any) -> TestClient:
    """A browser of this laptop that is in: its boxes are those of that laptop."""
    return Page(laptop, **more).visitor()


@dataclass
class AtPort:
    """A page that is served."""

    page: Page
    server: PageServer
    address: str = field(init=False)

    def __post_init__(self) -> None:
        self.address = f"http://127.0.0.1:{self.page.port}"

    def link(self) -> str:
        """A launch link, for a real browser."""
        return f"{self.address}/enter?token={self.page.keys.launch_token()}"


@contextmanager
def at_a_port(laptop: laptops.Desk | None = None, **more: Any) -> Iterator[AtPort]:
    """A page at a free port of this machine."""
    sockets = listening(0)
    page = Page(laptop, port=port_of(sockets), **more)
    server = PageServer(page.app)
    page.app.state.ending = server.is_ending
    with served(server, sockets):
        yield AtPort(page, server)
