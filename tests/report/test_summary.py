"""What stands out, in sentences: asked of lives whose story is known."""

import pytest

from dosebell import civil, record
from dosebell_host.history.outcomes import Outcome
from dosebell_host.report.summary import summary

MONDAY = civil.day_of(2026, 11, 2)
TAKEN, MISSED, UNKNOWN = record.TAKEN, record.MISSED, record.UNKNOWN


def weeks(*states: str) -> list[Outcome]:
    """Weeks of a dose a day, all of which came to that, but for the last day of each."""
    return [
        Outcome("d3k2", MONDAY + 7 * week + day, 0, None, TAKEN if day == 6 else state)
        for week, state in enumerate(states)
        for day in range(7)
    ]


@pytest.mark.parametrize(
    ("shown", "sentences"),
    [
        ([], ["Nothing was due."]),
        (weeks(TAKEN), ["7 of 7 taken (100 %), 0 of them late; 0 missed, 0 skipped."]),
        (
            weeks(TAKEN, MISSED, TAKEN),
            [
                "15 of 21 taken (71 %), 0 of them late; 6 missed, 0 skipped.",
                "The worst week begins on Mon 9 Nov 2026: 1 of 7 taken.",
            ],
        ),
        (
            weeks(UNKNOWN),
            [
                "1 of 1 taken (100 %), 0 of them late; 0 missed, 0 skipped.",
                "Not known are 6 of 7 (86 %): the box was off or had no clock.",
            ],
        ),
        (
            [each for each in weeks(UNKNOWN) if each.state == UNKNOWN],
            ["Not known are 6 of 6 (100 %): the box was off or had no clock."],
        ),
        # The share counts, not how many: of the second week nobody knows more than that.
        (
            weeks(MISSED, UNKNOWN),
            [
                "2 of 8 taken (25 %), 0 of them late; 6 missed, 0 skipped.",
                "Not known are 6 of 14 (43 %): the box was off or had no clock.",
                "The worst week begins on Mon 2 Nov 2026: 1 of 7 taken.",
            ],
        ),
    ],
)
def test_the_sentences_say_how_much_how_sure_and_which_week(
    shown: list[Outcome], sentences: list[str]
) -> None:
    assert list(summary(shown)) == sentences
