"""The measures of a report as one table: a row a dose, and one for all."""

from dosebell_host.history.measures import Measures
from dosebell_host.pictures.picture import Cell, Numbers
from dosebell_host.report.contents import Contents
from dosebell_host.wording import duration_text

HEAD = (
    *("dose", "taken of due", "late", "missed", "skipped", "not known", "off by plan"),
    *("days as planned", "in time", "delay in min", "noted later", "longest time between two"),
    "days missed in a row",
)
ALL = "all together"


def measures_table(told: Contents) -> Numbers:
    """What each dose adds up to."""
    rows = [_row(dose.name, dose.measures) for dose in told.doses]
    if len(rows) > 1:
        rows.append(_row(ALL, told.overall))
    return Numbers("What it adds up to", HEAD, tuple(rows))


def _row(name: str, found: Measures) -> tuple[Cell, ...]:
    share = "" if found.ratio is None else f" ({100 * found.ratio:.0f} %)"
    run = found.longest_run
    return (
        *(name, _of(found.taken, found.due) + share, found.late, found.missed, found.skipped),
        *(found.unknown, found.off, _of(found.correct_days, found.days)),
        *(_of(found.in_window, found.timed), _delay(found), found.back_dated),
        *(_gap(found), run.days if run else 0),
    )


def _of(some: int, all_of_them: int) -> str:
    return f"{some} of {all_of_them}"


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
    inside = ", ".join(f"{count} {what}" for count, what in counts if count)
    return duration_text(gap.length_s) + (f" ({inside})" if inside else "")
