"""Dates as day numbers, against Python's own calendar."""

from datetime import date, timedelta

import pytest

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


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [(2026, 1, 31), (2026, 2, 28), (2028, 2, 29), (2100, 2, 28), (2000, 2, 29), (2026, 12, 31)],
)
def test_months_have_their_lengths(year: int, month: int, days: int) -> None:
    assert civil.month_length(year, month) == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-11-2",
        "2026-11-022",
        "2026-1-22x",
        "2026/11/22",
        "26-11-22",
        "2026-02-29",
        "2026-02-30",
        "2026-00-10",
        "2026-13-01",
        "2026-11-00",
        "2026-11-31",
        "+026-11-22",
        "2026-+1-22",
        "2026-11- 2",
        "2026-11-2٣",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        civil.day_from_iso(text)


def test_the_two_epochs_differ_by_the_seconds_between_them() -> None:
    assert (FIRST - date(1970, 1, 1)).days * civil.DAY_S == civil.UNIX_2000
