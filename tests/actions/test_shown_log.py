"""The log that a person asks for: from the box or without it, and the part that is shown."""

import json

import pytest

from desk import Desk
from domain import D3K2_DOSE, DROPS_DOSE, Box, plan
from dosebell_host.actions.shown_log import LogWishes, shown_log
from dosebell_host.errors import UsageError, UserError
from listener import Listener

BOTH = plan(D3K2_DOSE, DROPS_DOSE)


@pytest.fixture
def desk() -> Desk:
    """Beside a box that two days have passed over; the drops of the first morning were taken."""
    desk = Desk()
    desk.box = Box.with_schedule(BOTH, at="2026-11-23 07:40").until("08:05")
    desk.box.press()
    desk.box.until("2026-11-25 06:00")
    return desk


@pytest.mark.parametrize(
    ("wishes", "days", "doses"),
    [
        (LogWishes(), {"2026-11-23", "2026-11-24"}, {"d3k2", "drops"}),
        (LogWishes(since="2026-11-24"), {"2026-11-24"}, {"d3k2", "drops"}),
        (LogWishes(since="2d"), {"2026-11-24"}, {"d3k2", "drops"}),
        (LogWishes(dose="drops"), {"2026-11-23", "2026-11-24"}, {"drops"}),
        (LogWishes(since="2026-11-24", dose="d3k2"), {"2026-11-24"}, {"d3k2"}),
        (LogWishes(since="2026-11-26"), set(), set()),
        (LogWishes(until="2026-11-23"), {"2026-11-23"}, {"drops"}),
        (LogWishes(since="2026-11-24", until="2026-11-24"), {"2026-11-24"}, {"d3k2", "drops"}),
        (LogWishes(month="2026-11"), {"2026-11-23", "2026-11-24"}, {"d3k2", "drops"}),
        (LogWishes(month="2026-10"), set(), set()),
    ],
)
def test_only_what_was_asked_for_is_shown(
    wishes: LogWishes, days: set[str], doses: set[str], desk: Desk
) -> None:
    person = Listener()
    found = shown_log(wishes, person.talk, desk.reach)
    items = [each for each in json.loads(found.to_json()["items"]) if each["date"] is not None]
    assert {each["date"] for each in items} == days
    assert {each["dose"] for each in items} == doses == {each.dose for each in found.outcomes}
    assert person.heard == []


def test_after_a_record_come_the_later_ones(desk: Desk) -> None:
    every = shown_log(LogWishes(), Listener().talk, desk.reach).entries
    for entry in every:
        later = shown_log(LogWishes(after=str(entry.seq)), Listener().talk, desk.reach).entries
        named = LogWishes(after=f"{entry.journal}:{entry.seq}")
        assert shown_log(named, Listener().talk, desk.reach).entries == later
        assert later == [each for each in every if each.seq > entry.seq]


def test_without_the_box_the_same_is_shown_and_its_age_noted(desk: Desk) -> None:
    with_box = shown_log(LogWishes(dose="drops"), Listener().talk, desk.reach)
    desk.box = None
    person = Listener()
    without = shown_log(LogWishes(dose="drops"), person.talk, desk.reach)
    assert without.entries == with_box.entries
    assert [how for how, _ in person.heard] == ["noted", "noted"]
    assert person.heard[0][1] == f"The box {with_box.log.device_id} does not answer."


@pytest.mark.parametrize(
    ("wishes", "error", "says"),
    [
        (LogWishes(dose="nosuch"), UserError, 'the log has no dose "nosuch"'),
        (LogWishes(since="30"), UsageError, '"30" is no date'),
        (LogWishes(after="0badf00d:1"), UserError, "the log has no journal 0badf00d"),
        (LogWishes(after="last"), UsageError, '"last" is no record'),
        (LogWishes(month="2026-13"), UsageError, '"2026-13" is no month'),
        (LogWishes(month="2026-11", until="2026-11-23"), UsageError, "names all of the days"),
        (LogWishes(until="soon"), UsageError, '"soon" is no date'),
        (
            LogWishes(since="today", until="yesterday"),
            UsageError,
            "2026-11-24 is before 2026-11-25",
        ),
        (
            LogWishes(since="2026-11-24", until="2026-11-23"),
            UsageError,
            "2026-11-23 is before 2026-11-24",
        ),
        (LogWishes(device_id="0000"), UserError, "this laptop never met a box 0000"),
    ],
)
def test_what_is_not_there_is_told(
    wishes: LogWishes, error: type[UserError], says: str, desk: Desk
) -> None:
    with pytest.raises(error, match=says):
        shown_log(wishes, Listener().talk, desk.reach)
