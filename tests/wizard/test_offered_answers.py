"""What a question offers is taken by Enter, whatever was said before it."""

from contextlib import suppress
from itertools import product

import pytest

from advice_texts import TODAY
from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.asking import ask_all
from dosebell_host.wizard.dose_questions import dose_questions
from dosebell_host.wizard.first_day import Now
from dosebell_host.wizard.head_questions import HEAD
from dosebell_host.wizard.mentions import read_mentions
from dosebell_host.wizard.when_words import When
from listener import Listener

MEALS = ("breakfast", "lunch", "dinner")
# What people say behind a name.
BESIDE = (
    *("", "500 mg", "at breakfast and supper", "with lunch", "at 8", "at 10am", "at 8 and 20"),
    *("at night", "at night at 10", "in the morning", "for 7 days", "on Mondays", "daily"),
    *("at 9, 1, 5 and 9", "every 2 weeks", "twice a day", "2 tablets", "at noon with dinner"),
)
NAMES = ("metformin", "calcium 500 mg", "calcium", "eye drops", "night cream", "bed-time drop")


def refused(name: str, rings: str, meals: tuple[str, ...]) -> list[tuple[str, str]]:
    """The questions about one thing that would not take what they offer."""
    [each] = read_mentions(name)
    said: dict[str, object] = {}
    wrong = []
    for question in dose_questions("", each, meals, Now(TODAY), {}, said=said):
        if not question.asked(said):
            continue
        offered = {"rings": rings}.get(question.key, question.default(said))
        typed = {"label": "none", "when": "8"}[question.key] if offered is None else offered
        try:
            said[question.key] = question.read(typed, said)
        except Wrong:
            wrong.append((question.prompt, typed))
            return wrong
    return wrong


def test_whatever_is_offered_about_one_thing_is_taken() -> None:
    combined = product(NAMES, BESIDE, ("yes", "no"), (MEALS, ("lunch",)))
    wrong = [
        (said, found)
        for name, beside, rings, meals in combined
        if (found := refused(said := f"{name} {beside}".strip(), rings, meals))
    ]
    assert wrong == []


@pytest.mark.parametrize("first", ["7:30", "12:30", "18:30", "8, sunday 13", "13", "none"])
@pytest.mark.parametrize("second", ["", "12:45", "18:30", "none", "13:30, sunday 19"])
def test_whatever_time_is_offered_for_a_meal_is_taken(first: str, second: str) -> None:
    said: dict[str, object] = {}
    questions = [each for each in HEAD if each.key in MEALS]
    for question, typed in zip(questions, (first, second, ""), strict=True):
        # What clashes with the meal before it is refused, and Enter stays.
        with suppress(Wrong):
            said[question.key] = question.read(typed or "?", said)
            continue
        said[question.key] = question.read(question.default(said) or "", said)
    assert list(said) == list(MEALS)


def test_who_does_not_let_a_medicine_with_meals_ring_comes_past_its_times() -> None:
    [metformin] = read_mentions("metformin 500 mg at breakfast and supper")
    person = Listener(types=["no", ""])
    said = ask_all(
        lambda said: dose_questions("", metformin, MEALS, Now(TODAY), said=said),
        {},
        {},
        person.talk,
    )
    assert (person.heard[-1], said["at"]) == (
        ("asked", "When do you take metformin, as 06:30 (Enter: not said)"),
        When(),
    )


@pytest.mark.parametrize(("typed", "when"), [("", When((540,))), ("none", When())])
def test_a_time_that_was_said_is_offered_and_may_be_left_out(typed: str, when: When) -> None:
    [metformin] = read_mentions("metformin at 9")
    person = Listener(types=["no", typed])
    said = ask_all(
        lambda said: dose_questions("", metformin, MEALS, Now(TODAY), said=said),
        {},
        {},
        person.talk,
    )
    assert (person.heard[-1], said["at"]) == (
        ("asked", "When do you take metformin, as 06:30 (none: not said) [09:00]"),
        when,
    )
