"""What stands out, in sentences: asked of lives whose story is known."""

import pytest

from dosebell import civil, record
from dosebell_host.history.outcomes import Outcome
from dosebell_host.pictures.period import Period
from dosebell_host.report.summary import summary, weeks_of, worst_week

MONDAY = civil.day_of(2026, 11, 2)
TAKEN, MISSED, UNKNOWN = record.TAKEN, record.MISSED, record.UNKNOWN
NAMES = {"d3k2": "D3 with K2", "drops": "Eye drops"}


def weeks(*states: str, dose: str = "d3k2") -> list[Outcome]:
    """Weeks of a dose a day, all of which came to that, but for the last day of each."""
    return [
        Outcome(dose, MONDAY + 7 * week + day, 0, None, TAKEN if day == 6 else state)
        for week, state in enumerate(states)
        for day in range(7)
    ]


def doubled(*days: int, dose: str = "d3k2") -> list[Outcome]:
    """Of a dose one more on each of these days of November, soon after the one before."""
    first = civil.day_of(2026, 11, 1) - 1
    return [Outcome(dose, first + day, 0, None, TAKEN, soon=True) for day in days]


def told(shown: list[Outcome], *doses: str) -> list[str]:
    """What is said of them, where that is all that the schedule has."""
    days = [each.day for each in shown] or [MONDAY]
    period = Period(min(days), max(days))
    names = {dose: NAMES[dose] for dose in doses or ("d3k2",)}
    return list(summary(shown, period, names, worst_week(weeks_of(shown, period))))


@pytest.mark.parametrize(
    ("shown", "sentences"),
    [
        ([], ["Nothing was due."]),
        (weeks(TAKEN), ["7 of 7 taken (100 %), 0 of them late; 0 missed, 0 skipped."]),
        (
            weeks(TAKEN, MISSED, TAKEN),
            [
                "15 of 21 taken (71 %), 0 of them late; 6 missed, 0 skipped.",
                "The worst week was Mon 9 Nov 2026 to Sun 15 Nov 2026: 1 of 7 taken.",
            ],
        ),
        (
            weeks(UNKNOWN),
            [
                "1 of 1 taken (100 %), 0 of them late; 0 missed, 0 skipped.",
                "Not known are 6 of 7 (86 %), on 2 to 7 Nov: the box was off or had no clock.",
            ],
        ),
        (
            [each for each in weeks(UNKNOWN) if each.state == UNKNOWN],
            ["Not known are 6 of 6 (100 %), on 2 to 7 Nov: the box was off or had no clock."],
        ),
        # The share counts, not how many: of the second week nobody knows more than that.
        (
            weeks(MISSED, UNKNOWN),
            [
                "2 of 8 taken (25 %), 0 of them late; 6 missed, 0 skipped.",
                "Not known are 6 of 14 (43 %), on 9 to 14 Nov: the box was off or had no clock.",
                "The worst week was Mon 2 Nov 2026 to Sun 8 Nov 2026: 1 of 7 taken.",
            ],
        ),
    ],
)
def test_the_sentences_say_how_much_how_sure_and_which_week(
    shown: list[Outcome], sentences: list[str]
) -> None:
    assert told(shown) == sentences


def test_late_says_what_it_is() -> None:
    late = [each._replace(late=each.day == MONDAY) for each in weeks(TAKEN)]
    assert told(late) == [
        "7 of 7 taken (100 %), 1 of them late (after half of the time in which the box reminds);"
        " 0 missed, 0 skipped."
    ]


def test_the_worst_week_says_which_doses_it_was() -> None:
    both = [*weeks(TAKEN, MISSED), *weeks(TAKEN, TAKEN, dose="drops")]
    assert told(both, "d3k2", "drops")[-1] == (
        "The worst week was Mon 9 Nov 2026 to Sun 15 Nov 2026: 8 of 14 taken (D3 with K2 1 of 7)."
    )


def test_the_worst_week_is_told_as_far_as_it_is_in_the_period() -> None:
    shown = [each for each in weeks(MISSED, TAKEN) if each.day > MONDAY + 1]
    assert told(shown)[-1].startswith("The worst week was Wed 4 Nov 2026 to Sun 8 Nov 2026: ")


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (doubled(6), "Once one more was taken soon after the one before: D3 with K2 on 6 Nov."),
        (
            [*doubled(3, 6), *doubled(5, dose="drops")],
            "3 times one more was taken soon after the one before: D3 with K2 on 3 Nov and 6 Nov;"
            " Eye drops on 5 Nov.",
        ),
        (
            doubled(2, 3, 4, 5, 6, 7),
            "6 times one more was taken soon after the one before: D3 with K2 on 2 Nov, 3 Nov,"
            " 4 Nov, 5 Nov and 2 more.",
        ),
    ],
)
def test_what_was_taken_twice_is_told_with_its_days(shown: list[Outcome], sentence: str) -> None:
    assert told(shown, "d3k2", "drops")[1] == sentence


@pytest.mark.parametrize(
    ("runs", "spans"),
    [
        ([(17, 20)], "17 to 20 Nov"),
        ([(2, 2), (29, 33)], "2 Nov and 29 Nov to 3 Dec"),
        ([(2, 2), (4, 5), (7, 7), (9, 9)], "2 Nov, 4 to 5 Nov and 2 more"),
    ],
)
def test_days_of_which_nothing_is_known_are_told(runs: list[tuple[int, int]], spans: str) -> None:
    days = [day for first, last in runs for day in range(first, last + 1)]
    shown = [Outcome("d3k2", MONDAY - 2 + day, 0, None, UNKNOWN) for day in days]
    (sentence,) = told(shown)
    assert f", on {spans}: the box was off" in sentence


def test_in_more_than_a_year_a_day_says_which() -> None:
    shown = [Outcome("d3k2", MONDAY + day, 0, None, UNKNOWN) for day in (0, 59, 60, 400)]
    assert ", on 2 Nov 2026, 31 Dec 2026 to 1 Jan 2027 and 1 more: " in told(shown)[0]
