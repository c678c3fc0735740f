"""Who lives in a home and how it is with each, as it is read from the tables of a ward."""

import pytest

from domain import Box, dose, plan
from dosebell import civil
from dosebell_host.schedule.local_time import from_unix
from dosebell_host.ward.holders import ANYBODY, Holder, holders_of, holding
from dosebell_host.ward.residents import BAR_DAYS, DoseMissed, home_of
from dosebell_host.ward.said import RingingDose, SaidNeed, SaidOfBox, read_said
from ward_people import HOUR_S, NOW, TODAY, Person, device_of, ward_of_people
from ward_twin import TwinTables
from ward_visit import bring

TAKEN = (("taken", 1),)
LOW = ("stock-low", "D3: 3 left, time to buy more.", "d3")
ANNA = Person("anna", "Anna Berg", since=2, missed=["Drops"], needs=[LOW], rings=["d3"])


def given(*rows: tuple[str, int]) -> TwinTables:
    """A box that was given to these people, each so many days ago."""
    tables = TwinTables()
    tables.write(
        "INSERT INTO persons VALUES (?, ?, ?)",
        [("box", person, TODAY - ago) for person, ago in rows],
    )
    return tables


def test_everything_that_is_known_of_one() -> None:
    [anna] = home_of(ward_of_people([ANNA]), NOW).residents
    assert (anna.device_id, anna.box_name, anna.gateway) == (device_of(ANNA), "anna", "trolley-1")
    assert anna.holder == Holder("Anna Berg", TODAY - 2)
    assert anna.heard_at == NOW - 30
    assert anna.needs == (SaidNeed(*LOW),)
    assert anna.rings == (RingingDose("d3", from_unix(NOW) - 1800),)
    assert anna.missed == (DoseMissed("drops", "Drops", TODAY, from_unix(NOW) - 2 * 3600),)
    assert anna.names == {"d3": "D3", "drops": "Drops"}
    assert anna.local.clock(from_unix(NOW)) == "06:00"
    # The bars end today.
    assert anna.days == (
        *[()] * (BAR_DAYS - 3),
        TAKEN,
        TAKEN,
        (("missed", 1), ("taken", 1)),
    )


def test_what_a_box_noted_before_somebody_had_it_is_none_of_theirs() -> None:
    missed = Person("anna", "Anna Berg", since=0, taken_days=20)
    [anna] = home_of(ward_of_people([missed]), NOW).residents
    assert [n for n, day in enumerate(anna.days) if day] == [BAR_DAYS - 1]


def test_what_was_missed_a_day_ago_is_missed_now_no_more() -> None:
    tables = ward_of_people([ANNA])
    told = [
        len(each.missed)
        for later_s in (86399 - 2 * 3600, 86401 - 2 * 3600)
        for each in home_of(tables, NOW + later_s).residents
    ]
    assert told == [1, 0]


def test_what_may_be_taken_for_days_is_missed_now_for_a_day_after_that() -> None:
    tables = TwinTables()
    weekly = dose("weekly", 'at = ["09:00"]', 'late = "2d"', days='["mon"]')
    box = Box.with_schedule(plan(weekly), at="2026-11-16 06:00")
    bring(box.until("2026-11-23 06:00"), tables)
    monday_s = NOW - 7 * civil.DAY_S + 3 * HOUR_S
    told = {}
    for hours in (49, 71, 73):
        [resident] = home_of(tables, monday_s + hours * HOUR_S).residents
        told[hours] = [each.name for each in resident.missed]
    assert told == {49: ["WEEKLY"], 71: ["WEEKLY"], 73: []}


def test_a_box_that_nobody_has_is_counted_and_one_of_which_nobody_said_is_shown() -> None:
    boxes = [Person("spare", "", since=5), Person("new"), ANNA]
    home = home_of(ward_of_people(boxes), NOW)
    assert (sorted(each.box_name for each in home.residents), home.with_nobody) == (
        ["anna", "new"],
        1,
    )


def test_a_box_that_somebody_will_have_is_shown_until_then_as_one_of_which_nobody_said() -> None:
    soon = Person("soon", "Anna Berg", since=-2)
    tables = ward_of_people([soon, Person("spare-soon", "", since=-2)])
    before = home_of(tables, NOW)
    assert before.with_nobody == 0
    assert [(each.box_name, each.holder.person) for each in before.residents] == [
        ("soon", ""),
        ("spare-soon", ""),
    ]
    assert before.residents[0].days[-3:] == (TAKEN, TAKEN, TAKEN)
    after = home_of(tables, NOW + 2 * 86400)
    assert [each.holder.person for each in after.residents] == ["Anna Berg"]
    assert after.with_nobody == 1


def test_a_box_that_no_gateway_has_heard_is_there() -> None:
    [each] = home_of(ward_of_people([Person("new", heard_ago_s=None)]), NOW).residents
    assert (each.heard_at, each.gateway, each.needs, each.rings) == (None, "", (), ())


def test_on_each_day_one_person_has_a_box() -> None:
    rows = (("Anna", 10), ("", 6), ("Berta", 4))
    holders = holders_of(given(*rows), "box")
    assert holders == [
        Holder("Anna", TODAY - 10, TODAY - 7),
        Holder("", TODAY - 6, TODAY - 5),
        Holder("Berta", TODAY - 4),
    ]
    for ago in range(20):
        had = [each for each in holders if each.has(TODAY - ago)]
        last = next((person for person, given_ago in reversed(rows) if given_ago >= ago), None)
        assert [each.person for each in had] == ([] if last is None else [last])
        assert holding(holders, TODAY - ago).person == (last or "")


def test_days_are_cut_to_those_of_a_person() -> None:
    anna = Holder("Anna", 5, 8)
    assert [(anna.first_of(day), anna.last_of(day)) for day in (None, 0, 6, 9)] == [
        (5, 8),
        (5, 0),
        (6, 6),
        (9, 8),
    ]
    assert [ANYBODY.first_of(day) for day in (None, 3)] == [None, 3]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "{",
        "null",
        "[]",
        '{"needs": 1, "status": []}',
        '{"needs": ["x"], "status": {"ringing": "d3", "doses": {}, "clock": 7}}',
        '{"status": {"clock": {"at": "2026-11-23T06:00:00"}}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_report_of_a_box_says_nothing(said: str) -> None:
    assert read_said(said[:200_000]) == SaidOfBox()


def test_a_part_of_a_report_that_is_wrong_leaves_the_rest() -> None:
    said = '{"needs": [{"code": 5, "text": "Low."}, 3], "status": {"ringing": ["d3"]}}'
    assert read_said(said) == SaidOfBox((SaidNeed("", "Low."),), (RingingDose("d3"),))
