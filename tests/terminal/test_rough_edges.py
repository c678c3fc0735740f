"""What a person reads where something is a little odd: the reason, and what to type next."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desk import Desk
from domain import D3K2, D3K2_DOSE, DROPS_DOSE, IRON_DOSE, Box, dose, plan
from dosebell_host.box.running_virtuals import find_all
from dosebell_host.sim.wire import Wire

BOTH = plan(D3K2_DOSE, DROPS_DOSE)


@pytest.fixture
def desk() -> Desk:
    """Beside a box at which D3 + K2 was taken, and that knows two doses."""
    desk = Desk(Box.with_schedule(BOTH, at="2026-11-23 07:00").until("07:31"))
    assert desk.box is not None
    desk.box.press()
    desk.box.until("07:40")
    return desk


def test_what_is_no_date_is_told_before_the_boxes_are(desk: Desk) -> None:
    for box in (desk.box, Box.with_schedule(D3K2)):
        desk.box = box
        desk.gets("status")
    desk.box = None
    assert desk.gets("log", "--since", "foo", code=2)["error"]["message"] == '"foo" is no date'


@pytest.mark.parametrize("command", ["log", "report", "export json"])
def test_bytes_that_are_no_text_are_the_name_of_no_box(desk: Desk, command: str) -> None:
    desk.gets("status")
    desk.box = None
    told = desk.gets(*command.split(), "--device", "\udcff", code=1)["error"]["message"]
    assert told.startswith("this laptop never met a box ")


def test_a_port_where_no_box_is_any_more_leads_to_what_was_read(desk: Desk) -> None:
    device_id = desk.gets("status")["device_id"]
    desk.box = None
    saved = f"without a port, `dosebell log --device {device_id}` shows what was read before"
    for port, first in (
        (f"id:{device_id[:4]}", "see `dosebell ports`"),
        ("virtual", "start one with: dosebell virtual"),
    ):
        error = desk.gets("log", "--port", port, code=4)["error"]
        assert error["fix"] == f"{first}; {saved}"
    assert "log --device" not in desk.gets("log", "--port", "id:0000", code=4)["error"]["fix"]
    assert desk.types("log", "--device", device_id).exit_code == 0


def test_past_the_last_record_it_says_so(desk: Desk) -> None:
    newest = desk.gets("log")["items"][-1]
    for after in (newest["seq"], 99999):
        shown = desk.types("log", "--after", after)
        assert (shown.exit_code, shown.stdout, shown.stderr) == (
            0,
            "",
            "Nothing is noted after that record; the newest record is"
            f" {newest['journal']}:{newest['seq']}.\n",
        )


def test_an_undo_of_no_dose_says_that_there_is_none(desk: Desk) -> None:
    error = desk.gets("undo", "vitamin", code=1)["error"]
    assert (error["code"], error["message"]) == ("no-dose", 'the box has no dose "vitamin"')
    assert desk.gets("undo", "drops", code=1)["error"]["code"] == "open"


def test_more_taken_than_counted_is_no_negative_number_of_pieces() -> None:
    stocked = dose("d3k2", 'at = ["07:30"]', "stock = { count = 1, per_intake = 2, low = 7 }")
    desk = Desk(Box.with_schedule(plan(stocked)).until("07:31"))
    taken = desk.types("take")
    beyond = "empty by the count; 1 was taken beyond it"
    assert taken.stdout.endswith(f", {beyond}.\n")
    assert taken.stderr == f"d3k2: {beyond}: dosebell stock d3k2 N.\n"
    assert desk.types("stock", "d3k2").stdout == f"d3k2: {beyond}: dosebell stock d3k2 N.\n"
    assert desk.types("stock").stdout == f"d3k2: {beyond}: dosebell stock d3k2 N\n"
    assert f"Stock     d3k2: {beyond}: dosebell stock d3k2 N\n" in desk.types("status").stdout
    desk.box = None
    assert f"Stock     d3k2: {beyond}: dosebell stock d3k2 N\n" in desk.types("status").stdout


def test_a_time_of_another_day_has_its_date() -> None:
    late = dose("late", 'at = ["23:30"]', 'late = "3h"')
    desk = Desk(Box.with_schedule(plan(late), at="2026-11-23 20:00").until("23:31"))
    assert "Now       late rings, until Tue 24 Nov 02:30" in desk.types("status").stdout
    assert desk.box is not None
    desk.box.until("2026-11-24 00:10")
    assert "Now       late rings, until 02:30" in desk.types("status").stdout


def test_what_a_push_took_back_has_a_mark(desk: Desk) -> None:
    assert desk.box is not None
    desk.box.until("08:01").push(plan(D3K2_DOSE))
    shown = desk.types("log").stdout.splitlines()
    assert shown[:2] == ["                d3k2     drops", "2026-11-23 Mon  ✓ 07:31  /"]
    assert "/ cancelled" in shown[3]


def test_the_columns_stand_in_the_order_of_the_schedule_whatever_days_are_shown() -> None:
    weekly = dose("a-first", 'at = ["09:00"]', days='["tue"]')
    box = Box.with_schedule(plan(weekly, IRON_DOSE), at="2026-11-23 06:00")
    desk = Desk(box.until("2026-11-25 06:00"))
    for since in ("2026-11-23", "2026-11-24"):
        lines = desk.types("log", "--since", since).stdout.splitlines()
        assert lines[0].split() == ["a-first", "iron"]
        assert [line.split()[0] for line in lines[-2:]] == ["a-first", "iron"]


def test_the_name_of_a_file_makes_no_second_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb\x07.toml"
    for text in (None, "version = 1", D3K2):
        if text is not None:
            path.write_text(text, encoding="utf-8")
        said = Desk().types("check", path).output
        assert "a\\nb\\x07.toml" in said
        assert "\nb" not in said


class Stopping(Wire):
    """A person presses Ctrl-C once the box has heard of an intake."""

    def write(self, data: bytes, /) -> int:
        sent = super().write(data)
        if b"dose.take" in data:
            raise KeyboardInterrupt
        return sent


def test_a_ctrl_c_after_it_was_done_says_so() -> None:
    desk = Desk(Box.with_schedule(D3K2).until("07:31"))

    def opened(port: str) -> Any:
        assert desk.box is not None
        return Stopping(desk.box.world)

    desk.reach = replace(desk.reach, open=opened)
    stopped = desk.types("take")
    assert (stopped.exit_code, stopped.stdout, stopped.stderr.split("\n")) == (
        130,
        "",
        [
            "What the box was told before that is done; `dosebell log` shows it.",
            "",
            "Stopped.",
            "",
        ],
    )


def test_a_data_folder_that_is_none_hides_no_virtual_board(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    folder.write_text("a file")
    monkeypatch.setenv("DOSEBELL_DATA", str(folder))
    desk = Desk()
    desk.reach = replace(desk.reach, find_virtuals=find_all)
    error = desk.gets("status", "--port", "virtual", code=4)["error"]
    assert (error["code"], error["message"]) == (
        "folder",
        f"no virtual board can be found: {folder} cannot be used (Not a directory)",
    )
