"""The history of a laptop: kept, shared, and never in the way."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from domain import D3K2, Box, compiled
from dosebell_host import resources
from dosebell_host.box.hello import Hello
from dosebell_host.history import store
from dosebell_host.history.store import History, Pushed
from laptop import Laptop

LINES = [f"{n} 1 1795323600 host stock d3k2 - - left={n}" for n in range(1, 41)]
HELLO = Hello("box1", "0.1.0", "pico", 1, None, "unset", True, "rev1", 1, 2)


def opened(folder: Path, notes: list[str] | None = None) -> History:
    made = History(folder / "history.sqlite3", ([] if notes is None else notes).append)
    Laptop.opened.append(made)
    return made


def test_what_was_kept_is_there_the_next_time(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.note_box(HELLO.met("USB1", 1000.0))
    first.add_records("box1", 0, LINES)
    first.save_schedule("rev1", ["plan\tv=1", "dose\tid=a"])
    first.save_push("box1", "rev1", Pushed("mine.toml", b"\x00\xff\r\n"), 1000.0)
    first.close()
    again = opened(tmp_path)
    assert again.boxes() == [store.KnownBox("box1", "pico", "USB1", "rev1", 1000.0)]
    assert again.lines("box1") == LINES
    assert again.last_line("box1") == LINES[-1]
    assert again.schedule("rev1") == ["plan\tv=1", "dose\tid=a"]
    assert again.pushed("box1", "rev1") == Pushed("mine.toml", b"\x00\xff\r\n")
    assert (again.schedule("rev2"), again.pushed("box2", "rev1")) == (None, None)


def test_a_record_is_kept_once_and_a_usb_number_is_not_forgotten(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.note_box(HELLO.met("USB1", 1.0))
    kept.note_box(HELLO.met("", 2.0))
    kept.add_records("box1", 0, LINES)
    kept.add_records("box1", 0, LINES[10:20])
    kept.add_records("box1", 1, LINES[:5])
    assert kept.boxes() == [store.KnownBox("box1", "pico", "USB1", "rev1", 2.0)]
    assert kept.lines("box1") == LINES


def test_two_commands_at_once_lose_nothing(tmp_path: Path) -> None:
    notes: list[str] = []

    def work(device_id: str) -> None:
        mine = History(tmp_path / "history.sqlite3", notes.append)
        for line in LINES:
            mine.add_records(device_id, 0, [line])
        mine.close()

    threads = [threading.Thread(target=work, args=(f"box{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = opened(tmp_path, notes)
    assert ([kept.lines(f"box{n}") for n in range(4)], notes) == ([LINES] * 4, [])


def test_a_history_that_another_command_begins_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself does not wait when such a file is to become one with a write-ahead log."""
    notes: list[str] = []
    other = sqlite3.connect(tmp_path / "history.sqlite3", check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    soon = threading.Timer(0.2, other.close)
    soon.start()
    kept = opened(tmp_path, notes)
    soon.join()
    kept.add_records("box1", 0, LINES)
    assert (opened(tmp_path, notes).lines("box1"), notes) == (LINES, [])


DAMAGES = {
    "no database": b"this is no database, and long enough to be sure of that" * 100,
    "cut off": None,
    "a folder in its place": b"",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_history_is_told_once_and_stops_nobody(damage: str, tmp_path: Path) -> None:
    path = tmp_path / "history.sqlite3"
    if damage == "a folder in its place":
        path.mkdir()
    elif damage == "cut off":
        kept = opened(tmp_path)
        kept.add_records("box1", 0, LINES * 1)
        kept.close()
        path.write_bytes(path.read_bytes()[:3000])
    else:
        path.write_bytes(DAMAGES[damage] or b"")
    before = path.read_bytes() if path.is_file() else None
    laptop = Laptop(Box.with_schedule(D3K2), tmp_path)
    assert laptop.meet().lines == compiled(D3K2).lines
    assert laptop.meet().lines == compiled(D3K2).lines
    assert len(laptop.notes) == 1
    assert laptop.notes[0].startswith(f"The history in {path} cannot be used (")
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_history_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    opened(tmp_path).close()
    database = sqlite3.connect(tmp_path / "history.sqlite3")
    database.execute("PRAGMA user_version = 99")
    database.close()
    notes: list[str] = []
    opened(tmp_path, notes)
    assert "(it was written by a newer dosebell)" in notes[0]


def test_a_history_that_may_only_be_read_is_still_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = opened(tmp_path)
    kept.add_records("box1", 0, LINES)
    kept.close()
    path = tmp_path / "history.sqlite3"
    # Not by its rights, which mean nothing to root.
    path.chmod(stat.S_IRUSR)

    def connect(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    monkeypatch.setattr(store, "_connect", connect)
    notes: list[str] = []
    read_only = opened(tmp_path, notes)
    read_only.add_records("box2", 0, LINES[:3])
    assert (read_only.lines("box1"), read_only.lines("box2")) == (LINES, LINES[:3])
    assert len(notes) == 1


def test_the_folder_can_be_chosen(data_folder: Path) -> None:
    assert resources.history_file() == data_folder / "history.sqlite3"
    store.open_history(print).close()
    assert (data_folder / "history.sqlite3").is_file()
