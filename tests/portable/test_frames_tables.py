"""Frames and the line buffer: what is damaged is never believed. More of it in test_frames.py."""

import json

from dosebell import frames
from dosebell.frames import LineBuffer

NO_FRAMES = (
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
)
ALL_BUT_LF = bytes([byte for byte in range(256) if byte != 10])
# (bytes, the lines that they are)
STREAMS: "tuple[tuple[bytes, list[bytes]], ...]" = (
    (b"one\ntwo\n", [b"one", b"two"]),
    (b"one\r\n", [b"one"]),
    (b"\r\n\n", [b"", b""]),
    (b"half", []),
    (b"a\rb\n", [b"a\rb"]),
    (b"x" * 1024 + b"\n", [b"x" * 1024]),
    (b"x" * 1025 + b"\nnext\n", [b"", b"next"]),
    (b"x" * 100_000 + b"\nnext\n", [b"", b"next"]),
    (ALL_BUT_LF + b"\n", [ALL_BUT_LF]),
)
TEXTS = (
    "",
    "plain",
    "100 µg",
    'a "quote", a \\ and a \n',
    "\x7f\x80ÿĀ\uffff",
    "🌞 10 µg",
)


def lines_of(data: bytes) -> list[bytes]:
    """What a line buffer makes of the bytes, one at a time."""
    buffer = LineBuffer()
    return [buffer.take() for byte in data if buffer.feed(byte)]


def test_a_frame_is_the_payload_and_its_check_sum() -> None:
    # The check value of CRC-32 (IEEE).
    assert frames.seal("123456789") == b"123456789*cbf43926\n"
    assert frames.seal("") == b"*00000000\n"


def test_what_was_sealed_is_read_back() -> None:
    for text in TEXTS:
        assert frames.unseal(frames.seal(text)[:-1]) == text


def test_no_single_changed_bit_is_believed() -> None:
    whole = frames.seal('{"n": 1, "dose": "d3k2"}')[:-1]
    for place in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        assert frames.unseal(bytes(damaged)) is None, damaged


def test_what_is_no_whole_frame_is_noise() -> None:
    for line in NO_FRAMES:
        assert frames.unseal(line) is None, line


def test_json_for_the_wire_is_ascii_and_means_the_same() -> None:
    for text in TEXTS:
        escaped = frames.ascii_json(json.dumps({"name": text}))
        assert [char for char in escaped if ord(char) > 126] == []
        # Two halves of a character are one again once they are bytes: not every reader joins them.
        assert frames.ascii_json(json.dumps(json.loads(escaped))) == escaped


def test_lines_end_with_lf_and_too_long_ones_are_dropped() -> None:
    for data, lines in STREAMS:
        assert lines_of(data) == lines, data[:40]
