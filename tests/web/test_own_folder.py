"""The folder of what starts others: whoever starts next takes away what a killed one left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from page.own_folder import own_folder
from waiting import wait_until

PREFIX = "dosebell-test-"
# It starts a process that nobody tells of its end, as where the system can't.
OWNER = f"""
import subprocess, sys, time
from pathlib import Path
from page import process
from page.own_folder import own_folder

process._told_by_the_system = lambda number: []
with own_folder("{PREFIX}", Path(sys.argv[1])) as folder:
    (folder / "east").mkdir()
    command = [sys.executable, "-c", "import time; print(0, flush=True); time.sleep(600)"]
    log = folder / "east" / "boxes.log"
    there = lambda: bool(log.read_text())
    with process.Process([*command, str(folder)], log, there):
        print(folder, flush=True)
        time.sleep(600)
"""


@contextmanager
def owner(within: Path) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    """Something that has such a folder there, in which a process of its own works."""
    words = [sys.executable, "-c", OWNER, str(within)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as started:
        try:
            assert started.stdout is not None
            yield started, Path(started.stdout.readline().strip())
        finally:
            started.kill()


def at_work(folder: Path) -> bool:
    """Whether a process lives that was started for that folder."""
    return str(folder) in subprocess.check_output(["ps", "-axww", "-o", "command="], text=True)


def test_what_a_killed_one_left_is_taken_away_and_its_processes_are_ended(
    tmp_path: Path,
) -> None:
    with owner(tmp_path) as (killed, left):
        assert (left.parent, at_work(left)) == (tmp_path, True)
        killed.kill()
        killed.wait()
    assert at_work(left)
    with own_folder(PREFIX, tmp_path) as mine:
        assert (list(tmp_path.iterdir()), at_work(left)) == ([mine], False)
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_use_or_was_never_of_such_a_one_stays(tmp_path: Path) -> None:
    somebodys = tmp_path / f"{PREFIX}notes"
    somebodys.mkdir()
    with owner(tmp_path) as (_, lives), own_folder(PREFIX, tmp_path) as mine:
        assert (set(tmp_path.iterdir()), at_work(lives)) == ({somebodys, lives, mine}, True)
        for each in tmp_path.rglob("*.pid"):
            os.kill(int(each.read_text()), signal.SIGKILL)
        wait_until(lambda: not at_work(lives))


def test_a_number_that_another_process_has_by_now_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        left = tmp_path / f"{PREFIX}left"
        (left / "east").mkdir(parents=True)
        (left / "lock").touch()
        (left / "east" / "boxes.log.pid").write_text(str(other.pid))
        with own_folder(PREFIX, tmp_path) as mine:
            assert (list(tmp_path.iterdir()), other.poll()) == ([mine], None)
        other.kill()
