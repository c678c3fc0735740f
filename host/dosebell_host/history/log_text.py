"""A log as a person reads it: a line a day, a mark a dose, then what it adds up to."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from dosebell import civil, record
from dosebell_host.history.measures import Measures, by_dose
from dosebell_host.history.outcomes import LATE, OPEN, Outcome
from dosebell_host.history.records import Entry
from dosebell_host.history.unrecorded import bounds
from dosebell_host.schedule.local_time import LocalTime, date_of, day_iso
from dosebell_host.wording import duration_text

if TYPE_CHECKING:
    from dosebell_host.history.box_log import BoxLog

MARKS = {
    record.TAKEN: "✓",
    LATE: "~",
    record.MISSED: "×",
    record.UNKNOWN: "?",
    record.SKIPPED: "-",
    record.CANCELLED: "/",
    OPEN: "…",
}
# For terminals and files that cannot hold the others.
PLAIN_MARKS = {**MARKS, record.TAKEN: "+", record.MISSED: "x", OPEN: "."}

# Off days were skipped by plan.
_OFF = "off"
# What counts as due.
_DUE = (record.TAKEN, record.MISSED, record.SKIPPED)
_WEEK_DAYS = 7
_NO_NAMES: Mapping[str, str] = {}


def table(
    shown: Iterable[Outcome],
    doses: Sequence[str],
    local: LocalTime,
    marks: dict[str, str],
    width: int,
    names: Mapping[str, str] = _NO_NAMES,
) -> Iterator[str]:
    """One line a day, a column a dose: those of the schedule in its order, then all others. Where
    the lines would be wider than `width`, the doses have their ids for their `names`, and then no
    times of day.
    """
    shown = list(shown)
    if not shown:
        yield "Nothing is noted of that time."
        return
    told = {each.dose for each in shown}
    columns = [dose for dose in doses if dose in told] + sorted(told.difference(doses))
    ids = {dose: dose for dose in columns}
    lines = list(_table(shown, {**ids, **_of(ids, names)}, local, marks, True))
    for with_times in (True, False):
        if max(map(len, lines)) > width:
            lines = list(_table(shown, ids, local, marks, with_times))
    yield from lines
    yield ""
    yield legend(marks)
    if any(each.status == LATE for each in shown):
        yield f"{marks[LATE]} late is taken when half of its time was over, or at a later meal."


def report(
    shown: Iterable[Outcome],
    doses: Sequence[str],
    local: LocalTime,
    marks: dict[str, str],
    width: int,
    names: Mapping[str, str] = _NO_NAMES,
) -> Iterator[str]:
    """The table, and what it adds up to; both in the order of the schedule's `doses`."""
    shown = list(shown)
    yield from table(shown, doses, local, marks, width, names)
    order = {dose: place for place, dose in enumerate(doses)}
    found = sorted(shown, key=lambda each: (order.get(each.dose, len(order)), each.dose))
    yield from sums(found, names)
    yield from rhythm(shown)


def legend(marks: dict[str, str]) -> str:
    """What the marks mean."""
    words = {OPEN: "not answered yet"}
    return "  ".join(f"{mark} {words.get(status, status)}" for status, mark in marks.items())


def sums(shown: Iterable[Outcome], names: Mapping[str, str] = _NO_NAMES) -> Iterator[str]:
    """One line a dose: how often it was taken, and the longest time without."""
    lines = [each for each in by_dose(shown) if not each.is_empty]
    width = max((len(each.dose) for each in lines), default=0)
    for each in lines:
        name = f"{names[each.dose]}: " if each.dose in names else ""
        yield f"{each.dose:{width}}  {name}{_sum(each)}"


def rhythm(shown: Iterable[Outcome]) -> Iterator[str]:
    """What was taken of what was due on each weekday, and in each week from Monday on; only where
    there is more than one week.
    """
    due = [each for each in shown if each.status != _OFF and each.state in _DUE]
    days = [each.day for each in due]
    if not due or max(days) - min(days) < _WEEK_DAYS:
        return
    weekdays = {_weekday(day): f"{date_of(day):%a}" for day in days}
    by_weekday = [
        f"{weekdays[each]} {_taken_of(due, _weekday, each)}" for each in sorted(weekdays)
    ]
    by_week = [
        f"from {date_of(monday).day} {date_of(monday):%b} {_taken_of(due, _monday, monday)}"
        for monday in sorted({_monday(day) for day in days})
    ]
    yield f"Weekdays  {', '.join(by_weekday)}"
    yield f"Weeks     {', '.join(by_week)}"


def _taken_of(due: Iterable[Outcome], part: Callable[[int], int], wanted: int) -> str:
    states = [each.state for each in due if part(each.day) == wanted]
    return f"{states.count(record.TAKEN)} of {len(states)}"


def _weekday(day: int) -> int:
    """0 is Monday."""
    return date_of(day).weekday()


