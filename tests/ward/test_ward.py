"""What gateways bring to a ward is kept once, whoever brings it; two that differ are told."""

import json
from collections.abc import Callable, Iterator

import pytest

import postgres
from dosebell_host.errors import UserError
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.history.store import KnownBox
from dosebell_host.ward.gateways import HeardBox
from dosebell_host.ward.tables import WardTables
from dosebell_host.ward.ward import Added, Ward
from ward_life import BOX, JOURNALS, NOON, SEEN_S, SERIALS, batch_of
from ward_twin import TwinTables

LINES = [f"{n} 1 {NOON + n} host stock drops - - left={n}" for n in range(1, 5)]
OTHER = f"3 1 {NOON + 3} host stock drops - - left=7"


def in_a_database() -> WardTables:
    return PostgresTables(postgres.new_ward())


class Clock:
    def __init__(self) -> None:
        self.now_s = SEEN_S

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=[TwinTables, in_a_database], ids=["twin", "postgres"])
def ward(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Ward]:
    make: Callable[[], WardTables] = request.param
    made = Ward(make(), clock)
    yield made
    made.close()


def test_a_batch_that_comes_twice_or_by_another_gateway_is_kept_once(ward: Ward) -> None:
    assert ward.add(batch_of(*LINES[:3])) == Added(3, 0, ())
    assert ward.add(batch_of(*LINES[:3])) == Added(0, 3, ())
    assert ward.add(batch_of(*LINES[1:], gateway="west")) == Added(1, 2, ())
    assert ward.history.lines(BOX) == LINES
    rows = ward.tables.rows("SELECT seq, gateway, usb_serial, came_s FROM records ORDER BY seq")
    by = ["east", "east", "east", "west"]
    assert rows == [(n, who, SERIALS[0], int(SEEN_S)) for n, who in enumerate(by, 1)]


def test_of_a_copied_flash_both_lines_stand_and_are_told_once(ward: Ward) -> None:
    ward.add(batch_of(*LINES))
    copied = batch_of(*LINES[:2], OTHER, usb_serial=SERIALS[1])
    assert ward.add(copied) == Added(1, 2, (OTHER,))
    assert ward.add(copied) == Added(0, 3, ())
    rows = ward.tables.rows("SELECT line, usb_serial FROM records WHERE seq = 3 ORDER BY line")
    assert rows == [(LINES[2], SERIALS[0]), (OTHER, SERIALS[1])]


def test_two_that_differ_in_one_batch_are_told_too(ward: Ward) -> None:
    assert ward.add(batch_of(*LINES, OTHER)) == Added(5, 0, (OTHER,))


def test_what_is_no_record_is_left_out_and_keeps_nothing_waiting(ward: Ward) -> None:
    nonsense = (
        (7, "7 1 nothing"),
        (8, LINES[0]),
        (9, f"9 1 {NOON} host fault - - - why=\0"),
        (10, f"10 1 {NOON} host fault - - - why=\ud800"),
        (11, f"11 1 {NOON} host fault - - - why={'x' * 5000}"),
        (1 << 70, f"{1 << 70} 1 {NOON} host fault - - - why=far"),
        (12, f"12 1 +{NOON} host fault - - - why=plus"),
    )
    added = ward.add(batch_of(LINES[0])._replace(lines=((1, LINES[0]), *nonsense)))
    assert added == Added(2, 0, ())
    assert ward.history.lines(BOX) == [LINES[0], nonsense[-1][1]]


def test_a_box_without_an_id_for_its_journal_is_refused(ward: Ward) -> None:
    with pytest.raises(UserError, match=r"has no id for its journal.*`dosebell flash` first\."):
        ward.add(batch_of(*LINES, journal="0"))
    assert ward.history.lines(BOX) == []


def test_journals_stand_in_the_order_in_which_they_were_written(ward: Ward) -> None:
    later = [f"{n} 1 {NOON + 1000 + n} host stock drops - - left={n}" for n in range(1, 3)]
    ward.add(batch_of(*later, journal=JOURNALS[0]))
    ward.add(batch_of(*LINES, journal=JOURNALS[1]))
    assert ward.history.journals.of(BOX) == [JOURNALS[1], JOURNALS[0]]
    assert ward.history.lines(BOX) == [*LINES, *later]


def test_what_was_seen_of_a_box_last_stands_whoever_tells_it_first(ward: Ward) -> None:
    ward.add(batch_of(LINES[0], seen_s=200.0, usb_serial="new", revision="b", name="Äsa’s"))
    ward.add(batch_of(LINES[1], seen_s=100.0, usb_serial="old", revision="a", name="Anna"))
    assert ward.history.boxes() == [KnownBox(BOX, "pico", "new", "b", 200.0)]
    assert ward.history.names() == {BOX: "Anna"}


def test_a_name_that_another_box_has_stays_with_that(ward: Ward) -> None:
    ward.add(batch_of(LINES[0], name="Anna"))
    ward.add(batch_of(LINES[0], box="another", name="Anna"))
    assert ward.history.names() == {BOX: "Anna"}


def heard(box: str, heard_s: int, presence: str = "there") -> HeardBox:
    return HeardBox(box, SERIALS[0], heard_s, presence, json.dumps({"needs": []}))


def test_what_was_heard_of_a_box_last_stands(ward: Ward) -> None:
    ward.gateways.hear("east", [heard("b", 20), heard("a", 10)])
    ward.gateways.hear("west", [heard("b", 19, "gone"), heard("a", 30, "gone")])
    ward.gateways.hear("east", [])
    rows = ward.tables.rows("SELECT device_id, gateway, heard_s, presence FROM heard ORDER BY 1")
    assert rows == [("a", "west", 30, "gone"), ("b", "east", 20, "there")]


def test_one_name_is_one_gateways_for_as_long_as_it_is_heard(ward: Ward, clock: Clock) -> None:
    ward.gateways.claim("east", "mine")
    clock.now_s += 50
    ward.gateways.hear("east", [heard("a", 10)])
    clock.now_s += 50
    ward.gateways.claim("east", "mine")
    with pytest.raises(UserError) as refused:
        ward.gateways.claim("east", "another")
    assert refused.value.code == "gateway"
    assert str(refused.value) == (
        'another machine tells the ward\'s database that it is "east"; give one of them another'
        ' name: gateway = "..." in its [[database]].'
    )
    clock.now_s += 70
    ward.gateways.claim("east", "another")
    with pytest.raises(UserError):
        ward.gateways.claim("east", "mine")
