"""What a visitor sees where a page could not do what it was asked: the words of the terminal."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match

from dosebell_host.errors import DeviceRefused, NoDevice, UserError
from dosebell_host.web.guard.origins import SAFE
from dosebell_host.web.guard.visitors import NotFromHereError
from dosebell_host.web.show import sentence_shown, shown, then
from dosebell_host.web.ward.line import WardAwayError

# The first that fits.
STATUS = (
    (NotFromHereError, HTTPStatus.FORBIDDEN),
    (WardAwayError, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoDevice, HTTPStatus.SERVICE_UNAVAILABLE),
    (DeviceRefused, HTTPStatus.CONFLICT),
    (UserError, HTTPStatus.BAD_REQUEST),
)
_SENTENCES = {404: "There is no such page.", 405: "This page knows no such method."}
_BUG = "Something went wrong in dosebell itself; its terminal says more."


def user_error(request: Request, error: Exception) -> Response:
    """Where something was to be done: the page above, which tells it. Else a page with it."""
    if request.method not in SAFE:
        return then(request, page_above(request), *str(error).splitlines())
    return shown(request, "error.html", status_of(error), sentences=sentences_of(error))


def status_of(error: Exception) -> HTTPStatus:
    """What a program is told of an error of a person."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


def sentences_of(error: Exception) -> list[str]:
    """An error as it is told on a page."""
    return list(map(sentence_shown, str(error).splitlines()))


def http_error(request: Request, error: Exception) -> Response:
    """No such page, or no such method of it."""
    assert isinstance(error, HTTPException)
    sentence = _SENTENCES.get(error.status_code, error.detail)
    answer = shown(request, "error.html", error.status_code, sentences=[sentence])
    answer.headers.update(error.headers or {})
    return answer


def bug(request: Request, error: Exception) -> Response:
    """The browser is told nothing of it; the terminal shows the traceback."""
    return shown(request, "error.html", 500, sentences=[_BUG])


def page_above(request: Request) -> str:
    """The page on which the form stood: forms go to addresses below their page's."""
    path = request.url.path
    while path.count("/") > 1:
        path = path.rpartition("/")[0]
        scope = {**request.scope, "path": path, "method": "GET"}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.routes):
            return path
    return "/"
