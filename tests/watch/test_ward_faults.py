"""Whatever happens to gateways, network and boxes, in the end the database has all of it, once."""

import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from dosebell_host.history.sqlite import SqliteFile
from dosebell_host.history.store import History
from dosebell_host.ward.gateways import seen_gateways
from dosebell_host.ward.ward import Ward
from dosebell_host.watch.database.listed_gateways import let_go
from dosebell_host.watch.database.outbox import is_less
from postgres import server
from ward_boxes import WardBox, boxes_of, clone_of, wiped_to
from ward_databases import Opens, real, twin
from ward_gateways import BEGAN_S, SimulatedWard, wrong_in


class Faults(NamedTuple):
    """How much of what happens to a ward of so many boxes in so many days."""

    boxes: int
    days: int
    kills: int
    restarts: int = 0


SHORT = Faults(boxes=12, days=10, kills=10)
LONG_AGO_S = 1_795_000_000
# Not each gateway that is to be killed comes to the step at which it would be.
WHOLE = Faults(boxes=300, days=30, kills=80, restarts=8)


def lived(folder: Path, opens: Opens, faults: Faults) -> SimulatedWard:
    """Three gateways after these days: killed, cut off for half days, some of their boxes carried
    to another one, copied or wiped.
    """
    numbers = iter(range(3))
    ward = SimulatedWard(
        3, opens, lambda: SqliteFile(folder / f"history {next(numbers)}", print), seed=faults.boxes
    )
    wiped = list(_plugged(ward, faults.boxes))
    for day in range(faults.days):
        for _ in range(2):
            for _ in range(2):
                if ward.chance.random() < faults.kills / faults.days / 4:
                    ward.doom()
            if ward.chance.random() < faults.restarts / faults.days / 2:
                ward.doom(partial(_restart, ward))
            if ward.chance.random() < 0.5:
                ward.carry()
            if wiped and ward.chance.random() < 0.1 * len(wiped):
                ward.wipe(*wiped.pop(), day, faults.days)
            for gateway in ward.gateways:
                gateway.is_cut = ward.chance.random() < 0.2
                ward.tally.counts["half days cut off"] += gateway.is_cut
            ward.half_day(day, faults.days)
    ward.settle(faults.days)
    return ward


def _plugged(ward: SimulatedWard, boxes: int) -> Iterator[tuple[WardBox, WardBox]]:
    """Plug in so many boxes; of each ten one and its copy at another gateway, one and its copy at
    the same, which cannot tell them apart. Those that are to be wiped, and what they are then.
    """
    for n, box in enumerate(boxes_of(boxes)):
        ward.plug(box, n)
        if n % 10 == 1:
            ward.plug(clone_of(n, f"C1{n:08X}"), n + 1)
        elif n % 10 == 2:
            ward.plug(clone_of(n, ""), n)
        elif n % 10 == 4:
            yield box, wiped_to(box, 50_000 + n)


def _restart(ward: SimulatedWard) -> None:
    """The database is killed, and is there again at once."""
    ward.tally.counts["databases killed"] += 1
    server().end(signal.SIGQUIT)
    server().start()


def told_of(tables: Callable[[], Opens], folder: Path, faults: Faults) -> list[str]:
    """What is wrong in the end; the table of faults is printed."""
    opens = tables()
    ward = lived(folder, opens, faults)
    with closing(Ward(opens(), lambda: BEGAN_S)) as at_the_end:
        found = wrong_in(at_the_end, ward.boxes, faults.days, ward.tally, folder / "own")
    print(f"\n{ward.tally.table()}")
    return found


@pytest.mark.parametrize("tables", [twin, real])
def test_in_the_end_the_database_has_every_line_once_and_each_box_its_own_log(
    tables: Callable[[], Opens], tmp_path: Path
) -> None:
    assert told_of(tables, tmp_path, SHORT) == []


