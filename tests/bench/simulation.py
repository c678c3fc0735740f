"""Simulation: the whole firmware through a year, by how many doses a day it has."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

from bench import budgets
from bench.effort import Effort
from bench.table import Figure, Row, counted
from bench.timing import side_by_side
from domain import dose, plan, utc_of
from dosebell import schedule as device
from dosebell_host.resources import schedules_dir
from dosebell_host.schedule import plan_file, read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.limits import DAY_S
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.trial.simulate import simulate
from dosebell_host.trial.story import Story

BEGIN_S = utc_of("2026-01-01 00:00", "Europe/Berlin")
YEAR_DAYS = 365
# Someone who forgets every tenth ring, and always the same ones.
FORGET, SEED = 0.1, 1
FIRST_MINUTE, STEP_MINUTES = 6 * 60, 15
# Days that are lived through, by the doses a day: of many, some days speak for the year.
DAYS = {1: YEAR_DAYS, 4: YEAR_DAYS, 16: 120, 64: 30}


def rows(effort: Effort) -> Iterator[Row | str]:
    yield from year_of_four(effort)
    a_year = {count: year_of(count, effort) for count in DAYS}
    for count, spent_s in a_year.items():
        yield Row(f"{counted(count, 'dose')} a day", Figure(1 / spent_s, "years/s"))
    yield growth(a_year)


def year_of_four(effort: Effort) -> Iterator[Row]:
    four = plan_file.load(schedules_dir() / "four-doses-a-day.toml")
    people = {"every tenth ring is forgotten": FORGET, "nobody ever presses": None}
    calls = {who: living(four, YEAR_DAYS, forget) for who, forget in people.items()}
    for who, spent in side_by_side(calls, effort.of(7, 3)).items():
        what = "a year of four doses a day"
        yield Row(what, spent, budget=budgets.YEAR_OF_FOUR_DOSES, note=who)


def year_of(doses: int, effort: Effort) -> float:
    """Seconds for a year with so many doses a day, each its own."""
    days = DAYS[doses] if not effort.quick else min(DAYS[doses], 60)
    call = living(of_text(_doses(doses)), days, FORGET)
    return side_by_side({"year": call}, effort.of(3, 1))["year"].value * YEAR_DAYS / days


def living(file: PlanFile, days: int, forget: float | None) -> Callable[[], object]:
    story = Story(BEGIN_S, BEGIN_S + days * DAY_S, forget=forget, seed=SEED)
    return lambda: simulate(file, story)


def of_text(text: str) -> PlanFile:
    schedule = read_file.parse(text, "bench.toml")
    compiled = compile_schedule(schedule)
    return PlanFile(schedule, compiled, device.parse(compiled.lines))


def growth(a_year: dict[int, float]) -> str:
    """How the time grows, as the power of the doses that it follows, step by step."""
    counts = sorted(a_year)
    powers = [
        f"{math.log(a_year[more] / a_year[less]) / math.log(more / less):.1f}"
        f" from {less} to {more}"
        for less, more in pairwise(counts)
    ]
    return f"time grows as doses to the power of {', '.join(powers)}"


def _doses(count: int) -> str:
    minutes = [FIRST_MINUTE + n * STEP_MINUTES for n in range(count)]
    return plan(
        *(dose(f"d{n:02}", f'at = ["{m // 60:02}:{m % 60:02}"]') for n, m in enumerate(minutes))
    )
