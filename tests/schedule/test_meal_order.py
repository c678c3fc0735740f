"""Meals in the order of the day: the short reckoning finds what walking every date finds."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from dosebell_host.schedule.days import Days
from dosebell_host.schedule.meal_order import excepted_disorders
from dosebell_host.schedule.model import DoseEntry, ExceptDays, Meal

FIRST = dt.date(2026, 3, 1)
DAYS = 40
NAMES = ("breakfast", "lunch", "dinner")

DOSE = DoseEntry(id="d3", name="D3", days=Days("daily"), with_meals=NAMES)


@st.composite
def exceptions(draw: st.DrawFn) -> ExceptDays:
    span = sorted(draw(st.lists(st.integers(0, DAYS - 1), min_size=2, max_size=2)))
    first, last = (FIRST + dt.timedelta(days) for days in span)
    moved = draw(st.dictionaries(st.sampled_from(NAMES), st.integers(400, 1300), min_size=1))
    return ExceptDays(first=first, last=last, meals=moved)


def meals_in_order() -> st.SearchStrategy[dict[str, Meal]]:
    """Three meals whose times differ from weekday to weekday, always in order."""
    day = st.lists(st.integers(400, 1300), min_size=3, max_size=3, unique=True).map(sorted)
    week = st.lists(day, min_size=7, max_size=7)
    return week.map(
        lambda days: {
            name: Meal(name, tuple(times[place] for times in days))
            for place, name in enumerate(NAMES)
        }
    )


def out_of_order(day: dt.date, meals: dict[str, Meal], active: list[ExceptDays]) -> bool:
    minutes = {name: meal.minutes[day.weekday()] for name, meal in meals.items()}
    for entry in active:
        minutes |= entry.meals
    return not minutes["breakfast"] < minutes["lunch"] < minutes["dinner"]


@settings(max_examples=200)
@given(meals_in_order(), st.lists(exceptions(), max_size=3))
def test_the_first_bad_date_is_found_without_walking_them_all(
    meals: dict[str, Meal], entries: list[ExceptDays]
) -> None:
    bad = []
    for day in (FIRST + dt.timedelta(number) for number in range(DAYS)):
        active = [entry for entry in entries if entry.first <= day <= entry.last]
        if out_of_order(day, meals, active):
            bad.append(day.isoformat())
    found = excepted_disorders(DOSE, meals, dict(enumerate(entries)))
    assert sorted(disorder.day[:10] for disorder in found.values())[:1] == bad[:1]
