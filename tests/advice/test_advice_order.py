"""Properties of the checks: what else is in the file, and in which order, changes no finding."""

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from advice_strategies import HEAD, PERSONS, doses, written
from advice_texts import TODAY, verdict
from dosebell_host.advice.judge import judge
from dosebell_host.schedule.read_file import parse
from strategies import Written, schedules


def found(parts: list[str], person: str) -> set[Any]:
    return set(verdict(HEAD + "".join(parts) + person).findings)


@settings(max_examples=150)
@given(st.lists(doses(), min_size=1, max_size=6), st.sampled_from(PERSONS), st.randoms())
def test_the_order_of_doses_changes_nothing(
    made: list[dict[str, Any]], person: str, chance: random.Random
) -> None:
    parts = [written(dose, number) for number, dose in enumerate(made)]
    before = verdict(HEAD + "".join(parts) + person).findings
    chance.shuffle(parts)
    assert verdict(HEAD + "".join(parts) + person).findings == before


@settings(max_examples=150)
@given(st.lists(doses(), min_size=1, max_size=4), doses(), st.sampled_from(PERSONS))
def test_an_unrelated_dose_removes_no_finding(
    made: list[dict[str, Any]], other: dict[str, Any], person: str
) -> None:
    parts = [written(dose, number) for number, dose in enumerate(made)]
    drops = written({**other, "contents": []}, 99)
    assert found(parts, person) <= found([*parts, drops], person)
    assert found(parts, person) <= found([drops, *parts], person)


@settings(max_examples=150)
@given(schedules())
def test_any_valid_schedule_is_judged(plan: Written) -> None:
    verdict = judge(parse(plan.text, "plan.toml"), TODAY, on_request=True)
    assert all(each.to_json()["message"] for each in verdict.findings)
