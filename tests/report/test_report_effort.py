"""A month's report costs the same, however long a box has been in use: counted, not timed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType

import pytest

from desk import Desk
from dosebell import civil, record
from dosebell.plan import Window
from dosebell_host.history import records
from dosebell_host.history.store import KnownBox
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.read_file import parse
from laptop import opened
from page.gallery import many
from page.lives import BOX, Note, Reign, journal_lines

JOURNAL = "7f3a91c4"
FOUR = many(4)
TODAY = "2036-11-29"


def punctual(chance: Random, window: Window) -> Note:
    """Takes it ten minutes after it was due, every day for years."""
    return Note(record.TAKEN, window.dues[0] + 600)


def history_since(folder: Path, first: str) -> None:
    """What a laptop keeps of a box of four doses that began on that date."""
    made = compile_schedule(parse(FOUR, "four"))
    lines = journal_lines([Reign(first, FOUR)], TODAY, punctual)
    last_s = civil.day_from_iso(TODAY) * civil.DAY_S + civil.UNIX_2000
    kept = opened(folder)
    kept.note_box(KnownBox(BOX, "pico", "E66118C4E3", made.revision, float(last_s)))
    kept.add_records(BOX, JOURNAL, lines)
    kept.save_schedule(made.revision, made.lines)
    kept.close()


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
    """How many records a month's report reads of such a history, and the report."""
    data = folder / first
    data.mkdir()
    history_since(data, first)
    monkeypatch.setenv("DOSEBELL_DATA", str(data))
    file = data / "sheet.html"
    with counted() as count:
        result = Desk().types("report", "--month", TODAY[:7], "-o", file)
    assert result.exit_code == 0
    return count[0], file.read_text(encoding="utf-8")


def test_ten_years_do_not_grow_the_report_of_a_month(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    read, page = report(monkeypatch, tmp_path, "2036-09-01")
    read_of_ten_years, same = report(monkeypatch, tmp_path, "2026-11-30")
    assert 4 * 29 < read_of_ten_years <= read
    assert same == page
