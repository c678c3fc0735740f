"""A month's report costs the same, however long a box has been in use: counted, not timed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from desk import Desk
from dosebell_host.history import records
from kept_years import MONTH, keep_since


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many records are read meanwhile."""
    count, reading = [0], records.parse.__code__

    def called(frame: FrameType, event: str, value: object) -> None:
        count[0] += event == "call" and frame.f_code is reading

    sys.setprofile(called)
    try:
        yield count
    finally:
        sys.setprofile(None)


def report(monkeypatch: pytest.MonkeyPatch, folder: Path, first: str) -> tuple[int, str]:
    """How many records a month's report reads of a history since then, and the report."""
    data = folder / first
    data.mkdir()
    keep_since(data, first)
    monkeypatch.setenv("DOSEBELL_DATA", str(data))
    file = data / "sheet.html"
    with counted() as count:
        result = Desk().types("report", "--month", MONTH, "-o", file)
    assert result.exit_code == 0
    return count[0], file.read_text(encoding="utf-8")


def test_ten_years_do_not_grow_the_report_of_a_month(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read, page = report(monkeypatch, tmp_path, "2036-09-01")
    read_of_ten_years, same = report(monkeypatch, tmp_path, "2026-11-30")
    assert 4 * 29 < read_of_ten_years <= read
    assert same == page
