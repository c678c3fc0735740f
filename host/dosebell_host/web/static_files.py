"""The style and the script: read once, and served by their names, so no path leads elsewhere."""

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.web.guard.visitors import STATIC

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def static_routes() -> list[Route]:
    """One route for each file."""
    folder = files("dosebell_host.web") / "static"
    return [
        Route(f"{STATIC}{file.name}", _serving(file))
        for file in sorted(folder.iterdir(), key=lambda each: each.name)
    ]


def _serving(file: Traversable) -> Callable[[Request], Response]:
    content, kind = file.read_bytes(), _TYPES[f".{file.name.rpartition('.')[2]}"]

    async def serve(request: Request) -> Response:
        return Response(content, media_type=kind)

    return serve  # type: ignore[return-value]
