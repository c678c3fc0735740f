"""What stands in the rows is what the log tells, however the records came."""

from pathlib import Path
from random import Random

import pytest

import postgres
from domain import DROPS, compiled
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.ward.outcomes_of import Row, outcome_of, rows_of
from dosebell_host.ward.tables import WardTables
from dosebell_host.ward.ward import Ward
from kept_lives import lived
from tally import trying
from ward_life import BOX, DAY_S, NOON, SEEN_S, WardStory, batch_of, whole_log
from ward_twin import TwinTables

LIVES_A_TEST = 5


def ward_of(tables: WardTables) -> Ward:
    return Ward(tables, lambda: SEEN_S)


def rows_in(ward: Ward) -> list[Row]:
    """As they stand in the table."""
    return sorted(ward.tables.rows("SELECT * FROM outcomes WHERE device_id = ?", BOX), key=repr)


def judged(ward: Ward) -> list[Row]:
    """As the whole journal gives them."""
    return sorted(rows_of(ward.history, BOX), key=repr)


@pytest.mark.parametrize("first_seed", range(0, 60, LIVES_A_TEST))
def test_the_rows_are_the_log_of_all_the_boxs_lines(first_seed: int, tmp_path: Path) -> None:
    for seed in range(first_seed, first_seed + LIVES_A_TEST):
        with trying("a life brought to a ward in pieces", seed):
            holds_of(seed, ward_of(TwinTables()), tmp_path / str(seed))


@pytest.mark.parametrize("seed", range(60, 64))
def test_the_same_in_a_real_database(seed: int, tmp_path: Path) -> None:
    ward = ward_of(PostgresTables(postgres.new_ward()))
    holds_of(seed, ward, tmp_path)
    ward.close()


def holds_of(seed: int, ward: Ward, folder: Path) -> None:
    story = WardStory.of(lived(seed), Random(seed))
    for batch in story.batches():
        ward.add(batch)
        assert rows_in(ward) == judged(ward)
    laptop = story.on_a_laptop(folder)
    told = sorted(whole_log(laptop, story.revision).outcomes, key=repr)
    assert sorted(map(outcome_of, rows_in(ward)), key=repr) == told
    assert ward.history.lines(BOX) == laptop.lines(BOX)
    before = rows_in(ward)
    ward.rebuild()
    assert rows_in(ward) == before


def test_what_passed_in_a_gap_of_weeks_stands_in_the_rows(tmp_path: Path) -> None:
    ward, plan = ward_of(TwinTables()), compiled(DROPS)
    lines = [
        f"1 1 {NOON} host schedule - - - revision={plan.revision}",
        f"2 2 {NOON + 40 * DAY_S} host gap - - - from={NOON + 60},to={NOON + 40 * DAY_S}",
    ]
    for line in lines:
        ward.add(batch_of(line, schedules={plan.revision: plan.lines}))
    assert rows_in(ward) == judged(ward)
    assert [row[6] for row in rows_in(ward)] == ["unknown"] * 80


def test_a_zone_table_that_one_box_brings_is_read_for_all_and_the_same_whoever_is_first() -> None:
    """The same schedule in two boxes; where one was compiled, summer time has been abolished."""
    plan = compiled(DROPS)
    abolished = [line for line in plan.lines if not line.startswith("shift")]
    wards = []
    for tables in ([plan.lines, abolished], [abolished, plan.lines]):
        ward = ward_of(TwinTables())
        for box, lines in zip(("box1", "box2"), tables, strict=True):
            for line in days_off(plan.revision):
                ward.add(batch_of(line, box=box, schedules={plan.revision: lines}))
        wards.append(ward)
        for box in ("box1", "box2"):
            rows = ward.tables.rows("SELECT * FROM outcomes WHERE device_id = ?", box)
            assert set(rows) == set(rows_of(ward.history, box))
            assert rows
    first, second = (
        sorted(ward.tables.rows("SELECT * FROM outcomes"), key=repr) for ward in wards
    )
    assert first == second


def test_a_schedule_that_another_box_brings_later_is_read_for_all() -> None:
    ward, plan = ward_of(TwinTables()), compiled(DROPS)
    for line in days_off(plan.revision):
        ward.add(batch_of(line, box="box1"))
    assert ward.tables.rows("SELECT * FROM outcomes") == []
    [line, _] = days_off(plan.revision)
    ward.add(batch_of(line, box="box2", schedules={plan.revision: plan.lines}))
    rows = ward.tables.rows("SELECT * FROM outcomes WHERE device_id = 'box1'")
    assert set(rows) == set(rows_of(ward.history, "box1"))
    assert rows
    assert ward.tables.rows("SELECT * FROM stale") == []


def days_off(revision: str) -> list[str]:
    """A schedule, and two days without power."""
    end = NOON + 2 * DAY_S
    return [
        f"1 1 {NOON} host schedule - - - revision={revision}",
        f"2 2 {end} host gap - - - from={NOON + 60},to={end}",
    ]
