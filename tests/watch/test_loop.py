"""A real `dosebell watch` beside a real virtual box: ended, killed, and not alone."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from dosebell_host.box import running_loop
from dosebell_host.box.open_port import waiting_for_watcher
from dosebell_host.errors import NoDevice
from virtual_box import Virtual, at_breakfast, virtual
from waiting import wait_until
from watch_process import Watch, watching


def takes(box: Virtual) -> bool:
    """Whether a command that takes what rings, maybe beside the watcher, finds that it does.

    It rings a second after its start; while a watcher has the port the command waits.
    """
    words = [sys.executable, "-m", "dosebell_host", "take", "--port", box.port, "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout
    return done.returncode == 0


def is_there(watch: Watch) -> bool:
    return any(each["event"] == "box" for each in watch.printed)


def test_it_tells_what_the_box_notes_and_ends_cleanly(tmp_path: Path) -> None:
    with virtual(*at_breakfast(tmp_path / "state")) as box, watching(tmp_path) as watch:
        wait_until(lambda: is_there(watch))
        assert watch.printed[0] == {"schema": 1, "event": "ready", "text": "ready"}
        wait_until(lambda: takes(box))
        wait_until(lambda: watch.kinds[-1:] == ["taken"])
        assert watch.ended(signal.SIGTERM) == (0, "")


def test_a_watcher_that_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    with virtual(*at_breakfast(tmp_path / "state")) as box:
        with watching(tmp_path) as watch:
            wait_until(lambda: is_there(watch))
            before = len(watch.printed)
            watch.ended(signal.SIGKILL)
        wait_until(lambda: takes(box))
        with watching(tmp_path) as again:
            wait_until(lambda: again.kinds[-1:] == ["taken"])
            assert again.ended(signal.SIGINT) == (0, "")
        keys = [
            (each["record"]["journal"], each["record"]["seq"])
            for each in again.printed
            if each["event"] == "record"
        ]
        assert len(keys) - len(set(keys)) <= 1
        assert "taken" in again.kinds and before >= 1


def test_a_second_one_says_which_runs(tmp_path: Path) -> None:
    with watching(tmp_path) as watch:
        wait_until(lambda: running_loop.running_loop() is not None and bool(watch.printed))
        words = [sys.executable, "-m", "dosebell_host", "watch"]
        second = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (second.returncode, second.stdout, second.stderr) == (
            1,
            "",
            "`dosebell watch` watches the boxes of this machine already (process"
            f" {watch.process.pid}); end that one first (a service: systemctl --user stop"
            " dosebell).\n",
        )


def test_the_address_of_a_page_is_left_for_whoever_comes_later() -> None:
    assert running_loop.running_loop() is None
    with running_loop.register("web") as registered:
        assert registered is not None
        registered.tell("http://127.0.0.1:8722/")
        found = running_loop.running_loop()
        assert found == (os.getpid(), "web", "http://127.0.0.1:8722/")
        with running_loop.register("watch") as second:
            assert second is None
        assert running_loop.running_loop() == found
    assert running_loop.running_loop() is None


def test_who_wants_the_ports_for_itself_is_seen_as_long_as_it_does() -> None:
    seen = [running_loop.are_ports_wanted()]
    with running_loop.wanting_ports(), running_loop.wanting_ports():
        seen.append(running_loop.are_ports_wanted())
    seen.append(running_loop.are_ports_wanted())
    assert seen == [False, True, False]


def opens(busy: int, is_watched: bool) -> tuple[str, int]:
    """How opening a port ends that is busy so many times, and how often that was waited for."""
    left, waits = [busy], list[float]()
    port: Any = object()

    def open_port(name: str) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            raise NoDevice("in use", code="busy")
        return port

    try:
        opened = waiting_for_watcher(
            open_port, "usb", lambda: is_watched, lambda: float(sum(waits)), waits.append
        )
    except NoDevice as error:
        return error.message, len(waits)
    return ("opened" if opened is port else "?"), len(waits)


def test_a_command_waits_for_a_port_only_where_a_watcher_may_have_it() -> None:
    assert opens(0, is_watched=True) == ("opened", 0)
    assert opens(5, is_watched=True) == ("opened", 5)
    assert opens(1, is_watched=False) == ("in use", 0)
    message, waited = opens(10**6, is_watched=True)
    assert (message, waited > 100) == ("in use", True)
