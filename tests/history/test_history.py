"""What a laptop keeps of a box is there the next time, and each of it once."""

from pathlib import Path

from dosebell_host import resources
from dosebell_host.box.hello import Hello
from dosebell_host.history import store
from dosebell_host.history.store import Pushed, open_history
from engines import ON_BOTH
from laptop import opened

LINES = [f"{n} 1 1795323600 host stock d3k2 - - left={n}" for n in range(1, 41)]
HELLO = Hello("box1", "0.1.0", "pico", 1, None, "unset", True, "rev1", 1, 2)


@ON_BOTH
def test_what_was_kept_is_there_the_next_time(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.note_box(HELLO.met("USB1", 1000.0))
    first.add_records("box1", "0", LINES)
    first.save_schedule("rev1", ["plan\tv=1", "dose\tid=a"])
    first.save_push("box1", "rev1", Pushed("mine.toml", b"\x00\xff\r\n"), 1000.0)
    first.close()
    again = opened(tmp_path)
    assert again.boxes() == [store.KnownBox("box1", "pico", "USB1", "rev1", 1000.0)]
    assert again.lines("box1") == LINES
    assert again.last_seq("box1", "0") == 40
    assert again.lines_between("box1", "0", 39, 41) == [(39, LINES[38]), (40, LINES[39])]
    assert again.schedule("rev1") == ["plan\tv=1", "dose\tid=a"]
    assert again.pushed("box1", "rev1") == Pushed("mine.toml", b"\x00\xff\r\n")
    assert (again.schedule("rev2"), again.pushed("box2", "rev1")) == (None, None)


@ON_BOTH
def test_a_record_is_kept_once_and_a_usb_number_is_not_forgotten(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    kept.note_box(HELLO.met("USB1", 1.0))
    kept.note_box(HELLO.met("", 2.0))
    kept.add_records("box1", "0", LINES)
    kept.add_records("box1", "0", LINES[10:20])
    kept.add_records("box1", "1", LINES[:5])
    assert kept.boxes() == [store.KnownBox("box1", "pico", "USB1", "rev1", 2.0)]
    assert kept.lines("box1") == LINES


def test_the_folder_can_be_chosen(data_folder: Path) -> None:
    assert resources.history_file() == data_folder / "history.sqlite3"
    open_history(print).close()
    assert (data_folder / "history.sqlite3").is_file()
