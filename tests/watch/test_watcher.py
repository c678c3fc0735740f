"""What a watcher knows of the boxes of a laptop, as they come and go."""

import gc
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import D3K2, DROPS, Box, Flash
from dosebell_host import resources
from dosebell_host.box.reach import Reach
from dosebell_host.errors import NoDevice
from dosebell_host.watch.printed import Printed
from dosebell_host.watch.watcher import Watcher
from laptop import PICO, Pulled, Scripted, opened
from lying_box import NASTY_VALUES, Telling, always, lies
from watched import WatchedDesk


def morning(text: str = D3K2) -> Box:
    return Box.with_schedule(text, at="2026-11-23 07:00")


def seen(watcher: Watcher) -> list[str]:
    """Each box as `usb0 here`, and what is in the way in brackets."""
    return [
        f"{view.port or '-'} {view.presence}{f' ({view.trouble})' if view.trouble else ''}"
        for view in watcher.views()
    ]


def rings(watcher: Watcher) -> list[bool]:
    return [
        any(row.calling for row in view.status.rows) for view in watcher.views() if view.status
    ]


def test_a_box_comes_rings_and_goes(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    watcher = desk.watcher()
    watcher.look()
    assert (seen(watcher), rings(watcher)) == (["usb0 here"], [False])
    before = watcher.wait(0, 0)
    desk.wait(1801)
    watcher.look()
    assert rings(watcher) == [True]
    assert watcher.wait(before, 0) > before
    desk.pull("usb0")
    watcher.look()
    assert (seen(watcher), rings(watcher)) == (["- away"], [True])
    watcher.close()


@pytest.fixture(name="new_york")
def the_machine_is_set_to_new_york() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        yield
    time.tzset()


def test_what_is_printed_has_the_time_of_the_person_wherever_the_machine_thinks_it_is(
    tmp_path: Path, new_york: None
) -> None:
    desk, told = WatchedDesk(tmp_path, usb0=morning()), list[str]()
    watcher = desk.watcher(Printed(lambda event: told.append(event.text)), from_start=["terminal"])
    watcher.look()
    desk.pull("usb0")
    watcher.look()
    watcher.close()
    assert {line[:13] for line in told} == {"2026-11-23 07"}
    assert len(told) > 2


def test_a_second_in_which_nothing_happens_is_no_change(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    watcher = desk.watcher()
    watcher.look()
    before, heard = watcher.wait(0, 0), watcher.views()[0].heard_at
    for _ in range(30):
        desk.wait(1)
        watcher.look()
    assert watcher.wait(0, 0) == before
    assert watcher.views()[0].heard_at == (heard or 0) + 30
    watcher.close()


def test_a_box_that_was_met_before_is_away_until_it_comes(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    desk.watcher().look()
    desk.pull("usb0")
    watcher = desk.watcher()
    watcher.look()
    [view] = watcher.views()
    assert (seen(watcher), view.heard_at, view.status) == (["- away"], None, None)
    desk.plug("usb1", desk.boxes["usb0"], serial="usb0")
    watcher.look()
    assert seen(watcher) == ["usb1 here"]
    watcher.close()


def test_a_port_that_another_program_has_is_busy_and_asked_every_second(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    watcher = desk.watcher()
    watcher.look()
    whole = desk.ports["usb0"]
    desk.ports["usb0"] = busy
    for _ in range(5):
        desk.wait(1)
        watcher.look()
    assert seen(watcher) == ["usb0 busy (usb0 is in use by another program.)"]
    assert desk.opened == ["usb0"] * 6
    desk.ports["usb0"] = whole
    desk.wait(1)
    watcher.look()
    assert seen(watcher) == ["usb0 here"]
    watcher.close()


def busy() -> Any:
    raise NoDevice("usb0 is in use by another program", code="busy")


def test_a_command_that_wants_the_ports_is_made_way_for(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    watcher = desk.watcher()
    watcher.look()
    desk.are_ports_wanted = True
    for _ in range(5):
        desk.wait(1)
        watcher.look()
    assert (desk.opened, seen(watcher)) == (
        ["usb0"],
        ["usb0 busy (Another dosebell command works with it now.)"],
    )
    watcher.close()


def test_who_does_not_answer_is_asked_ever_more_rarely_and_no_stranger_at_all(
    tmp_path: Path,
) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    desk.ports["usb1"] = Scripted
    desk.strangers.append("modem")
    watcher = desk.watcher()
    for _ in range(600):
        desk.wait(1)
        watcher.look()
    assert 590 <= desk.opened.count("usb0") <= 600
    assert desk.opened.count("usb1") <= 17
    assert "modem" not in desk.opened
    assert [note for note in desk.notes if note.startswith("usb1")] == [
        "usb1 answered nothing; unplug it and plug it in again; if it is a new Pico,"
        " `dosebell flash` puts dosebell on a Pico."
    ]
    watcher.close()


@given(after=st.integers(0, 4000), looks=st.integers(1, 3))
def test_a_box_that_is_pulled_in_the_middle_of_a_contact_stops_nobody(
    after: int, looks: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    desk = WatchedDesk(tmp_path_factory.mktemp("watched"), usb0=morning(), usb1=morning(DROPS))
    pulled = desk.boxes["usb0"]
    whole = desk.ports["usb0"]
    desk.ports["usb0"] = lambda: Pulled(pulled, after)
    watcher = desk.watcher()
    for _ in range(looks):
        watcher.look()
        desk.wait(1)
    assert "usb1 here" in seen(watcher)
    desk.ports["usb0"] = whole
    desk.wait(20)
    watcher.look()
    assert sorted(seen(watcher)) == ["usb0 here", "usb1 here"]
    watcher.close()


@pytest.mark.parametrize("method", ["hello", "status", "dose.list", "journal.read"])
def test_a_box_that_replies_nonsense_is_told_of_and_stops_nobody(
    method: str, tmp_path: Path
) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning(), usb1=morning(DROPS))
    watcher = desk.watcher()
    watcher.look()
    liar = desk.boxes["usb0"]
    for value in NASTY_VALUES:
        desk.ports["usb0"] = lambda value=value: Telling(  # type: ignore[misc]
            lies(liar, method, always(value))
        )
        desk.wait(64)
        watcher.look()
        assert sum(view.is_here for view in watcher.views()) >= 1
        assert all(note.isprintable() for note in desk.notes)
    assert not any("dosebell itself failed" in view.trouble for view in watcher.views())
    watcher.close()


def test_two_boxes_of_one_copied_flash_are_two(tmp_path: Path) -> None:
    box, copied = morning(), Flash()
    assert isinstance(box.files, Flash)
    copied.contents.update(box.files.contents)
    desk = WatchedDesk(tmp_path, usb0=box)
    desk.plug("usb1", Box.bare("2026-11-23 07:00", files=copied))
    watcher = desk.watcher()
    watcher.look()
    assert sorted(seen(watcher)) == ["usb0 here", "usb1 here"]
    first, second = sorted(view.device_id for view in watcher.views())
    assert second == f"{first}~usb1"
    watcher.close()


def test_one_box_only_is_watched_where_its_name_or_port_is_given(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning(), usb1=morning(DROPS))
    desk.watcher().look()
    boxes = {box.usb_serial: box.device_id for box in opened(tmp_path).boxes()}
    desk.opened.clear()
    by_port = desk.watcher(port="usb1")
    by_id = desk.watcher(port=f"id:{boxes['usb1']}")
    for watcher in (by_port, by_id):
        for _ in range(10):
            desk.wait(1)
            watcher.look()
        assert seen(watcher) == ["usb1 here"]
        watcher.close()
    # To find it, each of them is asked once.
    assert desk.opened.count("usb0") == 1


def test_a_box_that_is_named_and_away_is_looked_for_and_told_of_once(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning(), usb1=morning(DROPS))
    desk.watcher().look()
    [device_id] = [b.device_id for b in opened(tmp_path).boxes() if b.usb_serial == "usb1"]
    whole = desk.ports.pop("usb1")
    desk.notes.clear()
    watcher = desk.watcher(port=f"id:{device_id}")
    for _ in range(30):
        desk.wait(1)
        watcher.look()
    assert seen(watcher) == ["- away"]
    assert len(desk.notes) == 1 and "is not there" in desk.notes[0]
    desk.ports["usb1"] = whole
    for _ in range(6):
        desk.wait(1)
        watcher.look()
    assert seen(watcher) == ["usb1 here"]
    watcher.close()


@pytest.mark.parametrize(
    ("off_s", "synchronised", "is_set"),
    [
        (60.0, None, True),
        (60.0, False, True),
        (200.0, None, False),
        (200.0, False, False),
        (200.0, True, True),
        (7 * 86400.0, None, False),
        (7 * 86400.0, True, False),
    ],
)
def test_a_clock_is_moved_far_only_by_a_laptop_that_is_known_to_be_right(
    off_s: float, synchronised: bool | None, is_set: bool, tmp_path: Path
) -> None:
    box = morning()
    box.world.board.name = PICO
    desk = WatchedDesk(tmp_path, usb0=box)
    desk.ahead_s, desk.synchronised = off_s, synchronised
    watcher = desk.watcher()
    for _ in range(30):
        desk.wait(1)
        watcher.look()
    moved_s = box.now_s - desk.now_s
    assert (moved_s > off_s - 2) is is_set
    about_clock = [note for note in desk.notes if "clock" in note]
    assert len(about_clock) == 1
    assert ("Set the box's clock" in about_clock[0]) is is_set
    watcher.close()


def test_a_laptop_that_slept_hears_its_boxes_before_anybody_is_told(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    desk.ports["usb1"] = Scripted
    watcher = desk.watcher()
    for _ in range(70):
        desk.wait(1)
        watcher.look()
    before = desk.opened.count("usb1")
    desk.slept_s = 3600.0
    desk.wait(3600)
    watcher.look()
    assert watcher.views()[0].heard_at == desk.reach.clock()
    assert desk.opened.count("usb1") == before + 1
    watcher.close()


def test_a_history_that_is_removed_is_begun_anew_and_told_of_once(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    watcher = desk.watcher()
    watcher.look()
    for path in tmp_path.glob(f"{resources.FILE_NAME}*"):
        path.unlink()
    for _ in range(20):
        desk.wait(1)
        watcher.look()
    assert [note for note in desk.notes if "removed" in note] == [
        f"The history in {tmp_path / resources.FILE_NAME} was removed or replaced meanwhile; what"
        " the boxes still have is read again."
    ]
    [box] = opened(tmp_path).boxes()
    assert opened(tmp_path).lines(box.device_id)
    watcher.close()


def test_a_history_that_cannot_be_used_is_told_of_once_and_used_again_later(
    tmp_path: Path,
) -> None:
    path = tmp_path / resources.FILE_NAME
    path.mkdir()
    desk = WatchedDesk(tmp_path, usb0=morning())
    watcher = desk.watcher()
    for _ in range(130):
        desk.wait(1)
        watcher.look()
    assert len(desk.notes) == 1 and desk.notes[0].startswith(f"The history in {path} cannot")
    assert seen(watcher) == ["usb0 here"]
    watcher.close()


def test_ports_that_cannot_be_listed_are_told_of_once(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning())
    watcher = desk.watcher()
    desk.fails = True
    for _ in range(5):
        desk.wait(1)
        watcher.look()
    assert (seen(watcher), desk.notes) == ([], ["[Errno 5] Input/output error"])
    watcher.close()


def test_the_loop_ends_when_it_is_told_to_and_shows_what_it_sees(tmp_path: Path) -> None:
    box = morning()
    desk = WatchedDesk(tmp_path, usb0=box)
    desk.reach = Reach(**{**vars(desk.reach), "clock": desk.reach.clock})
    watcher = desk.watcher()
    stop = threading.Event()
    thread = threading.Thread(target=watcher.run, args=(stop,))
    thread.start()
    while not watcher.views():
        watcher.wait(0, 1)
    stop.set()
    thread.join()
    assert seen(watcher) == ["usb0 here"]


def test_memory_does_not_grow_with_the_looks(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=morning(), usb1=morning(DROPS))
    desk.ports["usb2"] = Scripted
    watcher = desk.watcher()

    def objects_after(looks: int) -> int:
        for _ in range(looks):
            desk.wait(1)
            watcher.look()
        # What the simulated boards remember of their own doing is none of the watcher.
        for box in desk.boxes.values():
            box.world.board.outputs.clear()
        desk.opened.clear()
        gc.collect()
        return len(gc.get_objects())

    objects_after(100)
    tracemalloc.start()
    before, before_bytes = objects_after(10), tracemalloc.get_traced_memory()[0]
    after, after_bytes = objects_after(400), tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert after - before < 200
    assert after_bytes - before_bytes < 100_000
    watcher.close()
