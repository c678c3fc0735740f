"""How a page reads what is kept of a box, and how it speaks with one.

What is shown is read from the history and from the watcher, so that a page never waits for a box.
What is done speaks with the box at once, by the same contact as a command, and lets go of its
port.
"""

from collections.abc import Callable, Iterable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from dosebell_host.actions.contacted import contacted
from dosebell_host.actions.last_read import LastRead
from dosebell_host.actions.read_log import log_of_history
from dosebell_host.box.contact import Contact
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.history import box_log
from dosebell_host.history.box_log import BoxLog, Since
from dosebell_host.history.store import History
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import LocalTime, day_number
from dosebell_host.talk import Talk
from dosebell_host.watch.view import Presence
from dosebell_host.web.asking import talk_with
from dosebell_host.web.desk import Desk
from dosebell_host.web.forms import form_of
from dosebell_host.web.pages.known_boxes import ShownBox, box_meant, known_boxes_of
from dosebell_host.web.show import tell, then

# What is done at a box, and what is to be told of it.
Doing = Callable[[Contact, Talk], Iterable[str]]

# A stock that no record of so many days tells of is looked for in all that is kept.
_STOCK_DAYS = 40


def desk_of(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def boxes_now(desk: Desk, history: History) -> list[ShownBox]:
    """Every box that is known, as it is now or was when last heard."""
    return known_boxes_of(history, desk.watcher.views() if desk.watcher else ())


def box_asked(request: Request, history: History) -> ShownBox:
    """The box that the address names. Raises `UserError` where none is."""
    return box_meant(boxes_now(desk_of(request), history), request.path_params["box"])


def log_now(
    desk: Desk, history: History, box: ShownBox, since: Since, until: Since = box_log.always
) -> BoxLog:
    """What is kept of a box, of the days that `since` and `until` tell: to now where it answers,
    else to its last word.
    """
    status = box.view.status
    if status is None or box.view.presence not in (Presence.HERE, Presence.BUSY):
        return log_of_history(history, box.view.device_id, desk.now(), since, until)
    heard_s = desk.now() - (box.view.heard_at or desk.now())
    now_s = status.now_s + max(0, round(heard_s))
    known = history, box.view.device_id, status.lines, status.local, now_s
    return box_log.box_log(*known, since=since, until=until)


def last_read(desk: Desk, history: History, box: ShownBox) -> LastRead | None:
    """What is kept of a box of late; None where nothing is."""
    if all(each.device_id != box.view.device_id for each in history.boxes()):
        return None
    read = LastRead(log_now(desk, history, box, _of_late))
    counted = [dose for dose in plan_of(read.log.lines).doses if dose.stock is not None]
    if len(read.counted) == len(counted):
        return read
    return LastRead(log_now(desk, history, box, box_log.always))


def _of_late(local: LocalTime, now_s: int) -> int:
    return day_number(local.date(now_s)) - _STOCK_DAYS + 1


def do_at_box(request: Request, back: str, do: Doing, sync: bool = True) -> Response:
    """Speak with the box that the address names, and go back to that page, which tells of it.

    Raises as `contacted`, and what the action raises.
    """
    desk = desk_of(request)
    talk = talk_with(form_of(request), partial(tell, request))
    port = f"{ID_PREFIX}{request.path_params['box']}"
    with contacted(port, talk, desk.reach, sync) as contact:
        told = list(do(contact, talk))
    return then(request, back, *told)