@pytest.mark.parametrize("tables", [twin, real])
def test_a_gateway_that_was_taken_off_the_list_and_comes_back_brings_all_that_it_holds(
    tables: Callable[[], Opens], tmp_path: Path
) -> None:
    opens, days = tables(), 6
    numbers = iter(range(2))
    ward = SimulatedWard(2, opens, lambda: SqliteFile(tmp_path / f"h {next(numbers)}", print))
    list(_plugged(ward, 4))
    gone = ward.gateways[0]
    with closing(opens()) as listed:
        for day in range(days):
            gone.is_cut = day in (1, 4)
            ward.half_day(day, days)
            if gone.is_cut:
                let_go(listed, gone.name, ward.now_s)
                assert [each.name for each in seen_gateways(listed)] == ["gateway-1"]
        ward.settle(days)
        assert [each.name for each in seen_gateways(listed)] == ["gateway-0", "gateway-1"]
    with closing(Ward(opens(), lambda: BEGAN_S)) as at_the_end:
        assert wrong_in(at_the_end, ward.boxes, days, ward.tally, tmp_path / "own") == []


def test_a_database_that_was_put_back_from_a_backup_gets_the_rest_again(tmp_path: Path) -> None:
    opens = twin()
    ward = lived(tmp_path, opens, Faults(boxes=3, days=2, kills=0))
    tables = opens()
    tables.write("DELETE FROM records WHERE seq > 20", [()])
    tables.write("DELETE FROM outcomes", [()])
    tables.write("DELETE FROM boxes WHERE device_id LIKE '%1'", [()])
    ward.settle(2)
    assert wrong_in(Ward(tables, lambda: BEGAN_S), ward.boxes, 2, ward.tally, tmp_path / "o") == []
    for gateway in ward.gateways:
        assert len([note for note in gateway.notes if "than it took" in note]) == 1


def test_what_a_killed_database_lost_is_seen_also_where_it_has_more_of_a_copy(
    tmp_path: Path,
) -> None:
    name, lines = boxes_of(1)[0].journals[0]
    copied = [line.replace(" rtc ", " host ") for line in lines]
    sent, kept = (History(SqliteFile(tmp_path / each, print)) for each in ("sent", "kept"))
    sent.add_records("box", name, lines)
    kept.add_records("box", name, [*lines[:-1], *copied[:-1]])
    last = int(lines[-1].partition(" ")[0])
    assert len(kept.lines_between("box", name, 0, last)) > len(lines)
    assert is_less(kept, sent, "box", name, last)
    assert not is_less(kept, sent, "box", name, last - 1)


@pytest.mark.parametrize("lost", [1, 40, 1000, 1999, 3000])
def test_what_is_lost_is_seen_wherever_it_stands_though_a_copy_fills_its_numbers(
    tmp_path: Path, lost: int
) -> None:
    own = [f"{n} 1 {LONG_AGO_S + n} rtc stock drops - - left=1" for n in range(1, 3001)]
    copied = [line.replace(" rtc ", " host ") for line in own]
    sent, kept = (History(SqliteFile(tmp_path / each, print)) for each in ("sent", "kept"))
    sent.add_records("box", "1a2b3c4d", own)
    kept.add_records("box", "1a2b3c4d", [*own[: lost - 1], *own[lost:], *copied])
    assert is_less(kept, sent, "box", "1a2b3c4d", 3000)
    kept.add_records("box", "1a2b3c4d", own)
    assert not is_less(kept, sent, "box", "1a2b3c4d", 3000)


def test_what_no_database_can_hold_is_not_lost(tmp_path: Path) -> None:
    sent, kept = (History(SqliteFile(tmp_path / each, print)) for each in ("sent", "kept"))
    sent.add_records("box", "1a2b3c4d", [f"1 1 {LONG_AGO_S} rtc stock {'d' * 3000} - - left=1"])
    assert len(sent.lines_between("box", "1a2b3c4d", 1, 1)) == 1
    assert not is_less(kept, sent, "box", "1a2b3c4d", 1)


@pytest.mark.ward
def test_so_it_is_with_hundreds_of_boxes_for_a_month(tmp_path: Path) -> None:
    assert told_of(real, tmp_path, WHOLE) == []
