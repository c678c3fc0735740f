"""`dosebell away`: some days on which meals come at other times, or nothing rings."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dosebell_host.actions.changes.change import Changed, change
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.which import meal_meant
from dosebell_host.editing.blocks import with_blocks
from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import read_date
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.toml_edit import toml_value
from dosebell_host.schedule.values import show, time_text
from dosebell_host.talk import Talk
from dosebell_host.wizard.clock_words import without_clocks
from dosebell_host.wording import and_list

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach

_HOW = 'say --meal "breakfast 10:00" for each meal that moves, or --off where nothing shall ring'


class AwayWishes(NamedTuple):
    """The first and the last day, and what is different then: meals as `breakfast 10:00`, or
    nothing rings at all. `reason` is told by the log.
    """

    first: str
    last: str
    meals: Sequence[str] = ()
    off: bool = False
    reason: str = ""


def away(
    wishes: ChangeWishes, days: AwayWishes, talk: Talk, reach: "Reach"
) -> "Changed | PushReport":
    """Add those days. Raises `UsageError` where they do not fit, and as `change` does."""
    if days.off == bool(days.meals):
        raise UsageError("meals at other times, or nothing rings: just one of the two", fix=_HOW)
    return change(wishes, partial(_with_days, days), talk, reach)


def _with_days(days: AwayWishes, source: Original) -> str:
    first, last = read_date(days.first, "FROM"), read_date(days.last, "TO")
    # A file that is none is told before anything is put behind it.
    schedule = source.schedule
    different = "off = true" if days.off else f"meals = {_moved(schedule, days.meals)}"
    reason = f"reason = {toml_value(days.reason)}\n" if days.reason else ""
    block = f"[[except]]\nfrom = {first}\nto = {last}\n{different}\n{reason}"
    return with_blocks(source.text, "except", block)


def _moved(schedule: Schedule, meals: Sequence[str]) -> str:
    return f"{{ {', '.join(_meal_at(schedule, each) for each in meals)} }}"


def _meal_at(schedule: Schedule, said: str) -> str:
    left, minutes = without_clocks(said)
    meal = meal_meant(schedule, left.replace("|", " "))
    if meal is None or len(minutes) != 1:
        there = and_list(each.name for each in schedule.meals) if schedule.meals else "none"
        fix = f'write a meal and a time, as "breakfast 10:00" (meals here: {there})'
        raise UsageError(f"{show(said)} is not read", where="--meal", fix=fix)
    return f'{meal.name} = "{time_text(minutes[0])}"'
