"""The calendar of a box: the link that a calendar asks by, and what it is answered."""

from contextlib import closing
from typing import Any

import segno
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.export.plan import DAYS, Feeds
from dosebell_host.history.box_log import today
from dosebell_host.schedule.local_time import day_text, from_unix, laptop_local_time
from dosebell_host.web.guard.calendars import CalendarLink
from dosebell_host.web.guard.keys import Keys
from dosebell_host.web.guard.refusal import refusal
from dosebell_host.web.guard.visitors import FEED, check_may_act
from dosebell_host.web.pages.at_box import box_asked, boxes_now, desk_of, log_now
from dosebell_host.web.pages.enter import TOO_MANY, address_of
from dosebell_host.web.pages.known_boxes import ShownBox, box_meant
from dosebell_host.web.show import shown, then

# Programs for calendars know what to do with such an address.
_SUBSCRIBE = "webcal"


def calendar(request: Request) -> Response:
    """The link, to be copied as often as wanted, or how to get one."""
    check_may_act(request)
    box = _box(request)
    link = request.app.state.keys.calendars.of(box.view.device_id)
    values = _shown_link(request, link) if link else {"here": ""}
    return shown(request, "calendar.html", box=box, days=DAYS, **values)


def _shown_link(request: Request, link: CalendarLink) -> dict[str, Any]:
    """What the page shows of a link, for this laptop and for others of its network."""
    state, local = request.app.state, laptop_local_time(link.made_at)
    asked = f":{state.port}{FEED}{link.secret}.ics"
    at_home = f"{state.lan[0]}{asked}" if state.lan else ""
    # Without a size of its own it fills what the page gives it.
    code = segno.make(f"{_SUBSCRIBE}://{at_home}", error="m") if at_home else None
    return {
        "here": f"http://127.0.0.1{asked}",
        "at_home": f"http://{at_home}" if at_home else "",
        "code": code.svg_inline(omitsize=True, dark="#000", light="#fff") if code else "",
        "made": day_text(local.datetime(from_unix(link.made_at)).date(), year=True),
    }


def make(request: Request) -> Response:
    """A new link; the one before ends."""
    check_may_act(request)
    request.app.state.keys.calendars.make(_box(request).view.device_id)
    return then(request, _page(request), "The link is made.")


def end(request: Request) -> Response:
    """Let no calendar ask any more."""
    check_may_act(request)
    was_one = request.app.state.keys.calendars.end(request.path_params["box"])
    told = "The link is ended. What a calendar has read stays in it." if was_one else _NONE
    return then(request, _page(request), told)


_NONE = "There was no link any more."


def asked(request: Request) -> Response:
    """What the box plans, for whoever has the link, and nothing for anybody else."""
    keys: Keys = request.app.state.keys
    address = address_of(request)
    if not keys.tries.may_try(address):
        return refusal(TOO_MANY, "Too many wrong links came from there. Try again in a minute.")
    device_id = keys.calendars.meant(request.path_params["secret"])
    if device_id is None:
        keys.tries.note_wrong(address)
        return refusal(404, "There is no such calendar, or its link was ended.")
    desk = desk_of(request)
    with closing(desk.open_history()) as history:
        box = box_meant(boxes_now(desk, history), device_id)
        log = log_now(desk, history, box, today)
    feeds: Feeds = request.app.state.feeds
    data = feeds.of(log, desk.now())
    return Response(data, media_type="text/calendar; charset=utf-8")


def _box(request: Request) -> ShownBox:
    with closing(desk_of(request).open_history()) as history:
        return box_asked(request, history)


def _page(request: Request) -> str:
    """The page of the link, from an address below it."""
    return request.url.path.rpartition("/")[0]


ROUTES = [
    Route("/box/{box}/calendar", calendar),
    Route("/box/{box}/calendar/make", make, methods=["POST"]),
    Route("/box/{box}/calendar/end", end, methods=["POST"]),
    Route(f"{FEED}{{secret}}.ics", asked),
]
