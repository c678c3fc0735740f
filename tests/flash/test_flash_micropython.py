"""`dosebell flash --uf2`: MicroPython first, through the drive that a board in BOOTSEL mode is."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import uf2_files
from board_flash import BoardFlash
from dosebell_host.box.reach import Reach, Target
from dosebell_host.errors import NoDevice, UserError
from dosebell_host.flash import bootsel
from dosebell_host.flash.install import flash
from dosebell_host.flash.report import FlashReport, report_lines
from dosebell_host.flash.target import FlashWishes
from dosebell_host.talk import Talk
from flashing import FOREIGN, NEW, OLD, VERSIONS, reach_of, with_app
from raw_repl_board import RawReplBoard

INFO = "UF2 Bootloader v3.0\r\nModel: Raspberry Pi RP2\r\nBoard-ID: RPI-RP2\r\n"
INFO_2350 = "UF2 Bootloader v1.0\r\nModel: Raspberry Pi RP2350\r\nBoard-ID: RP2350\r\n"
SERIAL = "E66118C4E3"


class Bench:
    """A place for one board: a port of one name, and a drive where it is in BOOTSEL mode."""

    def __init__(self, folder: Path) -> None:
        self.port = folder / "ttyACM0"
        self.drive = folder / "RPI-RP2"
        self.drive.mkdir()
        self.board: RawReplBoard | None = None
        self._over = threading.Event()
        self._watcher: threading.Thread | None = None

    def plug_in(self, flash: BoardFlash, **options: Any) -> RawReplBoard:
        self.board = RawReplBoard(flash, VERSIONS, link=self.port, serial=SERIAL, **options)
        return self.board

    def show_drive(self, info: str = INFO) -> None:
        (self.drive / bootsel.INFO).write_text(info, newline="")

    def take_file(self, flash: BoardFlash) -> None:
        """Once a whole UF2 lies on the drive, the drive goes, and a board with it comes."""
        self._watcher = threading.Thread(target=self._watch, args=(flash,), daemon=True)
        self._watcher.start()

    def end(self) -> None:
        self._over.set()
        if self._watcher:
            self._watcher.join()
        if self.board and self.board.is_plugged:
            self.board.unplug()

    def _watch(self, flash: BoardFlash) -> None:
        while not self._over.wait(0.02):
            for path in self.drive.glob("*.uf2"):
                if path.stat().st_size == self.size:
                    (self.drive / bootsel.INFO).unlink()
                    self.plug_in(flash)
                    return

    @property
    def size(self) -> int:
        return sum(map(len, uf2_files.blocks(uf2_files.PICO)))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    bench.end()


def run(bench: Bench, reach: Reach | None = None, **wishes: Any) -> tuple[FlashReport, list[str]]:
    notes: list[str] = []

    def agree(losses: list[str], question: str) -> None:
        notes.append(f"{question}? {'; '.join(losses)}")

    settings = {"port": str(bench.port), "drive": bench.drive, **wishes}
    talk = Talk(notes.append, agree)
    return flash(FlashWishes(**settings), talk, reach or reach_of(bench.board)), notes


def complaint(bench: Bench, kind: type[UserError], **wishes: Any) -> str:
    with pytest.raises(kind) as caught:
        run(bench, **wishes)
    return str(caught.value)


def upgradable(bench: Bench, after: BoardFlash | None = None, **options: Any) -> RawReplBoard:
    """A board with an old version on it. Once it got a file, it has the newest MicroPython, and
    `after` on its flash, or what was there before.
    """
    board = bench.plug_in(with_app(OLD), **options)

    def become_drive() -> None:
        bench.show_drive()
        bench.take_file(after or board.flash)

    board.on_bootloader = become_drive
    return board


def test_a_board_in_bootsel_mode_gets_micropython_and_then_dosebell(
    bench: Bench, tmp_path: Path
) -> None:
    bench.show_drive()
    bench.take_file(BoardFlash())
    done, notes = run(bench, uf2=uf2_files.write(tmp_path))
    assert bench.board is not None
    assert (bench.board.runs, done.delivery.version) == (NEW.version, NEW.version)
    assert notes == [
        f"Copying MicroPython 1.29.0 for a Raspberry Pi Pico with RP2040 to {bench.drive}."
    ]


def test_without_a_file_the_right_ones_are_named(bench: Bench) -> None:
    bench.show_drive()
    assert complaint(bench, UserError, port=None) == (
        f"the board at {bench.drive} (Pico or Pico W) is in BOOTSEL mode and needs MicroPython"
        " first; get RPI_PICO-20260824-v1.29.0.uf2 for a Pico from"
        " https://micropython.org/download/RPI_PICO/, or RPI_PICO_W-20260824-v1.29.0.uf2 for a"
        " Pico W from https://micropython.org/download/RPI_PICO_W/, and then type: dosebell flash"
        " --uf2 FILE."
    )


def test_a_file_for_another_chip_is_not_copied(bench: Bench, tmp_path: Path) -> None:
    bench.show_drive(INFO_2350)
    path = uf2_files.write(tmp_path)
    message = complaint(bench, UserError, uf2=path)
    assert message.startswith(
        f"{path}: is for a board with the chip RP2040 (Raspberry Pi Pico with RP2040), and this"
        " one has RP2350; get RPI_PICO2-20260824-v1.29.0.uf2 for a Pico 2 from"
    )
    assert list(bench.drive.glob("*.uf2")) == []


def test_an_old_micropython_is_replaced_after_everything_is_saved(
    bench: Bench, tmp_path: Path
) -> None:
    board = upgradable(bench, version=(1, 22, 0))
    before = dict(board.flash.contents)
    done, notes = run(bench, uf2=uf2_files.write(tmp_path))
    assert bench.board is not board
    assert (done.delivery.version, done.micropython) == (NEW.version, "1.29.0")
    saved = Path(notes[1].removeprefix("What was on it is saved in "))
    assert (saved / "state/device_id").read_bytes() == before["/state/device_id"]
    assert [notes[0], notes[2]] == [
        "The box gives no reminders until this is done.",
        "Replace it? its MicroPython 1.22.0 would be replaced by 1.29.0",
    ]
    assert board.flash.contents["/state/device_id"] == before["/state/device_id"]


# Of somebody else, with names that a laptop may take for one.
PROGRAM = {
    "/main.py": FOREIGN,
    "/lib/sensor.py": b"s",
    "/lib/Sensor.py": b"S",
    "/data/a:b.txt": b"colon",
    "/data/a_b.txt": b"line",
    "/apple.new": b"not ours",
}


def blinking(bench: Bench, after: BoardFlash | None = None, **options: Any) -> RawReplBoard:
    """A board with another program and an old MicroPython; as `upgradable`."""
    board = bench.plug_in(BoardFlash(PROGRAM), version=(1, 22, 0), **options)
    board.flash.power_on()

    def become_drive() -> None:
        bench.show_drive()
        bench.take_file(after or BoardFlash(board.flash.contents))

    board.on_bootloader = become_drive
    return board


@pytest.mark.parametrize("dry_run", [False, True])
def test_somebody_elses_board_is_refused_before_anything_is_done_to_it(
    dry_run: bool, bench: Bench, tmp_path: Path
) -> None:
    board = blinking(bench)
    message = complaint(bench, UserError, uf2=uf2_files.write(tmp_path), dry_run=dry_run)
    assert message == (
        "another program starts on this board (/main.py), and is left alone; to save it on this"
        " laptop and put dosebell in its place, add --force."
    )
    assert (bench.board is board, board.flash.contents) == (True, PROGRAM)
    assert list(bench.drive.iterdir()) == []


@pytest.mark.parametrize("formats", [False, True])
def test_by_force_all_of_it_is_saved_first_and_it_is_said_where(
    formats: bool, bench: Bench, tmp_path: Path
) -> None:
    blinking(bench, BoardFlash() if formats else None)
    done, notes = run(bench, uf2=uf2_files.write(tmp_path), force=True)
    saved = Path(notes[1].removeprefix("What was on it is saved in "))
    assert "Replace it?" in notes[2]
    assert sorted(path.read_bytes() for path in saved.rglob("*") if path.is_file()) == sorted(
        PROGRAM.values()
    )
    assert (saved / "main.py").read_bytes() == FOREIGN
    assert done.saved is not None
    assert bench.board is not None
    assert bench.board.runs == NEW.version


def test_a_flash_without_room_is_refused_before_its_micropython_goes(
    bench: Bench, tmp_path: Path
) -> None:
    board = upgradable(bench, version=(1, 22, 0))
    board.flash.contents["/fill.bin"] = bytes(4096 * (board.flash.blocks - board.flash.used() - 9))
    message = complaint(bench, UserError, uf2=uf2_files.write(tmp_path))
    assert message.startswith("the board's flash is full")
    assert (bench.board is board, list(bench.drive.iterdir())) == (True, [])


def test_a_journal_that_cannot_be_saved_keeps_its_micropython(
    bench: Bench, tmp_path: Path
) -> None:
    board = upgradable(bench, version=(1, 22, 0), answers_hello=False)
    board.flash.damaged.add(next(path for path in board.flash.contents if "/log/" in path))
    message = complaint(bench, UserError, uf2=uf2_files.write(tmp_path))
    assert "cannot be read, so not all of it can be saved. Nothing was changed." in message
    assert (bench.board is board, list(bench.drive.iterdir())) == (True, [])


def test_what_a_new_micropython_erased_is_put_back(bench: Bench, tmp_path: Path) -> None:
    fresh = BoardFlash()
    old = upgradable(bench, fresh, version=(1, 22, 0)).flash
    _, notes = run(bench, uf2=uf2_files.write(tmp_path))
    assert "The new MicroPython had erased it, so what was saved was put back." in notes
    assert fresh.contents["/state/device_id"] == old.contents["/state/device_id"]
    log = next(path for path in old.contents if path.startswith("/log/"))
    assert fresh.contents[log].startswith(old.contents[log])


def test_a_file_for_another_board_is_not_let_in(bench: Bench, tmp_path: Path) -> None:
    board = upgradable(bench)
    path = uf2_files.write(tmp_path, uf2_files.PICO_W)
    message = complaint(bench, UserError, uf2=path)
    assert "is for another board (Raspberry Pi Pico W with RP2040) than this one" in message
    # The box was not even disturbed.
    assert board.starts == [OLD.version]


def test_the_same_micropython_is_not_copied_again(bench: Bench, tmp_path: Path) -> None:
    board = upgradable(bench)
    done, notes = run(bench, uf2=uf2_files.write(tmp_path))
    assert "MicroPython 1.29.0 is on it already." in notes
    assert (bench.board is board, board.runs, done.delivery.version) == (
        True,
        NEW.version,
        NEW.version,
    )


def test_who_says_no_keeps_everything(bench: Bench, tmp_path: Path) -> None:
    def refuse(losses: list[str], question: str) -> None:
        raise UserError("nothing was done", code="declined")

    board = upgradable(bench, version=(1, 22, 0))
    wishes = FlashWishes(str(bench.port), uf2_files.write(tmp_path), bench.drive)
    with pytest.raises(UserError, match="nothing was done"):
        flash(wishes, Talk(lambda note: None, refuse), reach_of(board))
    board.wait_for_starts(3)
    assert (board.runs, board.flash.contents["/app/current"].decode()) == (OLD.version,) * 2


def test_a_dry_run_copies_nothing(bench: Bench, tmp_path: Path) -> None:
    bench.show_drive()
    done, _ = run(bench, uf2=uf2_files.write(tmp_path), dry_run=True)
    assert list(bench.drive.glob("*.uf2")) == []
    assert list(report_lines(done))[-1] == "Nothing was changed."


def test_a_drive_that_goes_away_in_the_middle_is_told(bench: Bench, tmp_path: Path) -> None:
    bench.show_drive()
    path = uf2_files.write(tmp_path)
    # A folder by that name can't be written as a file.
    (bench.drive / path.name).mkdir()
    assert complaint(bench, UserError, uf2=path) == (
        f"{path.name} could not be copied to {bench.drive} (Is a directory). The board stays in"
        " BOOTSEL mode. Plug it in again with BOOTSEL held down, and repeat the command."
    )


def test_a_board_that_does_not_come_back_is_told(bench: Bench, tmp_path: Path) -> None:
    bench.show_drive()
    path = uf2_files.write(tmp_path)
    nothing_comes = reach_of(drive_s=0.0)
    assert complaint(bench, NoDevice, uf2=path, port=None, reach=nothing_comes).startswith(
        f"{path.name} was copied, but no board appeared with it. Is it the file for this board?"
    )


class TestWhichBoard:
    """Drives and boards that are here at the same time."""

    def ask(self, folder: Path, drives: int, boards: int, **wishes: Any) -> str:
        folders = [folder / f"drive{n}" for n in range(drives)]
        for each in folders:
            each.mkdir()
            (each / bootsel.INFO).write_text(INFO)
        usb = [Target(f"/dev/ttyACM{n}", f"/dev/ttyACM{n}") for n in range(boards)]
        here = replace(reach_of(find_s=0.0), plugged=lambda: usb, mounted=lambda: folders)
        with pytest.raises(UserError) as caught:
            flash(FlashWishes(**wishes), Talk(print, lambda *_: None), here)
        return str(caught.value)

    def test_two_boards(self, tmp_path: Path) -> None:
        assert self.ask(tmp_path, drives=0, boards=2) == (
            "there are 2 boards: /dev/ttyACM0 and /dev/ttyACM1; name one of them:"
            " --port /dev/ttyACM0."
        )

    def test_two_drives(self, tmp_path: Path) -> None:
        assert self.ask(tmp_path, drives=2, boards=0) == (
            f"there are 2 boards in BOOTSEL mode: {tmp_path}/drive0 and {tmp_path}/drive1; name"
            f" one of them: --drive {tmp_path}/drive0."
        )

    def test_a_board_and_a_drive(self, tmp_path: Path) -> None:
        assert self.ask(tmp_path, drives=1, boards=1, uf2=uf2_files.write(tmp_path)) == (
            "there is a Pico at /dev/ttyACM0, and another one in BOOTSEL mode at"
            f" {tmp_path}/drive0; name the one that you mean: --port /dev/ttyACM0, or --drive"
            f" {tmp_path}/drive0."
        )

    def test_no_board_at_all(self, tmp_path: Path) -> None:
        message = self.ask(tmp_path, drives=0, boards=0)
        assert message.startswith("no Pico is plugged in; plug it in with a cable")

    def test_a_folder_that_is_no_drive(self, tmp_path: Path) -> None:
        message = self.ask(tmp_path, drives=0, boards=0, drive=tmp_path)
        assert message.startswith(f"{tmp_path} is no drive of a Pico in BOOTSEL")


def test_a_board_whose_port_goes_and_comes_back_is_found_again(bench: Bench) -> None:
    """As on USB, where every restart takes the port away for a moment."""
    board = bench.plug_in(with_app(OLD), drops_port=True)
    run(bench, drive=None)
    assert board.runs == NEW.version


def test_a_board_that_starts_again_and_again_is_caught(bench: Bench) -> None:
    """Its version crashes, so the watchdog restarts it, and its port goes every time. What main.py
    has counted by then would have it start the version before.
    """
    crashing = frozenset({OLD.version})
    board = bench.plug_in(with_app(OLD), crashing=crashing, watchdog_s=1.0, drops_port=True)
    board.wait_for_starts(5)
    run(bench, drive=None)
    assert board.runs == NEW.version
