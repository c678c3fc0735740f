"""What a laptop hears over a good line, a bad line, and a line on which no box is."""

import itertools
import json
import random
from pathlib import Path

import pytest

from domain import D3K2, Box, framed
from dosebell import frames
from dosebell_host.box.client import Client
from dosebell_host.box.link import PIECE_BYTES, Link
from dosebell_host.box.patience import LinkPatience
from dosebell_host.errors import DeviceRefused, NoDevice, UserError
from dosebell_host.sim.wire import Faults, Wire
from laptop import Laptop, Pulled, Scripted

ONCE = LinkPatience(tries=1)

BAD_LINES = {
    "byte by byte": Faults(piece_bytes=1),
    "in odd pieces": Faults(piece_bytes=7),
    "late": Faults(delay_ms=900),
    "so late that every request is sent twice": Faults(delay_ms=1100),
    "with noise between the lines": Faults(noise=0.5),
    "with lost bytes": Faults(lose=0.0005),
    "with damaged bytes": Faults(corrupt=0.0005),
    "with everything at once": Faults(13, 200, lose=0.0002, corrupt=0.0002, noise=0.2),
}
# Two replies of five are spoiled there: sixteen tries in a row are, once in a million calls.
PATIENT = LinkPatience(tries=16)


@pytest.mark.parametrize("faults", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_gives_the_same_answers_as_a_good_one(faults: Faults) -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:31")
    good = Link(Wire(box.world))
    bad = Link(Wire(box.world, faults, seed=4), patience=PATIENT)
    for method, params in (
        ("hello", {}),
        ("journal.read", {"since": 0, "limit": 16}),
        ("dose.list", {"from": 0}),
        ("schedule.read", {"n": 0}),
    ):
        expected = good.call(method, params)
        for _ in range(5):
            answer = bad.call(method, params)
            # The one thing that changes while we ask is the time.
            assert answer | {"utc": None} == expected | {"utc": None}


def test_a_lost_answer_takes_no_dose_twice() -> None:
    box = Box.with_schedule(D3K2, at="2026-11-23 07:00").until("07:31")

    class LosesFirst(Wire):
        lost = False

        def write(self, data: bytes, /) -> int:
            count = super().write(data)
            if not self.lost and self.in_waiting:
                self.lost = True
                self.reset_input_buffer()
            return count

    link = Link(LosesFirst(box.world))
    link.call("dose.take", {"dose": "d3k2", "date": "2026-11-23", "slot": 0})
    assert box.story("taken") == ["07:31 taken d3k2/0 host"]


def test_a_late_answer_to_an_earlier_program_is_not_taken_for_ours() -> None:
    stale = framed({"jsonrpc": "2.0", "id": 12345, "result": {"protocol": 99}})
    box = Box.bare()

    class Stale(Wire):
        def read(self, size: int = 1, /) -> bytes:
            return stale if not self.in_waiting else stale + super().read(size)

        @property
        def in_waiting(self) -> int:
            return super().in_waiting

    link = Link(Stale(box.world))
    assert Client(link).hello().device_id == box.request("hello")["device_id"]
    assert list(link.heard) == []


def test_requests_go_out_in_pieces_that_fit_a_small_buffer() -> None:
    port = Scripted()
    with pytest.raises(NoDevice):
        Link(port, patience=ONCE).call("schedule.line", {"n": 0, "line": "x" * 640})
    assert max(port.pieces) <= PIECE_BYTES
    assert len(port.pieces) > 5


def test_no_answer_says_what_to_do() -> None:
    with pytest.raises(NoDevice) as silence:
        Link(Scripted(), "/dev/ttyACM0").call("hello")
    assert str(silence.value) == (
        "/dev/ttyACM0 answered nothing; unplug it and plug it in again;"
        " if it is a new Pico, `dosebell flash` puts dosebell on a Pico."
    )


def test_a_box_that_falls_silent_is_told_as_such() -> None:
    box = Box.bare()
    link = Link(Wire(box.world), "/dev/ttyACM0")
    link.call("hello")
    box.world.power_off()
    with pytest.raises(NoDevice) as silence:
        link.call("hello")
    assert str(silence.value) == (
        "/dev/ttyACM0 stopped answering; unplug it, plug it in again, and repeat the command."
    )


def test_a_bare_micropython_is_recognised() -> None:
    with pytest.raises(NoDevice) as other:
        Link(Scripted(b">>> \r\nMicroPython v1.29.0\r\n"), "/dev/ttyACM0", ONCE).call("hello")
    assert str(other.value) == (
        "/dev/ttyACM0 is there, but no dosebell board answers. It said:\n"
        "  >>>\n"
        "  MicroPython v1.29.0\n"
        "That is no answer. MicroPython runs there, but no dosebell:"
        " `dosebell flash` puts dosebell on a Pico."
    )


def test_a_program_that_failed_shows_its_traceback() -> None:
    said = b'Traceback (most recent call last):\r\n  File "main.py", line 3\r\nOSError: 28\r\n'
    with pytest.raises(NoDevice) as failed:
        Link(Scripted(said), "/dev/ttyACM0", ONCE).call("hello")
    assert "OSError: 28" in str(failed.value)
    assert "unplug it" in failed.value.fix


@pytest.mark.parametrize(
    "said",
    [
        bytes(range(256)) * 8,
        b"\n".join(bytes([n, 255 - n]) * 9 for n in range(128, 256)),
        b"\x1b[2J\x1b[H" * 50 + b"\n",
        random.Random(7).randbytes(20_000),
        b"\xff" * 20_000,
    ],
)
def test_a_port_that_babbles_no_text_is_told_in_one_line(said: bytes) -> None:
    with pytest.raises(NoDevice) as babble:
        Link(Scripted(said), "/dev/ttyACM0", ONCE).call("hello")
    assert str(babble.value) == (
        "/dev/ttyACM0 is there, and sends something that is no text;"
        " is it the right port? `dosebell ports` lists them."
    )


def test_some_noise_before_a_text_hides_nothing_of_it() -> None:
    said = b"\xff\xfe\x00rst:0x1 (POWERON)\r\nMicroPython v1.29.0 on 2026-08-24\r\n>>> "
    with pytest.raises(NoDevice) as other:
        Link(Scripted(said), "/dev/ttyACM0", ONCE).call("hello")
    assert "\n  MicroPython v1.29.0 on 2026-08-24\n" in str(other.value)


@pytest.mark.parametrize("nested", ["[" * 4000, '{"result":' * 400, "[" * 4000 + "]" * 4000])
def test_brackets_in_brackets_are_no_answer(nested: str) -> None:
    with pytest.raises(NoDevice):
        Link(Scripted(frames.seal(nested)), "/dev/ttyACM0", ONCE).call("hello")


def test_a_port_that_babbles_for_ever_is_given_up() -> None:
    class Babble(Scripted):
        def read(self, size: int = 1, /) -> bytes:
            return b"A" * 4096

    seconds = itertools.count()
    with pytest.raises(NoDevice):
        Link(Babble(), patience=LinkPatience(2, 30.0), elapsed_s=lambda: next(seconds)).call(
            "hello"
        )
    assert 2 * 30 <= next(seconds) <= 2 * 30 + 5


@pytest.mark.parametrize(
    ("theirs", "fix"),
    [
        (0, "`dosebell flash` puts dosebell on a Pico, which also upgrades it"),
        (None, "`dosebell flash` puts dosebell on a Pico, which also upgrades it"),
        (2, "upgrade dosebell on this laptop: pip install --upgrade dosebell"),
    ],
)
def test_another_protocol_says_which_side_to_upgrade(theirs: int | None, fix: str) -> None:
    class Other(Scripted):
        def write(self, data: bytes, /) -> int:
            count = super().write(data)
            number = json.loads(data.strip().rpartition(b"*")[0])["id"]
            self._says = framed({"jsonrpc": "2.0", "id": number, "result": {"protocol": theirs}})
            self._coming = self._says
            return count

    with pytest.raises(UserError) as error:
        Client(Link(Other(), "the board")).hello()
    assert (error.value.fix, error.value.exit_code) == (fix, 1)


def test_a_refusal_is_told_in_plain_words_and_not_repeated() -> None:
    box = Box.bare()
    wire = Wire(box.world)
    with pytest.raises(DeviceRefused) as refusal:
        Link(wire).call("dose.take", {"dose": "d3k2"})
    assert str(refusal.value) == (
        "the box does not know what time it is; set its clock first: `dosebell clock --set`."
    )
    assert (refusal.value.code, refusal.value.exit_code) == ("clock-unset", 3)


def test_a_board_that_is_pulled_out_is_told_as_gone() -> None:
    box = Box.bare()
    with pytest.raises(NoDevice) as gone:
        Link(Pulled(box, after=10), "/dev/ttyACM0").call("hello")
    assert str(gone.value) == (
        "/dev/ttyACM0 went away (Input/output error);"
        " plug the board in again and repeat the command."
    )


def test_half_a_line_left_by_an_earlier_program_spoils_nothing(tmp_path: Path) -> None:
    box = Box.with_schedule()
    box.world.feed(b'{"jsonrpc": "2.0", "id": 1, "meth')
    assert Laptop(box, tmp_path).meet().plan.zone_name == "Europe/Berlin"


class Searching(Scripted):
    """A box that answers `searching` so many times, and then that there is nothing."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def write(self, data: bytes, /) -> int:
        count = super().write(data)
        for line in self.written.split(b"\n")[:-1]:
            if line:
                self.times -= 1
                ident = json.loads(line.rpartition(b"*")[0])["id"]
                reason = "searching" if self.times >= 0 else "no-occurrence"
                error = {"code": -32000, "message": reason, "data": {"reason": reason}}
                self._coming += framed({"jsonrpc": "2.0", "id": ident, "error": error})
        self.written = self.written.rpartition(b"\n")[2]
        return count


def asked_of(port: Searching, second_s: float) -> tuple[str, list[str]]:
    """The box's last word, and what a person hears, where each look at the watch takes so long."""
    watch = itertools.count()
    link = Link(port, "the box", elapsed_s=lambda: next(watch) * second_s)
    heard: list[str] = []
    link.note = heard.append
    with pytest.raises(DeviceRefused) as refused:
        link.call("dose.take", {"dose": "d3k2", "date": "2020-01-01"})
    return refused.value.code, heard


def test_a_box_that_looks_through_its_journal_is_asked_until_it_has() -> None:
    assert asked_of(Searching(5), 0.01) == ("no-occurrence", [])


def test_a_person_hears_of_a_long_search_once() -> None:
    said = ["the box looks through its journal for that one ..."]
    assert asked_of(Searching(9), 0.3) == ("no-occurrence", said)


def test_a_search_without_end_is_given_up() -> None:
    assert asked_of(Searching(10**6), 1.0)[0] == "searching"
