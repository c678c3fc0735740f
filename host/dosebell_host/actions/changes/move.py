"""`dosebell move`: a dose, or a meal and what is taken with it, at other times."""

import tomllib
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from dosebell_host.actions.changes.change import AS_IT_IS, Changed, change
from dosebell_host.actions.changes.one_of_times import OneMoved, one_moved, says_one
from dosebell_host.actions.changes.original import ChangeWishes, Original
from dosebell_host.actions.changes.own_time import (
    ALONE,
    alone_text,
    at_own_times,
    move_text,
    once_text,
    refuse_chances,
)
from dosebell_host.actions.changes.which import dose_meant, meal_meant, unknown_dose
from dosebell_host.editing.keys import with_key
from dosebell_host.editing.times import with_late, with_meal_at, with_time, with_times
from dosebell_host.errors import UsageError, UserError
from dosebell_host.schedule.days import WEEKDAYS
from dosebell_host.schedule.model import DoseEntry, Meal, Schedule
from dosebell_host.schedule.toml_lines import pair_spans
from dosebell_host.schedule.values import Wrong, show, time_text
from dosebell_host.talk import Talk
from dosebell_host.wizard.clock_words import HALF_DAY_MIN, read_clock
from dosebell_host.wizard.day_words import read_weekdays
from dosebell_host.wizard.rising_hours import read_hours
from dosebell_host.wizard.when_words import late_within
from dosebell_host.wording import and_list, command_text

if TYPE_CHECKING:
    from dosebell_host.actions.push import PushReport
    from dosebell_host.box.reach import Reach


class _Said(NamedTuple):
    """What is moved, whereto, on which weekdays, and whether without its meal."""

    what: str
    times: Sequence[str]
    days: tuple[int, ...]
    alone: bool


# Any minute of the day, where only what is no time at all is looked for.
_ANY_MIN = 0


def move(
    wishes: ChangeWishes,
    what: str,
    times: Sequence[str],
    talk: Talk,
    reach: "Reach",
    on: str = "",
    alone: bool = False,
) -> "Changed | PushReport":
    """Move the dose or the meal called `what` to these times of day, or as `12:00 to 13:00` one
    of its times; a meal only on the weekdays that `on` names, where it names some. A dose that
    comes with a meal is moved `alone`, or the meal is: where nobody said so, that is asked.

    Raises `UserError` where it can't be moved so, and as `change` does.
    """
    if file := next((each for each in times if each.endswith(".toml")), ""):
        raise UsageError(f"{file} is a file", where="TIME", fix=f"say --file {file}")
    what, times = _name_and_times(what, times)
    times = _as_one(times)
    # What is no time at all is told before anything is read.
    if not says_one(times):
        _minutes(times, _ANY_MIN)
    said = _Said(what, times, _weekdays(on), alone)
    return change(wishes, partial(_moved, said, wishes, talk), talk, reach)


