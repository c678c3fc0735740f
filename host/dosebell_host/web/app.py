"""The page as one application: what is held before any page is asked, and the pages behind it.

A request meets, in this order: the Host allow-list, the methods and addresses that there are, who
the visitor is, where something that acts comes from, and how much it sends. Around all of it
stand the headers that go with every answer, also with that of a bug.
"""

from collections.abc import Callable, Iterable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from dosebell_host.errors import UserError
from dosebell_host.export.plan import Feeds
from dosebell_host.web import errors, events
from dosebell_host.web.asking import MustAsk, ask
from dosebell_host.web.desk import Desk
from dosebell_host.web.guard.bodies import BodyGuard
from dosebell_host.web.guard.bounds import BOUNDS, Bounds
from dosebell_host.web.guard.headers import HeaderGuard
from dosebell_host.web.guard.hosts import HostGuard, allowed_hosts
from dosebell_host.web.guard.keys import Keys
from dosebell_host.web.guard.origins import OriginGuard
from dosebell_host.web.guard.requests import RequestGuard
from dosebell_host.web.guard.visitors import VisitorGuard
from dosebell_host.web.pages import (
    boxes,
    calendar,
    enter,
    history,
    phones,
    schedule,
    schedule_push,
    schedule_text,
    setup,
    today,
    try_it,
)
from dosebell_host.web.static_files import static_routes
from dosebell_host.web.told import ToldOnce
from dosebell_host.web.ward import page as ward

PAGES = (
    *(enter, today, history, boxes, schedule, schedule_text, schedule_push, setup, try_it),
    *(calendar, phones, events),
)


class _Page(Starlette):
    """An application whose every answer carries the headers."""

    def build_middleware_stack(self) -> ASGIApp:
        return HeaderGuard(super().build_middleware_stack())


def never() -> bool:
    """For whoever serves a page without an end."""
    return False


def make_app(
    desk: Desk,
    keys: Keys,
    port: int,
    lan: Iterable[str] = (),
    ending: Callable[[], bool] = never,
    bounds: Bounds = BOUNDS,
) -> Starlette:
    """The page at that port of this machine, and of its addresses `lan` on a network; `ending`
    says when it ends, so that no stream outlives it.
    """
    lan = tuple(lan)
    hosts = allowed_hosts(port, lan)
    pages = (*PAGES, ward) if desk.ward else PAGES
    routes: list[BaseRoute] = [route for page in pages for route in page.ROUTES]
    app = _Page(
        routes=[*routes, *static_routes()],
        middleware=[
            Middleware(HostGuard, hosts),
            Middleware(RequestGuard),
            Middleware(VisitorGuard, keys),
            Middleware(OriginGuard, hosts),
            Middleware(BodyGuard, bounds),
        ],
        exception_handlers={
            MustAsk: ask,
            UserError: errors.user_error,
            HTTPException: errors.http_error,
            Exception: errors.bug,
        },
    )
    # Else an address with one slash too many is answered with another address.
    app.router.redirect_slashes = False
    app.state.desk, app.state.keys, app.state.told = desk, keys, ToldOnce()
    app.state.lan, app.state.port, app.state.ending = lan, port, ending
    app.state.bounds, app.state.feeds = bounds, Feeds()
    return app
