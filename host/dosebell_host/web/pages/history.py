"""The pages of a box's history, of one day of it, and its report as a download."""

import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dosebell_host.history.box_log import BoxLog, check_dose
from dosebell_host.history.log_text import log_warnings
from dosebell_host.history.store import History
from dosebell_host.report.make import DrawnReport, pdf_of, sheet_of
from dosebell_host.report.pdf import find_browser
from dosebell_host.report.style import FIGURES
from dosebell_host.schedule.local_time import LocalTime, day_number, read_date
from dosebell_host.web.pages.asked_days import AskedDays
from dosebell_host.web.pages.at_box import box_asked, desk_of, log_now
from dosebell_host.web.pages.day_view import day_of
from dosebell_host.web.pages.history_view import history_of
from dosebell_host.web.pages.known_boxes import ShownBox
from dosebell_host.web.show import shown

_PDF = "pdf"


class _Drawn(NamedTuple):
    """A report of a box, and the doses that it could be of."""

    box: ShownBox
    report: DrawnReport
    doses: list[str]


def history(request: Request) -> Response:
    """Pictures, measures, weeks and days."""
    asked = AskedDays.of(request.query_params)
    found = _drawn(request, asked)
    page = history_of(found.report, asked, found.doses)
    return shown(
        request, "history.html", box=found.box, page=page, prints=find_browser() is not None
    )


def report(request: Request) -> Response:
    """The report of the same days as a file."""
    asked = AskedDays.of(request.query_params)
    drawn = _drawn(request, asked).report
    html = drawn.html()
    if request.query_params.get("as") == _PDF:
        with tempfile.TemporaryDirectory(dir=desk_of(request).data) as folder:
            beside = Path(folder, drawn.file_name)
            made = pdf_of(drawn, html, beside)
        return _download(made, beside.with_suffix(".pdf").name, "application/pdf")
    return _download(html.encode(), drawn.file_name, "text/html; charset=utf-8")


def day(request: Request) -> Response:
    """What the box wrote on one day."""
    desk = desk_of(request)
    asked = day_number(read_date(request.path_params["date"], "the date"))
    with closing(desk.open_history()) as kept:
        box = box_asked(request, kept)
        log = log_now(desk, kept, box, partial(_since, asked), asked)
        warnings = tuple(log_warnings(log, desk.now()))
        page = day_of(log, asked)
    return shown(request, "day.html", box=box, page=page, warnings=warnings)


def style(request: Request) -> Response:
    """How pictures and tables look: by the rules of the report, which has them inside."""
    return Response(FIGURES, media_type="text/css")


def _since(day: int, local: LocalTime, now_s: int) -> int:
    return day


def _drawn(request: Request, asked: AskedDays) -> _Drawn:
    desk = desk_of(request)
    with closing(desk.open_history()) as kept:
        box = box_asked(request, kept)
        log = log_now(desk, kept, box, asked.first_day, asked.last_day())
        _check(asked, log, kept)
        warnings = tuple(log_warnings(log, desk.now()))
        period = asked.asked(log.local, log.now_s)
        return _Drawn(box, sheet_of(kept, log, period, warnings, asked.dose), log.doses)


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
