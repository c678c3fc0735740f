"""`check` of a file: reading, compiling and judging it, beside what reads TOML and no more."""

import tomllib
from collections.abc import Iterator

from bench import budgets
from bench.budgets import Budget
from bench.effort import Effort
from bench.table import Row
from bench.timing import side_by_side
from crowded import checked, crowded
from dosebell_host.resources import schedules_dir

OURS, TOMLLIB = "dosebell", "tomllib alone"


def rows(effort: Effort) -> Iterator[Row | str]:
    yield row("check of a file at every limit", crowded(), budgets.CHECK_AT_EVERY_LIMIT, effort)
    name, text = longest_ready_made()
    yield row(f"check of {name}", text, budgets.CHECK_OF_A_READY_MADE_ONE, effort)


def row(what: str, text: str, budget: Budget, effort: Effort) -> Row:
    calls = {OURS: lambda: checked(text), TOMLLIB: lambda: tomllib.loads(text)}
    times = side_by_side(calls, effort.of(20, 5))
    return Row(what, times[OURS], TOMLLIB, times[TOMLLIB], budget)


def longest_ready_made() -> tuple[str, str]:
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in schedules_dir().glob("*.toml")
    }
    return max(texts.items(), key=lambda named: len(named[1]))
