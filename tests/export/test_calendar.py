"""`export ics`, read by a reader of its own: the preview, and nothing twice."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk import Desk
from domain import DROPS_DOSE, Box, dose, plan
from dosebell import civil
from dosebell import schedule as device
from dosebell_host.actions.read_log import log_of_history
from dosebell_host.export.calendar import CalendarPlan, written
from dosebell_host.export.plan import DAYS, Feeds
from dosebell_host.history.box_log import today
from dosebell_host.schedule import read_file
from dosebell_host.schedule.compiler import compile_schedule
from dosebell_host.schedule.plan_file import PlanFile
from dosebell_host.trial.preview import preview
from ics_reader import Event, events, planned, read
from laptop import opened
from strategies import Written, schedules

ZONES = ["Europe/Berlin", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe"]
# Times that a change of the clocks skips or repeats, in one zone or the other.
AT_NIGHT = ["00:00", "01:30", "01:45", "02:00", "02:15", "02:30", "03:00", "03:30"]
NIGHTS = dose("night", f"at = {AT_NIGHT}".replace("'", '"'), 'early = "10m"', 'late = "10m"')
MEAL = dose("d3k2", 'with = ["breakfast", "lunch"]', 'take = "1 capsule"')
COURSE = dose("course", 'at = ["08:00"]', "start = 2026-10-03", days="{ on = 21, off = 7 }")
AWAY = "[[except]]\nfrom = 2026-12-24\nto = 2026-12-26\noff = true\n"
MOVED = '[[except]]\nfrom = 2027-01-02\nto = 2027-01-03\nmeals = { breakfast = "10:00" }\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def of_preview(desk: Desk, *words: object) -> list[tuple[str, datetime]]:
    """What the preview says that rings, in the order of its instants and names."""
    items = desk.gets("preview", *words)["items"]
    return sorted(
        (each["dose"].upper(), datetime.fromisoformat(each["due"]).astimezone(UTC))
        for each in items
        if "skipped" not in each
    )


def of_calendar(path: Path) -> list[tuple[str, datetime]]:
    return sorted(planned(path.read_bytes()))


@pytest.mark.parametrize("zone", ZONES)
def test_a_calendar_of_400_days_is_the_preview(zone: str, folder: Path) -> None:
    (folder / "my.toml").write_text(plan(NIGHTS, MEAL, COURSE, AWAY, MOVED, zone=zone))
    desk, days = Desk(), ("--from", "2026-10-01", "--days", "400")
    assert desk.types("export", "ics", "my.toml", *days, "-o", "my.ics").exit_code == 0
    told = of_calendar(folder / "my.ics")
    assert told == of_preview(desk, "my.toml", *days)
    # Both changes of the clocks are in it, or there is nothing to be seen here.
    zones = read((folder / "my.ics").read_bytes()).of("VTIMEZONE")
    assert [each.value("TZID") for each in zones] == [zone]
    assert len(zones[0].parts) > 2
    assert len(told) > 400 * len(AT_NIGHT)


@settings(max_examples=40)
@given(schedules(), st.dates(date(2026, 1, 1), date(2040, 1, 1)), st.booleans())
def test_the_calendar_of_any_schedule_is_its_preview(
    schedule: Written, first: date, alarm: bool
) -> None:
    made = read_file.parse(schedule.text, "any")
    compiled = compile_schedule(made)
    file = PlanFile(made, compiled, device.parse(compiled.lines))
    told = written(CalendarPlan(file.plan, "", "box", {}, first, 40, 0, alarm))
    shown = [each for each in preview(file, first, 40).occurrences if each.skipped is None]
    found = events(told.data) if shown else []
    assert [(each.summary, each.at, each.rings) for each in found] == [
        (each.dose.name, file.local.datetime(each.due_s), alarm) for each in shown
    ]
    assert len({each.uid for each in found}) == len(found) == told.events


def desk_with(text: str) -> Desk:
    """A box with that schedule, on the evening of 23 November."""
    return Desk(Box.with_schedule(text, at="2026-11-23 21:00"))


def exported(desk: Desk, *words: object) -> list[Event]:
    """The calendar of 3 days, written where it was written before."""
    result = desk.types("export", "ics", "--days", 3, "-o", "my.ics", "--yes", *words)
    assert result.exit_code == 0, result.output
    return events(Path("my.ics").read_bytes())


def short(each: Event) -> str:
    """`24 08:00 DROPS 0`, with its SEQUENCE, in Berlin's winter."""
    return f"{each.at:%d} {each.at.hour + 1:02}:{each.at:%M} {each.summary} {each.sequence}" + (
        " cancelled" if each.cancelled else ""
    )


