"""Boxes as a watcher sees them, for those who tell others of them over MQTT."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from domain import Box
from dosebell_host.history.records import Entry
from dosebell_host.watch.sink import Sink
from dosebell_host.watch.view import BoxView
from watched import WatchedDesk


class Moment(NamedTuple):
    """A box at one moment: how it is, all that it has noted by then, and the laptop's clock."""

    view: BoxView
    entries: tuple[Entry, ...]
    now: float


class _All:
    """A sink that takes everything."""

    name = "all"

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def show(self, views: Sequence[BoxView], now: float) -> None:
        pass

    def take(self, box: BoxView, entries: Sequence[Entry]) -> int:
        self.entries += entries
        return len(entries)

    def close(self) -> None:
        pass


def moments(box: Box, folder: Path, *times: str, name: str = "") -> list[Moment]:
    """The box at these times of its own clock; at "press" it is pressed and looked at again."""
    desk, sink = WatchedDesk(folder, usb0=box), _All()
    sinks: list[Sink] = [sink]
    watcher = desk.watcher(*sinks, from_start=["all"])
    found = []
    for time in times:
        if time == "press":
            box.press()
        elif time:
            box.until(time)
        desk.wait(max(0.0, box.world.now_ms / 1000 - desk.now_s) + 11)
        watcher.look()
        [view] = watcher.views()
        assert view.status is not None, view
        named = replace(view, name=name)
        found.append(Moment(named, tuple(sink.entries), desk.reach.clock()))
    watcher.close()
    return found
