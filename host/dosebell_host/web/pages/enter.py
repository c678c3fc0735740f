"""How the person of this laptop comes in: by a link that is good for once."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dosebell_host.web.guard.keys import Keys
from dosebell_host.web.show import SEE_OTHER, shown

TOO_MANY, FORBIDDEN = 429, 403


def enter(request: Request) -> Response:
    """Spend a launch token, and go on to the clean address with a cookie."""
    keys: Keys = request.app.state.keys
    address = address_of(request)
    if request.method == "HEAD":
        return Response()
    if not keys.tries.may_try(address):
        return shown(request, "door.html", TOO_MANY)
    cookie = keys.let_in(request.query_params.get("token", ""))
    if cookie is None:
        keys.tries.note_wrong(address)
        return shown(request, "door.html", FORBIDDEN)
    return let_in(request, cookie)


def let_in(request: Request, cookie: str, lasts_s: int | None = None) -> Response:
    """On to Today with that cookie, which the browser forgets at its end, or after so long."""
    answer = RedirectResponse("/", SEE_OTHER)
    name = request.app.state.keys.cookie_name
    answer.set_cookie(name, cookie, max_age=lasts_s, httponly=True, samesite="strict")
    return answer


def address_of(request: Request) -> str:
    """Whose tries are counted."""
    return request.client.host if request.client else ""


ROUTES = [Route("/enter", enter)]
