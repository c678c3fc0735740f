"""The page Ward: every resident of a home, from its database. It only shows."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.pictures.days_bar import key
from dosebell_host.ward.residents import home_of
from dosebell_host.web.pages.at_box import desk_of
from dosebell_host.web.show import shown
from dosebell_host.web.ward.line import WardAwayError
from dosebell_host.web.ward.view import KINDS, AskedWard, WardShown, ward_of

# So often an open page looks again.
EVERY_S = 30


def ward(request: Request) -> Response:
    """Whoever needs somebody most, on top."""
    asked = AskedWard.of(request.query_params)
    away, page = "", None
    # An open page is to see, too, that nothing is known any more.
    try:
        page = _shown(request, asked)
    except WardAwayError as error:
        away = str(error)
    gateways = page.gateways if page else ()
    return shown(
        request,
        "ward.html",
        page=page,
        away=away,
        asked=asked,
        kinds=KINDS,
        gateways=gateways,
        key=list(key()),
        every_s=EVERY_S,
    )


def _shown(request: Request, asked: AskedWard) -> WardShown:
    desk = desk_of(request)
    assert desk.ward is not None
    return ward_of(home_of(desk.ward, desk.now()), asked, desk.now())


ROUTES = [Route("/ward", ward)]
