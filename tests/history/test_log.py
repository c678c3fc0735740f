"""What became of every dose, as a person sees it: a line a day, and what it adds up to."""

import csv
import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from domain import D3K2, DROPS, DROPS_DOSE, IRON_DOSE, Box, dose, plan
from dosebell import civil
from dosebell_host.actions import read_log
from dosebell_host.box.contact import Contact
from dosebell_host.errors import NoDevice
from dosebell_host.history import log_csv, log_text
from dosebell_host.history.box_log import After, BoxLog, Choice
from dosebell_host.history.measures import by_dose
from dosebell_host.history.outcomes import outcomes
from dosebell_host.history.records import FIRST_JOURNAL, parse
from dosebell_host.history.store import KnownBox
from dosebell_host.wording import marks_for
from laptop import Laptop, opened


def log_of(box: Box, folder: Path) -> BoxLog:
    return read_log.of_contact(Laptop(box, folder).meet())


def statuses(found: BoxLog) -> list[str]:
    return [f"{civil.iso(e.day)} {e.dose}/{e.slot} {e.status}" for e in found.outcomes]


def shown(found: BoxLog, width: int = 200) -> list[str]:
    return list(log_text.report(found.outcomes, found.doses, found.local, log_text.MARKS, width))


def test_more_than_a_week_is_told_by_weekday_and_by_week(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-20 07:00")
    for day in (20, 21, 22, 23, 24, 25, 26, 27):
        box.until(f"2026-11-{day} 08:05")
        if day != 24:
            box.press()
    box.until("2026-11-27 23:30")
    # Every evening was missed, and Tuesday the 24th too.
    assert shown(log_of(box, tmp_path))[-2:] == [
        "Weekdays  Mon 1 of 2, Tue 0 of 2, Wed 1 of 2, Thu 1 of 2, Fri 2 of 4, Sat 1 of 2,"
        " Sun 1 of 2",
        "Weeks     from 16 Nov 3 of 6, from 23 Nov 4 of 10",
    ]


def test_a_week_or_less_needs_no_sums_by_weekday(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-20 07:00").until("2026-11-26 23:30")
    assert not [line for line in shown(log_of(box, tmp_path)) if line.startswith("Week")]


def test_doses_have_their_names_where_there_is_room(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(IRON_DOSE, DROPS_DOSE)).until("08:05")
    box.press()
    found = log_of(box, tmp_path)
    names = {"iron": "Iron 14 mg with vitamin C", "drops": "Eye drops"}

    def lines(width: int) -> list[str]:
        marks = log_text.MARKS
        return list(log_text.report(found.outcomes, found.doses, found.local, marks, width, names))

    for width, head in (
        (80, "                Iron 14 mg with vitamin C  Eye drops"),
        (51, "                iron     drops"),
        (25, "                iron  drops"),
    ):
        assert lines(width)[0] == head
    assert lines(80)[-2:] == [
        "iron   Iron 14 mg with vitamin C: 1 of 1 taken (100 %)",
        "drops  Eye drops: 1 of 1 taken (100 %)",
    ]


def test_a_week_in_the_life_of_a_box(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    box.until("2026-11-23 07:42").press()
    box.until("2026-11-24 09:30").press()
    box.until("2026-11-25 12:40").press()
    box.until("2026-11-27 07:31")
    box.request("dose.skip", dose="d3k2", date="2026-11-27", slot=0)
    box.power_cut("2026-11-28 06:00", "2026-11-29 20:00")
    box.until("2026-11-30 07:35")
    assert shown(log_of(box, tmp_path)) == [
        "                d3k2",
        "2026-11-23 Mon  ✓ 07:42",
        "2026-11-24 Tue  ~ 09:30",
        "2026-11-25 Wed  ~ 12:40",
        "2026-11-26 Thu  ×",
        "2026-11-27 Fri  -",
        "2026-11-28 Sat  ?",
        "2026-11-29 Sun  ?",
        "2026-11-30 Mon  …",
        "",
        "✓ taken  ~ late  × missed  ? unknown  - skipped  / cancelled  … not answered yet",
        "~ late is taken when half of its time was over, or at a later meal.",
        "d3k2  3 of 5 taken (60 %), 2 of them late, 1 missed, 1 skipped, 2 unknown, not counted;"
        " longest time between two: 1 day 3 h",
    ]


def test_several_times_a_day_stand_beside_each_other(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(dose("iron", 'at = ["07:30"]'), DROPS[DROPS.index("[[dose]]") :]))
    box.until("08:05").press()
    box.until("20:05").press()
    box.until("2026-11-24 12:00")
    found = log_of(box, tmp_path)
    assert shown(found)[:3] == [
        "                iron     drops",
        "2026-11-23 Mon  ✓ 08:05  ✓ 08:05  ✓ 20:05",
        "2026-11-24 Tue  ×        ×",
    ]
    # Where a line would be too long the times of day are left out.
    assert shown(found, width=30)[:3] == [
        "                iron  drops",
        "2026-11-23 Mon  ✓     ✓✓",
        "2026-11-24 Tue  ×     ×",
    ]


def test_an_intake_after_midnight_belongs_to_its_date(tmp_path: Path) -> None:
    box = Box.with_schedule(plan(dose("d3k2", 'at = ["23:00"]')))
    box.until("2026-11-24 00:20").press()
    assert shown(log_of(box, tmp_path))[1] == "2026-11-23 Mon  ✓ Tue 00:20"


def test_the_last_record_stands(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("2026-11-23 07:42")
    box.press()
    box.request("dose.undo", dose="d3k2", date="2026-11-23", slot=0)
    laptop = Laptop(box, tmp_path)
    assert statuses(read_log.of_contact(laptop.meet())) == ["2026-11-23 d3k2/0 open"]
    box.until("2026-11-23 16:00")
    assert statuses(read_log.of_contact(laptop.meet())) == ["2026-11-23 d3k2/0 missed"]
    at = box.at("2026-11-23 07:50") + civil.UNIX_2000
    box.request("dose.take", dose="d3k2", date="2026-11-23", slot=0, utc=at)
    found = read_log.of_contact(laptop.meet())
    assert statuses(found) == ["2026-11-23 d3k2/0 taken"]
    assert found.local.iso(found.outcomes[0].taken_s or 0) == "2026-11-23T07:50:00+01:00"


def test_a_gap_is_expanded_with_the_schedule_of_that_time(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00").until("2026-11-23 08:05")
    box.press()
    laptop = Laptop(box, tmp_path)
    laptop.meet()
    box.power_cut("2026-11-23 12:00", "2026-11-25 12:00")
    # What is pushed afterwards changes nothing of what was planned before.
    box.push(plan(dose("drops", 'at = ["06:00"]')))
    box.until("2026-11-25 13:00")
    assert statuses(read_log.of_contact(laptop.meet())) == [
        "2026-11-23 drops/0 taken",
        "2026-11-23 drops/1 unknown",
        "2026-11-24 drops/0 unknown",
        "2026-11-24 drops/1 unknown",
        "2026-11-25 drops/0 unknown",
    ]


def test_a_gap_under_a_schedule_that_is_not_known_here_is_told(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00")
    box.power_cut("2026-11-23 12:00", "2026-11-25 12:00")
    box.push(D3K2)
    found = log_of(box, tmp_path)
    assert list(log_text.log_warnings(found, Laptop(box, tmp_path).now())) == [
        "From 2026-11-23 12:00 to 2026-11-25 12:00 the box was off or had no clock. This laptop"
        " never saw the schedule of that time, so its doses are not shown."
    ]


def test_without_the_box_the_log_says_how_old_it_is(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:42")
    box.press()
    laptop = Laptop(box, tmp_path)
    contact, met_at = laptop.meet(), laptop.now()
    box.wait(7200)
    found = read_log.read_log(laptop.history, nobody_answers, None, None, laptop.now())
    assert list(log_text.log_warnings(found, laptop.now())) == [
        f"The box {contact.hello.device_id} does not answer.",
        "This is what this laptop read from it 2 h ago.",
    ]
    # The box may live at a time of its own: its last word is its now.
    assert (found.entries, found.read_at, found.now_s) == (
        read_log.of_contact(contact).entries,
        met_at,
        box.at("2026-11-23 07:42"),
    )


@pytest.mark.parametrize(
    ("port", "device"), [(None, None), ("/dev/ttyACM0", None), ("/dev/ttyACM0", "box")]
)
def test_where_no_log_can_be_told_it_is_the_port_that_is_complained_of(
    port: str | None, device: str | None, tmp_path: Path
) -> None:
    history = opened(tmp_path)
    if port:
        history.note_box(KnownBox("box1", "pico", "", "", 1000.0))
    with pytest.raises(NoDevice, match="nobody is there"):
        read_log.read_log(history, nobody_answers, port, device, 2000.0)


def test_where_another_box_answers_the_saved_log_of_the_one_named_is_told(tmp_path: Path) -> None:
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    laptop.history.note_box(KnownBox("other", "pico", "", "", 1000.0))
    asked: list[str | None] = []

    def the_box_there_is(port: str | None) -> AbstractContextManager[Contact]:
        asked.append(port)
        return nullcontext(laptop.meet())

    found = read_log.read_log(laptop.history, the_box_there_is, None, "oth", 2000.0)
    assert (found.device_id, found.read_at, asked) == ("other", 1000.0, ["id:oth"])


@contextmanager
def nobody_answers(port: str | None) -> Iterator[Contact]:
    raise NoDevice("nobody is there")
    yield


def test_a_gap_makes_nothing_unknown_that_the_box_never_reminded_of(tmp_path: Path) -> None:
    # Pushed at noon, so the dose begins with the evening.
    box = Box.with_schedule(DROPS, at="2026-11-23 10:00")
    box.power_cut("2026-11-23 10:05", "2026-11-24 12:00")
    assert statuses(log_of(box, tmp_path)) == [
        "2026-11-23 drops/1 unknown",
        "2026-11-24 drops/0 unknown",
    ]


def test_a_gap_also_covers_what_a_clock_set_back_before_the_push_opens(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 10:00", battery_clock=False)
    box.set_clock("2026-11-20 12:00", force=True)
    box.power_cut("2026-11-20 12:05", "2026-11-22 00:00").wait(1)
    box.set_clock("2026-11-22 00:00")
    assert statuses(log_of(box, tmp_path)) == [
        "2026-11-20 drops/1 unknown",
        "2026-11-21 drops/0 unknown",
        "2026-11-21 drops/1 unknown",
    ]


def test_a_dose_noted_afterwards_is_no_longer_unknown(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00")
    box.power_cut("2026-11-23 07:05", "2026-11-24 12:00")
    box.request("dose.take", dose="drops", date="2026-11-23", slot=1)
    assert statuses(log_of(box, tmp_path)) == [
        "2026-11-23 drops/0 unknown",
        "2026-11-23 drops/1 taken",
        "2026-11-24 drops/0 unknown",
    ]


def test_days_off_by_plan_are_marked_and_not_counted(tmp_path: Path) -> None:
    holiday = "[[except]]\nfrom = 2026-11-24\nto = 2026-11-25\noff = true\n"
    box = Box.with_schedule(D3K2 + holiday, at="2026-11-23 07:00").until("07:31")
    box.press()
    box.until("2026-11-26 07:31").press()
    found = log_of(box, tmp_path)
    assert [line[16:] for line in shown(found)[1:5]] == ["✓ 07:31", "-", "-", "✓ 07:31"]
    assert shown(found)[-1] == (
        "d3k2  2 of 2 taken (100 %), 2 off by plan, not counted; longest time between two: 3 days"
    )


def test_adherence_of_nothing_known_is_nothing() -> None:
    gap = "5 1 1795500000 host gap - - - from=1795300000,to=1795500000"
    assert by_dose(outcomes([parse(gap, FIRST_JOURNAL)], lambda revision: None)) == []


def test_since_and_dose_choose_what_is_shown(tmp_path: Path) -> None:
    box = Box.with_schedule(DROPS, at="2026-11-23 07:00").until("2026-11-26 12:00")
    found = log_of(box, tmp_path)
    since = Choice(first_day=civil.day_from_iso("2026-11-25"))
    assert [each.day for each in since.outcomes(found)] == [
        civil.day_from_iso("2026-11-25")
    ] * 2 + [civil.day_from_iso("2026-11-26")]
    last = found.entries[-1].seq
    assert [entry.seq for entry in Choice(after=After(last - 2)).entries(found)] == [
        last - 1,
        last,
    ]
    assert Choice(dose="other").outcomes(found) == []


def test_records_as_json(tmp_path: Path) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("2026-11-23 07:42")
    box.press()
    found = log_of(box, tmp_path)
    boot, *_, taken = [entry.to_json(found.local) for entry in found.entries]
    assert taken == {
        "journal": box.request("hello")["journal"]["id"],
        "seq": found.entries[-1].seq,
        "boot": 1,
        "at": "2026-11-23T07:42:00+01:00",
        "trust": "host",
        "kind": "taken",
        "dose": "d3k2",
        "date": "2026-11-23",
        "slot": 0,
        "due": "2026-11-23T07:30:00+01:00",
        "detail": {"late_s": 720},
    }
    assert boot["kind"] == "boot"
    assert [boot[key] for key in ("dose", "date", "slot", "due")] == [None] * 4


def test_csv_has_a_status_and_runs_no_formula(tmp_path: Path) -> None:
    text = plan(dose("d3k2", 'at = ["07:30"]').replace('"D3K2"', '\'=cmd|"/c calc"!A1, "x"\''))
    box = Box.with_schedule(text, at="2026-11-23 07:00").until("2026-11-23 09:42")
    box.press()
    box.until("2026-11-24 12:00")
    found = log_of(box, tmp_path)
    rows = list(csv.reader(io.StringIO(log_csv.outcomes_csv(found.outcomes, found))))
    name = '\'=cmd|"/c calc"!A1, "x"'
    assert rows == [
        ["date", "dose", "slot", "status", "taken_at", "late_minutes", "name"],
        ["2026-11-23", "d3k2", "0", "late", "2026-11-23 09:42:00+01:00", "132", name],
        ["2026-11-24", "d3k2", "0", "missed", "", "", name],
    ]
    records = list(csv.DictReader(io.StringIO(log_csv.records_csv(found.entries, found.local))))
    assert [row["kind"] for row in records] == [entry.kind for entry in found.entries]


def test_marks_for_a_terminal_without_them() -> None:
    marks, plain = log_text.MARKS, log_text.PLAIN_MARKS
    chosen = [marks_for(each, marks, plain) for each in ("utf-8", "cp1252", "ascii", None)]
    assert chosen == [marks, plain, plain, plain]


def test_records_as_lines(tmp_path: Path) -> None:
    box = Box.bare("2026-11-23 07:00").wait(5)
    box.press()
    box.set_clock("2026-11-23 07:00")
    box.push(D3K2)
    box.until("2026-11-23 07:31").wait(1).press()
    found = log_of(box, tmp_path)
    lines = [log_text.record_line(entry, found.local)[8:] for entry in found.entries]
    assert lines == [
        "(clock not set)      boot      why=power board=virtual",
        "(clock not set)      pressed   uptime_s=5",
        "2026-11-23 07:00:00  clock     step_s=0 was=unset",
        f"2026-11-23 07:00:00  schedule  revision={box.request('hello')['revision']}",
        "2026-11-23 07:30:00  ringing   d3k2 2026-11-23 07:30 n=0 meal=breakfast",
        "2026-11-23 07:31:00  taken     d3k2 2026-11-23 07:30 late_s=60",
    ]
