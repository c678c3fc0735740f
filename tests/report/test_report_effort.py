"""A month's report costs the same, however long a box has been in use: counted, not timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from dosebell import civil
from dosebell_host.history import records
from dosebell_host.history.store import KnownBox
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.read_file import parse
from laptop import opened
from page.gallery import FOUR, often
from page.lives import BOX, Reign, journal_lines

JOURNAL = "7f3a91c4"


def history_since(folder: Path, first: str) -> None:
    """What a laptop keeps of a box of four doses that began on that date."""
    made = compile_schedule(parse(FOUR, "four"))
    lines = journal_lines([Reign(first, FOUR)], "2026-11-29", often(0.1))
    last_s = civil.day_of(2026, 11, 29) * civil.DAY_S + civil.UNIX_2000
    kept = opened(folder)
    kept.note_box(KnownBox(BOX, "pico", "E66118C4E3", made.revision, float(last_s)))
    kept.add_records(BOX, JOURNAL, lines)
    kept.save_schedule(made.revision, made.lines)
    kept.close()


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many records are read meanwhile."""
    count, real = [0], records.parse

    def counting(*words: Any) -> records.Entry:
        count[0] += 1
        return real(*words)

    with monkeypatch.context() as patched:
        patched.setattr(records, "parse", counting)
        yield count


def report(monkeypatch: pytest.MonkeyPatch, folder: Path, first: str) -> tuple[int, str]:
    """How many records a month's report reads of such a history, and the report."""
    data = folder / first
    data.mkdir()
    history_since(data, first)
    monkeypatch.setenv("DOSEBELL_DATA", str(data))
    file = data / "sheet.html"
    with counted(monkeypatch) as count:
        result = Desk().types("report", "--month", "2026-11", "-o", file)
    assert result.exit_code == 0
    return count[0], file.read_text(encoding="utf-8")


def test_ten_years_do_not_grow_the_report_of_a_month(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one_year, page = report(monkeypatch, tmp_path, "2025-11-01")
    # A box may hold the dates from 2025 on only, so those ten years end later than the month.
    two_years, same = report(monkeypatch, tmp_path, "2025-01-01")
    assert 100 < one_year < 400
    assert two_years == one_year
    assert same == page
