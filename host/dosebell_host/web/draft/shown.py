"""A schedule as its page shows it: the doses, what the checks say of them, the coming week, and
what a push would change.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from dosebell import schedule as device
from dosebell_host.advice.findings import NOTE, Finding
from dosebell_host.advice.judge import Verdict, judge
from dosebell_host.errors import UserError
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.difference import difference
from dosebell_host.schedule.lines import which_text
from dosebell_host.schedule.local_time import date_of, day_text
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.schedule.values import time_text
from dosebell_host.trial.preview import Preview, preview
from dosebell_host.trial.preview_text import outcome_text
from dosebell_host.web.draft import words
from dosebell_host.web.draft.begun import Begun
from dosebell_host.web.draft.beside import CONTENTS, DAYS, NAME, WHEN, Beside, placed
from dosebell_host.web.draft.contents_words import shown_contents
from dosebell_host.web.draft.drafts import ScheduleDraft

_WEEK_DAYS = 7
_OTHER_WORDS = (
    "the file that this laptop keeps of it was changed in what the box never sees: the person,"
    " the medicines, what was accepted, or comments"
)


@dataclass(frozen=True)
class ReadText:
    """A text that is a schedule, with what the checks say of it on one day."""

    text: str
    file: PlanFile
    verdict: Verdict
    at_s: int

    @cached_property
    def beside(self) -> Beside:
        return placed(self.verdict.findings, [dose.id for dose in self.file.schedule.doses])

    @property
    def is_held(self) -> bool:
        return bool(self.verdict.held)


def read_text(text: str, name: str, at_s: int) -> ReadText:
    """Raises `UserError`, or `ManyErrors` with all that is wrong; `at_s` (seconds since 2000) says
    for which day the checks are asked.
    """
    schedule = read_file.parse(text, name)
    compiled = compile_schedule(schedule)
    file = PlanFile(schedule, compiled, device.parse(compiled.lines))
    return ReadText(text, file, judge(schedule, file.local.date(at_s)), at_s)


@dataclass(frozen=True)
class Fact:
    """One thing about a dose, and what the checks say of just that."""

    label: str
    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class DoseCard:
    """A dose in short."""

    id: str
    name: str
    facts: tuple[Fact, ...]
    notes: tuple[Finding, ...]


@dataclass(frozen=True)
class AheadRow:
    """What rings at one time of a day; `amount` as on the label, "" where nobody wrote one."""

    time: str
    name: str
    amount: str
    detail: str


@dataclass(frozen=True)
class WeekDay:
    """One day of the coming week."""

    title: str
    rows: tuple[AheadRow, ...]


def dose_cards(read: ReadText) -> tuple[DoseCard, ...]:
    """Each dose of it in short, in the order of the file."""
    return tuple(_card(str(each["id"]), each, read) for each in tomllib.loads(read.text)["dose"])


def week(read: ReadText) -> tuple[WeekDay, ...]:
    """The next seven days as the box will compute them, from today on."""
    shown = preview(read.file, read.file.local.date(read.at_s), _WEEK_DAYS)
    return tuple(
        WeekDay(day_text(date_of(day), year=True), tuple(_rows(shown, day)))
        for day, _ in groupby(shown.occurrences, key=lambda each: each.day)
    )


def changes(draft: ScheduleDraft, read: ReadText) -> list[str]:
    """What the draft changes for the box, in the words of a push."""
    return _changed(draft.begun_text, read.file.compiled.lines)


def moved_on(draft: ScheduleDraft | None, begun: Begun) -> list[str]:
    """What changed on the box since the draft was begun; nothing where it did not."""
    if draft is None:
        return []
    same = draft.begun_at == begun.revision
    if same and draft.begun_text == begun.text:
        return []
    if same or not begun.text:
        return [_OTHER_WORDS] if same else ["the box has no schedule that this laptop knows"]
    return _changed(draft.begun_text, _lines(begun.text)) or [_OTHER_WORDS]


def text_changes(before: str, after: str) -> list[str]:
    """What one text says otherwise than another, for whoever has the older one before them."""
    return _changed(before, _lines(after)) or [_OTHER_WORDS]


def _changed(before: str, after: list[str]) -> list[str]:
    return [change.text() for change in difference(_lines(before), after)]


def _lines(text: str) -> list[str]:
    """As it is compiled; none where the text is no schedule."""
    try:
        return compile_schedule(read_file.parse(text, "")).lines if text else []
    except UserError:
        return []


def _card(ident: str, table: dict[str, object], read: ReadText) -> DoseCard:
    found = read.beside.doses.get(ident, {})
    facts = tuple(_facts(table, {name: tuple(about) for name, about in found.items()}))
    notes = tuple(each for each in read.beside.of(ident) if each.severity == NOTE)
    return DoseCard(ident, str(table["name"]), facts, notes)


def _facts(table: dict[str, object], found: dict[str, tuple[Finding, ...]]) -> Iterator[Fact]:
    """What is said of a dose, each with the findings about it; none of these is left out."""
    stock = table.get("stock")
    counted = stock if isinstance(stock, dict) else {}
    left = dict(found)
    facts = (
        ("Taken", words.shown_text(table.get("take")), NAME),
        ("When", _when(table), WHEN),
        ("Days", _days(table), DAYS),
        ("Compartment", words.shown_places(table.get("place")), "place"),
        ("Stock", words.shown_number(counted.get("count")), "count"),
    )
    for label, text, name in facts:
        about = _graver(left.pop(name, ()))
        if text or about:
            yield Fact(label, text or "not said", about)
    for label, name in (("Food", "food"), ("Last day", "end"), ("Lateness", "late")):
        if about := _graver(left.pop(name, ())):
            yield Fact(label, words.shown_text(table.get(name)) or "not said", about)
    if about := _graver(left.pop(CONTENTS, ())):
        yield Fact("What is in it", shown_contents(table.get(CONTENTS)) or "not said", about)


def _graver(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(each for each in found if each.severity != NOTE)


def _when(table: dict[str, object]) -> str:
    meals = table.get("with")
    if isinstance(meals, list):
        return f"with {', else with '.join(map(str, meals))}"
    return f"at {words.shown_times(table.get('at'))}"


def _days(table: dict[str, object]) -> str:
    spans = [("from", table.get("start")), ("to", table.get("end"))]
    said = [words.shown_days(table.get("days", "daily"))]
    return " ".join([*said, *(f"{word} {words.shown_date(day)}" for word, day in spans if day)])


def _rows(shown: Preview, day: int) -> Iterator[AheadRow]:
    file = shown.file
    doses = {dose.id: dose for dose in file.schedule.doses}
    for each in shown.occurrences:
        if each.day == day:
            moment = file.local.datetime(each.due_s)
            which = which_text(file.plan, each.dose, each.day, each.slot)
            meal = each.rings[0].meal or ""
            told = (meal, which, outcome_text(each, date_of(day), file.local))
            time = time_text(moment.hour * 60 + moment.minute)
            dose = doses[each.dose.id]
            yield AheadRow(time, dose.name, dose.take, ", ".join(filter(None, told)))
