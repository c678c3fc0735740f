"""The wizard's questions as pages: the file is the one that `dosebell new` writes after the same
answers, and what is not understood stands beside its field.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice_texts import TODAY
from dosebell_host.schedule.local_time import day_number
from dosebell_host.talk import Talk
from dosebell_host.web.setup.steps import ASKED, Walk, walk
from dosebell_host.wizard.asking import BACK
from dosebell_host.wizard.questions import answered
from dosebell_host.wizard.written_file import text_of

# Seconds since 2000, on the day that the checks are asked of.
AT_S = day_number(TODAY) * 86_400

# Not every laptop tells its zone.
HOME = {"timezone": "Europe/Berlin"}
BOTH = {"d3": "1000 IU", "k2": "MK-7 100 mcg"}
NEITHER = {"d3": "none", "k2": "none"}
# What people answer; all that is not said here takes its default.
STORIES: dict[str, dict[str, str]] = {
    "the usual": BOTH | {"medicines": "none"},
    "loosely typed": {"timezone": "berlin", "breakfast": "8.15", "dinner": "7 pm"}
    | BOTH
    | {"medicines": "keine", "days": "every 3 days", "stock": "60 capsules", "name": "Anna"},
    "no breakfast": BOTH | {"breakfast": "none", "medicines": "none"},
    "a fat breakfast": BOTH | {"eat": "two eggs", "medicines": "none"},
    "a lean breakfast": BOTH | {"eat": "toast with jam", "medicines": "none"},
    "only others": NEITHER
    | {"medicines": "metformin 500 mg, levothyroxine"}
    | {"0.when": "breakfast and dinner", "0.stock": "90", "1.when": "6.30"},
    "one of them does not ring": BOTH
    | {"medicines": "levothyroxine 6:30, magnesium"}
    | {"0.rings": "no", "0.at": "6:30", "1.label": "300 mg", "1.when": "20:00"},
    "D3 alone, weekly": {"d3": "7000 IU", "k2": "none", "days": "sunday", "medicines": "none"},
}


def typed_at_a_terminal(said: dict[str, str]) -> str:
    """The file of somebody who types these answers, and Enter for all else."""
    asked: list[str] = []

    def answer(prompt: str, default: str | None) -> str | None:
        # A page has no question of its own for that: the field of the meal takes it.
        if "at another time on some days" in prompt:
            return ""
        key = [*keys, "write"][len(asked)]
        asked.append(prompt)
        return (HOME | said).get(key, default or "")

    # A page knows the keys of its questions; on a terminal they come one after the other.
    keys = [field.key for page in sent(said).pages for field in page.fields]
    talk = Talk(lambda note: None, can_ask=True, ask=answer)
    return text_of(answered({}, talk, AT_S), TODAY)


def sent(said: dict[str, str]) -> Walk:
    """The pages of somebody who types these answers, and sends all else as it stands there."""
    typed: dict[str, str] = {}
    for _ in range(20):
        found = walk(typed, AT_S)
        if found.answers or found.nothing_rings:
            break
        typed |= {key: value for key, value in said.items() if key.endswith(ASKED)}
        for field in found.pages[-1].fields:
            typed[field.key] = (HOME | said).get(field.key, field.value)
    return found


@pytest.mark.parametrize("name", STORIES)
def test_the_pages_end_in_the_file_that_the_terminal_writes(name: str) -> None:
    answers = sent(STORIES[name]).answers
    assert answers is not None
    assert text_of(answers, TODAY) == typed_at_a_terminal(STORIES[name])


def test_the_first_page_asks_who_and_where_and_when() -> None:
    [page] = walk({}, AT_S).pages
    fields = [(field.key, field.value, field.wrong) for field in page.fields]
    assert fields[1:] == [
        ("name", "", ""),
        ("breakfast", "07:30", ""),
        ("eat", "", ""),
        ("lunch", "12:30", ""),
        ("dinner", "18:30", ""),
    ]
    name = page.fields[1]
    assert name.label == "Whose box it is; the name stays on this laptop"
    assert name.hint == "Left empty: not said"


def test_all_that_is_wrong_on_a_page_is_told_and_all_that_was_typed_stays() -> None:
    typed = {"timezone": "Atlantis", "name": "", "breakfast": "soon", "eat": "two eggs"}
    found = walk(typed | {"lunch": "25:00", "dinner": "18.45"}, AT_S)
    [page] = found.pages
    told = {field.key: (field.value, field.wrong.partition(";")[0], field.reply)
            for field in page.fields}  # fmt: skip
    assert told == {
        "timezone": ("Atlantis", '"Atlantis" is no time zone', ""),
        "name": ("", "", ""),
        "breakfast": ("soon", '"soon" is not a time of day', ""),
        "eat": ("two eggs", "", told["eat"][2]),
        "lunch": ("25:00", '"25:00" is not a time of day', ""),
        "dinner": ("18.45", "", "18:45"),
    }
    assert found.answers is None


def test_what_was_understood_is_said_back() -> None:
    said = sent(STORIES["loosely typed"]).replies
    assert ("Breakfast at, or none", "08:15") in said
    assert ("Dinner at, or none", "19:00") in said


MORNINGS = NEITHER | {"medicines": "zinc 10 mg", "0.when": "8, 2 and 10", "0.stock": "30"}


def test_a_guess_is_asked_about_before_it_is_an_answer() -> None:
    found = sent(MORNINGS)
    assert found.answers is None
    assert [(field.key, field.doubt) for field in found.pages[-1].fields if field.doubt] == [
        (
            "0.when",
            "Do you mean 08:00, 14:00 and 22:00? If so, go on."
            ' If not: Write them with am or pm, as "8am, 2pm and 10pm".',
        )
    ]
    said = sent(MORNINGS | {f"0.when{ASKED}": "8, 2 and 10"}).answers
    sure = sent(MORNINGS | {"0.when": "08:00, 14:00 and 22:00"}).answers
    assert said is not None
    assert sure is not None
    assert text_of(said, TODAY) == text_of(sure, TODAY)
    # A yes to that is none to something else.
    assert sent(MORNINGS | {f"0.when{ASKED}": "8 and 2"}).answers is None


@pytest.mark.parametrize(
    ("said", "doubt"),
    [
        (
            {"breakfast": "8:00", "lunch": "7:00"},
            "07:00 is before breakfast (08:00). It stays so if you go on.",
        ),
        (
            {"eat": "grmpf"},
            'How much fat that has is not known; other words, or its fat, as "12 g of fat".'
            " It stays so if you go on.",
        ),
    ],
)
def test_what_is_odd_stays_once_it_was_asked_about(said: dict[str, str], doubt: str) -> None:
    found = sent(said)
    [field] = [field for field in found.pages[-1].fields if field.doubt]
    assert (len(found.pages), field.doubt) == (1, doubt)
    assert len(sent(said | {f"{field.key}{ASKED}": field.value}).pages) == 2


def test_where_nothing_rings_the_last_page_says_so() -> None:
    found = sent(NEITHER | {"medicines": "levothyroxine", "0.rings": "no"})
    assert (found.answers, found.nothing_rings) == (None, True)


def test_an_answer_that_is_changed_asks_again_for_what_hangs_on_it() -> None:
    typed = {field.key: field.value for page in sent(STORIES["the usual"]).pages
             for field in page.fields}  # fmt: skip
    found = walk(typed | {"with": "breakfast", "breakfast": "none"}, AT_S)
    assert found.answers is None
    wrong = [field.key for field in found.pages[-1].fields if field.wrong]
    assert wrong == ["with"]


KEYS = ("timezone", "breakfast", "eat", "lunch", "dinner", "d3", "k2", "with", "days", "medicines")


@given(st.dictionaries(st.sampled_from(KEYS), st.text(max_size=20) | st.just(BACK)))
def test_whatever_is_typed_a_page_shows_it(typed: dict[str, str]) -> None:
    fields = {field.key: field.value for page in walk(typed, AT_S).pages for field in page.fields}
    assert {key: fields[key] for key in typed if key in fields} == {
        key: value for key, value in typed.items() if key in fields
    }
