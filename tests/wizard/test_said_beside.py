"""A whole sentence as the answer: the name is the name, and the rest is proposed later."""

import pytest

from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.mentions import Mentioned, read_mentions
from dosebell_host.wizard.when_words import read_when

# Each would lose a time.
LOST = ["iron at 8 in the morning and at night", "iron morning, noon and night", "iron 10pm or 11"]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (
            "amoxicillin three times a day for 7 days from tomorrow",
            Mentioned("amoxicillin", course="for 7 days from tomorrow"),
        ),
        (
            "levothyroxine 50 micrograms at half past six in the morning",
            Mentioned("levothyroxine", (390,), "50 micrograms"),
        ),
        (
            "iron once a week on Mondays at 10",
            Mentioned("iron", (600,), course="on Mondays"),
        ),
        ("metformin 500 mg with supper", Mentioned("metformin", (), "500 mg", ("dinner",))),
        ("ramipril at 8 in the evening", Mentioned("ramipril", (1200,))),
        (
            "Vitamin D3 20000 IU every 2 weeks",
            Mentioned("Vitamin D3 20000 IU", course="every 2 weeks"),
        ),
        ("aspirin every other day", Mentioned("aspirin", course="every other day")),
    ],
)
def test_the_name_is_kept_and_the_rest_understood(typed: str, understood: Mentioned) -> None:
    assert read_mentions(typed) == (understood,)


@pytest.mark.parametrize(
    ("clock", "part", "time"),
    [
        ("10", "at night", "22:00"),
        ("10", "every night", "22:00"),
        ("10:30", "in the evening", "22:30"),
        ("9", "in the evening", "21:00"),
        ("half past nine", "at bedtime", "21:30"),
        ("22:00", "at night", "22:00"),
        ("7", "in the morning", "07:00"),
        ("3", "in the afternoon", "15:00"),
        ("8", "evening", "20:00"),
    ],
)
def test_a_part_of_the_day_counts_wherever_it_stands(clock: str, part: str, time: str) -> None:
    """In a list as in the question for the time, which is where `read_when` answers."""
    said = [
        f"magnesium 400 mg at {clock} {part}",
        f"magnesium 400 mg {part} at {clock}",
        f"magnesium 400 mg {part}, at {clock}",
        f"magnesium 400 mg at {clock}, {part}",
    ]
    named = [Mentioned("magnesium 400 mg", read_when(time, ()).at)]
    assert [list(read_mentions(each)) for each in said] == [named] * 4


def test_a_part_of_the_day_before_a_bare_hour_counts_as_well() -> None:
    assert read_mentions("magnesium 400 mg night 10") == (Mentioned("magnesium 400 mg", (1320,)),)


def test_a_part_of_the_day_without_a_time_is_kept_for_the_question() -> None:
    assert read_mentions("melatonin in the evening") == (
        Mentioned("melatonin", part="in the evening"),
    )


@pytest.mark.parametrize("name", ["evening primrose oil", "night cream"])
def test_a_part_of_the_day_in_a_name_is_none(name: str) -> None:
    assert read_mentions(f"{name} at 8") == (Mentioned(name, (480,)),)


@pytest.mark.parametrize("spoken", ["half past nine", "quarter to six"])
def test_the_half_of_the_day_is_wanted_in_a_list_as_well(spoken: str) -> None:
    with pytest.raises(Wrong, match="may be the first or the second half of the day"):
        read_mentions(f"metformin, calcium at {spoken}")


@pytest.mark.parametrize(
    "typed", ["iron three times each month", "aspirin every blue moon", *LOST]
)
def test_what_cannot_be_read_is_no_name(typed: str) -> None:
    with pytest.raises(Wrong) as refused:
        read_mentions(typed)
    assert (refused.value.message, refused.value.fix) == (
        "I could not read all of this",
        "name only the medicines here, I ask the times next",
    )


@pytest.mark.parametrize("typed", ["x" * 100_000, "9" * 100_000, "monday " * 14_000])
def test_a_line_without_end_is_not_looked_through(typed: str) -> None:
    with pytest.raises(Wrong, match="is too long"):
        read_mentions(typed)
