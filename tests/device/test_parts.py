"""Which parts a box has beyond the standard build: the file, its reader, the requests for it."""

import hashlib
import json
from typing import Any

import pytest

from domain import Box, Flash, RefusedError
from dosebell import parts, wiring
from dosebell.parts import MAX_LAMPS, MAX_MA, checked, current_ma
from dosebell.wiring import Wiring

SEVEN = '{"lamps": {"pin": 16, "count": 7, "brightness": 32}}'


def text_of(**other: object) -> str:
    """A file with seven lamps, but for what is given."""
    return json.dumps({"lamps": {"pin": 16, "count": 7, "brightness": 32, **other}})


def box_with(content: bytes | None, board: bytes | None = None) -> Box:
    """A box that was started with these files."""
    files = Flash()
    for path, each in ((wiring.PARTS, content), (wiring.FILE, board)):
        if each is not None:
            files.contents[path] = each
    return Box.with_schedule(files=files)


def write(box: Box, text: str) -> Any:
    digest = hashlib.sha256(text.encode() + b"\n").hexdigest()[:16]
    return box.request("parts.write", text=text, hash=digest)


def refused(box: Box, text: str) -> str:
    with pytest.raises(RefusedError) as error:
        write(box, text)
    return str(error.value)


def content(box: Box) -> bytes | None:
    assert isinstance(box.files, Flash)
    return box.files.contents.get(wiring.PARTS)


# The reader.


