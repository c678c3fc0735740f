"""Dates as day numbers, against Python's own calendar; portable/test_civil_tables.py has more."""

from datetime import date, timedelta

from dosebell import civil

FIRST = date(2000, 1, 1)


def test_every_day_of_two_centuries_has_the_number_and_name_that_python_gives_it() -> None:
    for n in range(-36525, 36525):
        day = FIRST + timedelta(days=n)
        assert civil.day_of(day.year, day.month, day.day) == n
        assert civil.date_of(n) == (day.year, day.month, day.day)
        assert civil.weekday(n) == day.weekday()
        assert civil.iso(n) == day.isoformat()
        assert civil.day_from_iso(day.isoformat()) == n


def test_the_two_epochs_differ_by_the_seconds_between_them() -> None:
    assert (FIRST - date(1970, 1, 1)).days * civil.DAY_S == civil.UNIX_2000
