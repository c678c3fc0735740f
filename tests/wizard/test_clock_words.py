"""What people write for a time of day is taken where it has one reading."""

import pytest

from dosebell_host.schedule.values import Wrong, time_text
from dosebell_host.wizard.clock_words import read_clock, without_clocks


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("07:30", "07:30"),
        ("7:30", "07:30"),
        ("8.15", "08:15"),
        ("8am", "08:00"),
        ("6:30 am", "06:30"),
        (" 6:30 p.m. ", "18:30"),
        ("12am", "00:00"),
        ("12 PM", "12:00"),
        ("22h", "22:00"),
        ("8h30", "08:30"),
        ("8 Uhr", "08:00"),
        ("0630", "06:30"),
        ("(06:30)", "06:30"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("8", "08:00"),
        ("20", "20:00"),
        ("eight", "08:00"),
        ("at 8 o'clock", "08:00"),
        ("about 8", "08:00"),
        ("6:30 before breakfast", "06:30"),
        ("half past six in the evening", "18:30"),
        ("quarter to 9 in the morning", "08:45"),
        ("10 at night", "22:00"),
        ("half past twelve at night", "00:30"),
    ],
)
def test_one_reading_is_taken(typed: str, clock: str) -> None:
    assert time_text(read_clock(typed)) == clock


@pytest.mark.parametrize(
    "typed",
    ["", "24", "13pm", "0 am", "24:00", "8:5", "7:300", "half eight", "18:30 in the morning"],
)
def test_none_or_two_are_asked_again(typed: str) -> None:
    with pytest.raises(Wrong, match="is not a time of day"):
        read_clock(typed)


@pytest.mark.parametrize(
    ("typed", "breakfast", "dinner"),
    [
        ("half past six", "06:30", "18:30"),
        ("quarter past 8", "08:15", "20:15"),
        ("ten to eight", "07:50", "19:50"),
        ("8", "08:00", "20:00"),
        ("08", "08:00", "08:00"),
        ("6:30", "06:30", "06:30"),
        ("12", "12:00", "12:00"),
    ],
)
def test_a_meal_says_which_half_of_the_day_is_meant(
    typed: str, breakfast: str, dinner: str
) -> None:
    assert time_text(read_clock(typed, near=450)) == breakfast
    assert time_text(read_clock(typed, near=1110)) == dinner


def test_where_nothing_says_it_both_are_named() -> None:
    with pytest.raises(Wrong) as asked:
        read_clock("half past six")
    assert (asked.value.message, asked.value.fix) == (
        '"half past six" may be the first or the second half of the day',
        'write "06:30" or "18:30"',
    )


def test_every_minute_of_the_day_in_every_spelling() -> None:
    wrong = [
        (spelling, minute)
        for minute in range(1440)
        for spelling in spellings(*divmod(minute, 60))
        if read_clock(spelling) != minute
        or without_clocks(f"insulin at {spelling}") != ("insulin |", (spelling,))
    ]
    assert wrong == []


def spellings(hour: int, minute: int) -> list[str]:
    half = f"{hour % 12 or 12}:{minute:02} {'am' if hour < 12 else 'pm'}"
    return [f"{hour}:{minute:02}", f"{hour:02}:{minute:02}", f"{hour}.{minute:02}", half]


@pytest.mark.parametrize(
    ("text", "left", "clocks"),
    [
        ("levothyroxine 08:00 and 22:00", "levothyroxine | and |", "08:00 22:00"),
        ("levothyroxine 8:00/22:00", "levothyroxine |/|", "08:00 22:00"),
        ("levothyroxine (06:30)", "levothyroxine (|)", "06:30"),
        ("levothyroxine 6:30 am", "levothyroxine |", "06:30"),
        ("levothyroxine 6am", "levothyroxine |", "06:00"),
        ("ramipril 2.5 mg at 8.15", "ramipril 2.5 mg |", "08:15"),
        ("ramipril 2.5 mg", "ramipril 2.5 mg", ""),
        ("losartan 10/40 mg", "losartan 10/40 mg", ""),
        ("D3 1000 IU at noon", "D3 1000 IU at |", "12:00"),
        ("amlodipine at 8", "amlodipine at 8", ""),
    ],
)
def test_times_are_found_among_other_words_and_amounts_are_none(
    text: str, left: str, clocks: str
) -> None:
    said, found = without_clocks(text)
    assert (said, " ".join(time_text(read_clock(each)) for each in found)) == (left, clocks)
