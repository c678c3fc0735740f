"""How much is taken at a time: several tablets never lose what the label says of one."""

import datetime as dt

import pytest

from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import day_number
from dosebell_host.schedule.model import Schedule
from dosebell_host.schedule.read_file import parse
from dosebell_host.schedule.values import Wrong
from dosebell_host.talk import Talk
from dosebell_host.wizard.dose_questions import dose_questions, read_holds
from dosebell_host.wizard.first_day import Now
from dosebell_host.wizard.mentions import Mentioned, read_mentions
from dosebell_host.wizard.questions import answered
from dosebell_host.wizard.written_file import text_of

TODAY = dt.date(2026, 11, 22)
SAID = {"timezone": "Europe/Berlin", "d3": "none", "k2": "none", "medicines": "none"}


def schedule(sentence: str) -> Schedule:
    """What `new` makes of one dose where nobody can be asked."""
    found = answered(SAID, Talk(print), day_number(TODAY) * 86_400, [sentence])
    return parse(text_of(found, TODAY), "my.toml")


def contents(sentence: str) -> list[tuple[float, str]]:
    [dose] = schedule(sentence).doses
    return [(each.amount, each.unit) for each in dose.contents]


@pytest.mark.parametrize(
    ("take", "held"),
    [
        ("1 tablet", [(500, "mg")]),
        ("2 tablets", [(1000, "mg")]),
        ("two tablets", [(1000, "mg")]),
        ("2", [(1000, "mg")]),
        ("both", [(1000, "mg")]),
        ("2 tablets each", [(1000, "mg")]),
        ("2 tablets together", [(500, "mg")]),
        ("2 tablets, all together", [(500, "mg")]),
        ("500 mg", [(500, "mg")]),
        # How much is in so many ml, the label has not said.
        ("10 ml", []),
    ],
)
def test_the_amount_of_a_label_is_kept_for_several_tablets(
    take: str, held: list[tuple[float, str]]
) -> None:
    assert contents(f"calcium 500 mg; 08:00; daily; {take}") == held


# IU as labels in German, Dutch, French, Spanish and Italian have it.
IN_UNITS = ["IU", "I.U.", "IE", "I.E.", "ie", "UI", "U.I.", "u.i", "units", "Einheiten"]


@pytest.mark.parametrize("unit", IN_UNITS)
def test_iu_may_be_called_as_the_label_calls_it(unit: str) -> None:
    assert contents(f"Vitamin D3 1000 {unit}; 08:00; daily; 2 capsules") == [(2000, "IU")]
    # Where the name says none, it is asked for.
    questions = dose_questions("", Mentioned("Vitamin D3"), (), Now(TODAY), said={})
    [label] = [each for each in questions if each.key == "label"]
    assert {label.read(f"1000{blank}{unit}", {}) for blank in ("", " ")} == {
        label.read("1000 IU", {})
    }
    # Beside a medicine it is its strength, and no part of what it is called.
    [insulin] = read_mentions(f"Lantus 10 {unit} 21:00")
    assert (insulin.name, insulin.strength, insulin.at) == ("Lantus", f"10 {unit}", (1260,))


@pytest.mark.parametrize(
    "take",
    [
        "1 drop in each eye",
        "1 puff in each nostril",
        "1 tablet with each meal",
        "2 tablets together with water",
    ],
)
def test_words_of_an_amount_that_say_more_are_kept(take: str) -> None:
    [dose] = schedule(f"metformin; 08:00; daily; {take}").doses
    assert dose.take == take


def test_what_says_so_is_not_shown_by_the_box() -> None:
    [dose] = schedule("calcium 500 mg; 08:00; daily; 2 tablets together").doses
    assert dose.take == "2 tablets"


def asked(name: str, take: str, **said: object) -> list[str]:
    """The question about what the amount is of, where it is asked."""
    answers = {"rings": True, "take": take} | said
    questions = dose_questions("", Mentioned(name), (), Now(TODAY), said=answers)
    return [each.prompt for each in questions if each.key == "holds" and each.asked(answers)]


def test_a_person_is_asked_of_how_many_tablets_the_amount_is() -> None:
    assert asked("calcium 500 mg", "2 tablets") == [
        '500 mg: is that in one tablet, or in "2 tablets" together (one, or together)'
    ]


@pytest.mark.parametrize(
    ("name", "take"),
    [
        ("calcium 500 mg", "1 tablet"),
        ("calcium 500 mg", ""),
        ("calcium 500 mg", "2 tablets together"),
        # The question before was how much is in one intake.
        ("calcium", "2 tablets"),
        # Of a medicine nothing is summed.
        ("metformin", "2 tablets"),
    ],
)
def test_nobody_is_asked_what_is_clear_or_counts_nowhere(name: str, take: str) -> None:
    assert asked(name, take, label="500 mg") == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("one", "one"),
        ("in one tablet", "one"),
        ("each", "one"),
        ("together", "together"),
        ("in both", "together"),
        ("in the 2 tablets together", "together"),
    ],
)
def test_either_answer_may_be_said_in_words(typed: str, read: str) -> None:
    assert read_holds(typed) == read


def test_what_is_neither_is_asked_again() -> None:
    with pytest.raises(Wrong, match='"perhaps" is neither'):
        read_holds("perhaps")


@pytest.mark.parametrize("typed", ["8pm", "8 pm", "at 8 pm", "20:00", "8 o'clock"])
def test_a_time_is_no_amount(typed: str) -> None:
    with pytest.raises(UsageError) as told:
        schedule(f"calcium 500 mg; 08:00; daily; {typed}")
    expected = f'--dose: "{typed}" is a time; write how many tablets or drops at once.'
    assert str(told.value) == expected
