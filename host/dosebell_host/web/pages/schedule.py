"""Schedule: the doses of a box as forms, with what the checks say beside each field.

What is changed is kept as a draft; nothing reaches the box before it is pushed.
"""

import tomllib
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.actions.changes.original import Original
from dosebell_host.actions.changes.remove import without_dose
from dosebell_host.errors import UserError
from dosebell_host.talk import no_note
from dosebell_host.web.asking import talk_with
from dosebell_host.web.draft import shown as views
from dosebell_host.web.draft.begun import REBUILT
from dosebell_host.web.draft.beside import problem_field
from dosebell_host.web.draft.dose_form import Edited, Typed, edited_dose, shown_dose
from dosebell_host.web.draft.fields import dose_groups, meal_fields
from dosebell_host.web.draft.meals_form import edited_meals, shown_meals
from dosebell_host.web.draft.work import Work, drafts_of, work_of, work_with_schedule
from dosebell_host.web.forms import field, form_of
from dosebell_host.web.show import shown, then

# A form that was refused, and one that somebody else was quicker than.
UNFIT, CONFLICT = 422, 409
SEEN = "seen"
_SAVED = "Saved here. The box keeps its schedule until you push."


def schedule(request: Request) -> Response:
    """The doses, the meals and the coming week."""
    work = work_of(request)
    if not work.text:
        return shown(request, "schedule/none.html", work=work)
    return _overview(request, work)


def _overview(
    request: Request,
    work: Work,
    typed: Typed | None = None,
    wrong: dict[str, list[str]] | None = None,
    came: list[str] | None = None,
    status: int = 200,
) -> Response:
    try:
        read = work.read()
    except UserError as error:
        return shown(
            request, "schedule/unread.html", work=work, problems=list(map(str, error.problems))
        )
    meals = _meals(work.text)
    fields = meal_fields(typed or shown_meals(meals), meals, wrong or {})
    return shown(
        request,
        "schedule/schedule.html",
        status,
        work=work,
        read=read,
        title=read.file.schedule.title,
        cards=views.dose_cards(read),
        meals=fields,
        wrong=(wrong or {}).get("", []),
        came=came or [],
        week=views.week(read),
        changes=views.changes(work.draft, read) if work.draft else [],
        moved_on=views.moved_on(work.draft, work.begun),
        rebuilt=REBUILT if work.begun.is_rebuilt else "",
        seen=work.drafts.show(work.text),
    )


def save_meals(request: Request) -> Response:
    """The meals at other times."""
    form = form_of(request)
    with drafts_of(request).lock:
        work = work_with_schedule(request)
        typed = _over(shown_meals(_meals(work.text)), form)
        if came := work.came_between(seen := field(form, SEEN)):
            typed = work.typed_over(seen, typed, lambda text: shown_meals(_meals(text)))
            return _overview(request, work, typed, came=came, status=CONFLICT)
        done = edited_meals(work.text, form)
        if wrong := _kept_or_wrong(work, done, None):
            return _overview(request, work, typed, wrong, status=UNFIT)
    return then(request, work.path, _SAVED, *_sentences(done))


def dose(request: Request) -> Response:
    """One dose as a form."""
    work = work_with_schedule(request)
    ident = request.path_params["dose"]
    return _dose_page(request, work, _place(work, ident), _fields(ident, work.text))


def save_dose(request: Request) -> Response:
    """What was typed, as a change of the draft."""
    form = form_of(request)
    with drafts_of(request).lock:
        work = work_with_schedule(request)
        ident = request.path_params["dose"]
        place = _place(work, ident)
        # Of boxes that are not ticked a browser sends nothing.
        typed = _over(_fields(ident, work.text), form) | {"meals": form.get("meals", [])}
        if came := work.came_between(seen := field(form, SEEN)):
            typed = work.typed_over(seen, typed, partial(_fields, ident))
            return _dose_page(request, work, place, typed, came=came, status=CONFLICT)
        today = work.read().file.local.date(work.at_s)
        done = edited_dose(work.text, place, typed, today)
        if wrong := _kept_or_wrong(work, done, place):
            return _dose_page(request, work, place, typed, wrong, status=UNFIT)
    return then(request, work.path, _SAVED, *_sentences(done))


