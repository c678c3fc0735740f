"""`dosebell away`: some days on which meals come at other times, or nothing rings."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dosebell_host.actions.changes.away_questions import (
    FROM,
    REASON,
    RINGS,
    UNTIL,
    away_questions,
    moved_meals,
)
from dosebell_host.actions.changes.change import AS_IT_IS, Changed, change
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.which import meal_meant
from dosebell_host.editing.blocks import with_blocks
from dosebell_host.errors import UsageError, UserError
from dosebell_host.schedule.local_time import day_text
from dosebell_host.schedule.model import Meal, Schedule
from dosebell_host.schedule.toml_edit import toml_value
from dosebell_host.schedule.typed.date_range import DateRange, dates_in
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.talk import Talk
from dosebell_host.wizard.asking import Question, Said, ask_all
from dosebell_host.wizard.clock_words import read_clock
from dosebell_host.wording import and_list, command_text

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach

_HOW = 'say --meal "breakfast 10:00" for each meal that moves, or --off where nothing shall ring'


class AwayWishes(NamedTuple):
    """The first and the last day in words, as `24 to 27 December`, and what is different then:
    meals as `breakfast 10:00`, or nothing rings at all. `reason` is told by the log.

    Words behind the days are the times of meals that have none yet, in their order. What is left
    out is asked for.
    """

    days: Sequence[str] = ()
    meals: Sequence[str] = ()
    off: bool = False
    reason: str = ""


class _Away(NamedTuple):
    """The days, and the meals that are at another minute then; none where nothing rings."""

    days: DateRange
    meals: dict[str, int]
    reason: str = ""


def away(
    wishes: ChangeWishes, days: AwayWishes, talk: Talk, reach: "Reach"
) -> "Changed | PushReport":
    """Add those days. Raises `UsageError` where they do not fit, and as `change` does."""
    said_both, said_none = days.off and days.meals, not (days.off or days.meals)
    if said_both or (said_none and not talk.can_ask):
        raise UsageError("meals at other times, or nothing rings: just one of the two", fix=_HOW)
    see: list[str] = []
    done = change(wishes, partial(_with_days, wishes.file, days, talk, see), talk, reach)
    # What was refused is nowhere to be seen.
    for command in see:
        talk.note(f"See them: {command}")
    return done


def _with_days(
    file: Path | None, wishes: AwayWishes, talk: Talk, see: list[str], source: Original
) -> str:
    """The text with those days; `see` gets the command that shows them."""
    # A file that is none is told before anything is put behind it.
    said, times = _days_and_times(wishes.days, source)
    given = {
        meal.name: minute
        for each in _with_times(wishes.meals, times)
        for meal, minute in [_meal_at(source.schedule, each)]
    }
    found = _asked(wishes, said, given, source, talk)
    different = f"meals = {_table(found.meals)}" if found.meals else "off = true"
    reason = f"reason = {toml_value(found.reason)}\n" if found.reason else ""
    first, last = found.days
    block = f"[[except]]\nfrom = {first}\nto = {last}\n{different}\n{reason}"
    talk.note(f"From {_days_text(found.days)}.")
    if last < source.today:
        talk.note("These days are over: look at the year.")
    _refuse_moved_twice(found, source)
    if file is not None:
        day_before = str(first - timedelta(days=1))
        see.append(command_text(None, "preview", str(file), "--from", day_before))
    return with_blocks(source.text, "except", block)


def _days_text(days: DateRange) -> str:
    first, last = (day_text(each, year=True) for each in days)
    return f"{first} to {last}"


def _refuse_moved_twice(found: _Away, source: Original) -> None:
    """A meal that is at another time on one of these days already; a file may say that once."""
    for each in source.schedule.exceptions:
        there = DateRange(each.first, each.last)
        if there.first <= found.days.last and found.days.first <= there.last:
            for meal in filter(each.meals.__contains__, found.meals):
                at = time_text(each.meals[meal])
                raise UserError(
                    f"{meal} is at {at} from {_days_text(there)} already",
                    fix=f"name other days, or change those with `dosebell edit`; {AS_IT_IS}",
                    code="schedule",
                )


def _asked(
    wishes: AwayWishes, known: Said, given: dict[str, int], source: Original, talk: Talk
) -> _Away:
    """All of it; what is not `known` comes from the person."""
    if not talk.can_ask:
        _refuse_missing(known)
        return _Away(_range(known), given, wishes.reason)
    is_different = bool(given) or wishes.off

    def questions(said: Said) -> Iterator[Question]:
        yield from away_questions(said, source, is_different)

    said = ask_all(questions, {}, known, talk, open_to_change=known)
    meals = given or moved_meals(said)
    if said.get(RINGS) and not meals:
        raise UserError("nothing is different on these days", fix=AS_IT_IS, code="same")
    return _Away(_range(said), meals, wishes.reason or said.get(REASON, ""))


def _range(said: Said) -> DateRange:
    first, *last = said[FROM]
    return DateRange(first, last[0] if last else said[UNTIL])


def _refuse_missing(known: Said) -> None:
    if FROM not in known:
        fix = 'name the first and the last, as "24 to 27 December"'
        raise UsageError("there are no days", where="FROM TO", fix=fix)
    if len(known[FROM]) == 1:
        raise UsageError("there is no last day", where="TO", fix="name the first and the last day")


def _days_and_times(words: Sequence[str], source: Original) -> tuple[Said, list[str]]:
    if not words:
        return {}, []
    try:
        found, rest = dates_in(words, source.today)
    except Wrong as wrong:
        raise UsageError(wrong.message, where="FROM TO", fix=wrong.fix) from None
    return {FROM: tuple(found)}, rest


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


def _table(meals: dict[str, int]) -> str:
    pairs = ", ".join(f"{name} = {toml_value(time_text(at))}" for name, at in meals.items())
    return f"{{ {pairs} }}"


def _meal_at(schedule: Schedule, said: str) -> tuple[Meal, int]:
    words = said.replace("=", " ").split(maxsplit=1)
    meal = meal_meant(schedule, words[0]) if words else None
    try:
        if meal is not None and len(words) > 1:
            return meal, read_clock(words[1], meal.minutes[0])
    except Wrong:
        pass
    there = and_list(each.name for each in schedule.meals) if schedule.meals else "none"
    fix = f'write a meal and a time, as "breakfast 10:00" (meals here: {there})'
    raise UsageError(f"{show(said)} is not read", where="--meal", fix=fix)
