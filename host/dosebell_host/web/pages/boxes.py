"""The page Boxes: each that this laptop knows, what it is called, and how it is."""

from collections.abc import Iterable
from contextlib import closing
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.actions import clock as clocks
from dosebell_host.actions.answers import check_amount, stock_text
from dosebell_host.actions.answers import stock as count_stock
from dosebell_host.actions.boxes import name_box
from dosebell_host.actions.practice import QUESTIONS, begin
from dosebell_host.box.contact import Contact
from dosebell_host.talk import Talk
from dosebell_host.web.asking import talk_with
from dosebell_host.web.forms import field, form_of
from dosebell_host.web.pages.at_box import boxes_now, desk_of, do_at_box, last_read
from dosebell_host.web.pages.boxes_view import box_shown
from dosebell_host.web.pages.today import number_in
from dosebell_host.web.show import shown, tell, then

_HERE = "/boxes"


def boxes(request: Request) -> Response:
    """All of them."""
    desk = desk_of(request)
    with closing(desk.open_history()) as history:
        found = [
            box_shown(box, last_read(desk, history, box), desk.now())
            for box in boxes_now(desk, history)
        ]
    return shown(request, "boxes.html", boxes=found, questions=list(QUESTIONS.values()))


def name(request: Request) -> Response:
    """Call a box so from now on."""
    form = form_of(request)
    talk = talk_with(form, partial(tell, request))
    named = name_box(request.path_params["box"], field(form, "name").strip(), talk)
    word, device_id = named.owner.name, named.owner.box.device_id
    # A history that cannot be written says so, and has forgotten the name by now.
    with closing(desk_of(request).open_history()) as history:
        is_kept = history.device_named(word) == device_id
    return then(request, _HERE, *([f"It is called {word} now."] if is_kept else []))


def clock(request: Request) -> Response:
    """Set its clock to this laptop's."""

    def do(contact: Contact, talk: Talk) -> Iterable[str]:
        found = clocks.set_to_laptop(contact, talk)
        return [clocks.set_text(found.step_s or 0)]

    return do_at_box(request, _HERE, do, sync=False)


def stock(request: Request) -> Response:
    """Count anew what is left of a dose, or add to it."""
    form = form_of(request)
    dose, amount = field(form, "dose"), field(form, "amount").strip()
    check_amount(amount)
    left = number_in(form, "left", is_needed=False)

    def do(contact: Contact, talk: Talk) -> Iterable[str]:
        return [stock_text(count_stock(contact, dose, amount, left))]

    return do_at_box(request, _HERE, do)


def practice(request: Request) -> Response:
    """Let it ring for a minute at most, which leaves no record."""

    def do(contact: Contact, talk: Talk) -> Iterable[str]:
        return begin(contact.client)

    return do_at_box(request, _HERE, do, sync=False)


ROUTES = [
    Route(_HERE, boxes),
    Route("/boxes/{box}/name", name, methods=["POST"]),
    Route("/boxes/{box}/clock", clock, methods=["POST"]),
    Route("/boxes/{box}/stock", stock, methods=["POST"]),
    Route("/boxes/{box}/practice", practice, methods=["POST"]),
]
