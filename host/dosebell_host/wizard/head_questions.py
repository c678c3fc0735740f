"""The questions of `dosebell new` about who and where, the meals, D3 and K2, and all else."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dosebell_host.reference import published_limits
from dosebell_host.reference.foods import nearest_breakfast
from dosebell_host.reference.units import number
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
from dosebell_host.wizard.asking import Question, Said
from dosebell_host.wizard.day_words import course_words, read_course
from dosebell_host.wizard.dose_questions import (
    read_count,
)
from dosebell_host.wizard.mentions import Mentioned, mentioned_words, plain, read_mentions
from dosebell_host.wizard.when_words import When, when_words

_NO_VITAMIN = "there is no vitamin D3 or K2 to take"


class Sentence(NamedTuple):
    """What `--dose` says of one thing that rings."""

    mentioned: Mentioned
    given: dict[str, str]


# What is known before the first question.
AT_S, SENTENCES = "at_s", "sentences"


def _yes() -> bool:
    return True


def _no_zone() -> bool:
    return laptop_zone_name() is None


def meals_of(said: Said) -> dict[str, int]:
    return {name: said[name] for name in MEALS if said.get(name) is not None}


def has_vitamin(said: Said) -> bool:
    return bool(said["d3"] or said["k2"])


def today_of(said: Said) -> date:
    """The date where the person lives."""
    return datetime.fromtimestamp(said[AT_S] + UNIX_2000, ZoneInfo(said["timezone"])).date()


def _first_with_fat(said: Said) -> str:
    """Breakfast, unless it is known to be lean and there is another meal."""
    meals = list(meals_of(said))
    fat_g = said.get("eat", Eaten()).known_fat_g
    lean = fat_g is not None and fat_g < published_limits.FAT_ENOUGH_G
    return meals[1] if lean and len(meals) > 1 else meals[0]


def _meal_time(typed: str, said: Said) -> int | None:
    """The time of a meal; the last one must be there where no other is."""
    minute = read_time(typed)
    others = meals_of(said)
    if minute in others.values():
        raise Wrong("there is another meal at that time", "write another time, or none")
    if minute is None and not others and "lunch" in said:
        raise Wrong("a dose needs a meal to hang on", 'write its time, as "18:30"')
    return minute


def _name(typed: str) -> str:
    """A name, or "" where nobody wants to say one."""
    from dosebell_host.reference.recognised import is_none

    return "" if typed.strip() and is_none(typed) else text(plain(typed).strip())


def _time_reply(typed: str, minute: int | None) -> str:
    return "" if minute is None or typed.strip() == time_text(minute) else time_text(minute)


def _amount_reply(typed: str, amount: Amount | None) -> str:
    """What was read, where the unit was typed in other words."""
    words = f"{amount.form} {amount.number} {amount.unit}".strip() if amount else ""
    return "" if not amount or amount.unit.lower() in typed.lower() else words


def _fat_reply(typed: str, eaten: Eaten) -> str:
    """What the table of breakfasts says."""
    fat_g = eaten.known_fat_g
    if fat_g is None:
        near = nearest_breakfast(eaten.words) if eaten.words else None
        hint = f'; did you mean "{near}"?' if near else ""
        return f"not in the table of breakfasts{hint}" if eaten.words else ""
    enough = fat_g >= published_limits.FAT_ENOUGH_G
    return f"{number(fat_g)} g of fat, {'enough' if enough else 'not much'} for vitamins D and K"


def _mentions_reply(typed: str, mentions: Sequence[Mentioned]) -> str:
    """What was understood, where that is not what was typed, and what is not known of it, or has
    to be asked; the checks of the file say that again.
    """
    from dosebell_host.reference.recognised import reading_of

    said = "; ".join(map(_with_times, mentions))
    again = [f"understood: {said}"] if said and said.lower() != typed.strip().lower() else []
    readings = {each.name: reading_of(each.name) for each in mentions}
    asked = [f'"{name}": {each.question}' for name, each in readings.items() if each.question]
    unknown = [f'"{name}" is not known' for name, each in readings.items() if each.unknown]
    return "; ".join(again + asked + unknown)


def _with_times(each: Mentioned) -> str:
    when = (
        when_words(When(each.at, () if each.at else each.meals)) if each.at or each.meals else ""
    )
    return f"{mentioned_words(each)} {when}".strip()


def _all_mentions(typed: str, said: Said) -> tuple[Mentioned, ...]:
    """All else that is taken; something must ring in the end, and no two are called the same."""
    found = read_mentions(typed)
    if not (found or said[SENTENCES] or has_vitamin(said)):
        raise Wrong("there is nothing to ring for", 'name what you take, as "metformin"')
    spoken = [each.mentioned for each in said[SENTENCES]]
    names = [each.name.lower() for each in [*spoken, *found]]
    if twice := next((name for name in names if names.count(name) > 1), ""):
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
    ),
    Question(
        "name",
        "Whose box it is; the name stays on this laptop (Enter: not said)",
        lambda typed, said: _name(typed),
    ),
    Question(
        "breakfast", "Breakfast at, or none", _meal_time, lambda said: "07:30", reply=_time_reply
    ),
    Question(
        "eat",
        'What you eat for it, as "two eggs" or "12 g of fat" (Enter: not said)',
        lambda typed, said: read_eaten(typed),
        asked=lambda said: said["breakfast"] is not None,
        reply=_fat_reply,
        lacking="there is no breakfast",
    ),
    Question("lunch", "Lunch at, or none", _meal_time, lambda said: "12:30", reply=_time_reply),
    Question("dinner", "Dinner at, or none", _meal_time, lambda said: "18:30", reply=_time_reply),
    Question(
        "d3",
        'Vitamin D3 in one intake, as on the label: "1000 IU", "25 mcg", or none',
        lambda typed, said: read_d3(typed),
        lambda said: None,
        must=_yes,
        reply=_amount_reply,
    ),
    Question(
        "k2",
        'Vitamin K2 in one intake, as on the label: "MK-7 100 mcg", or none',
        lambda typed, said: read_k2(typed),
        lambda said: None,
        must=_yes,
        reply=_amount_reply,
    ),
    Question(
        "with",
        "With which meal",
        lambda typed, said: read_meal(typed, meals_of(said)),
        _first_with_fat,
        asked=has_vitamin,
        lacking=_NO_VITAMIN,
    ),
    Question(
        "days",
        'On which days, as "daily", "sunday", "every 3 days"',
        lambda typed, said: read_course(typed, today_of(said)),
        lambda said: "daily",
        asked=has_vitamin,
        lacking=_NO_VITAMIN,
        reply=lambda typed, value: (
            "" if typed.strip() == course_words(value) else course_words(value)
        ),
    ),
    Question(
        "take",
        'How much at a time, as "1 capsule" (Enter: not said)',
        lambda typed, said: text(plain(typed).strip()),
        asked=has_vitamin,
        lacking=_NO_VITAMIN,
    ),
    Question(
        "stock",
        "How many capsules are left (Enter: not counted)",
        lambda typed, said: read_count(typed),
        asked=has_vitamin,
        lacking=_NO_VITAMIN,
    ),
    Question(
        "medicines",
        'All else you take, medicines too, as "levothyroxine, calcium 500 mg"; or none',
        _all_mentions,
        lambda said: None,
        must=_yes,
        reply=_mentions_reply,
    ),
)
