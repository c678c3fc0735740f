"""`dosebell report`: from a box, or from what this laptop keeps of it, to a file."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from dosebell import civil, record
from dosebell_host import __version__
from dosebell_host.actions.read_log import read_log
from dosebell_host.actions.write_file import write_file
from dosebell_host.box.contact import session
from dosebell_host.box.reach import Reach
from dosebell_host.errors import UsageError, UserError
from dosebell_host.history.box_log import BoxLog
from dosebell_host.history.log_text import log_warnings
from dosebell_host.history.person import person_of
from dosebell_host.history.store import History, open_history
from dosebell_host.pictures.markup import Markup
from dosebell_host.pictures.period import Period
from dosebell_host.report.asked_period import LAST_MONTHS, AskedPeriod
from dosebell_host.report.contents import Contents, Material, contents
from dosebell_host.report.in_force import in_force
from dosebell_host.report.page import page
from dosebell_host.report.pdf import find_browser, on_paper, paper_of, print_pdf
from dosebell_host.schedule.lines import plan_of
from dosebell_host.schedule.local_time import LocalTime, date_of, laptop_local_time, now_s
from dosebell_host.talk import Talk

_PDF = ".pdf"

FindBrowser = Callable[[], str | None]


@dataclass(frozen=True)
class ReportWishes:
    """Which box and which days; whether `check` is asked, and a PDF is made; where it is written,
    None for a file in this folder that is called after its days.
    """

    port: str | None = None
    device_id: str | None = None
    asked: AskedPeriod = LAST_MONTHS
    advice: bool = False
    pdf: bool = False
    output: Path | None = None
    sync: bool = True

    def check(self, today: date) -> None:
        """Raise `UsageError` for what makes no sense, whatever was noted."""
        self.asked.check(today)
        if self.pdf and self.output is not None and self.output.suffix.lower() == _PDF:
            fix = f"write {self.output.with_suffix('.html')}; the PDF stands beside it"
            raise UsageError("is the HTML file", where=str(self.output), fix=fix)

    def first_day(self, local: LocalTime, now_s: int) -> int:
        return self.asked.days(local, now_s).first_day


class MadeReport(NamedTuple):
    """What was written, and what stands in it. `pdf` is None where nobody asked for one."""

    file: Path
    pdf: Path | None
    device_id: str
    contents: Contents

    def to_json(self) -> dict[str, Any]:
        told = self.contents
        return {
            "device_id": self.device_id,
            "file": str(self.file),
            "pdf": None if self.pdf is None else str(self.pdf),
            "from": civil.iso(told.period.first_day),
            "until": civil.iso(told.period.last_day),
            "adherence": [each.measures.to_json() for each in told.doses if each.measures.dose],
            "overall": told.overall.to_json(),
        }

    def lines(self) -> list[str]:
        return list(self.contents.summary)


class DrawnReport(NamedTuple):
    """A report as it is read from a log, and the file that was pushed last, None where this laptop
    does not have it.
    """

    log: BoxLog
    contents: Contents
    file: bytes | None

    def html(self, advice: bool = False) -> str:
        """The whole file, with what `check` says where that is wished."""
        advised = Markup()
        if advice:
            from dosebell_host.report.advice import advice as advise

            advised = advise(self.file, self.log.local.date(self.log.now_s))
        return page(self.contents, _foot(self), advised)

    @property
    def file_name(self) -> str:
        first, last = (date_of(day).isoformat() for day in self.contents.period)
        return f"report-{first}-to-{last}.html"


def make_report(
    wishes: ReportWishes, talk: Talk, reach: Reach, find: FindBrowser = find_browser
) -> MadeReport:
    """Write the report, and a PDF beside it where that is wished.

    Raises `UsageError` for days that make no sense, `NoDevice` where neither a box nor the history
    answers, and `UserError` where a file cannot be written, or no browser prints one.
    """
    wishes.check(laptop_local_time(reach.clock()).date(now_s(reach.clock)))
    sheet = _read(wishes, talk, reach)
    html = sheet.html(wishes.advice)
    file = wishes.output or Path(sheet.file_name)
    write_file(file, html.encode(), talk)
    pdf = None
    if wishes.pdf:
        pdf = file.with_suffix(_PDF)
        write_file(pdf, pdf_of(sheet, html, file, find), talk)
    return MadeReport(file, pdf, sheet.log.device_id, sheet.contents)


def sheet_of(
    history: History,
    log: BoxLog,
    asked: AskedPeriod,
    warnings: Sequence[str],
    dose: str | None = None,
    person: str = "",
) -> DrawnReport:
    """The report of those days, of one dose or of all; `warnings` are what its reader should know.
    It is about that person, else about whom the file names that was pushed.

    Raises `UsageError` for days that make no sense.
    """
    period = asked.days(log.local, log.now_s)
    texts, file = _texts(history, log, period), _file(history, log)
    material = Material(log, period, texts, person or person_of(file), tuple(warnings), dose)
    return DrawnReport(log, contents(material), file)


def pdf_of(sheet: DrawnReport, html: str, beside: Path, find: FindBrowser = find_browser) -> bytes:
    """The report on the paper of its zone, made in the folder of the file `beside`.

    Raises `UserError` where no browser prints one.
    """
    browser = find()
    if browser is None:
        message = "no Chromium, Chrome or Edge is found here, so there is no PDF"
        raise UserError(message, fix=f"open {beside} in a browser and print it", code="pdf")
    paper = paper_of(plan_of(sheet.log.lines).zone_name)
    return print_pdf(browser, on_paper(html, paper), beside.parent)


def _read(wishes: ReportWishes, talk: Talk, reach: Reach) -> DrawnReport:
    with closing(open_history(talk.note)) as history:
        reached = partial(session, note=talk.note, reach=reach, sync=wishes.sync, kept_in=history)
        log = read_log(
            history, reached, wishes.port, wishes.device_id, reach.clock(), wishes.first_day
        )
        warnings = tuple(log_warnings(log, reach.clock()))
        sheet = sheet_of(history, log, wishes.asked, warnings)
    for sentence in warnings:
        talk.note(sentence)
    return sheet


def _texts(history: History, log: BoxLog, period: Period) -> dict[str, list[str]]:
    revisions = {each.revision for each in in_force(log, period)}
    return {revision: history.schedule(revision) or [] for revision in revisions}


def _file(history: History, log: BoxLog) -> bytes | None:
    """The file last pushed, where this laptop has it."""
    # A box may have been given it while it had no clock, so no time is asked for.
    noted = [entry.detail for entry in log.entries if entry.kind == record.SCHEDULE]
    revision = noted[-1].get("revision", "") if noted else ""
    found = history.pushed(log.device_id, revision)
    return found.file if found else None


def _foot(sheet: DrawnReport) -> list[str]:
    log, now_s = sheet.log, sheet.log.now_s
    revision = sheet.contents.revision or "unknown"
    return [
        f"Made by dosebell {__version__}, a reminder and no medical device,",
        f"from the notes of the box {log.device_id} up to {log.local.minute(now_s)};",
        f"schedule {revision}.",
    ]
