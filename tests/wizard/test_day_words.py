"""On which days, as people say it."""

import tomllib
from datetime import date, timedelta

import pytest

from dosebell_host.schedule.days import Days, days_field, read_days
from dosebell_host.schedule.decompiler import days_toml
from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.day_words import Course, course_words, read_course

TODAY = date(2026, 11, 23)
DAILY = Days("daily")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("", "daily"),
        ("Daily", "daily"),
        ("every day", "daily"),
        ("monday", "week:mon"),
        ("sundays", "week:sun"),
        ("every Sunday", "week:sun"),
        ("weekly on sunday", "week:sun"),
        ("once a week, sunday", "week:sun"),
        ("mon, thu", "week:mon,thu"),
        ("Tuesdays and Fridays", "week:tue,fri"),
        ("mon/wed/fri", "week:mon,wed,fri"),
        ("mon-fri", "week:mon,tue,wed,thu,fri"),
        ("fri-mon", "week:mon,fri,sat,sun"),
        ("weekdays", "week:mon,tue,wed,thu,fri"),
        ("weekends", "week:sat,sun"),
        ("mon-sun", "daily"),
        ("Monday to Friday", "week:mon,tue,wed,thu,fri"),
        ("the 1st", "month:1"),
        ("on the 1st and 15th of the month", "month:1,15"),
        ("last day of the month", "month:-1"),
        ("monthly on the 3rd", "month:3"),
    ],
)
def test_days_as_people_say_them(typed: str, field: str) -> None:
    course = read_course(typed, TODAY)
    assert (days_field(course.days), course.start, course.end) == (field, None, None)


@pytest.mark.parametrize(
    ("typed", "course"),
    [
        ("every 3 days", Course(Days("every", (3,)), TODAY)),
        ("every other day", Course(Days("every", (2,)), TODAY)),
        ("every 2 weeks", Course(Days("every", (14,)), TODAY)),
        ("21 on, 7 off", Course(Days("cycle", (21, 7)), TODAY)),
        ("21 days on and 7 days off", Course(Days("cycle", (21, 7)), TODAY)),
        ("for 7 days", Course(DAILY, TODAY, date(2026, 11, 29))),
        ("daily for one week", Course(DAILY, TODAY, date(2026, 11, 29))),
        ("for 7 days from tomorrow", Course(DAILY, date(2026, 11, 24), date(2026, 11, 30))),
        ("until 2026-12-01", Course(DAILY, None, date(2026, 12, 1))),
        (
            "sunday for 8 weeks from 2026-12-01",
            Course(Days("week", (6,)), date(2026, 12, 1), date(2027, 1, 25)),
        ),
    ],
)
def test_a_course_has_a_first_and_a_last_day(typed: str, course: Course) -> None:
    assert read_course(typed, TODAY) == course


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("weekly", "does not say the day"),
        ("once a month", "does not say the day"),
        ("when I feel like it", "is not read as days"),
        ("t", "is not read as days"),
        ("every 9999 days", "does not fit here"),
        ("the 32nd", "no such day of the month"),
        ("from 2026-12-02 until 2026-12-01", "Tue 1 Dec 2026 is before Wed 2 Dec 2026"),
        ("27 to 24 December", "Thu 24 Dec 2026 is before Sun 27 Dec 2026"),
        ("from monday to friday", "can be read in two ways"),
        ("from 1999-01-01", "is too far away"),
    ],
)
def test_what_leaves_a_day_open_is_asked_again(typed: str, message: str) -> None:
    with pytest.raises(Wrong, match=message):
        read_course(typed, TODAY)


@pytest.mark.parametrize(
    "days",
    [
        DAILY,
        Days("week", (0, 6)),
        Days("every", (3,)),
        Days("cycle", (21, 7)),
        Days("month", (1, -1)),
    ],
)
def test_a_rule_is_written_as_the_file_reads_it(days: Days) -> None:
    assert read_days(tomllib.loads(f"days = {days_toml(days)}")["days"]) == days


def test_a_course_in_words() -> None:
    course = read_course("mon and thu for 2 weeks", TODAY)
    assert course_words(course) == (
        "mon, thu from Mon 23 Nov to Sun 6 Dec 2026, that day included"
    )
    assert course.end == TODAY + timedelta(days=13)


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        ("daily from 24 Dec to 2 Jan 2027", date(2026, 12, 24), date(2027, 1, 2)),
        ("from 24.12. until 2.1.", date(2026, 12, 24), date(2027, 1, 2)),
        ("mon and thu from 1st of December", date(2026, 12, 1), None),
        ("daily until 5th December", None, date(2026, 12, 5)),
        ("until 31.12.2026", None, date(2026, 12, 31)),
        ("from 2026-11-20 to 2026-11-21", date(2026, 11, 20), date(2026, 11, 21)),
        ("24 to 27 December", date(2026, 12, 24), date(2026, 12, 27)),
        ("mon and thu, 24.12.-27.12.", date(2026, 12, 24), date(2026, 12, 27)),
        ("for 3 days from friday", date(2026, 11, 27), date(2026, 11, 29)),
        ("daily until friday", None, date(2026, 11, 27)),
    ],
)
def test_the_ends_of_a_course_are_dates_as_people_write_them(
    typed: str, start: date | None, end: date | None
) -> None:
    course = read_course(typed, date(2026, 11, 23))
    assert (course.start, course.end) == (start, end)