def test_who_exports_twice_gets_the_same_bytes(folder: Path) -> None:
    desk = desk_with(plan(DROPS_DOSE, MEAL))
    exported(desk)
    first = Path("my.ics").read_bytes()
    exported(desk)
    assert Path("my.ics").read_bytes() == first
    # And so does who has none yet, with the box or without it.
    assert desk.types("export", "ics", "--days", 3).stdout_bytes == first


def test_a_push_moves_events_and_doubles_none(folder: Path) -> None:
    desk = desk_with(plan(dose("drops", 'at = ["22:00"]'), dose("iron", 'at = ["23:00"]')))
    assert [short(each) for each in exported(desk)][:2] == ["23 22:00 DROPS 0", "23 23:00 IRON 0"]
    Path("new.toml").write_text(
        plan(dose("drops", 'at = ["22:30"]'), dose("iron", 'at = ["23:00"]'))
    )
    assert desk.types("push", "new.toml", "--yes").exit_code == 0
    found = exported(desk)
    assert sorted(map(short, found)) == [
        "23 22:00 DROPS 1 cancelled",
        "23 22:30 DROPS 0",
        "23 23:00 IRON 0",
        "24 22:00 DROPS 1 cancelled",
        "24 22:30 DROPS 0",
        "24 23:00 IRON 0",
        "25 22:00 DROPS 1 cancelled",
        "25 22:30 DROPS 0",
        "25 23:00 IRON 0",
    ]
    assert len({each.uid for each in found}) == len(found)
    # What was told as cancelled stays so, as it was told, until its day is over.
    assert exported(desk) == found
    later = [short(each) for each in exported(desk, "--from", "2026-11-25")]
    assert [each for each in later if "cancelled" in each] == ["25 22:00 DROPS 1 cancelled"]


def test_another_word_is_the_same_event_with_its_next_number(folder: Path) -> None:
    desk = Desk()
    Path("my.toml").write_text(plan(IRON := dose("iron", 'at = ["23:00"]')))
    before = exported(desk, "my.toml")
    Path("my.toml").write_text(plan(IRON.replace("IRON", "Iron, 1; with\\\\juice")))
    after = exported(desk, "my.toml")
    assert [each.uid for each in after] == [each.uid for each in before]
    assert {(each.summary, each.sequence) for each in after} == {("Iron, 1; with\\juice", 1)}


def test_what_comes_back_is_no_longer_cancelled(folder: Path) -> None:
    iron, drops = dose("iron", 'at = ["23:00"]'), dose("drops", 'at = ["22:00"]')
    desk, told = Desk(), []
    for parts in ([iron, drops], [iron], [iron, drops]):
        Path("my.toml").write_text(plan(*parts))
        found = exported(desk, "my.toml", "--from", "2026-11-23")
        told.append(next(short(each) for each in found if each.summary == "DROPS"))
    assert told == ["23 22:00 DROPS 0", "23 22:00 DROPS 1 cancelled", "23 22:00 DROPS 2"]


def test_fewer_days_cancel_nothing_that_is_still_planned(folder: Path) -> None:
    desk = Desk()
    Path("my.toml").write_text(plan(dose("iron", 'at = ["23:00"]')))
    assert len(exported(desk, "my.toml", "--days", 30)) == 30
    assert [short(each) for each in exported(desk, "my.toml")] == [
        f"{day} 23:00 IRON 0" for day in (23, 24, 25)
    ]


