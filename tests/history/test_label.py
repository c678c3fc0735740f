"""What is taken, in the words of the label."""

import pytest

from domain import compiled, dose, plan
from dosebell_host.history.label import labels, meal_times
from dosebell_host.report.in_force import InForceFrom, rules


@pytest.mark.parametrize(
    ("lines", "days", "said"),
    [
        (['at = ["08:00"]'], '"daily"', "at 08:00, every day"),
        (
            ['take = "1 capsule"', 'with = ["breakfast", "lunch"]', 'food = "fat"'],
            '"daily"',
            "1 capsule, with breakfast, else with lunch, every day, with food that contains fat",
        ),
        (
            ['at = ["08:00", "14:00", "20:00"]', 'food = "empty"'],
            '["mon", "thu"]',
            "at 08:00, 14:00 and 20:00, on Mon and Thu, on an empty stomach",
        ),
        (
            ['at = ["08:00"]', "start = 2026-01-01", "end = 2026-03-01"],
            "{ every = 3 }",
            "at 08:00, every 3 days, from 2026-01-01 until 2026-03-01",
        ),
        (
            ['at = ["08:00"]', "start = 2026-01-01"],
            "{ on = 21, off = 7 }",
            "at 08:00, 21 days on, 7 days off, from 2026-01-01",
        ),
        (['at = ["08:00"]'], "{ monthdays = [1, -1] }", "at 08:00, on the 1 and last day"),
    ],
)
def test_a_dose_is_told_as_on_its_label(lines: list[str], days: str, said: str) -> None:
    text = plan(dose("d3k2", *lines, days=days))
    assert labels(compiled(text).lines) == {"d3k2": ("D3K2", said)}


def test_meals_are_told_with_the_days_that_differ() -> None:
    meals = '[meals]\nbreakfast = { at = "07:30", sun = "09:00" }\nlunch = "12:30"\n'
    text = plan(dose("d3k2", 'with = ["breakfast"]'), meals=meals)
    assert list(meal_times(compiled(text).lines)) == [
        "breakfast 07:30, sun 09:00",
        "lunch 12:30",
    ]


def test_what_changed_is_told_with_its_day() -> None:
    forces = [InForceFrom(9800, "a"), InForceFrom(9823, "b"), InForceFrom(9830, "c")]
    assert list(rules(["at 07:00", "at 08:00", "at 08:00"], forces)) == [
        "at 08:00",
        "until Tue 23 Nov 2026: at 07:00".replace("Tue 23 Nov 2026", told(9823)),
    ]
    assert list(rules(["", "at 08:00", ""], forces)) == [
        "no longer in the schedule",
        f"until {told(9830)}: at 08:00",
        f"until {told(9823)}: not in the schedule",
    ]


def told(day: int) -> str:
    from dosebell_host.pictures.period import weekday_words

    return weekday_words(day)
