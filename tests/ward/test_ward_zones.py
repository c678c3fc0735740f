"""What time it is in a ward: where its boxes are, whatever the laptop is set to that shows it."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dosebell_host.schedule.local_time import day_number, from_unix
from dosebell_host.ward.residents import home_of
from dosebell_host.ward.zones import ward_time
from ward_people import NOW, TODAY, Person, device_of, ward_of_people
from ward_twin import TwinTables
from ward_visit import WardVisit, box_of_two

LAPTOPS = ("UTC", "America/New_York", "Pacific/Auckland", "Europe/Berlin")
BERLIN, KOLKATA = "Europe/Berlin", "Asia/Kolkata"
# In Berlin it is 00:30 on the day from which on the box is Berta's.
GIVEN = datetime(2026, 11, 15, 23, 30, tzinfo=UTC)


@pytest.fixture(params=LAPTOPS)
def laptop(request: pytest.FixtureRequest) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", request.param)
        time.tzset()
        yield request.param
    time.tzset()


def test_each_box_tells_times_by_its_schedule_and_the_home_by_that_of_most(laptop: str) -> None:
    people = [Person("a", zone=KOLKATA), Person("b", zone=BERLIN), Person("c", zone=BERLIN)]
    home = home_of(ward_of_people(people), NOW)
    told = [each.local.clock(from_unix(NOW)) for each in home.residents]
    assert (told, home.today) == (["10:30", "06:00", "06:00"], TODAY)


def test_who_has_a_box_changes_at_midnight_of_the_home(laptop: str) -> None:
    tables = TwinTables()
    device_id = box_of_two(tables)
    for half_hours in range(-48, 48):
        now = GIVEN + timedelta(minutes=30 * half_hours)
        has = "Anna" if now.astimezone(ZoneInfo(BERLIN)).day < 16 else "Berta"
        home = home_of(tables, now.timestamp())
        assert [(each.device_id, each.holder.person) for each in home.residents] == [
            (device_id, has)
        ]


def test_the_pages_of_a_box_are_of_whoever_the_ward_names(laptop: str) -> None:
    tables = TwinTables()
    visit = WardVisit(tables)
    path = f"/box/{box_of_two(tables)}/history"
    for hours, has in ((-1, "Anna"), (0, "Berta")):
        visit.laptop.ahead_s = (GIVEN + timedelta(hours=hours)).timestamp() - NOW
        assert f"History of {has}" in visit.reads(path).words
        assert has in visit.reads("/ward").words


def test_a_box_whose_schedule_nobody_knows_tells_times_as_it_said(laptop: str) -> None:
    [new] = home_of(ward_of_people([Person("new")]), NOW).residents
    assert new.local.clock(from_unix(NOW)) == "06:00"


def test_where_no_schedule_is_known_the_day_is_the_laptops(laptop: str) -> None:
    today = day_number(datetime.fromtimestamp(NOW, ZoneInfo(laptop)).date())
    assert ward_time(ward_of_people([Person("new")]), NOW).day(NOW) == today


def test_a_schedule_that_this_release_cannot_read_leaves_the_zone_to_the_others() -> None:
    tables = ward_of_people([Person("a", zone=BERLIN), Person("b", zone=BERLIN, breakfast=8)])
    newer = "plan\tv=9\tzone=Europe/Berlin"
    first = "SELECT revision FROM boxes WHERE device_id = ?"
    [[revision]] = tables.rows(first, device_of(Person("a")))
    tables.write("UPDATE schedules SET lines = ? WHERE revision = ?", [(newer, revision)])
    times = ward_time(tables, NOW)
    assert [each.clock(from_unix(NOW)) for each in (times.home, *times.boxes.values())] == [
        "06:00"
    ] * 3
    tables.write("UPDATE schedules SET lines = ?", [(newer,)])
    assert ward_time(tables, NOW).boxes == {}