def test_later_days_that_fell_away_are_told_however_few_are_asked_for(folder: Path) -> None:
    desk = Desk()
    Path("my.toml").write_text(plan(dose("iron", 'at = ["23:00"]')))
    exported(desk, "my.toml", "--days", 5)
    Path("my.toml").write_text(plan(dose("iron", 'at = ["23:00"]', "end = 2026-11-24")))
    assert sorted(short(each) for each in exported(desk, "my.toml", "--days", 1)) == [
        "23 23:00 IRON 0",
        "25 23:00 IRON 1 cancelled",
        "26 23:00 IRON 1 cancelled",
        "27 23:00 IRON 1 cancelled",
    ]


def test_a_feed_is_what_a_first_export_writes(folder: Path, data_folder: Path) -> None:
    desk = desk_with(plan(DROPS_DOSE, AWAY))
    first = desk.types("export", "ics").stdout_bytes
    ident = desk.gets("boxes")["items"][0]["device_id"]
    log = log_of_history(opened(data_folder), ident, desk.reach.clock(), today)
    feeds = Feeds()
    assert feeds.of(log, desk.reach.clock()) == first
    # It is of the day on which it is asked for, though the box said its last word before.
    later = feeds.of(log, desk.reach.clock() + 2 * civil.DAY_S)
    days = [each.at.date() for each in events(later)]
    begins = date(2026, 11, 25)
    assert (min(days), max(days)) == (begins, begins + timedelta(days=DAYS - 1))


HOSTILE = [
    "Drops, left; right: both\\eyes",
    'He said "no"',
    "💊" * 16,
    "فيتامين د ٣",
    "é" * 32,
    "BEGIN:VEVENT",
    "=1+1",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_of_any_letters_comes_through(name: str, folder: Path) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    text = plan(dose("drops", 'at = ["08:00"]', f'take = "{quoted}"').replace("DROPS", quoted))
    Path("my.toml").write_text(f'title = "{quoted}"\n{text}', encoding="utf-8")
    found = exported(Desk(), "my.toml", "--alarm")
    assert {each.summary for each in found} == {name}
    calendar = read(Path("my.ics").read_bytes())
    assert calendar.text("X-WR-CALNAME") == name
    firsts = [each.text("DESCRIPTION").split("\n")[0] for each in calendar.of("VEVENT")]
    assert firsts == [name] * 3
    assert [each.rings for each in found] == [True] * 3


@pytest.mark.parametrize("there", [b"", b"BEGIN:VCALENDAR\r\nnonsense", b"\xff\x00", b"Dear Anna"])
def test_another_file_that_is_there_says_nothing_of_before(there: bytes, folder: Path) -> None:
    Path("my.toml").write_text(plan(DROPS_DOSE))
    Path("my.ics").write_bytes(there)
    told = exported(Desk(), "my.toml")
    assert len(told) == 6 and not any(each.cancelled for each in told)


def test_events_of_another_box_are_not_told_as_cancelled(folder: Path) -> None:
    exported(desk_with(plan(DROPS_DOSE)))
    Path("other.toml").write_text(plan(dose("iron", 'at = ["23:00"]')))
    assert {each.summary for each in exported(Desk(), "other.toml")} == {"IRON"}


def test_two_doses_of_one_name_are_two_events(folder: Path) -> None:
    text = plan(dose("one", 'at = ["08:00"]'), dose("two", 'at = ["08:00"]'))
    Path("my.toml").write_text(text.replace('"ONE"', '"Iron"').replace('"TWO"', '"Iron"'))
    found = exported(Desk(), "my.toml", "--days", 1)
    assert [each.summary for each in found] == ["Iron", "Iron"]
    assert len({each.uid for each in found}) == 2


def test_the_reader_sees_what_a_calendar_must_not_be() -> None:
    long = b"SUMMARY:" + b"x" * 80
    with pytest.raises(AssertionError):
        read(b"BEGIN:VCALENDAR\r\n" + long + b"\r\nEND:VCALENDAR\r\n")
    with pytest.raises(AssertionError):
        read(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    with pytest.raises(AssertionError):
        read(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n")
