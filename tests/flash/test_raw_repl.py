"""A board's file system through its REPL: what is written, and what becomes of the board."""

import hashlib
import re
from pathlib import Path

import pytest

from board_flash import BoardFlash
from board_modules import Restart
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash import raw_repl
from dosebell_host.flash.raw_repl import Found
from flashing import OLD, VERSIONS, with_app
from raw_repl_board import PICO, PICO_2, RawReplBoard, plugged

SERVING = 0x5E8
TEN_MINUTES_MS = 600_000


def entered(board: RawReplBoard) -> raw_repl.RawBoard:
    return raw_repl.enter(Target(board.port, "the board"), Reach())


@pytest.mark.parametrize(
    ("machine", "service"), [(PICO, 0x40058014), (PICO_2, 0x400D8014)], ids=["Pico", "Pico 2"]
)
def test_who_enters_stops_the_watchdog_and_leaves_a_way_back(machine: str, service: int) -> None:
    with plugged(with_app(OLD), VERSIONS, machine=machine) as board:
        assert board.started() == OLD.version
        raw = entered(board)
        timer = board.name_on_board("_dead_man")
        assert (board.watchdog_s, board.mem32[service], timer.period_ms) == (
            None,
            SERVING,
            TEN_MINUTES_MS,
        )
        # Nobody came back in that time.
        with pytest.raises(Restart):
            timer.callback(timer)
        assert board.mem32[service] == 0
        raw.restart()
        board.wait_for_starts(2)
        assert board.runs == OLD.version


def test_a_board_in_service_mode_has_its_way_back_already() -> None:
    with plugged(BoardFlash()) as board:
        board.mem32[0x40058014] = 0xEE_10_0000 | SERVING
        raw = entered(board)
        # The light's pin stays, and the time begins anew.
        assert board.mem32[0x40058014] == 0x10_0000 | SERVING
        assert board.name_on_board("_dead_man") is None
        raw.close()


def test_a_board_that_becomes_a_drive_keeps_no_time() -> None:
    """Nobody counts how long it stays one: better unset than wrong."""
    mark = 0x4005800C
    with plugged(BoardFlash()) as board:
        board.mem32[0x40058014], board.mem32[mark] = SERVING, 0x0D05EBE1
        raw = entered(board)
        assert board.mem32[mark] == 0x0D05EBE1
        raw.start_bootloader()
        assert board.mem32[mark] == 0


@pytest.mark.parametrize("size", [0, 1, 512, 2047, 2048, 2049, 70_000])
def test_a_file_comes_back_as_it_was_written(size: int) -> None:
    data = bytes(number * number % 251 for number in range(size))
    with plugged(BoardFlash()) as board:
        raw = entered(board)
        raw.write("/file.bin", data)
        assert raw.read("/file.bin") == board.flash.contents["/file.bin"] == data
        assert raw.look_at("/file.bin", "/none.bin") == {
            "/file.bin": Found(size, hashlib.sha256(data).hexdigest())
        }
        raw.close()


def test_folders_are_seen_and_removed_with_what_is_in_them() -> None:
    flash = BoardFlash({"/a/b/c.txt": b"c", "/a/d.txt": b"d", "/e.txt": b"e"})
    with plugged(flash) as board:
        raw = entered(board)
        assert sorted(raw.tree("/a", "/none")) == ["/a/b/", "/a/b/c.txt", "/a/d.txt"]
        raw.remove("/a")
        raw.remove("/a")
        assert (flash.contents, flash.folders) == ({"/e.txt": b"e"}, {"/"})
        raw.close()


def test_a_copy_that_differs_is_not_put_in_place() -> None:
    flash = BoardFlash({"/a.txt": b"a", "/b.txt": b"b"})
    with plugged(flash) as board:
        raw = entered(board)
        with pytest.raises(UserError, match="what the board reads back is not what was written"):
            raw.copy("/a.txt", "/b.txt", hashlib.sha256(b"other").hexdigest())
        assert flash.contents["/b.txt"] == b"b"
        raw.close()


def test_a_board_that_goes_away_is_told() -> None:
    with plugged(BoardFlash()) as board:
        raw = entered(board)
        board.unplug()
        with pytest.raises(NoDevice, match="the board went away; plug it in again"):
            raw.facts()
        # There is nobody left to be started again.
        raw.restart()


def test_the_registers_are_those_of_main_py() -> None:
    text = (Path(__file__).parents[2] / "firmware" / "main.py").read_text()
    assert {"0x40058014", "0x400D8014", f"0x{SERVING:X}"} <= set(re.findall(r"0x[0-9A-F]+", text))
