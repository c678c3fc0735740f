"""Garbage on the wire: whatever comes, the box answers frames only, stays small and rings in time.

The bytes come from a seed: noise, frames cut short, with wrong sums, of wrong types, unknown
methods, replays, huge lines, and among them requests that are quite right.
"""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import D3K2, Box, Flash, framed
from dosebell import frames
from dosebell.commands import METHODS
from fuzz import KEYS, Fuzz, Json
from tally import trying

BYTES = 1_000_000
CHUNK = 256

# These move time or the schedule, or end the run; they have tests of their own.
SPARED = {"clock.set", "dose.take", "dose.skip", "device.reset", "device.service"}


def of_frames_only(replies: bytes) -> bool:
    """Whether the box said nothing but whole frames of JSON-RPC."""
    for line in replies.splitlines():
        payload = frames.unseal(line)
        if payload is None or json.loads(payload)["jsonrpc"] != "2.0":
            return False
    return True


@pytest.mark.parametrize("seed", [1, 2])
def test_a_million_bytes_of_garbage_cost_neither_a_reminder_nor_memory(seed: int) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00")
    operations = 0

    def counted(what: str, path: str) -> None:
        nonlocal operations
        operations += 1

    assert isinstance(box.files, Flash)
    box.files.before = counted
    traffic, sent, worst = Fuzz(seed).traffic(), 0, 0
    while sent < BYTES // 2:
        piece = next(traffic)
        if any(name.encode() in piece for name in SPARED):
            continue
        for start in range(0, len(piece), CHUNK):
            operations = 0
            with trying("chunk of garbage on the wire", f"seed {seed}, byte {sent + start}"):
                assert of_frames_only(box.world.feed(piece[start : start + CHUNK]))
            worst = max(worst, operations)
        sent += len(piece)
        if sent % 97 == 0:
            box.wait(1)
    # One chunk is what a pass takes from the wire; it can hold a few short requests.
    assert worst <= 8
    assert len(box.app.lines._bytes) == frames.MAX_LINE
    box.until("07:30")
    assert (box.light, box.sound) == ("due", "due-eat")
    assert box.press() == "taken"


@settings(max_examples=300)
@given(st.binary(max_size=600), st.booleans())
def test_whatever_comes_before_it_the_next_request_is_answered(noise: bytes, ended: bool) -> None:
    box = Box.bare(at="2026-11-23 07:00")
    heard = box.world.feed(noise + (b"\n" if ended else b"\nAT\r\n"))
    assert of_frames_only(heard)
    assert box.request("hello")["protocol"] == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(set(METHODS) - {"device.reset", "device.service"})),
    st.dictionaries(st.sampled_from(KEYS), json_values, max_size=5) | json_values,
)
def test_parameters_of_any_type_are_answered_or_refused(method: str, params: Json) -> None:
    box = Box.bare(at="2026-11-23 07:00")
    request = framed({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
    if len(request) <= frames.MAX_LINE:
        [reply] = box.feed(request)
        assert ("result" in reply) != ("error" in reply)
