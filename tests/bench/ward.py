"""A ward of three hundred boxes in a real database: what its page asks, with a million records.

What is read must not be looked for in all there is: no plan of what is asked of today, or of one
person, may go through records or outcomes from end to end. The bars of all do read 28 days of all.
"""

import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, cycle
from pathlib import Path
from typing import Any

import postgres
from bench import budgets
from bench.effort import Effort
from bench.table import Row
from bench.timing import Clock, side_by_side
from dosebell_host.actions.read_log import log_of_known
from dosebell_host.history.box_log import Since
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.store import History
from dosebell_host.schedule.local_time import day_number, read_date
from dosebell_host.ward.residents import MISSED, box_of, home_of
from ward_filled import BOXES, NOW_S, TODAY, box, filled

SIZES = {"1 million": 1_000_000, "0.1 million": 100_000}
QUICK = {"1 million": 100_000, "0.1 million": 10_000}
_LONG, _SHORT = SIZES
_TO = day_number(read_date(TODAY, "today"))
# From the first of a month's days on, to the last.
_DAYS: tuple[Since, Since] = (lambda local, now_s: _TO - 29, lambda local, now_s: _TO)
_SCAN = re.compile(r"Seq Scan on (records|outcomes)")


class PlanError(AssertionError):
    """A question goes through a whole table."""


def rows(effort: Effort) -> Iterator[Row | str]:
    if not postgres.is_here():
        yield "without a PostgreSQL here nothing is measured of a ward"
        return
    sizes = QUICK if effort.quick else SIZES
    wards = {}
    try:
        for name, records in sizes.items():
            url = postgres.new_ward()
            filled(url, records)
            wards[name] = PostgresTables(url)
        yield from _measured(wards, effort)
        yield f"plans without a scan: {', '.join(_plans(wards[_LONG]))}"
    finally:
        for tables in wards.values():
            tables.close()
        postgres.stop_server()


def _measured(wards: dict[str, PostgresTables], effort: Effort) -> Iterator[Row | str]:
    for what, asks, budget in (
        ("missed now", missed_now, budgets.MISSED_NOW),
        ("a person's month", a_month, budgets.A_PERSONS_MONTH),
        ("everybody, and the bars of 28 days", everybody, None),
    ):
        calls = {name: partial(asks, tables) for name, tables in wards.items()}
        both = side_by_side(calls, effort.of(40, 8), _clock(wards.values()))
        yield Row(f"{what}, {_LONG} records", both[_LONG], _SHORT, both[_SHORT], budget)


def _clock(wards: Iterable[PostgresTables]) -> Clock:
    """Seconds that this process and the server's for these tables have computed, which other
    programs here hardly touch; where no system tells that, seconds on the wall.
    """
    pids = [tables.rows("SELECT pg_backend_pid()")[0][0] for tables in wards]
    told = [Path(f"/proc/{pid}/schedstat") for pid in pids]
    if not all(path.exists() for path in told):
        return time.perf_counter

    def computed_s() -> float:
        of_server_ns = sum(int(path.read_text().split()[0]) for path in told)
        return time.process_time() + of_server_ns / 1e9

    return computed_s


def missed_now(tables: PostgresTables) -> None:
    """Who missed a dose in the last day."""
    assert tables.rows(MISSED, NOW_S, NOW_S)


_each: Callable[[], int] = cycle(range(BOXES)).__next__


def a_month(tables: PostgresTables) -> None:
    """What became of each dose of one person's last thirty days, another one's each time."""
    known = box_of(tables, box(_each()))
    assert known is not None

    assert log_of_known(History(tables), known.box, float(NOW_S), *_DAYS).outcomes


def everybody(tables: PostgresTables) -> None:
    """All that the table of residents shows."""
    assert len(home_of(tables, float(NOW_S)).residents) == BOXES


def _plans(tables: PostgresTables) -> Iterator[str]:
    """What was asked, each with a plan that is good. Raises `PlanError` for another one."""
    noting = Noting(tables)
    [known, *_] = History(tables).boxes()
    log_of_known(History(noting), known, float(NOW_S), *_DAYS)
    asked = [*noting.asked, (MISSED, (NOW_S, NOW_S))]
    for query, values in dict.fromkeys(asked):
        plan = "\n".join(chain.from_iterable(tables.rows(f"EXPLAIN {query}", *values)))
        if _SCAN.search(plan):
            raise PlanError(f"{query}\n{plan}")
    yield f"{len(dict.fromkeys(asked))} questions"


class Noting:
    """Tables that remember what they were asked."""

    def __init__(self, tables: PostgresTables) -> None:
        self._tables = tables
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        self.write = tables.write

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        self.asked.append((query, values))
        return self._tables.rows(query, *values)

    def close(self) -> None:
        pass
