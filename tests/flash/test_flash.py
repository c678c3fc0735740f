"""`dosebell flash` at a board whose REPL mpremote itself talks to."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from board_flash import BoardFlash
from device_rules import compiles, problems
from documents import faults
from dosebell_host.errors import DeviceRefused, NoDevice
from dosebell_host.flash import on_board
from dosebell_host.flash.install import flash
from dosebell_host.flash.report import report_lines
from dosebell_host.flash.steps import wanted_start_files
from dosebell_host.flash.target import FlashWishes
from dosebell_host.history.store import open_history
from dosebell_host.talk import Talk
from dosebell_host.terminal.contract.schema import document
from flashing import (
    FOREIGN,
    NEW,
    OLD,
    OLDER,
    VERSIONS,
    complaint,
    looking,
    own_files,
    reach_of,
    run,
    version_files,
    with_app,
)
from raw_repl_board import PICO_2, PICO_W, plugged
from waiting import HANG_S


def test_a_fresh_board_gets_everything_and_runs_it() -> None:
    with plugged(BoardFlash(), VERSIONS) as board:
        done, notes = run(board)
        delivery = done.delivery
        assert (board.runs, delivery.before, delivery.fallback) == (NEW.version, "", "")
        assert notes == [looking(board.port)]
        assert (
            board.flash.contents.items()
            >= {
                **wanted_start_files(),
                **version_files(NEW),
                "/app/current": NEW.version.encode(),
            }.items()
        )
        assert list(report_lines(done)) == [
            "Raspberry Pi Pico with RP2040, MicroPython 1.29.0.",
            f"Version {NEW.version} runs. {len(NEW.files) + 2} files,"
            f" {-(-sum(delivery.uploaded.values()) // 1000)} kB sent.",
            "It has a battery clock, and knows the time after a power cut.",
        ]


def test_an_upgrade_sends_what_differs_and_keeps_the_version_before() -> None:
    with plugged(with_app(OLD, OLDER), VERSIONS) as board:
        done, notes = run(board)
        delivery = done.delivery
        assert board.runs == NEW.version
        assert {name.rpartition("/")[2] for name in delivery.uploaded} == {
            "app.mpy",
            "box.mpy",
            "zone.mpy",
        }
        assert (delivery.copied, delivery.before, delivery.fallback) == (
            len(NEW.files) - 3,
            OLD.version,
            OLD.version,
        )
        # The version before that one has gone.
        assert board.flash.listdir("/app") == sorted(
            [OLD.version, NEW.version, "current", "previous"]
        )
        assert board.flash.contents["/app/previous"].decode() == OLD.version
        assert notes[0] == "The box gives no reminders until this is done."


def test_journal_and_documents_are_saved_first() -> None:
    lying = with_app(OLD)
    before = own_files(lying)
    with plugged(lying, VERSIONS) as board:
        done, notes = run(board)
    assert done.saved is not None
    kept = {path: (done.saved / path[1:]).read_bytes() for path in before}
    log = next(path for path in before if path.startswith("/log/"))
    # The box has started once since, and noted that.
    assert kept[log].startswith(before[log])
    assert kept["/state/device_id"] == before["/state/device_id"]
    assert done.saved.parent.name == done.device_id
    assert notes[-1] == f"What was on it is saved in {done.saved}"


def test_a_second_time_there_is_nothing_to_send() -> None:
    with plugged(with_app(NEW), VERSIONS) as board:
        done, _ = run(board)
        delivery = done.delivery
        assert (board.runs, delivery.uploaded, delivery.copied, delivery.kept) == (
            NEW.version,
            {},
            0,
            len(NEW.files),
        )
        assert list(report_lines(done))[1] == (
            f"Version {NEW.version} was on it already, whole; nothing had to be sent."
        )


def test_files_that_are_damaged_or_gone_are_mended() -> None:
    lying = with_app(NEW)
    stem = f"/app/{NEW.version}/dosebell"
    del lying.contents[f"{stem}/plan.mpy"]
    lying.contents[f"{stem}/app.mpy"] = b"torn"
    with plugged(lying, VERSIONS) as board:
        assert board.started() == ""
        done, _ = run(board)
        assert (sorted(done.delivery.uploaded), board.runs) == (
            [f"{stem}/app.mpy", f"{stem}/plan.mpy"],
            NEW.version,
        )


def test_back_to_the_version_before_needs_nothing_sent() -> None:
    with plugged(with_app(OLD, NEW), VERSIONS) as board:
        done, _ = run(board)
        assert (done.delivery.uploaded, done.delivery.copied, board.runs) == ({}, 0, NEW.version)
        assert board.flash.contents["/app/previous"].decode() == OLD.version


def test_other_folders_in_app_are_left_alone() -> None:
    lying = with_app(OLD)
    lying.mkdir("/app/mine")
    lying.contents["/app/mine/notes.txt"] = b"mine"
    with plugged(lying, VERSIONS) as board:
        run(board)
        assert lying.contents["/app/mine/notes.txt"] == b"mine"


@pytest.mark.parametrize(
    "options",
    [{"tcp": True}, {"raw_paste": False}, {"machine": PICO_W}, {"machine": PICO_2}],
    ids=["tcp", "without raw paste", "Pico W", "Pico 2"],
)
def test_other_ports_and_boards_work_too(options: dict[str, Any]) -> None:
    with plugged(with_app(OLD), VERSIONS, **options) as board:
        run(board)
        assert board.runs == NEW.version


def test_an_app_that_hangs_is_stopped_together_with_its_watchdog() -> None:
    with plugged(with_app(OLD), VERSIONS, answers_hello=False, watchdog_s=1.0) as board:
        message = complaint(board, NoDevice)
        # It was installed all the same; the new one hangs as the old one did.
        assert message.startswith(f"version {NEW.version} is on the board, whole, but it does not")
        # Its first start, and the one after the installation.
        board.wait_for_starts(2)
        assert board.runs == NEW.version
        assert board.flash.contents["/app/current"].decode() == NEW.version


def test_a_version_that_crashes_gets_another_one_and_the_one_that_runs_stays() -> None:
    lying = with_app(OLD, OLDER)
    with plugged(lying, VERSIONS, crashing=frozenset({OLD.version}), watchdog_s=1.0) as board:
        assert board.started() == ""
        done, _ = run(board)
        assert (board.runs, done.delivery.fallback) == (NEW.version, OLDER.version)


def test_a_new_version_that_crashes_is_told_and_the_old_one_runs_again() -> None:
    with plugged(
        with_app(OLD), VERSIONS, crashing=frozenset({NEW.version}), watchdog_s=1.0
    ) as board:
        message = complaint(board, DeviceRefused)
        assert (message, board.runs) == (
            f"version {NEW.version} does not run on this board (KeyError: 'dose'); version"
            f" {OLD.version} runs instead; nothing is lost. `dosebell doctor` tells more.",
            OLD.version,
        )


def test_room_is_made_by_the_version_before_the_last() -> None:
    lying = with_app(OLD, OLDER)
    # Not enough for three versions, but for two.
    lying.blocks = lying.used() + 30
    with plugged(lying, VERSIONS) as board:
        done, _ = run(board)
        assert (board.runs, done.delivery.fallback) == (NEW.version, OLD.version)


def test_a_dry_run_at_a_box_that_answers_does_not_disturb_it() -> None:
    with plugged(with_app(OLD), VERSIONS) as board:
        done, notes = run(board, dry_run=True)
        assert (board.starts, board.runs, notes) == ([OLD.version], OLD.version, [])
        size = -(-sum(map(len, NEW.files.values())) // 1000)
        assert list(report_lines(done)) == [
            "Raspberry Pi Pico with RP2040, MicroPython 1.29.0.",
            f"It would get version {NEW.version}, instead of {OLD.version}:"
            f" {len(NEW.files)} files, {size} kB to send.",
            "Nothing was changed.",
        ]


def test_a_dry_run_at_a_bare_board_changes_nothing() -> None:
    with plugged(BoardFlash()) as board:
        done, _ = run(board, dry_run=True)
        assert (board.flash.operations, done.dry_run, len(done.delivery.uploaded)) == (
            0,
            True,
            len(NEW.files) + 2,
        )


def test_a_box_without_a_battery_clock_is_told_so_and_has_its_clock_set() -> None:
    with plugged(BoardFlash(), VERSIONS, battery_clock=False) as board:
        done, notes = run(board)
        assert list(report_lines(done))[-1] == (
            "It has no battery clock: after a power cut it does not know the time until a laptop"
            " sets it."
        )
        assert notes == [looking(board.port), "Set the box's clock, which was not set."]


def test_what_is_new_in_the_journal_comes_into_the_history() -> None:
    with plugged(with_app(OLD), VERSIONS) as board:
        done, _ = run(board)
        history = open_history(print)
        assert [box.device_id for box in history.boxes()] == [done.device_id]
        assert history.lines(done.device_id)
        history.close()


class TestCommand:
    """The command in a process of its own."""

    def dosebell(self, *words: str) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "dosebell_host", "flash", *words],
            capture_output=True,
            text=True,
            timeout=HANG_S,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def test_prints_one_document(self) -> None:
        with plugged(with_app(OLD), VERSIONS) as board:
            code, out, _ = self.dosebell("--port", board.port, "--json")
            said: Mapping[str, Any] = json.loads(out)
            assert (code, list(faults(said, document("flash")))) == (0, [])
            assert {key: said[key] for key in ("schema", "version", "previous", "copied")} == {
                "schema": 1,
                "version": NEW.version,
                "previous": OLD.version,
                "copied": len(NEW.files) - 3,
            }

    def test_tells_a_refusal_by_its_exit_code(self) -> None:
        with plugged(BoardFlash({"/main.py": FOREIGN})) as board:
            code, out, errors = self.dosebell("--port", board.port)
            first, second = errors.splitlines()
            assert (code, out, first) == (1, "", looking(board.port))
            assert second.startswith("another program starts on this board (/main.py)")


def test_who_stops_it_with_ctrl_c_leaves_a_box_that_runs() -> None:
    def stop(note: str) -> None:
        if "saved in" in note:
            raise KeyboardInterrupt

    with plugged(with_app(OLD), VERSIONS) as board:
        with pytest.raises(KeyboardInterrupt):
            talk = Talk(stop, lambda *_: None)
            flash(FlashWishes(port=board.port), talk, reach_of(board))
        # Its first start, service mode, and again.
        board.wait_for_starts(3)
        assert board.runs == OLD.version


def test_what_runs_on_the_board_is_python_that_micropython_knows(tmp_path: Path) -> None:
    path = Path(on_board.__file__)
    assert compiles(path, tmp_path / "out.mpy") == ""
    offences = problems(path.read_text(), path.name)
    # Through the REPL, printing is how it answers.
    assert [offence for offence in offences if "print goes down" not in offence] == []
