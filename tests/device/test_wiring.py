"""Other pins than the standard ones: what `/state/board.json` may say."""

import json

import pytest

from dosebell import wiring
from dosebell.wiring import FILE, STANDARD, Wiring
from dosebell_host.sim.flash import MemoryFiles


def board_file(content: bytes) -> MemoryFiles:
    files = MemoryFiles()
    files.contents[FILE] = content
    return files


def told(files: MemoryFiles) -> tuple[dict[str, object], bool]:
    wires, is_unusable = wiring.read(files)
    return {name: getattr(wires, name) for name in STANDARD}, is_unusable


def test_without_a_file_the_pins_are_those_of_the_standard_build() -> None:
    assert told(MemoryFiles()) == (STANDARD, False)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"active": True},
        {"led": 0, "buzzer": 28, "button": 22},
        {"sda": 0, "scl": 1},
        {"sda": 26, "scl": 27},
        {"sda": 6, "scl": 11},
        {"led": 14, "buzzer": 15},
    ],
)
def test_what_differs_is_said_and_the_rest_stays(said: dict[str, object]) -> None:
    assert told(board_file(json.dumps(said).encode())) == ({**STANDARD, **said}, False)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"led = 2",
        b"[]",
        b"7",
        b"\xff\xfe",
        b'{"light": 2}',
        b'{"led": "GP2"}',
        b'{"led": 2.0}',
        b'{"led": true}',
        b'{"led": null}',
        b'{"led": [2]}',
        b'{"led": -1}',
        b'{"led": 23}',
        b'{"led": 25}',
        b'{"led": 29}',
        b'{"led": 14}',
        b'{"active": 1}',
        b'{"sda": 5, "scl": 4}',
        b'{"sda": 4, "scl": 7}',
        b'{"sda": 4, "scl": 6}',
    ],
)
def test_a_file_that_cannot_be_right_changes_nothing_and_is_told(content: bytes) -> None:
    assert told(board_file(content)) == (STANDARD, True)


@pytest.mark.parametrize(("sda", "scl", "i2c"), [(4, 5, 0), (6, 7, 1), (0, 9, 0), (26, 27, 1)])
def test_the_two_pins_of_the_clock_tell_which_i2c_they_are(sda: int, scl: int, i2c: int) -> None:
    assert Wiring({"sda": sda, "scl": scl}).i2c == i2c
