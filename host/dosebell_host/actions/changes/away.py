"""`dosebell away`: some days on which meals come at other times, or nothing rings."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dosebell_host.actions.changes.change import Changed, change
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.which import meal_meant
from dosebell_host.editing.blocks import with_blocks
from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import day_text
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.toml_edit import toml_value
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.talk import Talk
from dosebell_host.wizard.clock_words import read_clock
from dosebell_host.wizard.date_words import dates_in
from dosebell_host.wording import and_list, command_text

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach

_HOW = 'say --meal "breakfast 10:00" for each meal that moves, or --off where nothing shall ring'


class AwayWishes(NamedTuple):
    """The first and the last day in words, as `24 Dec 2 Jan`, and what is different then: meals as
    `breakfast 10:00`, or nothing rings at all. `reason` is told by the log.

    Words behind the days are the times of meals that have none yet, in their order.
    """

    days: Sequence[str]
    meals: Sequence[str] = ()
    off: bool = False
    reason: str = ""


def away(
    wishes: ChangeWishes, days: AwayWishes, talk: Talk, reach: "Reach"
) -> "Changed | PushReport":
    """Add those days. Raises `UsageError` where they do not fit, and as `change` does."""
    if days.off == bool(days.meals):
        raise UsageError("meals at other times, or nothing rings: just one of the two", fix=_HOW)
    return change(wishes, partial(_with_days, wishes.file, days, talk), talk, reach)


def _with_days(file: Path | None, days: AwayWishes, talk: Talk, source: Original) -> str:
    # A file that is none is told before anything is put behind it.
    schedule = source.schedule
    first, last, times = _days_and_times(days.days, source)
    meals = _with_times(days.meals, times)
    different = "off = true" if days.off else f"meals = {_moved(schedule, meals)}"
    reason = f"reason = {toml_value(days.reason)}\n" if days.reason else ""
    block = f"[[except]]\nfrom = {first}\nto = {last}\n{different}\n{reason}"
    talk.note(f"From {day_text(first, year=True)} to {day_text(last, year=True)}.")
    if file is not None:
        day_before = str(first - timedelta(days=1))
        talk.note(f"See them: {command_text(None, 'preview', str(file), '--from', day_before)}")
    return with_blocks(source.text, "except", block)


def _days_and_times(words: Sequence[str], source: Original) -> tuple[date, date, list[str]]:
    try:
        found, rest = dates_in(words, 2, source.today)
    except Wrong as wrong:
        raise UsageError(wrong.message, where="FROM TO", fix=wrong.fix) from None
    if len(found) != len(("first", "last")):
        raise UsageError("there is no last day", where="TO", fix="name the first and the last day")
    return found[0], found[1], rest


def _with_times(meals: Sequence[str], times: Sequence[str]) -> list[str]:
    """The meals, those without a time with the next one of those that stood elsewhere."""
    left = list(times)
    said = [
        f"{each} {left.pop(0)}" if left and not any(map(str.isdigit, each)) else each
        for each in meals
    ]
    if left:
        raise UsageError(f"{show(' '.join(left))} belongs to no meal", where="TO", fix=_HOW)
    return said


def _moved(schedule: Schedule, meals: Sequence[str]) -> str:
    return f"{{ {', '.join(_meal_at(schedule, each) for each in meals)} }}"


def _meal_at(schedule: Schedule, said: str) -> str:
    words = said.replace("=", " ").split(maxsplit=1)
    meal = meal_meant(schedule, words[0]) if words else None
    try:
        if meal is not None and len(words) > 1:
            return f'{meal.name} = "{time_text(read_clock(words[1], meal.minutes[0]))}"'
    except Wrong:
        pass
    there = and_list(each.name for each in schedule.meals) if schedule.meals else "none"
    fix = f'write a meal and a time, as "breakfast 10:00" (meals here: {there})'
    raise UsageError(f"{show(said)} is not read", where="--meal", fix=fix)
