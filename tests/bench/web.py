"""A page of `dosebell web`, as its server makes it, of a box that has been in use for years.

A page of long ago is measured, too: what was put right of it since is looked for in all that came
later.
"""

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import budgets
from bench.effort import Effort
from bench.report import FIRST_DAYS, LONG, SHORT
from bench.table import Row
from bench.timing import side_by_side
from kept_years import MONTH, TODAY, keep_since
from page.lives import BOX
from visits import Visit

PATHS = {
    "Today": "/",
    "Boxes": "/boxes",
    "the last 30 days": f"/box/{BOX}/history",
    "the last 90 days": f"/box/{BOX}/history?days=90d",
    "a month": f"/box/{BOX}/history?month={MONTH}",
    "a day": f"/box/{BOX}/day/{TODAY}",
    "the report": f"/box/{BOX}/report?month={MONTH}",
}
OLD = {
    "a month of ten years ago": f"/box/{BOX}/history?month=2026-12",
    "a day of ten years ago": f"/box/{BOX}/day/2026-12-24",
}


def rows(effort: Effort) -> Iterator[Row | str]:
    with tempfile.TemporaryDirectory() as folder:
        visits = {}
        for name, first in FIRST_DAYS.items():
            data = Path(folder, name)
            data.mkdir()
            keep_since(data, first)
            os.environ["DOSEBELL_DATA"] = str(data)
            visits[name] = Visit(), data
        for what, path in PATHS.items():
            calls = {name: partial(opened, *visit, path) for name, visit in visits.items()}
            both = side_by_side(calls, effort.of(20, 5))
            yield Row(
                f"{what}, {LONG}", both[LONG], SHORT, both[SHORT], budgets.NO_MORE_THAN_TWICE
            )
        short = partial(opened, *visits[SHORT], PATHS["a month"])
        for what, path in OLD.items():
            calls = {LONG: partial(opened, *visits[LONG], path), SHORT: short}
            both = side_by_side(calls, effort.of(20, 5))
            yield Row(what, both[LONG], "a month of now", both[SHORT], budgets.NO_MORE_THAN_TWICE)


def opened(visit: Visit, data: Path, path: str) -> None:
    """One page, whole."""
    os.environ["DOSEBELL_DATA"] = str(data)
    answer = visit.client.get(path)
    assert answer.status_code == 200, answer.text