def _monday(day: int) -> int:
    """The first day of its week."""
    return day - _weekday(day)


def _of(ids: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    return {ident: names[ident] for ident in ids if ident in names}


def record_line(entry: Entry, local: LocalTime) -> str:
    """One record as a line."""
    at = "(clock not set)    " if entry.utc_s is None else local.second(entry.utc_s)
    which = (
        "" if entry.day is None else f" {entry.dose} {day_iso(entry.day)} {_place(entry, local)}"
    )
    dose = f" {entry.dose}" if entry.dose and entry.day is None else ""
    detail = "".join(f" {_pair(key, value, local)}" for key, value in entry.said.items())
    return f"{entry.seq:>6}  {at}  {entry.kind:<9}{which}{dose}{detail}".rstrip()


def _place(entry: Entry, local: LocalTime) -> str:
    """When on its date it was first due; for a record that does not say it, which one of them."""
    return f"no. {entry.slot + 1}" if entry.due_s is None else local.clock(entry.due_s)


def log_warnings(log: "BoxLog", now: float) -> Iterator[str]:
    """What a reader should know before: how old this is, and what is missing in it.

    `now` is Unix seconds by this laptop's clock, as `read_at` is.
    """
    if log.read_at is not None:
        ago = duration_text(max(0.0, now - log.read_at))
        yield f"The box {log.name} does not answer."
        yield f"This is what this laptop read from it {ago} ago."
    yield from lacking(log)


def lacking(log: "BoxLog") -> Iterator[str]:
    """What is missing in it."""
    if log.missing:
        count = "1 record is" if log.missing == 1 else f"{log.missing} records are"
        yield f"{count} missing: damaged on the box, or older than it keeps."
    # Of the one in force a contact has told already.
    told = [revision for _, revision in log.pushes[-1:]] if log.read_at is None else []
    if unreadable := len(log.unreadable.difference(told)):
        schedules = "1 schedule" if unreadable == 1 else f"{unreadable} schedules"
        yield (
            f"{schedules} of that time cannot be read by this dosebell, so of their doses only"
            " what the box noted is shown."
        )
    for gap, revision in log.unexplained:
        start, end = map(log.local.minute, bounds(gap))
        is_here = revision in log.unreadable
        why = "This dosebell cannot read" if is_here else "This laptop never saw"
        yield (
            f"From {start} to {end} the box was off or had no clock."
            f" {why} the schedule of that time, so its doses are not shown."
        )


def _table(
    shown: list[Outcome],
    heads: dict[str, str],
    local: LocalTime,
    marks: dict[str, str],
    with_times: bool,
) -> Iterator[str]:
    days = [
        (day, {dose: _cell(group, dose, local, marks, with_times) for dose in heads})
        for day, group in ((day, list(group)) for day, group in groupby(shown, _day))
    ]
    widths = {
        dose: max(len(head), *(len(cells[dose]) for _, cells in days))
        for dose, head in heads.items()
    }
    yield _row(" " * 14, heads, widths)
    for day, cells in days:
        yield _row(f"{civil.iso(day)} {date_of(day):%a}", cells, widths)


def _row(label: str, cells: dict[str, str], widths: dict[str, int]) -> str:
    return "  ".join([label, *(f"{cells[dose]:{widths[dose]}}" for dose in cells)]).rstrip()


def _cell(
    group: list[Outcome], dose: str, local: LocalTime, marks: dict[str, str], with_times: bool
) -> str:
    own = [each for each in group if each.dose == dose]
    if not with_times:
        return "".join(_mark(each, marks) for each in own)
    return "  ".join(f"{_mark(each, marks)}{_taken(each, local)}" for each in own)


def _mark(each: Outcome, marks: dict[str, str]) -> str:
    return marks[record.SKIPPED if each.status == _OFF else each.status]


def _taken(each: Outcome, local: LocalTime) -> str:
    """When it was taken, with the weekday where that is not the day it belongs to."""
    return "" if each.taken_s is None else f" {local.clock_on(each.day, each.taken_s)}"


def _sum(each: Measures) -> str:
    if each.ratio is None:
        text = "nothing known"
    else:
        text = f"{each.taken} of {each.due} taken ({100 * each.ratio:.0f} %)"
    for count, word in (
        (each.late, "of them late"),
        (each.missed, "missed"),
        (each.skipped, "skipped"),
        (each.unknown, "unknown, not counted"),
        (each.off, "off by plan, not counted"),
    ):
        text += f", {count} {word}" if count else ""
    if each.longest_gap is not None:
        text += f"; longest time between two: {duration_text(each.longest_gap.length_s)}"
    return text


def _pair(key: str, value: str, local: LocalTime) -> str:
    if key in ("at", "from", "to") and value.isdigit():
        return f"{key} {local.minute(record.from_unix(value))}"
    return f"{key}={value}" if value else key


def _day(each: Outcome) -> int:
    return each.day
