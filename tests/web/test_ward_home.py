"""What `make ward` starts: a home that is there soon, and leaves nothing when it is ended."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

import mosquitto
import postgres
from waiting import HANG_S, wait_until

pytestmark = pytest.mark.xdist_group("ward home")

BOXES = 12
COMMAND = [sys.executable, "-m", "page.ward", "--no-open"]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where all of it lies; a server that root may not start goes through it, too."""
    with tempfile.TemporaryDirectory(prefix="home-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def started(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The home, which ends with the block at the latest; where its servers are missing the test
    ends here.
    """
    mosquitto.check_here()
    postgres.check_here()
    host = Path(__file__).parents[2] / "host"
    own = {**os.environ, "TMPDIR": str(folder), "PYTHONPATH": str(host)}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "start_new_session": True}
    home = subprocess.Popen(COMMAND, text=True, env=own, stdin=subprocess.DEVNULL, **pipes)  # type: ignore[call-overload]
    with home:
        try:
            yield home
        finally:
            if home.poll() is None:
                home.terminate()


def left(folder: Path) -> list[str]:
    """The processes that have to do with that folder, where the system tells of them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if str(folder).encode() in said:
            found.append((process / "cmdline").read_text())
    return found


def test_twelve_residents_are_there_and_at_the_end_nothing(folder: Path) -> None:
    with started(folder) as home:
        assert home.stdout is not None
        link = home.stdout.readline().removeprefix("ready ").strip()
        with httpx2.Client(follow_redirects=True, timeout=HANG_S) as browser:
            assert browser.get(link).status_code == 200
            page = link.partition("/enter")[0] + "/ward"
            wait_until(lambda: browser.get(page).text.count('id="resident-') == BOXES)
            # Whoever is heard is known, and the one that was pulled out is not.
            wait_until(lambda: browser.get(page).text.count("unknown since") == 1)
            found = browser.get(page).text
        home.send_signal(signal.SIGINT)
        _, complaints = home.communicate(timeout=HANG_S)
    assert "1 low stock" in found
    assert "missed now" in found
    assert ("Traceback" in complaints, home.returncode) == (False, 0)
    assert (left(folder), list(folder.iterdir())) == ([], [])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_ends_it_while_it_starts_is_left_with_nothing(
    folder: Path, number: signal.Signals
) -> None:
    with started(folder) as home:
        assert home.stderr is not None
        # The servers are there, and the boxes begin to live.
        for _ in range(2):
            home.stderr.readline()
        home.send_signal(number)
        _, complaints = home.communicate(timeout=HANG_S)
    assert ("Traceback" in complaints, home.returncode) == (False, 130)
    assert (left(folder), list(folder.iterdir())) == ([], [])


def test_a_key_that_reaches_all_of_the_terminal_ends_it_while_its_servers_are_made(
    folder: Path,
) -> None:
    with started(folder) as home:
        assert home.stderr is not None
        home.stderr.readline()
        # initdb takes its time.
        wait_until(lambda: any("initdb" in each for each in left(folder)))
        os.killpg(home.pid, signal.SIGINT)
        _, complaints = home.communicate(timeout=HANG_S)
    assert ("Traceback" in complaints, home.returncode) == (False, 130)
    assert (left(folder), list(folder.iterdir())) == ([], [])


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="nothing tells a child here")
def test_killed_it_leaves_no_process(folder: Path) -> None:
    with started(folder) as home:
        assert home.stdout is not None
        home.stdout.readline()
        names = ("postgres", "mosquitto", "page.trolley\0boxes", "page.trolley\0watch")
        assert [name for name in names if not any(name in each for each in left(folder))] == []
        home.kill()
        wait_until(lambda: left(folder) == [])


def test_what_a_killed_one_left_is_gone_with_the_next(folder: Path) -> None:
    with started(folder) as home:
        assert home.stderr is not None
        for _ in range(2):
            home.stderr.readline()
        home.kill()
    assert len(list(folder.iterdir())) == 1
    with started(folder) as home:
        assert home.stderr is not None
        home.stderr.readline()
        assert len(list(folder.iterdir())) == 1
        home.terminate()
        home.communicate(timeout=HANG_S)
    assert (left(folder), list(folder.iterdir())) == ([], [])
