"""Set up: the wizard's questions as pages, and the file that they end in.

Every page carries all that was typed so far, so that nothing is kept here and going back is free.
"""

from contextlib import closing
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.errors import UserError
from dosebell_host.history.box_names import owner_of
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.web.desk import Desk
from dosebell_host.web.draft import shown as views
from dosebell_host.web.draft.begun import begun
from dosebell_host.web.draft.shown import ReadText, read_text
from dosebell_host.web.draft.work import Work, drafts_of
from dosebell_host.web.forms import Form, field, form_of
from dosebell_host.web.guard.visitors import check_may_act
from dosebell_host.web.pages.schedule_text import as_download, begin_with
from dosebell_host.web.setup.steps import ASKED, Page, Walk, walk
from dosebell_host.web.show import shown
from dosebell_host.wizard.answers import Answers
from dosebell_host.wizard.new import today_for
from dosebell_host.wizard.week import week_lines
from dosebell_host.wizard.written_file import text_of

NAME = "my.toml"
# How a form names an answer, and what it asks to see.
_PREFIX, _AT, _GO, _BACK = "a.", "at", "go", "back"
_NOTHING_RINGS = "Nothing would ring: let one of them ring, or name what you take."


def start(request: Request) -> Response:
    """The first questions."""
    check_may_act(request)
    return _page(request, walk({}, _at_s(request)), 0, {})


def go_on(request: Request) -> Response:
    """The next questions, those before, or the end."""
    form = form_of(request)
    typed = _typed(form)
    found = walk(typed, _at_s(request))
    wanted = field(form, _GO)
    if wanted == _BACK:
        number = max(0, _number(form) - 1)
        return _page(request, found, number, typed)
    if wanted.startswith("page "):
        return _page(request, found, _whole(wanted.removeprefix("page ")), typed)
    if found.answers is None:
        return _page(request, found, None, typed)
    return _end(request, found, found.answers, typed)


def file(request: Request) -> Response:
    """The file, for the browser to save."""
    return as_download(_text(request, _answers(request)), NAME)


def put(request: Request) -> Response:
    """The file as the draft of a box, whose page shows what a push would do."""
    form = form_of(request)
    content = _text(request, _answers(request))
    desk: Desk = request.app.state.desk
    device_id = field(form, "box")
    drafts = drafts_of(request)
    with closing(desk.open_history()) as history:
        found = begun(history, device_id)
        owner = next(owner_of(history, each).text for each in history.boxes()
                     if each.device_id == device_id)  # fmt: skip
    work = Work(found, drafts.of(device_id), owner, _at_s(request), drafts)
    return begin_with(request, work, NAME, content)


def _page(request: Request, found: Walk, number: int | None, typed: dict[str, str]) -> Response:
    """One of the pages; None for the first that is not answered."""
    pages = {page.number: page for page in found.pages}
    page = found.pages[-1] if number is None else _nearest(pages, number)
    here = {field.key for field in page.fields}
    told = [_NOTHING_RINGS] if found.nothing_rings and number is None else []
    return shown(
        request,
        "setup/questions.html",
        page=page,
        before=[each for each in found.pages if each.number < page.number],
        hidden={key: value for key, value in typed.items() if key not in here},
        prefix=_PREFIX,
        asked=ASKED,
        # Nobody has typed anything on a page that is shown for the first time.
        fresh=not here & typed.keys(),
        wrong=told,
    )


def _nearest(pages: dict[int, Page], number: int) -> Page:
    """That page, or the last before it that there is: some are not asked."""
    return pages[max((each for each in pages if each <= number), default=min(pages))]


@dataclass(frozen=True)
class _Box:
    """A box that the file can be put on."""

    device_id: str
    words: str


def _end(request: Request, found: Walk, answers: Answers, typed: dict[str, str]) -> Response:
    desk: Desk = request.app.state.desk
    at_s = _at_s(request)
    content = text_of(answers, today_for(answers, at_s))
    read: ReadText | None = None
    problems: list[str] = []
    try:
        read = read_text(content, NAME, at_s)
    except UserError as error:
        problems = list(map(str, error.problems))
    with closing(desk.open_history()) as history:
        boxes = [_Box(each.device_id, owner_of(history, each).text) for each in history.boxes()]
    return shown(
        request,
        "setup/end.html",
        read=read,
        problems=problems,
        pages=found.pages,
        replies=found.replies,
        week=list(week_lines(read.file.schedule, at_s)) if read else [],
        days=views.week(read) if read else (),
        listed=[each.name for each in answers.others if not each.rings],
        text=content,
        boxes=boxes,
        hidden=typed,
        prefix=_PREFIX,
        name=NAME,
    )


def _answers(request: Request) -> Answers:
    answers = walk(_typed(form_of(request)), _at_s(request)).answers
    if answers is None:
        fix = "go through the questions again"
        raise UserError("not all of it is answered", fix=fix)
    return answers


def _text(request: Request, answers: Answers) -> str:
    return text_of(answers, today_for(answers, _at_s(request)))


def _typed(form: Form) -> dict[str, str]:
    names = (name for name in form if name.startswith(_PREFIX))
    return {name.removeprefix(_PREFIX): field(form, name) for name in names}


def _number(form: Form) -> int:
    return _whole(field(form, _AT))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _at_s(request: Request) -> int:
    desk: Desk = request.app.state.desk
    return from_unix(desk.now())


ROUTES = [
    Route("/setup", start, methods=["GET"]),
    Route("/setup", go_on, methods=["POST"]),
    Route("/setup/file", file, methods=["POST"]),
    Route("/setup/put", put, methods=["POST"]),
]
