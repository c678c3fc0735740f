"""What a watcher knows of the boxes of a laptop, as they come and go."""

from pathlib import Path

from domain import D3K2, Box
from dosebell_host.watch.view import BoxView
from watched import WatchedDesk


def seen(views: tuple[BoxView, ...]) -> list[str]:
    return [f"{view.port or '-'} {view.presence}" for view in views]


def test_a_box_comes_rings_and_goes(tmp_path: Path) -> None:
    desk = WatchedDesk(tmp_path, usb0=Box.with_schedule(D3K2, at="2026-11-23 07:29"))
    watcher = desk.watcher()
    watcher.look()
    first = watcher.wait(0, 0)
    [view] = watcher.views()
    assert view.status is not None
    assert (seen(watcher.views()), [row.calling for row in view.status.rows]) == (
        ["usb0 here"],
        [False],
    )
    desk.wait(61)
    watcher.look()
    [view] = watcher.views()
    assert view.status is not None
    assert [row.calling for row in view.status.rows] == [True]
    assert watcher.wait(first, 0) > first
    desk.pull("usb0")
    watcher.look()
    assert seen(watcher.views()) == ["- away"]
    watcher.close()
