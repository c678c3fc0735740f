"""Instants as people read them, beside what `datetime` makes of them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from dosebell.zone import Zone
from dosebell_host.schedule.local_time import LocalTime
from dosebell_host.schedule.zones import TABLE_FROM, TABLE_UNTIL, shifts
from strategies import ZONES

# Where a zone may be at another date than UTC, or at its first and its last.
ENDS = st.sampled_from([TABLE_FROM, TABLE_FROM + 1, TABLE_UNTIL - 1])
INSTANTS = ENDS | st.integers(TABLE_FROM, TABLE_UNTIL - 1)
LAPTOP = LocalTime(Zone((0,), (-12 * 3600,), 0))


def local_time(zone: str) -> LocalTime:
    starts, offsets = zip(*shifts(zone), strict=True)
    return LocalTime(Zone(starts, offsets, TABLE_UNTIL))


@given(st.sampled_from(ZONES), INSTANTS, st.sampled_from("T "))
def test_an_instant_is_spelled_as_datetime_spells_it(zone: str, utc_s: int, between: str) -> None:
    moment = datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=utc_s)
    spelled = moment.astimezone(ZoneInfo(zone)).isoformat(between)
    assert local_time(zone).iso(utc_s, between) == spelled


@given(st.sampled_from(ZONES), st.data())
def test_so_is_one_after_another_around_a_change_of_the_clock(
    zone: str, data: st.DataObject
) -> None:
    local, changes = local_time(zone), [start for start, _ in shifts(zone)]
    change_s = data.draw(st.sampled_from(changes))
    for apart_s in data.draw(st.lists(st.integers(-2 * 86_400, 2 * 86_400))):
        utc_s = max(0, change_s + apart_s)
        assert local.iso(utc_s) == local.datetime(utc_s).isoformat()


@given(st.sampled_from([0, 1, (1 << 32) - 1]) | st.integers(0, (1 << 32) - 1))
def test_it_is_also_where_no_table_reaches(utc_s: int) -> None:
    assert LAPTOP.iso(utc_s) == LAPTOP.datetime(utc_s).isoformat()
