"""Messages about simulated boxes: what is said, when, and what a restart does not say again."""

import os
import stat
import time
from pathlib import Path

import pytest

from domain import Box, dose, plan
from dosebell_host.errors import UserError
from dosebell_host.history.store import Pushed, open_history
from messages import ToldPerson
from watched import WatchedDesk

DROPS = dose("drops", 'at = ["08:00"]')
HOUR_S = 3600


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quiet hours are those of the laptop."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()


def told(
    folder: Path, *when: str, at: str = "07:55", toml: str = "", **more: object
) -> ToldPerson:
    """One who is told of a box that rings at eight."""
    box = Box.with_schedule(toml or plan(DROPS), at="2026-11-23 06:59").until(at)
    person = ToldPerson(WatchedDesk(folder, usb0=box), folder, *when, **more)
    person.look()
    return person


def name_box(person: ToldPerson, name: str = "", of: str = "") -> None:
    """The box is called so, and the file that was pushed from this laptop says whose it is."""
    [view] = person.watcher.views()
    assert view.status is not None
    history = open_history(print, person.folder / "history.sqlite3")
    if name:
        history.name_box(view.device_id, name)
    file = Pushed("my.toml", f'[person]\nname = "{of}"\n'.encode())
    history.save_push(view.device_id, view.status.hello.revision, file, 0.0)
    history.close()
    person.killed()


def test_what_nobody_answers_is_told_once_and_once_that_it_is_taken(tmp_path: Path) -> None:
    anna = told(tmp_path, "unanswered 2h")
    name_box(anna, of="Anna")
    assert anna.look(2 * HOUR_S) == []
    assert anna.look(600) == ["10:05: Anna has not taken DROPS (due 08:00)."]
    assert anna.look(600) == []
    anna.desk.boxes["usb0"].press()
    assert anna.look(60) == ["10:16: Anna has taken DROPS at 10:15."]
    assert anna.look(86_400 - 4 * HOUR_S) == []
    anna.close()


def test_what_is_missed_is_told_by_its_rule_alone(tmp_path: Path) -> None:
    both = told(tmp_path, "unanswered 30m", "missed")
    name_box(both, "mother")
    assert [both.look(HOUR_S), both.look(12 * HOUR_S), both.look(3 * HOUR_S)] == [
        ["08:55: mother: DROPS is not taken (due 08:00)."],
        ["20:55: mother: DROPS of 08:00 was missed."],
        [],
    ]
    both.close()


def test_one_who_is_not_told_of_missed_hears_that_an_unanswered_one_was(tmp_path: Path) -> None:
    anna = told(tmp_path, "unanswered 30m")
    name_box(anna, "mother")
    anna.look(HOUR_S)
    assert anna.look(12 * HOUR_S) == ["20:55: mother: DROPS of 08:00 was missed."]
    anna.close()


@pytest.mark.parametrize("ends", ["missed", "skipped"])
def test_one_who_is_not_told_of_missed_hears_how_it_ended_after_midnight(
    ends: str, tmp_path: Path
) -> None:
    evening = plan(dose("drops", 'at = ["22:00"]', 'late = "3h"'))
    anna = told(tmp_path, "unanswered 30m", at="2026-11-23 21:55", toml=evening)
    name_box(anna, of="Anna")
    assert anna.look(2 * HOUR_S) == ["23:55: Anna has not taken DROPS (due 22:00)."]
    anna.look(600)
    if ends == "skipped":
        anna.desk.boxes["usb0"].request("dose.skip", dose="drops", date="2026-11-23")
    assert anna.look(2 * HOUR_S) == [f"02:05: Anna has {ends} DROPS of Mon 22:00."]
    anna.close()


@pytest.mark.parametrize("rule", ["missed", "unanswered 30m"])
def test_what_fell_due_while_the_box_was_off_is_told_when_it_is_back(
    rule: str, tmp_path: Path
) -> None:
    anna = told(tmp_path, rule, at="07:50")
    name_box(anna, "mother")
    box = anna.desk.boxes["usb0"]
    anna.look()
    anna.desk.pull("usb0")
    box.world.power_off()
    before = anna.look(13 * HOUR_S)
    box.world.power_on()
    anna.desk.plug("usb0", box)
    said = "20:51: mother: It is not known whether DROPS of 08:00 was taken: the box was off."
    assert anna.look(60) + anna.look(60) == [said]
    # Who is told of what is not answered has heard that this is not known, and why.
    assert len(before) == (rule != "missed")
    anna.close()


def test_a_missed_dose_that_is_put_right_is_told_even_on_the_next_day(tmp_path: Path) -> None:
    anna = told(tmp_path, "missed", at="2026-11-23 07:55")
    name_box(anna, of="Anna")
    assert anna.look(15 * HOUR_S) == ["22:55: Anna has missed DROPS of 08:00."]
    anna.killed()
    box = anna.desk.boxes["usb0"]
    anna.look(2 * HOUR_S)
    box.request("dose.take", dose="drops", date="2026-11-23")
    assert anna.look(60) == ["00:56: Anna has taken DROPS at Mon 08:00."]
    assert anna.look(60) == []
    anna.close()