def _name_and_times(what: str, words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The name and the times, where a name of several words, or a "to", stands before those."""
    words = [each.rstrip(",") for each in words if each.lower() != "and"]
    for used in range(len(words)):
        if any(map(str.isdigit, "".join(words[:used]))):
            break
        times = words[used + 1 :] if words[used].lower() == "to" else words[used:]
        if times and _are_times(times):
            return " ".join([what, *words[:used]]), times
    return what, words


def _are_times(words: Sequence[str]) -> bool:
    try:
        _minutes(_as_one(words), _ANY_MIN)
    except UsageError:
        return says_one(words)
    return True


def _as_one(times: Sequence[str]) -> Sequence[str]:
    """The words, or the one time that they are only together, as `half past eight`."""
    if all(any(map(str.isdigit, each)) for each in times):
        return times
    whole = " ".join(times)
    try:
        read_clock(whole, _ANY_MIN)
    except Wrong:
        return times
    return [whole]


def _minutes(times: Sequence[str], near: int | None) -> list[int]:
    """The times of day; `near` is the minute about which they are, where that is known."""
    try:
        return sorted({_minute(each, near) for each in times})
    except Wrong as wrong:
        raise UsageError(wrong.message, where="TIME", fix=wrong.fix) from None


def _minute(typed: str, near: int | None) -> int:
    """What leaves the half of the day open, as `half past six`, is of the half that it is in."""
    try:
        return read_clock(typed)
    except Wrong:
        return read_clock(typed, near)


def _said_back(times: Sequence[str], near: int | None, name: str, talk: Talk) -> list[int]:
    """The times of day, and what was understood where only what it is now has told, or that they
    rise through the day.
    """
    if (rising := _guessed(times)) is not None:
        said = and_list(map(time_text, rising))
        talk.note(f'"{" ".join(times)}" is taken as {said}.')
        return rising
    minutes = _minutes(times, near)
    for typed in times:
        try:
            read_clock(typed)
        except Wrong:
            told = f'"{typed}" is taken as {time_text(_minute(typed, near))}'
            talk.note(f"{told}, for {name} is at {time_text(near or 0)} now.")
    return minutes


def _guessed(times: Sequence[str]) -> list[int] | None:
    """What several hours mean that leave the half of the day open, where that is a guess."""
    try:
        for typed in times:
            read_clock(typed)
    except Wrong:
        return None
    try:
        hours = read_hours(times)
    except Wrong as wrong:
        raise UsageError(wrong.message, where="TIME", fix=wrong.fix) from None
    return None if hours.sure else list(hours.minutes)


def _half_of(minutes: Sequence[int]) -> int | None:
    """A time of the half of the day in which all of these are; None where they are in both."""
    halves = {minute // HALF_DAY_MIN for minute in minutes}
    return minutes[0] if len(halves) == 1 else None


def _weekdays(words: str) -> tuple[int, ...]:
    days = read_weekdays(words) if words else ()
    if days is None:
        raise UsageError(
            f"{show(words)} is no weekday", where="--on", fix='say it as "sat and sun"'
        )
    return days


def _moved(said: _Said, wishes: ChangeWishes, talk: Talk, source: Original) -> str:
    """The changed text."""
    what, times, days, _ = said
    meal = meal_meant(source.schedule, what)
    # A dose may have the meal behind its name.
    is_meal = meal and all(dose.id != meal.name for dose in source.schedule.doses)
    found = None if is_meal else dose_meant(source.schedule, what)
    if found and not (meal or days):
        one = one_moved(times, _times_of(source.schedule, found[1]), found[1].id)
        if one:
            return _one_of(source, *found, one, said.alone, wishes, talk)
    elif meal and (one := one_moved(times, meal.minutes[:1], meal.name)):
        times = [time_text(one.new)]
    minutes = _said_back(times, _now_at(source.schedule, found, meal), what, talk)
    if meal and days:
        return _on_days(source.text, meal, _one(minutes, meal.name), days)
    if days:
        raise UsageError(
            f'no meal is called "{what}"', where="--on", fix="only a meal has days apart"
        )
    if meal and found is None:
        if said.alone:
            fix = "name a dose, or leave it out"
            raise UsageError(f"{meal.name} is a meal", where=ALONE, fix=fix)
        return _meal_moved(source, meal, minutes, talk)
    if found is None:
        raise unknown_dose(source.schedule, what)
    place, dose = found
    if dose.with_meals:
        if said.alone:
            if len(minutes) > 1:
                talk.note(f"{once_text(dose)}; so it rings {len(minutes)} times a day.")
            return _on_its_own(source, place, dose, minutes)
        return _with_its_meal(source, place, dose, minutes, wishes, talk)
    return _dose_moved(source, place, dose, minutes, talk)


def _now_at(
    schedule: Schedule, found: tuple[int, DoseEntry] | None, meal: Meal | None
) -> int | None:
    """About when it is now, as a minute of the day; None where that tells nothing."""
    if found and found[1].with_meals:
        meal = meal or meal_meant(schedule, found[1].with_meals[0])
    elif found:
        return _half_of(found[1].at)
    return meal.minutes[0] if meal else None


def _dose_moved(
    source: Original, place: int, dose: DoseEntry, minutes: list[int], talk: Talk
) -> str:
    if list(dose.at) == minutes:
        raise UserError(f"{dose.id} is at {_times(minutes)} already", fix=AS_IT_IS, code="same")
    if len(minutes) < len(dose.at):
        fewer = f"{dose.id} is at {_times(dose.at)} now, and only at {_times(minutes)} then"
        talk.note(f"To move just one: {_just_one(dose, minutes)}")
        talk.agree([fewer], "Move it")
    return _with_room(with_times(source.text, place, minutes), place, dose, minutes)


def _just_one(dose: DoseEntry, minutes: list[int]) -> str:
    """The command that moves the nearest time to the first new one."""
    new = next((each for each in minutes if each not in dose.at), minutes[0])
    old = min((each for each in dose.at if each != new), key=lambda each: abs(each - new))
    return command_text(None, "move", dose.id, time_text(old), "to", time_text(new))


def _one_of(
    source: Original,
    place: int,
    dose: DoseEntry,
    one: OneMoved,
    alone: bool,
    wishes: ChangeWishes,
    talk: Talk,
) -> str:
    """The dose with one of its times elsewhere; where that is a meal's, the meal moves, or
    `alone` gives the dose times of its own.
    """
    if one.old == one.new or one.new in dose.at:
        raise UserError(f"{dose.id} is at {time_text(one.new)} already", fix=AS_IT_IS, code="same")
    if dose.with_meals:
        if alone:
            refuse_chances(wishes, dose, one.new)
            return _on_its_own(source, place, dose, [one.new])
        name = next(each for each in dose.with_meals if _usual(source.schedule, each) == one.old)
        return _with_its_meal(source, place, dose, [one.new], wishes, talk, name)
    minutes = sorted(one.new if each == one.old else each for each in dose.at)
    return _with_room(with_time(source.text, place, *one), place, dose, minutes)


def _times_of(schedule: Schedule, dose: DoseEntry) -> Sequence[int]:
    """The minutes of the day at which it rings, with meals those of the meals."""
    return dose.at or [_usual(schedule, each) for each in dose.with_meals]


def _usual(schedule: Schedule, meal: str) -> int:
    return next(each.minutes[0] for each in schedule.meals if each.name == meal)


def _with_room(text: str, place: int, dose: DoseEntry, minutes: list[int]) -> str:
    """The text in which no window of the dose runs into the next one."""
    late_s = late_within(minutes, dose.late_s)
    return with_late(text, place, late_s) if late_s else text


def _on_its_own(source: Original, place: int, dose: DoseEntry, minutes: list[int]) -> str:
    return _with_room(at_own_times(source, place, minutes), place, dose, minutes)


def _with_its_meal(
    source: Original,
    place: int,
    dose: DoseEntry,
    minutes: list[int],
    wishes: ChangeWishes,
    talk: Talk,
    name: str = "",
) -> str:
    """What is taken with a meal moves when that does, and so does all that hangs on it; or it gets
    a time of its own.
    """
    wanted = name or dose.with_meals[0]
    meal = next(each for each in source.schedule.meals if each.name == wanted)
    moment = _one(minutes, meal.name)
    others = [each.id for each in _with(source.schedule, meal) if each.id != dose.id]
    besides = f", and {and_list(others)} with it" if others else ""
    said = f"{dose.id} comes with {meal.name}"
    question = f"Move {meal.name} to {time_text(moment)}"
    own = f"Give {dose.id} alone {time_text(moment)}, and leave {meal.name} where it is?"
    alone = alone_text(wishes, dose, minutes)
    # One that rings again at a later meal would lose that: to Enter it is not proposed.
    later = [each for each in dose.with_meals if each != meal.name]
    lost = f", and no second ring at {and_list(later)}" if later else ""
    if others and talk.can_ask:
        do = "does" if len(others) == 1 else "do"
        also = f"{said}, and so {do} {and_list(others)}"
        # Whoever named the dose has spoken of that one only.
        if not later and talk.confirm(f"{also}. {own}"):
            return _on_its_own(source, place, dose, minutes)
        if later:
            talk.note(f"To give {dose.id} alone a time of its own{lost}: {alone}")
        talk.agree([also], f"{question}{besides}")
        return _meal_moved(source, meal, minutes, talk)
    if talk.confirm(f"{said}. {question}?"):
        return _meal_moved(source, meal, minutes, talk)
    if not later and talk.confirm(own):
        return _on_its_own(source, place, dose, minutes)
    fix = f"move the meal{besides}: {move_text(wishes, meal.name, time_text(moment))}"
    fix += f"; or this dose alone{lost}: {alone}"
    raise UserError(f"{said}, and moves when that does", fix=fix, code="with-meal")


def _meal_moved(source: Original, meal: Meal, minutes: list[int], talk: Talk) -> str:
    moment = _one(minutes, meal.name)
    text = with_meal_at(source.text, meal.name, moment)
    if text == source.text:
        raise UserError(
            f"{meal.name} is at {time_text(moment)} already", fix=AS_IT_IS, code="same"
        )
    if apart := _days_apart(source.text, meal):
        days = and_list([f"{day} at {time_text(at)}" for day, at in apart])
        talk.note(f"{meal.name} has days of its own, which stay: {days}.")
    return text


def _on_days(text: str, meal: Meal, minute: int, days: tuple[int, ...]) -> str:
    """The text with the meal at that minute on these weekdays, and as it was on all others."""
    apart = {WEEKDAYS[day]: time_text(minute) for day in days}
    if ("meals", meal.name, "at") not in pair_spans(text):
        usual = tomllib.loads(text)["meals"][meal.name]
        return with_key(text, ("meals",), meal.name, {"at": usual, **apart})
    for day, clock in apart.items():
        text = with_key(text, ("meals", meal.name), day, clock, ("at", *WEEKDAYS))
    return text


def _one(minutes: list[int], meal: str) -> int:
    if len(minutes) != 1:
        raise UsageError(f"{meal} has one time", where="TIME", fix="name one")
    return minutes[0]


def _with(schedule: Schedule, meal: Meal) -> list[DoseEntry]:
    return [each for each in schedule.doses if meal.name in each.with_meals]


def _days_apart(text: str, meal: Meal) -> list[tuple[str, int]]:
    """The weekdays that the file names apart, with their minute of the day."""
    from dosebell_host.schedule.toml_lines import key_lines

    keys = key_lines(text)
    named = [day for day in WEEKDAYS if ("meals", meal.name, day) in keys]
    return [(day, meal.minutes[WEEKDAYS.index(day)]) for day in named]


def _times(minutes: Sequence[int]) -> str:
    return and_list([time_text(minute) for minute in minutes])
