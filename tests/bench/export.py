"""`export`: ten years of a box, in every format, beside the log of the same years as a table."""

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench import budgets
from bench.effort import Effort
from bench.table import Row
from bench.timing import side_by_side
from desk import Desk
from kept_years import keep_since

FIRST_DAY = "2026-11-30"
LOG = "log --csv"
BUDGETS = {
    "export csv": budgets.NO_MORE_THAN_TWICE,
    "export json": budgets.NO_MORE_THAN_TWICE,
    # A row of ten words against a resource that stands alone.
    "export fhir": budgets.NO_MORE_THAN_FOUR_TIMES,
}


def rows(effort: Effort) -> Iterator[Row | str]:
    with tempfile.TemporaryDirectory() as folder:
        keep_since(Path(folder), FIRST_DAY)
        calls = {what: partial(printed, Path(folder), what) for what in (LOG, *BUDGETS)}
        times = side_by_side(calls, effort.of(10, 3))
    for what, budget in BUDGETS.items():
        yield Row(f"{what} of ten years", times[what], LOG, times[LOG], budget)


def printed(data: Path, what: str) -> bytes:
    """The whole history of a folder, as that command prints it."""
    os.environ["DOSEBELL_DATA"] = str(data)
    result = Desk().types(*what.split())
    assert result.exit_code == 0, result.output
    return result.stdout_bytes
