"""`report`: a year of many doses, and a month of a box that has been in use for years."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench import budgets
from bench.effort import Effort
from bench.table import Row
from bench.timing import side_by_side
from desk import Desk
from dosebell_host.report.contents import Material, contents
from dosebell_host.report.page import page
from kept_years import MONTH, keep_since
from page.gallery import many
from page.lives import Reign, life, often

LONG, SHORT = "ten years kept", "three months kept"
FIRST_DAYS = {LONG: "2026-11-30", SHORT: "2036-09-01"}


def rows(effort: Effort) -> Iterator[Row | str]:
    year = life([Reign("2025-12-01", many(16))], "2026-11-30", often(0.1))
    # What became of each dose is read before, and once.
    assert year.log.outcomes
    times = side_by_side({"ours": lambda: drawn(year)}, effort.of(10, 3))
    yield Row("report of a year of 16 doses", times["ours"], budget=budgets.REPORT_OF_A_YEAR)
    with tempfile.TemporaryDirectory() as folder:
        for name, first in FIRST_DAYS.items():
            data = Path(folder, name)
            data.mkdir()
            keep_since(data, first)
        calls = {name: lambda data=Path(folder, name): month(data) for name in FIRST_DAYS}
        both = side_by_side(calls, effort.of(10, 3))
    what = f"report of a month, {LONG}"
    yield Row(what, both[LONG], SHORT, both[SHORT], budgets.NO_MORE_THAN_TWICE)


def drawn(year: Material) -> str:
    return page(contents(year))


def month(data: Path) -> None:
    """The report of the last month of a history."""
    os.environ["DOSEBELL_DATA"] = str(data)
    result = Desk().types("report", "--month", MONTH, "--yes", "-o", data / "sheet.html")
    assert result.exit_code == 0, result.output
