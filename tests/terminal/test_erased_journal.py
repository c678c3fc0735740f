"""A journal that was erased, as a person and a program that follows see it."""

import json
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from domain import D3K2, Box
from erased import JOURNAL, LAST_SEEN, erase

# With its records a box may lose how far they came, and how late it was when it last knew.
ERASED = {"the journal": (JOURNAL,), "the time last seen as well": (JOURNAL, LAST_SEEN)}


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Desk:
    """Beside a box that was off over two doses, and took one before."""
    monkeypatch.setenv("DOSEBELL_DATA", str(tmp_path))
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:31")
    box.press()
    return Desk(box.power_cut("2026-11-23 20:00", "2026-11-25 20:00"))


def statuses(desk: Desk) -> dict[str, str]:
    """What became of the doses of each date, as the table for spreadsheets tells."""
    rows = [line.split(",") for line in desk.types("log", "--csv").stdout.splitlines()[1:]]
    return {row[0]: row[3] for row in rows}


@pytest.mark.parametrize("what", ERASED)
def test_what_a_person_put_right_stays_right(what: str, desk: Desk) -> None:
    assert desk.box is not None
    before = {"2026-11-23": "taken", "2026-11-24": "unknown", "2026-11-25": "unknown"}
    assert statuses(desk) == before
    assert desk.types("take", "d3k2", "--date", "2026-11-24").exit_code == 0
    corrected = {**before, "2026-11-24": "taken"}
    assert statuses(desk) == corrected
    for _ in range(3):
        erase(desk.box, *ERASED[what])
        desk.box.wait(hours=1)
        assert {date: statuses(desk)[date] for date in corrected} == corrected
    desk.box = None
    assert {date: statuses(desk)[date] for date in corrected} == corrected


def seen_after(desk: Desk, last: dict[str, Any] | None) -> list[dict[str, Any]]:
    """What a program gets that asks for all after the last record that it saw."""
    after = ["--after", f"{last['journal']}:{last['seq']}"] if last else []
    result = desk.types("log", "--json", *after)
    assert result.exit_code == 0, result.output
    items: list[dict[str, Any]] = json.loads(result.stdout)["items"]
    return items


@pytest.mark.parametrize("what", ERASED)
def test_a_program_that_follows_misses_nothing_and_gets_nothing_twice(
    what: str, desk: Desk
) -> None:
    assert desk.box is not None
    got: list[dict[str, Any]] = []
    for day in range(26, 31):
        got += seen_after(desk, got[-1] if got else None)
        if day % 2:
            erase(desk.box, *ERASED[what])
        desk.box.until(f"2026-11-{day} 07:31").press()
        got += seen_after(desk, got[-1])
        assert seen_after(desk, got[-1]) == []
    assert got == seen_after(desk, None)
    assert len({each["journal"] for each in got}) == 3
    assert {each["date"] for each in got if each["kind"] == "taken"} >= {
        f"2026-11-{day}" for day in (23, *range(26, 31))
    }
