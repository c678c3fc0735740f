"""The pages of a box's history, of one day of it, and its report as a download."""

from collections.abc import Callable
from functools import partial, wraps
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.errors import UserError
from dosebell_host.history.box_log import BoxLog, check_dose
from dosebell_host.history.store import History
from dosebell_host.report.make import DrawnReport, pdf_of, sheet_of
from dosebell_host.report.pdf import find_browser
from dosebell_host.report.style import FIGURES
from dosebell_host.schedule.local_time import LocalTime, day_number, read_date
from dosebell_host.web.errors import sentences_of, status_of
from dosebell_host.web.pages.asked_days import AskedDays
from dosebell_host.web.pages.at_box import desk_of
from dosebell_host.web.pages.day_view import day_of
from dosebell_host.web.pages.history_view import history_of
from dosebell_host.web.show import shown
from dosebell_host.web.ward.kept_box import KeptBox, kept_box

_PDF = "pdf"


class _Drawn(NamedTuple):
    """A report of a box, and the doses that it could be of."""

    kept: KeptBox
    report: DrawnReport
    doses: list[str]


def _or_history(page: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """A page that tells what was wrong with its address on the history, where other days can be
    chosen. Where not even that can be shown, that is told instead.
    """

    @wraps(page)
    def shown_all_the_same(request: Request) -> Response:
        try:
            return page(request)
        except UserError as wrong:
            return _history(request, AskedDays(), wrong)

    return shown_all_the_same


@_or_history
def history(request: Request) -> Response:
    """Pictures, measures, weeks and days."""
    return _history(request, AskedDays.of(request.query_params))


def _history(request: Request, asked: AskedDays, wrong: UserError | None = None) -> Response:
    found, said = _drawn(request, asked), AskedDays.of(request.query_params)
    if wrong is not None and wrong.code == "no-dose":
        said = said._replace(dose=None)
    return shown(
        request,
        "history.html",
        200 if wrong is None else status_of(wrong),
        box=found.kept.box,
        which=found.kept.which,
        holders=found.kept.links(),
        page=history_of(found.report, asked, found.doses),
        said=said,
        wrong=[] if wrong is None else sentences_of(wrong),
        wrong_field="" if wrong is None else wrong.where,
        prints=find_browser() is not None,
    )


@_or_history
def report(request: Request) -> Response:
    """The report of the same days as a file."""
    asked = AskedDays.of(request.query_params)
    drawn = _drawn(request, asked).report
    html = drawn.html()
    if request.query_params.get("as") == _PDF:
        beside = desk_of(request).data / drawn.file_name
        made = pdf_of(drawn, html, beside)
        return _download(made, beside.with_suffix(".pdf").name, "application/pdf")
    return _download(html.encode(), drawn.file_name, "text/html; charset=utf-8")


@_or_history
def day(request: Request) -> Response:
    """What the box wrote on one day."""
    asked = day_number(read_date(request.path_params["date"], "the date"))
    that_day = partial(_day, asked)
    with kept_box(request, that_day) as kept:
        log = kept.log(that_day, that_day)
        page = day_of(log, asked)
        warnings = kept.warnings(log)
    return shown(request, "day.html", box=kept.box, page=page, warnings=warnings)


def style(request: Request) -> Response:
    """How pictures and tables look: by the rules of the report, which has them inside."""
    return Response(FIGURES, media_type="text/css")


def _day(day: int, local: LocalTime, now_s: int) -> int:
    return day


def _drawn(request: Request, asked: AskedDays) -> _Drawn:
    with kept_box(request, asked.last_day) as kept:
        log = kept.log(asked.first_day, asked.last_day)
        _check(asked, log, kept.history)
        period = kept.period(asked.asked(), log)
        told = (kept.warnings(log), asked.dose, kept.person)
        return _Drawn(kept, sheet_of(kept.history, log, period, *told), log.doses)


def _check(asked: AskedDays, log: BoxLog, kept: History) -> None:
    if asked.dose is not None:
        check_dose(asked.dose, log, kept)


def _download(content: bytes, name: str, kind: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=kind, headers=headers)


ROUTES = [
    Route("/box/{box}/history", history),
    Route("/box/{box}/day/{date}", day),
    Route("/box/{box}/report", report),
    Route("/static/pictures.css", style),
]
