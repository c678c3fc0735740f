"""What stands out in a period, in a few sentences."""

from collections.abc import Iterator, Sequence

from dosebell import civil
from dosebell_host.history.measures import Measures, overall
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.period import weekday_words


def summary(shown: Sequence[Outcome]) -> Iterator[str]:
    """How much was taken, how much nobody knows, and which week was worst."""
    found = overall(shown)
    if not found.due and not found.unknown:
        yield "Nothing was due."
    if found.ratio is not None:
        yield (
            f"{found.taken} of {found.due} taken ({100 * found.ratio:.0f} %),"
            f" {found.late} of them late; {found.missed} missed, {found.skipped} skipped."
        )
    if found.unknown_ratio:
        part = f"{found.unknown} of {found.due + found.unknown}"
        share = f"{100 * found.unknown_ratio:.0f} %"
        yield f"Not known are {part} ({share}): the box was off or had no clock."
    worst = worst_week(shown)
    if worst is not None:
        monday, week = worst
        taken = f"{week.taken} of {week.due} taken"
        yield f"The worst week begins on {weekday_words(monday)}: {taken}."


def worst_week(shown: Sequence[Outcome]) -> tuple[int, Measures] | None:
    """The Monday of the first week with the smallest share taken; None where nothing lacks, or
    there is but one week.
    """
    weeks: dict[int, list[Outcome]] = {}
    for each in shown:
        weeks.setdefault(each.day - civil.weekday(each.day), []).append(each)
    found = [(monday, overall(group)) for monday, group in sorted(weeks.items())]
    lacking = [(monday, week) for monday, week in found if week.due > week.taken]
    if len(found) < 2 or not lacking:
        return None
    return min(lacking, key=lambda pair: pair[1].ratio or 0)
