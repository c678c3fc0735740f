"""When something is taken, as people say it."""

import pytest

from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.when_words import read_when, when_words

MEALS = ("breakfast", "lunch", "dinner")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("08:00", "08:00"),
        ("8.15", "08:15"),
        ("8am and 8pm", "08:00 and 20:00"),
        ("at 8 am, 8 pm", "08:00 and 20:00"),
        ("20:00 8:00 8:00", "08:00 and 20:00"),
        ("8:00/12:00/16:00/20:00", "08:00, 12:00, 16:00 and 20:00"),
        ("8.00 20.00", "08:00 and 20:00"),
        ("8 12 4 pm 8 pm", "08:00, 12:00, 16:00 and 20:00"),
        ("noon", "12:00"),
        ("8, 12, 16, 20", "08:00, 12:00, 16:00 and 20:00"),
        ("8 and half past six in the evening", "08:00 and 18:30"),
        ("6:30 before breakfast", "06:30"),
        ("breakfast", "breakfast"),
        ("with Dinner and breakfast", "breakfast and dinner"),
        ("with my breakfast or lunch", "breakfast, else lunch"),
        ("breakfast, lunch, dinner", "breakfast, lunch and dinner"),
    ],
)
def test_times_or_meals(typed: str, words: str) -> None:
    assert when_words(read_when(typed, MEALS)) == words


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "there is no time in it"),
        ("twice a day", "At which times"),
        ("breakfast and 20:00", "has both meals and times"),
        ("1:00 2:00 3:00 4:00 5:00 6:00 7:00 8:00 9:00", "these are 9 times"),
        ("brunch", '"brunch" is none of your meals'),
        ("breakfast and brunch", '"brunch" is none of your meals'),
    ],
)
def test_what_is_neither_is_asked_again(typed: str, message: str) -> None:
    with pytest.raises(Wrong, match=message):
        read_when(typed, MEALS)
