"""Questions one after the other: an option answers one, `back` goes to the one before."""

import pytest

from dosebell_host.errors import UsageError
from dosebell_host.wizard.asking import Question, Said, ask_all, yes_or_no
from listener import Listener


def question(key: str, default: str | None = None) -> Question:
    return Question(key, f"{key}?", lambda typed, said: typed.upper(), lambda said: default)


def asked(types: list[str], **options: str) -> tuple[list[str], Said]:
    """What is asked of somebody who types this, and the answers in the end."""
    person = Listener(types=types)
    table = [question("one"), question("two"), question("three")]
    said = ask_all(lambda said: table, options, {}, person.talk)
    return [what for how, what in person.heard if how == "asked"], said


def test_back_goes_to_the_question_before() -> None:
    heard, said = asked(["a", "b", "back", "c", "d"])
    assert heard == ["one?", "two?", "three?", "two? [b]", "three?"]
    assert said == {"one": "A", "two": "C", "three": "D"}


def test_back_passes_what_an_option_has_answered() -> None:
    heard, said = asked(["a", " Back ", "b", "c"], two="x")
    assert heard == ["one?", "three?", "one? [a]", "three?"]
    assert said == {"one": "B", "two": "X", "three": "C"}


def test_before_the_first_question_there_is_none() -> None:
    heard, said = asked(["back", "a", "back", "b", "c", "d"])
    assert heard == ["one?", "one?", "two?", "one? [a]", "two?", "three?"]
    assert said == {"one": "B", "two": "C", "three": "D"}


def test_an_answer_may_open_a_question_and_going_back_closes_it() -> None:
    person = Listener(types=["yes", "x", "back", "back", "no"])

    def table(said: Said) -> list[Question]:
        more = [question("more"), question("last")] if said.get("rings") == "YES" else []
        return [question("rings"), *more]

    assert ask_all(table, {}, {}, person.talk) == {"rings": "NO"}


def test_whoever_has_gone_is_missed_by_the_name_of_the_option() -> None:
    with pytest.raises(UsageError, match="must be said: --two;"):
        asked(["a"])


def test_who_comes_back_finds_the_answer_of_before() -> None:
    def table(said: Said) -> list[Question]:
        return [
            question("calcium: shall the box ring", "yes"),
            Question("stock", "How many (Enter: not counted)", lambda typed, said: typed),
        ]

    more = [question("last")]
    person = Listener(types=["no", "60", "back", "back", "", "", "x"])
    said = ask_all(lambda said: [*table(said), *more], {}, {}, person.talk)
    assert person.heard == [
        ("asked", "calcium: shall the box ring? [yes]"),
        ("asked", "How many (Enter: not counted)"),
        ("asked", "last?"),
        ("asked", "How many (none: not counted) [60]"),
        ("asked", "calcium: shall the box ring? [no]"),
        ("asked", "How many (none: not counted) [60]"),
        ("asked", "last?"),
    ]
    assert list(said.values()) == ["NO", "60", "X"]


@pytest.mark.parametrize(
    ("types", "stock"),
    [(["back", "", "x"], "60"), (["back", "none", "x"], ""), (["back", " - ", "x"], "")],
)
def test_an_answer_of_before_is_kept_by_enter_and_emptied_by_a_word(
    types: list[str], stock: str
) -> None:
    table = [
        Question("stock", "How many (Enter: not counted)", lambda typed, said: typed),
        question("last"),
    ]
    person = Listener(types=["60", *types])
    said = ask_all(lambda said: table, {}, {}, person.talk)
    assert said == {"stock": stock, "last": "X"}


def test_none_stays_an_answer_where_nothing_else_is_proposed() -> None:
    assert asked(["none", "-", "x"])[1] == {"one": "NONE", "two": "-", "three": "X"}


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("of course", True),
        ("Of course!", True),
        ("yes, of course", True),
        ("yes please", True),
        ("no thanks", False),
        ("of course not", None),
    ],
)
def test_a_yes_and_a_no_as_people_say_them(typed: str, means: bool | None) -> None:
    assert yes_or_no(typed) is means