def _dose_page(
    request: Request,
    work: Work,
    place: int,
    typed: Typed,
    wrong: dict[str, list[str]] | None = None,
    came: list[str] | None = None,
    status: int = 200,
) -> Response:
    read, table = work.read(), _doses(work.text)[place]
    found = read.beside.doses[str(table["id"])]
    return shown(
        request,
        "schedule/dose.html",
        status,
        work=work,
        dose=table,
        groups=dose_groups(typed, list(_meals(work.text)), wrong or {}, found),
        wrong=(wrong or {}).get("", []),
        came=came or [],
        only=len(read.file.schedule.doses) == 1,
        seen=work.drafts.show(work.text),
    )


def remove_dose(request: Request) -> Response:
    """The draft without that dose."""
    form = form_of(request)
    with drafts_of(request).lock:
        work = work_with_schedule(request)
        ident = request.path_params["dose"]
        place = _place(work, ident)
        if came := work.came_between(field(form, SEEN)):
            fields = _fields(ident, work.text)
            return _dose_page(request, work, place, fields, came=came, status=CONFLICT)
        source = Original(work.text, work.name, work.at_s, "nothing was saved")
        work.keep(without_dose(ident, source))
    return then(request, work.path, f"{ident} is taken out here.", _SAVED)


def discard(request: Request) -> Response:
    """No draft any more: what the box has is shown again; asked, for nothing brings it back."""
    work = work_of(request)
    if work.draft:
        losses = [f"what was changed here for {work.owner}, and not pushed"]
        talk_with(form_of(request), no_note).agree(losses, "Throw these changes away")
    work.drafts.forget(work.begun.device_id)
    return then(request, work.path, "Your changes are thrown away; this is what the box has.")


def _kept_or_wrong(work: Work, done: Edited, place: int | None) -> dict[str, list[str]]:
    """What is wrong, by its field, "" for none of them; the text is kept where nothing is."""
    if done.wrong:
        return done.wrong
    wrong: dict[str, list[str]] = {}
    try:
        work.keep(done.text)
    except UserError as error:
        for each in error.problems:
            at = problem_field(each, place)
            said = f"{each.message}; {each.fix}" if each.fix else each.message
            wrong.setdefault(at, []).append(said if at else str(each))
    return wrong


def _sentences(done: Edited) -> list[str]:
    return [f"{each}." for each in done.understood]


def _fields(ident: str, text: str) -> dict[str, list[str]]:
    """What the form of a dose shows of a text; nothing where that has no such dose."""
    return next((shown_dose(each) for each in _doses(text) if each.get("id") == ident), {})


def _over(before: Typed, form: Typed) -> dict[str, list[str]]:
    return {name: form.get(name, value) for name, value in before.items()}


def _doses(text: str) -> list[dict[str, object]]:
    doses: list[dict[str, object]] = tomllib.loads(text)["dose"]
    return doses


def _meals(text: str) -> dict[str, object]:
    meals: dict[str, object] = tomllib.loads(text).get("meals", {})
    return meals


def _place(work: Work, ident: str) -> int:
    """The place of the dose of that id, from 0 on; raises `UserError` where there is none."""
    work.read()
    ids = [str(each["id"]) for each in _doses(work.text)]
    if ident not in ids:
        fix = "somebody may have taken it out meanwhile"
        raise UserError("there is no such dose in this schedule", fix=fix, code="no-dose")
    return ids.index(ident)


_PATH = "/box/{box}/schedule"
ROUTES = [
    Route(_PATH, schedule),
    Route(f"{_PATH}/meals", save_meals, methods=["POST"]),
    Route(f"{_PATH}/discard", discard, methods=["POST"]),
    Route(f"{_PATH}/dose/{{dose}}", dose, methods=["GET"]),
    Route(f"{_PATH}/dose/{{dose}}", save_dose, methods=["POST"]),
    Route(f"{_PATH}/dose/{{dose}}/remove", remove_dose, methods=["POST"]),
]
