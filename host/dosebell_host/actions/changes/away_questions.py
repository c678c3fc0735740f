"""What `dosebell away` asks where nobody has said it: which days, and what is different then."""

from collections.abc import Iterator
from datetime import date

from dosebell_host.actions.changes.original import Original
from dosebell_host.schedule.local_time import day_text
from dosebell_host.schedule.model import Meal
from dosebell_host.schedule.typed.date_range import range_of, read_last
from dosebell_host.schedule.typed.date_words import read_date_words
from dosebell_host.schedule.values import Wrong, text, time_text
from dosebell_host.wizard.asking import Question, Said
from dosebell_host.wizard.clock_words import read_clock
from dosebell_host.wizard.dose_questions import read_yes

# The keys of the answers: a day, or the first and the last one; the last one; whether it rings.
FROM, UNTIL, RINGS, REASON = "from", "until", "rings", "reason"
_AT = "at "


def away_questions(said: Said, source: Original, is_different: bool) -> Iterator[Question]:
    """All questions; `is_different` says that what is different then is known."""
    yield Question(
        FROM,
        'From when, as "24 December" or "24 to 27 December"',
        lambda typed, said: _days(typed, source.today),
        lambda said: None,
        reply=lambda typed, days: " to ".join(day_text(day, year=True) for day in days),
    )
    yield Question(
        UNTIL,
        'Until when, as "27 December" or "a week" (Enter: just that day)',
        lambda typed, said: _last(typed, said[FROM][0], source.today),
        asked=lambda said: len(said[FROM]) == 1,
        reply=lambda typed, day: day_text(day, year=True),
    )
    if is_different:
        return
    meals = source.schedule.meals
    yield Question(
        RINGS,
        "Shall the box ring on these days (yes, then I ask for the meals; or no)",
        lambda typed, said: _rings(typed, meals),
        lambda said: None,
        unsure="Write yes where you take your doses as always, at home or not.",
    )
    for meal in meals:
        yield _meal_question(meal)
    yield Question(
        REASON,
        "Why, for the log (Enter: not said)",
        lambda typed, said: text(typed.strip()) if typed.strip() else "",
        asked=lambda said: not said[RINGS],
    )


def moved_meals(said: Said) -> dict[str, int]:
    """The meals that are at another time then, with that minute of the day."""
    found = {key.removeprefix(_AT): each for key, each in said.items() if key.startswith(_AT)}
    return {name: minute for name, minute in found.items() if minute is not None}


def _meal_question(meal: Meal) -> Question:
    usual = time_text(meal.minutes[0])
    return Question(
        f"{_AT}{meal.name}",
        f"{meal.name.capitalize()} on these days at (Enter: as always, {usual})",
        lambda typed, said: _minute(typed, meal),
        asked=lambda said: bool(said[RINGS]),
        reply=lambda typed, minute: "" if minute is None else time_text(minute),
    )


def _days(typed: str, today: date) -> tuple[date, ...]:
    found = range_of(typed, today)
    return tuple(found) if found else (read_date_words(typed, today),)


def _last(typed: str, first: date, today: date) -> date:
    return read_last(typed, first, today) if typed.strip() else first


def _rings(typed: str, meals: tuple[Meal, ...]) -> bool:
    rings = read_yes(typed)
    if rings and not meals:
        raise Wrong("there are no meals to come at other times", "write no where nothing rings")
    return rings


def _minute(typed: str, meal: Meal) -> int | None:
    """None where it is as always."""
    return read_clock(typed, meal.minutes[0]) if typed.strip() else None
