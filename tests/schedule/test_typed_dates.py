"""Dates and ranges of days, as a person types them in an option or as an answer."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.errors import UsageError
from dosebell_host.schedule.local_time import read_month
from dosebell_host.schedule.typed.asked_date import asked_date, asked_first_date
from dosebell_host.schedule.typed.asked_month import asked_month
from dosebell_host.schedule.typed.date_range import dates_in, range_of, read_last
from dosebell_host.schedule.typed.date_words import read_date_words
from dosebell_host.schedule.values import Wrong

# A Sunday.
TODAY = date(2026, 11, 29)
CHRISTMAS = (date(2026, 12, 24), date(2026, 12, 27))
WEEKEND = (date(2026, 12, 5), date(2026, 12, 6))
DAYS = st.dates(TODAY, TODAY + timedelta(days=400))


@pytest.mark.parametrize(
    ("typed", "next_one", "last_one"),
    [
        ("today", "2026-11-29", "2026-11-29"),
        ("Tomorrow", "2026-11-30", "2026-11-30"),
        ("yesterday", "2026-11-28", "2026-11-28"),
        ("the day after tomorrow", "2026-12-01", "2026-12-01"),
        ("sunday", "2026-11-29", "2026-11-29"),
        ("on Monday", "2026-11-30", "2026-11-23"),
        ("this fri", "2026-12-04", "2026-11-27"),
        ("Tues.", "2026-12-01", "2026-11-24"),
        ("1.12.", "2026-12-01", "2025-12-01"),
        ("28.11", "2027-11-28", "2026-11-28"),
        ("24 Dec", "2026-12-24", "2025-12-24"),
        ("the 24th of December", "2026-12-24", "2025-12-24"),
        ("Dec 24", "2026-12-24", "2025-12-24"),
        ("December 24th, 2026", "2026-12-24", "2026-12-24"),
        ("Thursday, 24 Dec 2026", "2026-12-24", "2026-12-24"),
        ("29 feb", "2028-02-29", "2024-02-29"),
        ("Christmas Eve", "2026-12-24", "2025-12-24"),
        ("on Christmas Day 2027", "2027-12-25", "2027-12-25"),
        ("Thursday, New Year\u2019s Eve 2026", "2026-12-31", "2026-12-31"),
        ("new years day", "2027-01-01", "2026-01-01"),
        ("2027-01-02", "2027-01-02", "2027-01-02"),
    ],
)
def test_a_date_without_a_year_is_the_next_one_and_of_a_log_the_last_one(
    typed: str, next_one: str, last_one: str
) -> None:
    assert str(asked_date(typed, "--from", TODAY)) == next_one
    if last_one > "2025":
        assert str(asked_date(typed, "--since", TODAY, past=True)) == last_one


@given(st.dates(date(2025, 1, 1), date(2099, 12, 31)), st.sampled_from(["%Y-%m-%d", "%Y%m%d"]))
def test_what_a_script_writes_means_what_it_always_meant(day: date, form: str) -> None:
    for past in (False, True):
        assert asked_date(f"{day:{form}}", "--from", TODAY, past) == day
        assert asked_date("{}-W{:02}-{}".format(*day.isocalendar()), "--from", TODAY, past) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12/24", '--from: "12/24" may have the day or the month first; write it as "24.12.2026"'),
        (
            "next friday",
            '--from: "next friday" may be Fri 4 Dec or Fri 11 Dec; write the date, as',
        ),
        ("Fri 24 Dec", '--from: "Fri 24 Dec" is a Thursday in 2026; write it as'),
        ("31 June", "--from: there is no 31 June; write a day from 1 to 30."),
        ("on the 31st of feb", "--from: there is no 31 February; write a day from 1 to 29."),
        ("29 Feb 2027", "--from: there is no 29 February 2027; write a day from 1 to 28."),
        ("Mon, 0.12.", "--from: there is no 0 December; write a day from 1 to 31."),
        ("12.13.", '--from: "12.13." is no date; write it as "24.12.2026", "24 Dec 2026" or'),
        ("2026-02-30", '--from: "2026-02-30" is no date; write it as 2026-11-23'),
        ("1999-01-01", "--from: the year 1999 is too far away; write one in the years"),
        ("soon", '--from: "soon" is no date'),
        ("Easter Monday", '--from: "Easter Monday" is no date; write it as "24.12.2026"'),
        ("", '--from: "" is no date'),
    ],
)
def test_what_is_no_date_or_may_be_two_is_told(typed: str, sentence: str) -> None:
    with pytest.raises(UsageError) as told:
        asked_date(typed, "--from", TODAY)
    assert str(told.value).startswith(sentence)


def test_on_a_monday_last_monday_is_a_week_ago_and_next_monday_a_week_ahead() -> None:
    monday = TODAY + timedelta(days=1)
    for weeks, typed in ((-1, "last monday"), (-1, "Last Mon."), (1, "next monday")):
        day = asked_date(typed, "--since", monday, past=True)
        assert day == monday + timedelta(weeks=weeks)


def test_a_log_may_begin_so_many_days_ago() -> None:
    def first(typed: str) -> str:
        return str(asked_first_date(typed, "--since", TODAY))

    assert [first("1d"), first(" 30d "), first("fri"), first("20261123")] == [
        "2026-11-29",
        "2026-10-31",
        "2026-11-27",
        "2026-11-23",
    ]
    for typed in ("30", "last week", ""):
        with pytest.raises(UsageError):
            first(typed)


def test_of_a_log_last_friday_may_be_two() -> None:
    with pytest.raises(UsageError, match='"last friday" may be Fri 27 Nov or Fri 20 Nov; write'):
        asked_date("last friday", "--since", TODAY, past=True)
    with pytest.raises(UsageError, match='"last friday" is no date'):
        asked_date("last friday", "--from", TODAY)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        *(
            (each, CHRISTMAS)
            for each in (
                "24 to 27 December",
                "from 24 to 27 December",
                "24.12.-27.12.",
                "24.-27.12.",
                "24-27 Dec",
                "24 Dec - 27 Dec",
                "24 Dec until 27",
                "between the 24th and the 27th of December",
                "December 24 to 27",
                "Thu 24 Dec to Sun 27 Dec 2026",
                "24.12. 27.12.",
                "2026-12-24 2026-12-27",
                "2026-12-24-2026-12-27",
                "24 December for 4 days",
                "4 days from 24 December",
            )
        ),
        ("saturday to sunday", WEEKEND),
        ("5 Dec sunday", WEEKEND),
        ("tomorrow until friday", (date(2026, 11, 30), date(2026, 12, 4))),
        ("for a week from tomorrow", (date(2026, 11, 30), date(2026, 12, 6))),
        ("30 Dec to 2 Jan", (date(2026, 12, 30), date(2027, 1, 2))),
        ("Christmas Eve to New Year's Day", (date(2026, 12, 24), date(2027, 1, 1))),
        ("from Christmas Eve for 4 days", CHRISTMAS),
        ("Christmas Eve 27 Dec", CHRISTMAS),
        # Whoever is away already has begun.
        ("27.11.-2.12.", (date(2026, 11, 27), date(2026, 12, 2))),
        ("27 Nov to tomorrow", (date(2026, 11, 27), date(2026, 11, 30))),
    ],
)
def test_the_days_of_a_holiday_are_read_as_people_write_them(
    typed: str, days: tuple[date, date]
) -> None:
    assert range_of(typed, TODAY) == days
    # Behind them there may be other words.
    assert dates_in([*typed.split(), "10", "am"], TODAY) == ([*days], ["10", "am"])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("27 to 24 December", "Thu 24 Dec 2026 is before Sun 27 Dec 2026"),
        ("27 Dec to 24 Dec", "Thu 24 Dec 2026 is before Sun 27 Dec 2026"),
        ("2026-12-24 tomorrow", "Mon 30 Nov 2026 is before Thu 24 Dec 2026"),
        ("31 to 30 June", '"31" is no day of June'),
        ("31 June to 3 July", "there is no 31 June"),
        ("24 to 32 December", "there is no 32 December"),
        ("12/24 1/2", '"12/24" may have the day or the month first'),
        ("next friday to sunday", '"next friday" may be Fri 4 Dec or Fri 11 Dec'),
    ],
)
def test_days_that_end_before_they_begin_are_told(typed: str, sentence: str) -> None:
    with pytest.raises(Wrong) as told:
        range_of(typed, TODAY)
    assert told.value.message == sentence


@pytest.mark.parametrize("typed", ["", "tomorrow", "24 December", "8 and 20", "christmas", "-"])
def test_what_is_no_range_is_none(typed: str) -> None:
    assert range_of(typed, TODAY) is None


@given(DAYS, st.integers(0, 150), st.sampled_from(["%-d.%-m.", "%-d %b", "%B %-d", "%a %-d %B"]))
def test_a_range_written_in_any_way_is_the_range_it_was(
    first: date, length: int, form: str
) -> None:
    last = first + timedelta(days=length)
    # What has no year is within the next one, and what began before today is told by both.
    wanted = range_of(f"{first} {last}", TODAY)
    assert wanted == (first, last)
    with_year = f"{first:{form} %Y}" if form != "%-d.%-m." else f"{first:{form}%Y}"
    assert range_of(f"{with_year} to {last:{form}}", TODAY) == wanted
    if (last - TODAY).days < 365 and not form.startswith("%a"):
        assert range_of(f"{first:{form}} - {last:{form}}", TODAY) == wanted


@given(DAYS, st.integers(0, 60))
def test_the_last_day_may_be_said_by_how_long_it_is(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert read_last(f"for {length + 1} days", first, TODAY) == last
    assert read_last(f"{last:%-d %B}", first, TODAY) == last
    if length < 28:
        assert read_last(str(last.day), first, TODAY) == last
    assert read_date_words(f"{last:%A}", first) == first + timedelta(days=length % 7)


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-10", "2026-10"),
        ("october", "2026-10"),
        ("in Oct.", "2026-10"),
        ("November", "2026-11"),
        ("december", "2025-12"),
        ("Sept 2025", "2025-09"),
        ("may, 2026", "2026-05"),
        ("this month", "2026-11"),
        ("Last  month", "2026-10"),
    ],
)
def test_a_month_without_a_year_is_the_last_one(typed: str, month: str) -> None:
    assert asked_month(typed, "--month", TODAY) == read_month(month, "--month")


@given(st.dates(date(2025, 1, 1), date(2099, 12, 31)), DAYS)
def test_a_month_that_a_script_writes_or_that_has_its_year_is_of_no_today(
    day: date, today: date
) -> None:
    first, last = asked_month(f"{day:%Y-%m}", "--month", today)
    assert (first, last + timedelta(days=1)) == (day.replace(day=1), _next_month(day))
    assert asked_month(f"{day:%B %Y}", "--month", today) == (first, last)
    if last <= today and first > today - timedelta(days=330):
        assert asked_month(f"{day:%b}", "--month", today) == (first, last)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


@pytest.mark.parametrize("typed", ["", "2026-13", "octobre", "next month", "ma", "1999-01", "10"])
def test_what_is_no_month_is_told(typed: str) -> None:
    with pytest.raises(UsageError, match="--month: "):
        asked_month(typed, "--month", TODAY)


@pytest.mark.parametrize("typed", ["9" * 100_000, "x" * 100_000])
def test_what_is_no_date_or_month_is_shown_in_short(typed: str) -> None:
    for wrong in (asked_month, asked_date):
        with pytest.raises(UsageError) as refused:
            wrong(typed, "--since", TODAY)
        assert f'"{typed[:39]}…" is no' in str(refused.value)
        assert len(str(refused.value)) < 150


def test_a_line_without_end_is_no_range_of_days() -> None:
    assert range_of("monday " * 14_000, TODAY) is None
