"""Phones: a link for a phone in the same network, and the phones that may look."""

from typing import NamedTuple

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.errors import UserError
from dosebell_host.schedule.local_time import day_text, from_unix, laptop_local_time
from dosebell_host.web.forms import field, form_of
from dosebell_host.web.guard.keys import PAIRING_VALID_S, Keys
from dosebell_host.web.guard.phones import SEEN_EVERY_S, Phone
from dosebell_host.web.guard.secret import new_secret
from dosebell_host.web.guard.visitors import check_may_act
from dosebell_host.web.pages.enter import FORBIDDEN, TOO_MANY, address_of, let_in
from dosebell_host.web.show import shown, then
from dosebell_host.wording import duration_text

# As long as browsers keep one at most.
_COOKIE_S = 400 * 24 * 3600


class ShownPhone(NamedTuple):
    """A phone in the list: `key` names it in a form."""

    key: str
    name: str
    since: str


def shown_phone(phone: Phone, now: float) -> ShownPhone:
    """What the list says of a phone; `now` is Unix seconds by this laptop's clock."""
    local = laptop_local_time(phone.made_at)
    made = day_text(local.datetime(from_unix(phone.made_at)).date(), year=True)
    ago_s = max(0.0, now - phone.seen_at)
    # It is not written down more often.
    seen = f"{duration_text(ago_s)} ago" if ago_s >= SEEN_EVERY_S else "just now"
    return ShownPhone(phone.key, phone.name, f"Paired on {made}, last seen {seen}.")


def phones(request: Request) -> Response:
    """Who may look, and how one more may."""
    check_may_act(request)
    state = request.app.state
    listed = [shown_phone(each, state.desk.now()) for each in state.keys.phones.all()]
    trouble = state.keys.phones.trouble
    return shown(request, "phones.html", phones=listed, lan=state.lan, trouble=trouble)


def new_link(request: Request) -> Response:
    """A pairing link, as a code to point a phone at."""
    check_may_act(request)
    keys: Keys = request.app.state.keys
    link = pairing_link(keys, request.app.state.lan, request.app.state.port)
    # Without a size of its own it fills what the page gives it.
    code = segno.make(link, error="m").svg_inline(omitsize=True, dark="#000", light="#fff")
    minutes = int(PAIRING_VALID_S // 60)
    return shown(request, "pairing.html", link=link, code=code, minutes=minutes)


def pairing_link(keys: Keys, lan: tuple[str, ...], port: int) -> str:
    """A link that pairs one phone. Raises `UserError` where no network is served."""
    if not lan:
        fix = "end it and start it as: dosebell web --lan"
        raise UserError("this page is for this laptop only", fix=fix, code="lan")
    return f"http://{lan[0]}:{port}/pair?key={keys.pairing.make()}"


def offered(request: Request) -> Response:
    """What a phone sees first: a name to write, and a button. So no program that only looks where
    a link leads uses it up.
    """
    keys: Keys = request.app.state.keys
    key = request.query_params.get("key", "")
    if not (keys.tries.may_try(address_of(request)) and keys.pairing.is_good(key)):
        return _refused(request)
    return shown(request, "pair.html", key=key, form=new_secret())


def pair(request: Request) -> Response:
    """Spend a pairing link, and let that phone look from now on.

    It changes something, and is a GET all the same: over plain http on a LAN no browser says where
    a form comes from. Only who knows the link gets here, and only once.
    """
    keys: Keys = request.app.state.keys
    if request.method == "HEAD":
        return Response()
    query = request.query_params
    key, name, form = (query.get(each, "") for each in ("key", "name", "form"))
    cookie = keys.pair(key, name, form) if keys.tries.may_try(address_of(request)) else None
    if cookie is None:
        return _refused(request)
    return let_in(request, cookie, _COOKIE_S)


def revoke(request: Request) -> Response:
    """Let a phone look no more."""
    check_may_act(request)
    phone = request.app.state.keys.phones.forget(field(form_of(request), "phone"))
    if phone is None:
        return then(request, "/phones", "That phone was not paired any more.")
    return then(request, "/phones", f"{phone.name} may look no more.")


def _refused(request: Request) -> Response:
    """The answer to a link that is none, or to too many of them."""
    keys, address = request.app.state.keys, address_of(request)
    if not keys.tries.may_try(address):
        return shown(request, "door.html", TOO_MANY)
    keys.tries.note_wrong(address)
    return shown(request, "door.html", FORBIDDEN)


ROUTES = [
    Route("/phones", phones),
    Route("/phones/new", new_link),
    Route("/phones/revoke", revoke, methods=["POST"]),
    Route("/pair", offered),
    Route("/pair/phone", pair),
]
