"""The simulated serial line: as bad as asked, the same each time, and waiting in world time."""

import pytest

from domain import D3K2, compiled
from dosebell import frames
from dosebell_host.box.client import Client
from dosebell_host.box.link import Link
from dosebell_host.box.transfer import read_schedule, transfer
from dosebell_host.errors import UserError
from dosebell_host.sim.flash import MemoryFiles
from dosebell_host.sim.wire import Faults, Wire
from dosebell_host.sim.world import World

NOON_S = 848664000
REQUEST = frames.seal('{"jsonrpc":"2.0","id":1,"method":"hello","params":{}}')

BAD_WIRES = {
    "good": Faults(),
    "byte by byte": Faults(piece_bytes=1),
    "three bytes at once": Faults(piece_bytes=3),
    "slow": Faults(delay_ms=400),
    "slower than the link waits": Faults(delay_ms=1500),
    "noise after half of the lines": Faults(noise=0.5),
    "loses one byte in 2000": Faults(lose=0.0005),
    "turns one byte in 2000": Faults(corrupt=0.0005),
    "all of it": Faults(7, 50, 0.0003, 0.0003, 0.2),
}


def powered_on() -> World:
    world = World(NOON_S, seed="wire")
    world.power_on()
    return world


@pytest.mark.parametrize("faults", BAD_WIRES.values(), ids=BAD_WIRES)
def test_a_schedule_arrives_whole_over_a_wire_that_is(faults: Faults) -> None:
    link = Link(Wire(powered_on(), faults, seed=1), "the box")
    transfer(Client(link), compiled(D3K2))
    assert read_schedule(Client(link)) == compiled(D3K2).lines
    assert link.call("hello")["revision"] == compiled(D3K2).revision


def test_a_box_that_reads_otherwise_from_its_flash_is_told() -> None:
    world = powered_on()

    class Spoiling(Wire):
        """The flash loses the schedule as soon as it is committed."""

        def write(self, data: bytes, /) -> int:
            count = super().write(data)
            if b"schedule.commit" in data and isinstance(world.files, MemoryFiles):
                world.files.contents["/state/schedule"] = b"x"
            return count

    with pytest.raises(UserError, match="what the box reads back is not what was pushed"):
        transfer(Client(Link(Spoiling(world), "the box")), compiled(D3K2))


def test_a_read_gives_what_is_there_and_waits_no_longer() -> None:
    world = powered_on()
    wire = Wire(world)
    wire.timeout = 1.0
    assert wire.write(REQUEST) == len(REQUEST)
    first, count = wire.read(1), wire.in_waiting
    rest = wire.read(count)
    assert (first, len(rest), rest[-1:], wire.in_waiting) == (b"{", count, b"\n", 0)
    assert world.now_ms == NOON_S * 1000


def test_a_read_that_brings_nothing_lets_the_world_go_on_meanwhile() -> None:
    world = powered_on()
    wire = Wire(world)
    wire.timeout = 1.25
    assert wire.read(1) == b""
    assert world.now_ms == NOON_S * 1000 + 1250


def test_what_is_delayed_arrives_after_its_delay() -> None:
    world = powered_on()
    wire = Wire(world, Faults(delay_ms=300))
    wire.write(REQUEST)
    assert wire.in_waiting == 0
    wire.timeout = 0.2
    assert wire.read(1) == b""
    assert wire.read(1) == b"{"
    assert world.now_ms == NOON_S * 1000 + 300


def test_a_port_that_is_opened_anew_forgets_what_came_before() -> None:
    wire = Wire(powered_on())
    wire.write(REQUEST)
    wire.reset_input_buffer()
    assert (wire.in_waiting, wire.read(100)) == (0, b"")


def test_the_same_seed_spoils_the_same_bytes() -> None:
    def heard(seed: int) -> bytes:
        wire = Wire(powered_on(), Faults(lose=0.01, corrupt=0.01, noise=0.5), seed)
        for _ in range(20):
            wire.write(REQUEST)
        return wire.read(100_000)

    assert heard(1) == heard(1) != heard(2)


def test_noise_between_frames_leaves_the_frames_whole() -> None:
    wire = Wire(powered_on(), Faults(noise=1.0))
    wire.write(REQUEST)
    frame, noise = wire.read(100_000).split(b"\n", 1)
    assert frames.unseal(frame) is not None
    assert noise.endswith(b"\n")


def test_a_closed_wire_says_so() -> None:
    wire = Wire(powered_on())
    wire.close()
    for use in (lambda: wire.read(1), lambda: wire.write(b"x"), lambda: wire.in_waiting):
        with pytest.raises(OSError, match="closed"):
            use()
