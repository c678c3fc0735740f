"""A whole sentence as the answer: the name is the name, and the rest is proposed later."""

import pytest

from dosebell_host.schedule.values import Wrong
from dosebell_host.wizard.mentions import Mentioned, read_mentions


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (
            "amoxicillin three times a day for 7 days from tomorrow",
            Mentioned("amoxicillin", course="for 7 days from tomorrow"),
        ),
        (
            "levothyroxine 50 micrograms at half past six",
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


@pytest.mark.parametrize("typed", ["iron three times each month", "aspirin every blue moon"])
def test_what_cannot_be_read_is_no_name(typed: str) -> None:
    with pytest.raises(Wrong) as refused:
        read_mentions(typed)
    assert (refused.value.message, refused.value.fix) == (
        "I could not read all of this",
        "name only the medicines here, I ask the times next",
    )
