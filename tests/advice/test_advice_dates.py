"""Distances are counted on the days on which both things happen, and what is over is over."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice_texts import (
    CLEAN,
    D3,
    MEALS,
    MK7,
    TODAY,
    Mg,
    a_dose,
    a_schedule,
    accepted,
    at,
    findings,
    takes,
    verdict,
)
from dosebell_host.advice.dates import count_between, running
from dosebell_host.advice.fixes.correct import corrected
from dosebell_host.schedule.days import Days

TWO_MEALS = MEALS + 'lunch = { at = "12:30", fat_g = 20 }\n'
MIN_LEVO = ("MIN-LEVO", "error")
BP_FIRST = ("BP-FIRST", "error")


def every(days: int, start: dt.date) -> dict[str, Any]:
    return {"days": {"every": days}, "start": start}


def rules(*parts: str, **where: Any) -> set[str]:
    return {rule for rule, _ in findings(*parts, **where)}


def thyroid(time: str = "07:00", **keys: Any) -> str:
    return at(time, ident="thyroid", medicine="levothyroxine", **({"food": "empty"} | keys))


@pytest.mark.parametrize(("day", "found"), [(22, set()), (23, {MIN_LEVO})])
def test_doses_on_alternate_days_never_meet(day: int, found: set[tuple[str, str]]) -> None:
    mineral = a_dose(Mg(100), **every(2, dt.date(2026, 11, day)))
    assert findings(mineral, thyroid(**every(2, dt.date(2026, 11, 25)))) == found


@pytest.mark.parametrize(("day", "meet"), [(1, False), (14, False), (15, True), (-1, False)])
def test_two_days_of_the_month_never_meet(day: int, meet: bool) -> None:
    bone = at("07:45", ident="bone", medicine="ibandronate", days={"monthdays": [15]}, food="any")
    monthly = a_dose(D3(100), days={"monthdays": [day]})
    # Breakfast itself is far away, so only the two doses can be too close.
    meals = 'breakfast = { at = "23:00", fat_g = 12 }\n'
    doses = (monthly.replace('with = ["breakfast"]', 'at = ["08:00"]\nfood = "fat"'), bone)
    assert ("BP-FIRST" in rules(*doses, meals=meals)) is meet


def test_over_midnight_the_day_before_counts() -> None:
    night = at("23:30", Mg(100), days=["sun"])
    listed = '[{ name = "levothyroxine", at = "02:00", days = ["%s"] }]'
    for day, found in (("mon", {MIN_LEVO}), ("sun", set()), ("tue", set())):
        person = CLEAN.replace("[]", listed % day)
        assert findings(night, person=person) == found


def holiday(breakfast: str, lunch: str = "", first: str = "2026-12-24") -> str:
    meals = f'breakfast = "{breakfast}"' + (f', lunch = "{lunch}"' if lunch else "")
    last = first.replace("24", "26")
    return f"[[except]]\nfrom = {first}\nto = {last}\nmeals = {{ {meals} }}\n"


@pytest.mark.parametrize(
    ("exception", "found"),
    [
        (holiday("10:30", "15:00"), set()),
        (holiday("10:30"), {MIN_LEVO}),
        (holiday("10:30", first="2026-10-24"), set()),
    ],
)
def test_a_holiday_that_moves_both_meals_keeps_them_apart(
    exception: str, found: set[tuple[str, str]]
) -> None:
    pill = a_dose(ident="thyroid", medicine="levothyroxine")
    mineral = a_dose(Mg(100), with_=["lunch"])
    assert findings(pill, mineral, exception, meals=TWO_MEALS) == found


def test_a_breakfast_of_a_holiday_that_is_over_is_not_too_early() -> None:
    early = holiday("07:10")
    person = takes("alendronate 07:00")
    assert BP_FIRST in findings(a_dose(D3(10)), early, person=person)
    assert findings(a_dose(D3(10)), early.replace("2026", "2025"), person=person) == set()


def test_days_on_which_nothing_is_taken_are_not_too_close() -> None:
    mineral = a_dose(Mg(100), start=dt.date(2026, 12, 24), end=dt.date(2026, 12, 26))
    away = '[[except]]\nfrom = 2026-12-20\nto = 2026-12-%d\noff = true\nreason = "away"\n'
    assert findings(mineral, thyroid(), away % 26) == set()
    assert findings(mineral, thyroid(), away % 25) == {MIN_LEVO}


def test_high_doses_on_different_days_are_not_one_dose() -> None:
    first = a_dose(D3(300), ident="a", days={"monthdays": [1]})
    second = a_dose(D3(300), ident="b", days={"monthdays": [15]})
    assert "D3-SINGLE" not in rules(first, second)
    assert "D3-SINGLE" in rules(first, second.replace("15", "1"))


@pytest.mark.parametrize(
    ("end", "found"),
    [
        (dt.date(2026, 10, 22), set()),
        (dt.date(2026, 11, 21), set()),
        (TODAY, {MIN_LEVO, ("D3-UL", "error")}),
    ],
)
def test_a_dose_that_is_over_is_no_news(end: dt.date, found: set[tuple[str, str]]) -> None:
    past: dict[str, Any] = {"start": dt.date(2026, 1, 1), "end": end}
    assert findings(a_dose(Mg(100), D3(125), **past), thyroid()) == found


def test_a_course_that_is_over_adds_nothing_to_the_dose_that_follows() -> None:
    course = a_dose(D3(300), ident="course", end=dt.date(2026, 11, 21))
    assert findings(course, a_dose(D3(90))) == {("D3-CALCIUM", "note")}
    # Nor is a medicine that was a dose of the schedule in the way of anything.
    thyroid_then = thyroid(end=dt.date(2026, 11, 21))
    assert findings(a_dose(Mg(100)), thyroid_then) == set()


def test_a_dose_that_is_over_leaves_the_others_to_be_put_right() -> None:
    over = a_dose(D3(10), ident="over", end=dt.date(2026, 11, 21))
    text = a_schedule(over, at("08:00", Mg(100)), person=takes("levothyroxine 07:00"))
    assert [each.dose for each in corrected(text, "plan.toml", TODAY)[1]] == ["pill"]


def test_a_medicine_of_every_other_day_without_a_beginning_may_be_taken_on_any() -> None:
    listed = '[{ name = "levothyroxine", at = "07:00", days = { every = 2 } }]'
    for day in (22, 23):
        mineral = a_dose(Mg(100), **every(2, dt.date(2026, 11, day)))
        assert findings(mineral, person=CLEAN.replace("[]", listed)) == {MIN_LEVO}


def test_days_without_vitamin_k_that_are_over_are_no_news() -> None:
    away = '[[except]]\nfrom = 2026-01-20\nto = 2026-01-25\noff = true\nreason = "away"\n'
    parts = (a_dose(MK7()), accepted("K2-VKA"))
    person = takes("warfarin")
    assert findings(*parts, away, person=person) == {("K2-VKA", "warning")}
    later = [part.replace("2026-01", "2026-12") for part in (*parts, away)]
    assert ("K2-VKA-STEADY", "warning") in findings(*later, person=person)


def test_months_in_between_end_a_long_time_above_1000_iu() -> None:
    winter = a_dose(D3(30), start=dt.date(2026, 12, 1), end=dt.date(2027, 1, 31))
    spring = a_dose(D3(30), ident="b", start=dt.date(2027, 4, 1), end=dt.date(2027, 5, 31))
    assert "D3-CALCIUM" not in rules(winter, spring)
    at_once = spring.replace("2027-04-01", "2027-02-01")
    assert "D3-CALCIUM" in rules(winter, at_once)


kinds = st.one_of(
    st.just(Days("daily")),
    st.sets(st.integers(0, 6), min_size=1).map(lambda n: Days("week", tuple(sorted(n)))),
    st.integers(1, 400).map(lambda n: Days("every", (n,))),
    st.tuples(st.integers(1, 60), st.integers(1, 60)).map(lambda n: Days("cycle", n)),
    st.sets(st.sampled_from([1, 15, 29, 30, 31, -1]), min_size=1).map(
        lambda n: Days("month", tuple(sorted(n)))
    ),
)


@given(days=kinds, start=st.integers(-500, 500), length=st.integers(0, 1000))
def test_the_dates_are_those_of_the_rule(days: Days, start: int, length: int) -> None:
    first = TODAY + dt.timedelta(start)
    last = first + dt.timedelta(length)
    seen = running(days, first, last, TODAY)
    assert seen.bit_count() == count_between(days, first, max(first, TODAY), last)


def test_doses_that_meet_once_in_years_are_found_on_that_day() -> None:
    doses = [
        a_dose(D3(21), ident=f"d{n}", start=dt.date(2026, 1, 1), days={"every": n})
        for n in range(2, 62)
    ]
    (found,) = [each for each in verdict(a_schedule(*doses)).findings if each.rule == "D3-SINGLE"]
    # 2,520 days on, every number up to ten divides it, and many more.
    divisors = {f"d{n}" for n in range(2, 62) if 2520 % n == 0}
    assert set(found.doses) == divisors
