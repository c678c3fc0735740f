"""The questions of `dosebell new` about who and where, the meals, D3 and K2, and all else."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dosebell_host.reference import published_limits
from dosebell_host.reference.eaten import Eating, eating
from dosebell_host.reference.foods import nearest_breakfast
from dosebell_host.reference.units import exact, number
from dosebell_host.schedule.values import Wrong, text, time_text
from dosebell_host.schedule.zones import UNIX_2000, laptop_zone_name
from dosebell_host.wizard.answers import (
    MEALS,
    Amount,
    Eaten,
    read_d3,
    read_eaten,
    read_k2,
    read_meal,
    read_time,
    read_zone,
)
from dosebell_host.wizard.asking import UNDERSTOOD, Doubt, Question, Said
from dosebell_host.wizard.clock_words import HALF_DAY_MIN
from dosebell_host.wizard.day_words import course_words
from dosebell_host.wizard.dose_questions import count_reply, read_count, times_doubt
from dosebell_host.wizard.first_day import Now, minute_of
from dosebell_host.wizard.meal_words import (
    DAY_NAMES,
    MealTime,
    days_apart_words,
    meal_words,
    read_days_apart,
)
from dosebell_host.wizard.mentions import Mentioned, mentioned_words, plain, read_mentions
from dosebell_host.wizard.when_words import When, when_words
from dosebell_host.wizard.which_one import each_of_several, is_a_kind, refuse_yes
from dosebell_host.wording import and_list

_NO_VITAMIN = "there is no vitamin D3 or K2 to take"


_ON_THE_LABEL = "The label on the packet says it; write none if it names no such vitamin."
# Vitamin K2 is measured in micrograms on nearly every label.
_BARE = re.compile(r"\s*[1-9]\d{0,2}\s*")


class Sentence(NamedTuple):
    """What `--dose` says of one thing that rings."""

    mentioned: Mentioned
    given: dict[str, str]


# What is known before the first question.
AT_S, SENTENCES = "at_s", "sentences"

# Proposed for each meal, in minutes of the day; a time in words is one near to it.
USUAL_TIMES = {"breakfast": 450, "lunch": 750, "dinner": 1110}


def _yes() -> bool:
    return True


def _no_zone() -> bool:
    return laptop_zone_name() is None


def meals_of(said: Said) -> dict[str, int]:
    """The usual minute of the day of those that are eaten."""
    return {name: time.at for name, time in _times_of(said).items()}


def apart_of(said: Said) -> dict[str, dict[int, int]]:
    """The minutes of the weekdays on which a meal is at another time."""
    times = _times_of(said)
    return {name: dict(time.apart) for name, time in times.items() if time.apart}


def _times_of(said: Said) -> dict[str, MealTime]:
    """The meals that are eaten; their days apart may have been said in an answer of their own."""
    there = {name: said[name] for name in MEALS if said.get(name) is not None}
    return {
        name: MealTime(time.at, said.get(apart_key(name)) or time.apart)
        for name, time in there.items()
    }


def apart_key(meal: str) -> str:
    """The key of the question for days on which a meal is at another time."""
    return f"{meal}-days"


def has_vitamin(said: Said) -> bool:
    return bool(said["d3"] or said["k2"])


def now_of(said: Said) -> Now:
    """The moment where the person lives, with the meals of that day."""
    at = datetime.fromtimestamp(said[AT_S] + UNIX_2000, ZoneInfo(said["timezone"]))
    meals = {name: time.on(at.weekday()) for name, time in _times_of(said).items()}
    return Now(at.date(), minute_of(at), meals)


def _first_with_fat(said: Said) -> str:
    """Breakfast, unless it is known to be lean and there is another meal."""
    meals = list(meals_of(said))
    fat_g = said.get("eat", Eaten()).known_fat_g
    lean = fat_g is not None and fat_g < published_limits.FAT_ENOUGH_G
    return meals[1] if lean and len(meals) > 1 else meals[0]


def _meal_question(name: str) -> Question:
    return Question(
        name,
        f"{name.capitalize()} at, or none",
        lambda typed, said: _meal_time(name, typed, said),
        lambda said: _usual_or_none(name, said),
        reply=_time_reply,
        doubt=lambda time, said: _meal_doubt(name, time, said),
    )


def _usual_or_none(name: str, said: Said) -> str:
    """What Enter takes: the usual time, unless another meal is there already."""
    usual = time_text(USUAL_TIMES[name])
    try:
        _meal_time(name, usual, said)
    except Wrong:
        return "none"
    return usual


def apart_question(name: str) -> Question:
    """Whether a meal is at another time on some days, where its answer has not said so."""
    return Question(
        apart_key(name),
        f'{name.capitalize()} at another time on some days, as "Sunday 9" (Enter for no)',
        lambda typed, said: _days_apart(name, typed, said),
        asked=lambda said: said[name] is not None and not said[name].apart,
        reply=lambda typed, apart: days_apart_words(apart),
    )


def _meal_time(name: str, typed: str, said: Said) -> MealTime | None:
    """The time of a meal; the last one must be there where no other is."""
    time = read_time(typed, USUAL_TIMES[name])
    others = _times_of(said)
    others.pop(name, None)
    if time is not None:
        _refuse_clash(time, others)
    elif not others and "lunch" in said:
        raise Wrong("a dose needs a meal to hang on", 'write its time, as "18:30"')
    return time


def _days_apart(name: str, typed: str, said: Said) -> dict[int, int]:
    at = said[name].at
    found = read_days_apart(typed, at)
    apart = {day: minute for day, minute in found.items() if minute != at}
    others = _times_of(said)
    others.pop(name, None)
    _refuse_clash(MealTime(at, apart), others)
    return apart


def _refuse_clash(time: MealTime, others: Mapping[str, MealTime]) -> None:
    """Two meals are never at one time, and come in one order on every day of the week."""
    for other, its in others.items():
        if time.at == its.at:
            raise Wrong("there is another meal at that time", "write another time, or none")
        for day, day_name in enumerate(DAY_NAMES):
            if (time.on(day) < its.on(day)) != (time.at < its.at) or time.on(day) == its.on(day):
                way = "before" if time.at < its.at else "after"
                clash = f"on {day_name} {other} is at {time_text(its.on(day))}"
                fix = f'say that day, too, as "{time_text(time.at)}, {day_name} TIME"'
                raise Wrong(f"{clash}, and this would not come {way} it", fix)


def _meal_doubt(name: str, time: MealTime | None, said: Said) -> Doubt | None:
    """A meal before the one before it may be meant for the other half of the day."""
    earlier = {meal: at for meal, at in meals_of(said).items() if time and at > time.at}
    before = [meal for meal in MEALS[: MEALS.index(name)] if meal in earlier]
    if time is None or not before:
        return None
    later = (time.at + HALF_DAY_MIN) % (2 * HALF_DAY_MIN)
    instead = later if later > earlier[before[-1]] else time.at
    told = f"{time_text(time.at)} is before {before[-1]} ({time_text(earlier[before[-1]])})"
    return Doubt(f"  {told}; {name} at", time_text(instead))


def _name(typed: str) -> str:
    """A name, or "" where nobody wants to say one."""
    from dosebell_host.reference.recognised import is_none

    return "" if typed.strip() and is_none(typed) else text(plain(typed).strip())


def _time_reply(typed: str, time: MealTime | None) -> str:
    return "" if time is None or typed.strip() == meal_words(time) else meal_words(time)


def _amount_reply(typed: str, amount: Amount | None) -> str:
    """What was read, where the unit was typed in other words."""
    words = f"{amount.form} {amount.number} {amount.unit}".strip() if amount else ""
    return "" if not amount or amount.unit.lower() in typed.lower() else words


def _k2_reply(typed: str, amount: Amount | None) -> str:
    """What was read; who was not told the form on the label need not look for it."""
    said = _amount_reply(typed, amount)
    if not amount or amount.form:
        return said
    kinds = 'MK-7 and MK-4 are two kinds of it; if the label names one, type "back" to change it'
    return f"{said}; {kinds}" if said else kinds


def _fat_reply(typed: str, eaten: Eaten) -> str:
    """What the table of breakfasts says of all that is known in it."""
    found = eating(eaten.words)
    if eaten.fat_g is None and not found.known:
        return "taken as it is; how much fat it has is not known" if eaten.words else ""
    fat_g = eaten.fat_g if eaten.fat_g is not None else found.least_fat_g
    each = ", ".join(f"{food.words} {number(food.fat_g)} g" for food in found.known)
    sum_of = f"{each}: " if len(found.known) > 1 or found.unknown else ""
    least = "at least " if found.unknown else ""
    return f"{sum_of}{least}{number(exact(fat_g))} g of fat{_so_far(eaten, found)}"


def _so_far(eaten: Eaten, found: Eating) -> str:
    """Whether that is enough; what is not known of it may decide."""
    fat_g = eaten.known_fat_g
    if fat_g is None:
        return f"; how much is in {and_list(found.unknown)} is not known"
    enough = fat_g >= published_limits.FAT_ENOUGH_G
    return f", {'enough' if enough else 'not much'} for vitamins D and K"


def _eaten_doubt(eaten: Eaten, said: Said) -> Doubt | None:
    """Where nothing is known of what is eaten, it may have other words."""
    if not eaten.words or eating(eaten.words).known:
        return None
    near = nearest_breakfast(eaten.words)
    other = f'did you mean "{near}"?' if near else 'other words, or its fat, as "12 g of fat"'
    return Doubt(f"  How much fat that has is not known; {other}", eaten.words)


def _mentions_reply(typed: str, mentions: Sequence[Mentioned]) -> str:
    """What was understood, where that is not what was typed, and what is not known of it, or has
    to be asked; the checks of the file say that again.
    """
    from dosebell_host.reference.recognised import reading_of

    said = "; ".join(map(_with_times, mentions))
    again = [f"{UNDERSTOOD}{said}"] if said and said.lower() != typed.strip().lower() else []
    readings = {each.name: reading_of(each.name) for each in mentions}
    asked = [
        f'"{name}": {each.question}'
        for name, each in readings.items()
        if each.question and not is_a_kind(name)
    ]
    unknown = [
        f'"{name}" is not known'
        for name, each in readings.items()
        if each.unknown and not is_a_kind(name)
    ]
    return "; ".join(again + asked + unknown)


def _mentions_doubt(mentions: Sequence[Mentioned], said: Said) -> Doubt | None:
    """All that was understood, where one of its times is a guess: a yes is said to all of it."""
    sure = all(each.sure for each in mentions)
    return None if sure else times_doubt(f"{_mentions_reply('', mentions)}; is that right?")


def _with_times(each: Mentioned) -> str:
    when = (
        when_words(When(each.at, () if each.at else each.meals)) if each.at or each.meals else ""
    )
    return f"{mentioned_words(each)} {when}".strip()


def _all_mentions(typed: str, said: Said) -> tuple[Mentioned, ...]:
    """All else that is taken; something must ring in the end, and no two are called the same."""
    from dosebell_host.reference.recognised import is_none

    found = each_of_several(() if is_none(typed) else read_mentions(refuse_yes(typed)))
    if not (found or said[SENTENCES] or has_vitamin(said)):
        raise Wrong("there is nothing to ring for", 'name what you take, as "metformin"')
    spoken = [each.mentioned for each in said[SENTENCES]]
    names = [each.name.lower() for each in [*spoken, *found]]
    # Of one kind there may be two, which are told apart when it is asked which ones they are.
    twice = next((name for name in names if names.count(name) > 1 and not is_a_kind(name)), "")
    if twice:
        fix = 'write it once with both times, as "metformin 08:00 and 20:00"'
        raise Wrong(f'"{twice}" stands there twice', fix)
    return found


HEAD = (
    Question(
        "timezone",
        'Your time zone, or the city, as "Europe/Berlin"',
        lambda typed, said: read_zone(typed),
        lambda said: laptop_zone_name(),
        must=_no_zone,
        reply=lambda typed, zone: "" if typed.strip() == zone else zone,
        unsure="Name a big city with the same clock, such as London.",
    ),
    Question(
        "name",
        "Whose box it is; the name stays on this laptop (Enter: not said)",
        lambda typed, said: _name(typed),
    ),
    _meal_question("breakfast"),
    Question(
        "eat",
        'What you eat for it, as "two eggs" or "12 g of fat" (Enter: not said)',
        lambda typed, said: read_eaten(typed),
        asked=lambda said: said["breakfast"] is not None,
        reply=_fat_reply,
        doubt=_eaten_doubt,
        lacking="there is no breakfast",
    ),
    _meal_question("lunch"),
    _meal_question("dinner"),
    Question(
        "d3",
        'Vitamin D3 in one intake, as on the label: "1000 IU", "25 mcg", or none',
        lambda typed, said: read_d3(typed),
        lambda said: None,
        must=_yes,
        reply=_amount_reply,
        unsure=_ON_THE_LABEL,
    ),
    Question(
        "k2",
        'Vitamin K2 in one intake, as on the label: "100 mcg" or "MK-7 100 mcg", or none',
        lambda typed, said: read_k2(typed),
        lambda said: None,
        must=_yes,
        reply=_k2_reply,
        guess=lambda typed: f"{typed.strip()} mcg (micrograms)" if _BARE.fullmatch(typed) else "",
        unsure=_ON_THE_LABEL,
    ),
    Question(
        "with",
        "With which meal (with some fat in it)",
        lambda typed, said: read_meal(typed, meals_of(said)),
        _first_with_fat,
        asked=has_vitamin,
        lacking=_NO_VITAMIN,
    ),
    Question(
        "days",
        'On which days, as "daily", "sunday", "every 3 days"',
        lambda typed, said: now_of(said).course(typed, When(meals=(said["with"],))),
        lambda said: "daily",
        asked=has_vitamin,
        lacking=_NO_VITAMIN,
        reply=lambda typed, value: (
            "" if typed.strip() == course_words(value) else course_words(value)
        ),
    ),
    Question(
        "take",
        'How much at a time, as "1 capsule" or "2 drops" (Enter: not said)',
        lambda typed, said: text(plain(typed).strip()),
        asked=has_vitamin,
        lacking=_NO_VITAMIN,
    ),
    Question(
        "stock",
        "How many you have left, as 90 (Enter: not counted)",
        lambda typed, said: read_count(typed),
        asked=has_vitamin,
        reply=count_reply,
        lacking=_NO_VITAMIN,
    ),
    Question(
        "medicines",
        'All else you take, medicines too, as "levothyroxine, calcium 500 mg"; or none',
        _all_mentions,
        lambda said: None,
        must=_yes,
        reply=_mentions_reply,
        doubt=_mentions_doubt,
        unsure="Look at the packets and name what stands on them; write none if there are none.",
    ),
)
