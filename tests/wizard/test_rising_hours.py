"""Hours as a clock with twelve hours shows them, in the order of the day: none is ever lost."""

from itertools import product

import pytest

from advice_texts import TODAY
from dosebell_host.schedule.values import Wrong, time_text
from dosebell_host.wizard.asking import ask_all
from dosebell_host.wizard.dose_questions import dose_questions
from dosebell_host.wizard.first_day import Now
from dosebell_host.wizard.mentions import read_mentions
from dosebell_host.wizard.rising_hours import read_hours
from dosebell_host.wizard.when_words import read_when, when_words
from listener import Listener

MEALS = ("breakfast", "lunch", "dinner")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8, 2 and 10", "08:00, 14:00 and 22:00"),
        ("8, 12, 4 and 8", "08:00, 12:00, 16:00 and 20:00"),
        ("9, 1, 5", "09:00, 13:00 and 17:00"),
        ("8 in the morning, 2 and 10", "08:00, 14:00 and 22:00"),
        ("8:00, 2:00", "08:00 and 14:00"),
        ("8 and 8", "08:00 and 20:00"),
        ("2", "14:00"),
        ("6, 12, 6 and 12", "00:00, 06:00, 12:00 and 18:00"),
        ("6, 10, 2, 6, 10, 2", "02:00, 06:00, 10:00, 14:00, 18:00 and 22:00"),
    ],
)
def test_hours_rise_through_the_day_and_that_is_a_guess(typed: str, words: str) -> None:
    found = read_when(typed, MEALS)
    assert (when_words(found), found.sure) == (words, False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8 and 20", "08:00 and 20:00"),
        ("20 and 8", "08:00 and 20:00"),
        ("22 and 6", "06:00 and 22:00"),
        ("8, 10 and 12", "08:00, 10:00 and 12:00"),
        ("02:00 and 14:00", "02:00 and 14:00"),
        ("2am", "02:00"),
        ("every night at 10", "22:00"),
        ("10 at bed time", "22:00"),
        ("10 before bed", "22:00"),
    ],
)
def test_what_says_its_half_of_the_day_is_no_guess(typed: str, words: str) -> None:
    found = read_when(typed, MEALS)
    assert (when_words(found), found.sure) == (words, True)


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("10pm and 2", 'write "02:00 and 22:00" or "14:00 and 22:00"'),
        ("8, 8 and 8", 'write each with am or pm, as "8am, 2pm and 10pm"'),
    ],
)
def test_what_cannot_rise_is_refused(typed: str, fix: str) -> None:
    with pytest.raises(Wrong) as refused:
        read_when(typed, MEALS)
    assert refused.value.fix == fix


@pytest.mark.parametrize("typed", ["10 pm or 11", "8 or 9", "08:00 or 20:00"])
def test_one_time_or_another_is_not_two(typed: str) -> None:
    with pytest.raises(Wrong, match="leaves open which"):
        read_when(typed, MEALS)


def test_hours_of_a_list_are_one_thing_and_asked_about() -> None:
    [drops] = read_mentions("eye drops at 9, 1, 5 and 9")
    assert (drops.name, drops.at, drops.sure) == ("eye drops", (540, 780, 1020, 1260), False)


@pytest.mark.parametrize("typed", ["eye drops 9, 1, 5 and 9", "metformin, 12"])
def test_a_number_is_no_name(typed: str) -> None:
    with pytest.raises(Wrong, match="has no name"):
        read_mentions(typed)


def test_no_hour_is_ever_lost_and_each_is_what_the_clock_shows() -> None:
    """All lists of up to three hours of a clock with twelve."""
    lost = []
    for count in (1, 2, 3):
        for hours in product(range(1, 13), repeat=count):
            try:
                found = read_hours([str(hour) for hour in hours]).minutes
            except Wrong:
                continue
            shown = sorted(minute // 60 % 12 for minute in found)
            if shown != sorted(hour % 12 for hour in hours) or len(set(found)) != count:
                lost.append((hours, [time_text(minute) for minute in found]))
    assert lost == []


def when_of(name: str, *types: str) -> tuple[list[str], str]:
    """What is heard when somebody types these times, and the times in the end."""
    person, [each] = Listener(types=types), read_mentions(name)
    options = {"days": "", "take": "", "stock": ""}

    def questions(said: dict[str, object]) -> object:
        return dose_questions("", each, MEALS, Now(TODAY), {"rings": "yes"}, said=said)

    said = ask_all(questions, options, {}, person.talk)  # type: ignore[arg-type]
    return [what for _, what in person.heard[1:]], when_words(said["when"])


def test_a_guess_is_asked_about() -> None:
    asks = "  do you mean 08:00, 14:00 and 22:00? [yes]"
    assert when_of("metformin", "8, 2 and 10", "") == ([asks], "08:00, 14:00 and 22:00")
    heard, when = when_of("metformin", "8, 2 and 10", "no", "8am, 2am")
    assert heard[:2] == [asks, '  Write them with am or pm, as "8am, 2pm and 10pm".']
    assert when == "02:00 and 08:00"
    assert when_of("metformin", "8, 2 and 10", "9, 3", "yes please")[1] == "09:00 and 15:00"


def test_ten_for_a_drop_at_bed_time_is_at_night() -> None:
    asks = "  do you mean 22:00? [yes]"
    assert when_of("bed-time drop", "10", "") == ([asks], "22:00")


def test_the_half_of_the_day_that_was_just_said_counts() -> None:
    heard, when = when_of("melatonin", "at night", "at 10")
    assert (heard[0], heard[-1], when) == (
        "  At which time? For example 10pm.",
        "  22:00",
        "22:00",
    )
    assert when_of("melatonin", "evening", "8")[1] == "20:00"
    assert when_of("melatonin", "at night", "8am")[1] == "08:00"
    assert when_of("melatonin", "at night", "breakfast")[1] == "breakfast"
    # What was said in the list stands for as much.
    assert when_of("melatonin at night", "10", "")[1] == "22:00"
    assert when_of("melatonin in the morning", "10") == (["  10:00"], "10:00")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("four times a day", "At which times? For example 8am, 12, 4pm and 8pm."),
        ("twice a day", "At which times? For example 8am and 8pm."),
        ("at bed time", "At which time? For example 10pm."),
        ("every night", "At which time? For example 10pm."),
    ],
)
def test_how_often_is_asked_for_with_an_example(typed: str, asked: str) -> None:
    heard, when = when_of("metformin", typed, "8am")
    assert (heard[0], when) == (f"  {asked}", "08:00")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("with breakfast", "breakfast"),
        ("with supper", "dinner"),
        ("supper", "dinner"),
        ("tea", "dinner"),
        ("every morning", "breakfast"),
        ("breakfast and supper", "breakfast and dinner"),
    ],
)
def test_meals_in_the_words_of_the_house(typed: str, words: str) -> None:
    assert when_of("metformin", typed)[1] == words
