"""The questions of `dosebell new`: an option answers one; on a terminal a person does.

One table. Elsewhere than on a terminal what has a default takes it, and what has none must be said
by its option: no amount is ever proposed, and silence about medicines is not "none".
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from dosebell_host.errors import UsageError
from dosebell_host.reference import published_limits
from dosebell_host.reference.foods import nearest_breakfast
from dosebell_host.reference.units import number
from dosebell_host.schedule.values import Wrong
from dosebell_host.schedule.zones import laptop_zone_name
from dosebell_host.talk import Talk
from dosebell_host.wizard.answers import (
    MEALS,
    Amount,
    Answers,
    Eaten,
    ListedMedicine,
    read_count,
    read_d3,
    read_eaten,
    read_k2,
    read_meal,
    read_medicines,
    read_time,
    read_zone,
)

# The answers so far, by the names of the questions.
Said = dict[str, Any]


def _no() -> bool:
    return False


def _yes() -> bool:
    return True


@dataclass(frozen=True)
class Question:
    """One question.

    `default` is None where there is none to take. `must` says whether somebody has to answer it,
    `asked` whether it is one after the answers so far, and `reply` is said to an answer.
    """

    option: str
    prompt: str
    read: Callable[[str, Said], Any]
    default: Callable[[Said], str | None]
    must: Callable[[], bool] = _no
    asked: Callable[[Said], bool] = lambda said: True
    reply: Callable[[Any], str] = lambda value: ""


def _meals(said: Said) -> dict[str, int]:
    return {name: said[name] for name in MEALS if said.get(name) is not None}


def _first_with_fat(said: Said) -> str:
    """Breakfast, unless it is known to be lean and there is another meal."""
    meals = list(_meals(said))
    fat_g = said["eat"].known_fat_g
    lean = fat_g is not None and fat_g < published_limits.FAT_ENOUGH_G
    return meals[1] if lean and len(meals) > 1 else meals[0]


def _meal_time(text: str, said: Said) -> int | None:
    """The time of a meal; the last one must be there where no other is."""
    minute = read_time(text)
    others = _meals(said)
    if minute in others.values():
        raise Wrong("there is another meal at that time", "write another time, or none")
    if minute is None and not others and "lunch" in said:
        raise Wrong("a dose needs a meal to hang on", 'write its time, as "18:30"')
    return minute


def _some_vitamin(text: str, said: Said) -> Amount | None:
    found = read_k2(text)
    if found is None and said["d3"] is None:
        fix = 'write how much K2 it is, as "MK-7 100 mcg", or begin again with D3'
        raise Wrong("there is neither vitamin D3 nor K2 to take", fix)
    return found


def _fat_reply(eaten: Eaten) -> str:
    """What the table of breakfasts says."""
    fat_g = eaten.known_fat_g
    if fat_g is None:
        near = nearest_breakfast(eaten.words) if eaten.words else None
        hint = f'; did you mean "{near}"?' if near else ""
        return f"not in the table of breakfasts{hint}" if eaten.words else ""
    enough = fat_g >= published_limits.FAT_ENOUGH_G
    return f"{number(fat_g)} g of fat, {'enough' if enough else 'not much'} for vitamins D and K"


def _medicines_reply(listed: tuple[ListedMedicine, ...]) -> str:
    """What is not known of them, or has to be asked; the checks of the file say it again."""
    from dosebell_host.reference.recognised import reading_of

    readings = {each.name: reading_of(each.name) for each in listed}
    asked = [f'"{name}": {each.question}' for name, each in readings.items() if each.question]
    unknown = [f'"{name}" is not known' for name, each in readings.items() if each.unknown]
    return "; ".join(asked + unknown)


QUESTIONS = (
    Question(
        "timezone",
        'Your time zone, as "Europe/Berlin"',
        lambda text, said: read_zone(text),
        lambda said: laptop_zone_name(),
        must=lambda: laptop_zone_name() is None,
    ),
    Question("breakfast", "Breakfast at, or none", _meal_time, lambda said: "07:30"),
    Question(
        "eat",
        'What you eat for it, as "two eggs" or "12 g of fat" (Enter: not said)',
        lambda text, said: read_eaten(text),
        lambda said: "",
        asked=lambda said: said["breakfast"] is not None,
        reply=_fat_reply,
    ),
    Question("lunch", "Lunch at, or none", _meal_time, lambda said: "12:30"),
    Question("dinner", "Dinner at, or none", _meal_time, lambda said: "18:30"),
    Question(
        "d3",
        'Vitamin D3 in one intake, as on the label: "1000 IU", "25 mcg", or none',
        lambda text, said: read_d3(text),
        lambda said: None,
        must=_yes,
    ),
    Question(
        "k2",
        'Vitamin K2 in one intake, as on the label: "MK-7 100 mcg", or none',
        _some_vitamin,
        lambda said: None,
        must=_yes,
    ),
    Question(
        "with",
        "With which meal",
        lambda text, said: read_meal(text, _meals(said)),
        _first_with_fat,
    ),
    Question(
        "medicines",
        'All your medicines, as "levothyroxine 06:30, apixaban", or none',
        lambda text, said: read_medicines(text),
        lambda said: None,
        must=_yes,
        reply=_medicines_reply,
    ),
    Question(
        "stock",
        "How many intakes are in the packet (Enter: not counted)",
        lambda text, said: read_count(text),
        lambda said: "",
    ),
)


def answered(options: Mapping[str, str | None], talk: Talk) -> Answers:
    """The answers, from options where they are there, else from the person, if one can be asked.

    Raises `UsageError` for an option that does not fit, or that is missing.
    """
    if not talk.can_ask:
        _refuse_silence(options)
    said: Said = {"eat": Eaten()}
    for question in QUESTIONS:
        given = options.get(question.option)
        if not question.asked(said):
            if given is not None:
                raise UsageError("there is no breakfast", where=f"--{question.option}")
        elif given is not None or not talk.can_ask:
            said[question.option] = _from_option(question, given, said)
        else:
            said[question.option] = _from_person(question, said, talk)
    return Answers(
        zone=said["timezone"],
        meals=_meals(said),
        eaten=said["eat"],
        d3=said["d3"],
        k2=said["k2"],
        meal=said["with"],
        medicines=said["medicines"],
        count=said["stock"],
    )


def _refuse_silence(options: Mapping[str, str | None]) -> None:
    silent = [each for each in QUESTIONS if options.get(each.option) is None and each.must()]
    if silent:
        raise _unsaid(silent)


def _unsaid(silent: Iterable[Question]) -> UsageError:
    names = ", ".join(f"--{each.option}" for each in silent)
    fix = "each may be none but the zone; `dosebell new --help` shows how"
    return UsageError(f"there is nobody to ask, so these must be said: {names}", fix=fix)


def _from_option(question: Question, given: str | None, said: Said) -> Any:
    text = given if given is not None else question.default(said) or ""
    try:
        return question.read(text, said)
    except Wrong as wrong:
        where = f"--{question.option}"
        raise UsageError(wrong.message, where=where, fix=wrong.fix) from None


def _from_person(question: Question, said: Said, talk: Talk) -> Any:
    while True:
        typed = talk.ask(question.prompt, question.default(said))
        if typed is None:
            # Whoever was there has gone.
            raise _unsaid([question])
        try:
            value = question.read(typed, said)
        except Wrong as wrong:
            talk.note(f"  {wrong.message}; {wrong.fix}.")
            continue
        if reply := question.reply(value):
            talk.note(f"  {reply}")
        return value
