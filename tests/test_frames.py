"""Frames and the line buffer: what is damaged is never believed, on the wire or on flash."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosebell import frames
from dosebell.frames import LineBuffer

NEW_LINE = 10


def lines_of(data: bytes) -> list[bytes]:
    """What a line buffer makes of the bytes, one at a time."""
    buffer = LineBuffer()
    return [buffer.take() for byte in data if buffer.feed(byte)]


def test_a_frame_is_the_payload_and_its_check_sum() -> None:
    # The check value of CRC-32 (IEEE).
    assert frames.seal("123456789") == "123456789*cbf43926"
    assert frames.seal("") == "*00000000"


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))
def test_what_was_sealed_is_read_back(payload: str) -> None:
    assert frames.unseal(frames.seal(payload).encode()) == payload


def test_no_single_changed_bit_is_believed() -> None:
    whole = frames.seal('{"n": 1, "dose": "d3k2"}').encode()
    for place in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        assert frames.unseal(bytes(damaged)) is None, damaged


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"*",
        b"00000000",
        b"*0000000",
        b"*00000000 ",
        b"*0x000000",
        b" *00000000",
        b"123456789*CBF43926",
        b"123456789cbf43926",
        b"x123456789*cbf43926",
        b"123456789*cbf43926*",
        b"\xff\xfe*\xff\xff\xff\xff\xff\xff\xff\xff",
        # The sum is right and the text is no UTF-8.
        b"\xff*ff000000",
    ],
)
def test_what_is_no_whole_frame_is_noise(line: bytes) -> None:
    assert frames.unseal(line) is None


@given(st.text())
def test_json_for_the_wire_is_ascii_and_means_the_same(text: str) -> None:
    raw = json.dumps({"name": text}, ensure_ascii=False)
    escaped = frames.ascii_json(raw)
    assert escaped.isascii()
    assert json.loads(escaped) == {"name": text}


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"one\ntwo\n", [b"one", b"two"]),
        (b"one\r\n", [b"one"]),
        (b"\r\n\n", [b"", b""]),
        (b"half", []),
        (b"a\rb\n", [b"a\rb"]),
        (b"x" * 1024 + b"\n", [b"x" * 1024]),
        (b"x" * 1025 + b"\nnext\n", [b"", b"next"]),
        (b"x" * 100_000 + b"\nnext\n", [b"", b"next"]),
        (bytes(range(256)).replace(b"\n", b"") + b"\n", [bytes(range(256)).replace(b"\n", b"")]),
    ],
)
def test_lines_end_with_lf_and_too_long_ones_are_dropped(data: bytes, lines: list[bytes]) -> None:
    assert lines_of(data) == lines
