"""The measures of a report as one table: a row a dose, and one for all."""

from collections.abc import Callable
from typing import NamedTuple

from dosebell_host.history.measures import Measures
from dosebell_host.pictures.picture import Cell, Numbers
from dosebell_host.report.contents import Contents
from dosebell_host.wording import duration_text

ALL = "all together"


def measures_table(told: Contents) -> Numbers:
    """What each dose adds up to."""
    columns = needed(told.overall)
    rows = [
        (dose.name, *(column.cell(dose.measures) for column in columns)) for dose in told.doses
    ]
    if len(rows) > 1:
        both = ("" if column.of_one else column.cell(told.overall) for column in columns)
        rows.append((ALL, *both))
    head = ("what", *(column.head for column in columns))
    return Numbers("What it adds up to", head, tuple(rows))


def needed(overall: Measures) -> "list[Column]":
    """The columns that say something, by what all of them add up to."""
    return [column for column in COLUMNS if column.is_needed(overall)]


def _always(overall: Measures) -> bool:
    return True


class Column(NamedTuple):
    """A measure. One that is `of_one` says nothing of several doses together; one that is not
    needed, by what all of them add up to, is left out.
    """

    head: str
    cell: Callable[[Measures], Cell]
    of_one: bool = False
    is_needed: Callable[[Measures], bool] = _always


def _of(some: int, all_of_them: int) -> str:
    return f"{some} of {all_of_them}"


def _taken(found: Measures) -> str:
    share = "" if found.ratio is None else f" ({100 * found.ratio:.0f} %)"
    return _of(found.taken, found.due) + share


def _delay(found: Measures) -> str:
    """The median and the middle half, such as `36 (16 to 77)`."""
    if found.delay is None:
        return ""
    first, median, third = (_minutes(each) for each in found.delay)
    return f"{median} ({first} to {third})"


def _minutes(seconds: int) -> str:
    """Whole minutes; what was taken before it was due has a minus."""
    return f"{round(seconds / 60)}".replace("-", "−")


def _gap(found: Measures) -> str:
    gap = found.longest_gap
    if gap is None:
        return ""
    counts = ((gap.off, "off by plan"), (gap.unknown, "not known"))
    inside = ", ".join(_inside(count, what) for count, what in counts if count)
    return duration_text(gap.length_s) + (f" ({inside})" if inside else "")


def _inside(count: int, what: str) -> str:
    return f"{count} dose{'s' if count > 1 else ''} in it {what}"


def _run(found: Measures) -> int:
    return found.longest_run.days if found.longest_run else 0


COLUMNS = (
    Column("taken of due", _taken),
    Column("late", lambda found: found.late),
    Column("missed", lambda found: found.missed),
    Column("skipped", lambda found: found.skipped),
    Column("not known", lambda found: found.unknown),
    Column("off by plan", lambda found: found.off, is_needed=lambda overall: overall.off > 0),
    Column("extra", lambda found: found.extra),
    Column("days as planned", lambda found: _of(found.correct_days, found.days)),
    Column("delay in min: middle (half of them between)", _delay),
    # Where it is all of them, every reader takes it for granted.
    Column(
        "taken while the box reminds",
        lambda found: _of(found.in_window, found.timed),
        is_needed=lambda overall: overall.in_window < overall.timed,
    ),
    Column(
        "noted later",
        lambda found: found.back_dated,
        is_needed=lambda overall: overall.back_dated > 0,
    ),
    Column("longest time without it", _gap, of_one=True),
    Column("due days missed in a row", _run, of_one=True),
)
