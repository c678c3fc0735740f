"""When a meal is, on most days and on some."""

import pytest

from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.meal_words import (
    days_apart_words,
    meal_words,
    read_days_apart,
    read_meal_time,
)

SUNDAY = "08:00, but 09:00 on Sunday"
WEEKEND = "08:00, but 09:00 on Saturday and Sunday"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8", "08:00"),
        ("8 on weekdays, 9 on Sunday", SUNDAY),
        ("8 on weekdays and 9 on Sunday", SUNDAY),
        ("8, Sundays 9", SUNDAY),
        ("8, but at 9 on Sundays", SUNDAY),
        ("sunday 9, 8", SUNDAY),
        ("8, sat and sun 9", WEEKEND),
        ("8, sat, sun 9", WEEKEND),
        ("8 on weekdays, half past eight on weekends", "08:00, but 08:30 on Saturday and Sunday"),
        ("mon-fri 8, sat 9, sun 9:30", "08:00, but 09:00 on Saturday, 09:30 on Sunday"),
        ("8, sunday 8", "08:00"),
    ],
)
def test_the_usual_time_and_days_apart(typed: str, words: str) -> None:
    assert meal_words(read_meal_time(typed, near=450)) == words


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("sunday 9", "does not say the time of the other days"),
        ("8, 9", "has two times for the same days"),
        ("8, sunday", "has a day without a time"),
        ("8 on Sunny", "is not a time of day"),
        ("", "is not a time of day"),
    ],
)
def test_what_leaves_a_day_open_is_asked_again(typed: str, message: str) -> None:
    with pytest.raises(Wrong, match=message):
        read_meal_time(typed, near=450)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", ""),
        ("no", ""),
        ("Sunday 9", "09:00 on Sunday"),
        ("9 on sat and sun", "09:00 on Saturday and Sunday"),
        ("Sat 8:30, Sun 9", "08:30 on Saturday, 09:00 on Sunday"),
    ],
)
def test_only_days_apart(typed: str, words: str) -> None:
    assert days_apart_words(read_days_apart(typed, near=450)) == words


def test_days_apart_need_a_day() -> None:
    with pytest.raises(Wrong, match="does not say the day"):
        read_days_apart("9", near=450)
