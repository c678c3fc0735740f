"""The schedule of a box as text, as a file, as a ready-made one, and with one more dose."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.actions.changes.add import with_dose
from dosebell_host.actions.changes.original import Original
from dosebell_host.errors import UsageError, UserError
from dosebell_host.resources import schedules_dir
from dosebell_host.talk import no_note
from dosebell_host.web.asking import talk_with
from dosebell_host.web.draft.drafts import ScheduleDraft
from dosebell_host.web.draft.fields import FormField
from dosebell_host.web.draft.work import Work, drafts_of, work_of, work_with_schedule
from dosebell_host.web.forms import Form, field, form_of
from dosebell_host.web.guard.visitors import check_may_act
from dosebell_host.web.pages.schedule import CONFLICT, SEEN, UNFIT
from dosebell_host.web.show import shown, then
from dosebell_host.wizard.dose_questions import lacks_amount

_TOML = "application/toml"
_KEPT = "Kept here. The box keeps its schedule until you push."
# The options of `add`, each as a field: label, hint.
_ADD = {
    "name": ("What to add", 'as on the label: "metformin 500 mg"'),
    "label": ("Strength on the label", '"500 mg", where the name does not say it; may stay empty'),
    "when": ("When", ""),
    "days": ("Days", '"daily", "mon and thu", "for 7 days"; empty: daily'),
    "take": ("How much at a time", '"1 tablet"; may stay empty'),
    "stock": ("How many are left", "empty: not counted"),
}


def text(request: Request) -> Response:
    """The text of the file, to be changed by hand."""
    work = work_of(request)
    return _text_page(request, work, work.text)


def save_text(request: Request) -> Response:
    """The text that was typed or pasted, once it is a schedule."""
    form = form_of(request)
    # Browsers send the ends of lines as Windows has them.
    typed = field(form, "text").replace("\r\n", "\n")
    with drafts_of(request).lock:
        work = work_of(request)
        if came := work.came_between(field(form, SEEN)):
            return _text_page(request, work, typed, came=came, status=CONFLICT)
        try:
            work.keep(typed)
        except UserError as error:
            problems = list(map(str, error.problems))
            return _text_page(request, work, typed, problems, status=UNFIT)
    return then(request, work.path, _KEPT)


def _text_page(
    request: Request,
    work: Work,
    typed: str,
    problems: list[str] | None = None,
    came: list[str] | None = None,
    status: int = 200,
) -> Response:
    return shown(
        request,
        "schedule/text.html",
        status,
        work=work,
        text=typed,
        problems=problems or [],
        came=came or [],
        seen=work.drafts.show(work.text),
    )


def file(request: Request) -> Response:
    """The file as it stands on the page."""
    work = work_with_schedule(request)
    return as_download(work.text, work.name)


def as_download(content: str, name: str) -> Response:
    """A schedule that the browser saves under that name."""
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "_" for c in name)
    headers = {"content-disposition": f'attachment; filename="{safe}"'}
    return Response(content, media_type=_TOML, headers=headers)


def ready_made(request: Request) -> Response:
    """The schedules that come with dosebell."""
    check_may_act(request)
    return shown(request, "schedule/ready.html", work=work_of(request), ready=ready_schedules())


def ready_schedules() -> dict[str, str]:
    """The title of each ready-made schedule, by the name of its file."""
    paths = sorted(schedules_dir().glob("*.toml"), key=lambda path: path.name)
    return {path.name: tomllib.loads(path.read_text(encoding="utf-8"))["title"] for path in paths}


def ready_path(name: str) -> Path:
    """Raises `UserError` where no ready-made schedule has that name."""
    if name not in ready_schedules():
        raise UserError("there is no such ready-made schedule", fix="choose one", code="file")
    return schedules_dir() / name


def take_ready_made(request: Request) -> Response:
    """A ready-made schedule instead of what there is; asked, where a draft would go."""
    form = form_of(request)
    path = ready_path(field(form, "file"))
    return begin_with(request, work_of(request), path.name, path.read_text(encoding="utf-8"))


def begin_with(request: Request, work: Work, name: str, content: str) -> Response:
    """That text as the draft of a box, whatever it is from; asked, where a draft would go."""
    form = form_of(request)
    with work.drafts.lock:
        if work.draft:
            losses = [f"what was changed here for {work.owner}, and not pushed"]
            talk_with(form, no_note).agree(losses, "Take this one instead")
        work.read(content)
        begun = work.begun
        work.drafts.keep(ScheduleDraft(begun.device_id, name, content, begun.revision, begun.text))
    return then(request, work.path, _KEPT)


def add(request: Request) -> Response:
    """The questions about one more dose."""
    check_may_act(request)
    return _add_page(request, work_with_schedule(request), {})


def save_added(request: Request) -> Response:
    """The draft with one more dose."""
    form = form_of(request)
    notes: list[str] = []
    options = {name: field(form, name).strip() or None for name in _ADD if name != "name"}
    name = field(form, "name").strip()
    # Who does not know the strength need not know the word for that.
    if options["label"] is None and lacks_amount(name):
        options["label"] = "none"
    with drafts_of(request).lock:
        work = work_with_schedule(request)
        if came := work.came_between(field(form, SEEN)):
            return _add_page(request, work, form, came=came, status=CONFLICT)
        source = Original(work.text, work.name, work.at_s, "nothing was saved")
        try:
            talk = talk_with(form, notes.append)
            work.keep(with_dose(name, options, talk, source))
        except UserError as error:
            return _add_page(request, work, form, _wrong(error), status=UNFIT)
    return then(request, work.path, _KEPT, *notes)


def _wrong(error: UserError) -> dict[str, list[str]]:
    """What is wrong by the field of the form, "" for none of them."""
    found: dict[str, list[str]] = {}
    for each in error.problems:
        name = each.where.removeprefix("--").lower() if isinstance(each, UsageError) else ""
        said = f"{each.message}; {each.fix}" if each.fix else each.message
        is_field = name in _ADD
        found.setdefault(name if is_field else "", []).append(said if is_field else str(each))
    return found


def _add_page(
    request: Request,
    work: Work,
    typed: Form,
    wrong: Mapping[str, list[str]] | None = None,
    came: list[str] | None = None,
    status: int = 200,
) -> Response:
    meals = [meal.name for meal in work.read().file.schedule.meals]
    either = f'"08:00 and 20:00", or {", ".join(meals)}' if meals else '"08:00 and 20:00"'
    told = wrong or {}
    fields = [
        FormField(name, label, hint or either, field(typed, name), wrong=tuple(told.get(name, ())))
        for name, (label, hint) in _ADD.items()
    ]
    return shown(
        request,
        "schedule/add.html",
        status,
        work=work,
        fields=fields,
        wrong=told.get("", []),
        came=came or [],
        seen=work.drafts.show(work.text),
    )


_PATH = "/box/{box}/schedule"
ROUTES = [
    Route(f"{_PATH}/text", text, methods=["GET"]),
    Route(f"{_PATH}/text", save_text, methods=["POST"]),
    Route(f"{_PATH}/file", file),
    Route(f"{_PATH}/ready", ready_made, methods=["GET"]),
    Route(f"{_PATH}/ready", take_ready_made, methods=["POST"]),
    Route(f"{_PATH}/add", add, methods=["GET"]),
    Route(f"{_PATH}/add", save_added, methods=["POST"]),
]
