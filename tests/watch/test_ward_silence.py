"""Who in a ward is not heard is told once, by one gateway, and once when that is over."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from dosebell_host.ward.silences import Silences
from dosebell_host.ward.zones import ward_time
from dosebell_host.watch.database.listed_gateways import let_go
from dosebell_host.watch.database.silence import shown
from dosebell_host.watch.tell.matters import ward_matters
from ward_databases import Opens, real, twin
from ward_people import NOW, Person, device_of, gateway_seen, ward_of_people
from ward_silence import Silence
from ward_twin import TwinTables


def three(when: str = "silent 10m", opens: Opens | None = None) -> Silence:
    """Three gateways, of which the first has two boxes and the others one each, all well."""
    boxes = {"a": ["a1", "a2"], "b": ["b1"], "c": ["c1"]}
    ward = Silence(opens or twin(), boxes, when)
    ward.minutes(5)
    return ward


def test_a_gateway_that_dies_is_told_by_one_other_once_and_once_when_it_is_over() -> None:
    ward = three()
    a = ward.machines["a"]
    a.die()
    ward.minutes(10)
    assert ward.told == []
    ward.minutes(60)
    assert ward.texts == ["The gateway a with its 2 boxes has not been heard"]
    a.start()
    ward.minutes(60)
    assert ward.texts[1:] == ["The gateway a with its 2 boxes is heard again"]


def test_it_is_one_also_where_all_look_at_the_same_moment_at_a_real_database() -> None:
    boxes = {name: [f"{name}1"] for name in "abcdef"}
    ward = Silence(real(), boxes, "silent 10m")
    with ThreadPoolExecutor(len(boxes)) as ward.pool:
        ward.minutes(3)
        ward.machines["a"].die()
        ward.minutes(15)
        ward.machines["b"].silent.add("b1")
        ward.machines["a"].start()
        ward.minutes(15)
    ward.close()
    assert ward.notes == []
    assert sorted(ward.texts) == [
        "The box b1 at the gateway b has not been heard",
        "The gateway a with its box has not been heard",
        "The gateway a with its box is heard again",
    ]


def test_a_box_that_is_silent_is_told_by_one_gateway_and_its_gateway_is_well() -> None:
    ward = three()
    ward.machines["b"].silent.add("b1")
    ward.minutes(60)
    assert ward.texts == ["The box b1 at the gateway b has not been heard"]
    ward.machines["b"].silent.clear()
    ward.minutes(60)
    assert ward.texts[1:] == ["The box b1 at the gateway b is heard again"]


def test_times_are_those_of_the_person_or_the_home_whatever_the_gateway_is_set_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    zones = {"far": "Asia/Kolkata", "a": "Europe/Berlin", "b": "Europe/Berlin"}
    people = [Person(box, zone=zone, heard_ago_s=3600) for box, zone in zones.items()]
    tables = TwinTables()
    ward_of_people(people, tables)
    gateway_seen(tables, "trolley-1", 0)
    gateway_seen(tables, "trolley-2", 7200)
    silences = Silences(tables)
    far = device_of(people[0])
    silences.begin({far: int(NOW) - 3600, "gateway trolley-2": int(NOW) - 7200}, "trolley-1")
    known = shown("trolley-1", silences.now(), int(NOW), ward_time(tables, NOW))
    monkeypatch.undo()
    time.tzset()
    assert [each.text for each in ward_matters(known, 600, NOW).values() if each.text] == [
        "10:30: The box far at the gateway trolley-1 has not been heard since 09:30.",
        "06:00: The gateway trolley-2 has not been heard since 04:00.",
    ]


def test_a_box_that_is_carried_to_another_gateway_is_not_told() -> None:
    ward = three()
    ward.machines["a"].boxes.remove("a1")
    ward.machines["b"].boxes.append("a1")
    ward.minutes(120)
    assert ward.told == []


def test_a_gateway_that_begins_anew_after_a_night_is_not_told_to_have_silent_boxes() -> None:
    ward = three()
    ward.machines["b"].die()
    ward.minutes(9)
    ward.machines["b"].start()
    ward.minutes(30)
    assert ward.told == []


def test_of_a_gateway_that_is_gone_for_good_its_boxes_are_told_one_by_one() -> None:
    ward = three()
    ward.machines["a"].die()
    ward.minutes(30)
    let_go(ward.opens(), "a", ward.now_s)
    ward.minutes(30)
    assert sorted(ward.texts[1:]) == [
        "The box a1 at the gateway a has not been heard",
        "The box a2 at the gateway a has not been heard",
    ]
    # Its boxes are carried to another one; and in the end it comes back, and dies once more.
    ward.machines["b"].boxes += ["a1", "a2"]
    ward.machines["a"].boxes.clear()
    ward.minutes(30)
    assert sorted(ward.texts[3:]) == [
        "The box a1 at the gateway b is heard again",
        "The box a2 at the gateway b is heard again",
    ]
    ward.machines["a"].start()
    ward.minutes(30)
    ward.machines["a"].die()
    ward.minutes(30)
    assert ward.texts[5:] == ["The gateway a has not been heard"]


def test_who_wants_to_be_told_later_is_told_later() -> None:
    ward = three("silent 1h")
    ward.machines["b"].silent.add("b1")
    ward.minutes(50)
    ward.machines["b"].silent.clear()
    ward.minutes(20)
    assert ward.told == []
    ward.machines["b"].silent.add("b1")
    ward.minutes(70)
    assert ward.texts == ["The box b1 at the gateway b has not been heard"]


def test_the_one_that_tells_may_die_as_well() -> None:
    ward = three()
    ward.machines["a"].die()
    ward.minutes(20)
    [(teller, _)] = ward.told
    ward.machines[teller].die()
    ward.minutes(30)
    ward.machines["a"].start()
    ward.minutes(30)
    ward.machines[teller].start()
    ward.minutes(30)
    said = Counter(ward.texts)
    assert said == {
        "The gateway a with its 2 boxes has not been heard": 1,
        "The gateway a with its 2 boxes is heard again": 1,
        f"The gateway {teller} with its box has not been heard": 1,
        f"The gateway {teller} with its box is heard again": 1,
    }


def test_while_the_database_is_away_a_gateway_tells_of_its_own_boxes_by_itself() -> None:
    ward = three()
    ward.machines["b"].is_cut = True
    ward.machines["b"].program.gateway._leave()  # type: ignore[union-attr]
    ward.machines["b"].silent.add("b1")
    ward.minutes(40)
    assert ("b", "The box b1 has not been heard") in [
        (gateway, text.partition(" since ")[0]) for gateway, text in ward.told
    ]
    ward.machines["b"].is_cut = False
    ward.machines["b"].silent.clear()
    ward.minutes(60)
    begins, ends = Counter[str](), Counter[str]()
    for gateway, text in ward.told:
        (ends if "again" in text else begins)[gateway] += 1
    assert begins == ends


@pytest.mark.parametrize("seed", range(6))
def test_of_each_thing_what_is_told_goes_to_and_fro(seed: int) -> None:
    ward, chance = three(), Random(seed)
    for _ in range(60):
        machine = chance.choice(list(ward.machines.values()))
        what = chance.randrange(4)
        if what == 0 and sum(m.program is not None for m in ward.machines.values()) > 1:
            machine.die()
        elif what == 1 and machine.program is None:
            machine.start()
        elif what == 2:
            machine.silent = set(chance.sample(machine.boxes, chance.randrange(2)))
        ward.minutes(chance.choice([1, 5, 12, 40]))
    for machine in ward.machines.values():
        machine.silent.clear()
        if machine.program is None:
            machine.start()
    ward.minutes(60)
    states = ward.states()
    assert states
    assert [each for each in states.values() if each != [True, False] * (len(each) // 2)] == []
    assert ward.opens().rows("SELECT * FROM silences") == []
