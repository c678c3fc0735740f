"""Before a push: the coming week, the difference and what the checks say; and the push itself."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.actions.changes.push_draft import DraftToPush, push_draft
from dosebell_host.actions.push_text import pushed_line
from dosebell_host.box.ports import ID_PREFIX
from dosebell_host.errors import UserError
from dosebell_host.web.asking import talk_with
from dosebell_host.web.desk import Desk
from dosebell_host.web.draft import shown as views
from dosebell_host.web.draft.work import work_of, work_with_schedule
from dosebell_host.web.forms import form_of
from dosebell_host.web.show import shown, then


def review(request: Request) -> Response:
    """What a push would put on the box."""
    work = work_with_schedule(request)
    read = work.read()
    return shown(
        request,
        "schedule/push.html",
        work=work,
        read=read,
        changes=views.changes(work.draft, read) if work.draft else [],
        moved_on=views.moved_on(work.draft, work.begun),
        week=views.week(read),
        held=read.verdict.held if not work.begun.is_rebuilt else [],
    )


def push(request: Request) -> Response:
    """The draft onto the box; it is forgotten once it is in force there."""
    form = form_of(request)
    work = work_of(request)
    draft = work.draft
    if draft is None:
        fix = "change something first"
        raise UserError("there is nothing to push here", fix=fix)
    desk: Desk = request.app.state.desk
    notes: list[str] = []
    wanted = DraftToPush(
        f"{ID_PREFIX}{draft.device_id}", draft.name, draft.text, draft.begun_at, draft.begun_text
    )
    done = push_draft(wanted, talk_with(form, notes.append), desk.reach)
    with work.drafts.lock:
        # What somebody changed while it was sent is another draft, and stays.
        if work.drafts.of(draft.device_id) == draft:
            work.drafts.forget(draft.device_id)
    said = pushed_line(done.proposal, done.device_id, done.sent)
    return then(request, work.path, said, *notes)


_PATH = "/box/{box}/schedule/push"
ROUTES = [
    Route(_PATH, review, methods=["GET"]),
    Route(_PATH, push, methods=["POST"]),
]
