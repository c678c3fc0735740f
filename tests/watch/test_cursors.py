"""Each sink is told every record once; where it or the watcher ends meanwhile, at least once."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import DROPS, Box
from dosebell_host.history.records import Entry
from dosebell_host.watch.view import BoxView
from laptop import opened
from watched import WatchedDesk


class Told:
    """A sink that takes at most `takes` records at a time, and fails as often as `fails` says."""

    def __init__(self, takes: int = 1000, name: str = "told", fails: int = 0) -> None:
        self.name = name
        self.entries: list[Entry] = []
        self.takes = takes
        self.fails = fails
        self.shown = 0

    def show(self, views: Sequence[BoxView], now: float) -> None:
        self.shown += 1

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        if self.fails:
            self.fails -= 1
            raise OSError("no network")
        self.entries += entries[: self.takes]
        return min(self.takes, len(entries))

    def close(self) -> None:
        pass

    @property
    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.entries]


def before_eight() -> Box:
    """It rings at 08:00 and at 20:00; its schedule came an hour ago."""
    return Box.with_schedule(DROPS, at="2026-11-23 06:59").until("07:59")


def test_a_new_sink_is_told_what_happens_from_now_on(tmp_path: Path) -> None:
    box = before_eight()
    box.until("08:01").press()
    box.wait(60)
    desk = WatchedDesk(tmp_path, usb0=box)
    told, all_of_it = Told(), Told(name="all")
    watcher = desk.watcher(told, all_of_it, from_start=["all"])
    watcher.look()
    assert (told.kinds, all_of_it.kinds[-2:]) == ([], ["ringing", "taken"])
    desk.wait(12 * 3600)
    watcher.look()
    assert (told.kinds, all_of_it.kinds[-3:]) == (["ringing"], ["ringing", "taken", "ringing"])
    watcher.close()


def test_a_box_that_comes_back_has_its_day_told(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=before_eight())
    told = Told()
    watcher = desk.watcher(told)
    watcher.look()
    desk.pull("usb0")
    watcher.look()
    desk.wait(3600)
    desk.boxes["usb0"].press()
    desk.plug("usb0", desk.boxes["usb0"])
    watcher.look()
    assert told.kinds == ["ringing", "taken"]
    watcher.close()


@settings(max_examples=30)
@given(takes=st.integers(1, 3), ends=st.sets(st.integers(0, 30)), fails=st.integers(0, 3))
def test_nothing_is_lost_however_slow_a_sink_is_and_wherever_the_watcher_ends(
    takes: int, ends: set[int], fails: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    box = before_eight()
    desk = WatchedDesk(tmp_path_factory.mktemp("watched"), usb0=box)
    told = Told(takes, fails=fails)
    watcher = desk.watcher(told, from_start=["told"])
    for look in range(40):
        if look in ends:
            # As where it is killed: nothing is closed properly, and all it knew is forgotten.
            watcher = desk.watcher(told, from_start=["told"])
        watcher.look()
        desk.wait(3600 if look < 20 else 60)
        if look in (3, 14):
            box.press()
    assert [each.seq for each in told.entries] == [each.seq for each in box.entries()]
    watcher.close()


def test_what_was_kept_later_under_numbers_that_were_taken_is_told(tmp_path: Path) -> None:
    """As where the flash of a box was copied, and this laptop cannot tell the boards apart."""
    desk = WatchedDesk(tmp_path, usb0=before_eight())
    told = Told()
    watcher = desk.watcher(told)
    watcher.look()
    desk.wait(3600)
    watcher.look()
    [ringing] = told.entries
    kept = opened(tmp_path)
    [box] = kept.boxes()
    lines = kept.lines_between(box.device_id, ringing.journal, ringing.seq, ringing.seq)
    other = lines[0][1].replace(" ringing ", " taken ")
    kept.add_records(box.device_id, ringing.journal, [other])
    watcher.close()
    again = desk.watcher(told)
    again.look()
    assert told.kinds == ["ringing", "ringing", "taken"]
    assert len({entry.key for entry in told.entries}) == 2
    again.close()


def test_a_sink_that_fails_is_told_of_once_and_keeps_no_other_waiting(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=before_eight())
    broken, told = Told(name="broken", fails=3), Told()
    watcher = desk.watcher(broken, told)
    watcher.look()
    for _ in range(120):
        desk.wait(1)
        watcher.look()
    assert (broken.kinds, told.kinds) == (["ringing"], ["ringing"])
    assert [note for note in desk.notes if note.startswith("broken")] == [
        "broken: it failed (OSError('no network')).",
        "broken: it works again.",
    ]
    watcher.close()
