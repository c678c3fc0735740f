"""Which dose or meal of a schedule a person's word means."""

import difflib

from dosebell_host.errors import UserError
from dosebell_host.schedule.model import DoseEntry, Meal, Schedule
from dosebell_host.schedule.typed import dose_words
from dosebell_host.schedule.values import show, time_text
from dosebell_host.wording import and_list


def dose_meant(schedule: Schedule, word: str) -> tuple[int, DoseEntry] | None:
    """The dose that the word means, and its place; None where it means none.

    Raises `UserError` where it may mean several.
    """
    found = dose_words.dose_meant(schedule.doses, word)
    return None if found is None else (schedule.doses.index(found), found)


def meal_meant(schedule: Schedule, word: str) -> Meal | None:
    wanted = word.strip().lower()
    return next((meal for meal in schedule.meals if meal.name == wanted), None)


def doses_of_the_same(schedule: Schedule, name: str) -> list[DoseEntry]:
    """The doses of the medicine or supplement that the name means, whatever their amounts."""
    wanted = _what_it_is(name)
    return [each for each in schedule.doses if _what_it_is(each.medicine or each.name) == wanted]


def _what_it_is(name: str) -> frozenset[str]:
    """What the checks take a name for, else its own words without the meal behind them."""
    from dosebell_host.reference.nearest import key_of
    from dosebell_host.reference.recognised import known_medicines

    known = frozenset(each.name for each in known_medicines(name))
    return known or frozenset({key_of(name.partition("(")[0])})


def when_text(dose: DoseEntry) -> str:
    """At which meals or times it rings, as `breakfast or lunch`, or `08:00 and 20:00`."""
    return " or ".join(dose.with_meals) or and_list(map(time_text, dose.at))


def unknown_dose(schedule: Schedule, word: str) -> UserError:
    """That nothing is called so, with what is there."""
    ids = [dose.id for dose in schedule.doses]
    near = difflib.get_close_matches(word.lower(), ids, n=1, cutoff=0.5)
    meant = f'did you mean "{near[0]}"? There' if near else "there"
    count = "is" if len(ids) == 1 else "are"
    message = f"no dose is called {show(word)}"
    return UserError(message, fix=f"{meant} {count} {', '.join(ids)}", code="no-dose")