@pytest.mark.parametrize(
    "said",
    [
        "{}",
        SEVEN,
        text_of(pin=0),
        text_of(pin=28),
        text_of(count=1, brightness=255),
        text_of(count=5, brightness=255),
        text_of(count=32, brightness=39),
    ],
)
def test_what_can_be_is_read_as_it_is_written(said: str) -> None:
    assert checked(said) == json.loads(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "lamps = 7",
        "[]",
        "7",
        "null",
        '{"lamps": 7}',
        '{"lamps": {}}',
        '{"lamp": {"pin": 16, "count": 7, "brightness": 32}}',
        '{"display": {"pin": 16}}',
        text_of(colour="red"),
        text_of(pin=23),
        text_of(pin=29),
        text_of(pin=-1),
        text_of(pin="GP16"),
        text_of(pin=None),
        text_of(count=0),
        text_of(count=33, brightness=1),
        text_of(count=7.0),
        text_of(count=True),
        text_of(count=[7]),
        text_of(brightness=0),
        text_of(brightness=256, count=1),
        text_of(brightness=10**400),
        text_of(count=6, brightness=255),
        text_of(count=32, brightness=40),
        SEVEN + " " * 700,
        "[" * 699,
    ],
)
def test_what_cannot_be_is_refused_by_the_reader(said: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        checked(said)


def test_every_strip_is_allowed_up_to_what_the_port_gives_and_none_beyond() -> None:
    for count in range(1, MAX_LAMPS + 1):
        for brightness in range(1, 256):
            allowed = count * 60 * brightness <= MAX_MA * 255
            try:
                said = checked(text_of(count=count, brightness=brightness))
                assert allowed and current_ma(said["lamps"]) <= MAX_MA
            except ValueError:
                assert not allowed


@pytest.mark.parametrize("name", ["led", "buzzer", "button", "sda", "scl"])
def test_no_part_stands_on_a_pin_that_is_in_use(name: str) -> None:
    wires = Wiring({})
    with pytest.raises(ValueError, match=f"is in use for {name}"):
        parts.check_pins(checked(text_of(pin=getattr(wires, name))), wires)


# At the start.


def test_without_a_file_there_are_no_parts_and_no_fault() -> None:
    box = box_with(None)
    assert (box.world.board.lamps, box.request("status")["faults"]) == (None, [])


@pytest.mark.parametrize(
    ("content", "board"),
    [
        (b"", None),
        (b"\xff\xfe", None),
        (b'{"lamps": 7', None),
        (text_of(pin=15).encode(), None),
        (text_of(pin=2).encode(), b'{"buzzer": 2}'),
        (b" " * 100_000, None),
    ],
    ids=["empty", "no text", "torn", "on the light", "on the buzzer of board.json", "endless"],
)
def test_a_file_that_cannot_be_right_is_a_fault_and_the_box_rings(
    content: bytes, board: bytes | None
) -> None:
    box = box_with(content, board)
    assert (box.light, box.request("status")["faults"]) == ("fault", ["parts-file"])
    box.until("07:30").wait(30)
    assert (box.light, box.sound, box.press()) == ("due", "due-eat", "taken")


def test_a_pin_that_board_json_has_moved_away_is_free() -> None:
    box = box_with(text_of(pin=15).encode(), b'{"led": 2}')
    assert box.request("status")["faults"] == []
    assert box.world.board.lamps is not None


# The requests.


def test_what_was_written_is_read_and_in_use_from_the_next_start_on() -> None:
    box = box_with(None)
    assert box.request("parts.read") == {"text": ""}
    assert write(box, SEVEN) == {"ok": True}
    assert box.request("parts.read") == {"text": SEVEN}
    assert box.world.board.lamps is None
    box.reset()
    assert box.world.board.lamps is not None
    assert write(box, "") == {"ok": True}
    assert (box.request("parts.read"), content(box)) == ({"text": ""}, None)
    box.reset()
    assert box.world.board.lamps is None


def test_a_box_that_only_reminds_lets_its_parts_be_put_right() -> None:
    box = box_with(SEVEN.encode())
    box.app.limp = True
    assert box.request("parts.read") == {"text": SEVEN}
    assert write(box, "") == {"ok": True}


def test_the_box_says_that_it_can_have_parts() -> None:
    assert "parts" in box_with(None).request("hello")["features"]


def test_what_is_written_again_because_a_reply_was_lost_changes_nothing() -> None:
    box = box_with(None)
    for text in (SEVEN, SEVEN, "", ""):
        assert write(box, text) == {"ok": True}
    assert content(box) is None


def test_what_the_box_cannot_have_is_refused_and_what_was_there_stays() -> None:
    box = box_with(SEVEN.encode(), b'{"buzzer": 2}')
    assert refused(box, text_of(count=6, brightness=255)) == "parts"
    assert refused(box, text_of(pin=2)) == "parts"
    assert refused(box, "led = 2") == "parts"
    for wrong in ({"text": SEVEN}, {"text": SEVEN, "hash": "0" * 16}, {"text": 7, "hash": ""}):
        with pytest.raises(RefusedError, match="params"):
            box.request("parts.write", **wrong)
    assert content(box) == SEVEN.encode()


def test_nothing_is_written_and_nothing_tested_while_something_rings() -> None:
    box = box_with(SEVEN.encode()).until("07:31")
    assert refused(box, "") == "ringing"
    with pytest.raises(RefusedError, match="ringing"):
        box.request("parts.test", which="lamps:1")
    box.press_long()
    assert refused(box, "") == "ringing", "what is snoozed rings again"
    box.until("07:50").press()
    assert write(box, "") == {"ok": True}


@pytest.mark.parametrize("path", [wiring.PARTS + ".new", wiring.PARTS])
def test_a_flash_that_cannot_be_written_says_so_and_leaves_the_file(path: str) -> None:
    box = box_with(SEVEN.encode())
    assert isinstance(box.files, Flash)
    box.files.refuses = path
    assert refused(box, text_of(count=14)) == "flash"
    assert content(box) == SEVEN.encode()


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xff", "?"),
        (b"x" * 1000, "x" * 450),
        (b'"' * 600, '"' * 450),
        (b"\0\n\x1b[2J", "[2J"),
        (SEVEN.replace(" ", "\n\t ").encode(), SEVEN),
        (b"\0" * 700, ""),
        (b"led = 2", "led = 2"),
    ],
)
def test_whatever_the_file_is_it_can_be_read_and_replaced(content: bytes, text: str) -> None:
    box = box_with(content)
    assert box.request("parts.read") == {"text": text}
    assert write(box, SEVEN) == {"ok": True}
    assert box.request("parts.read") == {"text": SEVEN}


def test_a_test_lets_one_lamp_blink_and_no_other() -> None:
    box = box_with(SEVEN.encode())
    strip = box.world.board.lamp_strip
    for place in range(1, 8):
        assert box.request("parts.test", which=f"lamps:{place}") == {"ok": True}
        assert strip.shining == {place}
        box.wait(ms=600)
        assert strip.shining == set()
    box.wait(hours=2)
    assert strip.shining == set()


@pytest.mark.parametrize(
    ("which", "reason"),
    [
        ("lamps:0", "params"),
        ("lamps:8", "params"),
        ("lamps:-1", "params"),
        ("lamps:01", "params"),
        ("lamps", "params"),
        ("display:1", "no-part"),
    ],
)
def test_a_test_of_what_is_not_there_is_refused(which: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        box_with(SEVEN.encode()).request("parts.test", which=which)


def test_without_lamps_none_is_tested() -> None:
    with pytest.raises(RefusedError, match="no-part"):
        box_with(None).request("parts.test", which="lamps:1")
