"""A course that says no first day begins with the first time still to come."""

from datetime import date

import pytest

from dosebell_host.wizard.day_words import course_words
from dosebell_host.wizard.first_day import Now
from dosebell_host.wizard.when_words import read_when

SUNDAY = date(2026, 11, 29)
MEALS = {"breakfast": 450, "lunch": 750, "dinner": 1110}


def course(when: str, days: str, hour: int = 16) -> str:
    """The days that are understood on Sunday at this hour."""
    now = Now(SUNDAY, hour * 60, MEALS)
    return course_words(now.course(days, read_when(when, MEALS)))


@pytest.mark.parametrize(
    ("when", "days", "words"),
    [
        (
            "breakfast",
            "for 7 days",
            "daily from Mon 30 Nov to Sun 6 Dec 2026, that day included; 07:30 of today is over",
        ),
        (
            "breakfast",
            "for 7 days from today",
            "daily from Mon 30 Nov to Sun 6 Dec 2026, that day included; 07:30 of today is over",
        ),
        # Today's second time is still to come.
        (
            "8 and 20",
            "for 7 days",
            "daily from Sun 29 Nov to Sat 5 Dec 2026, that day included; 08:00 of today is over",
        ),
        # Lunch only stands in for breakfast.
        (
            "breakfast or dinner",
            "every 2 days",
            "every 2 days from Mon 30 Nov 2026; 07:30 of today is over",
        ),
        (
            "breakfast and lunch",
            "for 2 days",
            "daily from Mon 30 Nov to Tue 1 Dec 2026, that day included;"
            " 07:30 and 12:30 of today are over",
        ),
        ("dinner", "for 7 days", "daily from Sun 29 Nov to Sat 5 Dec 2026, that day included"),
        (
            "8",
            "for 7 days from tomorrow",
            "daily from Mon 30 Nov to Sun 6 Dec 2026, that day included",
        ),
        ("8", "daily", "daily"),
        ("8", "mondays for 2 weeks", "mon from Sun 29 Nov to Sat 12 Dec 2026, that day included"),
    ],
)
def test_what_is_over_today_is_not_the_first(when: str, days: str, words: str) -> None:
    assert course(when, days) == words


def test_no_dose_of_a_course_is_lost_at_any_hour() -> None:
    """Seven days of one time a day are seven times still to come."""
    lost = []
    for hour in range(24):
        for when in ("8", "13", "20", *MEALS):
            now, times = Now(SUNDAY, hour * 60 + 40, MEALS), read_when(when, MEALS)
            found = now.course("for 7 days", times)
            [minute] = times.at or [MEALS[meal] for meal in times.meals]
            assert found.start and found.end
            days = (found.end - found.start).days + 1
            late = found.start == SUNDAY and minute < now.minute
            if days != 7 or late or (found.start > SUNDAY and minute >= now.minute):
                lost.append((hour, when, found))
    assert lost == []