def test_while_the_box_is_away_it_is_not_known_and_later_it_is(tmp_path: Path) -> None:
    anna = told(tmp_path, "unanswered 1h", "silent 30m")
    name_box(anna, of="Anna")
    anna.look()
    anna.desk.pull("usb0")
    assert [anna.look(1500), anna.look(600)] == [
        [],
        ["08:30: The box of Anna has not been heard since 07:55."],
    ]
    assert anna.look(HOUR_S) == [
        "09:30: It is not known whether DROPS was taken (due 08:00). The box of Anna has not been"
        " heard since 07:55."
    ]
    anna.killed()
    assert anna.look(HOUR_S) == []
    box = anna.desk.boxes["usb0"]
    box.press()
    anna.desk.plug("usb0", box)
    assert anna.look(60) == [
        "10:31: Anna has taken DROPS at 10:30.",
        "10:31: The box of Anna is heard again.",
    ]
    anna.close()


def test_what_holds_when_quiet_ends_is_told_then_and_what_came_and_went_never(
    tmp_path: Path,
) -> None:
    late = plan(dose("late", 'at = ["22:30"]', 'late = "12h"'), dose("night", 'at = ["23:00"]'))
    anna = told(tmp_path, "unanswered 30m", quiet="22:00-07:00", toml=late, at="21:59")
    name_box(anna, "mother")
    assert anna.look(3 * HOUR_S) == []
    anna.desk.boxes["usb0"].request("dose.take", dose="night")
    assert anna.look(3 * HOUR_S) == []
    assert anna.look(3 * HOUR_S + 60) == ["07:00: mother: LATE is not taken (due Mon 22:30)."]
    anna.close()


def test_a_stock_that_comes_to_its_end_is_told_with_the_day(tmp_path: Path) -> None:
    counted = dose("d3k2", 'at = ["07:30"]', "stock = { count = 9, per_intake = 1, low = 3 }")
    anna = told(tmp_path, "low", toml=plan(counted))
    name_box(anna, of="Anna")
    said = []
    for left in (3, 2, 40, 0):
        anna.desk.boxes["usb0"].request("dose.stock", dose="d3k2", count=left)
        said.append(anna.look(60))
    assert said == [
        ["07:56: Anna: 3 of D3K2 left, runs out on Thu 26 Nov."],
        [],
        ["07:58: Anna: 40 of D3K2 again."],
        ["07:59: Anna: by the count nothing is left of D3K2."],
    ]
    anna.close()


def test_a_clock_that_is_lost_is_told_until_it_is_set(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=Box.bare())
    anna = ToldPerson(desk, tmp_path, "clock lost")
    first = anna.look()
    desk.boxes["usb0"].set_clock("2026-11-23 07:01")
    again = anna.look(60)
    assert [[line.split(maxsplit=4)[-1] for line in said] for said in (first, again)] == [
        ["has lost the time, so nothing rings when due."],
        ["knows the time again."],
    ]
    anna.close()


def test_a_box_in_a_drawer_is_nobodys_concern_but_one_that_is_named_is(tmp_path: Path) -> None:
    first = told(tmp_path, "low")
    [view] = first.watcher.views()
    first.close()
    first.desk.pull("usb0")
    (tmp_path / "told.json").unlink()
    anyone = ToldPerson(first.desk, tmp_path, "silent 30m")
    anyone.look()
    assert anyone.look(HOUR_S) == []
    anyone.close()
    named = ToldPerson(first.desk, tmp_path, "silent 30m", box=view.device_id)
    named.look()
    assert len(named.look(HOUR_S)) == 1
    named.close()


def test_nobody_else_can_read_what_was_told_and_a_damaged_file_is_begun_anew(
    tmp_path: Path,
) -> None:
    anna = told(tmp_path, "unanswered 1h")
    anna.look(2 * HOUR_S)
    path = tmp_path / "told.json"
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    path.write_text('{"told": 5', encoding="utf-8")
    anna.killed()
    assert len(anna.look()) == 1
    anna.close()


def test_times_are_those_of_the_person_also_before_the_box_is_heard_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = told(tmp_path, "silent 30m")
    name_box(anna, "mother")
    anna.look()
    anna.desk.pull("usb0")
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    anna.killed()
    anna.look()
    assert anna.look(HOUR_S) == [
        "08:55: The box mother has not been heard since this machine watches."
    ]
    anna.close()


def test_what_is_over_before_the_service_works_again_is_not_told(tmp_path: Path) -> None:
    anna = told(tmp_path, "unanswered 1h", "missed")
    anna.service.works = False
    with pytest.raises(UserError, match="did not take the message"):
        anna.look(2 * HOUR_S)
    anna.desk.boxes["usb0"].press()
    anna.watcher.look()
    anna.service.works = True
    assert anna.look(60) == []
    anna.close()
