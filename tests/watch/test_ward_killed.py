"""A real `dosebell watch` with ten boxes and a real PostgreSQL, killed again and again."""

import contextlib
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from random import Random

import pytest

from domain import DROPS, compiled, journal_lines, utc_of
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.running_virtuals import register
from dosebell_host.box.transfer import transfer
from dosebell_host.history.postgres import PostgresTables
from dosebell_host.sim.flash import MemoryFiles
from dosebell_host.sim.pace import Pace
from dosebell_host.sim.threaded import running
from dosebell_host.sim.wire import Wire
from dosebell_host.sim.world import World
from dosebell_host.ward.schema import init
from postgres import new_database
from settings_file import write_settings
from waiting import wait_until

BOXES = 10
KILLS = 10
# A day takes twelve seconds.
SPEED = 7200.0


def box(number: int) -> World:
    """One that rings twice a day."""
    start_s = utc_of("2026-11-23 06:00", "Europe/Berlin")
    world = World(start_s, MemoryFiles(), battery_clock=True, seed=f"box {number}")
    world.power_on()
    transfer(Client(Link(Wire(world))), compiled(DROPS))
    return world


@contextlib.contextmanager
def plugged(worlds: list[World]) -> Iterator[None]:
    """They go on at speed, and whoever runs here finds them."""
    with ExitStack() as stack:
        for world in worlds:
            pace = Pace(world.now_ms, SPEED)
            _, port = stack.enter_context(running(world, pace))
            stack.enter_context(register(port))
        yield


def id_of(world: World) -> str:
    assert world.app is not None
    return world.app.box.device_id


def noted(worlds: list[World]) -> set[tuple[str, str]]:
    """Every line of these boxes."""
    return {(id_of(world), line) for world in worlds for line in journal_lines(world.files)}


def kept(url: str) -> list[tuple[str, str]]:
    """Every line in the database."""
    with closing(PostgresTables(url)) as tables:
        rows = tables.rows("SELECT device_id, line FROM records")
        return [(device_id, line) for device_id, line in rows]


def settings(url: str) -> None:
    write_settings(f'[[database]]\nurl = "{url}"\ngateway = "east"\n')


def started(said: Path) -> subprocess.Popen[bytes]:
    """A gateway that writes into that file what it says."""
    words = [sys.executable, "-m", "dosebell_host", "watch"]
    with said.open("wb") as file:
        return subprocess.Popen(words, stdout=file)


@pytest.mark.ward
def test_a_gateway_that_is_killed_again_and_again_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    said = tmp_path / "said"
    url, chance = new_database(), Random(1)
    with closing(PostgresTables(url)) as tables:
        init(tables, "test")
    settings(url)
    worlds = [box(n) for n in range(BOXES)]
    behind = []
    with plugged(worlds):
        for _ in range(KILLS):
            watch = started(said)
            count = len(kept(url))
            wait_until(lambda before=count: len(kept(url)) > before)  # type: ignore[misc]
            time.sleep(chance.uniform(0.0, 2.0))
            watch.send_signal(signal.SIGKILL)
            watch.wait()
            behind.append(len(noted(worlds)) - len(kept(url)))
        before = noted(worlds)
        watch = started(said)
        # All may be there already, and nobody that has not begun ends in good order.
        wait_until(lambda: b"ready" in said.read_bytes() and before <= set(kept(url)))
        watch.send_signal(signal.SIGTERM)
        assert watch.wait() == 0
    found, after = kept(url), noted(worlds)
    print(f"\n{len(found)} lines of {BOXES} boxes, {KILLS} kills, behind at each: {behind}")
    assert (len(found) - len(set(found)), before - set(found), set(found) - after) == (
        0,
        set(),
        set(),
    )
