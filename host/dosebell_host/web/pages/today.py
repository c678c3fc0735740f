"""Today: every box of this laptop."""

from contextlib import closing

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.history.box_names import owner_of
from dosebell_host.web.desk import Desk
from dosebell_host.web.show import shown


def today(request: Request) -> Response:
    """The boxes that this laptop has met."""
    desk: Desk = request.app.state.desk
    with closing(desk.open_history()) as history:
        owners = [owner_of(history, box) for box in history.boxes()]
    return shown(request, "today.html", owners=owners)


ROUTES = [Route("/", today)]
