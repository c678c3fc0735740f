"""A command that is run for each record."""

import json
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from domain import DROPS, Box
from dosebell_host.errors import UserError
from dosebell_host.watch.hook import HookEntry, run
from dosebell_host.watch.kind import Around
from dosebell_host.watch.kinds import KINDS
from dosebell_host.watch.watcher import Watcher
from waiting import wait_until
from watched import WatchedDesk

[HOOK] = [kind for kind in KINDS if kind.name == "hook"]


def hook(code: str, desk: WatchedDesk, **more: Any) -> Any:
    """The sink of a hook that runs a line of Python."""
    entry = HookEntry.read({"run": [sys.executable, "-c", code], **more})
    return HOOK.sink(entry, "hook", Around(desk.notes.append))


def at_eight(folder: Path) -> WatchedDesk:
    box = Box.with_schedule(DROPS, at="2026-11-23 06:59").until("07:59")
    return WatchedDesk(folder, usb0=box)


def look_until(watcher: Watcher, desk: WatchedDesk, path: Path, lines: int) -> list[Any]:
    """What the command has written, once that are so many lines."""

    def is_there() -> bool:
        desk.wait(1)
        watcher.look()
        return path.exists() and path.read_text(encoding="utf-8").count("\n") >= lines

    wait_until(is_there)
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


APPENDS = "import sys; open({!r}, 'a').write(sys.stdin.read())"


def test_each_record_comes_as_json_in_the_order_of_the_box(tmp_path: Path) -> None:
    desk, path = at_eight(tmp_path), tmp_path / "heard"
    watcher = desk.watcher(hook(APPENDS.format(str(path)), desk, on=["ringing", "taken"]))
    watcher.look()
    desk.wait(61)
    watcher.look()
    desk.boxes["usb0"].press()
    found = look_until(watcher, desk, path, 2)
    [box] = watcher.views()
    assert [(each["device_id"], each["kind"], each["dose"]) for each in found] == [
        (box.device_id, "ringing", "drops"),
        (box.device_id, "taken", "drops"),
    ]
    assert set(found[0]) == {
        *("schema", "device_id", "name", "journal", "seq", "boot", "at", "trust", "kind"),
        *("dose", "date", "slot", "due", "detail"),
    }
    watcher.close()


def test_a_command_that_fails_is_told_of_once_and_tried_again(tmp_path: Path) -> None:
    desk, path = at_eight(tmp_path), tmp_path / "heard"
    fails_once = (
        "import os, sys\n"
        f"if not os.path.exists({str(path) + '.tried'!r}):\n"
        f"    open({str(path) + '.tried'!r}, 'w').close()\n"
        "    sys.exit('no such printer')\n" + APPENDS.format(str(path))
    )
    watcher = desk.watcher(hook(fails_once, desk, on=["ringing"]))
    watcher.look()
    desk.wait(61)
    assert len(look_until(watcher, desk, path, 1)) == 1
    wait_until(lambda: len(desk.notes) == 2)
    assert desk.notes[0].endswith("ended with exit code 1: no such printer. It is tried again.")
    assert desk.notes[1] == "hook: it works again."
    watcher.close()


def test_a_command_that_does_not_end_is_ended() -> None:
    said = {"run": [sys.executable, "-c", "import time; time.sleep(1e6)"], "limit_s": 1}
    with pytest.raises(UserError, match="did not end within 1 s"):
        run(HookEntry.read(said), b"{}\n", threading.Event())


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no groups of processes")
def test_a_script_that_does_not_end_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    """It is tried again and again, and each try would leave a program behind."""
    script = f"sleep 1000 & echo $! > {tmp_path}/pid; wait"
    with pytest.raises(UserError, match="did not end within 1 s"):
        run(HookEntry.read({"run": ["sh", "-c", script], "limit_s": 1}), b"", threading.Event())
    started = int((tmp_path / "pid").read_text())
    wait_until(lambda: not is_running(started))


def is_running(number: int) -> bool:
    """Whether that process is there, and has not ended yet."""
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_command_that_is_ended_with_the_watcher_is_no_trouble(tmp_path: Path) -> None:
    desk, path = at_eight(tmp_path), tmp_path / "begun"
    begins = f"import time; open({str(path)!r}, 'w').close(); time.sleep(1e6)"
    watcher = desk.watcher(hook(begins, desk, on=["ringing"]))
    watcher.look()
    desk.wait(61)
    watcher.look()
    wait_until(path.exists)
    watcher.close()
    assert [note for note in desk.notes if note.startswith("hook")] == []


def test_a_command_that_is_not_there_is_told_of() -> None:
    with pytest.raises(UserError, match="nosuch cannot be run"):
        run(HookEntry.read({"run": ["nosuch"]}), b"{}\n", threading.Event())


def test_a_hook_of_one_box_hears_of_no_other(tmp_path: Path) -> None:
    desk, path = at_eight(tmp_path), tmp_path / "heard"
    desk.plug("usb1", Box.with_schedule(DROPS, at="2026-11-23 06:59").until("07:59"))
    first = desk.watcher()
    first.look()
    box = first.views()[0].device_id
    first.close()
    watcher = desk.watcher(hook(APPENDS.format(str(path)), desk, box=box, on=["ringing"]))
    watcher.look()
    desk.wait(61)
    found = look_until(watcher, desk, path, 1)
    desk.wait(1)
    watcher.look()
    assert {each["device_id"] for each in found} == {box}
    watcher.close()
