"""The pages of a ward on a real PostgreSQL: as in memory, by index, and nobody waits long."""

import contextlib
import itertools
import re
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit

import psycopg
import pytest

from desk import Desk
from dosebell_host import __version__
from dosebell_host.history.postgres import NAMESPACE, PostgresTables
from dosebell_host.ward import schema
from dosebell_host.ward.residents import BOX, BOXES, COUNTED, MISSED, NAMES, home_of
from dosebell_host.ward.zones import HEADS
from dosebell_host.web.ward.line import WardAwayError, WardLine
from mosquitto import BadLine
from postgres import new_database
from waiting import wait_until
from ward_people import NOW, TODAY, Person, ward_of_people
from ward_twin import TwinTables
from ward_visit import WardVisit, box_of_two

PEOPLE = [
    Person("box-1", "Änne \N{SNOWMAN} Berg", since=200, missed=["Drops", "Calcium"], rings=["d3"]),
    Person("box-2", "berta", since=200, heard_ago_s=7200, gateway="trolley-2"),
    Person("box-3", "Carl", since=1, zone="Asia/Kolkata"),
    Person("Box-4", "", since=1),
    Person("box-5", heard_ago_s=None),
]
BOX_OF_TWO = "f67213b122a5d442"
PATHS = (
    "/ward",
    "/ward?need=missed",
    "/ward?gateway=trolley-2&text=BERTA",
    f"/box/{BOX_OF_TWO}/history",
    f"/box/{BOX_OF_TWO}/history?until=2026-11-15",
    f"/box/{BOX_OF_TWO}/day/2026-11-15",
)
# So many boxes for so many days, four doses a day: what some 300 000 records tell of.
BOXES_OF_MANY, DAYS_OF_MANY = 100, 280
MANY = f"""
    INSERT INTO {NAMESPACE}.outcomes
    SELECT lpad(to_hex(box), 16, '0'), 'dose-' || slot, day, slot,
        day * 86400 + 946684800 + slot * 10000, status, status,
        NULL, NULL, 0, 0, 0, NULL, 0, 'Dose ' || slot
    FROM (SELECT box, day, slot,
            CASE WHEN (box + day + slot) % 31 = 0 THEN 'missed' ELSE 'taken' END AS status
        FROM generate_series(1, {BOXES_OF_MANY}) AS box,
            generate_series({TODAY - DAYS_OF_MANY + 1}, {TODAY}) AS day,
            generate_series(1, 4) AS slot) AS many
"""
MANY_RECORDS = f"""
    INSERT INTO {NAMESPACE}.journals
    SELECT lpad(to_hex(box), 16, '0'), 0, 'aaaaaaaa', 0
    FROM generate_series(1, {BOXES_OF_MANY}) AS box;
    INSERT INTO {NAMESPACE}.records (device_id, era, seq, line)
    SELECT lpad(to_hex(box), 16, '0'), 0, seq,
        seq || ' 1 ' || {int(NOW)} + (seq - 4 * {DAYS_OF_MANY}) * 21600 || ' host boot - - - -'
    FROM generate_series(1, {BOXES_OF_MANY}) AS box, generate_series(1, 4 * {DAYS_OF_MANY}) AS seq
"""


@pytest.fixture
def tables() -> Iterator[PostgresTables]:
    with closing(PostgresTables(new_database())) as made:
        schema.init(made, __version__)
        yield made


def test_everybody_is_told_of_as_in_memory(tables: PostgresTables) -> None:
    ward_of_people(PEOPLE, tables)
    asked, in_memory = home_of(tables, NOW), home_of(ward_of_people(PEOPLE), NOW)
    assert [_bare(each) for each in asked.residents] == [
        _bare(each) for each in in_memory.residents
    ]
    assert (asked.with_nobody, asked.first_day) == (1, in_memory.first_day)


def _bare(resident: object) -> dict[str, object]:
    """Without what tells times, which is equal to nothing but itself."""
    return {**vars(resident), "local": None}


@pytest.mark.parametrize("before", ["Aspirin", "Zinc"])
def test_a_dose_that_was_renamed_rings_under_its_new_name(
    tables: PostgresTables, before: str
) -> None:
    ward_of_people([Person("anna", "Anna", rings=["d3"])], tables)
    tables.write("UPDATE outcomes SET name = ? WHERE day < ?", [(before, TODAY)])
    [anna] = home_of(tables, NOW).residents
    assert anna.names == {"d3": "D3"}


def test_every_page_is_the_same(tables: PostgresTables) -> None:
    twin = TwinTables()
    pages = []
    for each in (tables, twin):
        box_of_two(each)
        ward_of_people(PEOPLE, each)
        visit = WardVisit(each)
        pages.append({path: visit.reads(path).html for path in PATHS})
    assert pages[0] == pages[1]


def test_no_page_reads_all_outcomes_of_a_home(tables: PostgresTables) -> None:
    """However many there are, what is asked for is found by an index."""
    with psycopg.connect(tables.url, autocommit=True) as connection:
        connection.execute(MANY.encode())
        connection.execute(MANY_RECORDS.encode())
        connection.execute(b"ANALYZE")
    asked: dict[str, tuple[object, ...]] = {
        COUNTED: (TODAY - 27,),
        MISSED: (int(NOW), int(NOW)),
        NAMES.format("?, ?"): (TODAY - 7, f"{1:016x}", f"{2:016x}"),
        BOXES: (),
        HEADS: (),
        BOX: (f"{1:016x}",),
    }
    read_whole = {
        query: re.findall(r"Seq Scan on (outcomes|records)", plan)
        for query, values in asked.items()
        for plan in [str(tables.rows(f"EXPLAIN {query}", *values))]
    }
    assert read_whole == {query: [] for query in asked}
    assert len(tables.rows(COUNTED, TODAY - 27)) > BOXES_OF_MANY * 28


def test_a_network_that_swallows_everything_keeps_nobody_waiting(tables: PostgresTables) -> None:
    port = urlsplit(tables.url).port
    assert port is not None
    bad = BadLine(port)
    url = tables.url.replace(f":{port}/", f":{bad.port}/")
    elapsed = itertools.count(step=10)
    line = WardLine(
        lambda: PostgresTables(url), Desk().reach.clock, lambda: next(elapsed), waits_s=0.5
    )

    def answers() -> bool:
        with contextlib.suppress(WardAwayError):
            return line.rows("SELECT 1") == [(1,)]
        return False

    try:
        assert answers()
        bad.is_cut = True
        # In the middle of it, and when it would connect anew.
        for _ in range(2):
            with pytest.raises(WardAwayError, match=r"since .*: its database does not answer\."):
                line.rows("SELECT 1")
        bad.is_cut = False
        bad.hang_up()
        wait_until(answers)
    finally:
        line.hang_up()
        bad.close()


def test_a_database_that_is_not_a_ward_is_told_of_in_a_sentence() -> None:
    url = new_database()
    line = WardLine(
        lambda: PostgresTables(url, "", schema.check_version), Desk().reach.clock, lambda: 0.0
    )
    with pytest.raises(
        WardAwayError, match=r"there are no tables of a ward; `dosebell ward init`"
    ):
        line.rows("SELECT 1")
