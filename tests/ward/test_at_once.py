"""Two gateways that bring records of one box at once, and two people that make the tables."""

import threading
from collections.abc import Callable
from contextlib import closing

import postgres
from domain import DROPS, compiled
from dosebell_host.errors import UserError
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.ward import schema
from dosebell_host.ward.outcomes_of import rows_of
from dosebell_host.ward.ward import Batch, Ward
from ward_life import BOX, DAY_S, JOURNALS, NOON, SEEN_S, batch_of

DAYS = 30


def at_once(*steps: Callable[[], None]) -> list[UserError]:
    """Let each be done in a thread of its own; what any of them was told."""
    told: list[UserError] = []

    def do(step: Callable[[], None]) -> None:
        try:
            step()
        except UserError as error:
            told.append(error)

    threads = [threading.Thread(target=do, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_gateways_of_one_box_end_in_the_rows_of_all_its_lines() -> None:
    url, plan = postgres.new_ward(), compiled(DROPS)
    lines = [f"1 1 {NOON} host schedule - - - revision={plan.revision}"]
    for day in range(1, DAYS):
        at = NOON + day * DAY_S
        lines.append(f"{day + 1} 1 {at} host gap - - - from={at - DAY_S},to={at}")
    schedules = {plan.revision: plan.lines}
    batches = [
        batch_of(line, schedules=schedules, journal=journal)
        for journal in JOURNALS[:2]
        for line in lines
    ]

    def bring(some: list[Batch]) -> Callable[[], None]:
        def step() -> None:
            with closing(Ward(PostgresTables(url), lambda: SEEN_S)) as ward:
                for batch in some:
                    ward.add(batch)

        return step

    assert at_once(bring(batches), bring(batches[::-1]), bring(batches[::2])) == []
    with closing(Ward(PostgresTables(url), lambda: SEEN_S)) as ward:
        counted = ward.tables.rows("SELECT COUNT(*), COUNT(DISTINCT (era, seq)) FROM records")
        assert counted == [(2 * DAYS, 2 * DAYS)]
        rows = ward.tables.rows("SELECT * FROM outcomes")
        assert rows and set(rows) == set(rows_of(ward.history, BOX))


def test_boxes_of_one_schedule_that_begin_at_once_miss_nothing() -> None:
    """Each brings its own zone table, and all are read by the one that is kept."""
    url, plan = postgres.new_ward(), compiled(DROPS)
    tables = [plan.lines, [each for each in plan.lines if not each.startswith("shift")]]
    boxes = [f"box{n}" for n in range(4)]

    def bring(number: int) -> Callable[[], None]:
        end = NOON + 2 * DAY_S
        lines = (
            f"1 1 {NOON} host schedule - - - revision={plan.revision}",
            f"2 2 {end} host gap - - - from={NOON + 60},to={end}",
        )
        schedules = {plan.revision: tables[number % 2]}

        def step() -> None:
            with closing(Ward(PostgresTables(url), lambda: SEEN_S)) as ward:
                for line in lines:
                    ward.add(batch_of(line, box=boxes[number], schedules=schedules))

        return step

    assert at_once(*(bring(number) for number in range(4))) == []
    with closing(Ward(PostgresTables(url), lambda: SEEN_S)) as ward:
        assert ward.tables.rows("SELECT * FROM stale") == []
        rows = ward.tables.rows("SELECT * FROM outcomes")
        assert set(rows) == {row for box in boxes for row in rows_of(ward.history, box)}
        assert len(rows) == 4 * 4


def test_two_who_make_the_tables_at_once_make_them_once() -> None:
    url = postgres.new_database()

    def make() -> None:
        with closing(PostgresTables(url)) as tables:
            schema.init(tables, "one of them")

    assert at_once(make, make, make) == []
    with closing(PostgresTables(url, check=schema.check_version)) as tables:
        assert tables.rows("SELECT version FROM version") == [(len(schema.MIGRATIONS),)]


def test_a_server_that_was_started_anew_is_asked_again() -> None:
    url = postgres.new_ward()
    with closing(PostgresTables(url)) as tables, closing(PostgresTables(url)) as other:
        tables.rows("SELECT 1")
        kill = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ? AND pid <> ?"
        )
        [[own]] = other.rows("SELECT pg_backend_pid()")
        other.rows(kill, url.rpartition("/")[2], own)
        assert tables.rows("SELECT 2") == [(2,)]
