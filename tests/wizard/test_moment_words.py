"""Moments, as a person types them in an option: a date and a time of day."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.errors import UsageError
from dosebell_host.wizard.moment_words import WhichMoment, as_programs_write

# A Sunday.
TODAY = date(2026, 11, 29)
NEXT = WhichMoment(TODAY)
# Of a simulation that begins on a Wednesday in December.
WITHIN = WhichMoment(TODAY, first=date(2026, 12, 9))
# What was taken, of a dose of yesterday.
TAKEN = WhichMoment(TODAY, past=True, of_clock=date(2026, 11, 28))


@pytest.mark.parametrize(
    ("typed", "which", "written"),
    [
        ("monday 07:30", NEXT, "2026-11-30T07:30"),
        ("monday", NEXT, "2026-11-30"),
        ("tomorrow at 8am", NEXT, "2026-11-30T08:00"),
        ("Thursday 24 Dec, 20:15", NEXT, "2026-12-24T20:15"),
        ("24.12. noon", NEXT, "2026-12-24T12:00"),
        ("24.12.2027 at half past seven in the evening", NEXT, "2027-12-24T19:30"),
        ("24 Dec 2026", NEXT, "2026-12-24"),
        ("24 Dec 8", NEXT, "2026-12-24T08:00"),
        ("monday 7am", WITHIN, "2026-12-14T07:00"),
        ("wed 7am", WITHIN, "2026-12-09T07:00"),
        ("tomorrow 7am", WITHIN, "2026-11-30T07:00"),
        ("yesterday 20:05", TAKEN, "2026-11-28T20:05"),
        ("monday 20:05", TAKEN, "2026-11-23T20:05"),
        ("24 Dec 20:05", TAKEN, "2025-12-24T20:05"),
        ("today at 9 in the evening", TAKEN, "2026-11-29T21:00"),
        ("7:45", TAKEN, "2026-11-28T07:45"),
        ("8 pm", TAKEN, "2026-11-28T20:00"),
    ],
)
def test_words_become_what_a_program_writes(typed: str, which: WhichMoment, written: str) -> None:
    assert as_programs_write(typed, "--at", which) == written


@given(st.datetimes(datetime(2025, 1, 1), datetime(2099, 12, 31)), st.sampled_from(" T"))
def test_what_a_script_writes_stays_as_it_is(moment: datetime, between: str) -> None:
    basic = f"{moment:%Y%m%d}{between}{moment:%H%M}"
    week = "{}-W{:02}-{}".format(*moment.isocalendar()) + f"{between}{moment:%H:%M}"
    day, zone = moment.date().isoformat(), moment.isoformat(between, "minutes") + "+01:00"
    for written in (moment.isoformat(between), basic, week, day, zone, f" {day} "):
        assert {as_programs_write(written, "--at", each) for each in (NEXT, WITHIN, TAKEN)} == {
            written
        }
        datetime.fromisoformat(written.strip())


@pytest.mark.parametrize(
    ("typed", "which", "sentence"),
    [
        ("soon", NEXT, '"soon" is no date and time; write it as 2026-11-23T07:30 or "monday'),
        ("7:30", NEXT, '"7:30" is no date and time; write it as'),
        ("", NEXT, '"" is no date and time'),
        ("12/24 07:30", NEXT, '"12/24" may have the day or the month first'),
        ("monday half past seven", NEXT, '"half past seven" may be the first or the second half'),
        ("Fri 24 Dec 07:30", NEXT, '"Fri 24 Dec" is a Thursday in 2026'),
        ("yesterday", TAKEN, '"yesterday" leaves open when; write the time, too: "yesterday 20'),
        ("soon", TAKEN, '"soon" is not a time of day'),
        ("31 feb 20:30", TAKEN, "there is no 31 February; write a day from 1 to 29."),
        ("sat 30 feb 2027 at noon", NEXT, "there is no 30 February 2027; write a day from 1"),
    ],
)
def test_what_is_no_moment_or_may_be_two_is_told(
    typed: str, which: WhichMoment, sentence: str
) -> None:
    with pytest.raises(UsageError) as told:
        as_programs_write(typed, "--at", which)
    assert str(told.value).startswith(f"--at: {sentence}")


def test_a_line_without_end_is_refused_in_one_sentence() -> None:
    with pytest.raises(UsageError) as refused:
        as_programs_write("monday " * 14_000, "--at", TAKEN)
    assert str(refused.value) == (
        '--at: "monday monday monday monday monday mond…" is no date and time;'
        ' write it as 2026-11-23T07:30 or "monday 07:30".'
    )
