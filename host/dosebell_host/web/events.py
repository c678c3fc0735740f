"""The stream that keeps a page live: it says the number of the last change, and nothing else.

Each browser has one stream. It looks at the number a few times a second, which costs less than a
waiting thread, and so sees as soon that the page ends, or that a pairing was revoked. A line
that says nothing is sent now and then, by which both sides notice that the other is gone.
"""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from dosebell_host.web.pages.try_it import trials_of

# How long a browser waits before it asks again after the end.
_AGAIN_MS = 3000

STREAM = "text/event-stream"


async def events(request: Request) -> Response:
    """The numbers of the changes, from the one there is now on."""
    if request.method == "HEAD":
        return Response(media_type=STREAM)
    # Where it ends, the connection does: nothing is left open for one who is let in no more.
    return StreamingResponse(_stream(request), media_type=STREAM, headers={"connection": "close"})


def _number(request: Request) -> str:
    """Another one after each change: of the boxes, and of a virtual one on the page."""
    state = request.app.state
    boxes = state.desk.watcher.wait(-1, 0) if state.desk.watcher else 0
    return f"{boxes}{trials_of(request).number}"


async def _stream(request: Request) -> AsyncIterator[str]:
    state, visitor = request.app.state, request.state.visitor
    bounds, told, quiet_s = state.bounds, "", 0.0
    yield f"retry: {_AGAIN_MS}\n\n"
    while not state.ending() and state.keys.is_still_in(visitor):
        number = _number(request)
        if number != told:
            yield f"id: {number}\ndata: {number}\n\n"
            told, quiet_s = number, 0.0
        elif quiet_s >= bounds.say_something_every_s:
            yield ": still here\n\n"
            quiet_s = 0.0
        await asyncio.sleep(bounds.look_every_s)
        quiet_s += bounds.look_every_s


ROUTES = [Route("/events", events)]
