"""The table of zone changes that the device gets, and the names of zones a person may type."""

from datetime import UTC, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dosebell_host.errors import UserError
from dosebell_host.schedule.zones import (
    TABLE_FROM,
    TABLE_UNTIL,
    UNIX_2000,
    check_zone,
    shifts,
    zone_warning,
)
from strategies import ZONES

HOUR = 3600


def instant(text: str) -> int:
    """An ISO instant in UTC as seconds since 2000."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) - UNIX_2000


def offset_by_table(table: list[tuple[int, int]], utc2000: int) -> int:
    return next(offset for at, offset in reversed(table) if at <= utc2000)


def offset_by_zoneinfo(zone: str, utc2000: int) -> float:
    offset = datetime.fromtimestamp(utc2000 + UNIX_2000, ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return offset.total_seconds()


def test_the_table_spans_2025_to_2050() -> None:
    assert instant("2025-01-01T00:00") == TABLE_FROM
    assert instant("2050-01-01T00:00") == TABLE_UNTIL


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "Asia/Kolkata", "Etc/GMT+5"])
def test_a_zone_that_never_changes_has_one_entry(zone: str) -> None:
    assert shifts(zone) == [(TABLE_FROM, offset_by_zoneinfo(zone, TABLE_FROM))]


def test_berlin_changes_twice_a_year_at_one_in_utc() -> None:
    table = shifts("Europe/Berlin")
    assert table[:3] == [
        (instant("2025-01-01T00:00"), 1 * HOUR),
        (instant("2025-03-30T01:00"), 2 * HOUR),
        (instant("2025-10-26T01:00"), 1 * HOUR),
    ]
    assert table[-1] == (instant("2049-10-31T01:00"), 1 * HOUR)
    assert len(table) == 51


def test_lord_howe_changes_by_half_an_hour() -> None:
    table = shifts("Australia/Lord_Howe")
    assert table[0] == (TABLE_FROM, 11 * HOUR)
    assert table[1] == (instant("2025-04-05T15:00"), 10 * HOUR + HOUR // 2)


def test_ramadan_is_two_changes_a_month_apart() -> None:
    assert shifts("Africa/Casablanca")[:3] == [
        (TABLE_FROM, 1 * HOUR),
        (instant("2025-02-23T02:00"), 0),
        (instant("2025-04-06T02:00"), 1 * HOUR),
    ]


@pytest.mark.parametrize("zone", ["Asia/Gaza", "Africa/Casablanca", "Antarctica/Troll"])
def test_no_change_hides_between_two_others(zone: str) -> None:
    hours = range(TABLE_FROM, TABLE_UNTIL, HOUR)
    offsets = [offset_by_zoneinfo(zone, at) for at in hours]
    changes = sum(before != after for before, after in pairwise(offsets))
    assert len(shifts(zone)) == changes + 1


def test_asking_twice_gives_a_list_of_ones_own() -> None:
    first = shifts("Europe/Berlin")
    first.clear()
    assert len(shifts("Europe/Berlin")) == 51


@settings(max_examples=300)
@given(st.sampled_from(ZONES), st.lists(st.integers(TABLE_FROM, TABLE_UNTIL - 1), min_size=20))
def test_the_table_agrees_with_zoneinfo_at_any_instant(zone: str, instants: list[int]) -> None:
    table = shifts(zone)
    expected = [offset_by_zoneinfo(zone, at) for at in instants]
    assert [offset_by_table(table, at) for at in instants] == expected


@pytest.mark.parametrize("letter", sorted({zone[:2] for zone in ZONES}))
def test_every_zone_changes_exactly_at_its_entries(letter: str) -> None:
    for zone in (name for name in ZONES if name.startswith(letter)):
        table = shifts(zone)
        assert table[0] == (TABLE_FROM, offset_by_zoneinfo(zone, TABLE_FROM))
        assert table == sorted(table) and table[-1][0] < TABLE_UNTIL
        for (_, before), (at, after) in pairwise(table):
            assert before != after
            assert offset_by_zoneinfo(zone, at - 1) == before
            assert offset_by_zoneinfo(zone, at) == after


@pytest.mark.parametrize(
    ("typed", "fix"),
    [
        ("Berlin", 'write "Europe/Berlin"'),
        ("europe/berlin", 'write "Europe/Berlin"'),
        ("Europe/Berln", 'write "Europe/Berlin"'),
        ("new york", 'write "America/New_York"'),
        ("posix/Europe/Berlin", 'write "Europe/Berlin"'),
        ("right/Europe/Berlin", 'write "Europe/Berlin"'),
    ],
)
def test_a_wrong_name_gets_the_nearest_zone(typed: str, fix: str) -> None:
    with pytest.raises(UserError) as caught:
        check_zone(typed)
    assert caught.value.to_json() == {
        "code": "zone",
        "message": f'"{typed}" is no time zone',
        "where": "",
        "fix": fix,
    }


@pytest.mark.parametrize(
    "typed",
    ["", " ", "CEST", "Factory", "localtime", "posixrules", "/etc/passwd", "../UTC", "GTM+1"],
)
def test_a_name_like_nothing_gets_an_example(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        shifts(typed)
    assert str(caught.value) == (
        f'"{typed}" is no time zone; '
        'write an IANA name such as "Europe/Berlin" or "America/New_York".'
    )


@pytest.mark.parametrize("typed", ["Europe/Berlin\n", "x" * 1000, "a\0b"])
def test_a_name_that_cannot_be_shown_is_not_shown(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        check_zone(typed)
    assert caught.value.message == '"this" is no time zone'


@given(st.text(max_size=60))
def test_any_text_is_a_zone_or_a_sentence(typed: str) -> None:
    try:
        assert check_zone(typed) in ZONES
    except UserError as error:
        assert error.fix


@pytest.mark.parametrize(
    "typed", ["GMT+1", "UTC+2", "GMT-5", "+01:00", "+1", "UTC+01:00", "etc/gmt+1", "Etc/GMT+99"]
)
def test_an_offset_is_never_answered_with_another_offset(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        check_zone(typed)
    assert caught.value.fix == 'name a city, such as "Europe/Berlin"'


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("EST", "EST has no clock changes; did you mean America/New_York?"),
        ("HST", "HST has no clock changes; did you mean Pacific/Honolulu?"),
        (
            "Etc/GMT+1",
            "Etc/GMT+1 has no clock changes, and is 1 h behind UTC;"
            " did you mean a city, such as Europe/Berlin?",
        ),
        ("EST5EDT", ""),
        ("Europe/Berlin", ""),
    ],
)
def test_a_zone_that_is_hardly_meant_is_asked_about(zone: str, said: str) -> None:
    assert check_zone(zone) == zone
    assert zone_warning(zone) == said
