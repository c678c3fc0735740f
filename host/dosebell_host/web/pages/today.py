"""The page Today: what rings at each box, and buttons that answer exactly what they show."""

import re
from collections.abc import Iterable
from contextlib import closing

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell import civil
from dosebell_host.actions.answers import SKIP, SNOOZE, TAKE, Answered
from dosebell_host.actions.doses.shown import answer_shown, undo_shown
from dosebell_host.box.client import Meant
from dosebell_host.box.contact import Contact
from dosebell_host.errors import UserError
from dosebell_host.history.store import History
from dosebell_host.talk import Talk
from dosebell_host.web.desk import Desk
from dosebell_host.web.forms import Form, field, form_of
from dosebell_host.web.pages.at_box import boxes_now, desk_of, do_at_box, last_read
from dosebell_host.web.pages.dose_names import dose_names
from dosebell_host.web.pages.known_boxes import ShownBox, of_today
from dosebell_host.web.pages.today_view import BoxToday, today_of
from dosebell_host.web.show import shown

_HERE = "/"
_BEGINNINGS = (
    ("/ward", "Ward", "Every resident of the home, and what each needs now."),
    ("/try", "Try it", "A box that is only on this page, at any speed."),
    (
        "/setup",
        "Set one up",
        "Questions about what is taken, and how to put it on a Pico.",
    ),
)
# The dose that a sentence is about.
_BEGINS = re.compile(r"^[a-z0-9-]+(?=: | of \d)")
# No instant and no stock has more digits.
_NUMBER = re.compile(r"-?\d{1,10}", re.ASCII)


def today(request: Request) -> Response:
    """What is so now, or was when this laptop last read it."""
    desk = desk_of(request)
    with closing(desk.open_history()) as history:
        boxes = of_today(boxes_now(desk, history))
        found = [_today_of(desk, history, box) for box in boxes]
    if not found:
        return shown(request, "welcome.html", ways=_ways(request))
    return shown(request, "today.html", boxes=found)


def _ways(request: Request) -> list[tuple[str, str, str]]:
    """What a first visit may begin with, as far as there is a page for it."""
    there = {getattr(route, "path", "") for route in request.app.routes}
    may_act = request.state.visitor.may_act
    return [way for way in _BEGINNINGS if way[0] in there and may_act]


def _today_of(desk: Desk, history: History, box: ShownBox) -> BoxToday:
    return today_of(box, last_read(desk, history, box), desk.now())


def answer(request: Request) -> Response:
    """Take, skip or snooze what a button showed."""
    form = form_of(request)
    what, meant = field(form, "what"), meant_in(form)
    if what not in (TAKE, SKIP, SNOOZE):
        raise _no_form()

    def do(contact: Contact, talk: Talk) -> Iterable[str]:
        return told_of(contact, answer_shown(contact, what, meant))

    return do_at_box(request, _HERE, do)


def undo(request: Request) -> Response:
    """Take back the answer that a button showed."""
    form = form_of(request)
    meant, answered_s = meant_in(form), number_in(form, "answered", is_needed=False)

    def do(contact: Contact, talk: Talk) -> Iterable[str]:
        return told_of(contact, undo_shown(contact, meant, answered_s))

    return do_at_box(request, _HERE, do)


def told_of(contact: Contact, answered: Answered) -> list[str]:
    """What a terminal would say of it; there a dose goes by its id, here by its name."""
    names = dose_names(contact.lines)
    return [
        _BEGINS.sub(lambda found: names[found[0]].name, each)
        for each in (*answered.warnings, *answered.lines)
    ]


def meant_in(form: Form) -> Meant:
    """The occurrence that a button names. Raises `UserError` where it names none."""
    dose, date = field(form, "dose"), field(form, "date")
    slot, due_s = number_in(form, "slot"), number_in(form, "due")
    try:
        civil.day_from_iso(date)
    except ValueError:
        raise _no_form() from None
    if not dose or slot is None or due_s is None:
        raise _no_form()
    return Meant(dose, date, slot, due_s)


def number_in(form: Form, name: str, is_needed: bool = True) -> int | None:
    """A number of seconds or a small one; None for an empty field that is not needed."""
    text = field(form, name)
    if not text and not is_needed:
        return None
    if not _NUMBER.fullmatch(text):
        raise _no_form()
    return int(text)


def _no_form() -> UserError:
    fix = "load it again, and use its buttons"
    return UserError("what was sent is no answer of this page", fix=fix)


ROUTES = [
    Route(_HERE, today),
    Route("/box/{box}/answer", answer, methods=["POST"]),
    Route("/box/{box}/undo", undo, methods=["POST"]),
]
