"""Whatever happens to gateways, network and boxes, in the end the database has all of it, once."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.sqlite import SqliteFile
from dosebell_host.ward.schema import check_version, init
from dosebell_host.ward.tables import WardTables
from dosebell_host.ward.ward import Ward
from postgres import new_database
from ward_boxes import WardBox, boxes_of, clone_of, wiped_to
from ward_gateways import BEGAN_S, SimulatedWard, wrong_in
from ward_twin import TwinTables

Opens = Callable[[], WardTables]


class _OneTwin(TwinTables):
    """The ward's tables in memory, to which every gateway comes."""

    def close(self) -> None:
        pass


def twin() -> Opens:
    tables = _OneTwin()
    return lambda: tables


def real() -> Opens:
    """Those of a real PostgreSQL."""
    url = new_database()
    with closing(PostgresTables(url)) as tables:
        init(tables, "test")
    return lambda: PostgresTables(url, check=check_version)


def lived(folder: Path, opens: Opens, *, boxes: int, days: int, kills: int) -> SimulatedWard:
    """A ward of three gateways, of so many boxes and some that were copied or wiped, after so many
    days with everything that can happen.
    """
    numbers = iter(range(1000))
    wiped: list[tuple[WardBox, WardBox]] = []
    ward = SimulatedWard(
        3, opens, lambda: SqliteFile(folder / f"history {next(numbers)}", print), seed=boxes
    )
    for n, box in enumerate(boxes_of(boxes)):
        ward.plug(box, n)
        if n % 10 == 1:
            # No machine meets both boards of one id.
            ward.plug(clone_of(n, f"C1{n:08X}"), n + 1)
        elif n % 10 == 2:
            # One meets both, and cannot tell them apart.
            ward.plug(clone_of(n, ""), n)
        elif n % 10 == 4:
            wiped.append((box, wiped_to(box, 50_000 + n)))
    for day in range(days):
        for _ in range(2):
            if ward.chance.random() < kills / days:
                ward.doom()
            if ward.chance.random() < 0.5:
                ward.carry()
            if wiped and ward.chance.random() < 3 * len(wiped) / days:
                ward.wipe(*wiped.pop(), day, days)
            for gateway in ward.gateways:
                gateway.is_cut = ward.chance.random() < 0.2
                ward.tally.counts["half days cut off"] += gateway.is_cut
            ward.half_day(day, days)
    ward.settle(days)
    return ward


@pytest.mark.parametrize("tables", [twin, real])
def test_in_the_end_the_database_has_every_line_once_and_each_box_its_own_log(
    tables: Callable[[], Opens], tmp_path: Path
) -> None:
    opens = tables()
    ward = lived(tmp_path, opens, boxes=12, days=10, kills=10)
    with closing(Ward(opens(), lambda: BEGAN_S)) as at_the_end:
        found = wrong_in(at_the_end, ward.boxes, 10, ward.tally, tmp_path / "own")
    print(ward.tally)
    assert found == []
